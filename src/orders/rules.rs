//! Decisions about orders beside their lifecycle: numbers and deadlines. Pure.

use chrono::Duration;

use crate::clock::{Calendar, Moment};
use crate::secrets;

use super::state::State;
pub use crate::directory::Limit;

/// What an order's number begins with.
const PREFIX: &str = "KP";

/// A new order number: KP and 8 characters of Crockford base32, the last a check.
pub fn new_number() -> String {
    numbered(PREFIX)
}

/// Reads an order's number as people type it.
pub fn parse_number(typed: &str) -> Option<String> {
    parse_numbered(PREFIX, typed)
}

/// A new number: two letters that say of what, and 8 characters of Crockford base32, the last a check.
pub fn numbered(prefix: &str) -> String {
    let body = secrets::crockford(7);
    let check = secrets::check_character(&body).unwrap_or('0');
    format!("{prefix}{body}{check}")
}

/// Reads a number as people type it, with its letters or without: any case, spaces and hyphens, O for 0, I or L for 1. Nothing
/// if the check fails.
pub fn parse_numbered(prefix: &str, typed: &str) -> Option<String> {
    let number: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>().to_uppercase();
    let rest = number.strip_prefix(prefix).unwrap_or(&number);
    let body: String = rest
        .chars()
        .map(|c| match c {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect();
    let (body, check) = (body.get(..7)?, body.get(7..)?);
    let expected = secrets::check_character(body)?;
    (check.len() == 1 && check.starts_with(expected)).then(|| format!("{prefix}{body}{check}"))
}

/// The last four digits of a phone, by which a requester looks the order up.
pub fn phone_tail(phone: &str) -> Option<String> {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= 4).then(|| digits[digits.len() - 4..].iter().collect())
}

/// When a stage is late: its limit, but never later than half of the time left to the first window (while nothing is
/// arranged yet), so that a short-notice order is not answered after its day.
pub fn due(calendar: &Calendar, state: State, limit: Limit, from: Moment, first_window: Option<Moment>) -> Moment {
    let due = limit.after(calendar, from);
    let arranging = matches!(state, State::Submitted | State::Dispatched | State::Accepted | State::Claimed);
    match first_window {
        Some(window) if arranging && window > from => due.min(from.plus(window.since(from) / 2)),
        _ => due,
    }
}

/// How long a stopped clock has stood: at most so long in all, of which some was used up before.
pub fn stood_still(calendar: &Calendar, paused_at: Moment, now: Moment, before: Duration, most: Limit) -> Duration {
    let most = most.after(calendar, paused_at).since(paused_at) - before;
    now.since(paused_at).clamp(Duration::zero(), most.max(Duration::zero()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::parse(text).unwrap_or_else(|| Moment::from_micros(0))
    }

    #[test]
    fn a_number_is_read_as_people_type_it_and_a_wrong_character_is_found() {
        let number = new_number();
        assert_eq!(parse_number(&number.to_lowercase()), Some(number.clone()));
        assert_eq!(parse_number(&format!(" {} {}", &number[..4], &number[4..])), Some(number.clone()));
        assert_eq!(parse_number(&number[2..]), Some(number.clone()));
        let wrong = if number.ends_with('7') { "8" } else { "7" };
        assert_eq!(parse_number(&format!("{}{wrong}", &number[..9])), None);
        assert_eq!(parse_number(""), None);
        assert_eq!(parse_number("订单号"), None);
    }

    #[test]
    fn one_working_day_after_friday_is_the_end_of_monday_in_the_county() {
        let calendar = Calendar::plain(crate::clock::COUNTY_ZONE);
        // Friday 6 March 2026, 15:00 in the county.
        assert_eq!(Limit::WorkingDays(1).after(&calendar, at("2026-03-06T07:00:00Z")), at("2026-03-09T16:00:00Z"));
    }

    #[test]
    fn no_deadline_is_later_than_half_of_the_time_to_the_first_window() {
        let calendar = Calendar::plain(crate::clock::COUNTY_ZONE);
        let from = at("2026-03-02T01:00:00Z");
        let window = at("2026-03-02T11:00:00Z");
        assert_eq!(due(&calendar, State::Submitted, Limit::WorkingDays(1), from, Some(window)), at("2026-03-02T06:00:00Z"));
        assert_eq!(due(&calendar, State::Submitted, Limit::WorkingDays(1), from, None), at("2026-03-03T16:00:00Z"));
        assert_eq!(due(&calendar, State::Fulfilled, Limit::Days(7), from, Some(window)), at("2026-03-09T01:00:00Z"));
    }
}
