//! A number and the list behind it.

use serde::Serialize;
use utoipa::ToSchema;

use super::store::Counted;
use crate::ids::{OrganisationId, PlanItemId};
use crate::orders::state::State;
use crate::orders::store::AsRole;

/// Parameters of `GET /orders`: the list behind a number. What is absent is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct OrdersFilter {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_role: Option<AsRole>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "230522100000")]
    pub division: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_here: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department_id: Option<OrganisationId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without_department: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_item_id: Option<PlanItemId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outside_plan: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overdue: Option<bool>,
}

/// How many orders, how many of them late, and which.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Cell {
    pub count: i64,
    pub late: i64,
    pub filter: OrdersFilter,
    /// Null where nothing can be late.
    pub late_filter: Option<OrdersFilter>,
}

/// The orders of one stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StageCell {
    pub state: State,
    #[serde(flatten)]
    pub cell: Cell,
}

/// How many orders, and which.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Number {
    pub count: i64,
    pub filter: OrdersFilter,
}

impl Cell {
    pub fn of<'a>(counted: impl Iterator<Item = &'a Counted>, filter: OrdersFilter) -> Self {
        let (count, late) = counted.fold((0, 0), |(count, late), row| (count + row.count, late + row.late));
        let late_filter = Some(OrdersFilter { overdue: Some(true), ..filter.clone() });
        Self { count, late, filter, late_filter }
    }
}

/// The total of what is open, and its stages, always all seven.
pub fn stages(counted: &[&Counted], filter: &OrdersFilter) -> (Cell, Vec<StageCell>) {
    let of = |state: State| {
        let filter = OrdersFilter { state: Some(state), ..filter.clone() };
        StageCell { state, cell: Cell::of(counted.iter().copied().filter(|row| row.state == state), filter) }
    };
    let open = OrdersFilter { open: Some(true), ..filter.clone() };
    (Cell::of(counted.iter().copied(), open), State::AWAITING.into_iter().map(of).collect())
}
