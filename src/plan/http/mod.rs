//! Plans on the wire. Readable by everyone: a plan is a published document.

mod changes;

use std::collections::HashMap;

use actix_web::{get, web};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Measure, Plan, PlanItem, PlanItemKind, PlanPart, PlanUnit, Target, TargetValue};
use crate::app::App;
use crate::db::Db;
use crate::divisions;
use crate::error::{Error, Refusal};
use crate::ids::{OrganisationId, PlanId, PlanItemId};
use crate::wire::{Ask, Page, Problem, Public};

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PlanQuery {
    /// The county's code; the first county unless told otherwise.
    #[serde(default, deserialize_with = "divisions::http::code")]
    #[param(pattern = "^[0-9]{12}$", example = "230522000000")]
    county: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct TaskQuery {
    /// The county in which a code is looked up; the first county unless told otherwise.
    #[serde(default, deserialize_with = "divisions::http::code")]
    #[param(pattern = "^[0-9]{12}$", example = "230522000000")]
    county: Option<String>,
    /// Only programmes, or only tasks.
    #[param(inline)]
    kind: Option<PlanItemKind>,
}

/// A plan of a county.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanView {
    id: PlanId,
    /// Stands for the number in addresses.
    #[schema(example = "youyi-2021")]
    code: String,
    title: String,
    #[schema(example = "友政办发〔2022〕25号")]
    document_number: String,
    #[schema(example = 2021)]
    first_year: i32,
    #[schema(example = 2025)]
    last_year: i32,
    issued_on: NaiveDate,
    /// Whether it counts today.
    current: bool,
    /// Whether its term is over; a current plan then carries on until another takes over.
    past_term: bool,
}

/// A programme or a task, in the plan's order.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskView {
    id: PlanItemId,
    #[schema(example = "A1.1")]
    code: String,
    kind: PlanItemKind,
    /// The programme that holds the task.
    #[schema(example = "A1")]
    parent_code: Option<String>,
    title: String,
    /// The plan's own words.
    text: String,
    /// Whether events can count towards it.
    countable: bool,
    /// 牵头单位; a task shows those of its programme.
    lead_units: Vec<UnitView>,
    /// 责任单位, in the plan's order.
    responsible_units: Vec<UnitView>,
}

/// A unit that answers for a programme or task.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UnitView {
    id: OrganisationId,
    /// Its name on this platform.
    #[schema(example = "县文化广电和旅游局")]
    name: String,
    /// As this paragraph of the plan spells it.
    #[schema(example = "县文化和旅游局")]
    spelled: String,
}

/// What the plan wants to reach.
#[derive(Debug, Serialize, ToSchema)]
pub struct TargetView {
    #[schema(example = "T2")]
    code: String,
    title: String,
    #[schema(example = "人次")]
    unit: String,
    measure: Measure,
    /// A lower bound (以上).
    goal: f64,
    by_year: i32,
    /// The task that it belongs to.
    #[schema(example = "A2.2")]
    task_code: Option<String>,
    text: String,
    /// Oldest first.
    values: Vec<TargetValueView>,
}

/// A value of a target on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct TargetValueView {
    measured_on: NaiveDate,
    value: f64,
    source: String,
}

impl PlanView {
    fn of(plan: Plan, current: Option<PlanId>, today: NaiveDate) -> Self {
        let Plan { id, county: _, code, title, document_number, first_year, last_year, issued_on } = plan;
        Self { id, code, title, document_number, first_year, last_year, issued_on, current: current == Some(id), past_term: today.year() > last_year }
    }
}

impl TaskView {
    fn all((items, units): (Vec<PlanItem>, Vec<PlanUnit>)) -> Vec<Self> {
        let mut by_part: HashMap<(PlanItemId, PlanPart), Vec<UnitView>> = HashMap::new();
        for PlanUnit { item, part, organisation, name, spelled } in units {
            by_part.entry((item, part)).or_default().push(UnitView { id: organisation, name, spelled });
        }
        let codes: HashMap<PlanItemId, String> = items.iter().map(|item| (item.id, item.code.clone())).collect();
        let of = |item: Option<PlanItemId>, part| item.and_then(|item| by_part.get(&(item, part)).cloned());
        let view = |item: PlanItem| {
            let PlanItem { id, plan_id: _, code, kind, parent_id, title, text, countable, seq: _ } = item;
            Self {
                lead_units: of(Some(id), PlanPart::Lead).or_else(|| of(parent_id, PlanPart::Lead)).unwrap_or_default(),
                responsible_units: of(Some(id), PlanPart::Responsible).unwrap_or_default(),
                parent_code: parent_id.and_then(|parent| codes.get(&parent).cloned()),
                id,
                code,
                kind,
                title,
                text,
                countable,
            }
        };
        items.into_iter().map(view).collect()
    }
}

