//! When a door is open, which code it shows, and what the counts of an event come to. Pure.

use chrono::Duration;
use hmac::Mac;

use crate::clock::{Calendar, Moment};
use crate::ids::EventSessionId;
use crate::secrets;

/// For so long a door shows one code.
pub const STEP_SECONDS: i64 = 60;
/// So many codes back still count: who types slowly, or waits for a page, has at least two minutes.
const STEPS_BACK: i64 = 2;
/// A door opens so long before the start,
const BEFORE: i64 = 60;
/// and closes so long after the end.
const AFTER: i64 = 30;
/// What was scanned without a network may be sent for so long.
pub const LATEST_DAYS: i64 = 3;
/// A family at most: more are a group, which its leader says at the door.
pub const MOST_HEADS: i32 = 10;
/// What stands on paper is typed in within so many working days after the end (民政部令67号, Art. 11).
const PAPER_DAYS: u32 = 10;

/// From when until when the door of a session is open.
pub fn door(starts_at: Moment, ends_at: Moment) -> (Moment, Moment) {
    (starts_at.minus(Duration::minutes(BEFORE)), ends_at.plus(Duration::minutes(AFTER)))
}

/// Whether a door is open at a moment, its first one included and its last one not.
pub fn is_open((opens, closes): (Moment, Moment), at: Moment) -> bool {
    opens <= at && at < closes
}

fn step(at: Moment) -> i64 {
    at.micros().div_euclid(STEP_SECONDS * 1_000_000)
}

/// For how many seconds the code of this moment is shown: at least one.
pub fn seconds_left(at: Moment) -> i64 {
    let into = at.micros().rem_euclid(STEP_SECONDS * 1_000_000);
    STEP_SECONDS - into / 1_000_000
}

/// The six digits that the door of a session shows at a moment.
pub fn code(key: &[u8], session: EventSessionId, at: Moment) -> String {
    code_of(key, session, step(at))
}

fn code_of(key: &[u8], session: EventSessionId, step: i64) -> String {
    let mut mac = secrets::mac(key);
    mac.update(b"code of a door");
    mac.update(&session.0.to_be_bytes());
    mac.update(&step.to_be_bytes());
    let number = mac.finalize().into_bytes().iter().take(8).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    format!("{:06}", number % 1_000_000)
}

/// Whether the door of a session showed this code at a moment, or a little before.
pub fn showed(key: &[u8], session: EventSessionId, at: Moment, code: &str) -> bool {
    let now = step(at);
    // Every one is looked at, so that the time taken tells nothing.
    (now - STEPS_BACK..=now).fold(false, |found, step| secrets::same(&code_of(key, session, step), code) | found)
}

/// Until when the sign-in sheet of a session is typed in.
pub fn paper_by(calendar: &Calendar, ends_at: Moment) -> Moment {
    calendar.after_working_days(ends_at, PAPER_DAYS)
}

/// What a session counts, in person-times: what was reported of it; else what was counted at the door and on paper; nothing where
/// nobody has counted.
pub fn figure(reported: Option<i64>, counted: Option<i64>) -> Option<i64> {
    reported.or(counted)
}

/// What was counted of a session: at the door, and on the sheet.
pub fn counted(checked_in: i64, paper: Option<i64>) -> Option<i64> {
    match (checked_in, paper) {
        (0, None) => None,
        (checked_in, paper) => Some(checked_in + paper.unwrap_or(0)),
    }
}

/// How many persons came, as far as anybody can know: who came twice is one person and two person-times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Persons {
    pub at_least: i64,
    pub at_most: i64,
}

