//! Complaints over HTTP: complaining, reading, and one route a move.

mod moves;
mod view;

use actix_web::{get, post, web};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::needs;
use super::reach;
use super::rules;
use super::state::ComplaintState;
use super::store::{self, Filter};
use super::view as seen;
use crate::actor::Act;
use crate::app::App;
use crate::auth;
use crate::db::{self, Db};
use crate::error::{Refusal, Result};
use crate::ids::ComplaintId;
use crate::orders::needs::Track;
use crate::orders::rules as numbers;
use crate::wire::{Ask, Caller, Change, Created, Cursor, Page, Private, Problem, Versioned};
use view::{ComplaintCount, ComplaintItem, ComplaintLine, ComplaintSubmitted, ComplaintTrack, ComplaintView};

/// Counting stops here: a chip shows "1000+".
const MOST_COUNTED: i64 = 1000;

pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(submit_complaint).service(list_complaints).service(count_complaints).service(track_complaint).service(read_complaint).service(read_history);
    moves::routes(cfg);
}

/// A complaint as the answer of a look or a move.
fn versioned(db: &mut Db, act: &Act, opened: reach::Opened) -> Result<Versioned<ComplaintView>> {
    let version = opened.complaint.row.version;
    Ok(Versioned { version, body: ComplaintView::from(seen::one(db, act, opened)?) })
}

/// Complain (投诉), about an order or about anything.
///
/// Anyone may: somebody signed in, the requester of an order by its token, a visitor with or without a name and a phone. A level
/// above what it is about answers. The answer holds the number and a token by which it can be followed without an account.
#[utoipa::path(
    operation_id = "submit_complaint", tag = "complaints", request_body = needs::Complain,
    params(("Idempotency-Key" = String, Header, min_length = 8, max_length = 100, description = "Your own key for this complaint; sending twice makes one."), ("If-Match" = Option<String>, Header, description = "Not needed here.")),
    responses(
        (status = 201, description = "The complaint, with its number and token.", body = ComplaintSubmitted, headers(("ETag" = String), ("Location" = String))),
        (status = 400, description = "It cannot be read.", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "The sign-in has ended, or the link is not known.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Change the one-time password first.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Nobody answers here yet.", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large.", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Some fields cannot be used.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many complaints, or unknown numbers, from here.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Try again shortly.", body = Problem, content_type = "application/problem+json"),
    ),
    security((), ("bearer" = []), ("track_token" = []))
)]
#[post("/complaints")]
async fn submit_complaint(app: web::Data<App>, change: Change<needs::Complain>) -> Result<Created<ComplaintSubmitted>> {
    let created = |db: &mut Db, done: super::Complained| {
        let shown = versioned(db, &done.act, done.opened)?;
        let location = format!("/api/v1/complaints/{}", shown.body.complaint.id);
        Ok(Created { location, version: shown.version, body: ComplaintSubmitted { complaint: shown.body, track_token: done.track_token } })
    };
    super::complain_counted(app.get_ref(), change, created).await
}

/// Which complaints to list.
#[derive(Debug, Default, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ComplaintsQuery {
    pub state: Option<ComplaintState>,
    /// Only what is late.
    pub late: Option<bool>,
    /// Only my own; people without a grant see nothing else.
    pub mine: Option<bool>,
    /// Words to find, Chinese of two characters or more; or the whole number of a complaint or of its order.
    #[param(max_length = 100)]
    pub q: Option<String>,
    /// How many rows, 20 unless told otherwise.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

impl ComplaintsQuery {
    fn filter(&self) -> Result<Filter> {
        let mut filter = Filter { state: self.state, late: self.late.unwrap_or(false), mine: self.mine.unwrap_or(false), ..Filter::default() };
        let Some(q) = self.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) else { return Ok(filter) };
        let begins = |letters: &str| q.get(..2).is_some_and(|start| start.eq_ignore_ascii_case(letters));
        filter.number = rules::parse_number(q).filter(|_| begins("TS"));
        filter.order_number = numbers::parse_number(q).filter(|_| begins("KP"));
        if filter.number.is_none() && filter.order_number.is_none() {
            filter.grams = db::query_grams(q);
            if filter.grams.is_empty() {
                return Err(Refusal::query("q", "nothing_to_find", "Give a word to find.").into());
            }
        }
        Ok(filter)
    }

    /// All filters in one form, to which a cursor is bound.
    fn bound(&self, act: &Act) -> String {
        let Self { state, late, mine, q, limit: _, after: _ } = self;
        format!("complaints {:?} {state:?} {late:?} {mine:?} {q:?}", act.person())
    }
}

/// The complaints that one answers or reads, newest first; one's own with `mine`.
#[utoipa::path(
    operation_id = "list_complaints", tag = "complaints", params(ComplaintsQuery),
    responses(
        (status = 200, description = "A page.", body = Page<ComplaintItem>),
        (status = 400, description = "A parameter cannot be read.", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Sign in.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Change the one-time password first.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Try again shortly.", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/complaints")]
