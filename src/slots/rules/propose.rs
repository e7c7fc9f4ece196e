//! The best times at which a room, somebody of the team and what they need are all free.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate, NaiveTime, Timelike};
use chrono_tz::Tz;

use super::room::{Nearness, Room, is_free};
use super::warnings::{full_day, too_far};
use crate::bookings::Held;
use crate::clock::{Moment, Span, days};
use crate::ids::PersonId;
use crate::text_enum;

/// How many are proposed.
const MOST: usize = 8;
/// How many of one place on one day.
const OF_A_DAY: usize = 2;
/// On how many days of the windows a time is looked for.
const DAYS: usize = 31;
/// Sessions begin on the half hour, or as soon as a window does.
const STEP: usize = 30;
/// Where nothing else says when, and a window is longer than this, people come between eight and eight.
const LONG_WINDOW: Duration = Duration::hours(12);
const DAYTIME: (u32, u32) = (8, 20);

// What makes a time less good, in points; they decide the order and nothing else.
const A_DAY_LATER: i64 = 4;
const TWO_HOURS_LATER: i64 = 1;
const SAME_TOWNSHIP: i64 = 10;
const SAME_COUNTY: i64 = 30;
/// The requester's own address: whether it has seats for all nobody knows.
const OWN_ADDRESS: i64 = 6;
const STEPS: i64 = 40;
const KEEPER_ANSWERS: i64 = 5;
const TOO_LARGE: i64 = 4;
const FULL_DAY: i64 = 40;
const SHORT_GAP: i64 = 30;

text_enum! {
    /// Why a time is proposed, and what speaks against it.
    pub enum SlotReason {
        /// Where the requester is.
        OwnAddress = "own_address",
        SameDivision = "same_division",
        SameTownship = "same_township",
        SameCounty = "same_county",
        /// As many seats as are needed, and not twice as many.
        Fits = "fits",
        /// One gets in without a step, which the audience needs.
        StepFree = "step_free",
        /// It is had at once.
        FreeToBook = "free_to_book",
        /// Its keeper is asked first.
        KeeperAnswers = "keeper_answers",
        /// The team has three that day already.
        FullDay = "full_day",
        /// Who would be in charge has less than an hour to or from another place.
        ShortGap = "short_gap",
    }
}

text_enum! {
    /// Why nothing is proposed.
    pub enum NoSlot {
        /// No window is long enough, or all of them are over.
        NoTimeLeft = "no_time_left",
        /// Nobody of the team is free, or the equipment is not.
        NobodyFree = "nobody_free",
        /// No room is big enough, open and free.
        NothingFree = "nothing_free",
    }
}

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    pub windows: &'a [Span],
    /// Nothing begins before.
    pub now: Moment,
    pub minutes: i64,
    /// Of the order, by its code.
    pub division: &'a str,
    pub attendees: i32,
    /// Whether the audience needs to get in without a step.
    pub step_free: bool,
    /// Whether it can be at the requester's own address.
    pub own_address: bool,
    pub zone: Tz,
}

/// Somebody who may be in charge.
#[derive(Debug, Clone)]
pub struct Somebody {
    pub id: PersonId,
    /// What they are taken for, in the order of time.
    pub held: Vec<Held>,
    /// Their sessions, each with the code of its division.
    pub sessions: Vec<(Span, String)>,
}

/// Who would come, and with what.
#[derive(Debug, Clone, Copy)]
pub struct Company<'a> {
    /// Whoever is asked first stands first.
    pub people: &'a [Somebody],
    /// What each piece is taken for.
    pub equipment: &'a [Vec<Held>],
    /// The team's other sessions.
    pub sessions: &'a [Span],
}

/// A time at which all are free.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    pub span: Span,
    /// Which of the rooms; empty: at the requester's own address.
    pub room: Option<usize>,
    pub in_charge: PersonId,
    pub reasons: Vec<SlotReason>,
    cost: i64,
}

