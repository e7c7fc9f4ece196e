//! Registering for events over HTTP.

mod view;

use actix_web::{get, post, web};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::needs::{RegisterForEvent, SetTerms};
use super::state::RegistrationState;
use super::store::Filter;
use super::{Seen, TermsSeen};
use crate::app::App;
use crate::auth;
use crate::db::Db;
use crate::error::Result;
use crate::ids::{EventId, RegistrationId};
use crate::orders::needs::Reason;
use crate::organisations::http::{page, searchable};
use crate::wire::{Ask, AskRefusals, Body, Caller, Change, ChangeRefusals, Created, Cursor, Nothing, Page, Private, Versioned, VersionedRefusals};
use view::{RegistrationMade, RegistrationView, RevealedContact, TermsView};

/// The routes of this domain.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(read_terms).service(set_terms).service(register_for_event).service(list_registrations).service(approve_reading);
    // Before `/registrations/{id}`: "mine" is no id.
    cfg.service(my_registrations).service(read_registration).service(confirm_registration).service(cancel_registration).service(reveal_registration_contact);
}

fn versioned(seen: TermsSeen) -> Versioned<TermsView> {
    Versioned { version: seen.version(), body: seen.into() }
}

/// How an event's registration stands: how many places are left and how many wait, and the caller's own registration.
#[utoipa::path(tag = "registrations", params(("id" = EventId, Path, description = "The event")), security((), ("bearer" = [])), responses((status = 200, description = "The terms", body = TermsView, headers(("ETag" = String, description = "The version; 0 where no terms are set"))), AskRefusals))]
#[get("/events/{id}/terms")]
async fn read_terms(app: web::Data<App>, id: web::Path<EventId>, caller: Caller) -> Result<Versioned<TermsView>> {
    let state = app.get_ref().clone();
    app.pool.read(move |db| super::read_terms(db, &state, &caller, *id)).await.map(versioned)
}

/// Sets who can come to an open event: how many, until when. Those who wait move up into new places.
#[utoipa::path(tag = "registrations", request_body = SetTerms, security(("bearer" = [])), params(("id" = EventId, Path, description = "The event"), ("If-Match" = String, Header, description = "The ETag of the terms; \"0\" where none are set"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The terms, as they are now", body = TermsView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/events/{id}/terms")]
async fn set_terms(app: web::Data<App>, id: web::Path<EventId>, change: Change<SetTerms>) -> Result<Versioned<TermsView>> {
    let state = app.get_ref().clone();
    app.pool.write(move |db| super::set_terms(db, &state, &change, *id)).await.map(versioned)
}

/// Register for an event (报名), alone or as the responsible adult of a group.
///
/// Somebody signed in, or a visitor with name and phone; once an event. Where no place is free one waits in line, and moves up by
/// itself. A visitor's answer holds a token that opens the registration without an account.
#[utoipa::path(tag = "registrations", request_body = RegisterForEvent, security((), ("bearer" = [])), params(("id" = EventId, Path, description = "The event"), ("Idempotency-Key" = String, Header, description = "Sending twice makes one")), responses((status = 201, description = "The registration: with a place, or waiting", body = RegistrationMade, headers(("ETag" = String, description = "Not needed"), ("Location" = String, description = "Its address"))), ChangeRefusals))]
#[post("/events/{id}/registrations")]
async fn register_for_event(app: web::Data<App>, id: web::Path<EventId>, change: Change<RegisterForEvent>) -> Result<Created<RegistrationMade>> {
    let state = app.get_ref().clone();
    let made = app.pool.write(move |db| super::register_for_event(db, &state, &change, *id)).await?;
    let body = RegistrationMade::from(made);
    Ok(Created { location: format!("/api/v1/registrations/{}", body.registration.id), version: 1, body })
}

/// Which registrations of an event.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct RegistrationQuery {
    #[param(inline)]
    state: Option<RegistrationState>,
    /// A part of a name, or the last digits of a phone.
    #[param(max_length = 50)]
    q: Option<String>,
    /// How many rows, 20 unless told otherwise.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// Who registered for an event, newest first, for those who plan it or work for a centre above it; names and phones masked.
#[utoipa::path(tag = "registrations", params(("id" = EventId, Path, description = "The event"), RegistrationQuery), security(("bearer" = [])), responses((status = 200, description = "A page", body = Page<RegistrationView>), AskRefusals))]
#[get("/events/{id}/registrations")]
async fn list_registrations(app: web::Data<App>, id: web::Path<EventId>, ask: Ask<RegistrationQuery>) -> Result<Private<Page<RegistrationView>>> {
    let state = app.get_ref().clone();
    let read = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &ask.caller)?;
        super::may_list(db, &act, *id)?;
        let RegistrationQuery { state: stands, q, limit, after } = ask.query()?.clone();
        searchable(q.as_deref())?;
        let filters = format!("registrations {id} {stands:?} {q:?}");
        let cursor = Cursor::read(&state.secrets, limit, after.as_deref(), &filters)?;
        let found = super::list_registrations(db, &act, *id, &Filter { state: stands, q }, cursor)?;
        let items: Vec<RegistrationView> = found.into_iter().map(RegistrationView::from).collect();
        Ok(page(&state.secrets, items, cursor, &filters, |item| item.id.0))
    };
    app.pool.read(read).await.map(Private)
}

