//! What was done under a plan: orders, sessions and attendance by its items, and its targets.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::cells::{Number, OrdersFilter};
use super::store::{self, Held, Work};
use crate::actor::Act;
use crate::clock::Moment;
use crate::db::Db;
use crate::error::Result;
use crate::ids::{OrganisationId, PlanItemId};
use crate::orders::state::State;
use crate::orders::store::AsRole;
use crate::plan::{self, Measure, Plan, PlanItem, PlanItemKind, PlanPart, PlanUnit, Target, TargetValue};

/// A unit that answers for an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ItemUnit {
    pub id: OrganisationId,
    pub name: String,
    /// As this paragraph of the plan spells it.
    pub spelled: String,
}

/// How many orders stand in a state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StateNumber {
    pub state: State,
    #[serde(flatten)]
    pub number: Number,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WorkReport {
    /// Always all states, in the order of the chain.
    pub orders: Vec<StateNumber>,
    pub total: Number,
    /// Orders with at least one session that was held: the list behind the sessions and the attendance.
    pub held_orders: Number,
    pub sessions_held: i64,
    /// Persons who came, all sessions together.
    pub attendance: i64,
}

/// A programme or task with what was done under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Item {
    pub id: PlanItemId,
    #[schema(example = "A1.1")]
    pub code: String,
    pub kind: PlanItemKind,
    #[schema(example = "A1")]
    pub parent_code: Option<String>,
    pub title: String,
    /// Whether events can count towards it.
    pub countable: bool,
    /// 牵头单位; a task shows those of its programme.
    pub lead_units: Vec<ItemUnit>,
    pub responsible_units: Vec<ItemUnit>,
    /// Of a programme with all its tasks. Null where nothing can be counted and nothing is there: that is not 0.
    pub work: Option<WorkReport>,
}

/// A value of a target on a day.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct DatedValue {
    pub measured_on: NaiveDate,
    pub value: f64,
    pub source: String,
}

/// What was counted towards a target.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CountedValue {
    pub value: f64,
    pub held_orders: Number,
}

/// A target of the plan.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TargetReport {
    #[schema(example = "T2")]
    pub code: String,
    pub title: String,
    #[schema(example = "人次")]
    pub unit: String,
    pub measure: Measure,
    /// A lower bound (以上).
    pub goal: f64,
    pub by_year: i32,
    #[schema(example = "A2.2")]
    pub task_code: Option<String>,
    pub text: String,
    /// The entered value that was measured last.
    pub latest: Option<DatedValue>,
    /// Persons who came to sessions held under its item, where the target is counted so.
    pub counted: Option<CountedValue>,
    /// All entered values, oldest first.
    pub values: Vec<DatedValue>,
}

/// What was done under a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanReport {
    pub as_of: Moment,
    pub plan: Plan,
    /// In the plan's order.
    pub items: Vec<Item>,
    /// What was dispatched as outside the plan, in the whole county.
    pub outside_plan: WorkReport,
    pub targets: Vec<TargetReport>,
}

/// What was counted.
struct Counts {
    orders: Vec<(Option<PlanItemId>, State, i64)>,
    held: Vec<Held>,
}

impl Counts {
    fn read(db: &mut Db, work: &Work) -> Result<Self> {
        Ok(Self { orders: store::orders_by_item(db, work)?, held: store::held_by_item(db, work)? })
    }

    /// Sums up the rows of some items.
    fn of(&self, filter: &OrdersFilter, is: impl Fn(Option<PlanItemId>) -> bool) -> WorkReport {
        let count = |state: Option<State>| self.orders.iter().filter(|row| is(row.0) && state.is_none_or(|state| state == row.1)).map(|row| row.2).sum();
        let held = || self.held.iter().filter(|held| is(held.item));
        let number = |state: State| Number { count: count(Some(state)), filter: OrdersFilter { state: Some(state), ..filter.clone() } };
        WorkReport {
            orders: State::ALL.iter().map(|state| StateNumber { state: *state, number: number(*state) }).collect(),
            total: Number { count: count(None), filter: filter.clone() },
            held_orders: Number { count: held().map(|held| held.orders).sum(), filter: OrdersFilter { held: Some(true), ..filter.clone() } },
            sessions_held: held().map(|held| held.sessions).sum(),
            attendance: held().filter_map(|held| held.attendance).sum(),
        }
    }
}

