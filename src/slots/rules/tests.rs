use chrono::{Datelike, Duration, NaiveDate, NaiveTime, Timelike};
use proptest::prelude::*;

use super::*;
use crate::bookings::{Held, Holder};
use crate::clock::{COUNTY_ZONE as ZONE, Moment, Span};
use crate::ids::{ClosureId, EventSessionId, PersonId, SpaceId, VenueId};
use crate::venues::{Closure, Hours};

const HERE: &str = "230522100003";
const NEXT_DOOR: &str = "230522100004";
const FAR: &str = "230522101001";

/// So many minutes after the county's midnight that begins Monday, 30 November 2026; the month and the year end soon after.
fn at(minutes: i64) -> Moment {
    Moment::local(ZONE, NaiveDate::from_ymd_opt(2026, 11, 30).unwrap_or_default(), NaiveTime::MIN).plus(Duration::minutes(minutes))
}

fn span(from: i64, until: i64) -> Span {
    (at(from), at(until))
}

fn held(from: i64, until: i64) -> Held {
    Held { holder: Holder::Session(EventSessionId(1)), places: None, from: at(from), until: at(until) }
}

fn room(n: i64, division: &str, seats: i32) -> Room {
    Room {
        venue: VenueId(n),
        venue_name: String::new(),
        division: division.to_owned(),
        division_name: String::new(),
        space: SpaceId(n),
        space_name: String::new(),
        seats,
        places: None,
        step_free: false,
        free_to_book: true,
        week: Vec::new(),
        closures: Vec::new(),
        held: Vec::new(),
    }
}

fn somebody(id: i64, held: Vec<Held>) -> Somebody {
    Somebody { id: PersonId(id), held, sessions: Vec::new() }
}

fn wish(windows: &[Span]) -> Wish<'_> {
    Wish { windows, now: at(0), minutes: 60, division: HERE, attendees: 30, step_free: false, own_address: false, zone: ZONE }
}

fn alone(people: &[Somebody]) -> Company<'_> {
    Company { people, equipment: &[], sessions: &[] }
}

/// Which rooms are proposed, the best first, each once.
fn order(wish: &Wish<'_>, rooms: &[Room]) -> Vec<Option<usize>> {
    let people = [somebody(1, Vec::new())];
    let mut order = Vec::new();
    for slot in propose(wish, rooms, &alone(&people)).slots {
        if !order.contains(&slot.room) {
            order.push(slot.room);
        }
    }
    order
}

#[test]
fn the_nearest_room_that_is_just_big_enough_comes_first_and_one_that_is_too_small_never() {
    let windows = [span(9 * 60, 10 * 60)];
    let rooms = [room(0, FAR, 30), room(1, NEXT_DOOR, 30), room(2, HERE, 200), room(3, HERE, 40), room(4, HERE, 29)];
    assert_eq!(order(&wish(&windows), &rooms), [Some(3), Some(2), Some(1), Some(0)]);
    // Whoever is old comes in without a step, even if it is farther.
    let mut rooms = [room(0, HERE, 40), room(1, NEXT_DOOR, 40)];
    rooms[1].step_free = true;
    assert_eq!(order(&Wish { step_free: true, ..wish(&windows) }, &rooms), [Some(1), Some(0)]);
    // What is had at once comes before what is asked for; the own address after a room that is known to have the seats.
    let mut rooms = [room(0, HERE, 40), room(1, HERE, 40)];
    rooms[0].free_to_book = false;
    assert_eq!(order(&Wish { own_address: true, ..wish(&windows) }, &rooms), [Some(1), Some(0), None]);
}

#[test]
fn the_first_days_come_first_and_a_long_window_is_of_the_daytime() {
    let rooms = [room(0, HERE, 40)];
    let people = [somebody(1, Vec::new())];
    let long = [span(0, 3 * 1440)];
    let found = propose(&wish(&long), &rooms, &alone(&people)).slots;
    let times: Vec<Span> = found.iter().map(|slot| slot.span).collect();
    let hour = |day: i64, hour: i64| span(day * 1440 + hour * 60, day * 1440 + (hour + 1) * 60);
    assert_eq!(times, [hour(0, 8), hour(0, 9), hour(1, 8), hour(1, 9), hour(2, 8), hour(2, 9)]);
    // Who asks for the evening means it.
    let evening = [span(20 * 60, 21 * 60)];
    assert_eq!(propose(&wish(&evening), &rooms, &alone(&people)).slots.first().map(|slot| slot.span), Some(evening[0]));
}

