//! What counts, and in which year. Pure.

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;

use crate::clock::Moment;

/// From a moment until another: half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from: Moment,
    pub until: Moment,
}

impl Span {
    /// The part of it that lies in another; nothing where they do not touch.
    pub fn inside(self, other: Self) -> Option<Self> {
        let (from, until) = (self.from.max(other.from), self.until.min(other.until));
        (from < until).then_some(Self { from, until })
    }

    fn micros(self) -> i64 {
        (self.until.micros() - self.from.micros()).max(0)
    }

    /// Whole minutes; what is left of one is cut.
    pub fn minutes(self) -> i32 {
        i32::try_from(self.micros() / 60_000_000).unwrap_or(i32::MAX)
    }
}

/// What counts of a presence, in whole minutes: nothing under 60 % of the planned length, never more than the session lasted, travel
/// never (民政部令67号, Art 7: hours actually given; the 60 % are ours).
pub fn creditable(planned: Span, present: Span) -> i32 {
    match present.inside(planned) {
        Some(inside) if i128::from(inside.micros()) * 10 >= i128::from(planned.micros()) * 6 => inside.minutes(),
        _ => 0,
    }
}

/// The day and the year of what began at a moment, by the county's calendar.
pub fn day_and_year(began: Moment, zone: Tz) -> (NaiveDate, i32) {
    let day = began.day(zone);
    (day, day.year())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::clock::COUNTY_ZONE;

    fn span(from: i64, until: i64) -> Span {
        let at = |minute: i64| Moment::from_micros(minute * 60_000_000);
        Span { from: at(from), until: at(until) }
    }

    #[test]
    fn nothing_under_three_fifths_counts_and_what_lies_outside_never_does() {
        let planned = span(100, 200);
        for (from, until, counts) in [
            (100, 200, 100),
            (0, 300, 100),
            (100, 160, 60),
            (100, 159, 0),
            (140, 200, 60),
            (141, 200, 0),
            // On the way there and back for hours, and half an hour inside.
            (0, 130, 0),
            (0, 100, 0),
            (200, 300, 0),
        ] {
            assert_eq!(creditable(planned, span(from, until)), counts, "{from} to {until}");
        }
    }

    #[test]
    fn the_year_is_that_of_the_countys_calendar() {
        let at = |text: &str| Moment::parse(text).map(|moment| day_and_year(moment, COUNTY_ZONE).1);
        assert_eq!(at("2026-12-31T15:59:59Z"), Some(2026));
        assert_eq!(at("2026-12-31T16:00:00Z"), Some(2027));
    }

    proptest! {
        #[test]
        fn what_counts_is_all_or_three_fifths_at_least_and_never_more_than_there_was(from in -500_i64..500, long in 1_i64..600, began in 0_i64..300, lasted in 1_i64..300) {
            let (planned, present) = (span(began, began + lasted), span(from, from + long));
            let counted = i64::from(creditable(planned, present));
            let inside = (0..lasted).filter(|minute| (from..from + long).contains(&(began + minute))).count();
            let inside = i64::try_from(inside).unwrap_or(i64::MAX);
            let expected = if inside * 10 >= lasted * 6 { inside } else { 0 };
            prop_assert_eq!(counted, expected);
            prop_assert!(counted <= lasted && counted <= long);
        }
    }
}
