//! Settings of a county, its calendar, and what holds for the whole installation.
#![expect(unused_qualifications, reason = "utoipa writes them for bodies with a parameter")]

use actix_web::{get, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::check_phone;
use crate::administration;
use crate::app::App;
use crate::auth;
use crate::clock::Moment;
use crate::db::Db;
use crate::divisions::http::HolidayView;
use crate::divisions::{self, Budget, BudgetPer, CountySettings, Deadline, DeadlineUnit, Holiday, HolidayKind, PlatformSettings, StageRule};
use crate::error::{Refusal, Result};
use crate::idempotency;
use crate::ids::PlanId;
use crate::plan;
use crate::wire::{Ask, AskRefusals, Body, Caller, Change, Faults, Page, Versioned, VersionedRefusals};

pub(super) fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(see_settings).service(change_settings).service(replace_holidays).service(see_platform_settings).service(change_platform_settings);
}

/// Of which county.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct SettingsQuery {
    /// The county's code; the first county unless told otherwise.
    #[serde(default, deserialize_with = "divisions::http::code")]
    #[param(pattern = "^[0-9]{12}$", example = "230522000000")]
    county: Option<String>,
}

/// How long a stage may last.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StageDeadline {
    #[schema(max_length = 40, example = "submitted")]
    stage: String,
    urgent: bool,
    #[schema(minimum = 1, maximum = 3650, example = 1)]
    amount: i32,
    unit: DeadlineUnit,
}

/// A plan, and from when on it counts.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct PlanFrom {
    id: PlanId,
    #[schema(example = "youyi-2021")]
    code: String,
    title: String,
    from: NaiveDate,
}

/// What a county sets for itself.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct SettingsView {
    #[schema(example = "230522000000")]
    county: String,
    #[schema(example = "友谊县")]
    name: String,
    #[schema(example = "Asia/Shanghai")]
    time_zone: String,
    /// The county centre's; empty where none is known.
    #[schema(example = "0469-5812345")]
    phone: String,
    /// For `If-Match`.
    version: i64,
    /// In the order of the chain.
    deadlines: Vec<StageDeadline>,
    /// The plan that counts today.
    current_plan: Option<PlanFrom>,
    /// The one that takes over next.
    next_plan: Option<PlanFrom>,
}

fn shown(db: &mut Db, county: &str, now: Moment) -> Result<Versioned<SettingsView>> {
    let CountySettings { county, version, deadlines } = divisions::settings(db, county)?;
    let today = now.day(divisions::zone(db, &county.code)?);
    let plan_from = |(plan, from): (plan::Plan, NaiveDate)| PlanFrom { id: plan.id, code: plan.code, title: plan.title, from };
    let (current, next) = plan::current_and_next(db, &county.code, today)?;
    let deadlines = deadlines.into_iter().map(|StageRule { stage, urgent, deadline: Deadline { amount, unit } }| StageDeadline { stage, urgent, amount, unit });
    let body = SettingsView {
        county: county.code,
        name: county.name,
        time_zone: county.time_zone,
        phone: county.phone,
        version,
        deadlines: deadlines.collect(),
        current_plan: current.map(plan_from),
        next_plan: next.map(plan_from),
    };
    Ok(Versioned { version, body })
}

/// The county that a request is about, which must be there.
fn county(db: &mut Db, asked: Option<&str>) -> Result<String> {
    let code = divisions::county_or_first(db, asked)?;
    Ok(divisions::county(db, &code)?.ok_or_else(Refusal::not_found)?.code)
}

/// A county's settings: telephone, deadlines, current plan.
#[utoipa::path(tag = "administration", params(SettingsQuery), security(("bearer" = [])), responses((status = 200, description = "The settings", body = SettingsView, headers(("ETag" = String, description = "The version"))), AskRefusals))]
#[get("/settings")]
async fn see_settings(app: web::Data<App>, ask: Ask<SettingsQuery>) -> Result<Versioned<SettingsView>> {
    let state = app.get_ref().clone();
    let read = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &ask.caller)?;
        let asked = ask.query().ok().and_then(|query| query.county.clone());
        let county = county(db, asked.as_deref())?;
        administration::may_read_settings(&act, &county)?;
        ask.query()?;
        shown(db, &county, act.now)
    };
    app.pool.read(read).await
}

