//! One's own account on the wire.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{AskRefusals, GrantView, OwnRefusals, VersionedRefusals, read, write};
use crate::actor::Act;
use crate::app::App;
use crate::auth::{self, Client, Session};
use crate::clock::Moment;
use crate::db::Db;
use crate::error::{Refusal, Result};
use crate::ids::{PersonId, SessionId};
use crate::people::{self, Known, Language, Person, TextMode};
use crate::wire::{Body, Caller, Change, Faults, Nothing, Private, Versioned};

pub(super) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(me).service(set_away).service(set_preferences).service(my_sessions).service(end_session).service(end_other_sessions);
}

/// One's own account.
#[derive(Debug, Serialize, ToSchema)]
struct Me {
    id: PersonId,
    #[schema(example = "王芳")]
    name: String,
    /// Whole: it is one's own.
    #[schema(example = "13812345678")]
    phone: Option<String>,
    user_name: Option<String>,
    /// The county's code; null for the platform's administrators.
    #[schema(example = "230522000000")]
    county: Option<String>,
    #[schema(example = "230522100001")]
    division_code: Option<String>,
    division_name: Option<String>,
    /// Nothing but this route, `POST /auth/password` and `POST /auth/logout` works before the password is changed.
    must_change_password: bool,
    away_from: Option<Moment>,
    away_until: Option<Moment>,
    text_mode: TextMode,
    language: Language,
    /// The grants that are not over, those that wait or begin later among them.
    grants: Vec<GrantView>,
}

fn view(Known { person, division_name, grants }: Known) -> Versioned<Me> {
    Versioned {
        version: person.version,
        body: Me {
            id: person.id,
            name: person.name,
            phone: person.phone,
            user_name: person.user_name,
            county: person.county,
            division_code: person.division_code,
            division_name,
            must_change_password: person.must_change_password,
            away_from: person.away_from,
            away_until: person.away_until,
            text_mode: person.text_mode,
            language: person.language,
            grants: grants.into_iter().map(GrantView::from).collect(),
        },
    }
}

fn myself(db: &mut Db, act: &Act) -> Result<Person> {
    let id = act.person().ok_or_else(Refusal::not_found)?;
    people::find(db, id)?.ok_or_else(|| Refusal::not_found().into())
}

/// When one is away: what waits goes to others meanwhile.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SetAway {
    /// The first moment away; needed unless `clear` is true.
    from: Option<Moment>,
    /// The moment of coming back; empty: not known yet.
    until: Option<Moment>,
    /// One is back, or does not go.
    #[serde(default)]
    clear: bool,
}

impl Body for SetAway {
    fn check(&self, faults: &mut Faults) {
        if self.clear && (self.from.is_some() || self.until.is_some()) {
            faults.add("/clear", "contradiction", "Give either a time or clear, not both.");
        }
        if !self.clear && self.from.is_none() {
            faults.add("/from", "missing", "Say from when on you are away, or clear it.");
        }
        if let (Some(from), Some(until)) = (self.from, self.until)
            && until <= from
        {
            faults.add("/until", "ends_before_it_starts", "Choose an end after the beginning.");
        }
    }
}

/// How one reads the interface; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SetPreferences {
    text_mode: Option<TextMode>,
    language: Option<Language>,
}

impl Body for SetPreferences {
    fn check(&self, faults: &mut Faults) {
        if self.text_mode.is_none() && self.language.is_none() {
            faults.add("", "nothing_to_change", "Name at least one preference.");
        }
    }
}

/// A device on which one is signed in.
#[derive(Debug, Serialize, ToSchema)]
struct MySession {
    id: SessionId,
    client: Client,
    /// Browser and system as the device named itself when it signed in; null where it said nothing that is known.
    #[schema(example = "Chrome, Android")]
    device: Option<String>,
    created_at: Moment,
    /// When its tokens were last refreshed.
    used_at: Moment,
    /// The one that asks.
    current: bool,
}

/// The devices on which one is signed in, newest first, a hundred at most.
#[derive(Debug, Serialize, ToSchema)]
struct MySessions {
    items: Vec<MySession>,
}

/// One's own account, with grants and the county. A one-time password opens it, too.
#[utoipa::path(tag = "me", security(("bearer" = [])), responses((status = 200, description = "One's own account", body = Me, headers(("ETag" = String, description = "The version"))), AskRefusals))]
#[get("/me")]
async fn me(app: web::Data<App>, caller: Caller) -> Result<Versioned<Me>> {
    let ask = move |db: &mut Db, app: &App| {
        let act = auth::signed_in_even_with_one_time_password(db, app, &caller)?;
        let person = myself(db, &act)?;
        people::known_one(db, person, act.now)
    };
    Ok(view(read(app, ask).await?))
}

