//! Orders over HTTP: the reading routes, and one route a move.

mod moves;
pub mod slots;
mod track;
mod view;

use actix_web::{get, post, web};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::actor::Act;
use crate::app::App;
use crate::auth;
use crate::db::{self, Db};
use crate::divisions;
use crate::error::{Refusal, Result};
use crate::ids::{OrderId, OrganisationId, PlanItemId};
use crate::wire::{Ask, Caller, Change, Created, Cursor, Page, Private, Problem, Versioned};

use super::deed::identify;
use super::needs;
use super::reach::{self, Opened};
use super::state::State;
use super::store::{self, AsRole, Filter, Narrow};
use super::view as seen;
use view::{BoardView, ContactView, CountView, HistoryView, OrderItem, OrderView, SubmittedView};

/// Counting stops here: a chip shows "1000+".
const MOST_COUNTED: i64 = 1000;
/// Ranked views show their best.
const BEST: i64 = 50;

pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(submit_order)
        .service(list_orders)
        .service(count_orders)
        .service(claim_board)
        .service(read_order)
        .service(read_history)
        .service(reveal_contact)
        .service(track::track_order)
        .service(track::who_reads)
        .service(slots::list_slots)
        .service(slots::check_schedule);
    moves::routes(cfg);
}

/// An order as the answer of a look or a move.
///
/// # Errors
/// 404 where the caller sees nothing of it.
pub fn versioned(db: &mut Db, act: &Act, opened: Opened) -> Result<Versioned<OrderView>> {
    let version = opened.order.row.version;
    let shown = seen::one(db, act, opened)?;
    Ok(Versioned { version, body: OrderView::from(shown) })
}

/// Order a talk, workshop, exhibition, visit or training (点单).
///
/// Anyone may: a resident signed in, a visitor with name and phone, a dispatcher for someone else (`for_other`). The answer
/// holds the number and a token that opens the requester's moves without an account.
#[utoipa::path(
    tag = "orders", request_body = needs::Submit,
    params(("Idempotency-Key" = String, Header, min_length = 8, max_length = 100, description = "Your own key for this order; sending twice makes one."), ("If-Match" = Option<String>, Header, description = "Not needed here.")),
    responses(
        (status = 201, description = "The order, with its number and token.", body = SubmittedView, headers(("ETag" = String), ("Location" = String))),
        (status = 400, description = "It cannot be read.", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "The sign-in has ended.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not for you to order here.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Nobody dispatches here yet.", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large.", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Some fields cannot be used.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many orders from here.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Try again shortly.", body = Problem, content_type = "application/problem+json"),
    ),
    security((), ("bearer" = []))
)]
#[post("/orders")]
async fn submit_order(app: web::Data<App>, change: Change<needs::Submit>) -> Result<Created<SubmittedView>> {
    let state = app.get_ref().clone();
    app.pool
        .write(move |db| {
            let done = super::submit(db, &state, &change)?;
            let shown = versioned(db, &done.act, done.opened)?;
            let location = format!("/api/v1/orders/{}", shown.body.order.id);
            Ok(Created { location, version: shown.version, body: SubmittedView { order: shown.body, track_token: done.track_token } })
        })
        .await
}

/// Which orders to list.
#[derive(Debug, Default, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct OrdersQuery {
    /// Only what I have to do with in this role now; nothing where the role is not mine.
    #[param(inline)]
    pub as_role: Option<AsRole>,
    pub state: Option<State>,
    /// Only where something is awaited: from submitted to fulfilled, and disputed.
    pub open: Option<bool>,
    /// A division's code: its whole subtree.
    #[param(example = "230522101000", min_length = 12, max_length = 12)]
    pub division: Option<String>,
    /// Of the division, nothing below it.
    pub only_here: Option<bool>,
    pub department_id: Option<OrganisationId>,
    /// Only what has no lead department.
    pub without_department: Option<bool>,
    /// A task of a plan; a programme with all its tasks.
    pub plan_item_id: Option<PlanItemId>,
    /// Only what was dispatched as outside the plan.
    pub outside_plan: Option<bool>,
    /// Only with a session that was held.
    pub held: Option<bool>,
    pub team_id: Option<OrganisationId>,
    /// Only what I asked for; people without a grant see nothing else.
    pub mine: Option<bool>,
    /// Only what is late.
    pub overdue: Option<bool>,
    pub urgent: Option<bool>,
    /// Words to find, Chinese of two characters or more: 急救, 科普讲座.
    #[param(max_length = 100)]
    pub q: Option<String>,
    /// How many rows, 20 unless told otherwise.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

