//! Which session stands in for which when an event is planned anew. Pure.

use crate::clock::Span;

/// Which old session each new one stands in for, by their places in the two lists: the one of the same time, and of the others the
/// first for the first. Nothing: it is a new one.
pub fn stand_ins(old: &[Span], new: &[Span]) -> Vec<Option<usize>> {
    let mut free: Vec<usize> = (0..old.len()).collect();
    free.sort_by_key(|n| old[*n]);
    let mut found: Vec<Option<usize>> = new
        .iter()
        .map(|span| {
            let same = free.iter().position(|n| old[*n] == *span)?;
            Some(free.remove(same))
        })
        .collect();
    let mut moved: Vec<usize> = (0..new.len()).filter(|n| found[*n].is_none()).collect();
    moved.sort_by_key(|n| new[*n]);
    for (n, stands_in_for) in moved.into_iter().zip(free) {
        found[n] = Some(stands_in_for);
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::clock::Moment;

    #[test]
    fn a_session_that_stays_where_it_was_is_the_same_and_of_the_others_the_first_is_the_first() {
        let span = |from: i64| (Moment::from_micros(from), Moment::from_micros(from + 5));
        let old = [span(10), span(20), span(30)];
        assert_eq!(stand_ins(&old, &[span(10), span(30)]), [Some(0), Some(2)]);
        assert_eq!(stand_ins(&old, &[span(40), span(25), span(20), span(60)]), [Some(2), Some(0), Some(1), None]);
        assert_eq!(stand_ins(&[], &[span(1)]), [None]);
        assert_eq!(stand_ins(&[span(10), span(10)], &[span(10), span(10)]), [Some(0), Some(1)]);
    }

    proptest! {
        #[test]
        fn no_old_session_is_stood_in_for_twice_and_as_many_stay_as_can(
            old in prop::collection::vec(0_i64..9, 0..8),
            new in prop::collection::vec(0_i64..9, 0..8),
        ) {
            let span = |from: &i64| (Moment::from_micros(*from), Moment::from_micros(from + 1));
            let (old, new): (Vec<Span>, Vec<Span>) = (old.iter().map(span).collect(), new.iter().map(span).collect());
            let found = stand_ins(&old, &new);
            let kept: Vec<usize> = found.iter().flatten().copied().collect();
            let mut once = kept.clone();
            once.sort_unstable();
            once.dedup();
            prop_assert_eq!(kept.len(), once.len());
            prop_assert_eq!(kept.len(), old.len().min(new.len()));
            // Whatever both lists have stays where it was, as often as both have it.
            for at in 0..9 {
                let at = span(&at);
                let both = old.iter().filter(|span| **span == at).count().min(new.iter().filter(|span| **span == at).count());
                let stayed = found.iter().zip(&new).filter(|(kept, new)| **new == at && kept.is_some_and(|n| old[n] == at)).count();
                prop_assert_eq!(stayed, both);
            }
        }
    }
}
