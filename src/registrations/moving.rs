//! What happens to a registration after it was made, and how the line moves up.

use super::reach::{self, Opened, Who};
use super::state::{self, RegistrationPart, RegistrationState, RegistrationVerb};
use super::store::{self, Line};
use super::{Seen, record, rules};
use crate::actor::Act;
use crate::app::App;
use crate::db::{self, Anchor, Db};
use crate::error::{Kind, Refusal, Result};
use crate::idempotency;
use crate::ids::{EventId, RegistrationId};
use crate::journal::Capacity;
use crate::outbox::{self, To};
use crate::wire::{Change, Nothing};

/// Confirms places that were offered; the organiser does it at the registrant's word.
///
/// # Errors
/// 401; 404; the body; 409 `not_now`, `confirm_over` …
pub fn confirm(db: &mut Db, app: &App, change: &Change<Nothing>, id: RegistrationId) -> Result<Seen> {
    perform(db, app, change, id, RegistrationVerb::Confirm)
}

/// Gives places back, or leaves the line; whoever is next moves up.
///
/// # Errors
/// 401; 404; the body; 409 `not_now`, `begun_already` …
pub fn cancel(db: &mut Db, app: &App, change: &Change<Nothing>, id: RegistrationId) -> Result<Seen> {
    perform(db, app, change, id, RegistrationVerb::Cancel)
}

fn perform(db: &mut Db, app: &App, change: &Change<Nothing>, id: RegistrationId, verb: RegistrationVerb) -> Result<Seen> {
    let who = reach::identify(db, app, &change.caller)?;
    let opened = locked(db, &who, id)?;
    change.body()?;
    let (scope, deed) = (idempotency::scope(&who.act, &who.scope()), format!("{verb} registration {id}"));
    if idempotency::replay(db, &scope, &deed, change)?.is_none() {
        let refuse = |(code, words): (&'static str, &str)| Refusal::new(Kind::Conflict, code, words).with("registration_state", opened.registration.state);
        let to = state::step(verb, &opened.standing(), opened.part, who.act.now).map_err(refuse)?;
        advance(db, &who.act, &opened, verb, to)?;
        if verb == RegistrationVerb::Cancel && opened.part == RegistrationPart::Organiser {
            outbox::tell(db, &who.act, "registration_cancelled", id, To::Requester)?;
        }
        idempotency::remember(db, who.act.now, &scope, &deed, change, id.0)?;
    }
    let part = opened.part;
    let registration = store::find(db, id)?.ok_or_else(Refusal::not_found)?;
    reach::seen_one(db, &who.act, registration, part)
}

/// The registration with its event locked: of those who come at once each judges what the one before has left.
fn locked(db: &mut Db, who: &Who, id: RegistrationId) -> Result<Opened> {
    let of = store::find(db, id)?.ok_or_else(Refusal::not_found)?.event;
    db::lock(db, Anchor::Event(of.0))?;
    reach::open(db, who, id)
}

/// Takes a registration into its next state; where places became free the line moves up in the same transaction.
fn advance(db: &mut Db, act: &Act, opened: &Opened, verb: RegistrationVerb, to: RegistrationState) -> Result<()> {
    let Opened { registration, capacity, .. } = opened;
    let from = registration.state;
    store::advance(db, act.now, registration.id, from, to, None)?;
    let line = Line { verb, role: capacity.role, organisation: capacity.organisation, from: Some(from), to, note: None };
    store::insert_move(db, act, registration.id, line)?;
    record(db, act, verb, &registration.county, registration.id, *capacity, &["state"])?;
    // A group at the head of the line that gives up can let others through, too.
    if to.is_live() { Ok(()) } else { move_up(db, act, registration.event, &registration.county) }
}

/// Moves those up who fit into what is free; each hears until when to confirm. The event is locked.
pub(super) fn move_up(db: &mut Db, act: &Act, event: EventId, county: &str) -> Result<()> {
    let Some(terms) = store::terms(db, event)? else { return Ok(()) };
    let frame = reach::frame(db, event)?;
    if frame.off || frame.begins <= act.now {
        return Ok(());
    }
    let free = i64::from(terms.places) - store::taken(db, event)?;
    if free <= 0 {
        return Ok(());
    }
    let line = store::line(db, event)?;
    let until = rules::confirm_by(act.now, terms.confirm_hours, frame.begins);
    for id in rules::move_up(free, &line, terms.pass_over) {
        let (from, to) = (RegistrationState::Waiting, RegistrationState::Offered);
        store::advance(db, act.now, id, from, to, Some(until))?;
        let line = Line { verb: RegistrationVerb::MoveUp, role: None, organisation: None, from: Some(from), to, note: None };
        store::insert_move(db, act, id, line)?;
        record(db, act, RegistrationVerb::MoveUp, county, id, Capacity::default(), &["state", "confirm_by"])?;
        outbox::tell(db, act, "registration_offered", id, To::Requester)?;
    }
    Ok(())
}

/// Lets an offer lapse that nobody confirmed in time; the next in line move up. Says whether it did.
pub(super) fn lapse(db: &mut Db, act: &Act, id: RegistrationId, event: EventId) -> Result<bool> {
    db::lock(db, Anchor::Event(event.0))?;
    let Some(registration) = store::find(db, id)? else { return Ok(false) };
    // It may have been confirmed or cancelled before the lock.
    let over = registration.state == RegistrationState::Offered && registration.confirm_by.is_some_and(|until| until <= act.now);
    if !over {
        return Ok(false);
    }
    let frame = reach::frame(db, event)?;
    let opened = Opened { registration, frame, part: RegistrationPart::Time, capacity: Capacity::default() };
    advance(db, act, &opened, RegistrationVerb::Lapse, RegistrationState::Lapsed)?;
    if !opened.frame.off {
        outbox::tell(db, act, "registration_lapsed", id, To::Requester)?;
    }
    Ok(true)
}
