//! Reports over HTTP.

use actix_web::{get, web};
use chrono::{Datelike, Duration, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{Item, PlanReport, TargetReport, Unmet, UnmetFilter, WaitingReport, WorkReport};
use crate::actor::Role;
use crate::app::App;
use crate::auth;
use crate::clock::Moment;
use crate::db::Db;
use crate::divisions;
use crate::error::{Refusal, Result};
use crate::ids::{OrganisationId, PlanId, PlanItemId};
use crate::orders::store::AsRole;
use crate::plan;
use crate::wire::{Ask, AskRefusals, Cursor, Page, Private};

/// The routes of reports.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(report_waiting).service(report_unmet).service(report_plan);
}

/// In which role.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct WaitingQuery {
    /// As supervisor, dispatcher or officer; the first of these that I am unless told otherwise.
    #[param(inline)]
    as_role: Option<AsRole>,
}

/// Where orders wait, how long, and what is late: by stage, township and department. Behind every number stands the filter of
/// `GET /orders` that lists exactly what it counts. Nothing is ranked.
#[utoipa::path(tag = "reports", params(WaitingQuery), security(("bearer" = [])), responses((status = 200, description = "The report", body = WaitingReport), AskRefusals))]
#[get("/reports/waiting")]
async fn report_waiting(app: web::Data<App>, ask: Ask<WaitingQuery>) -> Result<Private<WaitingReport>> {
    let state = app.get_ref().clone();
    let read = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &ask.caller)?;
        let actor = super::reader(&act)?;
        let as_role = super::reads_as(actor, ask.query()?.as_role)?;
        super::waiting(db, &act, actor, as_role)
    };
    app.pool.read(read).await.map(Private)
}

/// Which of the orders that nobody took.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct UnmetQuery {
    /// As supervisor, dispatcher or officer; the first of these that I am unless told otherwise.
    #[param(inline)]
    as_role: Option<AsRole>,
    /// A division's code: its whole subtree.
    #[serde(default, deserialize_with = "divisions::http::code")]
    #[param(pattern = "^[0-9]{12}$", example = "230522100000")]
    division: Option<String>,
    department_id: Option<OrganisationId>,
    /// A task of a plan; a programme with all its tasks.
    plan_item_id: Option<PlanItemId>,
    /// Given up on this day or later.
    from: Option<NaiveDate>,
    /// Given up on this day or before.
    until: Option<NaiveDate>,
    /// How many rows, 20 unless told otherwise.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

impl UnmetQuery {
    fn filter(&self, db: &mut Db, county: &str) -> Result<UnmetFilter> {
        let place = match &self.division {
            Some(code) => Some(divisions::find(db, code)?.ok_or_else(|| Refusal::query("division", "division_unknown", "There is no such division."))?.path),
            None => None,
        };
        let zone = divisions::zone(db, county)?;
        let begin = |day: NaiveDate| Moment::local(zone, day, NaiveTime::MIN);
        let within = |name: &str, day: Option<NaiveDate>| match day {
            Some(day) if !(1970..=2200).contains(&day.year()) => Err(Refusal::query(name, "out_of_range", "Give a day from 1970 to 2200.")),
            day => Ok(day),
        };
        Ok(UnmetFilter {
            place,
            department: self.department_id,
            plan_item: self.plan_item_id,
            from: within("from", self.from)?.map(begin),
            before: within("until", self.until)?.map(|day| begin(day + Duration::days(1))),
        })
    }
}

