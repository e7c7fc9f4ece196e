//! What the county's supervisor enters: which plan counts, and the values of its targets.

use actix_web::{post, web};
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{PlanView, TargetView, found};
use crate::actor::{Act, Role};
use crate::app::App;
use crate::auth;
use crate::db::Db;
use crate::divisions;
use crate::error::{Refusal, Result};
use crate::idempotency;
use crate::plan::{self, Plan};
use crate::wire::{Body, Change, ChangeRefusals, Created, Faults, Private};

pub(super) fn routes(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(set_current_plan).service(enter_target_value);
}

/// From when on a plan counts.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SetCurrent {
    from: NaiveDate,
}

impl Body for SetCurrent {
    fn check(&self, faults: &mut Faults) {
        faults.range("/from", i64::from(self.from.year()), 1970, 2200);
    }
}

/// A value of a target, measured or counted elsewhere.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TargetValueEntry {
    measured_on: NaiveDate,
    #[schema(minimum = 0, example = 12.6)]
    value: f64,
    /// Who measured it and how.
    #[schema(min_length = 1, max_length = 200, example = "2025年县级抽样调查")]
    source: String,
}

impl Body for TargetValueEntry {
    fn check(&self, faults: &mut Faults) {
        faults.text("/source", &self.source, 200);
        faults.range("/measured_on", i64::from(self.measured_on.year()), 1970, 2200);
        if !(0.0..=1e12).contains(&self.value) {
            faults.add("/value", "out_of_range", "Give a number that is not below 0.");
        }
    }
}

/// The plan, for the supervisor of its county.
fn supervised(db: &mut Db, act: &Act, id: &str) -> Result<Plan> {
    let own = act.actor().and_then(|actor| actor.seats(Role::Supervisor).next()).map(|seat| seat.county.clone());
    let plan = found(db, own.as_deref(), id)?;
    if own.as_ref() == Some(&plan.county) {
        return Ok(plan);
    }
    Err(Refusal::forbidden("Plan and targets are for the supervisor of the plan's county.").into())
}

/// Says from which day on a plan counts. Until then, and after its term, the one before carries on.
#[utoipa::path(tag = "plan", request_body = SetCurrent, security(("bearer" = [])), params(("id" = String, Path, description = "The plan's number, or its code", example = "youyi-2021"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The plan, as it is now", body = PlanView), ChangeRefusals))]
#[post("/plans/{id}/set_current")]
async fn set_current_plan(app: web::Data<App>, id: web::Path<String>, change: Change<SetCurrent>) -> Result<Private<PlanView>> {
    let state = app.get_ref().clone();
    let deed = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &change.caller)?;
        let plan = supervised(db, &act, &id)?;
        let from = change.body()?.from;
        if from.year() < plan.first_year {
            return Err(Refusal::fault("/from", "before_its_term", "The plan cannot count before its first year.").into());
        }
        idempotency::once(db, &act, &change, "set_current_plan", plan.id.0, |db| {
            plan::set_current(db, &act, &plan.county, from, plan.id)?;
            Ok(())
        })?;
        let today = act.now.day(divisions::zone(db, &plan.county)?);
        let current = plan::current(db, &plan.county, today)?.map(|plan| plan.id);
        Ok(PlanView::of(plan, current, today))
    };
    app.pool.write(deed).await.map(Private)
}

/// Enters a dated value of a target, with its source. Values are added, never changed: of two of one day the later counts.
#[utoipa::path(tag = "plan", request_body = TargetValueEntry, security(("bearer" = [])), params(("id" = String, Path, description = "The plan's number, or its code", example = "youyi-2021"), ("code" = String, Path, description = "The target", example = "T1"), ("Idempotency-Key" = String, Header, description = "Sending twice makes one")), responses((status = 201, description = "The target with its values", body = TargetView, headers(("Location" = String, description = "Where it is listed"), ("ETag" = String, description = "How many values it has"))), ChangeRefusals))]
#[post("/plans/{id}/targets/{code}/values")]
async fn enter_target_value(app: web::Data<App>, path: web::Path<(String, String)>, change: Change<TargetValueEntry>) -> Result<Created<TargetView>> {
    let state = app.get_ref().clone();
    let deed = move |db: &mut Db| {
        let (id, code) = path.clone();
        let act = auth::signed_in(db, &state, &change.caller)?;
        let plan = supervised(db, &act, &id)?;
        let target = plan::target(db, plan.id, &code)?.ok_or_else(Refusal::not_found)?;
        let TargetValueEntry { measured_on, value, source } = change.body()?.clone();
        change.required_key()?;
        if measured_on > act.now.day(divisions::zone(db, &plan.county)?) {
            return Err(Refusal::fault("/measured_on", "in_the_future", "Give the day on which it was measured.").into());
        }
        idempotency::once(db, &act, &change, "enter_target_value", target.id, |db| plan::enter_value(db, &act, &plan, &target, measured_on, value, &source))?;
        let (targets, values) = plan::targets(db, plan.id)?;
        let targets = targets.into_iter().filter(|known| known.id == target.id).collect();
        let body = TargetView::all(targets, &values, &plan::items(db, plan.id)?.0).pop().ok_or_else(Refusal::not_found)?;
        let version = i64::try_from(body.values.len()).unwrap_or(i64::MAX);
        Ok(Created { location: format!("/api/v1/plans/{}/targets", plan.code), version, body })
    };
    app.pool.write(deed).await
}
