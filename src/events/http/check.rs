//! What stands in the way of sessions before anything is saved.

use actix_web::{post, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::needs::CheckEvent;
use super::super::{Checked, Hint, OtherRoom};
use crate::app::App;
use crate::clock::{Moment, Span};
use crate::error::Result;
use crate::ids::{SpaceId, VenueId};
use crate::slots::Nearness;
use crate::venues::FIRST_SPACE;
use crate::wire::{Change, OwnRefusals, Private};

/// A time at which all would be free.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FreeTime {
    pub starts_at: Moment,
    pub ends_at: Moment,
}

impl From<Span> for FreeTime {
    fn from((starts_at, ends_at): Span) -> Self {
        Self { starts_at, ends_at }
    }
}

/// A room that is free at the same time and big enough.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FreeRoom {
    pub venue_id: VenueId,
    pub venue: String,
    pub space_id: SpaceId,
    /// Null while nobody has named it.
    pub space: Option<String>,
    /// The short name of the place.
    pub division: String,
    pub seats: i32,
    /// Else its keeper is asked.
    pub free_to_book: bool,
    pub near: Nearness,
}

impl From<OtherRoom> for FreeRoom {
    fn from(OtherRoom { room, near }: OtherRoom) -> Self {
        Self {
            venue_id: room.venue,
            venue: room.venue_name,
            space_id: room.space,
            space: Some(room.space_name).filter(|name| name != FIRST_SPACE),
            division: room.division_name,
            seats: room.seats,
            free_to_book: room.free_to_book,
            near,
        }
    }
}

/// What is found of one session.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CheckedSession {
    /// What blocks first; none: nothing stands in its way.
    pub hints: Vec<Hint>,
    /// The nearest times at which it could be in the same place.
    pub times: Vec<FreeTime>,
    /// The nearest rooms in which it could be at the same time.
    pub rooms: Vec<FreeRoom>,
}

/// What is found of each session, in the order asked.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CheckView {
    pub sessions: Vec<CheckedSession>,
}

impl From<Vec<Checked>> for CheckView {
    fn from(checked: Vec<Checked>) -> Self {
        let one = |Checked { hints, times, rooms }: Checked| CheckedSession {
            hints,
            times: times.into_iter().map(FreeTime::from).collect(),
            rooms: rooms.into_iter().map(FreeRoom::from).collect(),
        };
        Self { sessions: checked.into_iter().map(one).collect() }
    }
}

/// Says what stands in the way of an event before it is planned or changed, and what is free near by. It saves nothing.
#[utoipa::path(tag = "events", request_body = CheckEvent, security(("bearer" = [])), responses((status = 200, description = "What is found of each session, in the order asked", body = CheckView), OwnRefusals))]
#[post("/events/check")]
pub(super) async fn check_event(app: web::Data<App>, change: Change<CheckEvent>) -> Result<Private<CheckView>> {
    let state = app.get_ref().clone();
    let read = move |db: &mut crate::db::Db| super::super::check(db, &state, &change);
    Ok(Private(app.pool.read(read).await?.into()))
}
