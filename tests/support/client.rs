//! Clients of every kind, and what they are answered.

use std::cell::Cell;
use std::future::{Future, IntoFuture};
use std::net::SocketAddr;
use std::pin::Pin;
use std::rc::Rc;

use actix_web::http::Method;
use actix_web::http::header::{CONTENT_TYPE, ETAG, HeaderMap, IF_MATCH, LOCATION};
use actix_web::test::TestRequest;
use kepu::ids::PersonId;
use serde_json::Value;

use super::people::Account;

/// Puts a request to the instance's own routes and middleware, without a socket.
pub type Door = Rc<dyn Fn(TestRequest) -> Pin<Box<dyn Future<Output = Answer>>>>;

/// Somebody who calls: a visitor, or a person with an account.
#[derive(Clone)]
pub struct Client {
    pub(super) door: Door,
    /// Empty for a visitor.
    pub account: Option<Account>,
    pub(super) address: SocketAddr,
}

impl Client {
    /// The same client at another address, which budgets count apart.
    pub fn at(mut self, address: &str) -> Self {
        self.address = SocketAddr::new(address.parse().expect("an address"), 40_000);
        self
    }

    /// The number of who this is.
    #[track_caller]
    pub fn person(&self) -> PersonId {
        self.account.as_ref().expect("a visitor is nobody").person()
    }

    pub fn get(&self, path: &str) -> Call {
        self.call(Method::GET, path, Body::None)
    }

    pub fn post(&self, path: &str, body: Value) -> Call {
        self.call(Method::POST, path, Body::Json(body))
    }

    /// A body that may be anything, under any name.
    pub fn post_raw(&self, path: &str, media_type: &str, body: impl Into<Vec<u8>>) -> Call {
        self.call(Method::POST, path, Body::Raw(media_type.to_owned(), body.into()))
    }

    fn call(&self, method: Method, path: &str, body: Body) -> Call {
        // A creation needs a key; every other change takes one.
        let key = (method != Method::GET).then(fresh_key);
        let path =
            if ["/api/", "/healthz", "/readyz", "/metrics"].iter().any(|root| path.starts_with(root)) { path.to_owned() } else { format!("/api/v1{path}") };
        Call { client: self.clone(), method, path, body, key, headers: Vec::new() }
    }
}

/// A key that no other call has.
fn fresh_key() -> String {
    thread_local! { static COUNT: Cell<u64> = const { Cell::new(0) }; }
    let count = COUNT.get() + 1;
    COUNT.set(count);
    format!("test-key-{:0>16}", count)
}

enum Body {
    None,
    Json(Value),
    Raw(String, Vec<u8>),
}

/// A request to be; it is sent by awaiting it.
#[must_use = "a call is made by awaiting it"]
pub struct Call {
    client: Client,
    method: Method,
    path: String,
    body: Body,
    key: Option<String>,
    headers: Vec<(String, String)>,
}

impl Call {
    /// The version that the caller saw, as [`Answer::etag`] gave it.
    pub fn if_match(self, etag: &str) -> Self {
        self.header(IF_MATCH.as_str(), etag)
    }

    /// A key of the story's own: sending it twice is sending twice.
    pub fn key(mut self, key: &str) -> Self {
        self.key = Some(key.to_owned());
        self
    }

    pub fn without_key(mut self) -> Self {
        self.key = None;
        self
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}

impl IntoFuture for Call {
    type Output = Answer;
    type IntoFuture = Pin<Box<dyn Future<Output = Answer>>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let mut request = TestRequest::default().method(self.method).uri(&self.path).peer_addr(self.client.address);
            if let Some(account) = &self.client.account {
                request = request.insert_header(("Authorization", format!("Bearer {}", account.token().await)));
            }
            if let Some(key) = self.key {
                request = request.insert_header(("Idempotency-Key", key));
            }
            for (name, value) in self.headers {
                request = request.insert_header((name, value));
            }
            request = match self.body {
                Body::None => request,
                Body::Json(body) => request.set_json(body),
                Body::Raw(media_type, body) => request.insert_header((CONTENT_TYPE, media_type)).set_payload(body),
            };
            (self.client.door)(request).await
        })
    }
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: actix_web::web::Bytes,
    pub text: String,
    /// Null where the body is no JSON.
    pub json: Value,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The version, as it goes into [`Call::if_match`].
    #[track_caller]
    pub fn etag(&self) -> String {
        self.header(ETAG.as_str()).unwrap_or_else(|| panic!("no ETag: {self}")).to_owned()
    }

    /// Where the new thing is.
    #[track_caller]
    pub fn location(&self) -> String {
        self.header(LOCATION.as_str()).unwrap_or_else(|| panic!("no Location: {self}")).to_owned()
    }

    /// The code of a refusal; empty where it is none.
    pub fn code(&self) -> &str {
        self.json["code"].as_str().unwrap_or_default()
    }

    /// The `id` of what came back.
    #[track_caller]
    pub fn id(&self) -> i64 {
        self.json["id"].as_i64().unwrap_or_else(|| panic!("no id: {self}"))
    }

    /// The items of a list.
    #[track_caller]
    pub fn items(&self) -> &Vec<Value> {
        self.json["items"].as_array().unwrap_or_else(|| panic!("no list: {self}"))
    }

    /// Ends the story unless it has this status; the answer is the failure's text.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{self}");
        self
    }

    /// Ends the story unless it is a refusal of this status and code.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Self {
        assert_eq!((self.status, self.code()), (status, code), "{self}");
        assert_eq!(self.header(CONTENT_TYPE.as_str()), Some("application/problem+json"), "{self}");
        self
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.status, self.text)
    }
}
