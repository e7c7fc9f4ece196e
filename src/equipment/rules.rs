//! Days of the county's calendar as spans of time, and when a loan is looked at again. Pure.

use chrono::{Months, NaiveDate};

use super::state::LoanState;
use crate::clock::{COUNTY_ZONE, Moment};

/// The longest loan: 流动科技馆 stays two to three months at a stop.
pub const LONGEST_DAYS: i64 = 92;
/// How far ahead one may wish: wishes are gathered for the coming year.
pub const MONTHS_AHEAD: u32 = 18;

/// From when until when some days last, the first and the last included: from midnight to midnight in the county.
pub fn span(from_day: NaiveDate, until_day: NaiveDate) -> (Moment, Moment) {
    Moment::days(COUNTY_ZONE, from_day, until_day)
}

/// The first day on which what is lent from a day on can be fetched: the day before.
pub fn goes_from(from_day: NaiveDate) -> NaiveDate {
    from_day.pred_opt().unwrap_or(from_day)
}

/// The last day that one can wish for.
pub fn latest(today: NaiveDate) -> NaiveDate {
    today.checked_add_months(Months::new(MONTHS_AHEAD)).unwrap_or(today)
}

/// When a loan is looked at again: a wish that nobody has answered by the end of its first day lapses; so does what was agreed and
/// never fetched, after its last day; what is out is late then.
pub fn due(state: LoanState, from_day: NaiveDate, until_day: NaiveDate) -> Option<Moment> {
    match state {
        LoanState::Wished => Some(span(from_day, from_day).1),
        LoanState::Agreed | LoanState::HandedOver => Some(span(from_day, until_day).1),
        LoanState::Refused | LoanState::Withdrawn | LoanState::Lapsed | LoanState::GivenBack => None,
    }
}

/// The first and the last day of a month, written as `2026-12`.
pub fn month(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let (year, month) = text.split_once('-').filter(|(year, month)| year.len() == 4 && month.len() == 2)?;
    if !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return None;
    }
    let first = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)?;
    Some((first, first.checked_add_months(Months::new(1))?.pred_opt()?))
}

/// The month of a moment in the county, as [`month`] reads it.
pub fn month_of(now: Moment) -> String {
    now.day(COUNTY_ZONE).format("%Y-%m").to_string()
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use proptest::prelude::*;

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
    }

    #[test]
    fn days_are_the_countys_and_back_to_back_loans_meet_at_midnight() {
        let (from, until) = span(day(2026, 12, 10), day(2026, 12, 12));
        assert_eq!((from.rfc3339().as_str(), until.rfc3339().as_str()), ("2026-12-09T16:00:00Z", "2026-12-12T16:00:00Z"));
        assert_eq!(span(day(2026, 12, 13), day(2026, 12, 13)).0, until);
    }

    #[test]
    fn months_are_read_as_they_are_written() {
        assert_eq!(month("2026-12"), Some((day(2026, 12, 1), day(2026, 12, 31))));
        assert_eq!(month("2028-02"), Some((day(2028, 2, 1), day(2028, 2, 29))));
        for text in ["2026-13", "2026-1", "26-12", "2026-12-01", "+026-12", "abcd-ef", ""] {
            assert_eq!(month(text), None, "{text}");
        }
    }

    #[test]
    fn a_month_begins_at_the_countys_midnight() {
        assert_eq!(month_of(span(day(2026, 12, 1), day(2026, 12, 1)).0), "2026-12");
        assert_eq!(month_of(span(day(2026, 12, 1), day(2026, 12, 1)).0.minus(Duration::minutes(1))), "2026-11");
    }

    #[test]
    fn each_state_is_looked_at_when_its_time_is_over() {
        let due = |state| due(state, day(2026, 12, 10), day(2026, 12, 12)).map(Moment::rfc3339);
        assert_eq!(due(LoanState::Wished).as_deref(), Some("2026-12-10T16:00:00Z"));
        assert_eq!(due(LoanState::Agreed).as_deref(), Some("2026-12-12T16:00:00Z"));
        assert_eq!(due(LoanState::HandedOver).as_deref(), Some("2026-12-12T16:00:00Z"));
        assert_eq!(due(LoanState::GivenBack), None);
    }

    proptest! {
        #[test]
        fn a_span_holds_the_moments_of_its_days_and_no_others(from in 0_i64..4000, long in 0_i64..92, minute in -3000_i64..140_000) {
            let first = day(2026, 1, 1) + Duration::days(from);
            let last = first + Duration::days(long);
            let (begin, end) = span(first, last);
            let at = begin.plus(Duration::minutes(minute));
            prop_assert_eq!(begin <= at && at < end, (first..=last).contains(&at.day(COUNTY_ZONE)));
        }
    }
}
