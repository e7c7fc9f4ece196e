//! Who may know of a registration, and as what.

use super::Seen;
use super::state::{self, RegistrationPart, Standing};
use super::store::{self, Frame, Listed, Registration};
use crate::actor::{Act, By};
use crate::app::App;
use crate::auth;
use crate::db::Db;
use crate::error::{Error, Kind, Refusal, Result};
use crate::events;
use crate::ids::{EventId, RegistrationId};
use crate::journal::Capacity;
use crate::secrets;
use crate::wire::Caller;

/// Who calls: a person, or the registrant of one registration by its tracking token.
pub struct Who {
    pub act: Act,
    /// What the token opens.
    pub token: Option<RegistrationId>,
}

impl Who {
    /// Whose keys theirs are, beside the person's.
    pub fn scope(&self) -> String {
        self.token.map(|id| format!("registration {id}")).unwrap_or_default()
    }
}

/// Says who calls.
///
/// # Errors
/// 401 for a visitor, or a token of no registration.
pub fn identify(db: &mut Db, app: &App, caller: &Caller) -> Result<Who> {
    let act = auth::act(db, app, caller)?;
    if !matches!(act.by, By::Visitor) {
        return Ok(Who { act, token: None });
    }
    let token = caller.track_token.as_ref().ok_or_else(auth::sign_in_first)?;
    let found = store::find_by_track_hash(db, &secrets::digest(token.as_bytes()))?;
    let unknown =
        || Refusal::new(Kind::Unauthenticated, "track_token_invalid", "This link is not known. Open the link that you were given when you registered.");
    Ok(Who { act, token: Some(found.ok_or_else(unknown)?) })
}

/// A registration within reach, as what the caller stands to it, and in which capacity.
pub struct Opened {
    pub registration: Registration,
    pub frame: Frame,
    pub part: RegistrationPart,
    pub capacity: Capacity,
}

impl Opened {
    pub fn standing(&self) -> Standing {
        standing(&self.registration, &self.frame)
    }
}

pub fn standing(registration: &Registration, frame: &Frame) -> Standing {
    Standing { state: registration.state, confirm_by: registration.confirm_by, begins: frame.begins, off: frame.off }
}

/// Opens a registration for somebody.
///
/// # Errors
/// 404 where they may not know of it.
pub fn open(db: &mut Db, who: &Who, id: RegistrationId) -> Result<Opened> {
    let registration = store::find(db, id)?.ok_or_else(Refusal::not_found)?;
    let own = who.token == Some(id) || (who.act.person().is_some() && registration.person == who.act.person());
    let (part, capacity) = if own {
        (RegistrationPart::Registrant, Capacity::default())
    } else {
        let capacity = capacity(db, &who.act, registration.event)?;
        (RegistrationPart::Organiser, capacity.ok_or_else(Refusal::not_found)?)
    };
    let frame = frame(db, registration.event)?;
    Ok(Opened { registration, frame, part, capacity })
}

/// In which capacity somebody sees the registrations of an event: as who plans it, or for a centre above it. Nothing for others.
pub fn capacity(db: &mut Db, act: &Act, event: EventId) -> Result<Option<Capacity>> {
    if act.actor().is_none() {
        return Ok(None);
    }
    match events::opened(db, act, event) {
        Ok(opened) => Ok(opened.capacity(act).map(|(role, organisation)| Capacity { role: Some(role), organisation: Some(organisation) })),
        Err(error) if error.is("not_found") => Ok(None),
        Err(error) => Err(error),
    }
}

/// What is known of one event.
pub fn frame(db: &mut Db, event: EventId) -> Result<Frame> {
    store::frames(db, &[event])?.remove(&event).ok_or_else(|| Error::Broken("an event has no session".to_owned()))
}

/// Rows of a list as their reader sees them: a fixed number of statements, however many there are.
pub fn seen(db: &mut Db, act: &Act, rows: Vec<Listed>, part: RegistrationPart) -> Result<Vec<Seen>> {
    let mut events: Vec<EventId> = rows.iter().map(|row| row.registration.event).collect();
    events.sort_unstable();
    events.dedup();
    let frames = store::frames(db, &events)?;
    let waits = rows.iter().any(|row| row.registration.state == state::RegistrationState::Waiting);
    let places = if waits { store::places_in_line(db, &events)? } else { std::collections::HashMap::new() };
    let seen = rows.into_iter().filter_map(|listed| {
        let frame = frames.get(&listed.registration.event)?.clone();
        let moves = state::moves(&standing(&listed.registration, &frame), part, act.now);
        let place_in_line = places.get(&listed.registration.id).copied();
        Some(Seen { listed, frame, part, place_in_line, moves })
    });
    Ok(seen.collect())
}

/// One registration as its reader sees it.
pub fn seen_one(db: &mut Db, act: &Act, registration: Registration, part: RegistrationPart) -> Result<Seen> {
    let contact = store::contact(db, registration.id)?;
    let seen = seen(db, act, vec![Listed { registration, contact }], part)?.pop();
    seen.ok_or_else(|| Error::Broken("one registration gave no row".to_owned()))
}
