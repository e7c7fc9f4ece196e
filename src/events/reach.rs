//! Who may know of an event, and who may do something with it (design, sections 3 and 6).

use super::kinds::{EventState, EventVerb, Standing, can};
use super::parts_store::Beside;
use super::store::{Event, Session};
use crate::actor::{Act, COUNTY_READERS, Role, Seat};
use crate::auth;
use crate::clock::Moment;
use crate::db::Db;
use crate::error::{Kind, Refusal, Result};
use crate::ids::{EventId, OrganisationId};
use crate::outbox::{self, To};

/// In which roles somebody plans events for the organisation that they hold the role in.
pub(super) const PLANNERS: [Role; 4] = [Role::Scheduler, Role::Dispatcher, Role::Officer, Role::Leader];
/// In which roles somebody knows of, and calls off, what takes place in the area of their centre.
pub(super) const AREA: [Role; 2] = [Role::Scheduler, Role::Dispatcher];

/// An event that the caller may know of, with what they may see and do.
#[derive(Debug)]
pub struct Opened {
    pub event: Event,
    pub sessions: Vec<Session>,
    pub beside: Beside,
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
    Ok(seat.ok_or_else(not_a_planner)?)
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
    Err(not_a_planner().into())
}

fn not_a_planner() -> Refusal {
    Refusal::forbidden("Events are planned by the schedulers and dispatchers of a centre, the officers of a department and the leaders of a team.")
}

/// Whether somebody plans events for an organisation.
pub fn plans_for(act: &Act, organiser: OrganisationId) -> bool {
    act.actor().is_some_and(|actor| PLANNERS.iter().any(|role| actor.is(*role, organiser)))
}

/// Leaves word for all who plan events for an organisation.
pub fn tell_planners(db: &mut Db, act: &Act, event: EventId, organiser: OrganisationId, notice: &str) -> Result<()> {
    PLANNERS.into_iter().try_for_each(|role| outbox::tell(db, act, notice, event, To::Role(role, organiser)))
}

/// Whether somebody may know of an event that is no part.
pub fn may_know(act: &Act, event: &Event, sessions: &[Session]) -> bool {
    open(act, event.clone(), sessions.to_vec(), Beside::default()).is_ok()
}

/// Whether somebody reads what takes place as part of a campaign: who plans events, and who supervises or audits a county.
///
/// # Errors
/// 401; 403.
pub fn may_list(act: &Act) -> Result<()> {
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    if PLANNERS.iter().chain(&COUNTY_READERS).any(|role| actor.has(*role)) {
        return Ok(());
    }
    Err(Refusal::forbidden("The activities of a campaign are listed for those who plan events and those who supervise them.").into())
}

/// Opens an event for somebody. Who plans the whole plans its parts too.
///
/// # Errors
/// 404 for what they may not know of.
pub fn open(act: &Act, event: Event, sessions: Vec<Session>, beside: Beside) -> Result<Opened> {
    let whole = beside.parent.as_ref().and_then(|parent| parent.organiser);
    let (keeps, covers, county, in_charge) = match act.actor() {
        Some(actor) => (
            [event.organiser, whole].into_iter().flatten().any(|organiser| plans_for(act, organiser)),
            AREA.iter().any(|role| actor.seats(*role).any(|seat| seat.county == event.county && seat.covers(&event.place_path, event.jurisdiction))),
            actor.reads_all_of(&event.county),
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
    Ok(Opened { event, sessions, beside, inside, keeps, covers: covers && !draft, in_charge })
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
        // Who plans the whole plans its parts too.
        let whole = self.beside.parent.as_ref().and_then(|parent| parent.organiser);
        let own = [self.event.organiser, whole].into_iter().flatten().find_map(|organiser| {
            let role = PLANNERS.into_iter().find(|role| actor.is(*role, organiser))?;
            Some((role, organiser))
        });
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
            EventVerb::Postpone | EventVerb::Cancel => self.keeps || self.covers,
            EventVerb::Agree => self.in_charge,
        }
    }

    /// Whether this caller can add parts to it now.
    pub fn takes_parts(&self) -> bool {
        let planned = matches!(self.event.state(), EventState::Draft | EventState::Published);
        self.keeps && planned && self.event.order.is_none() && self.event.parent.is_none()
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
