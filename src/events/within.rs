//! How the parts of an event (the stalls of a fair, the halls of an exhibition) stand in it. Pure.
//!
//! A part at a place that its whole has, while the whole has it, takes no place of its own. What is at another place stands for
//! itself. When the whole moves, what stood in it moves along by as much.

use crate::clock::{Moment, Span};
use crate::ids::{PersonId, SpaceId, VenueId};

/// A session of the whole, as its parts see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whole {
    pub starts_at: Moment,
    pub venue: Option<VenueId>,
    /// Empty: it has no place that is booked.
    pub space: Option<SpaceId>,
    /// From when until when it has its place, set-up and clearing included.
    pub at_the_place: Span,
    /// From when until when who is in charge is taken.
    pub under_way: Span,
    pub in_charge: PersonId,
}

/// How a session of a part stands to its whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// At a place of its own.
    Apart,
    /// Where the n-th session of the whole is, and while it is there.
    Within(usize),
    /// Where the whole is, but when it is not there.
    Outside,
}

fn covers(outer: Span, inner: Span) -> bool {
    outer.0 <= inner.0 && inner.1 <= outer.1
}

/// How a session stands that takes its space, if any, for a span.
pub fn stand(wholes: &[Whole], space: Option<SpaceId>, span: Span) -> Stand {
    match wholes.iter().position(|whole| whole.space == space && covers(whole.at_the_place, span)) {
        Some(n) => Stand::Within(n),
        None if space.is_some() && wholes.iter().any(|whole| whole.space == space) => Stand::Outside,
        None => Stand::Apart,
    }
}

/// Whether who is in charge of a part is taken already for the session of the whole in which it stands.
pub fn takes(whole: &Whole, in_charge: PersonId, under_way: Span) -> bool {
    whole.in_charge == in_charge && covers(whole.under_way, under_way)
}

