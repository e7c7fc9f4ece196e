//! Times at which an order could be held, for those who schedule it or propose times; and what stands in the way of a schedule.

use chrono::Duration;

use super::deed::{identify, untimely};
use super::needs;
use super::reach::{self, Opened, standing};
use super::state::{self, Part, Verb};
use crate::actor::{Act, By};
use crate::app::App;
use crate::auth;
use crate::bookings::{self, ResourceKind};
use crate::clock::{Moment, Span};
use crate::db::Db;
use crate::divisions;
use crate::error::{Refusal, Result};
use crate::events::{self, Audience, Checked, Thought};
use crate::ids::{EventSessionId, OrderId, OrganisationId, PersonId, VenueId};
use crate::people;
use crate::slots::rules::{self, Company, Proposed};
use crate::slots::{self, Room, Slot, Somebody, Wish};
use crate::wire::{Caller, Change};

/// Where the requester's windows leave nothing, times of so many days from now on are looked at.
const DAYS_ON: i64 = 31;
/// How far ahead a window is looked at.
const FARTHEST_DAYS: i64 = 366;

/// What times are asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    pub minutes: i64,
    /// In this venue alone; empty: anywhere, the requester's own address as well.
    pub venue: Option<VenueId>,
    /// What must be free as well, by its numbers.
    pub equipment: Vec<i64>,
}

/// The times that were found.
#[derive(Debug, Clone)]
pub struct Found {
    pub proposed: Proposed,
    /// Those that the slots name.
    pub rooms: Vec<Room>,
    /// Whoever would be in charge, with their names, for those who may know them.
    pub names: Vec<(PersonId, String)>,
    /// Whether the requester's windows left nothing.
    pub outside_windows: bool,
}

/// An order of whose times somebody decides: 401, 404, 403.
fn opened(db: &mut Db, act: &Act, id: OrderId, verbs: &[Verb]) -> Result<Opened> {
    if matches!(act.by, By::Visitor) {
        return Err(auth::sign_in_first());
    }
    let opened = reach::open(db, act, id, None)?;
    if verbs.iter().any(|verb| state::may_ever(*verb, &opened.potential)) {
        return Ok(opened);
    }
    Err(Refusal::forbidden("Times are for those who schedule this order, or may propose some.").into())
}

/// Whether one of these moves can be made now.
fn timely(act: &Act, opened: &Opened, verbs: &[Verb]) -> Result<()> {
    let it = standing(opened, act.now);
    if verbs.iter().any(|verb| state::step(*verb, &it, &opened.parts).is_some()) { Ok(()) } else { Err(untimely(&opened.order)) }
}

/// The best times at which a room, somebody of the team and the equipment are all free: inside the requester's windows, or where these
/// leave nothing, soon. A fixed number of statements, however many rooms, people and bookings there are.
///
/// # Errors
/// 401; 404 out of reach; 403 for who neither schedules nor proposes; 400; 409 `not_now`.
pub fn slots(db: &mut Db, app: &App, caller: &Caller, id: OrderId, asked: impl FnOnce() -> Result<Asked>) -> Result<Found> {
    let verbs = [Verb::Schedule, Verb::Propose];
    let act = identify(db, app, caller)?;
    let opened = opened(db, &act, id, &verbs)?;
    let asked = asked()?;
    timely(&act, &opened, &verbs)?;
    let row = &opened.order.row;
    let team = row.team_id.ok_or_else(|| untimely(&opened.order))?;
    let zone = divisions::zone(db, &row.county)?;
    let mut rooms = slots::rooms(db, &row.county, asked.venue, row.attendees, act.now, zone)?;
    let members = in_order(&act, &opened, events::members(db, team, act.now)?);
    let own = own_sessions(db, &opened)?;
    let soon = [(act.now, act.now.plus(Duration::days(DAYS_ON)))];
    let farthest = act.now.plus(Duration::days(FARTHEST_DAYS));
    let theirs: Vec<Span> =
        opened.order.windows.iter().map(|(from, until)| (*from, (*until).min(farthest))).filter(|(from, until)| from < until && *until > act.now).collect();
    let rounds: [&[Span]; 2] = [&theirs, &soon];
    let mut found = Proposed { slots: Vec::new(), why: Some(rules::NoSlot::NoTimeLeft) };
    let mut outside_windows = false;
    for (n, windows) in rounds.into_iter().enumerate().filter(|(_, windows)| !windows.is_empty()) {
        let wide = (act.now.max(first(windows, act.now)), windows.iter().map(|window| window.1).max().unwrap_or(act.now));
        slots::fill(db, &mut rooms, wide, &own)?;
        let company = Known::read(db, &opened, team, &members, &asked.equipment, wide, &own)?;
        let wish = Wish {
            windows,
            now: act.now,
            minutes: asked.minutes,
            division: &row.division_code,
            attendees: row.attendees,
            step_free: row.audience == Audience::Elderly,
            own_address: asked.venue.is_none(),
            zone,
        };
        found = rules::propose(&wish, &rooms, &company.company());
        outside_windows = n > 0 && !opened.order.windows.is_empty();
        if !found.slots.is_empty() {
            break;
        }
    }
    let names = if opened.has(Part::Leader) { named(db, &found.slots)? } else { Vec::new() };
    Ok(Found { proposed: found, rooms, names, outside_windows })
}

