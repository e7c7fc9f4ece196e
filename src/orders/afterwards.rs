//! Until when something can still be done to an order that is over: the late review, the dispute, the reopening. How long is data
//! of the county; where it says nothing, the design's numbers hold (section 4).

use std::collections::HashMap;

use super::deed::as_limit;
use super::rules::Limit;
use super::state::State;
use super::store::Order;
use crate::clock::{Calendar, Moment};
use crate::db::Db;
use crate::divisions;
use crate::error::Result;

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

/// What some counties' data say, looked up once for a batch of orders.
#[derive(Default)]
pub struct Terms {
    limits: HashMap<(String, String, bool), Limit>,
    calendars: HashMap<String, Calendar>,
}

impl Terms {
    /// Looks up what these orders need: nothing while none of them is over.
    pub fn of(db: &mut Db, orders: &[Order]) -> Result<Self> {
        let mut counties: Vec<&str> = orders.iter().filter(|order| is_over(order)).map(|order| order.row.county.as_str()).collect();
        counties.sort_unstable();
        counties.dedup();
        let mut terms = Self::default();
        if counties.is_empty() {
            return Ok(terms);
        }
        for (county, rule) in divisions::deadlines(db, &counties, &[REVIEW.0, DISPUTE.0, REOPEN.0])? {
            let limit = as_limit(rule.deadline);
            if matches!(limit, Limit::WorkingDays(_)) && !terms.calendars.contains_key(&county) {
                terms.calendars.insert(county.clone(), divisions::calendar(db, &county)?);
            }
            terms.limits.insert((county, rule.stage, rule.urgent), limit);
        }
        Ok(terms)
    }

    /// The last moments of an order.
    pub fn until(&self, order: &Order) -> Until {
        if !is_over(order) {
            return Until::default();
        }
        let row = &order.row;
        let happened = order.progress.ends_at.or(row.ended_at).unwrap_or(row.stage_at);
        Until {
            review: row.ended_at.map(|end| self.after(order, REVIEW, end)),
            dispute: Some(self.after(order, DISPUTE, happened)),
            reopen: row.ended_at.map(|end| self.after(order, REOPEN, end)),
        }
    }

    fn after(&self, order: &Order, (stage, usual): (&str, Limit), from: Moment) -> Moment {
        let row = &order.row;
        let limit = self.limits.get(&(row.county.clone(), stage.to_owned(), row.urgent)).copied().unwrap_or(usual);
        match self.calendars.get(&row.county) {
            Some(calendar) => limit.after(calendar, from),
            // No limit of this county counts working days.
            None => limit.after(&Calendar::plain(crate::clock::COUNTY_ZONE), from),
        }
    }
}

/// Whether its day is past or its life has ended, so far as its state says.
fn is_over(order: &Order) -> bool {
    matches!(order.row.state, State::Scheduled | State::Fulfilled | State::Closed | State::Rejected | State::Unmet)
}