/// Where a session goes that stood in the n-th session of a whole, when the whole moves from its old sessions to new ones: by how
/// much later, and into which of them. As many sessions as before go one to one; of others it stays where it was, if one of them
/// still covers it. Nothing where it would stand outside.
pub fn moved(old: &[Whole], new: &[Whole], n: usize, span: Span) -> Option<(usize, chrono::Duration)> {
    if old.len() == new.len() {
        let (before, after) = (old.get(n)?, new.get(n)?);
        let by = after.starts_at.since(before.starts_at);
        return covers(after.at_the_place, (span.0.plus(by), span.1.plus(by))).then_some((n, by));
    }
    let space = old.get(n)?.space;
    let stays = new.iter().position(|whole| whole.space == space && covers(whole.at_the_place, span))?;
    Some((stays, chrono::Duration::zero()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(minutes: i64) -> Moment {
        Moment::from_micros(minutes * 60_000_000)
    }

    fn span(from: i64, until: i64) -> Span {
        (at(from), at(until))
    }

    /// A session of two hours from a minute on in a space, made ready for half an hour.
    fn whole(from: i64, space: Option<i64>) -> Whole {
        Whole {
            starts_at: at(from),
            venue: space.map(VenueId),
            space: space.map(SpaceId),
            at_the_place: span(from - 30, from + 120),
            under_way: span(from - 60, from + 180),
            in_charge: PersonId(1),
        }
    }

    #[test]
    fn a_stall_stands_in_its_fair_from_the_set_up_to_the_end_and_not_a_minute_more() {
        let fair = [whole(600, Some(7)), whole(2040, Some(7))];
        let hall = Some(SpaceId(7));
        assert_eq!(stand(&fair, hall, span(570, 720)), Stand::Within(0));
        assert_eq!(stand(&fair, hall, span(2100, 2160)), Stand::Within(1));
        assert_eq!(stand(&fair, hall, span(569, 700)), Stand::Outside);
        assert_eq!(stand(&fair, hall, span(600, 721)), Stand::Outside);
        assert_eq!(stand(&fair, hall, span(600, 2160)), Stand::Outside, "the night between is not the fair's");
        assert_eq!(stand(&fair, Some(SpaceId(8)), span(0, 9000)), Stand::Apart);
        // In the open nobody's place is taken: what is at the fair's time stands in it, the rest by itself.
        let market = [whole(600, None)];
        assert_eq!(stand(&market, None, span(600, 660)), Stand::Within(0));
        assert_eq!(stand(&market, None, span(900, 960)), Stand::Apart);
    }

    #[test]
    fn who_runs_the_fair_runs_its_stalls_too_and_nobody_else_does_without_being_taken() {
        let fair = whole(600, Some(7));
        assert!(takes(&fair, PersonId(1), span(600, 660)));
        assert!(!takes(&fair, PersonId(2), span(600, 660)));
        assert!(!takes(&fair, PersonId(1), span(500, 660)), "under way before the fair's own way");
    }

    #[test]
    fn over_the_new_year_a_stall_goes_along_by_as_much_as_its_fair() {
        let eve = Moment::parse("2026-12-31T14:00:00Z").unwrap_or(at(0)).micros() / 60_000_000;
        let (old, new) = ([whole(eve, Some(7))], [whole(eve + 1440, Some(9))]);
        assert_eq!(moved(&old, &new, 0, span(eve, eve + 60)), Some((0, chrono::Duration::days(1))));
        let shorter = [Whole { at_the_place: span(eve + 1410, eve + 1470), ..new[0] }];
        assert_eq!(moved(&old, &shorter, 0, span(eve, eve + 60)), None);
        // With one more session nothing says which is which: what still fits stays.
        let more = [whole(eve, Some(7)), whole(eve + 1440, Some(7))];
        assert_eq!(moved(&old, &more, 0, span(eve, eve + 60)), Some((0, chrono::Duration::zero())));
        assert_eq!(moved(&old, &[whole(eve + 1440, Some(7)), whole(eve + 2880, Some(7))], 0, span(eve, eve + 60)), None);
    }

    proptest! {
        /// Whatever goes along stands in the whole as it did before: as long, as far from its start, and inside.
        #[test]
        fn what_goes_along_stays_as_long_and_stands_within(
            starts in prop::collection::vec(0_i64..5000, 1..5), by in prop::collection::vec(-5000_i64..5000, 5), n in 0_usize..5, from in -30_i64..119, long in 1_i64..150,
        ) {
            let old: Vec<Whole> = starts.iter().map(|start| whole(*start, Some(7))).collect();
            let new: Vec<Whole> = starts.iter().zip(&by).map(|(start, by)| whole(start + by, Some(8))).collect();
            let n = n % old.len();
            let part = span(starts[n] + from, starts[n] + from + long);
            let inside = covers(old[n].at_the_place, part);
            match moved(&old, &new, n, part) {
                Some((to, later)) => {
                    prop_assert!(inside);
                    prop_assert_eq!((to, later), (n, chrono::Duration::minutes(by[n])));
                    prop_assert!(covers(new[to].at_the_place, (part.0.plus(later), part.1.plus(later))));
                }
                None => prop_assert!(!inside),
            }
        }

        /// A part that stands within takes nothing that its whole has not taken: at every minute of it the whole is there.
        #[test]
        fn a_part_stands_within_only_while_one_session_of_the_whole_is_there_all_along(
            starts in prop::collection::vec((0_i64..400, 0_i64..2), 1..5), from in 0_i64..600, long in 1_i64..200, space in 0_i64..2,
        ) {
            let wholes: Vec<Whole> = starts.iter().map(|(start, space)| whole(*start, Some(*space))).collect();
            let found = stand(&wholes, Some(SpaceId(space)), span(from, from + long));
            let held_by = |whole: &Whole| (from..from + long).all(|minute| whole.at_the_place.0 <= at(minute) && at(minute) < whole.at_the_place.1);
            let one = wholes.iter().any(|whole| whole.space == Some(SpaceId(space)) && held_by(whole));
            prop_assert_eq!(matches!(found, Stand::Within(_)), one);
            prop_assert_eq!(found == Stand::Apart, !wholes.iter().any(|whole| whole.space == Some(SpaceId(space))));
        }
    }
}