/// The best first; where there is none, why.
#[derive(Debug, Clone)]
pub struct Proposed {
    pub slots: Vec<Slot>,
    pub why: Option<NoSlot>,
}

/// A place to be, with what it costs whatever the time.
struct Place<'a> {
    room: Option<(usize, &'a Room)>,
    division: &'a str,
    cost: i64,
    reasons: Vec<SlotReason>,
}

/// A start to try, on its day: whether it must lie in the daytime where no opening hours say more, and who is free.
struct Start<'a> {
    span: Span,
    daytime: bool,
    free: &'a Somebody,
}

/// The best times, best first.
pub fn propose(wish: &Wish<'_>, rooms: &[Room], company: &Company<'_>) -> Proposed {
    let none = |why| Proposed { slots: Vec::new(), why: Some(why) };
    let starts = starts(wish);
    if starts.is_empty() {
        return none(NoSlot::NoTimeLeft);
    }
    let by_day = free_starts(wish, company, &starts);
    let Some(first) = by_day.keys().next().copied() else { return none(NoSlot::NobodyFree) };
    let mut best: Vec<Slot> = Vec::new();
    for place in places(wish, rooms) {
        for (day, starts) in &by_day {
            let least = place.cost + A_DAY_LATER * (*day - first).num_days();
            if best.len() == MOST && best.last().is_some_and(|worst| least >= worst.cost) {
                break;
            }
            best.extend(of_a_day(wish, company, &place, least, starts));
            best.sort_by_key(|slot| (slot.cost, slot.span, slot.room));
            best.truncate(MOST);
        }
    }
    let why = best.is_empty().then_some(NoSlot::NothingFree);
    Proposed { slots: best, why }
}

/// Every start in the windows, and whether it must lie in the daytime.
fn starts(wish: &Wish<'_>) -> BTreeMap<Moment, bool> {
    let mut starts: BTreeMap<Moment, bool> = BTreeMap::new();
    let long = Duration::minutes(wish.minutes);
    for (from, until) in wish.windows.iter().copied().filter(|(from, until)| from < until && *until > wish.now) {
        let daytime = until.since(from) > LONG_WINDOW;
        let latest = until.minus(long);
        let open = (from.max(wish.now), until);
        let grid = days(open, wish.zone).into_iter().take(DAYS).flat_map(|day| half_hours(day, wish.zone));
        for at in grid.chain([from]).filter(|at| *at >= from && *at > wish.now && *at <= latest) {
            starts.entry(at).and_modify(|strict| *strict &= daytime).or_insert(daytime);
        }
    }
    starts
}

fn half_hours(day: NaiveDate, zone: Tz) -> impl Iterator<Item = Moment> {
    (0..24 * 60).step_by(STEP).filter_map(move |minute: u32| Some(Moment::local(zone, day, NaiveTime::from_hms_opt(minute / 60, minute % 60, 0)?)))
}

/// Those of the starts at which somebody and all of the equipment are free, by their day.
fn free_starts<'a>(wish: &Wish<'_>, company: &Company<'a>, starts: &BTreeMap<Moment, bool>) -> BTreeMap<NaiveDate, Vec<Start<'a>>> {
    let mut by_day: BTreeMap<NaiveDate, Vec<Start<'a>>> = BTreeMap::new();
    for (at, daytime) in starts {
        let span = (*at, at.plus(Duration::minutes(wish.minutes)));
        if !company.equipment.iter().all(|held| is_free(held, span)) {
            continue;
        }
        let Some(free) = company.people.iter().find(|somebody| is_free(&somebody.held, span)) else { continue };
        let day = at.day(wish.zone);
        if by_day.len() == DAYS && !by_day.contains_key(&day) {
            break;
        }
        by_day.entry(day).or_default().push(Start { span, daytime: *daytime, free });
    }
    by_day
}