/// Approve that the others who hold this event read what concerns children under 14 who come to it.
///
/// It stands with the name of who approved and in the journal. Who approved reads it only when somebody else has approved it, too.
#[utoipa::path(tag = "registrations", request_body = Nothing, security(("bearer" = [])), params(("id" = EventId, Path, description = "The event"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The terms, with who approved", body = TermsView, headers(("ETag" = String, description = "The version"))), ChangeRefusals))]
#[post("/events/{id}/approve_reading")]
async fn approve_reading(app: web::Data<App>, id: web::Path<EventId>, change: Change<Nothing>) -> Result<Versioned<TermsView>> {
    let state = app.get_ref().clone();
    app.pool.write(move |db| super::approve_reading(db, &state, &change, *id)).await.map(versioned)
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct MineQuery {
    /// How many rows, 20 unless told otherwise.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// The caller's own registrations, newest first.
#[utoipa::path(tag = "registrations", params(MineQuery), security(("bearer" = [])), responses((status = 200, description = "A page", body = Page<RegistrationView>), AskRefusals))]
#[get("/registrations/mine")]
async fn my_registrations(app: web::Data<App>, ask: Ask<MineQuery>) -> Result<Private<Page<RegistrationView>>> {
    let state = app.get_ref().clone();
    let read = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &ask.caller)?;
        let MineQuery { limit, after } = ask.query()?.clone();
        let filters = format!("registrations of {:?}", act.person());
        let cursor = Cursor::read(&state.secrets, limit, after.as_deref(), &filters)?;
        let items: Vec<RegistrationView> = super::my_registrations(db, &act, cursor)?.into_iter().map(RegistrationView::from).collect();
        Ok(page(&state.secrets, items, cursor, &filters, |item| item.id.0))
    };
    app.pool.read(read).await.map(Private)
}

/// One registration: for who registered, by account or by the token, and for those who hold the event.
#[utoipa::path(tag = "registrations", params(("id" = RegistrationId, Path, description = "Its number")), security(("bearer" = []), ("track_token" = [])), responses((status = 200, description = "The registration", body = RegistrationView), AskRefusals))]
#[get("/registrations/{id}")]
async fn read_registration(app: web::Data<App>, id: web::Path<RegistrationId>, caller: Caller) -> Result<Private<RegistrationView>> {
    let state = app.get_ref().clone();
    let seen = app.pool.read(move |db| super::look(db, &state, &caller, *id)).await?;
    Ok(Private(seen.into()))
}

/// A move: made, and answered as it now is.
async fn moving<B: Body + Send + Sync + 'static>(
    app: web::Data<App>,
    id: RegistrationId,
    change: Change<B>,
    deed: impl Fn(&mut Db, &App, &Change<B>, RegistrationId) -> Result<Seen> + Send + 'static,
) -> Result<Private<RegistrationView>> {
    let state = app.get_ref().clone();
    let seen = app.pool.write(move |db| deed(db, &state, &change, id)).await?;
    Ok(Private(seen.into()))
}

/// Confirm places that became free and are held (确认参加).
#[utoipa::path(tag = "registrations", request_body = Nothing, security(("bearer" = []), ("track_token" = [])), params(("id" = RegistrationId, Path, description = "Its number"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The registration, as it is now", body = RegistrationView), ChangeRefusals))]
#[post("/registrations/{id}/confirm")]
async fn confirm_registration(app: web::Data<App>, id: web::Path<RegistrationId>, change: Change<Nothing>) -> Result<Private<RegistrationView>> {
    moving(app, *id, change, super::confirm).await
}

/// Give the places back, or leave the line (取消报名); whoever is next moves up.
#[utoipa::path(tag = "registrations", request_body = Nothing, security(("bearer" = []), ("track_token" = [])), params(("id" = RegistrationId, Path, description = "Its number"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The registration, as it is now", body = RegistrationView), ChangeRefusals))]
#[post("/registrations/{id}/cancel")]
async fn cancel_registration(app: web::Data<App>, id: web::Path<RegistrationId>, change: Change<Nothing>) -> Result<Private<RegistrationView>> {
    moving(app, *id, change, super::cancel).await
}

/// Read the contact in full, with a reason: journalled. What concerns children comes with it where somebody else has approved that.
#[utoipa::path(tag = "registrations", request_body = Reason, security(("bearer" = []), ("track_token" = [])), params(("id" = RegistrationId, Path, description = "Its number")), responses((status = 200, description = "Whom to call", body = RevealedContact), ChangeRefusals))]
#[post("/registrations/{id}/contact")]
async fn reveal_registration_contact(app: web::Data<App>, id: web::Path<RegistrationId>, change: Change<Reason>) -> Result<Private<RevealedContact>> {
    let state = app.get_ref().clone();
    let revealed = app.pool.write(move |db| super::reveal_contact(db, &state, &change, *id)).await?;
    Ok(Private(revealed.into()))
}
