//! Narrower lists: what somebody has to do with in one role, and the lists behind a report's numbers.

use crate::actor::{Actor, Role, Seat};
use crate::db::Clause;
use crate::ids::{OrganisationId, PlanItemId};
use crate::text_enum;

use super::super::state::State;
use super::list::{asked_by, of_county, within};

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
    pub(super) fn conditions(&self, actor: &Actor, mine: bool) -> Vec<Clause> {
        let Self { as_role, open, here, without_department, plan_item, outside_plan, held } = self;
        let mut all: Vec<Clause> = Vec::new();
        if as_role.is_some() && mine {
            all.push(asked_by(actor.person));
        }
        if *open {
            let states: Vec<String> = State::AWAITING.iter().map(|state| format!("'{state}'")).collect();
            all.push(Clause::sql(format!("orders.state IN ({})", states.join(", "))));
        }
        if let Some(here) = here {
            all.push(Clause::sql("orders.place_path = ").bind(here.as_str()));
        }
        if *without_department {
            all.push(Clause::sql("orders.department_id IS NULL"));
        }
        if let Some(item) = plan_item {
            let items = Clause::sql("SELECT id FROM plan_items WHERE id = ").bind(item.0).then(" OR parent_id = ").bind(item.0);
            all.push(Clause::sql("orders.plan_item_id IN (").with(items).then(")"));
        }
        if *outside_plan {
            all.push(Clause::sql("orders.outside_plan"));
        }
        if *held {
            all.push(was_held());
        }
        all
    }
}

/// A session of the order was held, at least.
fn was_held() -> Clause {
    Clause::sql(
        "EXISTS (SELECT 1 FROM order_progress p INNER JOIN event_sessions s ON s.event_id = p.event_id WHERE p.order_id = orders.id AND s.state = 'held')",
    )
}

/// What somebody has to do with in one role now; nothing where they have not the role.
pub fn own(actor: &Actor, role: AsRole) -> Option<Clause> {
    let seats: Vec<&Seat> = actor.seats(role.role()).collect();
    match role {
        AsRole::Officer => among("orders.department_id", seats.iter().map(|seat| seat.organisation)),
        AsRole::Leader => among("orders.team_id", seats.iter().map(|seat| seat.organisation)),
        AsRole::Supervisor => seats.iter().map(|seat| of_county(&seat.county)).reduce(Clause::or),
        AsRole::Dispatcher => seats.iter().map(|seat| area(seat)).reduce(Clause::or),
    }
}

/// What a dispatcher's centre has to do with: its area, and what it holds from elsewhere, of the farm taken in as a service or
/// transferred here.
fn area(seat: &Seat) -> Clause {
    let here = Clause::sql("orders.jurisdiction = ").bind(seat.jurisdiction.as_str());
    let held = Clause::sql("orders.holding_centre_id = ").bind(seat.organisation.0);
    if seat.is_county_wide() { of_county(&seat.county).and(here.or(held)) } else { within(&seat.path).and(here).or(held) }
}

/// That a column has one of these; nothing where there are none.
fn among(column: &'static str, ids: impl Iterator<Item = OrganisationId>) -> Option<Clause> {
    let list = ids.map(|id| Clause::default().bind(id.0)).reduce(|all, one| all.then(", ").with(one))?;
    Some(Clause::sql(column).then(" IN (").with(list).then(")"))
}
