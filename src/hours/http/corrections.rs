//! Taking records back, and corrections that volunteers ask for, over HTTP.

use actix_web::{get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::super::store::Correction;
use super::super::{correcting, reversing};
use super::record_shown;
use super::view::ServiceRecordView;
use crate::app::App;
use crate::auth;
use crate::clock::Moment;
use crate::db::Db;
use crate::error::Result;
use crate::idempotency;
use crate::ids::{CorrectionId, OrganisationId, PersonId, RecordId};
use crate::wire::{Ask, AskRefusals, Body, Change, ChangeRefusals, Created, Cursor, Faults, Page, Private};

pub(super) fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(reverse_record).service(ask_correction).service(list_corrections).service(answer_correction);
}

/// The longest words.
const LONGEST: usize = 500;

/// Why a record is taken back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReverseRecord {
    #[schema(min_length = 1, max_length = 500, example = "当天没有到场")]
    reason: String,
}

impl Body for ReverseRecord {
    fn check(&self, faults: &mut Faults) {
        faults.text("/reason", &self.reason, LONGEST);
    }
}

/// What is wrong with a record.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AskCorrection {
    #[schema(min_length = 1, max_length = 500, example = "我从九点一直到十一点，只记了一小时")]
    words: String,
}

impl Body for AskCorrection {
    fn check(&self, faults: &mut Faults) {
        faults.text("/words", &self.words, LONGEST);
    }
}

/// What becomes of a correction, and why.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AnswerCorrection {
    /// Whether the volunteer is right: then the record is taken back, and filed anew.
    agreed: bool,
    #[schema(min_length = 1, max_length = 500, example = "核对了签到表，确实是两小时")]
    answer: String,
}

impl Body for AnswerCorrection {
    fn check(&self, faults: &mut Faults) {
        faults.text("/answer", &self.answer, LONGEST);
    }
}

/// A correction that a volunteer asked for.
#[derive(Debug, Serialize, ToSchema)]
struct CorrectionView {
    id: CorrectionId,
    record_id: RecordId,
    person_id: PersonId,
    team_id: OrganisationId,
    words: String,
    asked_at: Moment,
    /// Until when the team answers.
    due_at: Moment,
    /// Since when the centre above answers, too.
    moved_up_at: Option<Moment>,
    answered_by: Option<PersonId>,
    answered_at: Option<Moment>,
    agreed: Option<bool>,
    answer: Option<String>,
    /// For `ETag`.
    version: i64,
}

impl From<Correction> for CorrectionView {
    fn from(found: Correction) -> Self {
        Self {
            id: found.id,
            record_id: found.record,
            person_id: found.person,
            team_id: found.team,
            words: found.words,
            asked_at: found.asked_at,
            due_at: found.due_at,
            moved_up_at: found.moved_up_at,
            answered_by: found.answered_by,
            answered_at: found.answered_at,
            agreed: found.agreed,
            answer: found.answer,
            version: found.version,
        }
    }
}

/// Takes a service record back, with the reason: by a row of its own, in the year of the event. The department that answered for it does, a
/// centre's dispatcher, or the county's supervisor; nobody their own.
#[utoipa::path(tag = "hours", request_body = ReverseRecord, security(("bearer" = [])), params(("id" = RecordId, Path, description = "Its number"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The record, as it is now", body = ServiceRecordView), ChangeRefusals))]
#[post("/service_records/{id}/reverse")]
async fn reverse_record(app: web::Data<App>, id: web::Path<RecordId>, change: Change<ReverseRecord>) -> Result<Private<ServiceRecordView>> {
    let (state, id) = (app.get_ref().clone(), *id);
    let deed = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &change.caller)?;
        let (row, capacity) = reversing::reversible(db, &act, id)?;
        let body = change.body()?;
        idempotency::once(db, &act, &change, "reverse_record", id.0, |db| reversing::reverse(db, &act, &row, capacity, body.reason.trim()).map(|_| ()))?;
        record_shown(db, row)
    };
    app.pool.write(deed).await.map(Private)
}

