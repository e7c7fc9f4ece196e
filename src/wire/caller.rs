//! Who calls, before anything is looked up.

use std::future::{Ready, ready};
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use actix_web::dev::Payload;
use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use actix_web::{FromRequest, HttpRequest, web};
use serde::de::DeserializeOwned;

use super::unread;
use crate::app::App;
use crate::error::{Error, Fault, Kind, Refusal};
use crate::ids::PersonId;

tokio::task_local! {
    /// The id of the request that this task serves; the middleware sets it.
    pub static REQUEST_ID: String;
    /// Who turned out to be calling; the middleware sets it and reads it after the answer.
    pub static NOTED: Noted;
}

/// Who turned out to be calling, for the log's line of the request: noted on any thread, read after the answer.
#[derive(Debug, Clone, Default)]
pub struct Noted(Arc<AtomicI64>);

impl Noted {
    /// The person whose token was believed, if any.
    pub fn person(&self) -> Option<PersonId> {
        Some(self.0.load(Ordering::Relaxed)).filter(|id| *id != 0).map(PersonId)
    }
}

/// The id of the request being served, for the journal, the log and the problem.
pub fn request_id() -> Option<String> {
    REQUEST_ID.try_with(Clone::clone).ok()
}

/// What a request says about who sent it. Nothing is believed yet: `auth` checks the token.
#[derive(Clone)]
pub struct Caller {
    /// The access token of the `Authorization: Bearer` header.
    pub bearer: Option<String>,
    /// The tracking token of the `Track-Token` header: the requester of one order, without an account.
    pub track_token: Option<String>,
    /// Marks a device that signed in before: the `Device-Token` header or the cookie `kepu_device`.
    pub device: Option<String>,
    /// What the caller's program calls itself: the `User-Agent` header.
    pub user_agent: Option<String>,
    /// The refresh token of the cookie `kepu_refresh`; it authorizes refresh and sign-out alone.
    pub refresh_cookie: Option<String>,
    /// The address that budgets count by: the peer's, or the one a trusted proxy names.
    pub address: IpAddr,
    pub request_id: Option<String>,
    /// Where the log learns who it was.
    pub noted: Noted,
}

impl std::fmt::Debug for Caller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Caller").field("request_id", &self.request_id).finish_non_exhaustive()
    }
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned).filter(|value| !value.is_empty())
}

impl Caller {
    pub fn of(req: &HttpRequest) -> Self {
        let headers = req.headers();
        let bearer = headers.get(AUTHORIZATION).map(|value| {
            let text = value.to_str().unwrap_or_default();
            // Anything but a bearer token stands as a token that will not be believed, never as no token.
            let (scheme, token) = text.split_once(' ').unwrap_or_default();
            if scheme.eq_ignore_ascii_case("bearer") { token.trim().to_owned() } else { String::new() }
        });
        let cookie = |name: &str| req.cookie(name).map(|cookie| cookie.value().to_owned());
        Self {
            bearer,
            track_token: header(headers, "Track-Token"),
            device: header(headers, "Device-Token").or_else(|| cookie("kepu_device")),
            user_agent: header(headers, "User-Agent"),
            refresh_cookie: cookie("kepu_refresh"),
            address: address(req),
            request_id: request_id(),
            noted: NOTED.try_with(Clone::clone).unwrap_or_default(),
        }
    }

    /// A caller inside the process, such as the demo: with an access token, or a visitor.
    pub fn inside(bearer: Option<String>) -> Self {
        let address = IpAddr::from([127, 0, 0, 1]);
        Self { bearer, track_token: None, device: None, user_agent: None, refresh_cookie: None, address, request_id: None, noted: Noted::default() }
    }

    /// Tells the log whose request it is, once the token is believed. It works on the blocking pool too, where a task's own
    /// values do not reach.
    pub fn note(&self, person: PersonId) {
        self.noted.0.store(person.0, Ordering::Relaxed);
    }
}

/// The last address in `X-Forwarded-For` that is no trusted proxy, where the peer is one; else the peer's.
fn address(req: &HttpRequest) -> IpAddr {
    let peer = req.peer_addr().map_or(IpAddr::from([127, 0, 0, 1]), |peer| peer.ip());
    let trusted = req.app_data::<web::Data<App>>().map(|app| app.config.trusted_proxies.as_slice()).unwrap_or_default();
    if !trusted.contains(&peer) {
        return peer;
    }
    let named = header(req.headers(), "X-Forwarded-For").unwrap_or_default();
    named.rsplit(',').filter_map(|part| part.trim().parse::<IpAddr>().ok()).find(|address| !trusted.contains(address)).unwrap_or(peer)
}

impl FromRequest for Caller {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(req)))
    }
}

/// A question: who asks, and the query's parameters. A query that cannot be read is told after 401, as [`Ask::query`] is called.
pub struct Ask<Q> {
    pub caller: Caller,
    query: Result<Q, Refusal>,
}

impl<Q> Ask<Q> {
    /// The parameters of the query.
    ///
    /// # Errors
    /// 400 with what is wrong.
    pub fn query(&self) -> Result<&Q, Error> {
        self.query.as_ref().map_err(|refusal| refusal.clone().into())
    }
}

impl<Q: DeserializeOwned> FromRequest for Ask<Q> {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let query = web::Query::<Q>::from_query(req.query_string()).map(web::Query::into_inner);
        let query = query.map_err(|error| query_refusal(unread::query_fault(guilty::<Q>(req.query_string()).as_deref(), &unread::words(&error))));
        ready(Ok(Self { caller: Caller::of(req), query }))
    }
}

/// A query that cannot be read.
pub fn query_refusal(fault: Fault) -> Refusal {
    let mut refusal = Refusal::new(Kind::Malformed, "query_unreadable", "A parameter of the address cannot be read; see the list.");
    refusal.faults.push(fault);
    refusal
}

/// The first parameter that cannot be read even by itself: the reader of queries does not say which one it was.
fn guilty<Q: DeserializeOwned>(query: &str) -> Option<String> {
    let unreadable = |pair: &&str| web::Query::<Q>::from_query(pair).is_err_and(|error| !unread::words(&error).starts_with("missing field "));
    let pair = query.split('&').find(unreadable)?;
    let named = web::Query::<Vec<(String, String)>>::from_query(pair).ok()?.into_inner();
    named.into_iter().next().map(|(name, _)| name)
}
