//! Venues on the wire. Readable by everyone: no personal data.

use actix_web::{get, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::list_store::{self, Wanted};
use super::{Venue, VenueKind};
use crate::app::App;
use crate::db::Db;
use crate::divisions;
use crate::error::{Error, Refusal};
use crate::ids::{OrganisationId, VenueId};
use crate::organisations::http::{page, searchable};
use crate::wire::{Ask, Cursor, Open, Page, Problem, Versioned};

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct VenueQuery {
    /// The county's code; the first county unless told otherwise.
    #[serde(default, deserialize_with = "divisions::http::code")]
    #[param(pattern = "^[0-9]{12}$", example = "230522000000")]
    county: Option<String>,
    /// Those in this division or below it.
    #[serde(default, deserialize_with = "divisions::http::code")]
    #[param(pattern = "^[0-9]{12}$", example = "230522100000")]
    division: Option<String>,
    /// Those that this organisation keeps.
    organisation_id: Option<OrganisationId>,
    /// Part of a name or an address.
    #[param(max_length = 50, example = "报告厅")]
    q: Option<String>,
    /// Only those that are closed; left out or false: only those that are not.
    closed: Option<bool>,
    /// How many rows, 20 unless told otherwise.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// A room or place that can be booked.
#[derive(Debug, Serialize, ToSchema)]
pub struct VenueView {
    id: VenueId,
    #[schema(example = "县图书馆报告厅")]
    name: String,
    /// Who keeps it.
    organisation_id: OrganisationId,
    organisation_name: String,
    division_code: String,
    division_name: String,
    address: String,
    /// Seats.
    capacity: i32,
    /// Else a booking waits for the keeper's yes (待确认).
    free_to_book: bool,
    /// Of the keeper.
    #[schema(example = "0469-5812345")]
    phone: Option<String>,
    active: bool,
    /// The last day; null: it is open.
    closed_on: Option<NaiveDate>,
    /// For `If-Match`.
    version: i64,
    kind: VenueKind,
}

impl VenueView {
    fn of((venue, organisation_name, division_name): (Venue, String, String)) -> Self {
        let Venue {
            id,
            county: _,
            organisation_id,
            name,
            division_code,
            path: _,
            address,
            capacity,
            free_to_book,
            active,
            phone,
            closed_on,
            version,
            kind,
            step_free: _,
            projector: _,
            power: _,
        } = venue;
        Self {
            id,
            name,
            organisation_id,
            organisation_name,
            division_code,
            division_name,
            address,
            capacity,
            free_to_book,
            phone,
            active,
            closed_on,
            version,
            kind,
        }
    }
}

/// One venue with its version.
///
/// # Errors
/// 404 where there is none of this number.
pub fn venue_shown(db: &mut Db, id: VenueId) -> Result<Versioned<VenueView>, Error> {
    let found = list_store::one(db, id)?.ok_or_else(Refusal::not_found)?;
    Ok(Versioned { version: found.0.version, body: VenueView::of(found) })
}

/// One venue.
#[utoipa::path(operation_id = "get_venue", tag = "directory", params(("id" = VenueId, Path, description = "Its number")), responses(
    (status = 200, description = "The venue", body = VenueView, headers(("ETag" = String, description = "The version"))),
    (status = 404, description = "There is none of this number", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[get("/venues/{id}")]
async fn get_venue(app: web::Data<App>, id: web::Path<VenueId>) -> Result<Versioned<VenueView>, Error> {
    app.pool.read(move |db| venue_shown(db, *id)).await
}

/// The county's venues, newest first.
#[utoipa::path(operation_id = "list_venues", tag = "directory", params(VenueQuery), responses(
    (status = 200, description = "A page of them", body = Page<VenueView>),
    (status = 400, description = "The query cannot be read", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[get("/venues")]
async fn list_venues(app: web::Data<App>, ask: Ask<VenueQuery>) -> Result<Open<Page<VenueView>>, Error> {
    let VenueQuery { county, division, organisation_id, q, closed, limit, after } = ask.query()?.clone();
    searchable(q.as_deref())?;
    let closed = closed.unwrap_or(false);
    let filters = format!("venues {county:?} {division:?} {organisation_id:?} {closed} {q:?}");
    let cursor = Cursor::read(&app.secrets, limit, after.as_deref(), &filters)?;
    let read = app.pool.read(move |db| {
        let county = divisions::county_or_first(db, county.as_deref())?;
        list_store::listed(db, &Wanted { county, division, keeper: organisation_id, q, closed }, cursor)
    });
    let items = read.await?.into_iter().map(VenueView::of).collect();
    Ok(Open(page(&app.secrets, items, cursor, &filters, |item: &VenueView| item.id.0)))
}

/// The routes of venues.
pub fn routes(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(list_venues).service(get_venue);
}