/// Asks for a correction of one's own record, at any time. The team answers within 5 working days, with reasons; then the centre above does, too.
#[utoipa::path(tag = "hours", request_body = AskCorrection, security(("bearer" = [])), params(("id" = RecordId, Path, description = "The record"), ("Idempotency-Key" = String, Header, description = "Sending twice makes one")), responses((status = 201, description = "The correction, which waits for its answer", body = CorrectionView, headers(("ETag" = String, description = "The version"), ("Location" = String, description = "Its address"))), ChangeRefusals))]
#[post("/service_records/{id}/corrections")]
async fn ask_correction(app: web::Data<App>, id: web::Path<RecordId>, change: Change<AskCorrection>) -> Result<Created<CorrectionView>> {
    let (state, id) = (app.get_ref().clone(), *id);
    let deed = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &change.caller)?;
        let me = correcting::own(db, &act, id)?;
        let body = change.body()?;
        change.required_key()?;
        let (scope, name) = (idempotency::scope(&act, ""), format!("ask_correction {id}"));
        let made = match idempotency::replay(db, &scope, &name, &change)? {
            Some(made) => CorrectionId(made),
            None => {
                let made = correcting::ask(db, &act, me, id, body.words.trim())?;
                idempotency::remember(db, act.now, &scope, &name, &change, made.0)?;
                made
            }
        };
        let found = correcting::look(db, &act, made)?;
        Ok(Created { location: format!("/api/v1/corrections/{made}"), version: found.version, body: CorrectionView::from(found) })
    };
    app.pool.write(deed).await
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CorrectionQuery {
    /// Only those that wait for an answer.
    waiting: Option<bool>,
    /// How many rows, 20 unless told otherwise.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// Corrections that the caller asked for, answers or reads, newest first.
#[utoipa::path(tag = "hours", params(CorrectionQuery), security(("bearer" = [])), responses((status = 200, description = "A page", body = Page<CorrectionView>), AskRefusals))]
#[get("/corrections")]
async fn list_corrections(app: web::Data<App>, ask: Ask<CorrectionQuery>) -> Result<Private<Page<CorrectionView>>> {
    let state = app.get_ref().clone();
    let read = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &ask.caller)?;
        let CorrectionQuery { waiting, limit, after } = ask.query()?.clone();
        let filters = format!("corrections {:?} {waiting:?}", act.person());
        let cursor = Cursor::read(&state.secrets, limit, after.as_deref(), &filters)?;
        let found = correcting::list(db, &act, waiting.unwrap_or(false), cursor)?;
        let items: Vec<CorrectionView> = found.into_iter().map(CorrectionView::from).collect();
        Ok(crate::organisations::http::page(&state.secrets, items, cursor, &filters, |item| item.id.0))
    };
    app.pool.read(read).await.map(Private)
}

/// Answers a correction with reasons: a leader of the team, and after 5 working days a dispatcher of a centre above. Where the volunteer is
/// right, the record is taken back at once.
#[utoipa::path(tag = "hours", request_body = AnswerCorrection, security(("bearer" = [])), params(("id" = CorrectionId, Path, description = "Its number"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The correction, as it is now", body = CorrectionView), ChangeRefusals))]
#[post("/corrections/{id}/answer")]
async fn answer_correction(app: web::Data<App>, id: web::Path<CorrectionId>, change: Change<AnswerCorrection>) -> Result<Private<CorrectionView>> {
    let (state, id) = (app.get_ref().clone(), *id);
    let deed = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &change.caller)?;
        let (found, capacity) = correcting::answerable(db, &act, id)?;
        let body = change.body()?;
        idempotency::once(db, &act, &change, "answer_correction", id.0, |db| correcting::answer(db, &act, &found, capacity, body.agreed, body.answer.trim()))?;
        correcting::look(db, &act, id).map(CorrectionView::from)
    };
    app.pool.write(deed).await.map(Private)
}
