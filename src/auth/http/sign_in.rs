//! Signing up, in and out on the wire.

use actix_web::body::BoxBody;
use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, Responder, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::EntryRefusals;
use crate::app::App;
use crate::auth::{self, Client, Entering, SignedIn};
use crate::error::Result;
use crate::wire::{Body, Change, Faults};

pub(super) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(register).service(login).service(refresh).service(logout).service(change_password);
}

/// A consent to a text of a version, such as the privacy notice.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct GivenConsent {
    /// Which text; `notice` is the privacy notice.
    #[schema(min_length = 1, max_length = 40, example = "notice")]
    text: String,
    #[schema(min_length = 1, max_length = 40, example = "1")]
    version: String,
}

/// A new account. Nobody under 14 has one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Register {
    /// A mobile number of 11 digits; +86, spaces and hyphens are understood.
    #[schema(min_length = 11, max_length = 20, example = "13812345678")]
    phone: String,
    /// 10 characters or more, or 8 of two kinds (small letters, capitals, digits, others); not the phone number.
    #[schema(min_length = 8, max_length = 200, example = "spring-in-youyi")]
    password: String,
    #[schema(min_length = 1, max_length = 40, example = "王芳")]
    name: String,
    /// Where the person lives: a division's 12 digits.
    #[schema(min_length = 12, max_length = 12, example = "230522100001")]
    division_code: String,
    /// GivenConsent to the text `notice` is needed.
    #[schema(min_items = 1, max_items = 10)]
    consents: Vec<GivenConsent>,
    client: Option<Client>,
}

impl Body for Register {
    fn check(&self, faults: &mut Faults) {
        faults.text("/phone", &self.phone, 20);
        faults.text("/name", &self.name, 40);
        faults.optional_text("/password", &self.password, 200);
        faults.text("/division_code", &self.division_code, 12);
        if !(1..=10).contains(&self.consents.len()) {
            faults.add("/consents", "out_of_range", "Give 1 to 10 consents.");
        }
        for (n, consent) in self.consents.iter().enumerate() {
            faults.text(&format!("/consents/{n}/text"), &consent.text, 40);
            faults.text(&format!("/consents/{n}/version"), &consent.version, 40);
        }
    }
}

/// Who signs in, with what.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Login {
    /// Phone number or user name.
    #[schema(min_length = 1, max_length = 64, example = "13812345678")]
    login: String,
    #[schema(min_length = 1, max_length = 200)]
    password: String,
    /// `browser`: the refresh token comes as a cookie that scripts cannot read, not in the body.
    client: Option<Client>,
}

impl Body for Login {
    fn check(&self, faults: &mut Faults) {
        faults.text("/login", &self.login, 64);
        if self.password.is_empty() {
            faults.add("/password", "empty", "Write something here.");
        }
        faults.optional_text("/password", &self.password, 200);
    }
}

/// A refresh token, where it is not in the cookie.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RefreshToken {
    #[schema(max_length = 200)]
    refresh_token: Option<String>,
}

impl Body for RefreshToken {
    fn check(&self, faults: &mut Faults) {
        faults.optional_text("/refresh_token", self.refresh_token.as_deref().unwrap_or_default(), 200);
    }
}

/// The old password and a new one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChangePassword {
    #[schema(min_length = 1, max_length = 200)]
    old: String,
    /// 10 characters or more, or 8 of two kinds; neither the phone number nor the user name in it.
    #[schema(min_length = 8, max_length = 200)]
    new: String,
}

impl Body for ChangePassword {
    fn check(&self, faults: &mut Faults) {
        if self.old.is_empty() {
            faults.add("/old", "empty", "Write something here.");
        }
        faults.optional_text("/old", &self.old, 200);
        faults.optional_text("/new", &self.new, 200);
    }
}

/// What a sign-in gives.
#[derive(Debug, Serialize, ToSchema)]
struct Tokens {
    /// For the header `Authorization: Bearer …`.
    access_token: String,
    /// Life of the access token, in seconds.
    #[schema(example = 600)]
    expires_in: i64,
    /// For `POST /auth/refresh`; each is good for one refresh. Not for browsers, which get it as a cookie.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    /// Send it as `Device-Token` when signing in again: then a stranger's failures do not lock you out. Browsers get it as a cookie.
    #[serde(skip_serializing_if = "Option::is_none")]
    device_token: Option<String>,
    /// The password is a one-time password: nothing else works before `POST /auth/password`.
    must_change_password: bool,
}

/// The answer to a sign-in: the tokens, for browsers partly as cookies.
struct Answer {
    signed_in: SignedIn,
    created: bool,
    secure: bool,
}

const REFRESH_COOKIE: &str = "kepu_refresh";
const DEVICE_COOKIE: &str = "kepu_device";
/// The cookies go to these routes alone: everything else takes the bearer header, so there is nothing to forge.
const COOKIE_PATH: &str = "/api/v1/auth";

