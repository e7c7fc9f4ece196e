//! Who registered: for those who hold the event, masked; the contact in full with a reason; what concerns children under 14 only
//! after another named person has approved it for the event (未成年人网络保护条例, Art 36).

use super::state::{RegistrationPart, RegistrationVerb};
use super::store::{self, Contact, Filter, Line};
use super::terms::{TermsSeen, look_at};
use super::{Seen, reach, record};
use crate::actor::Act;
use crate::app::App;
use crate::auth;
use crate::db::{self, Anchor, Db};
use crate::error::{Kind, Refusal, Result};
use crate::events;
use crate::idempotency;
use crate::ids::{EventId, PersonId, RegistrationId};
use crate::journal::{self, Subject};
use crate::orders::needs::Reason;
use crate::wire::{Caller, Change, Cursor, Nothing};

/// One registration, for who registered and for those who hold the event.
///
/// # Errors
/// 401; 404.
pub fn look(db: &mut Db, app: &App, caller: &Caller, id: RegistrationId) -> Result<Seen> {
    let who = reach::identify(db, app, caller)?;
    let opened = reach::open(db, &who, id)?;
    reach::seen_one(db, &who.act, opened.registration, opened.part)
}

/// The caller's own registrations, newest first: one more than the page holds.
///
/// # Errors
/// 401.
pub fn my_registrations(db: &mut Db, act: &Act, cursor: Cursor) -> Result<Vec<Seen>> {
    let person = act.person().ok_or_else(auth::sign_in_first)?;
    let rows = store::mine(db, person, cursor)?;
    reach::seen(db, act, rows, RegistrationPart::Registrant)
}

/// Whether somebody sees who registered for an event.
///
/// # Errors
/// 404 for an event that they may not know of; 403 for who only comes.
pub fn may_list(db: &mut Db, act: &Act, event: EventId) -> Result<()> {
    let opened = events::opened(db, act, event)?;
    if opened.capacity(act).is_some() { Ok(()) } else { Err(only_who_holds()) }
}

/// The registrations of an event for those who hold it, newest first: one more than the page holds.
pub fn list_registrations(db: &mut Db, act: &Act, event: EventId, filter: &Filter, cursor: Cursor) -> Result<Vec<Seen>> {
    let rows = store::listed(db, event, filter, cursor)?;
    reach::seen(db, act, rows, RegistrationPart::Organiser)
}

fn only_who_holds() -> crate::error::Error {
    Refusal::forbidden("Only those who plan this event, or work for a centre above it, see who registered.").into()
}

/// The contact in full, and what concerns children where its reading was approved.
pub struct Revealed {
    pub contact: Contact,
    /// Nothing where the caller may not read it: nobody else has approved it.
    pub children: Option<i32>,
}

/// Reads the contact in full: for those who must reach the registrant, with a reason, journalled. What concerns children comes with
/// it where somebody else has approved that for the event.
///
/// # Errors
/// 401; 404; the body.
pub fn reveal_contact(db: &mut Db, app: &App, change: &Change<Reason>, id: RegistrationId) -> Result<Revealed> {
    let who = reach::identify(db, app, &change.caller)?;
    let opened = reach::open(db, &who, id)?;
    let body = change.body()?;
    let registration = &opened.registration;
    let readable = opened.part == RegistrationPart::Registrant || approved_for(db, registration.event, who.act.person())?;
    let mut fields = vec!["contact_name", "contact_phone"];
    let mut contact = store::contact(db, id)?;
    if readable {
        fields.extend(["under_14", "guardian_name"]);
    } else {
        contact.guardian_name = None;
    }
    let line = Line {
        verb: RegistrationVerb::RevealContact,
        role: opened.capacity.role,
        organisation: opened.capacity.organisation,
        from: Some(registration.state),
        to: registration.state,
        note: Some(body.reason.trim()),
    };
    store::insert_move(db, &who.act, id, line)?;
    record(db, &who.act, RegistrationVerb::RevealContact, &registration.county, id, opened.capacity, &fields)?;
    Ok(Revealed { contact, children: readable.then_some(registration.under_14) })
}

/// Whether somebody else has approved that this person reads what concerns children.
fn approved_for(db: &mut Db, event: EventId, reader: Option<PersonId>) -> Result<bool> {
    Ok(store::readings(db, event)?.iter().any(|reading| Some(reading.by) != reader))
}

/// Approves that the others who hold this event read what concerns children under 14 who come to it. Who approves needs somebody
/// else's approval to read it themselves.
///
/// # Errors
/// 401; 404; 403 for who does not hold the event; the body; 409 `approved_already`, `no_registration`.
pub fn approve_reading(db: &mut Db, app: &App, change: &Change<Nothing>, event: EventId) -> Result<TermsSeen> {
    let act = auth::signed_in(db, app, &change.caller)?;
    db::lock(db, Anchor::Event(event.0))?;
    let opened = events::opened(db, &act, event)?;
    let (role, organisation) = opened.capacity(&act).ok_or_else(only_who_holds)?;
    change.body()?;
    idempotency::once(db, &act, change, "approve_reading", event.0, |db| {
        let person = act.person().ok_or_else(auth::sign_in_first)?;
        if store::terms(db, event)?.is_none() {
            return Err(Refusal::new(Kind::Conflict, "no_registration", "Nobody registers for this event: whoever likes to comes.").into());
        }
        if store::readings(db, event)?.iter().any(|reading| reading.by == person) {
            return Err(Refusal::new(Kind::Conflict, "approved_already", "You have approved it already. It stands with your name.").into());
        }
        store::insert_reading(db, act.now, event, person, organisation)?;
        let subject = Subject { kind: "event", id: event.0, version: None, county: Some(&opened.event.county) };
        let capacity = journal::Capacity { role: Some(role), organisation: Some(organisation) };
        journal::record(db, &act, "approve_reading", subject, capacity, &["under_14"])
    })?;
    look_at(db, &act, &opened)
}