/// What shall be otherwise; what is left out stays as it is.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SettingsChange {
    /// The county's code; the first county unless told otherwise.
    #[schema(min_length = 12, max_length = 12, example = "230522000000")]
    county: Option<String>,
    #[schema(example = "0469-5812345")]
    phone: Option<String>,
    /// The rows that are named are set; the others stay. Each must be there.
    #[serde(default)]
    #[schema(max_items = 100)]
    deadlines: Vec<StageDeadline>,
}

impl Body for SettingsChange {
    fn check(&self, faults: &mut Faults) {
        if let Some(phone) = &self.phone {
            check_phone(faults, phone);
        }
        if self.deadlines.len() > 100 {
            faults.add("/deadlines", "too_many", "At most 100.");
        }
        for (n, deadline) in self.deadlines.iter().enumerate() {
            faults.range(&format!("/deadlines/{n}/amount"), i64::from(deadline.amount), 1, 3650);
        }
    }
}

/// Changes a county's telephone and deadlines. A deadline holds from the next stage that an order enters.
#[utoipa::path(tag = "administration", request_body = SettingsChange, security(("bearer" = [])), params(("If-Match" = String, Header, description = "The ETag of the settings"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The settings, as they are now", body = SettingsView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/settings/change")]
async fn change_settings(app: web::Data<App>, change: Change<SettingsChange>) -> Result<Versioned<SettingsView>> {
    let state = app.get_ref().clone();
    let deed = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &change.caller)?;
        administration::may_keep(&act)?;
        let seen = change.seen()?;
        let SettingsChange { county: asked, phone, deadlines } = change.body()?.clone();
        let county = county(db, asked.as_deref())?;
        let rule = |StageDeadline { stage, urgent, amount, unit }: StageDeadline| StageRule { stage, urgent, deadline: Deadline { amount, unit } };
        let rules: Vec<StageRule> = deadlines.into_iter().map(rule).collect();
        let id = county.parse().unwrap_or(0);
        idempotency::once(db, &act, &change, "change_settings", id, |db| divisions::change_settings(db, &act, seen, &county, phone.as_deref(), &rules))?;
        shown(db, &county, act.now)
    };
    app.pool.write(deed).await
}

/// A day off, or a weekend day worked instead.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HolidayEntry {
    day: NaiveDate,
    kind: HolidayKind,
    #[schema(min_length = 1, max_length = 40, example = "元旦")]
    name: String,
}

/// A year's days off and days worked instead.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HolidaysOfYear {
    /// The county's code; the first county unless told otherwise.
    #[schema(min_length = 12, max_length = 12, example = "230522000000")]
    county: Option<String>,
    #[schema(minimum = 1900, maximum = 2200, example = 2026)]
    year: i32,
    /// All of them: those that are not named are days like any other.
    #[schema(max_items = 366)]
    days: Vec<HolidayEntry>,
}

impl Body for HolidaysOfYear {
    fn check(&self, faults: &mut Faults) {
        faults.range("/year", i64::from(self.year), 1900, 2200);
        if self.days.len() > 366 {
            faults.add("/days", "too_many", "A year has 366 days at most.");
        }
        for (n, holiday) in self.days.iter().enumerate() {
            faults.text(&format!("/days/{n}/name"), &holiday.name, 40);
        }
    }
}

/// Replaces a year's days off and days worked instead, as the State Council announces them.
#[utoipa::path(tag = "administration", request_body = HolidaysOfYear, security(("bearer" = [])), params(("If-Match" = String, Header, description = "The ETag of the county's settings"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The year's days", body = Page<HolidayView>, headers(("ETag" = String, description = "The version of the county's settings"))), VersionedRefusals))]
#[post("/holidays/replace")]
async fn replace_holidays(app: web::Data<App>, change: Change<HolidaysOfYear>) -> Result<Versioned<Page<HolidayView>>> {
    let state = app.get_ref().clone();
    let deed = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &change.caller)?;
        administration::may_keep(&act)?;
        let seen = change.seen()?;
        let HolidaysOfYear { county: asked, year, days } = change.body()?.clone();
        let county = county(db, asked.as_deref())?;
        let days: Vec<Holiday> = days.into_iter().map(|HolidayEntry { day, kind, name }| Holiday { day, kind, name }).collect();
        idempotency::once(db, &act, &change, "replace_holidays", i64::from(year), |db| divisions::replace_holidays(db, &act, seen, &county, year, &days))?;
        let items = divisions::holidays(db, &county, year)?.into_iter().map(HolidayView::of).collect();
        Ok(Versioned { version: divisions::settings(db, &county)?.version, body: Page { items, next: None } })
    };
    app.pool.write(deed).await
}