impl TargetView {
    fn all(targets: Vec<Target>, values: &[TargetValue], items: &[PlanItem]) -> Vec<Self> {
        let view = |target: Target| {
            let Target { id, plan_id: _, code, title, unit, measure, goal, by_year, plan_item_id, text } = target;
            let task_code = items.iter().find(|item| Some(item.id) == plan_item_id).map(|item| item.code.clone());
            let values = values
                .iter()
                .filter(|value| value.target == id)
                .map(|value| TargetValueView { measured_on: value.measured_on, value: value.value, source: value.source.clone() })
                .collect();
            Self { code, title, unit, measure, goal, by_year, task_code, text, values }
        };
        targets.into_iter().map(view).collect()
    }
}

/// The plan of a number or a code, or 404.
fn found(db: &mut Db, county: Option<&str>, id: &str) -> Result<Plan, Error> {
    if id.len() > 60 || id.chars().any(char::is_control) {
        return Err(Refusal::not_found().into());
    }
    let county = divisions::county_or_first(db, county)?;
    super::find(db, &county, id)?.ok_or_else(|| Refusal::not_found().into())
}

/// The county's plans, newest term first.
#[utoipa::path(operation_id = "list_plans", tag = "plan", params(PlanQuery), responses(
    (status = 200, description = "All of them, on one page", body = Page<PlanView>),
    (status = 400, description = "The query cannot be read", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[get("/plans")]
async fn list_plans(app: web::Data<App>, ask: Ask<PlanQuery>) -> Result<Public<Page<PlanView>>, Error> {
    let county = ask.query()?.county.clone();
    let now = app.clock.now();
    let read = app.pool.read(move |db| {
        let county = divisions::county_or_first(db, county.as_deref())?;
        let today = now.day(divisions::zone(db, &county)?);
        let current = super::current(db, &county, today)?.map(|plan| plan.id);
        Ok(super::of_county(db, &county)?.into_iter().map(|plan| PlanView::of(plan, current, today)).collect())
    });
    Ok(Public(Page { items: read.await?, next: None }))
}

/// A plan's programmes and tasks, in its order.
#[utoipa::path(operation_id = "list_plan_tasks", tag = "plan",
    params(("id" = String, Path, description = "The plan's number, or its code", example = "youyi-2021"), TaskQuery), responses(
    (status = 200, description = "All of them, on one page", body = Page<TaskView>),
    (status = 400, description = "The query cannot be read", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "There is no such plan", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[get("/plans/{id}/tasks")]
async fn list_plan_tasks(app: web::Data<App>, id: web::Path<String>, ask: Ask<TaskQuery>) -> Result<Public<Page<TaskView>>, Error> {
    let TaskQuery { county, kind } = ask.query()?.clone();
    let read = app.pool.read(move |db| found(db, county.as_deref(), &id).and_then(|plan| super::items(db, plan.id)));
    let mut items = TaskView::all(read.await?);
    items.retain(|item| kind.is_none_or(|kind| item.kind == kind));
    Ok(Public(Page { items, next: None }))
}

/// A plan's targets with their values.
#[utoipa::path(operation_id = "list_plan_targets", tag = "plan",
    params(("id" = String, Path, description = "The plan's number, or its code", example = "youyi-2021"), PlanQuery), responses(
    (status = 200, description = "All of them, on one page", body = Page<TargetView>),
    (status = 400, description = "The query cannot be read", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "There is no such plan", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[get("/plans/{id}/targets")]
async fn list_plan_targets(app: web::Data<App>, id: web::Path<String>, ask: Ask<PlanQuery>) -> Result<Public<Page<TargetView>>, Error> {
    let county = ask.query()?.county.clone();
    let read = app.pool.read(move |db| {
        let plan = found(db, county.as_deref(), &id)?;
        let (targets, values) = super::targets(db, plan.id)?;
        Ok(TargetView::all(targets, &values, &super::items(db, plan.id)?.0))
    });
    Ok(Public(Page { items: read.await?, next: None }))
}

/// The routes of plans.
pub fn routes(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(list_plans).service(list_plan_tasks).service(list_plan_targets);
    changes::routes(cfg);
}
