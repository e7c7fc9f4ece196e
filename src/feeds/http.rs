//! Calendars over HTTP.

use actix_web::{get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{FeedKind, Named, OpenEvents, WantedFeed};
use crate::app::App;
use crate::auth;
use crate::clock::Moment;
use crate::db::Db;
use crate::divisions;
use crate::error::Result;
use crate::events::EventKind;
use crate::ids::{EventId, FeedId, OrganisationId, VenueId};
use crate::wire::{Ask, AskRefusals, Caller, Change, ChangeRefusals, Created, Nothing, OwnRefusals, Private, Problem, Subscribed};

/// The routes of calendars.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(read_calendar_feed).service(read_venue_feed).service(read_organisation_feed).service(read_event_file).service(read_feed);
    cfg.service(my_feeds).service(create_feed).service(revoke_feed);
}

/// Which of the open events.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct OpenEventsQuery {
    /// The county's code; the first county unless told otherwise.
    #[serde(default, deserialize_with = "divisions::http::code")]
    #[param(pattern = "^[0-9]{12}$", example = "230522000000")]
    county: Option<String>,
    /// What takes place in this division or below it.
    #[serde(default, deserialize_with = "divisions::http::code")]
    #[param(pattern = "^[0-9]{12}$", example = "230522100000")]
    division: Option<String>,
    kind: Option<EventKind>,
}

/// A secret calendar of one's own.
#[derive(Debug, Serialize, ToSchema)]
struct FeedView {
    id: FeedId,
    kind: FeedKind,
    organisation_id: Option<OrganisationId>,
    venue_id: Option<VenueId>,
    /// Of the organisation, the venue or oneself.
    #[schema(example = "友谊镇新时代文明实践所")]
    name: String,
    created_at: Moment,
    /// Whether it still answers: it does not where one has no part in it any more.
    works: bool,
}

impl From<Named> for FeedView {
    fn from(Named { feed, name, works }: Named) -> Self {
        Self { id: feed.id, kind: feed.kind, organisation_id: feed.organisation, venue_id: feed.venue, name, created_at: feed.created_at, works }
    }
}

/// A new secret calendar, with its address.
#[derive(Serialize, ToSchema)]
struct NewFeedView {
    #[serde(flatten)]
    feed: FeedView,
    /// Told this once: whoever has it reads the calendar.
    #[schema(example = "https://kepu.example.cn/api/v1/feeds/0Yf3….ics")]
    address: String,
}

/// One's own secret calendars.
#[derive(Debug, Serialize, ToSchema)]
struct FeedsView {
    /// Oldest first.
    items: Vec<FeedView>,
}

impl From<Vec<Named>> for FeedsView {
    fn from(feeds: Vec<Named>) -> Self {
        Self { items: feeds.into_iter().map(FeedView::from).collect() }
    }
}

