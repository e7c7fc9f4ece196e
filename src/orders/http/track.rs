//! Following an order without an account, and who reads the orders of a place.

use actix_web::{get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::needs;
use super::super::state::State;
use super::view::Named;
use crate::app::App;
use crate::clock::Moment;
use crate::divisions;
use crate::error::Result;
use crate::ids::{OrderId, OrganisationId};
use crate::wire::{Ask, Change, Open, Private, Problem};

/// What somebody without an account may see of their order.
#[derive(Serialize, ToSchema)]
pub struct TrackView {
    pub number: String,
    pub state: State,
    pub submitted_at: Moment,
    pub stage_since: Moment,
    pub due_at: Option<Moment>,
    pub starts_at: Option<Moment>,
    pub ends_at: Option<Moment>,
    /// Whom to call.
    pub holding_centre: Named,
    pub centre_phone: Option<String>,
    pub county_phone: String,
    /// With the token: the order's id, for its own routes.
    pub order_id: Option<OrderId>,
}

/// Follow an order without an account, by its number and the last four digits of the phone, or by its token.
///
/// Five wrong tries close a number for 15 minutes.
#[utoipa::path(
    tag = "orders", request_body = needs::Track,
    responses(
        (status = 200, description = "Where it is, and whom to call; nothing personal.", body = TrackView),
        (status = 400, description = "It cannot be read.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No order has this number and phone.", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large.", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Some fields cannot be used.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many tries.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Try again shortly.", body = Problem, content_type = "application/problem+json"),
    ),
    security(())
)]
#[post("/track")]
pub(super) async fn track_order(app: web::Data<App>, change: Change<needs::Track>) -> Result<Private<TrackView>> {
    super::super::track_counted(app.get_ref(), change).await.map(|(opened, centre_phone, county_phone, by_token)| {
        let order = opened.order;
        Private(TrackView {
            number: order.row.number,
            state: order.row.state,
            submitted_at: order.row.submitted_at,
            stage_since: order.row.stage_at,
            due_at: order.row.due_at,
            starts_at: order.progress.starts_at,
            ends_at: order.progress.ends_at,
            holding_centre: Named { id: order.row.holding_centre_id, name: order.names.centre },
            centre_phone,
            county_phone,
            order_id: by_token.then_some(order.row.id),
        })
    })
}

/// Where.
#[derive(Debug, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct IntakeQuery {
    /// The place of an order; without it the answer is about the county itself.
    #[serde(default, deserialize_with = "divisions::http::code")]
    #[param(example = "230522101201", pattern = "^[0-9]{12}$")]
    pub division_code: Option<String>,
    /// Without a place: which county; the first one unless told otherwise.
    #[serde(default, deserialize_with = "divisions::http::code")]
    #[param(example = "230522000000", pattern = "^[0-9]{12}$")]
    pub county: Option<String>,
}

/// Who reads the orders of a place.
#[derive(Debug, Serialize, ToSchema)]
pub struct IntakeView {
    /// The centre that would hold an order now; null where nobody dispatches yet: say so before anything is typed.
    pub centre: Option<Named>,
    /// Whether that centre belongs to another jurisdiction and takes the order in as a service: the state farm's places.
    pub as_a_service: bool,
    /// Empty where none is known.
    pub county_phone: String,
    pub county: CountyView,
    /// The county's own centre; null where it has none.
    pub county_centre: Option<CountyCentre>,
    /// The version of the notice that one consents to: `GET /consents/current`.
    #[schema(example = "2026-01")]
    pub consent_version: Option<String>,
}

/// A county by code and name.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountyView {
    #[schema(example = "230522000000")]
    pub code: String,
    #[schema(example = "友谊县")]
    pub name: String,
}

/// The county's own centre, with the telephone of its desk.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountyCentre {
    pub id: OrganisationId,
    #[schema(example = "友谊县新时代文明实践中心")]
    pub name: String,
    /// Null where none is known.
    pub phone: Option<String>,
}

/// Who reads the orders of a place, and what home page and form need before anything is typed or anyone signed in.
#[utoipa::path(
    tag = "orders", params(IntakeQuery),
    responses(
        (status = 200, description = "The centre that would hold an order now.", body = IntakeView),
        (status = 400, description = "A parameter cannot be read.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such division or county.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Try again shortly.", body = Problem, content_type = "application/problem+json"),
    ),
    security(())
)]
#[get("/intake")]
pub(super) async fn who_reads(app: web::Data<App>, ask: Ask<IntakeQuery>) -> Result<Open<IntakeView>> {
    let now = app.clock.now();
    app.pool
        .read(move |db| {
            let query = ask.query()?;
            let intake = super::super::who_reads(db, query.division_code.as_deref(), query.county.as_deref(), now)?;
            let county_phone = intake.county.phone.clone();
            let known = Some(county_phone.clone()).filter(|phone| !phone.is_empty());
            Ok(Open(IntakeView {
                centre: intake.centre.map(|(id, name)| Named { id, name }),
                as_a_service: intake.as_a_service,
                county_phone,
                county: CountyView { code: intake.county.code, name: intake.county.name },
                county_centre: intake.county_centre.map(|centre| CountyCentre { id: centre.id, name: centre.name, phone: centre.phone.or(known) }),
                consent_version: intake.consent_version,
            }))
        })
        .await
}
