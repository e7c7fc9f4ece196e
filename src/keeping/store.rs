//! The SQL of a keeper's answers: compare-and-set on what is still tentative and not freed.

use diesel::prelude::*;

use crate::bookings::{BookingOutcome, ResourceKind, Status};
use crate::clock::Moment;
use crate::db::{Backend, Db};
use crate::error::Result;
use crate::ids::{BookingId, EventId, OrderId, OrganisationId, SpaceId, VenueId};
use crate::schema::{bookings, event_sessions, events, orders, organisations, spaces, venues};
use crate::wire::Cursor;

/// A booking of a space with what its keeper decides by.
#[derive(Debug, Clone, Queryable)]
pub struct Booking {
    pub id: BookingId,
    pub county: String,
    pub venue: VenueId,
    pub venue_name: String,
    /// The organisation that keeps the venue.
    pub keeper: OrganisationId,
    pub space: SpaceId,
    pub space_name: String,
    /// With set-up and clearing.
    pub from: Moment,
    pub until: Moment,
    /// How many of a shared space's places; empty: all of it, alone.
    pub places: Option<i32>,
    pub status: Status,
    /// Until when an answer is awaited; empty where none is.
    pub answer_by: Option<Moment>,
    pub outcome: Option<BookingOutcome>,
    pub reason: Option<String>,
    pub asked_at: Moment,
    pub released_at: Option<Moment>,
    /// What takes place, in the words that are for others.
    pub title: String,
    pub event: EventId,
    /// Who holds it; of an order's event: the team.
    pub organiser: Option<OrganisationId>,
    pub order: Option<OrderId>,
    /// How many are expected, as the order says now.
    pub attendees: Option<i32>,
    /// How many were expected when it was planned.
    pub expected: i32,
    pub department: Option<OrganisationId>,
    pub team: Option<OrganisationId>,
    /// Of an order's event: the team's.
    pub organiser_name: Option<String>,
}

/// The joined columns of a booking; a macro, since their type has no short name.
macro_rules! rows {
    () => {
        bookings::table
            .inner_join(spaces::table.on(spaces::id.eq(bookings::resource_id)))
            .inner_join(venues::table.on(venues::id.eq(spaces::venue_id)))
            .inner_join(event_sessions::table.on(event_sessions::id.eq(bookings::holder_id)))
            .inner_join(events::table.on(events::id.eq(event_sessions::event_id)))
            .left_join(orders::table.on(orders::id.nullable().eq(events::order_id)))
            .left_join(organisations::table.on(organisations::id.nullable().eq(events::organiser_id)))
            .filter(bookings::resource_kind.eq(ResourceKind::Space))
            .select((
                bookings::id,
                bookings::county,
                venues::id,
                venues::name,
                venues::organisation_id,
                spaces::id,
                spaces::name,
                bookings::starts_at,
                bookings::ends_at,
                bookings::places,
                bookings::status,
                bookings::answer_by,
                bookings::outcome,
                bookings::reason,
                bookings::created_at,
                bookings::released_at,
                events::title,
                events::id,
                events::organiser_id,
                orders::id.nullable(),
                orders::attendees.nullable(),
                events::expected,
                orders::department_id.nullable(),
                orders::team_id.nullable(),
                organisations::name.nullable(),
            ))
    };
}

pub(super) fn find(db: &mut Db, id: BookingId) -> Result<Option<Booking>> {
    Ok(rows!().filter(bookings::id.eq(id)).first(db).optional()?)
}

/// The bookings of these keepers' venues that are not over and not freed: one more than the page holds.
pub(super) fn list(db: &mut Db, keepers: &[OrganisationId], status: Option<Status>, now: Moment, cursor: Cursor) -> Result<Vec<Booking>> {
    let kept: Vec<i64> = spaces::table.inner_join(venues::table).filter(venues::organisation_id.eq_any(keepers)).select(spaces::id).load(db)?;
    let mut query = rows!()
        .filter(bookings::resource_id.eq_any(kept))
        .filter(bookings::released_at.is_null())
        .filter(bookings::ends_at.gt(now))
        .order(bookings::id.desc())
        .limit(cursor.limit + 1)
        .into_boxed::<Backend>();
    if let Some(status) = status {
        query = query.filter(bookings::status.eq(status));
    }
    if let Some(below) = cursor.below {
        query = query.filter(bookings::id.lt(below));
    }
    Ok(query.load(db)?)
}

/// What nobody has answered in time, oldest first.
pub(super) fn due(db: &mut Db, now: Moment, most: i64) -> Result<Vec<BookingId>> {
    Ok(bookings::table
        .filter(bookings::answer_by.is_not_null())
        .filter(bookings::answer_by.le(now))
        .order(bookings::answer_by)
        .limit(most)
        .select(bookings::id)
        .load(db)?)
}

/// A yes; false where nobody waits for it any more.
pub(super) fn confirm(db: &mut Db, id: BookingId) -> Result<bool> {
    let nothing: Option<Moment> = None;
    let awaited = bookings::table.filter(bookings::id.eq(id)).filter(bookings::status.eq(Status::Tentative)).filter(bookings::released_at.is_null());
    Ok(diesel::update(awaited).set((bookings::status.eq(Status::Confirmed), bookings::answer_by.eq(nothing))).execute(db)? == 1)
}

/// The end of a booking without a yes; false where nobody waits for an answer any more.
pub(super) fn end(db: &mut Db, id: BookingId, now: Moment, outcome: BookingOutcome, reason: Option<&str>) -> Result<bool> {
    let nothing: Option<Moment> = None;
    let awaited = bookings::table.filter(bookings::id.eq(id)).filter(bookings::status.eq(Status::Tentative)).filter(bookings::released_at.is_null());
    let ended = diesel::update(awaited)
        .set((bookings::released_at.eq(now), bookings::outcome.eq(outcome), bookings::reason.eq(reason), bookings::answer_by.eq(nothing)))
        .execute(db)?;
    Ok(ended == 1)
}
