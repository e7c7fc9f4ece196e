//! The terms of an event: how many places, until when, how long who moves up has to confirm.

use super::moving::move_up;
use super::needs::SetTerms;
use super::state::{RegistrationPart, RegistrationState};
use super::store::{self, Figures, Reading, Terms};
use super::{Seen, reach, rules};
use crate::actor::Act;
use crate::app::App;
use crate::auth;
use crate::clock::Moment;
use crate::db::{self, Anchor, Db};
use crate::error::{Kind, Refusal, Result};
use crate::events::{self, EventState};
use crate::idempotency;
use crate::ids::EventId;
use crate::journal::{self, Capacity, Subject};
use crate::wire::{Caller, Change};

/// How an event's registration stands.
#[derive(Debug, Clone)]
pub struct TermsSeen {
    pub event: EventId,
    /// Nothing where nobody registers.
    pub terms: Option<Terms>,
    /// Until when one can register.
    pub closes: Moment,
    /// Whether one can register now.
    pub open: bool,
    /// Whether the caller sets the terms, and could now.
    pub sets: bool,
    /// Whether the caller sees who registered.
    pub inside: bool,
    pub figures: Vec<Figures>,
    /// The caller's own registration, the last one.
    pub own: Option<Seen>,
    /// Who approved that others read what concerns children: for those inside.
    pub readings: Vec<Reading>,
}

impl TermsSeen {
    pub fn version(&self) -> i64 {
        self.terms.as_ref().map_or(0, |terms| terms.version)
    }

    /// How many places are taken, the offered ones among them.
    pub fn taken(&self) -> i64 {
        self.figures.iter().filter(|one| one.state.takes()).map(|one| one.heads).sum()
    }

    /// How many registrations wait.
    pub fn waiting(&self) -> i64 {
        self.figures.iter().filter(|one| one.state == RegistrationState::Waiting).map(|one| one.registrations).sum()
    }
}

/// How an event's registration stands, for whoever may know of the event.
///
/// # Errors
/// 401 for a sign-in that ended; 404 for what they may not know of.
pub fn read_terms(db: &mut Db, app: &App, caller: &Caller, event: EventId) -> Result<TermsSeen> {
    let act = auth::act(db, app, caller)?;
    let opened = events::opened(db, &act, event)?;
    look_at(db, &act, &opened)
}

pub(super) fn look_at(db: &mut Db, act: &Act, opened: &events::Opened) -> Result<TermsSeen> {
    let event = opened.event.id;
    let terms = store::terms(db, event)?;
    let closes = rules::closes(terms.as_ref().and_then(|terms| terms.closes_at), opened.begins());
    let open = terms.is_some() && opened.event.open && opened.event.state() == EventState::Published && act.now < closes;
    let inside = opened.capacity(act).is_some();
    let figures = if terms.is_some() { store::figures(db, event)? } else { Vec::new() };
    let own = match act.person().filter(|_| terms.is_some()) {
        Some(person) => match store::of_person(db, event, person)? {
            Some(listed) => reach::seen(db, act, vec![listed], RegistrationPart::Registrant)?.pop(),
            None => None,
        },
        None => None,
    };
    let readings = if inside && terms.is_some() { store::readings(db, event)? } else { Vec::new() };
    let sets = opened.keeps() && standing(opened, act.now).is_ok();
    Ok(TermsSeen { event, terms, closes, open, sets, inside, figures, own, readings })
}

/// Whether terms can be set now; else why not.
fn standing(opened: &events::Opened, now: Moment) -> Result<()> {
    let refuse = |code, words: &str| Err(Refusal::new(Kind::Conflict, code, words).into());
    match opened.event.state() {
        EventState::Held => refuse("held_already", "It has taken place, and was reported."),
        EventState::Cancelled => refuse("cancelled_already", "It was called off."),
        _ if opened.event.order.is_some() || !opened.event.open => {
            refuse("not_open", "Only for an event that is open to everybody can one register. Change the event first.")
        }
        _ if opened.begins() <= now => refuse("begun_already", "Its first session has begun."),
        _ => Ok(()),
    }
}

/// Sets the terms: from now on one can register, and those who wait move up into new places.
///
/// # Errors
/// 401; 404; 403; 428; the body; 409 `not_open`, `fewer_than_taken` …; 412.
pub fn set_terms(db: &mut Db, app: &App, change: &Change<SetTerms>, event: EventId) -> Result<TermsSeen> {
    let act = auth::signed_in(db, app, &change.caller)?;
    db::lock(db, Anchor::Event(event.0))?;
    let opened = events::opened(db, &act, event)?;
    let planner = opened.capacity(&act).filter(|_| opened.keeps());
    let (role, organisation) = planner.ok_or_else(|| Refusal::forbidden("Only who plans this event does that."))?;
    let seen = change.seen()?;
    let body = change.body()?;
    idempotency::once(db, &act, change, "set_terms", event.0, |db| {
        standing(&opened, act.now)?;
        let known = store::terms(db, event)?.map_or(0, |terms| terms.version);
        seen.matches(known)?;
        let taken = store::taken(db, event)?;
        if i64::from(body.places) < taken {
            let refusal = Refusal::new(Kind::Conflict, "fewer_than_taken", format!("{taken} places are taken already. Give as many at least."));
            return Err(refusal.with("taken", taken).into());
        }
        let SetTerms { places, closes_at, confirm_hours, pass_over } = body;
        let terms = Terms {
            event,
            places: *places,
            closes_at: *closes_at,
            confirm_hours: confirm_hours.unwrap_or(24),
            pass_over: pass_over.unwrap_or(false),
            version: known,
        };
        store::put_terms(db, &terms, known)?;
        let subject = Subject { kind: "event", id: event.0, version: None, county: Some(&opened.event.county) };
        let capacity = Capacity { role: Some(role), organisation: Some(organisation) };
        journal::record(db, &act, "set_terms", subject, capacity, &["places", "closes_at", "confirm_hours", "pass_over"])?;
        move_up(db, &act, event, &opened.event.county)
    })?;
    look_at(db, &act, &opened)
}
