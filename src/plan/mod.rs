//! The county's plans: programmes and tasks, the units that answer for them, and targets. Plans come and go: several can stand
//! side by side, one is current, and what was done under an old one stays under it.

mod found;
pub mod http;
mod store;

use chrono::NaiveDate;
use diesel::Queryable;

use crate::db::Db;
use crate::error::Result;
use crate::ids::{OrganisationId, PlanId, PlanItemId};
use crate::text_enum;

pub use found::{NewItem, NewPlan, NewTarget, enter_value, put_item, put_plan, put_target, set_current};

text_enum! {
    /// A programme (提升行动, 重点工程) holds tasks; work counts under tasks.
    pub enum PlanItemKind { Programme = "programme", Task = "task" }
}

text_enum! {
    /// What a unit has to do with an item.
    pub enum PlanPart {
        /// 牵头单位, on programmes.
        Lead = "lead",
        /// 责任单位, on tasks.
        Responsible = "responsible",
    }
}

text_enum! {
    /// Where a target's values come from.
    pub enum Measure {
        /// Counted from the platform's events.
        Counted = "counted",
        /// Entered with a source, such as a survey.
        Entered = "entered",
    }
}

/// A plan of a county.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Plan {
    pub id: PlanId,
    pub county: String,
    /// Unique within the county.
    pub code: String,
    pub title: String,
    /// 文号.
    pub document_number: String,
    pub first_year: i32,
    pub last_year: i32,
    pub issued_on: NaiveDate,
}

/// A programme or task.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct PlanItem {
    pub id: PlanItemId,
    pub plan_id: PlanId,
    /// Unique within the plan.
    pub code: String,
    pub kind: PlanItemKind,
    pub parent_id: Option<PlanItemId>,
    pub title: String,
    /// The plan's own words.
    pub text: String,
    /// Whether events can count towards it; else it is shown so, never as 0 %.
    pub countable: bool,
    /// The plan's order.
    pub seq: i32,
}

/// A unit that answers for an item, in the plan's order.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct PlanUnit {
    pub item: PlanItemId,
    pub part: PlanPart,
    pub organisation: OrganisationId,
    /// The organisation's name now.
    pub name: String,
    /// As this paragraph of the plan spells it.
    pub spelled: String,
}

/// What the plan wants to reach.
#[derive(Debug, Clone, PartialEq, Queryable)]
pub struct Target {
    pub id: i64,
    pub plan_id: PlanId,
    pub code: String,
    pub title: String,
    /// Such as 人次.
    pub unit: String,
    pub measure: Measure,
    /// A lower bound (以上).
    pub goal: f64,
    pub by_year: i32,
    pub plan_item_id: Option<PlanItemId>,
    pub text: String,
}

/// A value of a target on a day, with its source.
#[derive(Debug, Clone, PartialEq, Queryable)]
pub struct TargetValue {
    pub target: i64,
    pub measured_on: NaiveDate,
    pub value: f64,
    pub source: String,
}

/// The task of a code in a plan of a county; a programme is no task.
pub fn item(db: &mut Db, county: &str, plan_code: &str, task_code: &str) -> Result<Option<PlanItemId>> {
    store::task(db, county, plan_code, task_code)
}

/// The plan that counts in a county on a day: it carries on after its term until another takes over.
pub fn current(db: &mut Db, county: &str, day: NaiveDate) -> Result<Option<Plan>> {
    store::current(db, county, day)
}

/// A plan and the day from which it counts.
pub type PlanSince = (Plan, NaiveDate);

/// The plan that counts in a county on a day and the one that takes over next, with the days from which they count.
pub fn current_and_next(db: &mut Db, county: &str, day: NaiveDate) -> Result<(Option<PlanSince>, Option<PlanSince>)> {
    Ok((store::current_since(db, county, day)?, store::next_after(db, county, day)?))
}

/// A county's plans, newest term first.
pub fn of_county(db: &mut Db, county: &str) -> Result<Vec<Plan>> {
    store::plans(db, county)
}

/// The plan of a number, or of a code in this county.
pub fn find(db: &mut Db, county: &str, number_or_code: &str) -> Result<Option<Plan>> {
    match number_or_code.parse::<i64>() {
        Ok(id) => store::plan(db, PlanId(id)),
        Err(_) => store::plan_by_code(db, county, number_or_code),
    }
}

/// A plan's programmes and tasks in its order, and the units that answer for them in theirs.
pub fn items(db: &mut Db, plan: PlanId) -> Result<(Vec<PlanItem>, Vec<PlanUnit>)> {
    Ok((store::items(db, plan)?, store::units(db, plan)?))
}

/// A plan's targets and their values, oldest first.
pub fn targets(db: &mut Db, plan: PlanId) -> Result<(Vec<Target>, Vec<TargetValue>)> {
    Ok((store::targets(db, plan)?, store::target_values(db, plan)?))
}

/// The target of a code in a plan.
pub fn target(db: &mut Db, plan: PlanId, code: &str) -> Result<Option<Target>> {
    store::target_by_code(db, plan, code)
}
