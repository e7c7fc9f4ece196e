//! Events over HTTP: the calendar, one event, and one route a deed.

mod activities;
pub mod check;
mod in_charge;
pub mod view;

use actix_web::{get, post, web};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::calendar_store::{self, LONGEST_DAYS, MOST, Wanted};
use super::needs::{CancelEvent, EventFacts, PostponeEvent, ReportEvent};
use super::reach::Opened;
use super::{EventKind, planning};
use crate::actor::Act;
use crate::app::App;
use crate::auth;
use crate::clock::Moment;
use crate::db::Db;
use crate::directory;
use crate::divisions;
use crate::equipment;
use crate::error::{Refusal, Result};
use crate::ids::{CampaignId, EventId, EventSessionId, OrganisationId, VenueId};
use crate::wire::{Ask, AskRefusals, Body, Caller, Change, ChangeRefusals, Created, Nothing, Private, Versioned, VersionedRefusals};
use view::{CalendarSession, CalendarView, EventView};

/// The routes of this domain.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(read_calendar).service(create_event).service(check::check_event).service(read_event).service(in_charge::who_may_be_in_charge);
    cfg.service(change_event).service(publish_event).service(agree_event).service(report_event).service(postpone_event).service(cancel_event);
    activities::routes(cfg);
}

/// Which part of the calendar.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CalendarQuery {
    /// The first moment; now, or four weeks before `until`.
    from: Option<Moment>,
    /// The first moment after it, at most 62 days later; four weeks after `from`.
    until: Option<Moment>,
    /// The county's code; the first county unless told otherwise.
    #[serde(default, deserialize_with = "divisions::http::code")]
    #[param(pattern = "^[0-9]{12}$", example = "230522000000")]
    county: Option<String>,
    /// What takes place in this division or below it.
    #[serde(default, deserialize_with = "divisions::http::code")]
    #[param(pattern = "^[0-9]{12}$", example = "230522100000")]
    division: Option<String>,
    venue_id: Option<VenueId>,
    organiser_id: Option<OrganisationId>,
    kind: Option<EventKind>,
    /// What is part of this campaign.
    campaign_id: Option<CampaignId>,
    /// Only what everybody may come to, also for those who know of more.
    public: Option<bool>,
}

impl CalendarQuery {
    /// The span: from now for four weeks unless told otherwise.
    fn span(&self, now: Moment) -> Result<(Moment, Moment)> {
        let weeks = chrono::Duration::days(28);
        let from = self.from.or(self.until.map(|until| until.minus(weeks))).unwrap_or(now);
        let until = self.until.unwrap_or_else(|| from.plus(weeks));
        if until <= from {
            return Err(Refusal::query("until", "ends_before_it_starts", "The end must come after the start.").into());
        }
        if until.since(from) > chrono::Duration::days(LONGEST_DAYS) {
            return Err(Refusal::query("until", "too_long", "Ask for 62 days at most.").into());
        }
        Ok((from, until))
    }
}

/// What takes place: for everybody what is open, for those who plan, dispatch and supervise also what is closed and in their reach.
#[utoipa::path(tag = "events", params(CalendarQuery), security((), ("bearer" = [])), responses((status = 200, description = "In order of time", body = CalendarView), AskRefusals))]
#[get("/calendar")]
async fn read_calendar(app: web::Data<App>, ask: Ask<CalendarQuery>) -> Result<Private<CalendarView>> {
    let state = app.get_ref().clone();
    Ok(Private(app.pool.read(move |db| calendar(db, &state, &ask)).await?))
}

/// The part of the calendar that a question is answered with.
///
/// # Errors
/// As the route's.
pub fn calendar(db: &mut Db, app: &App, ask: &Ask<CalendarQuery>) -> Result<CalendarView> {
    let act = auth::act(db, app, &ask.caller)?;
    let query = ask.query()?;
    let (from, until) = query.span(act.now)?;
    let county = divisions::county_or_first(db, query.county.as_deref())?;
    let place = match &query.division {
        Some(code) => match divisions::find(db, code)? {
            Some(division) => Some(division.path),
            None => return Err(Refusal::query("division", "unknown", "There is no such division.").into()),
        },
        None => None,
    };
    let public = query.public.unwrap_or(false);
    let wanted =
        Wanted { county, from, until, place, venue: query.venue_id, organiser: query.organiser_id, kind: query.kind, campaign: query.campaign_id, public };
    let mut lines = calendar_store::sessions(db, act.actor(), &wanted)?;
    let more = lines.len() > MOST;
    lines.truncate(MOST);
    let inside = act.actor().is_some_and(crate::actor::Actor::is_staff) && !public;
    let Some(version) = lines.first().map(|line| line.directory.clone()) else { return Ok(CalendarView { items: Vec::new(), more }) };
    let directory = directory::at(db, version.as_deref())?;
    Ok(CalendarView { items: lines.into_iter().map(|line| CalendarSession::of(&directory, inside, line)).collect(), more })
}

