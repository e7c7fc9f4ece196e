//! 报名: somebody comes, alone or with others, and has a place or waits for one.

use super::needs::RegisterForEvent;
use super::state::{RegistrationPart, RegistrationState, RegistrationVerb};
use super::store::{self, Contact, Line, NewRegistration};
use super::{Seen, reach, record, rules};
use crate::actor::{Act, By};
use crate::app::App;
use crate::auth;
use crate::db::{self, Anchor, Db};
use crate::error::{Kind, Refusal, Result};
use crate::events::{self, EventState};
use crate::idempotency;
use crate::ids::{EventId, RegistrationId};
use crate::journal::Capacity;
use crate::orders::needs::digits;
use crate::people::{self, ConsentKind, Consenter};
use crate::secrets::{self, Purpose};
use crate::wire::{Change, Faults};

/// What registering answers.
pub struct Made {
    pub seen: Seen,
    /// For a visitor: opens their own registration without an account.
    pub track_token: Option<String>,
}

/// Registers a person, or a visitor with name and phone; once an event for a person and for a phone.
///
/// # Errors
/// 401 for a sign-in that ended; 404; the body; 409 `no_registration`, `registration_closed`, `registered_already`; 429.
pub fn register_for_event(db: &mut Db, app: &App, change: &Change<RegisterForEvent>, event: EventId) -> Result<Made> {
    let act = auth::act(db, app, &change.caller)?;
    // Of those who come at once each counts the places that the one before has left.
    db::lock(db, Anchor::Event(event.0))?;
    let opened = events::opened(db, &act, event)?;
    let key = change.required_key()?;
    let body = change.body()?;
    let visiting = matches!(act.by, By::Visitor);
    let contact = contact(db, &act, body)?;
    let phone = contact.phone.clone().unwrap_or_default();
    let visitor = app.secrets.hash(Purpose::Bucket, &["register_for_event", &phone]);
    let scope = idempotency::scope(&act, &visitor);
    let deed = format!("register_for_event {event}");
    let token = visiting.then(|| app.secrets.hash(Purpose::StoredToken, &["registration", &scope, key]));
    if let Some(id) = idempotency::replay(db, &scope, &deed, change)? {
        return made(db, &act, RegistrationId(id), token);
    }
    people::known_consent(db, ConsentKind::Registration, "/consent/version", &body.consent.version)?;
    let guardian = body.guardian_of_children();
    if let Some(guardian) = guardian {
        people::known_consent(db, ConsentKind::Guardian, "/guardian/consent/version", &guardian.consent.version)?;
    }
    let terms = store::terms(db, event)?.filter(|_| opened.event.open);
    let terms = terms.ok_or_else(|| Refusal::new(Kind::Conflict, "no_registration", "Nobody registers for this event: whoever likes to comes."))?;
    let closes = rules::closes(terms.closes_at, opened.begins());
    if opened.event.state() != EventState::Published || closes <= act.now {
        return Err(Refusal::new(Kind::Conflict, "registration_closed", "One cannot register for this event any more. Call those who hold it.").into());
    }
    if body.heads > terms.places {
        let words = format!("There are {} places in all. Call those who hold it.", terms.places);
        return Err(Refusal::fault("/heads", "more_than_places", words).into());
    }
    let number = event.0.to_string();
    let phone_keys = if phone.is_empty() { Vec::new() } else { app.secrets.hashes(Purpose::Bucket, &["registered", &number, &phone]) };
    if store::live_of(db, event, act.person(), &phone_keys)?.is_some() {
        let words = "You have registered for this event already, with this account or this phone. Look at that registration, or cancel it first.";
        return Err(Refusal::new(Kind::Conflict, "registered_already", words).into());
    }
    if visiting {
        auth::spend(db, app, "register_for_event", "address", &change.caller.address.to_string(), act.now)?;
        auth::spend(db, app, "register_for_event", "phone", &phone, act.now)?;
    }
    let free = i64::from(terms.places) - store::taken(db, event)?;
    let waits = store::somebody_waits(db, event)?;
    let state = rules::enters(free, body.heads, waits, terms.pass_over);
    let new = NewRegistration {
        event,
        county: &opened.event.county,
        person: act.person(),
        phone_key: phone_keys.into_iter().next(),
        state,
        heads: body.heads,
        under_14: body.children(),
        track_hash: token.as_ref().map(|token| secrets::digest(token.as_bytes())),
    };
    let id = store::insert(db, act.now, &new)?;
    store::insert_contact(db, id, &contact)?;
    people::keep_consent(db, act.now, Consenter::Registration(id), ConsentKind::Registration, &body.consent.version, body.consent.given.as_str())?;
    if let Some(guardian) = guardian {
        people::keep_consent(db, act.now, Consenter::Registration(id), ConsentKind::Guardian, &guardian.consent.version, guardian.consent.given.as_str())?;
    }
    enter(db, &act, id, &opened.event.county, state)?;
    idempotency::remember(db, act.now, &scope, &deed, change, id.0)?;
    made(db, &act, id, token)
}

/// Whom to call: as it is given, else as the account has it.
fn contact(db: &mut Db, act: &Act, body: &RegisterForEvent) -> Result<Contact> {
    let account = match act.person() {
        Some(person) => people::find(db, person)?,
        None => None,
    };
    let name = body.contact_name.as_deref().map(|name| name.trim().to_owned());
    let name = name.or_else(|| account.as_ref().map(|account| account.name.clone()));
    let phone = body.contact_phone.as_deref().map(digits).or_else(|| account.as_ref().and_then(|account| account.phone.clone()));
    let mut faults = Faults::default();
    if account.is_none() && name.is_none() {
        faults.add("/contact_name", "name_missing", "Give your name; or sign in.");
    }
    if account.is_none() && phone.is_none() {
        faults.add("/contact_phone", "phone_missing", "Give a telephone number, so that you can be reached; or sign in.");
    }
    faults.into_result()?;
    let guardian = body.guardian_of_children();
    let guardian_name = guardian.and_then(|guardian| guardian.name.as_deref()).map(|name| name.trim().to_owned());
    Ok(Contact { name, phone, guardian_name })
}

/// The first line of a registration's history.
fn enter(db: &mut Db, act: &Act, id: RegistrationId, county: &str, state: RegistrationState) -> Result<()> {
    let line = Line { verb: RegistrationVerb::Register, role: None, organisation: None, from: None, to: state, note: None };
    store::insert_move(db, act, id, line)?;
    record(db, act, RegistrationVerb::Register, county, id, Capacity::default(), &["state", "heads", "contact", "consent"])
}

fn made(db: &mut Db, act: &Act, id: RegistrationId, track_token: Option<String>) -> Result<Made> {
    let registration = store::find(db, id)?.ok_or_else(Refusal::not_found)?;
    Ok(Made { seen: reach::seen_one(db, act, registration, RegistrationPart::Registrant)?, track_token })
}
