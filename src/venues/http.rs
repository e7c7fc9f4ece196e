//! Venues on the wire. Readable by everyone: no personal data.

use actix_web::{get, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::list_store::{self, Listed, Wanted};
use super::{Closure, Hours, Space, Venue, VenueKind, rules};
use crate::app::App;
use crate::clock::{COUNTY_ZONE, Moment};
use crate::db::Db;
use crate::divisions;
use crate::error::{Error, Refusal};
use crate::ids::{ClosureId, OrganisationId, SpaceId, VenueId};
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
    #[param(inline)]
    kind: Option<VenueKind>,
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

/// A building or place whose spaces can be booked.
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
    /// Whether one gets in without a step.
    step_free: bool,
    projector: bool,
    /// Whether there is electricity.
    power: bool,
    /// In the order of the week, in the county's time; none: no fixed hours.
    hours: Vec<OpenHours>,
    /// Days on which it is closed, those that are not over.
    closures: Vec<ClosureView>,
    /// What is booked; closed ones too.
    spaces: Vec<SpaceView>,
}

/// An opening time of a weekday.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenHours {
    /// 1 is Monday, 7 Sunday.
    #[schema(minimum = 1, maximum = 7)]
    pub weekday: i32,
    #[schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "08:30")]
    pub opens: String,
    /// `24:00` is midnight.
    #[schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$", example = "17:00")]
    pub closes: String,
}

/// Some days on which a venue is closed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClosureView {
    id: ClosureId,
    from: NaiveDate,
    /// The last day.
    until: NaiveDate,
    #[schema(example = "春节")]
    reason: String,
}

/// A room or part of a venue: what is booked.
#[derive(Debug, Serialize, ToSchema)]
pub struct SpaceView {
    id: SpaceId,
    venue_id: VenueId,
    #[schema(example = "主场地")]
    name: String,
    /// Seats.
    capacity: i32,
    /// How many places several can share at one time; null: one has it alone.
    places: Option<i32>,
    active: bool,
    /// For `If-Match`.
    version: i64,
}

impl From<Space> for SpaceView {
    fn from(Space { id, venue_id, name, capacity, places, active, version }: Space) -> Self {
        Self { id, venue_id, name, capacity, places, active, version }
    }
}

impl VenueView {
    fn of(listed: Listed) -> Self {
        let Listed { venue, keeper_name, division_name, hours, closures, spaces } = listed;
        let Venue { id, county: _, organisation_id, name, division_code, path: _, address, capacity, free_to_book, active, phone, closed_on, .. } = venue;
        let Venue { version, kind, step_free, projector, power, .. } = venue;
        let time = |Hours { weekday, opens, closes }: Hours| OpenHours { weekday, opens: rules::time(opens), closes: rules::time(closes) };
        let days = |Closure { id, venue_id: _, from_day, until_day, reason }: Closure| ClosureView { id, from: from_day, until: until_day, reason };
        Self {
            id,
            name,
            organisation_id,
            organisation_name: keeper_name,
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
            step_free,
            projector,
            power,
            hours: hours.into_iter().map(time).collect(),
            closures: closures.into_iter().map(days).collect(),
            spaces: spaces.into_iter().map(SpaceView::from).collect(),
        }
    }
}

/// One venue with its version.
///
/// # Errors
/// 404 where there is none of this number.
pub fn venue_shown(db: &mut Db, id: VenueId, now: Moment) -> Result<Versioned<VenueView>, Error> {
    let found = list_store::one(db, id, now.day(COUNTY_ZONE))?.ok_or_else(Refusal::not_found)?;
    Ok(Versioned { version: found.venue.version, body: VenueView::of(found) })
}

/// One space with its version.
///
/// # Errors
/// 404 where there is none of this number.
pub fn space_shown(db: &mut Db, id: SpaceId) -> Result<Versioned<SpaceView>, Error> {
    let found = super::space(db, id)?.ok_or_else(Refusal::not_found)?;
    Ok(Versioned { version: found.version, body: found.into() })
}

/// One venue.
#[utoipa::path(operation_id = "get_venue", tag = "directory", params(("id" = VenueId, Path, description = "Its number")), responses(
    (status = 200, description = "The venue", body = VenueView, headers(("ETag" = String, description = "The version"))),
    (status = 404, description = "There is none of this number", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[get("/venues/{id}")]
async fn get_venue(app: web::Data<App>, id: web::Path<VenueId>) -> Result<Versioned<VenueView>, Error> {
    let now = app.clock.now();
    app.pool.read(move |db| venue_shown(db, *id, now)).await
}

/// One space of a venue.
#[utoipa::path(operation_id = "get_space", tag = "directory", params(("id" = SpaceId, Path, description = "Its number")), responses(
    (status = 200, description = "The space", body = SpaceView, headers(("ETag" = String, description = "The version"))),
    (status = 404, description = "There is none of this number", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[get("/spaces/{id}")]
async fn get_space(app: web::Data<App>, id: web::Path<SpaceId>) -> Result<Versioned<SpaceView>, Error> {
    app.pool.read(move |db| space_shown(db, *id)).await
}

/// The county's venues, newest first.
#[utoipa::path(operation_id = "list_venues", tag = "directory", params(VenueQuery), responses(
    (status = 200, description = "A page of them", body = Page<VenueView>),
    (status = 400, description = "The query cannot be read", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[get("/venues")]
async fn list_venues(app: web::Data<App>, ask: Ask<VenueQuery>) -> Result<Open<Page<VenueView>>, Error> {
    let VenueQuery { county, division, organisation_id, kind, q, closed, limit, after } = ask.query()?.clone();
    searchable(q.as_deref())?;
    let closed = closed.unwrap_or(false);
    let filters = format!("venues {county:?} {division:?} {organisation_id:?} {kind:?} {closed} {q:?}");
    let today = app.clock.now().day(COUNTY_ZONE);
    let cursor = Cursor::read(&app.secrets, limit, after.as_deref(), &filters)?;
    let read = app.pool.read(move |db| {
        let county = divisions::county_or_first(db, county.as_deref())?;
        list_store::listed(db, &Wanted { county, division, keeper: organisation_id, kind, q, closed }, cursor, today)
    });
    let items = read.await?.into_iter().map(VenueView::of).collect();
    Ok(Open(page(&app.secrets, items, cursor, &filters, |item: &VenueView| item.id.0)))
}

/// The routes of venues.
pub fn routes(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(list_venues).service(get_venue).service(get_space);
}
