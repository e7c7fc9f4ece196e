//! The spaces of a venue: founded, changed, closed by its keepers. Who may, and what is booked, is asked before.

use super::changes::locked;
use super::{Space, Venue, store};
use crate::actor::Act;
use crate::db::{Anchor, Db, lock};
use crate::divisions;
use crate::error::{Kind, Refusal, Result};
use crate::ids::{SpaceId, VenueId};
use crate::journal::{self, Capacity, Subject};
use crate::organisations::advanced;
use crate::wire::Seen;

/// A space to be.
#[derive(Debug, Clone)]
pub struct SpaceFacts {
    pub name: String,
    /// Seats.
    pub capacity: i32,
    /// How many places several can share at one time; empty: one has it alone.
    pub places: Option<i32>,
}

/// What shall be otherwise; what is empty stays as it is.
#[derive(Debug, Clone, Default)]
pub struct SpaceChange {
    pub name: Option<String>,
    pub capacity: Option<i32>,
    /// `Some(None)`: one has it alone from now on.
    pub places: Option<Option<i32>>,
}

/// Founds a space in a venue.
///
/// # Errors
/// 404; 422 where the venue has one of this name.
pub fn create_space(db: &mut Db, act: &Act, venue: VenueId, new: &SpaceFacts) -> Result<SpaceId> {
    let venue = locked(db, venue)?;
    judge(db, venue.id, None, &new.name)?;
    let id = store::insert_space(db, venue.id, &new.name, new.capacity, new.places)?;
    record(db, act, "create_space", &venue, id, 1, &["name", "capacity", "places"])?;
    Ok(id)
}

/// Changes a space that the caller saw. Whether its places are booked is asked before.
///
/// # Errors
/// 404; 412; 422 where the venue has one of this name.
pub fn change_space(db: &mut Db, act: &Act, seen: Seen, id: SpaceId, change: &SpaceChange) -> Result<()> {
    let (venue, old) = both_locked(db, id)?;
    seen.matches(old.version)?;
    let mut new = old.clone();
    let SpaceChange { name, capacity, places } = change.clone();
    new.name = name.unwrap_or(new.name);
    new.capacity = capacity.unwrap_or(new.capacity);
    new.places = places.unwrap_or(new.places);
    let fields = divisions::changed!(old, new; name, capacity, places);
    if fields.is_empty() {
        return Ok(());
    }
    judge(db, venue.id, Some(id), &new.name)?;
    advanced(store::set_space(db, &new)?)?;
    record(db, act, "change_space", &venue, id, old.version + 1, &fields)
}

/// Closes a space: nobody books it any more. A venue keeps one that is open. Whether it is booked is asked before.
///
/// # Errors
/// 404; 409 `closed_already`, `last_space`; 412.
pub fn close_space(db: &mut Db, act: &Act, seen: Seen, id: SpaceId) -> Result<()> {
    let (venue, old) = both_locked(db, id)?;
    if !old.active {
        return Err(Refusal::new(Kind::Conflict, "closed_already", "It is closed already.").into());
    }
    seen.matches(old.version)?;
    if !store::spaces_of(db, &[venue.id])?.iter().any(|space| space.active && space.id != id) {
        return Err(Refusal::new(Kind::Conflict, "last_space", "It is the last open space of the venue. Add another one, or close the venue.").into());
    }
    advanced(store::set_space(db, &Space { active: false, ..old.clone() })?)?;
    record(db, act, "close_space", &venue, id, old.version + 1, &["active"])
}

/// Opens a closed space again.
///
/// # Errors
/// 404; 409 `not_closed`; 412.
pub fn reopen_space(db: &mut Db, act: &Act, seen: Seen, id: SpaceId) -> Result<()> {
    let (venue, old) = both_locked(db, id)?;
    if old.active {
        return Err(Refusal::new(Kind::Conflict, "not_closed", "It is open.").into());
    }
    seen.matches(old.version)?;
    advanced(store::set_space(db, &Space { active: true, ..old.clone() })?)?;
    record(db, act, "reopen_space", &venue, id, old.version + 1, &["active"])
}

/// The space and its venue, locked against whoever books it or changes another space of the venue at the same time.
fn both_locked(db: &mut Db, id: SpaceId) -> Result<(Venue, Space)> {
    let venue = store::space(db, id)?.ok_or_else(Refusal::not_found)?.venue_id;
    let venue = locked(db, venue)?;
    lock(db, Anchor::Space(id.0))?;
    let space = store::space(db, id)?.ok_or_else(Refusal::not_found)?;
    Ok((venue, space))
}

fn judge(db: &mut Db, venue: VenueId, own: Option<SpaceId>, name: &str) -> Result<()> {
    if store::spaces_of(db, &[venue])?.iter().any(|space| space.name == name && Some(space.id) != own) {
        return Err(Refusal::fault("/name", "taken", "The venue has a space of this name, maybe a closed one.").into());
    }
    Ok(())
}

fn record(db: &mut Db, act: &Act, verb: &str, venue: &Venue, id: SpaceId, version: i64, fields: &[&str]) -> Result<()> {
    let subject = Subject { kind: "space", id: id.0, version: Some(version), county: Some(&venue.county) };
    journal::record(db, act, verb, subject, Capacity::default(), fields)
}