fn first(windows: &[Span], now: Moment) -> Moment {
    windows.iter().map(|window| window.0).min().unwrap_or(now)
}

/// Whoever leads the team and asks stands first: who schedules is in charge where nobody else is named.
fn in_order(act: &Act, opened: &Opened, mut members: Vec<PersonId>) -> Vec<PersonId> {
    if let Some(me) = act.person().filter(|_| opened.has(Part::Leader)) {
        members.retain(|member| *member != me);
        members.insert(0, me);
    }
    members
}

/// What the order holds already is in nobody's way: it is freed when it is scheduled anew.
fn own_sessions(db: &mut Db, opened: &Opened) -> Result<Vec<EventSessionId>> {
    opened.order.progress.event_id.map_or(Ok(Vec::new()), |event| events::session_ids(db, event))
}

fn named(db: &mut Db, slots: &[Slot]) -> Result<Vec<(PersonId, String)>> {
    let mut people: Vec<PersonId> = slots.iter().map(|slot| slot.in_charge).collect();
    people.sort_unstable();
    people.dedup();
    Ok(people::names(db, &people)?.into_iter().collect())
}

/// Who would come and with what, with what they are taken for.
struct Known {
    people: Vec<Somebody>,
    equipment: Vec<Vec<bookings::Held>>,
    sessions: Vec<Span>,
}

impl Known {
    fn read(
        db: &mut Db,
        opened: &Opened,
        team: OrganisationId,
        members: &[PersonId],
        equipment: &[i64],
        (from, until): Span,
        own: &[EventSessionId],
    ) -> Result<Self> {
        let ids: Vec<i64> = members.iter().map(|member| member.0).collect();
        let mut held = bookings::held(db, ResourceKind::Person, &ids, from, until, own)?;
        for (person, away_from, away_until) in people::away(db, members)? {
            let away =
                bookings::Held { holder: bookings::Holder::Session(EventSessionId(0)), places: None, from: away_from, until: away_until.unwrap_or(until) };
            held.entry(person.0).or_default().push(away);
        }
        let mut pieces = bookings::held(db, ResourceKind::Equipment, equipment, from, until, own)?;
        let day = Duration::days(1);
        let others = events::around(db, Some(team), members, (from.minus(day), until.plus(day)), opened.order.progress.event_id)?;
        let people = members.iter().map(|member| Somebody {
            id: *member,
            held: held.remove(&member.0).unwrap_or_default(),
            sessions: others.iter().filter(|other| other.in_charge == *member).filter_map(|other| Some((other.span, other.division.clone()?))).collect(),
        });
        let people = people.collect();
        let equipment = equipment.iter().map(|piece| pieces.remove(piece).unwrap_or_default()).collect();
        let sessions = others.iter().filter(|other| other.organiser == Some(team)).map(|other| other.span).collect();
        Ok(Self { people, equipment, sessions })
    }

    fn company(&self) -> Company<'_> {
        Company { people: &self.people, equipment: &self.equipment, sessions: &self.sessions }
    }
}

/// What stands in the way of a schedule, before the leader sends it. It saves nothing.
///
/// # Errors
/// 401; 404; 403 for all but the leaders of the team that holds it; 422; 409 `not_now`.
pub fn check_schedule(db: &mut Db, app: &App, change: &Change<needs::Schedule>, id: OrderId) -> Result<Vec<Checked>> {
    let act = identify(db, app, &change.caller)?;
    let opened = opened(db, &act, id, &[Verb::Schedule])?;
    let body = change.body()?;
    timely(&act, &opened, &[Verb::Schedule])?;
    let row = &opened.order.row;
    let thought = Thought {
        county: &row.county,
        organiser: row.team_id,
        team: true,
        own: opened.order.progress.event_id,
        division: Some(&row.division_code),
        expected: row.attendees,
        sessions: &body.sessions,
    };
    events::foresee(db, &act, &thought)
}