fn cookie(name: &'static str, value: String, seconds: i64, secure: bool) -> Cookie<'static> {
    Cookie::build(name, value).path(COOKIE_PATH).http_only(true).secure(secure).same_site(SameSite::Strict).max_age(Duration::seconds(seconds)).finish()
}

fn secure(app: &App) -> bool {
    app.config.public_url.starts_with("https://")
}

impl Responder for Answer {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let Self { signed_in, created, secure } = self;
        let SignedIn { person: _, client, access_token, expires_in, refresh_token, refresh_in, device_token, must_change_password } = signed_in;
        let mut response = if created { HttpResponse::Created() } else { HttpResponse::Ok() };
        response.insert_header((CACHE_CONTROL, "private, no-store"));
        let mut tokens = Tokens { access_token, expires_in, refresh_token: None, device_token: None, must_change_password };
        match client {
            Client::Browser => {
                response.cookie(cookie(REFRESH_COOKIE, refresh_token, refresh_in, secure));
                if let Some(device) = device_token {
                    response.cookie(cookie(DEVICE_COOKIE, device, 365 * 24 * 3600, secure));
                }
            }
            Client::App => {
                tokens.refresh_token = Some(refresh_token);
                tokens.device_token = device_token;
            }
        }
        response.json(tokens)
    }
}

/// Makes an account for a resident and signs it in.
#[utoipa::path(tag = "sign-in", request_body = Register, responses((status = 201, description = "The account is there and signed in", body = Tokens), EntryRefusals))]
#[post("/auth/register")]
async fn register(app: web::Data<App>, change: Change<Register>) -> Result<Answer> {
    let body = change.body()?;
    let entering = Entering {
        phone: body.phone.clone(),
        password: body.password.clone(),
        name: body.name.clone(),
        division_code: body.division_code.clone(),
        consents: body.consents.iter().map(|consent| (consent.text.clone(), consent.version.clone())).collect(),
        client: body.client.unwrap_or(Client::App),
    };
    let signed_in = auth::register(&app, &change.caller, entering).await?;
    Ok(Answer { signed_in, created: true, secure: secure(&app) })
}

/// Signs in with phone number or user name and password. After five failures the login, and the address they came from, are
/// closed for 15 minutes; a device that signed in before is counted by itself.
#[utoipa::path(tag = "sign-in", request_body = Login, params(("Device-Token" = Option<String>, Header, description = "The device token of an earlier sign-in")), responses((status = 200, description = "Signed in", body = Tokens), EntryRefusals))]
#[post("/auth/login")]
async fn login(app: web::Data<App>, change: Change<Login>) -> Result<Answer> {
    let body = change.body()?;
    let signed_in = auth::login(&app, &change.caller, &body.login, &body.password, body.client.unwrap_or(Client::App)).await?;
    Ok(Answer { signed_in, created: false, secure: secure(&app) })
}

/// Gives the next access and refresh tokens for a refresh token, from the body or the cookie. The old one counts for another 30
/// seconds while the new one is unused; shown later, it ends the sign-in.
#[utoipa::path(tag = "sign-in", request_body = RefreshToken, responses((status = 200, description = "The next tokens", body = Tokens), EntryRefusals))]
#[post("/auth/refresh")]
async fn refresh(app: web::Data<App>, change: Change<RefreshToken>) -> Result<Answer> {
    let token = change.body()?.refresh_token.clone();
    let signed_in = auth::refresh(&app, &change.caller, token).await?;
    Ok(Answer { signed_in, created: false, secure: secure(&app) })
}

/// Signs out: the sign-in of the access token, or of the refresh token, is over at once.
#[utoipa::path(tag = "sign-in", request_body = RefreshToken, security(("bearer" = []), ()), responses((status = 204, description = "Signed out"), EntryRefusals))]
#[post("/auth/logout")]
async fn logout(app: web::Data<App>, change: Change<RefreshToken>) -> Result<HttpResponse> {
    let token = change.body()?.refresh_token.clone();
    auth::logout(&app, &change.caller, token).await?;
    let gone = cookie(REFRESH_COOKIE, String::new(), 0, secure(&app));
    Ok(HttpResponse::NoContent().insert_header((CACHE_CONTROL, "private, no-store")).cookie(gone).finish())
}

/// Changes one's own password; all other sign-ins end.
#[utoipa::path(tag = "sign-in", request_body = ChangePassword, security(("bearer" = [])), responses((status = 204, description = "Changed"), EntryRefusals))]
#[post("/auth/password")]
async fn change_password(app: web::Data<App>, change: Change<ChangePassword>) -> Result<HttpResponse> {
    let (inner, caller) = (app.clone(), change.caller.clone());
    super::read(inner, move |db, app| auth::signed_in_even_with_one_time_password(db, app, &caller)).await?;
    let body = change.body()?;
    auth::change_password(&app, &change.caller, &body.old, &body.new).await?;
    Ok(HttpResponse::NoContent().insert_header((CACHE_CONTROL, "private, no-store")).finish())
}