/// How often a deed may be done by one address, phone, login or number.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BudgetRule {
    #[schema(max_length = 40, example = "submit")]
    deed: String,
    per: BudgetPer,
    #[schema(minimum = 1, maximum = 100_000, example = 10)]
    allowed: i32,
    /// In how many minutes.
    #[schema(minimum = 1, maximum = 44_640, example = 60)]
    minutes: i32,
}

/// After how many months something is erased.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RetentionRule {
    #[schema(max_length = 40, example = "contacts_ended")]
    subject: String,
    #[schema(minimum = 1, maximum = 600, example = 12)]
    months: i32,
}

/// What holds for the whole installation.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct PlatformSettingsView {
    /// For `If-Match`.
    version: i64,
    budgets: Vec<BudgetRule>,
    retention: Vec<RetentionRule>,
}

fn platform_shown(db: &mut Db) -> Result<Versioned<PlatformSettingsView>> {
    let PlatformSettings { version, budgets, retention } = divisions::platform(db)?;
    let budgets = budgets.into_iter().map(|Budget { deed, per, allowed, minutes }| BudgetRule { deed, per, allowed, minutes }).collect();
    let retention = retention.into_iter().map(|(subject, months)| RetentionRule { subject, months }).collect();
    Ok(Versioned { version, body: PlatformSettingsView { version, budgets, retention } })
}

/// Budgets of visitors and rules of retention, for the whole installation.
#[utoipa::path(tag = "administration", security(("bearer" = [])), responses((status = 200, description = "The settings", body = PlatformSettingsView, headers(("ETag" = String, description = "The version"))), AskRefusals))]
#[get("/platform-settings")]
async fn see_platform_settings(app: web::Data<App>, caller: Caller) -> Result<Versioned<PlatformSettingsView>> {
    let state = app.get_ref().clone();
    let read = move |db: &mut Db| {
        administration::may_keep(&auth::signed_in(db, &state, &caller)?)?;
        platform_shown(db)
    };
    app.pool.read(read).await
}

/// What shall be otherwise: the rows that are named are set; the others stay. Each must be there.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PlatformSettingsChange {
    #[serde(default)]
    #[schema(max_items = 100)]
    budgets: Vec<BudgetRule>,
    #[serde(default)]
    #[schema(max_items = 100)]
    retention: Vec<RetentionRule>,
}

impl Body for PlatformSettingsChange {
    fn check(&self, faults: &mut Faults) {
        for (name, length) in [("budgets", self.budgets.len()), ("retention", self.retention.len())] {
            if length > 100 {
                faults.add(format!("/{name}"), "too_many", "At most 100.");
            }
        }
        for (n, budget) in self.budgets.iter().enumerate() {
            faults.range(&format!("/budgets/{n}/allowed"), i64::from(budget.allowed), 1, 100_000);
            faults.range(&format!("/budgets/{n}/minutes"), i64::from(budget.minutes), 1, 44_640);
        }
        for (n, rule) in self.retention.iter().enumerate() {
            faults.range(&format!("/retention/{n}/months"), i64::from(rule.months), 1, 600);
        }
    }
}

/// Changes budgets of visitors and rules of retention. The journal is kept for six months at least.
#[utoipa::path(tag = "administration", request_body = PlatformSettingsChange, security(("bearer" = [])), params(("If-Match" = String, Header, description = "The ETag of the platform's settings"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The settings, as they are now", body = PlatformSettingsView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/platform-settings/change")]
async fn change_platform_settings(app: web::Data<App>, change: Change<PlatformSettingsChange>) -> Result<Versioned<PlatformSettingsView>> {
    let state = app.get_ref().clone();
    let deed = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &change.caller)?;
        administration::may_keep(&act)?;
        let seen = change.seen()?;
        let PlatformSettingsChange { budgets, retention } = change.body()?.clone();
        let budget = |BudgetRule { deed, per, allowed, minutes }: BudgetRule| Budget { deed, per, allowed, minutes };
        let budgets: Vec<Budget> = budgets.into_iter().map(budget).collect();
        let retention: Vec<(String, i32)> = retention.into_iter().map(|RetentionRule { subject, months }| (subject, months)).collect();
        idempotency::once(db, &act, &change, "change_platform_settings", 0, |db| divisions::change_platform(db, &act, seen, &budgets, &retention))?;
        platform_shown(db)
    };
    app.pool.write(deed).await
}
