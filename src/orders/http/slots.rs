//! Free times for an order, and what stands in the way of its schedule.

use actix_web::{get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::needs;
use super::super::slots::{Asked, Found};
use crate::app::App;
use crate::clock::Moment;
use crate::db::Db;
use crate::error::{Refusal, Result};
use crate::events::http::check::CheckView;
use crate::ids::{OrderId, PersonId, SpaceId, VenueId};
use crate::slots::rules::NoSlot;
use crate::slots::{Room, Slot, SlotReason};
use crate::venues::FIRST_SPACE;
use crate::wire::{Ask, AskRefusals, Change, ChangeRefusals, Private, Problem};

/// How long a session is unless told otherwise.
const USUAL_MINUTES: i64 = 90;
const SHORTEST: i64 = 15;
const LONGEST: i64 = 1440;
const MOST_PIECES: usize = 10;

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SlotsQuery {
    /// How long it takes, 90 unless told otherwise.
    #[param(minimum = 15, maximum = 1440)]
    minutes: Option<i64>,
    /// In this venue alone; else anywhere in the county, the order's own address as well.
    venue_id: Option<VenueId>,
    /// Equipment that must be free as well: up to ten numbers with commas between them.
    #[param(example = "3,7", pattern = "^[0-9]+(,[0-9]+)*$")]
    equipment_ids: Option<String>,
}

impl SlotsQuery {
    fn asked(&self) -> Result<Asked> {
        let minutes = self.minutes.unwrap_or(USUAL_MINUTES);
        if !(SHORTEST..=LONGEST).contains(&minutes) {
            return Err(Refusal::query("minutes", "out_of_range", "A session takes 15 to 1440 minutes.").into());
        }
        let pieces = self.equipment_ids.as_deref().filter(|pieces| !pieces.is_empty());
        let equipment: Option<Vec<i64>> = pieces.into_iter().flat_map(|pieces| pieces.split(',')).map(|piece| piece.parse().ok()).collect();
        let equipment = equipment.filter(|pieces| pieces.len() <= MOST_PIECES);
        let equipment = equipment.ok_or_else(|| Refusal::query("equipment_ids", "how_many", "Give up to ten numbers with commas between them."))?;
        Ok(Asked { minutes, venue: self.venue_id, equipment })
    }
}

/// A time at which all are free.
#[derive(Debug, Serialize, ToSchema)]
pub struct SlotView {
    starts_at: Moment,
    ends_at: Moment,
    /// Null: at the order's own address.
    venue_id: Option<VenueId>,
    venue: Option<String>,
    space_id: Option<SpaceId>,
    /// Null while nobody has named it.
    space: Option<String>,
    /// The short name of the venue's place.
    division: Option<String>,
    seats: Option<i32>,
    /// Somebody who is free then; null for all but the leaders of the team.
    in_charge: Option<SlotInCharge>,
    /// Why, and what speaks against it.
    reasons: Vec<SlotReason>,
}

/// Somebody who is free then.
#[derive(Debug, Serialize, ToSchema)]
pub struct SlotInCharge {
    id: PersonId,
    name: String,
}

/// Times to propose.
#[derive(Debug, Serialize, ToSchema)]
pub struct SlotsView {
    /// At most eight, the best first.
    slots: Vec<SlotView>,
    /// Whether the requester's windows left nothing, and these lie outside them.
    outside_windows: bool,
    /// Why there is none.
    why: Option<NoSlot>,
}

impl From<Found> for SlotsView {
    fn from(Found { proposed, rooms, names, outside_windows }: Found) -> Self {
        let slots = proposed.slots.into_iter().map(|slot| view(slot, &rooms, &names)).collect();
        Self { slots, outside_windows, why: proposed.why }
    }
}

fn view(slot: Slot, rooms: &[Room], names: &[(PersonId, String)]) -> SlotView {
    let room = slot.room.and_then(|room| rooms.get(room));
    SlotView {
        starts_at: slot.span.0,
        ends_at: slot.span.1,
        venue_id: room.map(|room| room.venue),
        venue: room.map(|room| room.venue_name.clone()),
        space_id: room.map(|room| room.space),
        space: room.map(|room| room.space_name.clone()).filter(|name| name != FIRST_SPACE),
        division: room.map(|room| room.division_name.clone()),
        seats: room.map(|room| room.seats),
        in_charge: names.iter().find(|(id, _)| *id == slot.in_charge).map(|(id, name)| SlotInCharge { id: *id, name: name.clone() }),
        reasons: slot.reasons,
    }
}

/// The times that a question is answered with.
///
/// # Errors
/// As the route's.
pub fn found(db: &mut Db, app: &App, ask: &Ask<SlotsQuery>, id: OrderId) -> Result<SlotsView> {
    super::super::slots::slots(db, app, &ask.caller, id, || ask.query()?.asked()).map(SlotsView::from)
}

/// The next times at which a room, somebody of the team and the equipment are all free, best first, and why: for those who schedule
/// the order or may propose times.
#[utoipa::path(
    tag = "orders", params(("id" = OrderId, Path, description = "Its number"), SlotsQuery),
    responses(
        (status = 200, description = "At most eight, the best first", body = SlotsView),
        (status = 409, description = "Nothing is to be scheduled now", body = Problem, content_type = "application/problem+json"),
        AskRefusals,
    ),
    security(("bearer" = []))
)]
#[get("/orders/{id}/slots")]
pub(super) async fn list_slots(app: web::Data<App>, id: web::Path<OrderId>, ask: Ask<SlotsQuery>) -> Result<Private<SlotsView>> {
    let state = app.get_ref().clone();
    Ok(Private(app.pool.read(move |db| found(db, &state, &ask, *id)).await?))
}

/// Says what stands in the way of a schedule before it is sent, and what is free near by. It saves nothing.
#[utoipa::path(
    tag = "orders", request_body = needs::Schedule, params(("id" = OrderId, Path, description = "Its number")),
    responses((status = 200, description = "What is found of each session, in the order asked", body = CheckView), ChangeRefusals),
    security(("bearer" = []))
)]
#[post("/orders/{id}/check_schedule")]
pub(super) async fn check_schedule(app: web::Data<App>, id: web::Path<OrderId>, change: Change<needs::Schedule>) -> Result<Private<CheckView>> {
    let state = app.get_ref().clone();
    let read = move |db: &mut Db| super::super::slots::check_schedule(db, &state, &change, *id);
    Ok(Private(app.pool.read(read).await?.into()))
}
