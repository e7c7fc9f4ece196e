//! Answers that are the same for everyone, as gzip for whoever asks namelessly. Whoever says who they are gets them plain: nothing
//! that is told to one person is ever compressed, so that its length betrays nothing (BREACH).

use std::io::Write;

use actix_web::http::header::{ACCEPT_ENCODING, AUTHORIZATION, CONTENT_ENCODING, HeaderMap, VARY};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, ResponseError};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;

use crate::error::Error;

/// Smaller ones fit into one packet as they are.
const WORTH_IT: usize = 1024;
/// Of the ten levels; a directory of 30 kB takes a fraction of a millisecond.
pub(super) const LEVEL: u32 = 4;

/// JSON under the headers that were begun. It has no `ETag`: that would need another one for each form.
pub(super) fn json(req: &HttpRequest, response: &mut HttpResponseBuilder, body: &impl Serialize) -> HttpResponse {
    match serde_json::to_vec(body) {
        Ok(plain) => answer(req, response, plain),
        Err(error) => Error::Broken(error.to_string()).error_response(),
    }
}

fn answer(req: &HttpRequest, response: &mut HttpResponseBuilder, plain: Vec<u8>) -> HttpResponse {
    response.content_type("application/json").insert_header((VARY, "Accept-Encoding"));
    if plain.len() < WORTH_IT || !takes_packed(req) {
        return response.body(plain);
    }
    match gzip(&plain, LEVEL) {
        Some(packed) => response.insert_header((CONTENT_ENCODING, "gzip")).body(packed),
        None => response.body(plain),
    }
}

/// Whether who asks says nothing about who they are, and takes gzip.
pub fn takes_packed(req: &HttpRequest) -> bool {
    let headers = req.headers();
    !headers.contains_key(AUTHORIZATION) && !headers.contains_key("Track-Token") && takes(headers, "gzip")
}

/// Whether a coding is among those that are taken.
pub fn takes(headers: &HeaderMap, coding: &str) -> bool {
    let codings = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    codings.split(',').any(|one| {
        let mut parts = one.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding));
        let refused = parts.any(|part| part.strip_prefix("q=").is_some_and(|weight| weight.parse::<f32>().is_ok_and(|weight| weight <= 0.0)));
        named && !refused
    })
}

/// Bytes as gzip, at a level from 0 to 9.
pub fn gzip(plain: &[u8], level: u32) -> Option<Vec<u8>> {
    let mut packing = GzEncoder::new(Vec::with_capacity(plain.len() / 4), Compression::new(level));
    packing.write_all(plain).and_then(|()| packing.finish()).ok()
}
