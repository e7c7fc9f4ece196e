//! Events and their sessions. An event of an order carries the order's id as a number and never reads orders: what happens to
//! it happens through the order's moves. A centre, a department or a team also plans events by itself.

mod activity_store;
mod around_store;
mod calendar_store;
mod check;
pub mod http;
mod in_charge;
mod judging;
mod kinds;
pub mod needs;
mod parts;
mod parts_store;
mod places;
pub mod planning;
mod reach;
mod replanning;
mod rules;
mod store;
mod within;
mod word;

pub use around_store::{Other, around};
pub use calendar_store::{known_to, touching};
pub use check::{Checked, Hint, HintCode, HintLevel, OtherRoom, Thought, check, foresee};
pub use in_charge::{members, who_may_be_in_charge};
pub use kinds::{Audience, EventKind, EventState, EventVerb, PostponeReason, SessionState, Stored};
pub use places::place;
pub use planning::{open, opened};
pub use reach::{Opened, tell_planners};
pub use replanning::{open_to_others, replan};
pub use store::{Event, Session, event, of_session, order_of, people_came, session_ids, sessions};

use chrono::Duration;

use crate::actor::{Act, Jurisdiction};
use crate::bookings::{self, BookingOutcome, Holder, Resource, Status, Wish};
use crate::clock::Moment;
use crate::db::Db;
use crate::equipment;
use crate::error::{Refusal, Result};
use crate::ids::{BookingId, CampaignId, EquipmentId, EventId, EventSessionId, OrderId, OrganisationId, PersonId, PlanItemId, SpaceId, VenueId};
use crate::journal::{self, Capacity, Subject};
use crate::text_enum;
use needs::{HeldSession, ScheduledSession};

text_enum! {
    /// Whether a session has its venue.
    pub enum VenueStatus {
        /// 待确认: it is taken, until its keeper says yes or no.
        Tentative = "tentative",
        Confirmed = "confirmed",
        /// Its keeper said no: the session needs another place.
        Refused = "refused",
        /// Its keeper said nothing in time: the session needs another place, or its keeper's word.
        Lapsed = "lapsed",
    }
}

impl VenueStatus {
    /// How a booking of a space stands for who booked it; nothing where there is none.
    pub fn of(status: Option<Status>, outcome: Option<BookingOutcome>) -> Option<Self> {
        match (outcome, status) {
            (Some(BookingOutcome::Refused), _) => Some(Self::Refused),
            (Some(BookingOutcome::Lapsed), _) => Some(Self::Lapsed),
            (None, Some(Status::Tentative)) => Some(Self::Tentative),
            (None, Some(Status::Confirmed)) => Some(Self::Confirmed),
            (None, None) => None,
        }
    }
}

/// A session to plan.
#[derive(Debug, Clone)]
pub struct Plan {
    pub starts_at: Moment,
    pub ends_at: Moment,
    /// Empty: at the order's own address.
    pub place: Option<Place>,
    /// How long the place is made ready before, and cleared after: it is taken then too.
    pub setup_minutes: i32,
    pub clearing_minutes: i32,
    pub in_charge: PersonId,
    /// Whether who is in charge has said yes; of an order's event the leader answers for it.
    pub agreed: bool,
    /// How long who is in charge is under way, there and back: they are taken then too.
    pub travel_minutes: i32,
    /// What travels there: of the organiser's own, or lent to it.
    pub equipment: Vec<EquipmentId>,
    /// Whether who is in charge is taken already, for the very session that this is a part of.
    pub taken_by_parent: bool,
}

/// Where a session takes place.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub venue: VenueId,
    pub space: SpaceId,
    /// How many of a shared space's places; empty: all of it, alone.
    pub places: Option<i32>,
    /// Until when its keeper answers; empty: it can be had without the keeper's yes.
    pub answer_by: Option<Moment>,
    /// The organisation that is asked for its yes; empty: nobody is.
    pub keeper: Option<OrganisationId>,
    /// Whether the event has it already that this is a part of: nothing more is taken.
    pub held_by_parent: bool,
}

