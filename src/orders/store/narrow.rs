//! Narrower lists: what somebody has to do with in one role, and the lists behind a report's numbers.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::actor::{Actor, Role, Seat};
use crate::ids::PlanItemId;
use crate::schema::{orders, plan_items};
use crate::text_enum;

use super::super::state::State;
use super::list::{Condition, asked_by, within};

text_enum! {
    /// What a reader has to do with in one role now, and nothing beside it.
    pub enum AsRole {
        /// The county.
        Supervisor = "supervisor",
        /// The area of the centre, and what the centre holds.
        Dispatcher = "dispatcher",
        /// What the department leads now.
        Officer = "officer",
        /// What the team holds now.
        Leader = "leader",
    }
}

impl AsRole {
    pub const fn role(self) -> Role {
        match self {
            Self::Supervisor => Role::Supervisor,
            Self::Dispatcher => Role::Dispatcher,
            Self::Officer => Role::Officer,
            Self::Leader => Role::Leader,
        }
    }
}

/// Which of the orders in reach, beside what a list is usually asked for.
#[derive(Debug, Clone, Default)]
pub struct Narrow {
    pub as_role: Option<AsRole>,
    /// Only where something is awaited.
    pub open: bool,
    /// A division's path: this very place, nothing below it.
    pub here: Option<String>,
    pub without_department: bool,
    /// A task; a programme with all its tasks.
    pub plan_item: Option<PlanItemId>,
    pub outside_plan: bool,
    /// Only with a session that was held.
    pub held: bool,
}

impl Narrow {
    pub(super) fn conditions(&self, actor: &Actor, mine: bool) -> Vec<Condition> {
        let Self { as_role, open, here, without_department, plan_item, outside_plan, held } = self;
        let mut all: Vec<Condition> = Vec::new();
        if as_role.is_some() && mine {
            all.push(asked_by(actor.person));
        }
        if *open {
            all.push(Box::new(orders::state.eq_any(State::AWAITING)));
        }
        if let Some(here) = here {
            all.push(Box::new(orders::place_path.eq(here.clone())));
        }
        if *without_department {
            all.push(Box::new(orders::department_id.is_null()));
        }
        if let Some(item) = plan_item {
            let items = plan_items::table.filter(plan_items::id.eq(*item).or(plan_items::parent_id.eq(Some(*item)).assume_not_null()));
            all.push(Box::new(orders::plan_item_id.eq_any(items.select(plan_items::id.nullable())).assume_not_null()));
        }
        if *outside_plan {
            all.push(Box::new(orders::outside_plan));
        }
        if *held {
            all.push(was_held());
        }
        all
    }
}

/// A session of the order was held, at least.
fn was_held() -> Condition {
    Box::new(sql::<Bool>(
        "EXISTS (SELECT 1 FROM order_progress p INNER JOIN event_sessions s ON s.event_id = p.event_id WHERE p.order_id = orders.id AND s.state = 'held')",
    ))
}

/// What somebody has to do with in one role now; nothing where they have not the role.
pub fn own(actor: &Actor, role: AsRole) -> Option<Condition> {
    let seats: Vec<&Seat> = actor.seats(role.role()).collect();
    if seats.is_empty() {
        return None;
    }
    let organisations: Vec<_> = seats.iter().map(|seat| seat.organisation).collect();
    match role {
        AsRole::Officer => Some(Box::new(orders::department_id.eq_any(organisations).assume_not_null())),
        AsRole::Leader => Some(Box::new(orders::team_id.eq_any(organisations).assume_not_null())),
        AsRole::Supervisor => any(seats.iter().map(|seat| -> Condition { Box::new(orders::county.eq(seat.county.clone())) })),
        AsRole::Dispatcher => any(seats.iter().map(|seat| area(seat))),
    }
}

/// What a dispatcher's centre has to do with: its area, and what it holds from elsewhere, of the farm taken in as a service or
/// transferred here.
fn area(seat: &Seat) -> Condition {
    let here = orders::jurisdiction.eq(seat.jurisdiction);
    let held = orders::holding_centre_id.eq(seat.organisation);
    if seat.is_county_wide() { Box::new(orders::county.eq(seat.county.clone()).and(here.or(held))) } else { Box::new(within(&seat.path).and(here).or(held)) }
}

fn any(parts: impl Iterator<Item = Condition>) -> Option<Condition> {
    parts.reduce(|all, one| Box::new(all.or(one)))
}