fn shown(db: &mut Db, (act, opened): (Act, Opened)) -> Result<Versioned<EventView>> {
    let directory = directory::current(db)?;
    let sessions: Vec<EventSessionId> = opened.sessions.iter().map(|session| session.id).collect();
    let equipment = equipment::of_sessions(db, &sessions)?;
    Ok(Versioned { version: opened.event.version, body: EventView::of(&directory, &act, opened, &equipment) })
}

/// One event: what is open everybody may read, the rest who may know of it.
#[utoipa::path(tag = "events", params(("id" = EventId, Path, description = "Its number")), security((), ("bearer" = [])), responses((status = 200, description = "The event", body = EventView, headers(("ETag" = String, description = "The version"))), AskRefusals))]
#[get("/events/{id}")]
async fn read_event(app: web::Data<App>, id: web::Path<EventId>, caller: Caller) -> Result<Versioned<EventView>> {
    let state = app.get_ref().clone();
    app.pool.read(move |db| planning::look(db, &state, &caller, *id).and_then(|seen| shown(db, seen))).await
}

/// Plans an event: a draft, whose places and people are taken from now on.
#[utoipa::path(tag = "events", request_body = EventFacts, security(("bearer" = [])), params(("Idempotency-Key" = String, Header, description = "Sending twice makes one")), responses((status = 201, description = "The draft", body = EventView, headers(("ETag" = String, description = "The version"), ("Location" = String, description = "Its address"))), ChangeRefusals))]
#[post("/events")]
async fn create_event(app: web::Data<App>, change: Change<EventFacts>) -> Result<Created<EventView>> {
    let state = app.get_ref().clone();
    let deed = move |db: &mut Db| {
        let Versioned { version, body } = planning::create(db, &state, &change).and_then(|seen| shown(db, seen))?;
        Ok(Created { location: format!("/api/v1/events/{}", body.id), version, body })
    };
    app.pool.write(deed).await
}

/// A deed on one event.
async fn doing<B: Body + Send + Sync + 'static>(
    app: web::Data<App>,
    id: EventId,
    change: Change<B>,
    deed: impl Fn(&mut Db, &App, &Change<B>, EventId) -> Result<(Act, Opened)> + Send + 'static,
) -> Result<Versioned<EventView>> {
    let state = app.get_ref().clone();
    app.pool.write(move |db| deed(db, &state, &change, id).and_then(|seen| shown(db, seen))).await
}

/// Changes an event before it begins, with all its sessions: they are freed and taken anew, and its parts move along. One that was put
/// off has a time again.
#[utoipa::path(tag = "events", request_body = EventFacts, security(("bearer" = [])), params(("id" = EventId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the event"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The event, as it is now", body = EventView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/events/{id}/change")]
async fn change_event(app: web::Data<App>, id: web::Path<EventId>, change: Change<EventFacts>) -> Result<Versioned<EventView>> {
    doing(app, *id, change, planning::change).await
}

/// Publishes a draft, when everyone in charge has said yes.
#[utoipa::path(tag = "events", request_body = Nothing, security(("bearer" = [])), params(("id" = EventId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the event"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The event, as it is now", body = EventView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/events/{id}/publish")]
async fn publish_event(app: web::Data<App>, id: web::Path<EventId>, change: Change<Nothing>) -> Result<Versioned<EventView>> {
    doing(app, *id, change, planning::publish).await
}

/// Says yes to being in charge.
#[utoipa::path(tag = "events", request_body = Nothing, security(("bearer" = [])), params(("id" = EventId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the event"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The event, as it is now", body = EventView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/events/{id}/agree")]
async fn agree_event(app: web::Data<App>, id: web::Path<EventId>, change: Change<Nothing>) -> Result<Versioned<EventView>> {
    doing(app, *id, change, planning::agree).await
}

/// Notes after the last end how many came to each session.
#[utoipa::path(tag = "events", request_body = ReportEvent, security(("bearer" = [])), params(("id" = EventId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the event"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The event, as it is now", body = EventView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/events/{id}/report")]
async fn report_event(app: web::Data<App>, id: web::Path<EventId>, change: Change<ReportEvent>) -> Result<Versioned<EventView>> {
    doing(app, *id, change, planning::report).await
}

/// Puts an event off with its parts, and frees what they hold: it stands without a time until it is changed.
#[utoipa::path(tag = "events", request_body = PostponeEvent, security(("bearer" = [])), params(("id" = EventId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the event"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The event, as it is now", body = EventView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/events/{id}/postpone")]
async fn postpone_event(app: web::Data<App>, id: web::Path<EventId>, change: Change<PostponeEvent>) -> Result<Versioned<EventView>> {
    doing(app, *id, change, planning::postpone).await
}

/// Calls an event off with a reason, and its parts, and frees what they hold.
#[utoipa::path(tag = "events", request_body = CancelEvent, security(("bearer" = [])), params(("id" = EventId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the event"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The event, as it is now", body = EventView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/events/{id}/cancel")]
async fn cancel_event(app: web::Data<App>, id: web::Path<EventId>, change: Change<CancelEvent>) -> Result<Versioned<EventView>> {
    doing(app, *id, change, planning::call_off).await
}
