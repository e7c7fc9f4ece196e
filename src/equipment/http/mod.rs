//! Equipment and loans over HTTP: the directory, the month of a piece of equipment, and one route a deed.

pub mod view;

use actix_web::{get, post, web};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::needs::{AgreeLoan, Condition, EquipmentChange, EquipmentFacts, RefuseLoan, ReportLoan, WishEquipment};
use super::store::Listing;
use super::{Equipment, EquipmentKind, LoanState, Opened, Side, Wanted, rules, store};
use crate::actor::Act;
use crate::app::App;
use crate::auth;
use crate::db::Db;
use crate::directory;
use crate::divisions;
use crate::error::{Refusal, Result};
use crate::ids::{EquipmentId, LoanId, OrganisationId};
use crate::organisations::http::{page, searchable};
use crate::wire::{
    Ask, AskRefusals, Body, Caller, Change, ChangeRefusals, Created, Cursor, Nothing, Open, Page, Private, Problem, Versioned, VersionedRefusals,
};
use view::{EquipmentMonth, EquipmentView, LoanView};

/// The routes of this domain.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_equipment).service(get_equipment).service(read_equipment_month);
    cfg.service(create_equipment).service(change_equipment).service(close_equipment).service(reopen_equipment).service(wish_equipment);
    cfg.service(list_loans).service(read_loan);
    cfg.service(agree_loan).service(refuse_loan).service(withdraw_loan).service(hand_over_loan).service(give_back_loan).service(report_loan);
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct EquipmentQuery {
    /// The county's code; the first county unless told otherwise.
    #[serde(default, deserialize_with = "divisions::http::code")]
    #[param(pattern = "^[0-9]{12}$", example = "230522000000")]
    county: Option<String>,
    /// What stands in this division or below it.
    #[serde(default, deserialize_with = "divisions::http::code")]
    #[param(pattern = "^[0-9]{12}$", example = "230522100000")]
    division: Option<String>,
    /// What is at home there.
    organisation_id: Option<OrganisationId>,
    #[param(inline)]
    kind: Option<EquipmentKind>,
    /// Part of a name.
    #[param(max_length = 50, example = "大篷车")]
    q: Option<String>,
    /// Only what is closed; left out or false: only what is not.
    closed: Option<bool>,
    /// How many rows, 20 unless told otherwise.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct MonthQuery {
    /// By the county's calendar; this month unless told otherwise.
    #[param(pattern = "^[0-9]{4}-[0-9]{2}$", example = "2026-12")]
    month: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct LoanQuery {
    #[param(inline)]
    state: Option<LoanState>,
    /// Only what the caller's organisations borrow, or only what they lend.
    #[param(inline)]
    side: Option<Side>,
    equipment_id: Option<EquipmentId>,
    /// How many rows, 20 unless told otherwise.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

fn equipment_shown(db: &mut Db, equipment: Equipment) -> Result<Versioned<EquipmentView>> {
    let directory = directory::current(db)?;
    Ok(Versioned { version: equipment.version, body: EquipmentView::of(&directory, equipment) })
}

fn loan_shown(db: &mut Db, (act, opened): (Act, Opened)) -> Result<Versioned<LoanView>> {
    let directory = directory::current(db)?;
    Ok(Versioned { version: opened.loan.version, body: LoanView::of(&directory, &act, opened) })
}

/// The county's equipment that travels, newest first.
#[utoipa::path(tag = "equipment", params(EquipmentQuery), responses(
    (status = 200, description = "A page of it", body = Page<EquipmentView>),
    (status = 400, description = "The query cannot be read", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[get("/equipment")]
async fn list_equipment(app: web::Data<App>, ask: Ask<EquipmentQuery>) -> Result<Open<Page<EquipmentView>>> {
    let EquipmentQuery { county, division, organisation_id, kind, q, closed, limit, after } = ask.query()?.clone();
    searchable(q.as_deref())?;
    let closed = closed.unwrap_or(false);
    let filters = format!("equipment {county:?} {division:?} {organisation_id:?} {kind:?} {closed} {q:?}");
    let cursor = Cursor::read(&app.secrets, limit, after.as_deref(), &filters)?;
    let read = app.pool.read(move |db| {
        let county = divisions::county_or_first(db, county.as_deref())?;
        let rows = store::listed(db, &Listing { county, division, home: organisation_id, kind, q, closed }, cursor)?;
        let directory = directory::current(db)?;
        Ok(rows.into_iter().map(|row| EquipmentView::of(&directory, row)).collect())
    });
    Ok(Open(page(&app.secrets, read.await?, cursor, &filters, |item: &EquipmentView| item.id.0)))
}

/// One piece of equipment.
#[utoipa::path(tag = "equipment", params(("id" = EquipmentId, Path, description = "Its number")), responses(
    (status = 200, description = "The equipment", body = EquipmentView, headers(("ETag" = String, description = "The version"))),
    (status = 404, description = "There is none of this number", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[get("/equipment/{id}")]
async fn get_equipment(app: web::Data<App>, id: web::Path<EquipmentId>) -> Result<Versioned<EquipmentView>> {
    app.pool.read(move |db| super::get(db, *id)?.ok_or_else(|| Refusal::not_found().into()).and_then(|found| equipment_shown(db, found))).await
}

/// What is wished for, agreed and used of a piece of equipment in a month: wishes stand side by side. For those who plan with it.
#[utoipa::path(tag = "equipment", params(("id" = EquipmentId, Path, description = "Its number"), MonthQuery), security(("bearer" = [])), responses((status = 200, description = "The month", body = EquipmentMonth), AskRefusals))]
#[get("/equipment/{id}/month")]
async fn read_equipment_month(app: web::Data<App>, id: web::Path<EquipmentId>, ask: Ask<MonthQuery>) -> Result<Private<EquipmentMonth>> {
    let state = app.get_ref().clone();
    let read = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &ask.caller)?;
        let equipment = super::to_plan_with(db, &act, *id)?;
        let text = ask.query()?.month.clone().unwrap_or_else(|| rules::month_of(act.now));
        let days = rules::month(&text).ok_or_else(|| Refusal::query("month", "no_month", "Give a month such as 2026-12."))?;
        let month = super::month(db, &act, equipment, days)?;
        let directory = directory::current(db)?;
        Ok(EquipmentMonth::of(&directory, &act, text, month))
    };
    Ok(Private(app.pool.read(read).await?))
}

/// Enters a piece of equipment: the people of its home, or a system administrator.
#[utoipa::path(tag = "equipment", request_body = EquipmentFacts, security(("bearer" = [])), params(("Idempotency-Key" = String, Header, description = "Sending twice makes one")), responses((status = 201, description = "The equipment", body = EquipmentView, headers(("ETag" = String, description = "The version"), ("Location" = String, description = "Its address"))), ChangeRefusals))]
#[post("/equipment")]
async fn create_equipment(app: web::Data<App>, change: Change<EquipmentFacts>) -> Result<Created<EquipmentView>> {
    let state = app.get_ref().clone();
    let deed = move |db: &mut Db| {
        let Versioned { version, body } = super::create(db, &state, &change).and_then(|made| equipment_shown(db, made))?;
        Ok(Created { location: format!("/api/v1/equipment/{}", body.id), version, body })
    };
    app.pool.write(deed).await
}

/// A deed on a piece of equipment.
async fn keeping<B: Body + Send + Sync + 'static>(
    app: web::Data<App>,
    id: EquipmentId,
    change: Change<B>,
    deed: impl Fn(&mut Db, &App, &Change<B>, EquipmentId) -> Result<Equipment> + Send + 'static,
) -> Result<Versioned<EquipmentView>> {
    let state = app.get_ref().clone();
    app.pool.write(move |db| deed(db, &state, &change, id).and_then(|kept| equipment_shown(db, kept))).await
}

/// Changes a piece of equipment; it can be given to another home by who keeps both.
#[utoipa::path(tag = "equipment", request_body = EquipmentChange, security(("bearer" = [])), params(("id" = EquipmentId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the equipment"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The equipment, as it is now", body = EquipmentView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/equipment/{id}/change")]
async fn change_equipment(app: web::Data<App>, id: web::Path<EquipmentId>, change: Change<EquipmentChange>) -> Result<Versioned<EquipmentView>> {
    keeping(app, *id, change, super::change).await
}

/// Closes a piece of equipment that nobody waits for and nobody has: it is not lent any more.
#[utoipa::path(tag = "equipment", request_body = Nothing, security(("bearer" = [])), params(("id" = EquipmentId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the equipment"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The equipment, as it is now", body = EquipmentView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/equipment/{id}/close")]
async fn close_equipment(app: web::Data<App>, id: web::Path<EquipmentId>, change: Change<Nothing>) -> Result<Versioned<EquipmentView>> {
    keeping(app, *id, change, super::close).await
}

/// Lends closed equipment again.
#[utoipa::path(tag = "equipment", request_body = Nothing, security(("bearer" = [])), params(("id" = EquipmentId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the equipment"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The equipment, as it is now", body = EquipmentView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/equipment/{id}/reopen")]
async fn reopen_equipment(app: web::Data<App>, id: web::Path<EquipmentId>, change: Change<Nothing>) -> Result<Versioned<EquipmentView>> {
    keeping(app, *id, change, super::reopen).await
}

/// Wishes for equipment on some days. Any number of wishes stand side by side until the keeper answers each.
#[utoipa::path(tag = "equipment", request_body = WishEquipment, security(("bearer" = [])), params(("id" = EquipmentId, Path, description = "Its number"), ("Idempotency-Key" = String, Header, description = "Sending twice makes one")), responses((status = 201, description = "The wish", body = LoanView, headers(("ETag" = String, description = "The version"), ("Location" = String, description = "Its address"))), ChangeRefusals))]
#[post("/equipment/{id}/wish")]
async fn wish_equipment(app: web::Data<App>, id: web::Path<EquipmentId>, change: Change<WishEquipment>) -> Result<Created<LoanView>> {
    let state = app.get_ref().clone();
    let deed = move |db: &mut Db| {
        let Versioned { version, body } = super::wish(db, &state, &change, *id).and_then(|seen| loan_shown(db, seen))?;
        Ok(Created { location: format!("/api/v1/loans/{}", body.id), version, body })
    };
    app.pool.write(deed).await
}

/// What the caller's organisations borrow and lend, newest first; for those who read the county's business, the county's.
#[utoipa::path(tag = "equipment", params(LoanQuery), security(("bearer" = [])), responses((status = 200, description = "A page", body = Page<LoanView>), AskRefusals))]
#[get("/loans")]
async fn list_loans(app: web::Data<App>, ask: Ask<LoanQuery>) -> Result<Private<Page<LoanView>>> {
    let state = app.get_ref().clone();
    let read = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &ask.caller)?;
        let LoanQuery { state: wanted, side, equipment_id, limit, after } = ask.query()?.clone();
        let filters = format!("loans {:?} {wanted:?} {side:?} {equipment_id:?}", act.person());
        let cursor = Cursor::read(&state.secrets, limit, after.as_deref(), &filters)?;
        let found = super::list(db, &act, &Wanted { state: wanted, equipment: equipment_id, side }, cursor)?;
        let directory = directory::current(db)?;
        let items: Vec<LoanView> = found.into_iter().map(|opened| LoanView::of(&directory, &act, opened)).collect();
        Ok(page(&state.secrets, items, cursor, &filters, |item| item.id.0))
    };
    app.pool.read(read).await.map(Private)
}

