//! What is free near by where a room or a person is taken: the same room at another time, another room at the same time.

use chrono::{Duration, Timelike};
use chrono_tz::Tz;

use super::room::{Nearness, Room, is_free};
use crate::bookings::Held;
use crate::clock::{Moment, Span};

/// On how many days after it another time is looked for.
const DAYS_ON: i64 = 14;
const STEP: i64 = 30;
/// How many times of later days, and how many rooms are told.
const LATER: usize = 2;
const ROOMS: usize = 3;

/// What is taken around a session.
#[derive(Debug, Clone, Copy)]
pub struct Around {
    /// The room before and after.
    pub setup: Duration,
    pub clearing: Duration,
    /// Who is in charge, before and after.
    pub travel: Duration,
}

impl Around {
    /// When the room is taken for a session.
    pub fn at_the_place(&self, (from, until): Span) -> Span {
        (from.minus(self.setup), until.plus(self.clearing))
    }

    /// When who is in charge is taken for it.
    pub fn under_way(&self, (from, until): Span) -> Span {
        (from.minus(self.travel), until.plus(self.travel))
    }
}

/// The nearest other times at which the room, where one is wished for, and who is in charge are free: of the same day the nearest before
/// and after, then the same hour of the days after.
pub fn other_times(room: Option<(&Room, Option<i32>)>, person: &[Held], span: Span, around: &Around, now: Moment, zone: Tz) -> Vec<Span> {
    let moved = |by: Duration| (span.0.plus(by), span.1.plus(by));
    let can = |other: &Span| {
        let place = around.at_the_place(*other);
        other.0 > now
            && is_free(person, around.under_way(*other))
            && room.is_none_or(|(room, places)| room.is_open(place, zone) && room.is_free(place, places))
            // Nobody is asked to come by night where no hours say so.
            && (room.is_some_and(|(room, _)| !room.week.is_empty()) || by_day(*other, zone))
    };
    let today = span.0.day(zone);
    let nearest = |sign: i64| {
        let steps = (1..24 * 60 / STEP).map(|n| (n, moved(Duration::minutes(sign * n * STEP))));
        steps.take_while(|(_, other)| other.0.day(zone) == today).find(|(_, other)| can(other))
    };
    let mut of_the_day: Vec<(i64, Span)> = [nearest(1), nearest(-1)].into_iter().flatten().collect();
    of_the_day.sort_unstable();
    let of_the_day = of_the_day.into_iter().map(|(_, other)| other);
    let later = (1..=DAYS_ON).map(|n| moved(Duration::days(n))).filter(can).take(LATER);
    of_the_day.chain(later).collect()
}

fn by_day((from, until): Span, zone: Tz) -> bool {
    // One that lasts for days is as it was asked for.
    until.since(from) >= Duration::hours(12) || (from.time(zone).hour() >= 7 && until.minus(Duration::minutes(1)).time(zone).hour() < 21)
}

/// Other rooms that are big enough, open and free in a span: the nearest first, of these the smallest.
pub fn other_rooms<'a>(rooms: &'a [Room], taken: Option<&Room>, place: Span, expected: i32, division: &str, zone: Tz) -> Vec<(&'a Room, Nearness)> {
    let mut found: Vec<(&Room, Nearness)> = rooms
        .iter()
        .filter(|room| taken.is_none_or(|taken| taken.space != room.space))
        .filter(|room| room.seats >= expected && room.is_open(place, zone) && room.is_free(place, None))
        .map(|room| (room, Nearness::between(division, &room.division)))
        .collect();
    found.sort_by_key(|(room, near)| (*near, !room.free_to_book, room.seats, room.space));
    found.truncate(ROOMS);
    found
}
