//! What was planned is planned anew: sessions that stay keep their rows, so that whoever was told of one (a calendar on a phone)
//! follows it to its new time.

use super::parts::Moving;
use super::rules;
use super::store::{self, Session};
use super::{Facts, Plan, lock, occupy, record};
use crate::actor::Act;
use crate::bookings;
use crate::clock::Span;
use crate::db::{self, Anchor, Db};
use crate::error::{Kind, Refusal, Result};
use crate::ids::{EventId, EventSessionId};
use crate::venues::{self, VenueKind};

/// Whoever has checked in came to what was planned, and to nothing else.
///
/// # Errors
/// 409 `people_came`.
pub(super) fn nobody_came(db: &mut Db, event: EventId) -> Result<()> {
    if !store::people_came(db, event)? {
        return Ok(());
    }
    let words = "Somebody has checked in already: it cannot be changed any more. Hold it, or call it off.";
    Err(Refusal::new(Kind::Conflict, "people_came", words).into())
}

/// Puts an event with other facts and sessions in the place of what it was: what was booked is freed, and booked anew. What its parts
/// need that move along is locked with it.
///
/// # Errors
/// 409 `taken`, `space_closed`; 412 where somebody changed it meanwhile.
pub(super) fn restage(db: &mut Db, act: &Act, event: &store::Event, old: &[Session], facts: &Facts, plans: &[Plan], along: &[Moving]) -> Result<()> {
    let ids: Vec<EventSessionId> = old.iter().map(|session| session.id).collect();
    bookings::release(db, act.now, &ids)?;
    // The database lets nothing be open, not even for a moment, where it must be closed.
    if facts.open {
        sessions(db, act, event.id, old, facts, plans, along)?;
        described(db, event, facts)
    } else {
        described(db, event, facts)?;
        sessions(db, act, event.id, old, facts, plans, along)
    }
}

fn described(db: &mut Db, event: &store::Event, facts: &Facts) -> Result<()> {
    if store::change_event(db, event, facts)? {
        return Ok(());
    }
    Err(Refusal::new(Kind::Stale, "stale", "Somebody changed it meanwhile. Read it again.").into())
}

fn sessions(db: &mut Db, act: &Act, event: EventId, old: &[Session], facts: &Facts, plans: &[Plan], along: &[Moving]) -> Result<()> {
    lock(db, plans.iter().chain(along.iter().flat_map(Moving::plans)))?;
    let spans: Vec<Span> = old.iter().map(|session| (session.starts_at, session.ends_at)).collect();
    let wanted: Vec<Span> = plans.iter().map(|plan| (plan.starts_at, plan.ends_at)).collect();
    let stand_ins = rules::stand_ins(&spans, &wanted);
    for ((n, plan), kept) in plans.iter().enumerate().zip(&stand_ins) {
        let id = match kept.and_then(|n| old.get(n)) {
            Some(session) => {
                store::move_session(db, session.id, plan, act.now)?;
                session.id
            }
            None => store::insert_session(db, event, plan, act.now)?,
        };
        occupy(db, act, &facts.county, facts.organiser, id, (n, plan))?;
    }
    let dropped = old.iter().enumerate().filter(|(n, _)| !stand_ins.contains(&Some(*n))).map(|(_, session)| session.id);
    store::drop_sessions(db, &dropped.collect::<Vec<_>>(), act.now)
}

/// Plans the event of an order anew, in the place of the one that it has.
///
/// # Errors
/// As [`super::plan`].
pub fn replan(db: &mut Db, act: &Act, id: EventId, facts: &Facts, plans: &[Plan]) -> Result<()> {
    db::lock(db, Anchor::Event(id.0))?;
    let event = store::event(db, id)?.ok_or_else(Refusal::not_found)?;
    let old = store::sessions(db, id)?;
    restage(db, act, &event, &old, facts, plans, &[])?;
    store::show(db, id, event.published_at.or(Some(act.now)).filter(|_| facts.open))?;
    record(db, act, "change_event", &facts.county, id, &["sessions"])
}

/// Opens an order's event to others, or closes it, as its requester says now. In a school and at the order's own address it stays closed.
pub fn open_to_others(db: &mut Db, act: &Act, id: EventId, agreed: bool) -> Result<()> {
    db::lock(db, Anchor::Event(id.0))?;
    let event = store::event(db, id)?.ok_or_else(Refusal::not_found)?;
    let mut open = agreed;
    for session in store::sessions(db, id)? {
        let venue = match session.venue {
            Some(venue) => venues::get(db, venue)?,
            None => None,
        };
        open = open && venue.is_some_and(|venue| venue.kind != VenueKind::School);
    }
    if open == event.open {
        return Ok(());
    }
    store::set_open(db, id, open, act.now)?;
    store::stamp(db, id, act.now)?;
    record(db, act, "open_event", &event.county, id, &["open"])
}
