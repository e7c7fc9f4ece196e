//! Which resource is taken when, by whom. It knows no one: a holder is a kind and a number.
//!
//! Two bookings of one resource never overlap (half-open spans: back to back is fine). The resource's row is locked first
//! where two could come at once, and the database refuses what slips past.

mod store;

pub use store::release;

use crate::clock::Moment;
use crate::db::{self, Anchor, Db};
use crate::error::{Kind, Refusal, Result};
use crate::ids::{EventSessionId, PersonId, VenueId};
use crate::text_enum;

text_enum! {
    /// What can be taken.
    pub enum ResourceKind { Venue = "venue", Person = "person", Equipment = "equipment" }
}

text_enum! {
    /// Whether the keeper of the resource has agreed.
    pub enum Status {
        /// 待确认: it is taken, until the keeper says yes or no.
        Tentative = "tentative",
        Confirmed = "confirmed",
    }
}

/// A resource by kind and number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resource {
    Person(PersonId),
    Venue(VenueId),
}

impl Resource {
    fn parts(self) -> (ResourceKind, i64) {
        match self {
            Self::Person(id) => (ResourceKind::Person, id.0),
            Self::Venue(id) => (ResourceKind::Venue, id.0),
        }
    }

    fn anchor(self) -> Anchor {
        match self {
            Self::Person(id) => Anchor::Person(id.0),
            Self::Venue(id) => Anchor::Venue(id.0),
        }
    }
}

/// A wish to take a resource from a moment until another.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    pub resource: Resource,
    pub from: Moment,
    pub until: Moment,
    pub holder: EventSessionId,
    pub status: Status,
}

/// Locks every resource that is wished for, in one order for all, so that two deeds never wait for each other.
pub fn lock_all(db: &mut Db, resources: impl IntoIterator<Item = Resource>) -> Result<()> {
    let mut anchors: Vec<Anchor> = resources.into_iter().map(Resource::anchor).collect();
    anchors.sort_unstable();
    anchors.dedup();
    anchors.into_iter().try_for_each(|anchor| db::lock(db, anchor))
}

/// Takes a resource.
///
/// # Errors
/// 409 `taken` with the session that holds it and its span.
pub fn book(db: &mut Db, now: Moment, county: &str, wish: Wish) -> Result<()> {
    let (kind, id) = wish.resource.parts();
    if let Some((holder, from, until)) = store::holder(db, kind, id, wish.from, wish.until)? {
        let what = match wish.resource {
            Resource::Person(_) => "The person in charge is already taken then. Choose another time or person.",
            Resource::Venue(_) => "The venue is taken then. Choose another time or place.",
        };
        let refusal = Refusal::new(Kind::Conflict, "taken", what);
        return Err(refusal
            .with("resource", kind)
            .with("holder", serde_json::json!({ "event_session_id": holder, "starts_at": from, "ends_at": until }))
            .into());
    }
    store::insert(db, now, county, kind, id, wish)
}