impl OrdersQuery {
    fn filter(&self, db: &mut Db) -> Result<Filter> {
        let place = match &self.division {
            Some(code) => Some(divisions::find(db, code)?.ok_or_else(|| Refusal::query("division", "division_unknown", "There is no such division."))?.path),
            None => None,
        };
        if self.only_here == Some(true) && place.is_none() {
            return Err(Refusal::query("only_here", "division_missing", "Say of which division.").into());
        }
        let grams = self.q.as_deref().map(db::query_grams).unwrap_or_default();
        if self.q.as_deref().is_some_and(|q| !q.trim().is_empty() && grams.is_empty()) {
            return Err(Refusal::query("q", "nothing_to_find", "Give a word to find.").into());
        }
        Ok(Filter {
            state: self.state,
            department: self.department_id,
            team: self.team_id,
            mine: self.mine.unwrap_or(false),
            overdue: self.overdue.unwrap_or(false),
            urgent: self.urgent,
            narrow: Narrow {
                as_role: self.as_role,
                open: self.open.unwrap_or(false),
                here: place.clone().filter(|_| self.only_here == Some(true)),
                without_department: self.without_department.unwrap_or(false),
                plan_item: self.plan_item_id,
                outside_plan: self.outside_plan.unwrap_or(false),
                held: self.held.unwrap_or(false),
            },
            place,
            grams,
        })
    }

    /// All filters in one form, to which a cursor is bound.
    fn bound(&self, act: &Act) -> String {
        let Self {
            as_role,
            state,
            open,
            division,
            only_here,
            department_id,
            without_department,
            plan_item_id,
            outside_plan,
            held,
            team_id,
            mine,
            overdue,
            urgent,
            q,
            limit: _,
            after: _,
        } = self;
        let person = act.person();
        let place = format!("{division:?} {only_here:?} {department_id:?} {without_department:?}");
        let plan = format!("{plan_item_id:?} {outside_plan:?} {held:?}");
        format!("orders {person:?} {as_role:?} {state:?} {open:?} {place} {plan} {team_id:?} {mine:?} {overdue:?} {urgent:?} {q:?}")
    }
}

/// The orders in reach, newest first.
#[utoipa::path(
    tag = "orders", params(OrdersQuery),
    responses(
        (status = 200, description = "A page.", body = Page<OrderItem>),
        (status = 400, description = "A parameter cannot be read.", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Sign in.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Change the one-time password first.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Try again shortly.", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/orders")]
async fn list_orders(app: web::Data<App>, ask: Ask<OrdersQuery>) -> Result<Private<Page<OrderItem>>> {
    let state = app.clone();
    app.pool.read(move |db| listed(db, &state, &ask).map(Private)).await
}

/// A page of the orders in reach: all that the route does, but for the way to a thread.
///
/// # Errors
/// 401 for who is not signed in, 400 for a query that cannot be used.
pub fn listed(db: &mut Db, app: &App, ask: &Ask<OrdersQuery>) -> Result<Page<OrderItem>> {
    let act = auth::signed_in(db, app, &ask.caller)?;
    let query = ask.query()?;
    let Some(actor) = act.actor() else { return Err(auth::sign_in_first()) };
    let bound = query.bound(&act);
    let cursor = Cursor::read(&app.secrets, query.limit, query.after.as_deref(), &bound)?;
    let filter = query.filter(db)?;
    let mut orders = store::page(db, actor, &filter, cursor, act.now)?;
    let more = orders.len() > usize::try_from(cursor.limit).unwrap_or(usize::MAX);
    if more {
        orders.pop();
    }
    let next = orders.last().filter(|_| more).map(|last| Cursor::next(&app.secrets, last.row.id.0, &bound));
    let opened = reach::judge(db, &act, orders)?;
    let items = seen::list(db, &act, opened)?.into_iter().map(OrderItem::from).collect();
    Ok(Page { items, next })
}

/// How many orders in reach stand in each state.
#[utoipa::path(
    tag = "orders", params(OrdersQuery),
    responses(
        (status = 200, description = "A count a state; counting stops at 1000.", body = Vec<CountView>),
        (status = 400, description = "A parameter cannot be read.", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Sign in.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Change the one-time password first.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Try again shortly.", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/orders/counts")]
async fn count_orders(app: web::Data<App>, ask: Ask<OrdersQuery>) -> Result<Private<Vec<CountView>>> {
    let state = app.get_ref().clone();
    app.pool
        .read(move |db| {
            let act = auth::signed_in(db, &state, &ask.caller)?;
            let filter = ask.query()?.filter(db)?;
            let Some(actor) = act.actor() else { return Err(auth::sign_in_first()) };
            let counts = store::count_by_state(db, actor, &filter, MOST_COUNTED, act.now)?;
            Ok(Private(counts.into_iter().map(|(state, count)| CountView { state, count }).collect()))
        })
        .await
}

