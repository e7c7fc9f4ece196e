//! What can go wrong: a few kinds, each with a stable code and a sentence that says what to do.
//! Domains build refusals and know no HTTP; the one place that turns kinds into numbers is [`Kind::status`].

use serde::Serialize;
use utoipa::ToSchema;

/// The result of every deed.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a deed did not happen.
#[derive(Debug)]
pub enum Error {
    /// The deed was refused; nothing changed and the caller is told why.
    Refused(Box<Refusal>),
    /// Another transaction was in the way; the same deed may be tried again.
    InTheWay(String),
    /// The database or the machine failed; the caller learns only that it did.
    Broken(String),
}

/// The kinds of refusal, in the order in which a request is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nobody is signed in, or the sign-in has ended.
    Unauthenticated,
    /// There is no such thing within the caller's reach.
    NotFound,
    /// The caller may see it but not do this.
    Forbidden,
    /// A change must say which version it saw.
    VersionMissing,
    /// The request cannot be read.
    Malformed,
    /// The route exists, but not for this method.
    WrongMethod,
    /// The body is larger than the route takes.
    TooLarge,
    /// The body is not of the kind the route takes.
    WrongMedia,
    /// The request can be read, but what it says cannot be.
    Invalid,
    /// The present state does not allow it.
    Conflict,
    /// Someone else was faster: the version differs.
    Stale,
    /// A budget is used up.
    TooMany,
    /// Try again later.
    Unavailable,
}

impl Kind {
    /// The HTTP number of a kind.
    pub const fn status(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::Unauthenticated => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::WrongMethod => 405,
            Self::Conflict => 409,
            Self::Stale => 412,
            Self::TooLarge => 413,
            Self::WrongMedia => 415,
            Self::Invalid => 422,
            Self::VersionMissing => 428,
            Self::TooMany => 429,
            Self::Unavailable => 503,
        }
    }

    /// What the kind means, in a few words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Malformed => "The request cannot be read",
            Self::Unauthenticated => "Please sign in",
            Self::Forbidden => "You may not do this",
            Self::NotFound => "There is no such thing here",
            Self::WrongMethod => "Not with this method",
            Self::Conflict => "This is not possible now",
            Self::Stale => "Someone else was faster",
            Self::TooLarge => "The body is too large",
            Self::WrongMedia => "The body must be JSON",
            Self::Invalid => "Some of the input cannot be used",
            Self::VersionMissing => "Say which version you saw",
            Self::TooMany => "Too many requests",
            Self::Unavailable => "Please try again shortly",
        }
    }
}

/// One fault of the input: where, which, and a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Fault {
    /// JSON pointer to the field, as in RFC 6901; a query parameter's name after `?`.
    #[schema(example = "/windows/0/to")]
    pub pointer: String,
    /// A stable code.
    #[schema(example = "ends_before_it_starts")]
    pub code: String,
    /// What is wrong and what to give instead.
    pub detail: String,
}

/// Why a deed was refused.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    pub kind: Kind,
    /// Stable, one word with underscores; clients decide by it.
    pub code: &'static str,
    /// One sentence that says what to do.
    pub detail: String,
    /// The faults of the input, where it was the input.
    pub faults: Vec<Fault>,
    /// More that a client can use: the state, the holder, the version.
    pub more: serde_json::Map<String, serde_json::Value>,
    /// After how many seconds it is worth trying again.
    pub retry_after: Option<u32>,
}

impl Refusal {
    pub fn new(kind: Kind, code: &'static str, detail: impl Into<String>) -> Self {
        Self { kind, code, detail: detail.into(), faults: Vec::new(), more: serde_json::Map::new(), retry_after: None }
    }

    /// There is no such thing, or the caller may not know of it.
    pub fn not_found() -> Self {
        Self::new(Kind::NotFound, "not_found", "There is nothing here that you can see. Check the address.")
    }

    /// The caller may see it, but not do this.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(Kind::Forbidden, "forbidden", detail)
    }

    /// The input has these faults.
    pub fn invalid(faults: Vec<Fault>) -> Self {
        Self { faults, ..Self::new(Kind::Invalid, "invalid_input", "Some fields cannot be used as they are; each is listed with what to give instead.") }
    }

    /// One fault of the input.
    pub fn fault(pointer: impl Into<String>, code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::invalid(vec![Fault { pointer: pointer.into(), code: code.into(), detail: detail.into() }])
    }

    /// A parameter of the address that cannot be used.
    pub fn query(name: &str, code: impl Into<String>, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let fault = Fault { pointer: format!("?{name}"), code: code.into(), detail: detail.clone() };
        Self { faults: vec![fault], ..Self::new(Kind::Malformed, "query_unreadable", detail) }
    }

    /// Adds something that a client can use.
    pub fn with(mut self, key: &str, value: impl Serialize) -> Self {
        if let Ok(value) = serde_json::to_value(value) {
            self.more.insert(key.to_owned(), value);
        }
        self
    }

    /// Says after how many seconds to try again.
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl Error {
    /// What the caller is told: a refusal as it is, anything else without its internals.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::InTheWay(_) | Self::Broken(_) => None,
        }
    }

    /// Whether it is the refusal of this code.
    pub fn is(&self, code: &str) -> bool {
        self.refusal().is_some_and(|refusal| refusal.code == code)
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(refusal) => f.write_str(&refusal.detail),
            Self::InTheWay(what) | Self::Broken(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Error {}