/// The persons behind the person-times of an event's sessions. Who checked in is known apart; of all others it is not known who came
/// twice: at least as many persons as came to the fullest session, at most as many as were counted.
pub fn persons(figures: &[i64], checked_in: i64, known: i64) -> Persons {
    let all: i64 = figures.iter().sum();
    let fullest = figures.iter().copied().max().unwrap_or(0);
    let at_least = fullest.max(known.min(all));
    Persons { at_least, at_most: (all - (checked_in - known)).clamp(at_least, all.max(at_least)) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::clock::COUNTY_ZONE;

    const KEY: [u8; 32] = [7; 32];

    fn at(text: &str) -> Moment {
        Moment::parse(text).expect("a moment")
    }

    #[test]
    fn a_door_opens_an_hour_before_the_start_and_closes_half_an_hour_after_the_end() {
        let door = door(at("2026-03-02T01:00:00Z"), at("2026-03-02T03:00:00Z"));
        for (moment, open) in [("2026-03-01T23:59:59Z", false), ("2026-03-02T00:00:00Z", true), ("2026-03-02T03:29:59Z", true), ("2026-03-02T03:30:00Z", false)]
        {
            assert_eq!(is_open(door, at(moment)), open, "{moment}");
        }
    }

    #[test]
    fn a_code_is_of_one_door_for_a_minute_and_counts_for_two_more() {
        let shown = at("2026-03-02T01:00:10Z");
        let session = EventSessionId(5);
        let digits = code(&KEY, session, shown);
        assert!(digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit()), "{digits}");
        assert_eq!(code(&KEY, session, at("2026-03-02T01:00:59Z")), digits);
        assert_ne!(code(&KEY, session, at("2026-03-02T01:01:00Z")), digits);
        assert_eq!((seconds_left(shown), seconds_left(at("2026-03-02T01:00:59.9Z")), seconds_left(at("2026-03-02T01:01:00Z"))), (50, 1, 60));
        for (moment, counts) in
            [("2026-03-02T00:59:59Z", false), ("2026-03-02T01:00:00Z", true), ("2026-03-02T01:02:59Z", true), ("2026-03-02T01:03:00Z", false)]
        {
            assert_eq!(showed(&KEY, session, at(moment), &digits), counts, "{moment}");
        }
        assert!(!showed(&KEY, EventSessionId(6), shown, &digits), "another door");
        assert!(!showed(&[8; 32], session, shown, &digits), "another secret");
    }

    #[test]
    fn a_sheet_is_typed_in_until_ten_working_days_have_passed() {
        // Monday, over one weekend and the next: the close of Monday the 16th, by the county's clock.
        assert_eq!(paper_by(&Calendar::plain(COUNTY_ZONE), at("2026-03-02T03:00:00Z")), at("2026-03-16T16:00:00Z"));
    }

    #[test]
    fn persons_and_person_times_are_two_figures() {
        let persons = |figures: &[i64], checked_in, known| {
            let Persons { at_least, at_most } = persons(figures, checked_in, known);
            (at_least, at_most)
        };
        assert_eq!(persons(&[52], 0, 0), (52, 52), "one session: each came once");
        assert_eq!(persons(&[30, 20], 0, 0), (30, 50), "who of them came twice is not known");
        assert_eq!(persons(&[3, 3], 6, 4), (4, 4), "all checked in: two of them twice");
        assert_eq!(persons(&[30, 20], 10, 6), (30, 46));
        assert_eq!(persons(&[1, 0], 8, 5), (1, 1), "who reports fewer than checked in is believed");
        assert_eq!((counted(0, None), counted(0, Some(0)), counted(3, None), counted(3, Some(4))), (None, Some(0), Some(3), Some(7)));
        assert_eq!((figure(Some(5), Some(9)), figure(None, Some(9)), figure(None, None)), (Some(5), Some(9), None));
    }

    proptest! {
        #[test]
        fn there_are_never_more_persons_than_person_times(figures in prop::collection::vec(0_i64..5000, 1..20), checked_in in 0_i64..5000, share in 0_i64..=100) {
            let known = checked_in * share / 100;
            let Persons { at_least, at_most } = persons(&figures, checked_in, known);
            let all: i64 = figures.iter().sum();
            prop_assert!(at_least <= at_most && at_most <= all);
            prop_assert!(figures.iter().all(|figure| *figure <= at_least));
        }

        #[test]
        fn a_code_that_is_shown_counts_at_once(micros in 0_i64..4_000_000_000_000_000, session in 1_i64..1_000_000) {
            let (moment, session) = (Moment::from_micros(micros), EventSessionId(session));
            let digits = code(&KEY, session, moment);
            prop_assert!(showed(&KEY, session, moment, &digits));
            prop_assert!(showed(&KEY, session, moment.plus(Duration::seconds(120)), &digits));
            prop_assert!((1..=STEP_SECONDS).contains(&seconds_left(moment)));
        }
    }
}
