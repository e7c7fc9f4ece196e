//! What can stand beside what. Pure.

use super::Held;
use crate::clock::{Moment, Span};

/// Why a wish cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clash {
    /// Who is there; empty where more is wished for than there is.
    pub by: Option<Held>,
    /// How many places are free all the while, where places were wished for and nobody has the space alone.
    pub left: Option<i32>,
}

/// What stands in the way of a wish that begins at a moment, given all that overlaps it in the order of time, and how many places
/// there are to share.
pub(super) fn clash(held: &[Held], from: Moment, places: Option<i32>, there_are: i32) -> Option<Clash> {
    let Some(places) = places else { return held.first().map(|first| Clash { by: Some(*first), left: None }) };
    if let Some(alone) = held.iter().find(|held| held.places.is_none()) {
        return Some(Clash { by: Some(*alone), left: None });
    }
    let left = there_are - peak(held, from);
    (places > left).then(|| Clash { by: held.first().copied(), left: Some(left.max(0)) })
}

/// What stands in the way of taking so many places, or all, in a span, given all that is held in the order of time.
pub fn in_the_way(held: &[Held], (from, until): Span, places: Option<i32>, there_are: i32) -> Option<Clash> {
    let overlapping: Vec<Held> = held.iter().filter(|held| held.until > from && held.from < until).copied().collect();
    clash(&overlapping, from, places, there_are)
}

/// The most places that are taken at one instant from a moment on. What is taken grows only where a booking begins, so only these
/// instants are looked at.
pub fn peak(held: &[Held], from: Moment) -> i32 {
    let taken = |at: Moment| held.iter().filter(|held| held.from <= at && at < held.until).filter_map(|held| held.places).sum();
    let begins = held.iter().map(|held| held.from).filter(|begin| *begin > from);
    begins.chain([from]).map(taken).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Holder;
    use super::*;
    use crate::ids::EventSessionId;

    fn held(places: Option<i32>, from: i64, until: i64) -> Held {
        Held { holder: Holder::Session(EventSessionId(1)), places, from: Moment::from_micros(from), until: Moment::from_micros(until) }
    }

    /// All that overlaps a span, in the order of time, as the store gives it.
    fn beside(all: &[Held], from: i64, until: i64) -> Vec<Held> {
        let (from, until) = (Moment::from_micros(from), Moment::from_micros(until));
        let mut beside: Vec<Held> = all.iter().filter(|held| held.until > from && held.from < until).copied().collect();
        beside.sort_by_key(|held| held.from);
        beside
    }

    #[test]
    fn who_has_a_space_alone_and_who_shares_it_never_meet_but_back_to_back_they_may() {
        let all = [held(None, 10, 20), held(Some(3), 20, 30)];
        let at = |from: i64, until: i64, places: Option<i32>| clash(&beside(&all, from, until), Moment::from_micros(from), places, 5);
        assert_eq!(at(5, 11, Some(1)).map(|clash| (clash.by, clash.left)), Some((Some(all[0]), None)));
        assert_eq!(at(29, 40, None).and_then(|clash| clash.by), Some(all[1]));
        assert_eq!(at(0, 10, None), None);
        assert_eq!(at(30, 40, None), None);
        assert_eq!(at(20, 30, Some(2)), None);
        assert_eq!(at(20, 30, Some(3)), Some(Clash { by: Some(all[1]), left: Some(2) }));
        assert_eq!(at(40, 50, Some(6)), Some(Clash { by: None, left: Some(5) }));
    }

    proptest! {
        /// Told by counting at every instant: what is let in never takes more places than there are, and what is kept out would.
        #[test]
        fn at_no_instant_are_more_places_taken_than_there_are_and_none_is_kept_out_for_nothing(
            wishes in prop::collection::vec((0_i64..40, 1_i64..20, 1_i32..6), 1..40),
            there_are in 1_i32..8,
        ) {
            let mut all: Vec<Held> = Vec::new();
            for (from, long, places) in wishes {
                let until = from + long;
                let fits = (from..until).all(|at| {
                    let at = Moment::from_micros(at);
                    let taken: i32 = all.iter().filter(|held| held.from <= at && at < held.until).filter_map(|held| held.places).sum();
                    taken + places <= there_are
                });
                let clash = clash(&beside(&all, from, until), Moment::from_micros(from), Some(places), there_are);
                prop_assert_eq!(clash.is_none(), fits);
                if fits {
                    all.push(held(Some(places), from, until));
                }
            }
        }
    }
}
