//! Opening hours as people write them, and what lies outside them. Pure: days and hours are those of the county's zone.

use chrono::{Datelike, Duration, NaiveTime};
use chrono_tz::Tz;

use super::{Closure, Hours};
use crate::clock::{Moment, Span, days};

/// The last minute of a day: midnight at its end.
pub const MIDNIGHT: i32 = 1440;

/// The minute of a time of day, written as `08:30`; `24:00` is midnight at the day's end.
pub fn minute(text: &str) -> Option<i32> {
    let (hour, minute) = text.split_once(':')?;
    let two = |digits: &str| if digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse::<i32>().ok() } else { None };
    let (hour, minute) = (two(hour)?, two(minute)?);
    let all = hour * 60 + minute;
    (minute < 60 && all <= MIDNIGHT).then_some(all)
}

/// A minute of the day as `08:30`.
pub fn time(minute: i32) -> String {
    format!("{:0>2}:{:0>2}", minute / 60, minute % 60)
}

/// The places in the list of those hours that overlap others of the same weekday before them.
pub fn overlapping(week: &[Hours]) -> Vec<usize> {
    let clash = |one: &Hours, other: &Hours| one.weekday == other.weekday && one.opens < other.closes && other.opens < one.closes;
    (0..week.len()).filter(|n| week[..*n].iter().any(|before| clash(before, &week[*n]))).collect()
}

/// Whether a part of a span lies outside the opening hours. A venue without any has no fixed hours.
pub fn outside_hours(week: &[Hours], (from, until): Span, zone: Tz) -> bool {
    if week.is_empty() {
        return false;
    }
    let mut open: Vec<Span> = days((from, until), zone)
        .into_iter()
        .flat_map(|day| {
            let weekday = i32::try_from(day.weekday().number_from_monday()).unwrap_or(0);
            let midnight = Moment::local(zone, day, NaiveTime::MIN);
            let at = move |minute: i32| midnight.plus(Duration::minutes(i64::from(minute)));
            week.iter().filter(move |hours| hours.weekday == weekday).map(move |hours| (at(hours.opens), at(hours.closes)))
        })
        .collect();
    open.sort_unstable();
    // What is open without a gap, from the beginning on.
    let reached = open.into_iter().fold(from, |reached, (opens, closes)| if opens <= reached { reached.max(closes) } else { reached });
    reached < until
}