/// One loan, for those who plan with equipment in its county.
#[utoipa::path(tag = "equipment", params(("id" = LoanId, Path, description = "Its number")), security(("bearer" = [])), responses((status = 200, description = "The loan", body = LoanView, headers(("ETag" = String, description = "The version"))), AskRefusals))]
#[get("/loans/{id}")]
async fn read_loan(app: web::Data<App>, id: web::Path<LoanId>, caller: Caller) -> Result<Versioned<LoanView>> {
    let state = app.get_ref().clone();
    let read = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &caller)?;
        let opened = super::look(db, &act, *id)?;
        loan_shown(db, (act, opened))
    };
    app.pool.read(read).await
}

/// A deed on a loan.
async fn doing<B: Body + Send + Sync + 'static>(
    app: web::Data<App>,
    id: LoanId,
    change: Change<B>,
    deed: impl Fn(&mut Db, &App, &Change<B>, LoanId) -> Result<(Act, Opened)> + Send + 'static,
) -> Result<Versioned<LoanView>> {
    let state = app.get_ref().clone();
    app.pool.write(move |db| deed(db, &state, &change, id).and_then(|seen| loan_shown(db, seen))).await
}

/// The keeper says yes: the equipment is taken for these days.
#[utoipa::path(tag = "equipment", request_body = AgreeLoan, security(("bearer" = [])), params(("id" = LoanId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the loan"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The loan, as it is now", body = LoanView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/loans/{id}/agree")]
async fn agree_loan(app: web::Data<App>, id: web::Path<LoanId>, change: Change<AgreeLoan>) -> Result<Versioned<LoanView>> {
    doing(app, *id, change, super::agree).await
}

