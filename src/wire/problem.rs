//! How a refusal is told: RFC 9457 problem+json with a stable code.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

use super::request_id;
use crate::error::{Error, Fault, Kind, Refusal};

/// A refusal on the wire (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    #[schema(example = "urn:kepu:problem:stale")]
    pub r#type: String,
    #[schema(example = "Someone else was faster")]
    pub title: String,
    #[schema(example = 412)]
    pub status: u16,
    /// Stable; decide by it.
    #[schema(example = "stale")]
    pub code: String,
    /// One sentence that says what to do.
    pub detail: String,
    /// The faults of the input, where it was the input.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Fault>,
    /// Say it when you ask for help.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// What else a client can use: the state, the holder, the version.
    #[serde(flatten)]
    #[schema(value_type = std::collections::HashMap<String, serde_json::Value>)]
    pub more: serde_json::Map<String, serde_json::Value>,
}

/// The response that tells a refusal.
pub fn problem_response(refusal: &Refusal) -> HttpResponse {
    let status = refusal.kind.status();
    let mut response = HttpResponseBuilder::new(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
    if let Some(seconds) = refusal.retry_after {
        response.insert_header((RETRY_AFTER, seconds.to_string()));
    }
    if refusal.kind == Kind::Unauthenticated {
        response.insert_header((WWW_AUTHENTICATE, "Bearer"));
    }
    tell(&mut response, status, refusal.kind.title(), refusal.code, refusal)
}

fn tell(response: &mut HttpResponseBuilder, status: u16, title: &str, code: &str, refusal: &Refusal) -> HttpResponse {
    let problem = Problem {
        r#type: format!("urn:kepu:problem:{code}"),
        title: title.to_owned(),
        status,
        code: code.to_owned(),
        detail: refusal.detail.clone(),
        errors: refusal.faults.clone(),
        request_id: request_id(),
        more: refusal.more.clone(),
    };
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    response.insert_header((CACHE_CONTROL, "no-store")).content_type("application/problem+json").body(body)
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        let status = match self {
            Self::Refused(refusal) => refusal.kind.status(),
            Self::InTheWay(_) => 503,
            Self::Broken(_) => 500,
        };
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        match self {
            Self::Refused(refusal) => problem_response(refusal),
            Self::InTheWay(what) => {
                tracing::warn!(request_id = request_id(), what, "a deed was given up: others were in the way");
                problem_response(&Refusal::new(Kind::Unavailable, "busy", "Many are writing at this moment. Try again in a few seconds.").retry_after(2))
            }
            Self::Broken(what) => {
                tracing::error!(request_id = request_id(), what, "a deed failed");
                let refusal = Refusal::new(
                    Kind::Unavailable,
                    "internal",
                    "Something failed on our side; nothing was changed. Try again, and tell us the request id if it stays so.",
                );
                tell(&mut HttpResponse::InternalServerError(), 500, "Something failed here", "internal", &refusal)
            }
        }
    }
}
