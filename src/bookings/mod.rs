//! Which resource is taken when, by whom. It knows no one: a holder is a kind and a number.
//!
//! Two bookings of one resource never overlap (half-open spans: back to back is fine), except that several can share a space, so
//! long as at no instant more of its places are taken than there are. The resource's row is locked first where two could come at
//! once, and the database refuses what slips past.

pub mod http;
mod rules;
mod store;

pub use rules::{Clash, in_the_way, peak};
pub use store::{Within, release, release_loan, release_within, to_come, within};

use std::collections::HashMap;

use diesel::Queryable;

use crate::clock::Moment;
use crate::db::{self, Anchor, Db};
use crate::error::{Kind, Refusal, Result};
use crate::ids::{EquipmentId, EventSessionId, LoanId, PersonId, SpaceId, VenueId};
use crate::text_enum;
use crate::venues;

text_enum! {
    /// What can be taken.
    pub enum ResourceKind {
        Space = "space",
        Person = "person",
        Equipment = "equipment",
        /// What was borrowed, within its loan: the loan holds the equipment, and the borrower's sessions take the loan.
        Loan = "loan",
    }
}

text_enum! {
    /// Whether the keeper of the resource has agreed.
    pub enum Status {
        /// 待确认: it is taken, until the keeper says yes or no.
        Tentative = "tentative",
        Confirmed = "confirmed",
    }
}

text_enum! {
    /// How a booking ended without its keeper's yes.
    pub enum BookingOutcome {
        /// The keeper said no.
        Refused = "refused",
        /// The keeper said nothing in time.
        Lapsed = "lapsed",
    }
}

text_enum! {
    /// What a resource is taken for.
    pub enum HolderKind { Session = "event_session", Loan = "loan" }
}

/// What a resource is taken for, by kind and number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    Session(EventSessionId),
    Loan(LoanId),
}

impl Holder {
    fn of(kind: HolderKind, id: i64) -> Self {
        match kind {
            HolderKind::Session => Self::Session(EventSessionId(id)),
            HolderKind::Loan => Self::Loan(LoanId(id)),
        }
    }

    fn parts(self) -> (HolderKind, i64) {
        match self {
            Self::Session(id) => (HolderKind::Session, id.0),
            Self::Loan(id) => (HolderKind::Loan, id.0),
        }
    }

    /// As it is told to whoever comes too late.
    fn told(self, from: Moment, until: Moment) -> serde_json::Value {
        match self {
            Self::Session(id) => serde_json::json!({ "event_session_id": id, "starts_at": from, "ends_at": until }),
            Self::Loan(id) => serde_json::json!({ "loan_id": id, "starts_at": from, "ends_at": until }),
        }
    }
}

/// A resource by kind and number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resource {
    Person(PersonId),
    Space(SpaceId),
    Equipment(EquipmentId),
    Loan(LoanId),
}

impl Resource {
    fn parts(self) -> (ResourceKind, i64) {
        match self {
            Self::Person(id) => (ResourceKind::Person, id.0),
            Self::Space(id) => (ResourceKind::Space, id.0),
            Self::Equipment(id) => (ResourceKind::Equipment, id.0),
            Self::Loan(id) => (ResourceKind::Loan, id.0),
        }
    }

    fn anchor(self) -> Anchor {
        match self {
            Self::Person(id) => Anchor::Person(id.0),
            Self::Space(id) => Anchor::Space(id.0),
            Self::Equipment(id) => Anchor::Equipment(id.0),
            Self::Loan(id) => Anchor::Loan(id.0),
        }
    }
}

/// What a resource is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    pub holder: Holder,
    /// How many of a shared space's places; empty: all of it, alone.
    pub places: Option<i32>,
    pub from: Moment,
    pub until: Moment,
}

/// A wish to take a resource from a moment until another.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    pub resource: Resource,
    /// How many of a shared space's places; empty: all of it, alone.
    pub places: Option<i32>,
    pub from: Moment,
    pub until: Moment,
    pub holder: Holder,
    /// Until when its keeper answers (待确认); empty: it is had without asking.
    pub answer_by: Option<Moment>,
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
/// 409 `taken` with the session or the loan that holds it and its span, and how many of a shared space's places are left; 409 `space_closed`.
pub fn book(db: &mut Db, now: Moment, county: &str, wish: Wish) -> Result<()> {
    let (kind, id) = wish.resource.parts();
    // It may have been closed since it was chosen: read again, now that it is locked.
    let there_are = match wish.resource {
        Resource::Person(_) | Resource::Equipment(_) | Resource::Loan(_) => 0,
        Resource::Space(space) => venues::bookable(db, None, Some(space))?.ok_or_else(closed)?.1.places.unwrap_or(0),
    };
    let held = store::held(db, kind, id, wish.from, wish.until)?;
    if let Some(clash) = rules::clash(&held, wish.from, wish.places, there_are) {
        let what = match (wish.resource, clash.left) {
            (Resource::Person(_), _) => "The person in charge is already taken then. Choose another time or person.",
            (Resource::Equipment(_), _) => "The equipment is taken then. Choose other days, or ask who has it.",
            (Resource::Loan(_), _) => "You use the equipment elsewhere then. Choose another time.",
            (Resource::Space(_), None) => "The venue is taken then. Choose another time or place.",
            (Resource::Space(_), Some(_)) => "The venue has too few places left then. Choose another time or place.",
        };
        let mut refusal = Refusal::new(Kind::Conflict, "taken", what).with("resource", kind);
        if let Some(Held { holder, places: _, from, until }) = clash.by {
            refusal = refusal.with("holder", holder.told(from, until));
        }
        if let Some(left) = clash.left {
            refusal = refusal.with("places_left", left);
        }
        return Err(refusal.into());
    }
    store::insert(db, now, county, kind, id, wish)
}

fn closed() -> Refusal {
    Refusal::new(Kind::Conflict, "space_closed", "This place was closed in the meantime. Choose another one.")
}

/// What resources of a kind are taken for in a span, each in the order of time, in one statement; what is held for these sessions is
/// left out.
pub fn held(db: &mut Db, kind: ResourceKind, ids: &[i64], from: Moment, until: Moment, own: &[EventSessionId]) -> Result<HashMap<i64, Vec<Held>>> {
    let mut all: HashMap<i64, Vec<Held>> = HashMap::new();
    for (id, held) in store::held_by(db, kind, ids, from, until)? {
        if !matches!(held.holder, Holder::Session(session) if own.contains(&session)) {
            all.entry(id).or_default().push(held);
        }
    }
    Ok(all)
}

/// A span in which a space is taken, in part or whole: nothing of whose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Taken {
    pub space: SpaceId,
    pub from: Moment,
    pub until: Moment,
    /// How many of a shared space's places; empty: all of it.
    pub places: Option<i32>,
}

/// When the spaces of a venue are taken, in the order of time: what is only tentative as well.
///
/// # Errors
/// 404 where there is no such venue.
pub fn occupied(db: &mut Db, venue: VenueId, from: Moment, until: Moment) -> Result<Vec<Taken>> {
    venues::get(db, venue)?.ok_or_else(Refusal::not_found)?;
    let spaces: Vec<i64> = venues::spaces(db, venue)?.into_iter().map(|space| space.id.0).collect();
    store::taken(db, &spaces, from, until)
}
