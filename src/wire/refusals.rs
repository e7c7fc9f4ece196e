//! Which refusals a sort of route can give, for the document.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use utoipa::openapi::schema::Object;
use utoipa::openapi::{Content, HeaderBuilder, Ref, RefOr, Response, ResponseBuilder, Type};
use utoipa::{IntoResponses, ToSchema};

use crate::error::Kind;

/// The response that a kind of refusal gives.
fn problem(kind: Kind) -> (String, RefOr<Response>) {
    told(kind, kind.title())
}

fn told(kind: Kind, what: &str) -> (String, RefOr<Response>) {
    let content = Content::new(Some(Ref::from_schema_name("Problem")));
    let response = ResponseBuilder::new().description(what).content("application/problem+json", content).build();
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
    /// A move of an order or a complaint.
    MoveRefusals: Malformed Unauthenticated Forbidden NotFound Conflict Stale TooLarge WrongMedia Invalid VersionMissing Unavailable;
    /// A change of something that has a version.
    VersionedRefusals: Malformed Unauthenticated Forbidden NotFound Conflict Stale TooLarge WrongMedia Invalid VersionMissing TooMany Unavailable;
}

/// What every move can answer: what was moved, as it now is, with its version; or a refusal.
pub struct MoveAnswers<V>(PhantomData<V>);

impl<V: ToSchema> IntoResponses for MoveAnswers<V> {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let content = Content::new(Some(Ref::from_schema_name(V::name())));
        let etag = HeaderBuilder::new().schema(Some(Object::with_type(Type::String))).build();
        let done = ResponseBuilder::new().description("As it now is").content("application/json", content).header("ETag", etag).build();
        let mut all = MoveRefusals::responses();
        all.extend([told(Kind::Conflict, "The present state allows no such move; it says which state, and who holds it")]);
        all.insert("200".to_owned(), RefOr::T(done));
        all
    }
}