#[test]
fn a_full_day_and_a_short_way_are_told_and_come_last() {
    let windows = [span(9 * 60, 10 * 60), span(1440 + 9 * 60, 1440 + 10 * 60)];
    let rooms = [room(0, HERE, 40)];
    let three = [span(0, 60), span(12 * 60, 13 * 60), span(15 * 60, 16 * 60)];
    let people = [Somebody { sessions: vec![(span(1440 + 8 * 60, 1440 + 8 * 60 + 30), FAR.to_owned())], ..somebody(1, Vec::new()) }];
    let found = propose(&wish(&windows), &rooms, &Company { people: &people, equipment: &[], sessions: &three }).slots;
    assert_eq!(found.iter().map(|slot| slot.span.0).collect::<Vec<_>>(), [at(1440 + 9 * 60), at(9 * 60)]);
    assert_eq!(found[0].reasons, [SlotReason::SameDivision, SlotReason::Fits, SlotReason::FreeToBook, SlotReason::ShortGap]);
    assert_eq!(found[1].reasons, [SlotReason::SameDivision, SlotReason::Fits, SlotReason::FreeToBook, SlotReason::FullDay]);
}

#[test]
fn where_nothing_is_proposed_it_is_said_why() {
    let (rooms, free) = ([room(0, HERE, 40)], [somebody(1, Vec::new())]);
    let why = |windows: &[Span], rooms: &[Room], people: &[Somebody]| propose(&wish(windows), rooms, &alone(people)).why;
    assert_eq!(why(&[span(-120, -30), span(60, 110)], &rooms, &free), Some(NoSlot::NoTimeLeft));
    assert_eq!(why(&[span(540, 600)], &rooms, &[somebody(1, vec![held(500, 541)])]), Some(NoSlot::NobodyFree));
    assert_eq!(why(&[span(540, 600)], &[room(0, HERE, 29)], &free), Some(NoSlot::NothingFree));
    assert_eq!(why(&[span(540, 600)], &rooms, &free), None);
    // The second of them is free.
    let two = [somebody(1, vec![held(500, 541)]), somebody(2, Vec::new())];
    assert_eq!(propose(&wish(&[span(540, 600)]), &rooms, &alone(&two)).slots[0].in_charge, PersonId(2));
}

#[test]
fn beside_a_taken_time_the_nearest_free_ones_are_told_and_the_nearest_rooms() {
    let around = Around { setup: Duration::minutes(30), clearing: Duration::zero(), travel: Duration::minutes(30) };
    let mut hall = room(0, HERE, 40);
    hall.held = vec![held(9 * 60, 11 * 60), held(1440 + 540, 1440 + 600)];
    let times = |person: &[Held]| other_times(Some((&hall, None)), person, span(10 * 60, 11 * 60), &around, at(0), ZONE);
    // An hour and a half later with half an hour to make it ready; or before it; tomorrow at ten it is made ready at half past nine.
    assert_eq!(times(&[]), [span(690, 750), span(480, 540), span(2 * 1440 + 600, 2 * 1440 + 660), span(3 * 1440 + 600, 3 * 1440 + 660)]);
    // Who is in charge is on their way until half past twelve.
    assert_eq!(times(&[held(0, 720)])[0], span(750, 810));
    let mut rooms = [room(0, HERE, 40), room(1, FAR, 30), room(2, NEXT_DOOR, 60), room(3, HERE, 20), room(4, HERE, 90)];
    rooms[4].held = vec![held(600, 601)];
    let near: Vec<(i64, Nearness)> =
        other_rooms(&rooms, Some(&hall), span(570, 660), 30, HERE, ZONE).into_iter().map(|(room, near)| (room.space.0, near)).collect();
    assert_eq!(near, [(2, Nearness::SameTownship), (1, Nearness::SameCounty)]);
}

/// A room with opening hours, a closed day and what it is taken for, all in hours from the first midnight on.
fn any_room() -> impl Strategy<Value = (usize, i32, i32, i64, Vec<(i64, i64)>)> {
    (0..3_usize, 10..60_i32, 6..14_i32, 0..4_i64, prop::collection::vec((0..90_i64, 1..6_i64), 0..6))
}