/// The closed days that a span touches, the first of them.
pub fn closed_on(closures: &[Closure], span: Span, zone: Tz) -> Option<&Closure> {
    let days = days(span, zone);
    closures.iter().find(|closure| days.iter().any(|day| (closure.from_day..=closure.until_day).contains(day)))
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, Timelike};
    use proptest::prelude::*;

    use super::*;
    use crate::clock::COUNTY_ZONE as ZONE;
    use crate::ids::{ClosureId, VenueId};

    /// Days beside which a day, a month, a leap February and a year end.
    const EDGES: [(i32, u32, u32); 6] = [(2026, 3, 2), (2026, 3, 31), (2027, 2, 28), (2028, 2, 29), (2026, 12, 31), (2027, 1, 1)];

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
    }

    /// So many minutes after midnight of a day of the county.
    fn at(day: NaiveDate, minutes: i64) -> Moment {
        Moment::local(ZONE, day, NaiveTime::MIN).plus(Duration::minutes(minutes))
    }

    fn closure(from: NaiveDate, until: NaiveDate) -> Closure {
        Closure { id: ClosureId(1), venue_id: VenueId(1), from_day: from, until_day: until, reason: String::new() }
    }

    #[test]
    fn times_of_day_are_read_as_they_are_written() {
        for text in ["00:00", "08:30", "23:59", "24:00"] {
            assert_eq!(minute(text).map(time).as_deref(), Some(text));
        }
        for text in ["24:01", "8:30", "08:60", "0830", "", "ab:cd", "+8:30", "08:3", "25:00"] {
            assert_eq!(minute(text), None, "{text}");
        }
    }

    #[test]
    fn a_morning_and_an_afternoon_are_beside_each_other_and_two_mornings_are_not() {
        let on = |weekday, opens, closes| Hours { weekday, opens, closes };
        assert_eq!(overlapping(&[on(1, 480, 720), on(1, 720, 1020), on(2, 480, 720)]), Vec::<usize>::new());
        assert_eq!(overlapping(&[on(1, 480, 720), on(1, 719, 1020), on(2, 480, 720), on(1, 0, 1440)]), [1, 3]);
    }

    #[test]
    fn a_day_ends_at_the_countys_midnight_and_not_at_that_of_utc() {
        let new_years_eve = day(2026, 12, 31);
        let party = (at(new_years_eve, 22 * 60), at(new_years_eve, 24 * 60));
        assert_eq!(party.1.rfc3339(), "2026-12-31T16:00:00Z");
        assert_eq!(days(party, ZONE), [new_years_eve]);
        assert_eq!(days((party.0, party.1.plus(Duration::microseconds(1))), ZONE), [new_years_eve, day(2027, 1, 1)]);
        assert!(closed_on(&[closure(day(2027, 1, 1), day(2027, 1, 3))], party, ZONE).is_none());
        assert!(closed_on(&[closure(new_years_eve, new_years_eve)], party, ZONE).is_some());
    }

    #[test]
    fn hours_that_meet_at_midnight_are_one_and_a_noon_that_is_closed_is_outside() {
        let on = |weekday, opens, closes| Hours { weekday, opens, closes };
        // Monday is 2 March 2026.
        let monday = day(2026, 3, 2);
        let week = [on(1, 480, 720), on(1, 780, 1440), on(2, 0, 60)];
        let outside = |from, until| outside_hours(&week, (at(monday, from), at(monday, until)), ZONE);
        assert!(!outside(480, 720));
        assert!(!outside(1380, 1500));
        assert!(outside(600, 800));
        assert!(outside(479, 600));
        assert!(outside(1380, 1501));
        assert!(!outside_hours(&[], (at(monday, 0), at(monday, 9000)), ZONE));
    }

    proptest! {
        /// Told minute by minute on the county's wall.
        #[test]
        fn what_is_outside_opening_hours_is_outside_at_some_minute(
            edge in 0..EDGES.len(),
            week in prop::collection::vec((1_i32..=7, 0_i32..24, 1_i32..=24), 1..8),
            from in -600_i64..1800,
            long in 1_i64..400,
        ) {
            let week: Vec<Hours> = week.into_iter().filter(|(_, opens, closes)| opens < closes)
                .map(|(weekday, opens, closes)| Hours { weekday, opens: opens * 60, closes: closes * 60 }).collect();
            prop_assume!(!week.is_empty());
            let (year, month, of_month) = EDGES[edge];
            let start = at(day(year, month, of_month), from);
            let open = |minute: i64| {
                let now = start.plus(Duration::minutes(minute));
                let (time, weekday) = (now.time(ZONE), now.day(ZONE).weekday().number_from_monday());
                let minute = i32::try_from(time.hour() * 60 + time.minute()).unwrap_or(0);
                week.iter().any(|hours| u32::try_from(hours.weekday) == Ok(weekday) && (hours.opens..hours.closes).contains(&minute))
            };
            let outside = (0..long).any(|minute| !open(minute));
            prop_assert_eq!(outside_hours(&week, (start, start.plus(Duration::minutes(long))), ZONE), outside);
        }

        #[test]
        fn the_days_of_a_span_are_those_of_its_minutes(edge in 0..EDGES.len(), from in -3000_i64..3000, long in 1_i64..4000) {
            let (year, month, of_month) = EDGES[edge];
            let start = at(day(year, month, of_month), from);
            let mut told: Vec<NaiveDate> = (0..long).map(|minute| start.plus(Duration::minutes(minute)).day(ZONE)).collect();
            told.dedup();
            let span = (start, start.plus(Duration::minutes(long)));
            prop_assert_eq!(days(span, ZONE), told.clone());
            // A closure that touches one of them is met, and one beside them is not.
            let (first, last) = (told[0], told[told.len() - 1]);
            prop_assert!(closed_on(&[closure(last, last)], span, ZONE).is_some());
            let beside = [closure(last + Duration::days(1), last + Duration::days(9)), closure(first - Duration::days(9), first - Duration::days(1))];
            prop_assert!(closed_on(&beside, span, ZONE).is_none());
        }
    }
}