/// What was done under a plan of the county: so many statements, however many orders there are.
pub fn planned(db: &mut Db, act: &Act, plan: Plan) -> Result<PlanReport> {
    let (items, units) = plan::items(db, plan.id)?;
    let counts = Counts::read(db, &Work::Plan(plan.id))?;
    let outside = Counts::read(db, &Work::Outside(plan.county.clone()))?;
    let (targets, values) = plan::targets(db, plan.id)?;
    let filter = OrdersFilter { as_role: Some(AsRole::Supervisor), ..OrdersFilter::default() };
    let outside_plan = outside.of(&OrdersFilter { outside_plan: Some(true), ..filter.clone() }, |_| true);
    let targets = targets.into_iter().map(|target| target_report(target, &values, &items, &counts, &filter)).collect();
    let rows = items.iter().map(|item| item_report(item, &items, &units, &counts, &filter)).collect();
    Ok(PlanReport { as_of: act.now, plan, items: rows, outside_plan, targets })
}

/// Whether a row counts for an item: it is the item, or one of its tasks.
fn under(items: &[PlanItem], item: PlanItemId, row: Option<PlanItemId>) -> bool {
    row == Some(item) || items.iter().any(|task| Some(task.id) == row && task.parent_id == Some(item))
}

fn item_report(item: &PlanItem, items: &[PlanItem], units: &[PlanUnit], counts: &Counts, filter: &OrdersFilter) -> Item {
    let units_of = |wanted: PlanItemId, part: PlanPart| -> Vec<ItemUnit> {
        let of = units.iter().filter(|unit| unit.item == wanted && unit.part == part);
        of.map(|unit| ItemUnit { id: unit.organisation, name: unit.name.clone(), spelled: unit.spelled.clone() }).collect()
    };
    let work = counts.of(&OrdersFilter { plan_item_id: Some(item.id), ..filter.clone() }, |row| under(items, item.id, row));
    let countable = items.iter().any(|one| one.countable && under(items, item.id, Some(one.id)));
    let mut lead_units = units_of(item.id, PlanPart::Lead);
    if let (true, Some(programme)) = (lead_units.is_empty(), item.parent_id) {
        lead_units = units_of(programme, PlanPart::Lead);
    }
    Item {
        id: item.id,
        code: item.code.clone(),
        kind: item.kind,
        parent_code: items.iter().find(|parent| Some(parent.id) == item.parent_id).map(|parent| parent.code.clone()),
        title: item.title.clone(),
        countable: item.countable,
        lead_units,
        responsible_units: units_of(item.id, PlanPart::Responsible),
        work: Some(work).filter(|work| countable || work.total.count > 0),
    }
}

fn target_report(target: Target, values: &[TargetValue], items: &[PlanItem], counts: &Counts, filter: &OrdersFilter) -> TargetReport {
    let Target { id, plan_id: _, code, title, unit, measure, goal, by_year, plan_item_id, text } = target;
    let dated = |value: &TargetValue| DatedValue { measured_on: value.measured_on, value: value.value, source: value.source.clone() };
    let values: Vec<DatedValue> = values.iter().filter(|value| value.target == id).map(dated).collect();
    let item = items.iter().find(|item| Some(item.id) == plan_item_id);
    let counted = item.filter(|_| measure == Measure::Counted).map(|item| {
        let work = counts.of(&OrdersFilter { plan_item_id: Some(item.id), ..filter.clone() }, |row| under(items, item.id, row));
        // Persons are counted one by one: far below what a float holds exactly.
        #[expect(clippy::cast_precision_loss, reason = "a county has fewer than 2^52 persons")]
        let value = work.attendance as f64;
        CountedValue { value, held_orders: work.held_orders }
    });
    TargetReport {
        code,
        title,
        unit,
        measure,
        goal,
        by_year,
        task_code: item.map(|item| item.code.clone()),
        text,
        latest: values.last().cloned(),
        counted,
        values,
    }
}
