//! 待确认: the keeper of a venue says yes or no to a booking. Who says nothing in time lets it lapse. Without a yes the place is free
//! again; the session keeps its time, and who planned it looks for another place.

pub mod http;
mod store;

pub use store::Booking;

use crate::actor::{Act, Actor, Role, Seat};
use crate::auth;
use crate::bookings::{BookingOutcome, Status};
use crate::db::{Anchor, Db, lock};
use crate::error::{Kind, Refusal, Result};
use crate::events;
use crate::ids::{BookingId, OrganisationId};
use crate::journal::{self, Capacity, Subject};
use crate::outbox::{self, To};
use crate::wire::Cursor;

/// Who answers for the venues of the organisation in which they hold it.
const KEEPERS: [Role; 4] = [Role::Scheduler, Role::Dispatcher, Role::Officer, Role::Leader];

fn seats(actor: &Actor) -> impl Iterator<Item = (Role, &Seat)> {
    KEEPERS.into_iter().flat_map(|role| actor.seats(role).map(move |seat| (role, seat)))
}

/// Whether somebody answers for the venues of an organisation.
pub fn keeps(actor: &Actor, organisation: OrganisationId) -> bool {
    seats(actor).any(|(_, seat)| seat.organisation == organisation)
}

/// The bookings that are to come of the venues that somebody keeps, newest first: one more than the page holds.
///
/// # Errors
/// 401; 403 for whoever keeps no venues.
pub fn list_bookings(db: &mut Db, act: &Act, status: Option<Status>, cursor: Cursor) -> Result<Vec<Booking>> {
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    let keepers: Vec<OrganisationId> = seats(actor).map(|(_, seat)| seat.organisation).collect();
    if keepers.is_empty() {
        return Err(Refusal::forbidden("Bookings are answered by those who work for the organisation that keeps the venue.").into());
    }
    store::list(db, &keepers, status, act.now, cursor)
}

/// A booking of a venue that somebody keeps, and as what they keep it.
///
/// # Errors
/// 401; 404 where they do not keep it.
pub fn kept(db: &mut Db, act: &Act, id: BookingId) -> Result<(Booking, Capacity)> {
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    let booking = store::find(db, id)?.ok_or_else(Refusal::not_found)?;
    let (role, seat) = seats(actor).find(|(_, seat)| seat.organisation == booking.keeper).ok_or_else(Refusal::not_found)?;
    Ok((booking, Capacity { role: Some(role), organisation: Some(seat.organisation) }))
}

/// The keeper says yes: the booking stands.
///
/// # Errors
/// 404; 409 `not_now` where nobody waits for an answer.
pub fn confirm(db: &mut Db, act: &Act, id: BookingId) -> Result<()> {
    let (booking, capacity) = locked(db, act, id)?;
    if !store::confirm(db, id)? {
        return Err(untimely(&booking).into());
    }
    events::keeper_spoke(db, act.now, id)?;
    record(db, act, "confirm_booking", &booking, capacity, &["status"])?;
    tell(db, act, &booking, Answer::Confirmed)
}

/// The keeper says no: the place is free again.
///
/// # Errors
/// 404; 409 `not_now` where nobody waits for an answer.
pub fn refuse(db: &mut Db, act: &Act, id: BookingId, reason: &str) -> Result<()> {
    let (booking, capacity) = locked(db, act, id)?;
    if !store::end(db, id, act.now, BookingOutcome::Refused, Some(reason))? {
        return Err(untimely(&booking).into());
    }
    events::keeper_spoke(db, act.now, id)?;
    record(db, act, "refuse_booking", &booking, capacity, &["outcome", "reason"])?;
    tell(db, act, &booking, Answer::Refused)
}

/// Releases up to `most` bookings that nobody has answered in time; says how many. The worker alone calls it.
pub fn run_due(db: &mut Db, act: &Act, most: i64) -> Result<usize> {
    let mut done = 0;
    for id in store::due(db, act.now, most)? {
        done += usize::from(lapse(db, act, id)?);
    }
    Ok(done)
}

fn lapse(db: &mut Db, act: &Act, id: BookingId) -> Result<bool> {
    let Some(booking) = store::find(db, id)? else { return Ok(false) };
    lock_holder(db, &booking)?;
    if !store::end(db, id, act.now, BookingOutcome::Lapsed, None)? {
        return Ok(false);
    }
    events::keeper_spoke(db, act.now, id)?;
    record(db, act, "lapse_booking", &booking, Capacity::default(), &["outcome"])?;
    tell(db, act, &booking, Answer::Lapsed)?;
    Ok(true)
}

/// The booking, with its order or its event locked against a deed that frees it at the same time.
fn locked(db: &mut Db, act: &Act, id: BookingId) -> Result<(Booking, Capacity)> {
    let (booking, _) = kept(db, act, id)?;
    lock_holder(db, &booking)?;
    kept(db, act, id)
}

fn lock_holder(db: &mut Db, booking: &Booking) -> Result<()> {
    lock(db, booking.order.map_or(Anchor::Event(booking.event.0), |order| Anchor::Order(order.0)))
}

/// Nobody waits for an answer: said is what became of it.
fn untimely(booking: &Booking) -> Refusal {
    let standing = match (booking.outcome, booking.released_at, booking.status) {
        (Some(outcome), _, _) => outcome.as_str(),
        (None, Some(_), _) => "released",
        (None, None, status) => status.as_str(),
    };
    Refusal::new(Kind::Conflict, "not_now", "Nobody waits for an answer to this booking any more. Look at the list again.").with("booking_status", standing)
}

/// The leader and the officer of the order hear of it; of an event of its own, those who plan for its organiser.
fn tell(db: &mut Db, act: &Act, booking: &Booking, answer: Answer) -> Result<()> {
    let Some(order) = booking.order else {
        let Some(organiser) = booking.organiser else { return Ok(()) };
        return events::tell_planners(db, act, booking.event, organiser, answer.of_an_event());
    };
    if let Some(team) = booking.team {
        outbox::tell(db, act, answer.of_an_order(), order, To::Role(Role::Leader, team))?;
    }
    if let Some(department) = booking.department {
        outbox::tell(db, act, answer.of_an_order(), order, To::Role(Role::Officer, department))?;
    }
    Ok(())
}

/// What became of a booking that waited for its keeper.
#[derive(Debug, Clone, Copy)]
enum Answer {
    Confirmed,
    Refused,
    Lapsed,
}

impl Answer {
    const fn of_an_order(self) -> &'static str {
        match self {
            Self::Confirmed => "venue_confirmed",
            Self::Refused => "venue_refused",
            Self::Lapsed => "venue_lapsed",
        }
    }

    const fn of_an_event(self) -> &'static str {
        match self {
            Self::Confirmed => "event_venue_confirmed",
            Self::Refused => "event_venue_refused",
            Self::Lapsed => "event_venue_lapsed",
        }
    }
}

fn record(db: &mut Db, act: &Act, verb: &str, booking: &Booking, capacity: Capacity, fields: &[&str]) -> Result<()> {
    let subject = Subject { kind: "booking", id: booking.id.0, version: None, county: Some(&booking.county) };
    journal::record(db, act, verb, subject, capacity, fields)
}
