//! What of a day can be put off by itself. Pure.

use std::collections::HashSet;

use super::Line;
use crate::clock::Moment;
use crate::ids::{EventId, OrderId};
use crate::text_enum;

text_enum! {
    /// Why something of the day stays as it is.
    pub enum WhyStays {
        /// It has begun.
        BegunAlready = "begun_already",
        /// It goes on on other days: putting it off would take these away too.
        OtherDays = "other_days",
        /// It is part of something that stays as it is.
        WholeStays = "whole_stays",
        /// It is an order's, and the order cannot be put off by the doer now.
        NotNow = "not_now",
    }
}

/// Why a line stays, looked at by itself.
fn why(line: &Line, (midnight, next): (Moment, Moment), now: Moment, open: &[OrderId]) -> Option<WhyStays> {
    if line.spans.iter().any(|(from, _)| *from <= now) {
        return Some(WhyStays::BegunAlready);
    }
    if line.spans.iter().any(|(from, until)| *from < midnight || next < *until) {
        return Some(WhyStays::OtherDays);
    }
    line.order.filter(|order| !open.contains(order)).map(|_| WhyStays::NotNow)
}

/// Parts what can be put off from what stays. A part goes with its whole, where that goes.
pub(super) fn judge(lines: Vec<Line>, day: (Moment, Moment), now: Moment, open: &[OrderId]) -> (Vec<Line>, Vec<(Line, WhyStays)>) {
    let goes: HashSet<EventId> = lines.iter().filter(|line| why(line, day, now, open).is_none()).map(|line| line.event).collect();
    let there: HashSet<EventId> = lines.iter().map(|line| line.event).collect();
    let (mut postponed, mut left) = (Vec::new(), Vec::new());
    for line in lines {
        let whole_goes = line.parent.map(|parent| (goes.contains(&parent), there.contains(&parent)));
        match (why(&line, day, now, open), whole_goes) {
            (_, Some((true, _))) => postponed.push(line),
            // The whole is there on that day and stays: so does what is in it.
            (None, Some((false, true))) => left.push((line, WhyStays::WholeStays)),
            (None, _) => postponed.push(line),
            (Some(why), _) => left.push((line, why)),
        }
    }
    (postponed, left)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(event: i64, parent: Option<i64>, order: Option<i64>, spans: &[(i64, i64)]) -> Line {
        Line {
            event: EventId(event),
            order: order.map(OrderId),
            parent: parent.map(EventId),
            title: String::new(),
            organiser: None,
            division_code: None,
            expected: 0,
            venue: None,
            spans: spans.iter().map(|(from, until)| (Moment::from_micros(*from), Moment::from_micros(*until))).collect(),
        }
    }

    fn judged(lines: Vec<Line>, now: i64, open: &[i64]) -> (Vec<i64>, Vec<(i64, WhyStays)>) {
        let open: Vec<OrderId> = open.iter().copied().map(OrderId).collect();
        let day = (Moment::from_micros(100), Moment::from_micros(200));
        let (postponed, left) = judge(lines, day, Moment::from_micros(now), &open);
        (postponed.iter().map(|line| line.event.0).collect(), left.iter().map(|(line, why)| (line.event.0, *why)).collect())
    }

    #[test]
    fn what_has_begun_and_what_goes_on_tomorrow_stays() {
        let lines = vec![
            line(1, None, None, &[(100, 200)]),
            line(2, None, None, &[(110, 120), (190, 201)]),
            line(3, None, None, &[(99, 120)]),
            line(4, None, None, &[(120, 130), (300, 310)]),
        ];
        assert_eq!(judged(lines.clone(), 50, &[]), (vec![1], vec![(2, WhyStays::OtherDays), (3, WhyStays::OtherDays), (4, WhyStays::OtherDays)]));
        assert_eq!(judged(lines, 115, &[]).1[..3], [(1, WhyStays::BegunAlready), (2, WhyStays::BegunAlready), (3, WhyStays::BegunAlready)]);
    }

    #[test]
    fn an_order_goes_where_its_own_move_is_open() {
        let lines = vec![line(1, None, Some(7), &[(110, 120)]), line(2, None, Some(8), &[(110, 120)])];
        assert_eq!(judged(lines, 50, &[8]), (vec![2], vec![(1, WhyStays::NotNow)]));
    }

    #[test]
    fn a_stall_goes_with_its_fair_and_stays_with_it() {
        let fair = |until| line(1, None, None, &[(110, until)]);
        let stalls = [line(2, Some(1), None, &[(110, 120)]), line(3, Some(9), None, &[(110, 120)])];
        let with = |fair: Line| [vec![fair], stalls.to_vec()].concat();
        assert_eq!(judged(with(fair(150)), 50, &[]), (vec![1, 2, 3], vec![]));
        assert_eq!(judged(with(fair(250)), 50, &[]), (vec![3], vec![(1, WhyStays::OtherDays), (2, WhyStays::WholeStays)]));
    }
}
