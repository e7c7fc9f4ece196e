//! What happens around every request, as a checklist: an id, an answer in time whatever happens, headers, counters, the log's line.

use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::time::{Duration, Instant};

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{HttpResponse, ResponseError};

use super::Shared;
use crate::error::{Error, Kind, Refusal};
use crate::ids::PersonId;
use crate::secrets;
use crate::wire::{NOTED, Noted, REQUEST_ID};

/// How long answering may take.
const LONGEST: Duration = Duration::from_secs(10);

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Answers a request.
pub(super) async fn answer(shared: Shared, mut req: ServiceRequest, next: Next<BoxBody>) -> actix_web::Result<ServiceResponse> {
    let started = Instant::now();
    let id = request_id(&req, &shared.app.config.trusted_proxies);
    let noted = Noted::default();
    let method = req.method().clone();
    let uri = req.uri().clone();
    if method == Method::HEAD {
        // Answered as GET; the server leaves the body out.
        req.head_mut().method = Method::GET;
    }
    let answered = REQUEST_ID.scope(id.clone(), NOTED.scope(noted.clone(), whatever_happens(next, req))).await;
    let finish = |headers: &mut HeaderMap, status: StatusCode, route: &str| {
        if let Ok(value) = HeaderValue::from_str(&id) {
            headers.insert(X_REQUEST_ID, value);
        }
        shared.headers.add(headers);
        let took = started.elapsed();
        shared.metrics.count(route, &method, status, took);
        log(&method, route, status, noted.person(), &id, took);
    };
    match answered {
        Ok(mut response) => {
            let route = response.request().match_pattern();
            let status = response.status();
            finish(response.headers_mut(), status, route.as_deref().unwrap_or("unknown"));
            Ok(response)
        }
        Err(mut response) => {
            let status = response.status();
            let route = shared.paths.find(uri.path()).map_or("unknown", |known| known.template.as_str());
            finish(response.headers_mut(), status, route);
            Err(InternalError::from_response("interrupted", *response).into())
        }
    }
}

/// The route's answer; or one of our own where it panicked, failed outside a handler, or took too long. (The request is gone by
/// then, so the second kind has no route.)
async fn whatever_happens(next: Next<BoxBody>, req: ServiceRequest) -> Result<ServiceResponse, Box<HttpResponse>> {
    let mut answer = pin!(next.call(req));
    let surviving = std::future::poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| answer.as_mut().poll(cx))) {
        Ok(polled) => polled.map(|answered| answered.map_err(|error| Box::new(error.error_response()))),
        Err(_) => std::task::Poll::Ready(Err(Box::new(Error::Broken("a handler panicked".to_owned()).error_response()))),
    });
    tokio::time::timeout(LONGEST, surviving).await.unwrap_or_else(|_| Err(Box::new(took_too_long().error_response())))
}

fn took_too_long() -> Error {
    let detail =
        "This took longer than 10 seconds and was given up. Look whether it happened before you send it again, or send it with the same Idempotency-Key.";
    Refusal::new(Kind::Unavailable, "took_too_long", detail).retry_after(5).into()
}

/// The id that a trusted proxy gave the request, if it is a sane one; else a new one.
fn request_id(req: &ServiceRequest, trusted: &[IpAddr]) -> String {
    let given = || {
        trusted.contains(&req.peer_addr()?.ip()).then_some(())?;
        let id = req.headers().get(X_REQUEST_ID)?.to_str().ok()?;
        let sane = (8..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
        sane.then(|| id.to_owned())
    };
    given().unwrap_or_else(|| secrets::token(12))
}

/// One line a request: the route's template, never its path or query; ids, never values.
fn log(method: &Method, route: &str, status: StatusCode, actor: Option<PersonId>, request_id: &str, took: Duration) {
    // Thousandths are enough, and shorter.
    let ms = (took.as_secs_f64() * 1_000_000.0).round() / 1000.0;
    tracing::info!(target: "request", method = method.as_str(), route, status = status.as_u16(), actor = actor.map(|person| person.0), request_id, ms);
}