/// What is open to everybody in a county, from 60 days back to a year ahead, as a calendar to subscribe to (RFC 5545).
#[utoipa::path(tag = "feeds", params(OpenEventsQuery), responses(
    (status = 200, description = "The calendar", body = String, content_type = "text/calendar", headers(("ETag" = String, description = "Of this text"))),
    (status = 304, description = "It is as the ETag in If-None-Match says"),
    (status = 400, description = "The query cannot be read", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "There is no such county", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[get("/calendar.ics")]
async fn read_calendar_feed(app: web::Data<App>, ask: Ask<OpenEventsQuery>) -> Result<Subscribed> {
    let OpenEventsQuery { county, division, kind } = ask.query()?.clone();
    let state = app.get_ref().clone();
    app.pool.read(move |db| super::read_calendar_feed(db, &state, &OpenEvents { county, division, kind })).await.map(Subscribed::by_everybody)
}

/// What takes place in a venue as a calendar: what is open with its title, all else as 已占用.
#[utoipa::path(tag = "feeds", params(("id" = VenueId, Path, description = "Its number")), responses(
    (status = 200, description = "The calendar", body = String, content_type = "text/calendar", headers(("ETag" = String, description = "Of this text"))),
    (status = 304, description = "It is as the ETag in If-None-Match says"),
    (status = 404, description = "There is none of this number", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[get("/venues/{id}/calendar.ics")]
async fn read_venue_feed(app: web::Data<App>, id: web::Path<VenueId>) -> Result<Subscribed> {
    let state = app.get_ref().clone();
    app.pool.read(move |db| super::read_venue_feed(db, &state, *id)).await.map(Subscribed::by_everybody)
}

/// What an organiser holds that is open to everybody, as a calendar.
#[utoipa::path(tag = "feeds", params(("id" = OrganisationId, Path, description = "Its number")), responses(
    (status = 200, description = "The calendar", body = String, content_type = "text/calendar", headers(("ETag" = String, description = "Of this text"))),
    (status = 304, description = "It is as the ETag in If-None-Match says"),
    (status = 404, description = "There is none of this number", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[get("/organisations/{id}/calendar.ics")]
async fn read_organisation_feed(app: web::Data<App>, id: web::Path<OrganisationId>) -> Result<Subscribed> {
    let state = app.get_ref().clone();
    app.pool.read(move |db| super::read_organisation_feed(db, &state, *id)).await.map(Subscribed::by_everybody)
}

/// One open event as a file for a calendar.
#[utoipa::path(tag = "feeds", params(("id" = EventId, Path, description = "Its number")), responses(
    (status = 200, description = "The file", body = String, content_type = "text/calendar", headers(("ETag" = String, description = "Of this text"))),
    (status = 304, description = "It is as the ETag in If-None-Match says"),
    (status = 404, description = "There is no open event of this number", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[get("/events/{id}/calendar.ics")]
async fn read_event_file(app: web::Data<App>, id: web::Path<EventId>) -> Result<Subscribed> {
    let state = app.get_ref().clone();
    app.pool.read(move |db| super::read_event_file(db, &state, *id)).await.map(Subscribed::by_everybody)
}

/// The calendar at a secret address. An address that was given up, or whose owner has no part in it any more, is not there.
#[utoipa::path(tag = "feeds", params(("secret" = String, Path, description = "As it was told when the address was made")), responses(
    (status = 200, description = "The calendar", body = String, content_type = "text/calendar", headers(("ETag" = String, description = "Of this text"))),
    (status = 304, description = "It is as the ETag in If-None-Match says"),
    (status = 404, description = "There is none at this address, or no more", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[get("/feeds/{secret}.ics")]
async fn read_feed(app: web::Data<App>, secret: web::Path<String>) -> Result<Subscribed> {
    let state = app.get_ref().clone();
    app.pool.read(move |db| super::read_feed(db, &state, &secret)).await.map(Subscribed::by_one)
}

/// One's own secret calendars, without their addresses.
#[utoipa::path(tag = "me", security(("bearer" = [])), responses((status = 200, description = "The calendars", body = FeedsView), AskRefusals))]
#[get("/me/feeds")]
async fn my_feeds(app: web::Data<App>, caller: Caller) -> Result<Private<FeedsView>> {
    let state = app.get_ref().clone();
    let ask = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &caller)?;
        super::my_feeds(db, &act).map(FeedsView::from)
    };
    app.pool.read(ask).await.map(Private)
}

/// Makes a secret address of a calendar; it is told this once.
#[utoipa::path(tag = "me", request_body = WantedFeed, security(("bearer" = [])), params(("Idempotency-Key" = String, Header, description = "Sending twice makes one")), responses((status = 201, description = "The calendar and its address", body = NewFeedView, headers(("Location" = String, description = "Where it is listed"), ("ETag" = String, description = "Always \"1\": a secret address is only given up"))), ChangeRefusals))]
#[post("/me/feeds")]
async fn create_feed(app: web::Data<App>, change: Change<WantedFeed>) -> Result<Created<NewFeedView>> {
    let state = app.get_ref().clone();
    let deed = move |db: &mut Db| {
        let (named, secret) = super::create_feed(db, &state, &change)?;
        let address = format!("{}/api/v1/feeds/{secret}.ics", state.config.public_url);
        Ok(Created { location: "/api/v1/me/feeds".to_owned(), version: 1, body: NewFeedView { feed: named.into(), address } })
    };
    app.pool.write(deed).await
}

/// Gives a secret address up: from now on nobody reads it.
#[utoipa::path(tag = "me", request_body = Nothing, security(("bearer" = [])), params(("id" = FeedId, Path, description = "Its number"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The calendars that are left", body = FeedsView), OwnRefusals))]
#[post("/me/feeds/{id}/revoke")]
async fn revoke_feed(app: web::Data<App>, id: web::Path<FeedId>, change: Change<Nothing>) -> Result<Private<FeedsView>> {
    let state = app.get_ref().clone();
    let deed = move |db: &mut Db| super::revoke_feed(db, &state, &change, *id).map(FeedsView::from);
    app.pool.write(deed).await.map(Private)
}