/// The keeper says no and why; also after a yes, before it is handed over.
#[utoipa::path(tag = "equipment", request_body = RefuseLoan, security(("bearer" = [])), params(("id" = LoanId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the loan"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The loan, as it is now", body = LoanView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/loans/{id}/refuse")]
async fn refuse_loan(app: web::Data<App>, id: web::Path<LoanId>, change: Change<RefuseLoan>) -> Result<Versioned<LoanView>> {
    doing(app, *id, change, super::refuse).await
}

/// Who wished does not need it any more.
#[utoipa::path(tag = "equipment", request_body = Nothing, security(("bearer" = [])), params(("id" = LoanId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the loan"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The loan, as it is now", body = LoanView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/loans/{id}/withdraw")]
async fn withdraw_loan(app: web::Data<App>, id: web::Path<LoanId>, change: Change<Nothing>) -> Result<Versioned<LoanView>> {
    doing(app, *id, change, super::withdraw).await
}

/// The keeper hands it over, and notes in what condition: on the day before its first day at the earliest.
#[utoipa::path(tag = "equipment", request_body = Condition, security(("bearer" = [])), params(("id" = LoanId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the loan"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The loan, as it is now", body = LoanView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/loans/{id}/hand_over")]
async fn hand_over_loan(app: web::Data<App>, id: web::Path<LoanId>, change: Change<Condition>) -> Result<Versioned<LoanView>> {
    doing(app, *id, change, super::hand_over).await
}

/// The keeper has it back, and notes in what condition: the days that are left are free again.
#[utoipa::path(tag = "equipment", request_body = Condition, security(("bearer" = [])), params(("id" = LoanId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the loan"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The loan, as it is now", body = LoanView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/loans/{id}/give_back")]
async fn give_back_loan(app: web::Data<App>, id: web::Path<LoanId>, change: Change<Condition>) -> Result<Versioned<LoanView>> {
    doing(app, *id, change, super::give_back).await
}

/// The borrower's feedback: how many came, and how it was.
#[utoipa::path(tag = "equipment", request_body = ReportLoan, security(("bearer" = [])), params(("id" = LoanId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the loan"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The loan, as it is now", body = LoanView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/loans/{id}/report")]
async fn report_loan(app: web::Data<App>, id: web::Path<LoanId>, change: Change<ReportLoan>) -> Result<Versioned<LoanView>> {
    doing(app, *id, change, super::report).await
}
