//! What who plans a session is warned of; none of it stops them.

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::clock::{Span, days};

/// How many sessions a day a team is not warned of.
const USUAL_A_DAY: usize = 3;
/// How many minutes between two places in different divisions are enough.
const ENOUGH_BETWEEN: i64 = 60;

/// Whether more are expected than there are seats.
pub const fn too_small(seats: i32, expected: i32) -> bool {
    expected > seats
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
    use chrono::{Duration, NaiveTime};

    use super::*;
    use crate::clock::{COUNTY_ZONE as ZONE, Moment};

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
    }

    /// So many minutes after midnight of a day of the county.
    fn at(day: NaiveDate, minutes: i64) -> Moment {
        Moment::local(ZONE, day, NaiveTime::MIN).plus(Duration::minutes(minutes))
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
}
