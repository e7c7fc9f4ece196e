//! A request that changes something: who, which version they saw, the key that makes a repeat harmless, and the body.
//!
//! The parts are read here but judged later, each in its turn: 401, 404, 403, 428, 400/413/415/422, replay, 409, 412.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE, IF_MATCH};
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use super::{Caller, unread};
use crate::error::{Error, Fault, Kind, Refusal};
use crate::secrets;

/// The largest body that a route takes, in bytes.
const LARGEST: usize = 64 * 1024;

/// The version that the caller saw, from `If-Match`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen(pub i64);

impl Seen {
    /// Whether the caller saw the present version.
    ///
    /// # Errors
    /// 412 with the present version.
    pub fn matches(self, version: i64) -> Result<(), Error> {
        if self.0 == version {
            return Ok(());
        }
        Err(Refusal::new(Kind::Stale, "stale", "It has changed since you looked. Read it again, then decide.").with("version", version).into())
    }
}

/// Gathers the faults of an input.
#[derive(Debug, Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    pub fn add(&mut self, pointer: impl Into<String>, code: &str, detail: impl Into<String>) {
        self.0.push(Fault { pointer: pointer.into(), code: code.to_owned(), detail: detail.into() });
    }

    /// A text must have something in it and at most so many characters; control characters but line breaks are refused.
    pub fn text(&mut self, pointer: &str, text: &str, most: usize) {
        if text.trim().is_empty() {
            self.add(pointer, "empty", "Write something here.");
        }
        self.optional_text(pointer, text, most);
    }

    /// As [`Faults::text`], but may be empty.
    pub fn optional_text(&mut self, pointer: &str, text: &str, most: usize) {
        if text.chars().count() > most {
            self.add(pointer, "too_long", format!("At most {most} characters."));
        }
        if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            self.add(pointer, "control_character", "Leave out control characters.");
        }
    }

    /// A number must lie in a range.
    pub fn range(&mut self, pointer: &str, number: i64, low: i64, high: i64) {
        if !(low..=high).contains(&number) {
            self.add(pointer, "out_of_range", format!("A number from {low} to {high}."));
        }
    }

    pub fn into_result(self) -> Result<(), Refusal> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::invalid(self.0)) }
    }
}

/// A body that can say what is wrong with it, beyond its types.
pub trait Body: DeserializeOwned {
    fn check(&self, faults: &mut Faults);
}

/// Reads a field that can be left out, null or a value, and tells the three apart.
///
/// # Errors
/// Where it is none of these.
pub fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(from).map(Some)
}

/// A body with nothing in it: `{}`, or none at all.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

impl Body for Nothing {
    fn check(&self, _: &mut Faults) {}
}

/// A change as it came in.
#[derive(Debug)]
pub struct Change<B> {
    pub caller: Caller,
    if_match: Option<Result<Seen, Refusal>>,
    key: Option<Result<String, Refusal>>,
    body: Result<B, Refusal>,
    /// A hash of the body's bytes, to tell a repeat from another deed under the same key.
    pub body_hash: String,
}

impl<B: Body> Change<B> {
    /// A change made by a caller inside the process, such as the demo: its body is checked as any other.
    pub fn made(caller: Caller, seen: Option<Seen>, key: &str, body: B) -> Self {
        let mut faults = Faults::default();
        body.check(&mut faults);
        let body_hash = secrets::digest(key.as_bytes());
        Self { caller, if_match: seen.map(Ok), key: Some(Ok(key.to_owned())), body: faults.into_result().map(|()| body), body_hash }
    }
}

impl<B> Change<B> {
    /// The version that the caller saw.
    ///
    /// # Errors
    /// 428 where it is missing, 400 where it cannot be read.
    pub fn seen(&self) -> Result<Seen, Error> {
        match &self.if_match {
            Some(Ok(seen)) => Ok(*seen),
            Some(Err(refusal)) => Err(refusal.clone().into()),
            None => {
                Err(Refusal::new(Kind::VersionMissing, "version_missing", "Send the ETag that you read in If-Match, so that nobody's change is lost.").into())
            }
        }
    }

    /// The body, read and checked.
    ///
    /// # Errors
    /// 400, 413, 415 or 422.
    pub fn body(&self) -> Result<&B, Error> {
        self.body.as_ref().map_err(|refusal| refusal.clone().into())
    }

    /// The key that makes a repeat harmless, where one was sent.
    ///
    /// # Errors
    /// 400 where it cannot be read.
    pub fn key(&self) -> Result<Option<&str>, Error> {
        match &self.key {
            Some(Ok(key)) => Ok(Some(key)),
            Some(Err(refusal)) => Err(refusal.clone().into()),
            None => Ok(None),
        }
    }

