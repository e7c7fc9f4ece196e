//! The rows of `events` and `event_sessions`.

use diesel::prelude::*;

use super::{Plan, SessionState};
use crate::bookings::{ResourceKind, Status};
use crate::clock::Moment;
use crate::db::Db;
use crate::error::Result;
use crate::ids::{EventId, EventSessionId, OrderId, PersonId, VenueId};
use crate::schema::{bookings, event_sessions, events, people, venues};

/// A session with the names that a reader needs.
#[derive(Debug, Clone, Queryable)]
pub struct Session {
    pub id: EventSessionId,
    pub starts_at: Moment,
    pub ends_at: Moment,
    pub venue: Option<VenueId>,
    pub venue_name: Option<String>,
    /// Whether the keeper has said yes to the venue.
    pub venue_status: Option<Status>,
    pub in_charge: PersonId,
    pub in_charge_name: String,
    pub state: SessionState,
    pub attendance: Option<i32>,
}

/// The sessions of an event, in order of time.
pub fn sessions(db: &mut Db, event: EventId) -> Result<Vec<Session>> {
    Ok(event_sessions::table
        .inner_join(people::table)
        .left_join(venues::table)
        .left_join(
            bookings::table.on(bookings::holder_kind.eq("event_session").and(bookings::holder_id.eq(event_sessions::id)).and(bookings::resource_kind.eq(ResourceKind::Venue))),
        )
        .filter(event_sessions::event_id.eq(event))
        .order((event_sessions::starts_at, event_sessions::id))
        .select((
            event_sessions::id,
            event_sessions::starts_at,
            event_sessions::ends_at,
            event_sessions::venue_id,
            venues::name.nullable(),
            bookings::status.nullable(),
            event_sessions::in_charge_id,
            people::name,
            event_sessions::state,
            event_sessions::attendance,
        ))
        .load(db)?)
}

pub fn insert_event(db: &mut Db, now: Moment, county: &str, order: OrderId, title: &str) -> Result<EventId> {
    Ok(diesel::insert_into(events::table)
        .values((events::county.eq(county), events::order_id.eq(order), events::title.eq(title), events::state.eq("planned"), events::created_at.eq(now)))
        .returning(events::id)
        .get_result(db)?)
}

pub fn insert_session(db: &mut Db, event: EventId, session: &Plan) -> Result<EventSessionId> {
    Ok(diesel::insert_into(event_sessions::table)
        .values((
            event_sessions::event_id.eq(event),
            event_sessions::starts_at.eq(session.starts_at),
            event_sessions::ends_at.eq(session.ends_at),
            event_sessions::venue_id.eq(session.venue),
            event_sessions::in_charge_id.eq(session.in_charge),
            event_sessions::state.eq(SessionState::Planned),
        ))
        .returning(event_sessions::id)
        .get_result(db)?)
}

pub fn set_event(db: &mut Db, event: EventId, state: &str) -> Result<()> {
    diesel::update(events::table.find(event)).set((events::state.eq(state), events::version.eq(events::version + 1))).execute(db)?;
    Ok(())
}

pub fn set_session(db: &mut Db, session: EventSessionId, state: SessionState, attendance: i32) -> Result<()> {
    diesel::update(event_sessions::table.find(session)).set((event_sessions::state.eq(state), event_sessions::attendance.eq(attendance))).execute(db)?;
    Ok(())
}

pub fn set_open_sessions(db: &mut Db, event: EventId, state: SessionState) -> Result<()> {
    diesel::update(event_sessions::table.filter(event_sessions::event_id.eq(event)).filter(event_sessions::state.eq(SessionState::Planned)))
        .set(event_sessions::state.eq(state))
        .execute(db)?;
    Ok(())
}