/// The orders that nobody took (未能承接), newest first, with the reasons.
#[utoipa::path(tag = "reports", params(UnmetQuery), security(("bearer" = [])), responses((status = 200, description = "A page", body = Page<Unmet>), AskRefusals))]
#[get("/reports/unmet")]
async fn report_unmet(app: web::Data<App>, ask: Ask<UnmetQuery>) -> Result<Private<Page<Unmet>>> {
    let state = app.get_ref().clone();
    let read = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &ask.caller)?;
        let actor = super::reader(&act)?;
        let query = ask.query()?;
        let as_role = super::reads_as(actor, query.as_role)?;
        let UnmetQuery { as_role: _, division, department_id, plan_item_id, from, until, limit, after } = query;
        let bound = format!("unmet {} {as_role} {division:?} {department_id:?} {plan_item_id:?} {from:?} {until:?}", actor.person);
        let cursor = Cursor::read(&state.secrets, *limit, after.as_deref(), &bound)?;
        let county = actor.seats(as_role.role()).next().map(|seat| seat.county.clone()).unwrap_or_default();
        let filter = query.filter(db, &county)?;
        let mut items = super::unmet(db, &act, actor, as_role, &filter, cursor.below, cursor.limit + 1)?;
        let more = items.len() > usize::try_from(cursor.limit).unwrap_or(usize::MAX);
        items.truncate(usize::try_from(cursor.limit).unwrap_or(usize::MAX));
        let next = items.last().filter(|_| more).map(|last| Cursor::next(&state.secrets, last.id.0, &bound));
        Ok(Page { items, next })
    };
    app.pool.read(read).await.map(Private)
}

/// Which plan.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PlanReportQuery {
    /// The plan's number or code; the current one unless told otherwise.
    #[param(max_length = 60, example = "youyi-2021")]
    plan: Option<String>,
}

/// A plan, and whether it counts today.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct ReportedPlan {
    id: PlanId,
    #[schema(example = "youyi-2021")]
    code: String,
    title: String,
    first_year: i32,
    last_year: i32,
    current: bool,
    /// Whether its term is over; a current plan then carries on until another takes over.
    past_term: bool,
}

/// What was done under a plan.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct PlanReportView {
    plan: ReportedPlan,
    as_of: Moment,
    /// In the plan's order.
    items: Vec<Item>,
    /// What was dispatched as outside the plan, in the whole county.
    outside_plan: WorkReport,
    targets: Vec<TargetReport>,
}

/// What was done under a plan: orders, sessions and attendance by its items, in its order, and its targets. What cannot be
/// counted is shown so, never as 0.
#[utoipa::path(tag = "reports", params(PlanReportQuery), security(("bearer" = [])), responses((status = 200, description = "The report", body = PlanReportView), AskRefusals))]
#[get("/reports/plan")]
async fn report_plan(app: web::Data<App>, ask: Ask<PlanReportQuery>) -> Result<Private<PlanReportView>> {
    let state = app.get_ref().clone();
    let read = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &ask.caller)?;
        let seat = act.actor().and_then(|actor| actor.seats(Role::Supervisor).next());
        let county = seat.ok_or_else(|| Refusal::forbidden("This report is for the county's supervisor."))?.county.clone();
        let asked = ask.query()?.plan.as_deref();
        let today = act.now.day(divisions::zone(db, &county)?);
        let current = plan::current(db, &county, today)?;
        let wanted = match asked {
            Some(asked) if asked.len() > 60 || asked.chars().any(char::is_control) => None,
            Some(asked) => plan::find(db, &county, asked)?.filter(|plan| plan.county == county),
            None => current.clone(),
        };
        let wanted = wanted.ok_or_else(Refusal::not_found)?;
        let is_current = current.is_some_and(|current| current.id == wanted.id);
        let PlanReport { as_of, plan, items, outside_plan, targets } = super::planned(db, &act, wanted)?;
        let past_term = today.year() > plan.last_year;
        let crate::plan::Plan { id, county: _, code, title, document_number: _, first_year, last_year, issued_on: _ } = plan;
        let plan = ReportedPlan { id, code, title, first_year, last_year, current: is_current, past_term };
        Ok(PlanReportView { plan, as_of, items, outside_plan, targets })
    };
    app.pool.read(read).await.map(Private)
}