/// For which team.
#[derive(Debug, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct BoardQuery {
    pub team_id: OrganisationId,
}

/// The claim board (抢单): what waits for a team, soonest deadline first, and what is offered to this one.
#[utoipa::path(
    tag = "orders", params(BoardQuery),
    responses(
        (status = 200, description = "The best 50.", body = BoardView),
        (status = 400, description = "A parameter cannot be read.", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Sign in.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "You do not lead this team.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such team.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Try again shortly.", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/orders/board")]
async fn claim_board(app: web::Data<App>, ask: Ask<BoardQuery>) -> Result<Private<BoardView>> {
    let state = app.get_ref().clone();
    app.pool
        .read(move |db| {
            let act = auth::signed_in(db, &state, &ask.caller)?;
            let team = ask.query()?.team_id;
            let (orders, total) = super::board(db, &act, team, BEST)?;
            let opened = reach::judge(db, &act, orders)?;
            let items = seen::list(db, &act, opened)?.into_iter().map(OrderItem::from).collect();
            Ok(Private(BoardView { items, total }))
        })
        .await
}

/// One order, as the caller may see it, with the moves that are open to them now.
#[utoipa::path(
    tag = "orders", params(("id" = OrderId, Path)),
    responses(
        (status = 200, description = "The order.", body = OrderView, headers(("ETag" = String))),
        (status = 401, description = "Sign in.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Change the one-time password first.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Nothing in reach.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Try again shortly.", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []), ("track_token" = []))
)]
#[get("/orders/{id}")]
async fn read_order(app: web::Data<App>, id: web::Path<OrderId>, caller: Caller) -> Result<Versioned<OrderView>> {
    let state = app.clone();
    app.pool.look_up(move |db| looked_up(db, &state, &caller, *id)).await
}

/// One order: all that the route does, but for the way to a thread.
///
/// # Errors
/// 401 for who is not signed in, 404 for what is out of reach.
pub fn looked_up(db: &mut Db, app: &App, caller: &Caller, id: OrderId) -> Result<Versioned<OrderView>> {
    let act = reader(db, app, caller)?;
    let opened = reach::open(db, &act, id, None)?;
    versioned(db, &act, opened)
}

/// Whoever reads one order: a person signed in, or the requester by the token.
fn reader(db: &mut Db, app: &App, caller: &Caller) -> Result<Act> {
    let act = identify(db, app, caller)?;
    if matches!(act.by, crate::actor::By::Visitor) { Err(auth::sign_in_first()) } else { Ok(act) }
}

/// The history of an order: who, what, when, from, to, note.
#[utoipa::path(
    tag = "orders", params(("id" = OrderId, Path)),
    responses(
        (status = 200, description = "Oldest first.", body = Vec<HistoryView>),
        (status = 401, description = "Sign in.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Change the one-time password first.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Nothing in reach.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Try again shortly.", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []), ("track_token" = []))
)]
#[get("/orders/{id}/history")]
async fn read_history(app: web::Data<App>, id: web::Path<OrderId>, caller: Caller) -> Result<Private<Vec<HistoryView>>> {
    let state = app.get_ref().clone();
    app.pool
        .read(move |db| {
            let act = reader(db, &state, &caller)?;
            let opened = reach::open(db, &act, *id, None)?;
            Ok(Private(seen::history(db, &act, &opened)?.into_iter().map(HistoryView::from).collect()))
        })
        .await
}

/// Read the contact in full, with a reason: journalled, and shown in the history.
#[utoipa::path(
    tag = "orders", params(("id" = OrderId, Path)), request_body = needs::Reason,
    responses(
        (status = 200, description = "Whom to meet and where.", body = ContactView),
        (status = 400, description = "It cannot be read.", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Sign in.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not for you.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Nothing in reach.", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large.", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A reason is wanted.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Try again shortly.", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []), ("track_token" = []))
)]
#[post("/orders/{id}/contact")]
async fn reveal_contact(app: web::Data<App>, id: web::Path<OrderId>, change: Change<needs::Reason>) -> Result<Private<ContactView>> {
    let state = app.get_ref().clone();
    app.pool
        .write(move |db| {
            let contact = super::reveal_contact(db, &state, &change, *id)?;
            Ok(Private(ContactView { name: contact.name, phone: contact.phone, address: contact.address, masked: false }))
        })
        .await
}
