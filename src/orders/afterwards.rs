//! Until when something can still be done to an order that is over: the late review, the dispute, the reopening. How long is data
//! of the county; where it says nothing, the design's numbers hold (section 4).

use super::rules::Limit;
use super::state::State;
use super::store::Order;
use crate::clock::{COUNTY_ZONE, Calendar, Moment};

/// The stages of the county's deadlines that count from an end, with the design's numbers.
const REVIEW: (&str, Limit) = ("review_late", Limit::Days(30));
const DISPUTE: (&str, Limit) = ("dispute", Limit::Days(30));
const REOPEN: (&str, Limit) = ("reopen", Limit::Days(180));

/// The last moments for what can be done to an order that is over; empty while it is not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Until {
    /// To review it, though it was closed unrated.
    pub review: Option<Moment>,
    pub dispute: Option<Moment>,
    pub reopen: Option<Moment>,
}

/// The last moments of an order; nothing while it is not over.
pub fn until(order: &Order) -> Until {
    if !is_over(order) {
        return Until::default();
    }
    let row = &order.row;
    let happened = order.progress.ends_at.or(row.ended_at).unwrap_or(row.stage_at);
    Until {
        review: row.ended_at.map(|end| after(order, REVIEW, end)),
        dispute: Some(after(order, DISPUTE, happened)),
        reopen: row.ended_at.map(|end| after(order, REOPEN, end)),
    }
}

fn after(order: &Order, (stage, usual): (&str, Limit), from: Moment) -> Moment {
    match order.directory.county(&order.row.county) {
        Some(rules) => rules.limit(stage, order.row.urgent).unwrap_or(usual).after(&rules.calendar, from),
        None => usual.after(&Calendar::plain(COUNTY_ZONE), from),
    }
}

/// Whether its day is past or its life has ended, so far as its state says.
fn is_over(order: &Order) -> bool {
    matches!(order.row.state, State::Scheduled | State::Fulfilled | State::Closed | State::Rejected | State::Unmet)
}
