//! Putting a day off over HTTP: first looked at, then done.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::needs::PostponeDay;
use super::{Day, Line, WhyStays};
use crate::app::App;
use crate::clock::Moment;
use crate::db::Db;
use crate::directory::{self, Directory};
use crate::error::Result;
use crate::events::PostponeReason;
use crate::events::http::view::{Organiser, organiser, place};
use crate::ids::{EventId, OrderId, PostponementId};
use crate::wire::{Ask, AskRefusals, Change, ChangeRefusals, Private};

/// The routes of putting a day off.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(preview_postponement).service(postpone_day);
}

/// Which day, and where.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PreviewQuery {
    /// All that takes place in this division or below it.
    #[param(pattern = "^[0-9]{12}$", example = "230522100000")]
    division_code: String,
    /// In the county's zone: today or a day to come.
    #[param(example = "2026-12-01")]
    day: NaiveDate,
}

/// An event of the day.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct DayEvent {
    event_id: EventId,
    /// The order that it fulfils.
    order_id: Option<OrderId>,
    title: String,
    organiser: Option<Organiser>,
    /// Its first start and its last end.
    starts_at: Moment,
    ends_at: Moment,
    venue: Option<String>,
    /// The short name of the place.
    division: Option<String>,
    expected: i32,
    /// Why it stays as it is; null for what is put off.
    why: Option<WhyStays>,
}

impl DayEvent {
    fn of(directory: &Directory, line: Line, why: Option<WhyStays>) -> Option<Self> {
        Some(Self {
            event_id: line.event,
            order_id: line.order,
            title: line.title,
            organiser: organiser(directory, line.organiser),
            starts_at: line.spans.iter().map(|(from, _)| *from).min()?,
            ends_at: line.spans.iter().map(|(_, until)| *until).max()?,
            venue: line.venue,
            division: place(directory, line.division_code.as_deref()),
            expected: line.expected,
            why,
        })
    }
}

/// A day in an area: what is put off, and what stays.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct PostponementView {
    /// Null: it was only looked at.
    id: Option<PostponementId>,
    division_code: String,
    #[schema(example = "友谊镇")]
    division: String,
    day: NaiveDate,
    reason: Option<PostponeReason>,
    words: Option<String>,
    /// What is put off, or would be.
    postponed: Vec<DayEvent>,
    /// What stays as it is, with why: it is changed or called off one by one.
    left: Vec<DayEvent>,
}

fn shown(db: &mut Db, day: Day) -> Result<PostponementView> {
    let directory = directory::current(db)?;
    let Day { done, division, day, postponed, left } = day;
    let (id, reason, words) = match done {
        Some(done) => (Some(done.id), Some(done.reason), Some(done.words).filter(|words| !words.is_empty())),
        None => (None, None, None),
    };
    Ok(PostponementView {
        id,
        division_code: division.code,
        division: division.short_name,
        day,
        reason,
        words,
        postponed: postponed.into_iter().filter_map(|line| DayEvent::of(&directory, line, None)).collect(),
        left: left.into_iter().filter_map(|(line, why)| DayEvent::of(&directory, line, Some(why))).collect(),
    })
}

/// What would be put off of a day in an area, and what would stay: nothing changes.
#[utoipa::path(tag = "events", params(PreviewQuery), security(("bearer" = [])), responses((status = 200, description = "The day", body = PostponementView), AskRefusals))]
#[get("/postponements/preview")]
async fn preview_postponement(app: web::Data<App>, ask: Ask<PreviewQuery>) -> Result<Private<PostponementView>> {
    let state = app.get_ref().clone();
    let read = move |db: &mut Db| {
        let day = super::preview(db, &state, &ask.caller, || ask.query().map(|query| (query.division_code.clone(), query.day)))?;
        shown(db, day)
    };
    app.pool.read(read).await.map(Private)
}

/// Puts all off that takes place on a day in an area, as far as it can be put off by itself: snow, for instance.
#[utoipa::path(tag = "events", request_body = PostponeDay, security(("bearer" = [])), params(("Idempotency-Key" = String, Header, description = "Sending twice makes one")), responses((status = 200, description = "What was put off, and what was not", body = PostponementView), ChangeRefusals))]
#[post("/postponements")]
async fn postpone_day(app: web::Data<App>, change: Change<PostponeDay>) -> Result<Private<PostponementView>> {
    let state = app.get_ref().clone();
    app.pool.write(move |db| super::postpone(db, &state, &change).and_then(|day| shown(db, day))).await.map(Private)
}