fn made(n: usize, (place, seats, opens, closed, taken): (usize, i32, i32, i64, Vec<(i64, i64)>)) -> Room {
    let id = i64::try_from(n).unwrap_or(0);
    let day = at(closed * 1440).day(ZONE);
    let mut held: Vec<Held> = taken.into_iter().map(|(from, long)| super::tests::held(from * 60, (from + long) * 60)).collect();
    held.sort_by_key(|held| held.from);
    Room {
        week: (1..=7).map(|weekday| Hours { weekday, opens: opens * 60, closes: (opens + 6) * 60 }).collect(),
        closures: vec![Closure { id: ClosureId(1), venue_id: VenueId(id), from_day: day, until_day: day, reason: String::new() }],
        held,
        ..room(id, [HERE, NEXT_DOOR, FAR][place], seats)
    }
}

proptest! {
    /// Told minute by minute on the county's wall: nothing that is proposed is taken, outside a window, shut or too small; and where
    /// anything could be had on a half hour, something is proposed.
    #[test]
    fn what_is_proposed_can_be_had_and_what_can_be_had_is_not_missed(
        rooms in prop::collection::vec(any_room(), 0..5),
        people in prop::collection::vec(prop::collection::vec((0..90_i64, 1..8_i64), 0..6), 0..4),
        piece in prop::collection::vec((0..90_i64, 1..8_i64), 0..4),
        windows in prop::collection::vec((0..150_i64, 1..40_i64), 0..4),
        half_hours in 1..6_i64,
        attendees in 1..50_i32,
    ) {
        let taken = |spans: Vec<(i64, i64)>| {
            let mut all: Vec<Held> = spans.into_iter().map(|(from, long)| held(from * 60, (from + long) * 60)).collect();
            all.sort_by_key(|held| held.from);
            all
        };
        let rooms: Vec<Room> = rooms.into_iter().enumerate().map(|(n, room)| made(n, room)).collect();
        let people: Vec<Somebody> = people.into_iter().zip(1..).map(|(spans, id)| somebody(id, taken(spans))).collect();
        let equipment = [taken(piece)];
        let windows: Vec<Span> = windows.into_iter().map(|(from, long)| span(from * 30, (from + long) * 30)).collect();
        let (now, minutes) = (at(600), half_hours * 30);
        let wish = Wish { minutes, now, attendees, ..wish(&windows) };
        let found = propose(&wish, &rooms, &Company { people: &people, equipment: &equipment, sessions: &[] });

        let busy = |held: &[Held], at: Moment| held.iter().any(|held| held.from <= at && at < held.until);
        let open = |room: &Room, at: Moment| {
            let minute = i32::try_from(at.time(ZONE).hour() * 60 + at.time(ZONE).minute()).unwrap_or(0);
            let weekday = i32::try_from(at.day(ZONE).weekday().number_from_monday()).unwrap_or(0);
            room.week.iter().any(|hours| hours.weekday == weekday && (hours.opens..hours.closes).contains(&minute))
                && !room.closures.iter().any(|closure| (closure.from_day..=closure.until_day).contains(&at.day(ZONE)))
        };
        let every_minute = |(from, until): Span, holds: &dyn Fn(Moment) -> bool| {
            (0..until.since(from).num_minutes()).all(|minute| holds(from.plus(Duration::minutes(minute))))
        };
        for slot in &found.slots {
            prop_assert_eq!(slot.span.1.since(slot.span.0).num_minutes(), minutes);
            prop_assert!(slot.span.0 > now);
            prop_assert!(windows.iter().any(|(from, until)| *from <= slot.span.0 && slot.span.1 <= *until));
            let room = &rooms[slot.room.expect("a room")];
            prop_assert!(room.seats >= attendees);
            let person = people.iter().find(|somebody| somebody.id == slot.in_charge).expect("somebody of the team");
            prop_assert!(every_minute(slot.span, &|at| open(room, at) && !busy(&room.held, at) && !busy(&person.held, at) && !busy(&equipment[0], at)));
        }
        prop_assert!(found.slots.len() <= 8);
        prop_assert_eq!(found.why.is_some(), found.slots.is_empty());
        if found.slots.is_empty() {
            for half_hour in 0..200 {
                let span = span(half_hour * 30, half_hour * 30 + minutes);
                let asked = span.0 > now && windows.iter().any(|(from, until)| *from <= span.0 && span.1 <= *until);
                let had = rooms.iter().any(|room| room.seats >= attendees && every_minute(span, &|at| open(room, at) && !busy(&room.held, at)))
                    && people.iter().any(|somebody| every_minute(span, &|at| !busy(&somebody.held, at)))
                    && every_minute(span, &|at| !busy(&equipment[0], at));
                prop_assert!(!(asked && had), "{:?} could be had", span.0.rfc3339());
            }
        }
    }
}
