//! Who has a place and who moves up. Pure.
//!
//! First come, first served. The line is strict: while the first group in it does not fit into what is free, nobody behind it moves
//! up, and who comes new waits behind. The terms of an event can say otherwise (`pass_over`): then those behind a group that does
//! not fit move up past it, and it keeps its place in the line.

use chrono::Duration;

use super::state::RegistrationState;
use crate::clock::Moment;

/// Those in the line who move up into so many free places: their numbers, in the order of the line.
pub fn move_up<Id: Copy>(free: i64, line: &[(Id, i32)], pass_over: bool) -> Vec<Id> {
    let mut free = free;
    let mut up = Vec::new();
    for (id, heads) in line {
        let heads = i64::from(*heads);
        if heads <= free {
            free -= heads;
            up.push(*id);
        } else if !pass_over {
            break;
        }
    }
    up
}

/// How somebody new comes in: with a place, or behind the others.
pub fn enters(free: i64, heads: i32, somebody_waits: bool, pass_over: bool) -> RegistrationState {
    if i64::from(heads) <= free && (!somebody_waits || pass_over) { RegistrationState::Registered } else { RegistrationState::Waiting }
}

/// Until when who moves up confirms: so many hours, never longer than until the event begins.
pub fn confirm_by(now: Moment, hours: i32, begins: Moment) -> Moment {
    now.plus(Duration::hours(i64::from(hours))).min(begins)
}

/// Until when one can register: as the terms say, never longer than until the event begins.
pub fn closes(closes_at: Option<Moment>, begins: Moment) -> Moment {
    closes_at.map_or(begins, |closes| closes.min(begins))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_line_is_strict_unless_the_terms_say_otherwise() {
        let line = [('a', 5), ('b', 1), ('c', 2)];
        assert!(move_up(3, &line, false).is_empty(), "a group of five does not fit, and nobody passes it");
        assert_eq!(move_up(3, &line, true), ['b', 'c']);
        assert_eq!(move_up(6, &line, false), ['a', 'b']);
        assert_eq!(move_up(8, &line, false), ['a', 'b', 'c']);
        assert!(move_up(0, &line, true).is_empty());
        assert_eq!(enters(3, 2, false, false), RegistrationState::Registered);
        assert_eq!(enters(3, 2, true, false), RegistrationState::Waiting, "somebody stands in line");
        assert_eq!(enters(3, 2, true, true), RegistrationState::Registered);
        assert_eq!(enters(1, 2, false, true), RegistrationState::Waiting);
    }

    #[test]
    fn nobody_confirms_or_registers_after_it_has_begun() {
        let hour = 3_600_000_000;
        let at = Moment::from_micros;
        assert_eq!(confirm_by(at(0), 24, at(48 * hour)), at(24 * hour));
        assert_eq!(confirm_by(at(30 * hour), 24, at(48 * hour)), at(48 * hour));
        assert_eq!(closes(None, at(5)), at(5));
        assert_eq!(closes(Some(at(3)), at(5)), at(3));
        assert_eq!(closes(Some(at(9)), at(5)), at(5));
    }

    proptest! {
        #[test]
        fn no_more_move_up_than_there_are_places_and_nobody_who_fits_is_left(free in 0_i64..40, line in prop::collection::vec(1_i32..12, 0..20), pass_over: bool) {
            let line: Vec<(usize, i32)> = line.into_iter().enumerate().collect();
            let up = move_up(free, &line, pass_over);
            let taken: i64 = up.iter().map(|n| i64::from(line[*n].1)).sum();
            prop_assert!(taken <= free);
            prop_assert!(up.windows(2).all(|pair| pair[0] < pair[1]));
            let left = free - taken;
            let stays: Vec<&(usize, i32)> = line.iter().filter(|(n, _)| !up.contains(n)).collect();
            if pass_over {
                prop_assert!(stays.iter().all(|(_, heads)| i64::from(*heads) > left));
            } else {
                prop_assert!(stays.first().is_none_or(|(_, heads)| i64::from(*heads) > left));
                // Nobody moves up past another.
                prop_assert_eq!(up, (0..line.len() - stays.len()).collect::<Vec<_>>());
            }
            // Whoever comes new would not have been let in before them.
            for heads in 1..12 {
                let enters = enters(left, heads, !stays.is_empty(), pass_over);
                prop_assert_eq!(enters == RegistrationState::Registered, i64::from(heads) <= left && (stays.is_empty() || pass_over));
            }
        }

        /// Whatever happens in whatever order, no place is given twice.
        #[test]
        fn through_any_life_of_an_event_what_is_taken_never_exceeds_its_places(
            places in 1_i64..20, pass_over: bool, deeds in prop::collection::vec((0_u8..3, 1_i32..6), 0..80),
        ) {
            // Number, heads, whether it has its places.
            let mut all: Vec<(usize, i32, bool)> = Vec::new();
            for (n, (what, heads)) in deeds.into_iter().enumerate() {
                let taken = |all: &[(usize, i32, bool)]| all.iter().filter(|one| one.2).map(|one| i64::from(one.1)).sum::<i64>();
                match what {
                    0 if !all.is_empty() => drop(all.remove(usize::try_from(heads).unwrap_or(0) % all.len())),
                    _ => {
                        let waits = all.iter().any(|one| !one.2);
                        let state = enters(places - taken(&all), heads, waits, pass_over);
                        all.push((n, heads, state.takes()));
                    }
                }
                let line: Vec<(usize, i32)> = all.iter().filter(|one| !one.2).map(|one| (one.0, one.1)).collect();
                let up = move_up(places - taken(&all), &line, pass_over);
                for one in &mut all {
                    one.2 |= up.contains(&one.0);
                }
                prop_assert!(taken(&all) <= places);
            }
        }
    }
}
