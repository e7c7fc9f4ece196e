//! What who plans a session is warned of; none of it stops them. Pure: days and hours are those of the county's zone.

use chrono::{Datelike, Duration, NaiveDate, NaiveTime};
use chrono_tz::Tz;

use crate::clock::Moment;
use crate::venues::{Closure, Hours};

/// From a moment until another.
pub type Span = (Moment, Moment);

/// How many sessions a day a team is not warned of.
const USUAL_A_DAY: usize = 3;
/// How many minutes between two places in different divisions are enough.
const ENOUGH_BETWEEN: i64 = 60;

/// Whether more are expected than there are seats.
pub const fn too_small(seats: i32, expected: i32) -> bool {
    expected > seats
}

/// The days of the county's calendar that a span touches; midnight ends a day and touches no other.
pub fn days((from, until): Span, zone: Tz) -> Vec<NaiveDate> {
    let last = until.minus(Duration::microseconds(1)).max(from).day(zone);
    from.day(zone).iter_days().take_while(|day| *day <= last).collect()
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

/// The first day of a span on which a team has its fill already, given its other sessions.
pub fn full_day(others: &[Span], span: Span, zone: Tz) -> Option<NaiveDate> {
    let on = |day: &NaiveDate| others.iter().filter(|other| days(**other, zone).contains(day)).count();
    days(span, zone).into_iter().find(|day| on(day) >= USUAL_A_DAY)
}

/// The fewest minutes that who is in charge has between a session and the one before or after it in another division, where these
/// are too few: how far it is nobody knows.
pub fn too_far(others: &[(Span, String)], (from, until): Span, division: &str) -> Option<i64> {
    let before = others.iter().filter(|((_, end), _)| *end <= from).max_by_key(|((_, end), _)| *end);
    let after = others.iter().filter(|((start, _), _)| *start >= until).min_by_key(|((start, _), _)| *start);
    let between = [before.map(|((_, end), place)| (from.since(*end), place)), after.map(|((start, _), place)| (start.since(until), place))];
    let minutes = between.into_iter().flatten().filter(|(_, place)| *place != division).map(|(gap, _)| gap.num_minutes()).min();
    minutes.filter(|minutes| *minutes < ENOUGH_BETWEEN)
}

#[cfg(test)]
mod tests {
    use chrono::Timelike;
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

    #[test]
    fn a_team_that_has_three_that_day_has_its_fill_and_an_hour_between_two_places_is_enough() {
        let today = day(2026, 3, 31);
        let span = |from: i64, until: i64| (at(today, from), at(today, until));
        let two = [span(480, 540), span(600, 660)];
        assert_eq!(full_day(&two, span(900, 960), ZONE), None);
        // One that began the evening before is of this day too; one of tomorrow is not.
        let three = [two[0], two[1], span(-60, 30)];
        assert_eq!(full_day(&three, span(900, 960), ZONE), Some(today));
        assert_eq!(full_day(&[two[0], two[1], span(1440, 1500)], span(900, 960), ZONE), None);
        let others = [(span(480, 540), "a".to_owned()), (span(700, 760), "b".to_owned())];
        assert_eq!(too_far(&others, span(600, 660), "a"), Some(40));
        assert_eq!(too_far(&others, span(600, 640), "a"), None);
        assert_eq!(too_far(&others, span(570, 640), "b"), Some(30));
        assert_eq!(too_far(&others, span(540, 700), "c"), Some(0));
        assert!(too_small(40, 41) && !too_small(40, 40));
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
