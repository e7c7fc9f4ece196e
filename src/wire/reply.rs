//! What a handler gives back: JSON that no cache keeps, with the version where there is one.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, ETAG, IF_NONE_MATCH, LOCATION, VARY};
use actix_web::{HttpRequest, HttpResponse, Responder};
use serde::Serialize;

use super::packed;
use crate::secrets;

/// An answer for this caller alone.
#[derive(Debug)]
pub struct Private<T>(pub T);

impl<T: Serialize> Responder for Private<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Ok().insert_header((CACHE_CONTROL, "private, no-store")).json(self.0)
    }
}

/// An answer that is the same for everyone and seldom changes: anyone may keep it for five minutes.
#[derive(Debug)]
pub struct Public<T>(pub T);

impl<T: Serialize> Responder for Public<T> {
    type Body = BoxBody;

    fn respond_to(self, req: &HttpRequest) -> HttpResponse {
        packed::json(req, HttpResponse::Ok().insert_header((CACHE_CONTROL, "public, max-age=300")), &self.0)
    }
}

/// An answer that is the same for everyone, and is asked for anew each time.
#[derive(Debug)]
pub struct Open<T>(pub T);

impl<T: Serialize> Responder for Open<T> {
    type Body = BoxBody;

    fn respond_to(self, req: &HttpRequest) -> HttpResponse {
        packed::json(req, HttpResponse::Ok().insert_header((CACHE_CONTROL, "private, no-store")), &self.0)
    }
}

/// A calendar that programs read again and again: whoever has it as it is now is told so, and not sent it.
#[derive(Debug)]
pub struct Subscribed {
    text: String,
    by_everybody: bool,
}

impl Subscribed {
    /// The same for everyone: anyone may keep it for five minutes.
    pub fn by_everybody(text: String) -> Self {
        Self { text, by_everybody: true }
    }

    /// For whoever has its secret address: asked for anew each time, and never compressed.
    pub fn by_one(text: String) -> Self {
        Self { text, by_everybody: false }
    }
}

impl Responder for Subscribed {
    type Body = BoxBody;

    fn respond_to(self, req: &HttpRequest) -> HttpResponse {
        let digest = secrets::digest(self.text.as_bytes());
        let mut response = HttpResponse::Ok();
        response
            .insert_header((CACHE_CONTROL, if self.by_everybody { "public, max-age=300" } else { "private, no-cache" }))
            .insert_header((VARY, "Accept-Encoding"))
            .content_type("text/calendar; charset=utf-8");
        // Each form has a tag of its own.
        let pack = self.by_everybody && packed::takes_packed(req);
        let tag = format!("\"{digest}{}\"", if pack { "-gzip" } else { "" });
        let known = req.headers().get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
        response.insert_header((ETAG, tag.clone()));
        if known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag) {
            return response.status(StatusCode::NOT_MODIFIED).finish();
        }
        let packed = if pack { packed::gzip(self.text.as_bytes(), packed::LEVEL) } else { None };
        match packed {
            Some(packed) => response.insert_header((CONTENT_ENCODING, "gzip")).body(packed),
            None => response.body(self.text),
        }
    }
}

/// An answer with the version of what it shows, as a strong `ETag`.
#[derive(Debug)]
pub struct Versioned<T> {
    pub version: i64,
    pub body: T,
}

impl<T: Serialize> Responder for Versioned<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Ok().insert_header((CACHE_CONTROL, "private, no-store")).insert_header((ETAG, format!("\"{}\"", self.version))).json(self.body)
    }
}

/// Something new, with its address and version.
#[derive(Debug)]
pub struct Created<T> {
    pub location: String,
    pub version: i64,
    pub body: T,
}

impl<T: Serialize> Responder for Created<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Created()
            .insert_header((CACHE_CONTROL, "private, no-store"))
            .insert_header((LOCATION, self.location))
            .insert_header((ETAG, format!("\"{}\"", self.version)))
            .json(self.body)
    }
}