async fn list_complaints(app: web::Data<App>, ask: Ask<ComplaintsQuery>) -> Result<Private<Page<ComplaintItem>>> {
    let state = app.get_ref().clone();
    app.pool.read(move |db| listed(db, &state, &ask).map(Private)).await
}

fn listed(db: &mut Db, app: &App, ask: &Ask<ComplaintsQuery>) -> Result<Page<ComplaintItem>> {
    let act = auth::signed_in(db, app, &ask.caller)?;
    let query = ask.query()?;
    let Some(actor) = act.actor() else { return Err(auth::sign_in_first()) };
    let bound = query.bound(&act);
    let cursor = Cursor::read(&app.secrets, query.limit, query.after.as_deref(), &bound)?;
    let mut complaints = store::page(db, actor, &query.filter()?, cursor)?;
    let more = complaints.len() > usize::try_from(cursor.limit).unwrap_or(usize::MAX);
    if more {
        complaints.pop();
    }
    let next = complaints.last().filter(|_| more).map(|last| Cursor::next(&app.secrets, last.row.id.0, &bound));
    let opened = reach::judge(db, &act, complaints)?;
    Ok(Page { items: opened.into_iter().map(|opened| ComplaintItem::from(seen::shown(&act, opened))).collect(), next })
}

/// How many of them stand in each state; states with none are left out.
#[utoipa::path(
    operation_id = "count_complaints", tag = "complaints", params(ComplaintsQuery),
    responses(
        (status = 200, description = "A count a state; counting stops at 1000.", body = Vec<ComplaintCount>),
        (status = 400, description = "A parameter cannot be read.", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Sign in.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Change the one-time password first.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Try again shortly.", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/complaints/counts")]
async fn count_complaints(app: web::Data<App>, ask: Ask<ComplaintsQuery>) -> Result<Private<Vec<ComplaintCount>>> {
    let state = app.get_ref().clone();
    app.pool
        .read(move |db| {
            let act = auth::signed_in(db, &state, &ask.caller)?;
            let filter = ask.query()?.filter()?;
            let Some(actor) = act.actor() else { return Err(auth::sign_in_first()) };
            let counts = store::count_by_state(db, actor, &filter, MOST_COUNTED)?;
            Ok(Private(counts.into_iter().map(|(state, count)| ComplaintCount { state, count }).collect()))
        })
        .await
}

/// Follow a complaint without an account, by its number and the last four digits of the phone that was left, or by its token.
///
/// Five wrong tries close a number for 15 minutes.
#[utoipa::path(
    operation_id = "track_complaint", tag = "complaints", request_body = Track,
    responses(
        (status = 200, description = "Where it is and what was answered; neither its words nor its contact.", body = ComplaintTrack),
        (status = 400, description = "It cannot be read.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No complaint has this number and phone.", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large.", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Some fields cannot be used.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many tries.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Try again shortly.", body = Problem, content_type = "application/problem+json"),
    ),
    security(())
)]
#[post("/complaints/track")]
async fn track_complaint(app: web::Data<App>, change: Change<Track>) -> Result<Private<ComplaintTrack>> {
    super::track_counted(app.get_ref(), change).await.map(|tracked| Private(tracked.into()))
}

/// One complaint, as the caller may see it, with the moves that are open to them now.
#[utoipa::path(
    operation_id = "read_complaint", tag = "complaints", params(("id" = ComplaintId, Path)),
    responses(
        (status = 200, description = "The complaint.", body = ComplaintView, headers(("ETag" = String))),
        (status = 401, description = "Sign in.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Change the one-time password first.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Nothing in reach.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Try again shortly.", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []), ("track_token" = []))
)]
#[get("/complaints/{id}")]
async fn read_complaint(app: web::Data<App>, id: web::Path<ComplaintId>, caller: Caller) -> Result<Versioned<ComplaintView>> {
    let state = app.get_ref().clone();
    app.pool
        .read(move |db| {
            let act = reach::identify(db, &state, &caller)?;
            let opened = reach::open(db, &act, *id)?;
            versioned(db, &act, opened)
        })
        .await
}

/// The history of a complaint: who, what, when, from, to, note.
#[utoipa::path(
    operation_id = "read_complaint_history", tag = "complaints", params(("id" = ComplaintId, Path)),
    responses(
        (status = 200, description = "Oldest first.", body = Vec<ComplaintLine>),
        (status = 401, description = "Sign in.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Change the one-time password first.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Nothing in reach.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Try again shortly.", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []), ("track_token" = []))
)]
#[get("/complaints/{id}/history")]
async fn read_history(app: web::Data<App>, id: web::Path<ComplaintId>, caller: Caller) -> Result<Private<Vec<ComplaintLine>>> {
    let state = app.get_ref().clone();
    app.pool
        .read(move |db| {
            let act = reach::identify(db, &state, &caller)?;
            let opened = reach::open(db, &act, *id)?;
            Ok(Private(seen::history(db, &act, &opened)?.into_iter().map(ComplaintLine::from).collect()))
        })
        .await
}
