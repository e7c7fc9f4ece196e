//! What stands in the way of sessions that are thought of, and what is free near by. It saves nothing, and stops nobody: what blocks is
//! refused when it is planned, what warns is not.

mod hints;
mod nearby;

use std::collections::HashMap;

use chrono::{Duration, NaiveDate};
use chrono_tz::Tz;
use serde::Serialize;
use utoipa::ToSchema;

use super::around_store::{self, Other};
use super::in_charge::members;
use super::kinds::EventVerb;
use super::needs::{CheckEvent, ScheduledSession};
use super::{Plan, planning, reach, store};
use crate::actor::{Act, OrganisationKind};
use crate::app::App;
use crate::auth;
use crate::bookings::{self, Held, ResourceKind};
use crate::clock::{Moment, Span};
use crate::db::Db;
use crate::divisions;
use crate::error::Result;
use crate::ids::{EventId, EventSessionId, OrganisationId, PersonId};
use crate::slots::rules::Around;
use crate::slots::{self, Nearness, Room};
use crate::text_enum;
use crate::wire::Change;

/// How long after the last session another time is looked for.
const DAYS_ON: i64 = 15;

text_enum! {
    /// How much it stands in the way.
    pub enum HintLevel {
        /// It cannot be planned like this.
        Block = "block",
        /// It can, but somebody should think about it.
        Warn = "warn",
    }
}

text_enum! {
    /// What stands in the way of a session.
    pub enum HintCode {
        InThePast = "in_the_past",
        /// There is no such open venue or space.
        VenueClosed = "venue_closed",
        VenueTaken = "venue_taken",
        /// A shared space has too few places left.
        PlacesShort = "places_short",
        PersonTaken = "person_taken",
        /// Who is named is none of the organiser's.
        NotOfTheOrganiser = "not_of_the_organiser",
        /// Another session of the same event is at that time, of the same person or in the same space.
        Overlaps = "overlaps",
        /// More are expected than there are seats.
        TooSmall = "too_small",
        OutsideHours = "outside_hours",
        ClosedDay = "closed_day",
        /// The team has three that day already.
        FullDay = "full_day",
        /// Who is in charge has less than an hour to or from another place.
        ShortGap = "short_gap",
    }
}

impl HintCode {
    const fn level(self) -> HintLevel {
        match self {
            Self::InThePast | Self::VenueClosed | Self::VenueTaken | Self::PlacesShort | Self::PersonTaken | Self::NotOfTheOrganiser | Self::Overlaps => {
                HintLevel::Block
            }
            Self::TooSmall | Self::OutsideHours | Self::ClosedDay | Self::FullDay | Self::ShortGap => HintLevel::Warn,
        }
    }

    /// Whether another time in the same place helps.
    const fn another_time_helps(self) -> bool {
        matches!(self, Self::VenueTaken | Self::PlacesShort | Self::PersonTaken | Self::Overlaps | Self::OutsideHours | Self::ClosedDay)
    }

    /// Whether another place at the same time helps.
    const fn another_place_helps(self) -> bool {
        matches!(self, Self::VenueTaken | Self::VenueClosed | Self::PlacesShort | Self::Overlaps | Self::TooSmall | Self::OutsideHours | Self::ClosedDay)
    }
}

/// Something that stands in the way, with what is needed to say it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Hint {
    pub level: HintLevel,
    pub code: HintCode,
    /// `venue_taken`, `person_taken`, `places_short`: from when until when.
    pub starts_at: Option<Moment>,
    pub ends_at: Option<Moment>,
    /// `places_short`: how many are left.
    pub places_left: Option<i32>,
    /// `too_small`: how many there are.
    pub seats: Option<i32>,
    /// `closed_day`, `full_day`: which day.
    #[schema(example = "2026-12-01")]
    pub day: Option<NaiveDate>,
    /// `closed_day`: why, in its keeper's words.
    pub reason: Option<String>,
    /// `short_gap`: how many minutes there are.
    pub minutes: Option<i64>,
    /// `overlaps`: which session, the first is 1.
    pub session: Option<usize>,
}

impl Hint {
    const fn of(code: HintCode) -> Self {
        Self {
            level: code.level(),
            code,
            starts_at: None,
            ends_at: None,
            places_left: None,
            seats: None,
            day: None,
            reason: None,
            minutes: None,
            session: None,
        }
    }
}

/// A room that is free at the same time.
#[derive(Debug, Clone)]
pub struct OtherRoom {
    pub room: Room,
    pub near: Nearness,
}

/// What is found of one session.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    pub hints: Vec<Hint>,
    /// Where something of its place or time is in the way: the nearest times at which it could be there.
    pub times: Vec<Span>,
    /// And the nearest rooms in which it could be then.
    pub rooms: Vec<OtherRoom>,
}

/// Sessions that are thought of.
#[derive(Debug, Clone, Copy)]
pub struct Thought<'a> {
    pub county: &'a str,
    pub organiser: Option<OrganisationId>,
    /// Whether the organiser is a team, which is warned of a full day.
    pub team: bool,
    /// The event that would be changed: what it holds is in nobody's way.
    pub own: Option<EventId>,
    /// Where it is, for what is in no venue.
    pub division: Option<&'a str>,
    pub expected: i32,
    pub sessions: &'a [ScheduledSession],
}

