//! The framework's own rejections of path, query and body, told as problems.

use actix_web::error::{JsonPayloadError, PathError, QueryPayloadError};
use actix_web::{HttpRequest, web};

use crate::error::{Error, Kind, Refusal};
use crate::wire;

/// How large a body the framework's own extractors read, in bytes; as large as a change's.
const LARGEST: usize = 64 * 1024;

pub(super) fn told_as_problems(cfg: &mut web::ServiceConfig) {
    cfg.app_data(web::PathConfig::default().error_handler(path))
        .app_data(web::QueryConfig::default().error_handler(query))
        .app_data(web::JsonConfig::default().limit(LARGEST).error_handler(json))
        .app_data(web::PayloadConfig::new(LARGEST));
}

/// A path whose parameter is no number is no path of ours.
fn path(_: PathError, _: &HttpRequest) -> actix_web::Error {
    Error::from(Refusal::not_found()).into()
}

fn query(error: QueryPayloadError, _: &HttpRequest) -> actix_web::Error {
    Error::from(wire::query_refusal(wire::query_fault(None, &wire::words(&error)))).into()
}

fn json(error: JsonPayloadError, _: &HttpRequest) -> actix_web::Error {
    let refusal = match &error {
        JsonPayloadError::OverflowKnownLength { .. } | JsonPayloadError::Overflow { .. } => {
            Refusal::new(Kind::TooLarge, "body_too_large", format!("A body may have {LARGEST} bytes at most."))
        }
        JsonPayloadError::ContentType => Refusal::new(Kind::WrongMedia, "not_json", "Send the body as application/json."),
        JsonPayloadError::Deserialize(inner) if inner.is_data() => Refusal::invalid(vec![wire::body_fault("", &inner.to_string())]),
        _ => Refusal::new(Kind::Malformed, "json_unreadable", format!("The body is no JSON: {error}.")),
    };
    Error::from(refusal).into()
}
