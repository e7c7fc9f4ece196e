//! The SQL of reports: reads any table, writes none.

use diesel::dsl::{count, count_star, min, sql, sum};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::actor::{OrganisationKind, Role};
use crate::clock::Moment;
use crate::db::{self, Backend, Clause, Db};
use crate::error::Result;
use crate::events::SessionState;
use crate::ids::{OrderId, OrganisationId, PlanId, PlanItemId};
use crate::orders::state::{State, Verb};
use crate::schema::{event_sessions, order_moves, order_progress, orders, organisations, plan_items};

/// Orders that stand alike at one place under one department.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Counted {
    pub state: State,
    pub place_path: String,
    pub department: Option<OrganisationId>,
    pub count: i64,
    pub late: i64,
    /// Since when the one that has stood longest stands so.
    pub since: Option<Moment>,
}

/// How many orders wait, by state, place and department.
pub(super) fn waiting(db: &mut Db, of: Clause) -> Result<Vec<Counted>> {
    Ok(orders::table
        .filter(of)
        .filter(orders::state.eq_any(State::AWAITING))
        .group_by((orders::state, orders::place_path, orders::department_id))
        .select((orders::state, orders::place_path, orders::department_id, count_star(), count(orders::late_at), min(orders::stage_at)))
        .load(db)?)
}

/// How many orders stand in a state.
pub(super) fn in_state(db: &mut Db, of: Clause, state: State) -> Result<i64> {
    Ok(orders::table.filter(of).filter(orders::state.eq(state)).count().get_result(db)?)
}

/// Since when the order at this place in the line stands in this state, the newest first.
pub(super) fn stands_since(db: &mut Db, of: Clause, state: State, place: i64) -> Result<Option<Moment>> {
    Ok(orders::table
        .filter(of)
        .filter(orders::state.eq(state))
        .order(orders::stage_at.desc())
        .offset(place)
        .limit(1)
        .select(orders::stage_at)
        .first(db)
        .optional()?)
}

/// A department as a report names it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct DepartmentRow {
    pub id: OrganisationId,
    pub name: String,
    pub active: bool,
}

/// A county's departments, by number, those that are closed too.
pub(super) fn departments(db: &mut Db, county: &str) -> Result<Vec<DepartmentRow>> {
    Ok(organisations::table
        .filter(organisations::county.eq(county))
        .filter(organisations::kind.eq(OrganisationKind::Department))
        .order(organisations::id)
        .select((organisations::id, organisations::name, organisations::active))
        .load(db)?)
}

/// Which orders nobody took.
#[derive(Debug, Clone, Default)]
pub struct UnmetFilter {
    /// A division's path: its whole subtree.
    pub place: Option<String>,
    pub department: Option<OrganisationId>,
    /// A task; a programme with all its tasks.
    pub plan_item: Option<PlanItemId>,
    /// Given up at or after this moment.
    pub from: Option<Moment>,
    /// Given up before this moment.
    pub before: Option<Moment>,
}

/// A page of the orders that nobody took, newest first: one more than asked for tells that there is a next page.
pub(super) fn unmet(db: &mut Db, of: Clause, filter: &UnmetFilter, below: Option<i64>, most: i64) -> Result<Vec<OrderId>> {
    let mut query =
        orders::table.filter(of).filter(orders::state.eq(State::Unmet)).order(orders::id.desc()).limit(most).select(orders::id).into_boxed::<Backend>();
    if let Some(below) = below {
        query = query.filter(orders::id.lt(OrderId(below)));
    }
    if let Some(place) = &filter.place {
        query = query.filter(orders::place_path.ge(place.clone())).filter(orders::place_path.lt(crate::divisions::after_subtree(place)));
    }
    if let Some(department) = filter.department {
        query = query.filter(orders::department_id.eq(department));
    }
    if let Some(item) = filter.plan_item {
        let items = plan_items::table.filter(plan_items::id.eq(item).or(plan_items::parent_id.eq(Some(item)).assume_not_null()));
        query = query.filter(orders::plan_item_id.eq_any(items.select(plan_items::id.nullable())));
    }
    if let Some(from) = filter.from {
        query = query.filter(orders::stage_at.ge(from));
    }
    if let Some(before) = filter.before {
        query = query.filter(orders::stage_at.lt(before));
    }
    Ok(query.load(db)?)
}

/// Why and by whom an order was given up.
#[derive(Debug, Clone, Queryable)]
pub struct GivenUp {
    pub order: OrderId,
    pub at: Moment,
    pub role: Option<Role>,
    pub reason: Option<String>,
}

/// How these orders were given up, oldest first: one can be given up again after it was taken up anew.
pub(super) fn given_up(db: &mut Db, ids: &[OrderId]) -> Result<Vec<GivenUp>> {
    Ok(order_moves::table
        .filter(db::one_of(order_moves::order_id, ids))
        .filter(order_moves::verb.eq(Verb::GiveUp))
        .order(order_moves::id)
        .select((order_moves::order_id, order_moves::at, order_moves::actor_role, order_moves::note))
        .load(db)?)
}

/// Which work: of a plan, by its items, or of a county outside any plan.
#[derive(Debug, Clone)]
pub enum Work {
    Plan(PlanId),
    Outside(String),
}

impl Work {
    fn condition(&self) -> Clause {
        match self {
            // An item and the orders under it are of one county.
            Self::Plan(plan) => Clause::sql("orders.plan_item_id IN (SELECT id FROM plan_items WHERE plan_id = ").bind(plan.0).then(")"),
            Self::Outside(county) => Clause::sql("orders.outside_plan AND orders.county = ").bind(county.as_str()),
        }
    }
}

/// How many orders stand in each state, by item.
pub(super) fn orders_by_item(db: &mut Db, work: &Work) -> Result<Vec<(Option<PlanItemId>, State, i64)>> {
    Ok(orders::table
        .filter(work.condition())
        .group_by((orders::plan_item_id, orders::state))
        .select((orders::plan_item_id, orders::state, count_star()))
        .load(db)?)
}

/// What took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Held {
    pub item: Option<PlanItemId>,
    /// Orders with at least one session that was held.
    pub orders: i64,
    pub sessions: i64,
    /// Persons who came, all sessions together.
    pub attendance: Option<i64>,
}

/// What took place, by item.
pub(super) fn held_by_item(db: &mut Db, work: &Work) -> Result<Vec<Held>> {
    macro_rules! held {
        ($of:expr) => {
            orders::table
                .inner_join(order_progress::table)
                .inner_join(event_sessions::table.on(event_sessions::event_id.nullable().eq(order_progress::event_id)))
                .filter($of)
                .filter(event_sessions::state.eq(SessionState::Held))
                .group_by(orders::plan_item_id)
                .select((orders::plan_item_id, sql::<BigInt>("count(DISTINCT orders.id)"), count(event_sessions::id), sum(event_sessions::attendance)))
                .load(db)?
        };
    }
    Ok(match work {
        Work::Plan(plan) => held!(orders::plan_item_id.eq_any(plan_items::table.filter(plan_items::plan_id.eq(*plan)).select(plan_items::id.nullable()))),
        Work::Outside(county) => held!(orders::outside_plan.and(orders::county.eq(county))),
    })
}