impl Plan {
    /// A session as it is asked for, before its place is looked up.
    pub fn of(session: &ScheduledSession, in_charge: PersonId, agreed: bool) -> Self {
        let minutes = |minutes: Option<i32>| minutes.unwrap_or(0);
        Self {
            starts_at: session.starts_at,
            ends_at: session.ends_at,
            place: None,
            setup_minutes: minutes(session.setup_minutes),
            clearing_minutes: minutes(session.clearing_minutes),
            in_charge,
            agreed,
            travel_minutes: minutes(session.travel_minutes),
            equipment: session.equipment_ids.clone(),
            taken_by_parent: false,
        }
    }

    /// From when until when its place and its equipment are taken.
    pub fn at_the_place(&self) -> (Moment, Moment) {
        let minutes = |minutes: i32| Duration::minutes(i64::from(minutes));
        (self.starts_at.minus(minutes(self.setup_minutes)), self.ends_at.plus(minutes(self.clearing_minutes)))
    }

    /// From when until when the person in charge is taken.
    pub fn under_way(&self) -> (Moment, Moment) {
        let travel = Duration::minutes(i64::from(self.travel_minutes));
        (self.starts_at.minus(travel), self.ends_at.plus(travel))
    }
}

/// What an event is, beside its sessions.
#[derive(Debug, Clone)]
pub struct Facts {
    pub county: String,
    /// Of an order's event.
    pub order: Option<OrderId>,
    pub title: String,
    pub description: String,
    pub kind: EventKind,
    pub online: bool,
    /// Whether anyone may come.
    pub open: bool,
    /// Of an order's event: the team.
    pub organiser: Option<OrganisationId>,
    pub division_code: String,
    pub place_path: String,
    pub jurisdiction: Jurisdiction,
    /// Never of an order's event: its address is kept apart.
    pub address: Option<String>,
    pub audience: Audience,
    pub expected: i32,
    pub plan_item: Option<PlanItemId>,
    pub campaign: Option<CampaignId>,
    /// What it is a part of.
    pub parent: Option<EventId>,
}

/// Plans the event of an order: its sessions, with the space, the person in charge and the equipment of each booked.
///
/// # Errors
/// 409 `taken` where a space, a person or equipment is held at that time; 409 `space_closed`; 422 for equipment that the organiser
/// does not have.
pub fn plan(db: &mut Db, act: &Act, facts: &Facts, sessions: &[Plan]) -> Result<EventId> {
    lock(db, sessions)?;
    let event = store::insert_event(db, act, facts)?;
    take(db, act, &facts.county, facts.organiser, event, sessions)?;
    record(db, act, "plan_event", &facts.county, event, &["sessions"])?;
    Ok(event)
}

/// Locks what the sessions need, in one order for all.
fn lock<'a>(db: &mut Db, sessions: impl IntoIterator<Item = &'a Plan>) -> Result<()> {
    let resources = sessions.into_iter().flat_map(|session| {
        let person = Some(Resource::Person(session.in_charge)).filter(|_| !session.taken_by_parent);
        let space = session.place.filter(|place| !place.held_by_parent).map(|place| Resource::Space(place.space));
        [person, space].into_iter().flatten().chain(session.equipment.iter().copied().map(Resource::Equipment))
    });
    bookings::lock_all(db, resources)
}

/// Enters the sessions of an event of an organiser and books what each needs.
fn take(db: &mut Db, act: &Act, county: &str, organiser: Option<OrganisationId>, event: EventId, sessions: &[Plan]) -> Result<()> {
    for (n, session) in sessions.iter().enumerate() {
        let id = store::insert_session(db, event, session, act.now)?;
        occupy(db, act, county, organiser, id, (n, session))?;
    }
    Ok(())
}

/// Books what the n-th session that is asked for needs.
fn occupy(db: &mut Db, act: &Act, county: &str, organiser: Option<OrganisationId>, id: EventSessionId, (n, session): (usize, &Plan)) -> Result<()> {
    let holder = Holder::Session(id);
    if !session.taken_by_parent {
        let (from, until) = session.under_way();
        let person = Wish { resource: Resource::Person(session.in_charge), places: None, from, until, holder, answer_by: None };
        bookings::book(db, act.now, county, person)?;
    }
    let (from, until) = session.at_the_place();
    if let Some(Place { venue: _, space, places, answer_by, keeper: _, held_by_parent: false }) = session.place {
        bookings::book(db, act.now, county, Wish { resource: Resource::Space(space), places, from, until, holder, answer_by })?;
    }
    for (k, wanted) in session.equipment.iter().enumerate() {
        let takes = equipment::takes(db, county, organiser, *wanted, (from, until))?;
        let resource = takes.map_err(|(code, words)| Refusal::fault(format!("/sessions/{n}/equipment_ids/{k}"), code, words))?;
        bookings::book(db, act.now, county, Wish { resource, places: None, from, until, holder, answer_by: None })?;
    }
    Ok(())
}

