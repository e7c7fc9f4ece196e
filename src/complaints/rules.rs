//! Decisions about complaints beside their life: numbers, limits, who stands above whom. Pure.

use chrono::{Duration, Months};
use chrono_tz::Tz;

use crate::actor::{Jurisdiction, Seat};
use crate::clock::Moment;
use crate::orders::rules::{self, Limit};

/// What a complaint's number begins with (投诉).
const PREFIX: &str = "TS";
/// How long an answer may take where the county has no rule of its own.
pub const ANSWER_WITHIN: Limit = Limit::WorkingDays(15);
/// For how long an answer can be disagreed with where the county has no rule of its own.
pub const DISAGREE_WITHIN: Limit = Limit::Days(30);
/// Nothing on a government's site waits longer for its answer (the yearly check of government sites).
const MONTHS: u32 = 3;
/// So long before that the supervisors hear of it once more.
const WARNING_DAYS: i64 = 14;

/// A new number: TS and 8 characters, the last a check.
pub fn new_number() -> String {
    rules::numbered(PREFIX)
}

/// Reads a complaint's number as people type it.
pub fn parse_number(typed: &str) -> Option<String> {
    rules::parse_numbered(PREFIX, typed)
}

/// Until when it must be answered, whatever else is late.
pub fn answer_by(since: Moment, zone: Tz) -> Moment {
    let day = since.day(zone).checked_add_months(Months::new(MONTHS)).unwrap_or_else(|| since.day(zone));
    Moment::local(zone, day, since.time(zone))
}

/// When the supervisors hear of a late complaint once more; nothing where that is past.
pub fn last_warning(since: Moment, zone: Tz, now: Moment) -> Option<Moment> {
    Some(answer_by(since, zone).minus(Duration::days(WARNING_DAYS))).filter(|at| *at > now)
}

/// How many whole days lie between two moments.
pub fn age_days(since: Moment, until: Moment) -> i64 {
    until.since(since).num_days().max(0)
}

/// Whether a seat stands above a centre: in whose area that one lies, on the same side of the border, and not in the same place.
pub fn is_above(seat: &Seat, path: &str, jurisdiction: Jurisdiction) -> bool {
    path.len() > seat.path.len() && seat.covers(path, jurisdiction)
}

/// Whether a seat is the county's own, on the county's side of the border.
pub fn is_the_countys(seat: &Seat, county: &str) -> bool {
    seat.is_county_wide() && seat.jurisdiction == Jurisdiction::County && seat.county == county
}

/// An address within the site: its path alone, since a query can hold what nobody meant to send.
pub fn is_path(page: &str) -> bool {
    page.starts_with('/') && page.chars().count() <= 200 && !page.chars().any(|c| matches!(c, '?' | '#') || c.is_control() || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::COUNTY_ZONE;

    fn at(text: &str) -> Moment {
        Moment::parse(text).unwrap_or_else(|| Moment::from_micros(0))
    }

    #[test]
    fn a_complaints_number_is_never_taken_for_an_orders() {
        let number = new_number();
        assert!(number.starts_with("TS") && number.len() == 10);
        assert_eq!(parse_number(&number.to_lowercase()), Some(number.clone()));
        assert_eq!(rules::parse_number(&number), None);
        assert_eq!(parse_number(&rules::new_number()), None);
    }

    #[test]
    fn three_months_are_counted_on_the_calendar_and_the_last_warning_comes_two_weeks_before() {
        let since = at("2026-11-30T01:00:00Z");
        assert_eq!(answer_by(since, COUNTY_ZONE), at("2027-02-28T01:00:00Z"));
        assert_eq!(last_warning(since, COUNTY_ZONE, at("2026-12-21T16:00:00Z")), Some(at("2027-02-14T01:00:00Z")));
        assert_eq!(last_warning(since, COUNTY_ZONE, at("2027-02-14T01:00:00Z")), None);
    }

    #[test]
    fn a_page_is_named_by_its_path_and_nothing_else() {
        for path in ["/", "/orders/12", "/活动/3"] {
            assert!(is_path(path), "{path}");
        }
        for other in ["", "orders", "https://example.org/", "/a?phone=1", "/a#b", "/a b", "/a\n"] {
            assert!(!is_path(other), "{other}");
        }
    }

    #[test]
    fn a_whole_day_has_passed_after_24_hours() {
        assert_eq!(age_days(at("2026-03-02T01:00:00Z"), at("2026-03-03T00:59:59Z")), 0);
        assert_eq!(age_days(at("2026-03-02T01:00:00Z"), at("2026-03-03T01:00:00Z")), 1);
    }
}
