//! What a handler gives back: JSON that no cache keeps, with the version where there is one.

use actix_web::body::BoxBody;
use actix_web::http::header::{CACHE_CONTROL, ETAG, LOCATION};
use actix_web::{HttpRequest, HttpResponse, Responder};
use serde::Serialize;

use super::packed;

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