/// Notes that the keeper's word has changed what calendars tell of the session that a booking is for.
pub fn keeper_spoke(db: &mut Db, now: Moment, booking: BookingId) -> Result<()> {
    store::stamp_booked(db, booking, now)
}

/// Frees what an event holds; what calendars tell of its sessions changes with it.
fn free(db: &mut Db, act: &Act, event: EventId) -> Result<()> {
    let ids = store::session_ids(db, event)?;
    bookings::release(db, act.now, &ids)?;
    store::stamp(db, event, act.now)
}

/// Calls the event off and frees what it holds.
pub fn cancel(db: &mut Db, act: &Act, county: &str, event: EventId) -> Result<()> {
    free(db, act, event)?;
    store::set_event(db, event, Stored::Cancelled)?;
    store::set_open_sessions(db, event, SessionState::Cancelled)?;
    record(db, act, "cancel_event", county, event, &["state"])
}

/// Puts the event off and frees what it holds: it stands without a time.
fn put_off(db: &mut Db, act: &Act, county: &str, event: EventId, reason: PostponeReason, words: Option<&str>) -> Result<()> {
    free(db, act, event)?;
    store::postpone(db, event, act.now, reason, words)?;
    store::set_open_sessions(db, event, SessionState::Cancelled)?;
    record(db, act, "postpone_event", county, event, &["postponed_at"])?;
    word::put_off(db, act, event)
}

/// Takes back that an event took place: a dispute was upheld.
pub fn void(db: &mut Db, act: &Act, county: &str, event: EventId) -> Result<()> {
    for session in store::session_ids(db, event)? {
        store::set_session(db, session, SessionState::NotHeld, 0)?;
    }
    free(db, act, event)?;
    store::set_event(db, event, Stored::Cancelled)?;
    record(db, act, "void_event", county, event, &["state", "attendance"])
}

/// What is reported of one session after its end.
#[derive(Debug, Clone, Copy)]
pub struct Report {
    pub session: EventSessionId,
    /// Persons who came; nobody came to a session that was not held.
    pub attendance: i32,
    pub held: bool,
}

impl From<&HeldSession> for Report {
    fn from(told: &HeldSession) -> Self {
        let held = told.held.unwrap_or(told.attendance > 0);
        Self { session: told.id, attendance: if held { told.attendance } else { 0 }, held }
    }
}

/// Notes what became of each session.
///
/// # Errors
/// 422 where a session is missing, named twice or of another event, or where none was held.
pub fn report(db: &mut Db, act: &Act, county: &str, event: EventId, reports: &[Report]) -> Result<()> {
    let known = store::sessions(db, event)?;
    for session in &known {
        let told: Vec<&Report> = reports.iter().filter(|report| report.session == session.id).collect();
        let [report] = told.as_slice() else {
            return Err(Refusal::fault("/sessions", "sessions_incomplete", format!("Report each session once; look at session {}.", session.id)).into());
        };
        let state = if report.held { SessionState::Held } else { SessionState::NotHeld };
        store::set_session(db, session.id, state, report.attendance)?;
    }
    if reports.len() != known.len() {
        return Err(Refusal::fault("/sessions", "session_unknown", "One of the sessions belongs to another event.").into());
    }
    if !reports.iter().any(|report| report.held) {
        return Err(Refusal::fault("/sessions", "none_held", "At least one session must have been held; else release or postpone the order.").into());
    }
    store::set_event(db, event, Stored::Held)?;
    record(db, act, "hold_event", county, event, &["state", "attendance"])
}

fn record(db: &mut Db, act: &Act, verb: &str, county: &str, event: EventId, fields: &[&str]) -> Result<()> {
    journal::record(db, act, verb, Subject { kind: "event", id: event.0, version: None, county: Some(county) }, Capacity::default(), fields)
}
