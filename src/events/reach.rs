//! Who may know of an event, and who may do something with it (design, sections 3 and 6).

use super::kinds::{EventState, EventVerb, Standing, can};
use super::store::{Event, Session};
use crate::actor::{Act, Role, Seat};
use crate::auth;
use crate::clock::Moment;
use crate::error::{Kind, Refusal, Result};
use crate::ids::OrganisationId;

/// In which roles somebody plans events for the organisation that they hold the role in.
pub const PLANNERS: [Role; 4] = [Role::Scheduler, Role::Dispatcher, Role::Officer, Role::Leader];
/// In which roles somebody knows of, and calls off, what takes place in the area of their centre.
pub(super) const AREA: [Role; 2] = [Role::Scheduler, Role::Dispatcher];
/// In which roles somebody knows of all that takes place in the county.
pub(super) const COUNTY: [Role; 2] = [Role::Supervisor, Role::Auditor];

/// An event that the caller may know of, with what they may see and do.
#[derive(Debug)]
pub struct Opened {
    pub event: Event,
    pub sessions: Vec<Session>,
    /// Whether they see more than everybody does.
    pub inside: bool,
    /// Whether they plan it.
    keeps: bool,
    /// Whether it takes place in their area.
    covers: bool,
    /// Whether they are in charge of a session.
    in_charge: bool,
}

/// The seat in which somebody plans for an organisation.
///
/// # Errors
/// 401; 403 where they hold no such role in it.
pub fn planner(act: &Act, organiser: OrganisationId) -> Result<&Seat> {
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    let seat = PLANNERS.iter().find_map(|role| actor.seats(*role).find(|seat| seat.organisation == organiser));
    Ok(seat.ok_or_else(|| {
        Refusal::forbidden("Events are planned by the schedulers and dispatchers of a centre, the officers of a department and the leaders of a team.")
    })?)
}

/// Whether somebody plans events at all.
///
/// # Errors
/// 401; 403.
pub fn may_plan(act: &Act) -> Result<()> {
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    if PLANNERS.iter().any(|role| actor.has(*role)) {
        return Ok(());
    }
    Err(Refusal::forbidden("Events are planned by the schedulers and dispatchers of a centre, the officers of a department and the leaders of a team.").into())
}

/// Opens an event for somebody.
///
/// # Errors
/// 404 for what they may not know of.
pub fn open(act: &Act, event: Event, sessions: Vec<Session>) -> Result<Opened> {
    let (keeps, covers, county, in_charge) = match act.actor() {
        Some(actor) => (
            PLANNERS.iter().any(|role| event.organiser.is_some_and(|organiser| actor.is(*role, organiser))),
            AREA.iter().any(|role| actor.seats(*role).any(|seat| seat.county == event.county && seat.covers(&event.place_path, event.jurisdiction))),
            COUNTY.iter().any(|role| actor.seats(*role).any(|seat| seat.county == event.county)),
            sessions.iter().any(|session| session.in_charge == actor.person),
        ),
        None => (false, false, false, false),
    };
    let draft = event.state() == EventState::Draft;
    let inside = keeps || in_charge || (!draft && (covers || county));
    let public = event.open && event.published_at.is_some();
    if !inside && !public {
        return Err(Refusal::not_found().into());
    }
    Ok(Opened { event, sessions, inside, keeps, covers: covers && !draft, in_charge })
}

impl Opened {
    /// Whether they see to it that it takes place: they plan it, or are in charge of a session.
    pub fn runs(&self) -> bool {
        self.keeps || self.in_charge
    }

    /// Whether the caller plans it.
    pub fn keeps(&self) -> bool {
        self.keeps
    }

    /// The role and the organisation by which the caller plans it, or calls off what takes place in the area of their centre.
    pub fn capacity(&self, act: &Act) -> Option<(Role, OrganisationId)> {
        let actor = act.actor()?;
        let own = PLANNERS.into_iter().find_map(|role| self.event.organiser.filter(|organiser| actor.is(role, *organiser)).map(|organiser| (role, organiser)));
        let above = || {
            let covers = |seat: &&Seat| seat.county == self.event.county && seat.covers(&self.event.place_path, self.event.jurisdiction);
            AREA.into_iter().find_map(|role| actor.seats(role).find(covers).map(|seat| (role, seat.organisation)))
        };
        own.or_else(above)
    }

    /// When its first session begins.
    pub fn begins(&self) -> Moment {
        self.standing().first
    }

    fn standing(&self) -> Standing {
        let planned = || self.sessions.iter();
        Standing {
            state: self.event.state(),
            agreed: planned().all(|session| session.agreed),
            first: planned().map(|session| session.starts_at).min().unwrap_or(self.event.created_at),
            last: planned().map(|session| session.ends_at).max().unwrap_or(self.event.created_at),
        }
    }

    /// Whether this caller ever does this with it.
    fn may(&self, verb: EventVerb) -> bool {
        // What happens to an order's event happens through the order's moves.
        if self.event.order.is_some() {
            return false;
        }
        match verb {
            EventVerb::Change | EventVerb::Publish | EventVerb::Report => self.keeps,
            EventVerb::Cancel => self.keeps || self.covers,
            EventVerb::Agree => self.in_charge,
        }
    }

    /// What this caller can do with it now.
    pub fn moves(&self, now: Moment) -> Vec<EventVerb> {
        let standing = self.standing();
        EventVerb::ALL.iter().copied().filter(|verb| self.may(*verb) && can(*verb, &standing, now).is_ok()).collect()
    }

    /// Whether this caller may do this at all.
    ///
    /// # Errors
    /// 403.
    pub fn allow(&self, verb: EventVerb) -> Result<()> {
        if self.may(verb) {
            return Ok(());
        }
        let words = if self.event.order.is_some() {
            "This event belongs to an order: what happens to it happens through the order."
        } else {
            "Only who plans this event does that."
        };
        Err(Refusal::forbidden(words).into())
    }

    /// Whether it can be done now.
    ///
    /// # Errors
    /// 409 with the code that says why not.
    pub fn can(&self, verb: EventVerb, now: Moment) -> Result<()> {
        can(verb, &self.standing(), now).map_err(|(code, words)| Refusal::new(Kind::Conflict, code, words).with("state", self.event.state()).into())
    }
}
