//! Which refusals a sort of route can give, for the document.

use std::collections::BTreeMap;

use utoipa::IntoResponses;
use utoipa::openapi::{Content, Ref, RefOr, Response, ResponseBuilder};

use crate::error::Kind;

/// The response that a kind of refusal gives.
fn problem(kind: Kind) -> (String, RefOr<Response>) {
    let content = Content::new(Some(Ref::from_schema_name("Problem")));
    let response = ResponseBuilder::new().description(kind.title()).content("application/problem+json", content).build();
    (kind.status().to_string(), RefOr::T(response))
}

/// Declares the refusals that a sort of route can give.
macro_rules! refusals {
    ($($(#[$meta:meta])* $name:ident: $($kind:ident)+;)+) => {$(
        $(#[$meta])*
        pub struct $name;

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                BTreeMap::from([$(problem(Kind::$kind)),+])
            }
        }
    )+};
}

refusals! {
    /// A question by somebody signed in.
    AskRefusals: Malformed Unauthenticated Forbidden NotFound TooMany Unavailable;
    /// Signing up, in, out; the password.
    EntryRefusals: Malformed Unauthenticated Forbidden Conflict TooLarge WrongMedia Invalid TooMany Unavailable;
    /// A change of one's own.
    OwnRefusals: Malformed Unauthenticated Forbidden NotFound TooLarge WrongMedia Invalid TooMany Unavailable;
    /// A change of something that has no version.
    ChangeRefusals: Malformed Unauthenticated Forbidden NotFound Conflict TooLarge WrongMedia Invalid TooMany Unavailable;
    /// A change of something that has a version.
    VersionedRefusals: Malformed Unauthenticated Forbidden NotFound Conflict Stale TooLarge WrongMedia Invalid VersionMissing TooMany Unavailable;
}
