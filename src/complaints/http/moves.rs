//! One route a move; each answers the complaint as it now is. And the contact in full, which is no move.

use actix_web::{post, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::super::needs;
use super::super::reach::Opened;
use super::versioned;
use super::view::{ComplaintContact, ComplaintView};
use crate::actor::Act;
use crate::app::App;
use crate::db::Db;
use crate::error::Result;
use crate::ids::ComplaintId;
use crate::orders::needs::{Nothing, Reason};
use crate::wire::{Body, Change, MoveAnswers, Private, Problem, Versioned};

type Deed<B> = fn(&mut Db, &App, &Change<B>, ComplaintId) -> Result<(Act, Opened)>;

pub(super) fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(answer_complaint).service(not_satisfied_complaint).service(withdraw_complaint).service(reveal_complaint_contact);
}

async fn make<B: Body + Send + Sync + 'static>(app: &App, id: ComplaintId, change: Change<B>, deed: Deed<B>) -> Result<Versioned<ComplaintView>> {
    let state = app.clone();
    app.pool
        .write(move |db| {
            let (act, opened) = deed(db, &state, &change, id)?;
            versioned(db, &act, opened)
        })
        .await
}

type Moved = MoveAnswers<ComplaintView>;

/// Answer it (答复): a level above what it is about; the supervisor for good.
#[utoipa::path(
    tag = "complaints", request_body = needs::AnswerComplaint,
    params(
        ("id" = ComplaintId, Path),
        ("If-Match" = Option<String>, Header, description = "The ETag that you read.", example = "\"1\""),
        ("Idempotency-Key" = Option<String>, Header, min_length = 8, max_length = 100, description = "Makes a repeat harmless."),
    ),
    responses(Moved), security(("bearer" = []), ("track_token" = []))
)]
#[post("/complaints/{id}/answer")]
async fn answer_complaint(app: web::Data<App>, id: web::Path<ComplaintId>, change: Change<needs::AnswerComplaint>) -> Result<Versioned<ComplaintView>> {
    make(app.get_ref(), *id, change, super::super::answer).await
}

/// Say, once, that the answer does not do: the supervisor answers for good.
#[utoipa::path(
    tag = "complaints", request_body = needs::NotSatisfied,
    params(
        ("id" = ComplaintId, Path),
        ("If-Match" = Option<String>, Header, description = "The ETag that you read.", example = "\"2\""),
        ("Idempotency-Key" = Option<String>, Header, min_length = 8, max_length = 100, description = "Makes a repeat harmless."),
    ),
    responses(Moved), security(("bearer" = []), ("track_token" = []))
)]
#[post("/complaints/{id}/not_satisfied")]
async fn not_satisfied_complaint(app: web::Data<App>, id: web::Path<ComplaintId>, change: Change<needs::NotSatisfied>) -> Result<Versioned<ComplaintView>> {
    make(app.get_ref(), *id, change, super::super::not_satisfied).await
}

/// Take the complaint back.
#[utoipa::path(
    tag = "complaints", request_body = Nothing,
    params(
        ("id" = ComplaintId, Path),
        ("If-Match" = Option<String>, Header, description = "The ETag that you read.", example = "\"1\""),
        ("Idempotency-Key" = Option<String>, Header, min_length = 8, max_length = 100, description = "Makes a repeat harmless."),
    ),
    responses(Moved), security(("bearer" = []), ("track_token" = []))
)]
#[post("/complaints/{id}/withdraw")]
async fn withdraw_complaint(app: web::Data<App>, id: web::Path<ComplaintId>, change: Change<Nothing>) -> Result<Versioned<ComplaintView>> {
    make(app.get_ref(), *id, change, super::super::withdraw).await
}

/// Read the contact in full, with a reason: journalled, and shown in the history.
#[utoipa::path(
    tag = "complaints", params(("id" = ComplaintId, Path)), request_body = Reason,
    responses(
        (status = 200, description = "Whom to answer.", body = ComplaintContact),
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
#[post("/complaints/{id}/contact")]
async fn reveal_complaint_contact(app: web::Data<App>, id: web::Path<ComplaintId>, change: Change<Reason>) -> Result<Private<ComplaintContact>> {
    let state = app.get_ref().clone();
    app.pool
        .write(move |db| {
            let contact = super::super::reveal_contact(db, &state, &change, *id)?;
            Ok(Private(ComplaintContact { name: contact.name, phone: contact.phone, masked: false }))
        })
        .await
}
