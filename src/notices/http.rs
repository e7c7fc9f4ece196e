//! Inbox and call list on the wire.
#![expect(unused_qualifications, reason = "the attribute that documents a route names its query with a path of its own")]

use actix_web::{get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::words::{Sentence, sentence};
use super::{CallDone, CallLine, CallResult, Notice, Subject, store};
use crate::app::App;
use crate::auth;
use crate::clock::Moment;
use crate::error::Error;
use crate::ids::{CallLineId, ComplaintId, EventId, LoanId, NoticeId, OrderId, OrganisationId, RegistrationId};
use crate::wire::{Ask, Caller, Change, Cursor, Page, Private, Problem};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct NoticeQuery {
    /// True: only unread ones; false: only read ones.
    unread: Option<bool>,
    /// How many rows, 20 unless told otherwise.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CallQuery {
    /// True: only calls still to be made; false: only those done.
    open: Option<bool>,
    /// How many rows, 20 unless told otherwise.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// A line in the caller's inbox.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticeView {
    id: NoticeId,
    /// What happened, as one word; more kinds may come.
    #[schema(example = "dispatched")]
    kind: String,
    /// The order to look at; null where the notice is of something else.
    order_id: Option<OrderId>,
    #[schema(example = "KP7M2Q9XWA")]
    order_number: Option<String>,
    /// The complaint to look at; null where the notice is of something else.
    complaint_id: Option<ComplaintId>,
    #[schema(example = "TS3F7Q2M8A")]
    complaint_number: Option<String>,
    /// The event to look at; null where the notice is of something else.
    event_id: Option<EventId>,
    #[schema(example = "家庭用电安全")]
    event_title: Option<String>,
    /// The loan to look at; null where the notice is of something else.
    loan_id: Option<LoanId>,
    /// What is lent.
    #[schema(example = "科普大篷车1号")]
    equipment: Option<String>,
    sentence: Sentence,
    created_at: Moment,
    read_at: Option<Moment>,
}

impl From<Notice> for NoticeView {
    fn from(notice: Notice) -> Self {
        let Notice { id, kind, created_at, read_at, order, complaint, event, loan } = notice;
        let Numbers { sentence, order_id, order_number, complaint_id, complaint_number, event_id, event_title, loan_id, equipment } =
            Numbers::of(&kind, store::about(order, complaint, event, loan));
        Self { id, sentence, kind, order_id, order_number, complaint_id, complaint_number, event_id, event_title, loan_id, equipment, created_at, read_at }
    }
}

/// What something is about, spread over the fields that the wire has for it.
#[derive(Default)]
struct Numbers {
    sentence: Sentence,
    order_id: Option<OrderId>,
    order_number: Option<String>,
    complaint_id: Option<ComplaintId>,
    complaint_number: Option<String>,
    event_id: Option<EventId>,
    event_title: Option<String>,
    loan_id: Option<LoanId>,
    equipment: Option<String>,
}

impl Numbers {
    fn of(kind: &str, about: Option<Subject>) -> Self {
        match about {
            Some(Subject::Order(id, number)) => {
                Self { sentence: sentence(kind, Some(&number)), order_id: Some(id), order_number: Some(number), ..Self::default() }
            }
            Some(Subject::Complaint(id, number)) => {
                Self { sentence: sentence(kind, Some(&number)), complaint_id: Some(id), complaint_number: Some(number), ..Self::default() }
            }
            Some(Subject::Event(id, title)) => Self { sentence: sentence(kind, Some(&title)), event_id: Some(id), event_title: Some(title), ..Self::default() },
            Some(Subject::Loan(id, name)) => Self { sentence: sentence(kind, Some(&name)), loan_id: Some(id), equipment: Some(name), ..Self::default() },
            None => Self { sentence: sentence(kind, None), ..Self::default() },
        }
    }
}

/// A page of the caller's inbox.
#[derive(Debug, Serialize, ToSchema)]
pub struct InboxView {
    items: Vec<NoticeView>,
    /// Give it back as `after` for the next page; null on the last.
    next: Option<String>,
    /// How many of all the caller's notices are unread, whatever the filter.
    #[schema(minimum = 0, example = 3)]
    unread: i64,
}

/// How many notices were marked as read.
#[derive(Debug, Serialize, ToSchema)]
pub struct AllReadView {
    #[schema(minimum = 0, example = 3)]
    read: usize,
}

/// A call that a centre has to make: whom about which order, complaint or registration. Name and phone are masked; the contact is revealed by a
/// deed of its own, with a reason.
#[derive(Debug, Serialize, ToSchema)]
pub struct CallView {
    id: CallLineId,
    /// Null where it is about something else.
    order_id: Option<OrderId>,
    #[schema(example = "KP7M2Q9XWA")]
    order_number: Option<String>,
    /// Null where it is about something else.
    complaint_id: Option<ComplaintId>,
    #[schema(example = "TS3F7Q2M8A")]
    complaint_number: Option<String>,
    /// The registration whose registrant is called, and its event; null where it is about something else.
    registration_id: Option<RegistrationId>,
    event_id: Option<EventId>,
    #[schema(example = "家庭用电安全")]
    event_title: Option<String>,
    /// What to tell, as one word; more kinds may come.
    #[schema(example = "scheduled")]
    kind: String,
    sentence: Sentence,
    created_at: Moment,
    /// Null once the contact was erased.
    #[schema(example = "王**")]
    contact_name: Option<String>,
    /// Null where none was given: then somebody goes to the door.
    #[schema(example = "138****1234")]
    contact_phone: Option<String>,
    /// When the call was done; null while it is open.
    done_at: Option<Moment>,
    result: Option<CallResult>,
}

impl From<CallLine> for CallView {
    fn from(line: CallLine) -> Self {
        let CallLine { id, about, registration, kind, created_at, contact_name, contact_phone, done_at, result } = line;
        let Numbers { sentence, order_id, order_number, complaint_id, complaint_number, event_id, event_title, .. } = Numbers::of(&kind, about);
        Self {
            id,
            order_id,
            order_number,
            complaint_id,
            complaint_number,
            registration_id: registration,
            event_id,
            event_title,
            kind,
            sentence,
            created_at,
            contact_name,
            contact_phone,
            done_at,
            result,
        }
    }
}

/// The caller's own notices, newest first.
#[utoipa::path(operation_id = "list_notices", tag = "notices", params(NoticeQuery), security(("bearer" = [])), responses(
    (status = 200, description = "A page of the inbox", body = InboxView),
    (status = 400, description = "The query cannot be read", body = Problem, content_type = "application/problem+json"),
    (status = 401, description = "Sign in first", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "The one-time password must be changed first", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[get("/notices")]
async fn list_notices(app: web::Data<App>, ask: Ask<NoticeQuery>) -> Result<Private<InboxView>, Error> {
    let state = app.clone();
    let read = app.pool.read(move |db| {
        let act = auth::signed_in(db, &state, &ask.caller)?;
        let NoticeQuery { unread, limit, after } = ask.query()?;
        let filters = format!("notices {unread:?}");
        let cursor = Cursor::read(&state.secrets, *limit, after.as_deref(), &filters)?;
        let inbox = super::list_notices(db, &act, *unread, cursor)?;
        let next = inbox.notices.last().filter(|_| inbox.more).map(|last| Cursor::next(&state.secrets, last.id.0, &filters));
        Ok(InboxView { items: inbox.notices.into_iter().map(NoticeView::from).collect(), next, unread: inbox.unread })
    });
    Ok(Private(read.await?))
}

/// Marks one of the caller's own notices as read; again makes no difference.
#[utoipa::path(operation_id = "read_notice", tag = "notices", params(("id" = NoticeId, Path, description = "The notice")), security(("bearer" = [])), responses(
    (status = 200, description = "The notice, read", body = NoticeView),
    (status = 401, description = "Sign in first", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "The one-time password must be changed first", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "It is none of the caller's", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[post("/notices/{id}/read")]
async fn read_notice(app: web::Data<App>, caller: Caller, id: web::Path<NoticeId>) -> Result<Private<NoticeView>, Error> {
    let state = app.clone();
    let notice = app.pool.write(move |db| auth::signed_in(db, &state, &caller).and_then(|act| super::read_notice(db, &act, *id)));
    Ok(Private(notice.await?.into()))
}

/// Marks all of the caller's notices as read.
#[utoipa::path(operation_id = "read_all_notices", tag = "notices", security(("bearer" = [])), responses(
    (status = 200, description = "How many were unread", body = AllReadView),
    (status = 401, description = "Sign in first", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "The one-time password must be changed first", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[post("/notices/read-all")]
async fn read_all_notices(app: web::Data<App>, caller: Caller) -> Result<Private<AllReadView>, Error> {
    let state = app.clone();
    let read = app.pool.write(move |db| auth::signed_in(db, &state, &caller).and_then(|act| super::read_all_notices(db, &act)));
    Ok(Private(AllReadView { read: read.await? }))
}

/// The calls of a centre, newest first: requesters whom no notice reaches. For dispatchers of the centre and of those above it.
#[utoipa::path(operation_id = "list_calls", tag = "notices", params(("id" = OrganisationId, Path, description = "The centre"), CallQuery), security(("bearer" = [])), responses(
    (status = 200, description = "A page of the call list", body = Page<CallView>),
    (status = 400, description = "The query cannot be read", body = Problem, content_type = "application/problem+json"),
    (status = 401, description = "Sign in first", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "Only a dispatcher works on the call list", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "No centre within the caller's reach", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[get("/centres/{id}/calls")]
async fn list_calls(app: web::Data<App>, ask: Ask<CallQuery>, id: web::Path<OrganisationId>) -> Result<Private<Page<CallView>>, Error> {
    let state = app.clone();
    let read = app.pool.read(move |db| {
        let act = auth::signed_in(db, &state, &ask.caller)?;
        let desk = super::call_desk(db, &act, *id)?;
        let CallQuery { open, limit, after } = ask.query()?;
        let filters = format!("calls {id} {open:?}");
        let cursor = Cursor::read(&state.secrets, *limit, after.as_deref(), &filters)?;
        let (lines, more) = super::list_calls(db, &desk, *open, cursor)?;
        let next = lines.last().filter(|_| more).map(|last| Cursor::next(&state.secrets, last.id.0, &filters));
        Ok(Page { items: lines.into_iter().map(CallView::from).collect(), next })
    });
    Ok(Private(read.await?))
}

/// Notes what became of a call. It ends the line, also when nobody was reached.
#[utoipa::path(operation_id = "done_call", tag = "notices", request_body = CallDone, security(("bearer" = [])),
    params(
        ("id" = CallLineId, Path, description = "The call"),
        ("Idempotency-Key" = Option<String>, Header, min_length = 8, max_length = 100, description = "Makes a repeat harmless"),
    ),
    responses(
        (status = 200, description = "The call, done", body = CallView),
        (status = 400, description = "The body or a header cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Only a dispatcher works on the call list", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No call within the caller's reach", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The call is done already", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is no JSON", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The result is none of those listed, or the key was used for something else", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
    ))]
#[post("/calls/{id}/done")]
async fn done_call(app: web::Data<App>, id: web::Path<CallLineId>, change: Change<CallDone>) -> Result<Private<CallView>, Error> {
    let state = app.clone();
    let line = app.pool.write(move |db| auth::signed_in(db, &state, &change.caller).and_then(|act| super::done_call(db, &act, *id, &change)));
    Ok(Private(line.await?.into()))
}

/// The routes of inbox and call list.
pub fn routes(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    // Before `/notices/{id}/read`: "read-all" is no id.
    cfg.service(read_all_notices).service(list_notices).service(read_notice).service(list_calls).service(done_call);
}