/// Says from when to when one is away, or that one is back.
#[utoipa::path(tag = "me", request_body = SetAway, security(("bearer" = [])), params(("If-Match" = String, Header, description = "The ETag of GET /me")), responses((status = 200, description = "One's own account, as it is now", body = Me, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/me/away")]
async fn set_away(app: web::Data<App>, change: Change<SetAway>) -> Result<Versioned<Me>> {
    let deed = move |db: &mut Db, app: &App| {
        let act = auth::signed_in(db, app, &change.caller)?;
        let person = myself(db, &act)?;
        let (seen, body) = (change.seen()?, change.body()?);
        let person = people::locked_row(db, person.id)?;
        seen.matches(person.version)?;
        people::set_away(db, &act, &person, body.from, body.until)?;
        let person = myself(db, &act)?;
        people::known_one(db, person, act.now)
    };
    Ok(view(write(app, deed).await?))
}

/// Keeps how one reads the interface: the size of its text, and its language.
#[utoipa::path(tag = "me", request_body = SetPreferences, security(("bearer" = [])), params(("If-Match" = String, Header, description = "The ETag of GET /me")), responses((status = 200, description = "One's own account, as it is now", body = Me, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/me/preferences")]
async fn set_preferences(app: web::Data<App>, change: Change<SetPreferences>) -> Result<Versioned<Me>> {
    let deed = move |db: &mut Db, app: &App| {
        let act = auth::signed_in(db, app, &change.caller)?;
        let person = myself(db, &act)?;
        let (seen, body) = (change.seen()?, change.body()?);
        let person = people::locked_row(db, person.id)?;
        seen.matches(person.version)?;
        let (text_mode, language) = (body.text_mode.unwrap_or(person.text_mode), body.language.unwrap_or(person.language));
        people::set_preferences(db, &act, &person, text_mode, language)?;
        let person = myself(db, &act)?;
        people::known_one(db, person, act.now)
    };
    Ok(view(write(app, deed).await?))
}

/// The devices on which one is signed in.
#[utoipa::path(tag = "me", security(("bearer" = [])), responses((status = 200, description = "The devices", body = MySessions), AskRefusals))]
#[get("/me/sessions")]
async fn my_sessions(app: web::Data<App>, caller: Caller) -> Result<Private<MySessions>> {
    let ask = move |db: &mut Db, app: &App| {
        let act = auth::signed_in(db, app, &caller)?;
        let current = act.actor().and_then(|actor| actor.session);
        let view = |session: Session| MySession {
            id: session.id,
            client: Client::parse(&session.client).unwrap_or(Client::App),
            device: session.device,
            created_at: session.created_at,
            used_at: session.used_at,
            current: current == Some(session.id),
        };
        Ok(auth::my_sessions(db, app, &act)?.into_iter().map(view).collect())
    };
    Ok(Private(MySessions { items: read(app, ask).await? }))
}

fn no_content() -> HttpResponse {
    HttpResponse::NoContent().insert_header((CACHE_CONTROL, "private, no-store")).finish()
}

/// Signs out one of one's own devices.
#[utoipa::path(tag = "me", request_body = Nothing, security(("bearer" = [])), params(("id" = SessionId, Path, description = "The session")), responses((status = 204, description = "Signed out"), OwnRefusals))]
#[post("/me/sessions/{id}/end")]
async fn end_session(app: web::Data<App>, id: web::Path<SessionId>, change: Change<Nothing>) -> Result<HttpResponse> {
    let deed = move |db: &mut Db, app: &App| {
        let act = auth::signed_in(db, app, &change.caller)?;
        auth::end_session(db, &act, *id)?;
        change.body().map(|_| ())
    };
    write(app, deed).await.map(|()| no_content())
}

/// Signs out all of one's own devices but this one.
#[utoipa::path(tag = "me", request_body = Nothing, security(("bearer" = [])), responses((status = 204, description = "Signed out"), OwnRefusals))]
#[post("/me/sessions/end-others")]
async fn end_other_sessions(app: web::Data<App>, change: Change<Nothing>) -> Result<HttpResponse> {
    let deed = move |db: &mut Db, app: &App| {
        let act = auth::signed_in(db, app, &change.caller)?;
        change.body()?;
        auth::end_other_sessions(db, &act).map(|_| ())
    };
    write(app, deed).await.map(|()| no_content())
}