/// Where it can be, the best first.
fn places<'a>(wish: &Wish<'a>, rooms: &'a [Room]) -> Vec<Place<'a>> {
    let big_enough = rooms.iter().enumerate().filter(|(_, room)| room.seats >= wish.attendees);
    let mut places: Vec<Place<'a>> = big_enough.map(|(n, room)| place(wish, n, room)).collect();
    if wish.own_address {
        places.push(Place { room: None, division: wish.division, cost: OWN_ADDRESS, reasons: vec![SlotReason::OwnAddress] });
    }
    places.sort_by_key(|place| (place.cost, place.room.map(|(n, room)| (room.seats, n))));
    places
}

fn place<'a>(wish: &Wish<'_>, n: usize, room: &'a Room) -> Place<'a> {
    let (mut cost, near) = match Nearness::between(wish.division, &room.division) {
        Nearness::SameDivision => (0, SlotReason::SameDivision),
        Nearness::SameTownship => (SAME_TOWNSHIP, SlotReason::SameTownship),
        Nearness::SameCounty => (SAME_COUNTY, SlotReason::SameCounty),
    };
    let mut reasons = vec![near];
    let needed = i64::from(wish.attendees.max(1));
    match i64::from(room.seats) / needed {
        0 | 1 => reasons.push(SlotReason::Fits),
        2 | 3 => cost += TOO_LARGE,
        _ => cost += 2 * TOO_LARGE,
    }
    if wish.step_free {
        if room.step_free {
            reasons.push(SlotReason::StepFree);
        } else {
            cost += STEPS;
        }
    }
    if room.free_to_book {
        reasons.push(SlotReason::FreeToBook);
    } else {
        cost += KEEPER_ANSWERS;
        reasons.push(SlotReason::KeeperAnswers);
    }
    Place { room: Some((n, room)), division: &room.division, cost, reasons }
}

/// The best times of one place on one day, none of them over another.
fn of_a_day(wish: &Wish<'_>, company: &Company<'_>, place: &Place<'_>, least: i64, starts: &[Start<'_>]) -> Vec<Slot> {
    let mut can: Vec<Slot> = starts.iter().filter(|start| can_be(wish, place, start)).map(|start| slot(wish, company, place, least, start)).collect();
    can.sort_by_key(|slot| (slot.cost, slot.span));
    let mut kept: Vec<Slot> = Vec::with_capacity(OF_A_DAY);
    for slot in can {
        if kept.len() < OF_A_DAY && kept.iter().all(|other| slot.span.1 <= other.span.0 || slot.span.0 >= other.span.1) {
            kept.push(slot);
        }
    }
    kept
}

fn can_be(wish: &Wish<'_>, place: &Place<'_>, start: &Start<'_>) -> bool {
    let unsaid = place.room.is_none_or(|(_, room)| room.week.is_empty());
    if unsaid && start.daytime && !in_the_daytime(start.span, wish.zone) {
        return false;
    }
    place.room.is_none_or(|(_, room)| room.is_open(start.span, wish.zone) && room.is_free(start.span, None))
}

fn in_the_daytime((from, until): Span, zone: Tz) -> bool {
    let hours = |hour: u32| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    from.day(zone) == until.day(zone) && from.time(zone) >= hours(DAYTIME.0) && until.time(zone) <= hours(DAYTIME.1)
}

fn slot(wish: &Wish<'_>, company: &Company<'_>, place: &Place<'_>, least: i64, start: &Start<'_>) -> Slot {
    let mut cost = least + TWO_HOURS_LATER * i64::from(start.span.0.time(wish.zone).hour()) / 2;
    let mut reasons = place.reasons.clone();
    if full_day(company.sessions, start.span, wish.zone).is_some() {
        cost += FULL_DAY;
        reasons.push(SlotReason::FullDay);
    }
    if too_far(&start.free.sessions, start.span, place.division).is_some() {
        cost += SHORT_GAP;
        reasons.push(SlotReason::ShortGap);
    }
    Slot { span: start.span, room: place.room.map(|(n, _)| n), in_charge: start.free.id, reasons, cost }
}