    /// The key, which a creation must have.
    ///
    /// # Errors
    /// 400 where it is missing or cannot be read.
    pub fn required_key(&self) -> Result<&str, Error> {
        self.key()?.ok_or_else(|| {
            Refusal::new(
                Kind::Malformed,
                "idempotency_key_missing",
                "Send an Idempotency-Key of your own choosing, such as a UUID, so that sending twice makes one.",
            )
            .into()
        })
    }
}

impl<B: Body + 'static> FromRequest for Change<B> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let req = req.clone();
        let mut payload = payload.take();
        Box::pin(async move {
            let bytes = read(&req, &mut payload).await;
            let body_hash = bytes.as_ref().map(|bytes| secrets::digest(bytes)).unwrap_or_default();
            let body = bytes.and_then(|bytes| media(&req, &bytes).and_then(|()| parse(&bytes)));
            Ok(Self { caller: Caller::of(&req), if_match: if_match(&req), key: key(&req), body, body_hash })
        })
    }
}

async fn read(req: &HttpRequest, payload: &mut Payload) -> Result<Vec<u8>, Refusal> {
    let too_large = || Refusal::new(Kind::TooLarge, "body_too_large", format!("A body may have {LARGEST} bytes at most."));
    let said = req.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()).and_then(|value| value.parse::<usize>().ok());
    let mut bytes = Vec::with_capacity(said.unwrap_or(0).min(LARGEST));
    let mut large = said.is_some_and(|said| said > LARGEST);
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Refusal::new(Kind::Malformed, "body_unreadable", "The body broke off. Send it again."))?;
        large = large || bytes.len() + chunk.len() > LARGEST;
        if !large {
            bytes.extend_from_slice(&chunk);
        }
    }
    if large { Err(too_large()) } else { Ok(bytes) }
}

/// A body must say that it is JSON; no body at all stands for `{}`.
fn media(req: &HttpRequest, bytes: &[u8]) -> Result<(), Refusal> {
    let said = req.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let json = said.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
    if json || bytes.is_empty() {
        return Ok(());
    }
    Err(Refusal::new(Kind::WrongMedia, "not_json", "Send the body as application/json."))
}

fn parse<B: Body>(bytes: &[u8]) -> Result<B, Refusal> {
    let text = std::str::from_utf8(if bytes.is_empty() { b"{}" } else { bytes })
        .map_err(|_| Refusal::new(Kind::Malformed, "not_utf8", "The body must be JSON in UTF-8."))?;
    let mut reader = serde_json::Deserializer::from_str(text);
    let body: B = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let inner = error.inner();
        if inner.is_syntax() || inner.is_eof() {
            return Refusal::new(Kind::Malformed, "json_unreadable", format!("The body is no JSON: {inner}."));
        }
        Refusal::invalid(vec![unread::body_fault(&pointer(error.path()), &inner.to_string())])
    })?;
    reader.end().map_err(|error| Refusal::new(Kind::Malformed, "json_unreadable", format!("The body is no JSON: {error}.")))?;
    let mut faults = Faults::default();
    // PostgreSQL cannot hold it, and nobody types it.
    if text.contains("\\u0000") {
        faults.add("", "control_character", "Leave out the character U+0000.");
    }
    body.check(&mut faults);
    faults.into_result()?;
    Ok(body)
}

/// A JSON pointer from the path at which reading stopped.
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", unread::escaped(key)),
            Segment::Enum { variant } => format!("/{variant}"),
            Segment::Unknown => String::new(),
        })
        .collect()
}

fn if_match(req: &HttpRequest) -> Option<Result<Seen, Refusal>> {
    let value = req.headers().get(IF_MATCH)?;
    let version = value.to_str().ok().and_then(|text| text.trim().strip_prefix('"')?.strip_suffix('"')?.parse().ok());
    Some(
        version.map(Seen).ok_or_else(|| {
            Refusal::new(Kind::Malformed, "if_match_unreadable", "If-Match takes the ETag that you read, such as \"3\", with its quotation marks.")
        }),
    )
}

fn key(req: &HttpRequest) -> Option<Result<String, Refusal>> {
    let value = req.headers().get("Idempotency-Key")?;
    let text = value.to_str().ok().map(str::trim).filter(|text| (8..=100).contains(&text.len()));
    Some(
        text.map(str::to_owned)
            .ok_or_else(|| Refusal::new(Kind::Malformed, "idempotency_key_unreadable", "An Idempotency-Key has 8 to 100 visible characters, such as a UUID.")),
    )
}