/// What is known around sessions: looked up once for all of them.
struct Known {
    rooms: Vec<Room>,
    people: HashMap<i64, Vec<Held>>,
    members: Vec<PersonId>,
    others: Vec<Other>,
    zone: Tz,
    now: Moment,
}

/// One session with what it needs.
struct Wanted<'a> {
    session: &'a ScheduledSession,
    plan: Plan,
    /// Which of the rooms.
    room: Option<usize>,
}

impl Wanted<'_> {
    fn span(&self) -> Span {
        (self.plan.starts_at, self.plan.ends_at)
    }

    fn around(&self) -> Around {
        let minutes = |minutes: i32| Duration::minutes(i64::from(minutes));
        Around { setup: minutes(self.plan.setup_minutes), clearing: minutes(self.plan.clearing_minutes), travel: minutes(self.plan.travel_minutes) }
    }

    fn names_a_place(&self) -> bool {
        self.session.venue_id.is_some() || self.session.space_id.is_some()
    }
}

/// What stands in the way of an event that is thought of, for who plans for its organiser.
///
/// # Errors
/// 401; 403; 404 for an event that they may not know of; 422.
pub fn check(db: &mut Db, app: &App, change: &Change<CheckEvent>) -> Result<Vec<Checked>> {
    let act = auth::signed_in(db, app, &change.caller)?;
    reach::may_plan(&act)?;
    let body = change.body()?;
    if let Some(event) = body.event_id {
        planning::opened(db, &act, event)?.allow(EventVerb::Change)?;
    }
    let seat = reach::planner(&act, body.organiser_id)?;
    let thought = Thought {
        county: &seat.county,
        organiser: Some(body.organiser_id),
        team: seat.kind == OrganisationKind::Team,
        own: body.event_id,
        division: body.division_code.as_deref(),
        expected: body.expected,
        sessions: &body.sessions,
    };
    foresee(db, &act, &thought)
}

/// What stands in the way of each session: a fixed number of statements, however many sessions, rooms and bookings there are.
///
/// # Errors
/// 401.
pub fn foresee(db: &mut Db, act: &Act, thought: &Thought<'_>) -> Result<Vec<Checked>> {
    let me = act.person().ok_or_else(auth::sign_in_first)?;
    let zone = divisions::zone(db, thought.county)?;
    let mut rooms = slots::rooms(db, thought.county, None, 0, act.now, zone)?;
    let wanted: Vec<Wanted<'_>> = thought.sessions.iter().map(|session| wanted(session, &rooms, me)).collect();
    let (Some(first), Some(last)) = (wanted.iter().map(|one| one.plan.at_the_place().0).min(), wanted.iter().map(|one| one.plan.at_the_place().1).max()) else {
        return Ok(Vec::new());
    };
    let wide = (first.minus(Duration::days(1)), last.plus(Duration::days(DAYS_ON)));
    let own: Vec<EventSessionId> = match thought.own {
        Some(event) => store::session_ids(db, event)?,
        None => Vec::new(),
    };
    let mut people: Vec<PersonId> = wanted.iter().map(|one| one.plan.in_charge).collect();
    people.sort_unstable();
    people.dedup();
    let members = match thought.organiser.filter(|_| people.iter().any(|person| *person != me)) {
        Some(organiser) => members(db, organiser, act.now)?,
        None => Vec::new(),
    };
    people.retain(|person| *person == me || members.contains(person));
    let ids: Vec<i64> = people.iter().map(|person| person.0).collect();
    let held = bookings::held(db, ResourceKind::Person, &ids, wide.0, wide.1, &own)?;
    let others = around_store::around(db, thought.organiser.filter(|_| thought.team), &people, wide, thought.own)?;
    let mut chosen: Vec<Room> = wanted.iter().filter_map(|one| rooms.get(one.room?).cloned()).collect();
    slots::fill(db, &mut chosen, wide, &own)?;
    for room in &mut rooms {
        room.held = chosen.iter().find(|other| other.space == room.space).map(|other| other.held.clone()).unwrap_or_default();
    }
    let known = Known { rooms, people: held, members, others, zone, now: act.now };
    let mut checked: Vec<Checked> = (0..wanted.len()).map(|n| Checked { hints: hints::of(thought, &known, &wanted, n, me), ..Checked::default() }).collect();
    nearby::suggest(db, thought, &known, &wanted, &mut checked, &own)?;
    Ok(checked)
}

fn wanted<'a>(session: &'a ScheduledSession, rooms: &[Room], me: PersonId) -> Wanted<'a> {
    let plan = Plan::of(session, session.in_charge.unwrap_or(me), true);
    let room = rooms.iter().position(|room| match (session.venue_id, session.space_id) {
        (venue, Some(space)) => room.space == space && venue.is_none_or(|venue| venue == room.venue),
        // Its first open space.
        (Some(venue), None) => room.venue == venue,
        (None, None) => false,
    });
    Wanted { session, plan, room }
}
