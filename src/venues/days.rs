//! Days on which a venue is closed. What is booked on them stays booked: who plans is warned, never stopped.

use chrono::NaiveDate;

use super::changes::{locked, record};
use super::{change_store, store};
use crate::actor::Act;
use crate::clock::COUNTY_ZONE;
use crate::db::Db;
use crate::error::{Refusal, Result};
use crate::ids::{ClosureId, VenueId};
use crate::organisations::advanced;
use crate::wire::Seen;

/// Closes a venue from one day to another, both included.
///
/// # Errors
/// 404; 412; 422 for days that are over.
pub fn close_days(db: &mut Db, act: &Act, seen: Seen, id: VenueId, (from, until): (NaiveDate, NaiveDate), reason: &str) -> Result<()> {
    let old = locked(db, id)?;
    seen.matches(old.version)?;
    if until < act.now.day(COUNTY_ZONE) {
        return Err(Refusal::fault("/until", "in_the_past", "These days are over.").into());
    }
    advanced(change_store::set_venue(db, &old)?)?;
    store::insert_closure(db, id, from, until, reason)?;
    record(db, act, "close_venue_days", id, old.version + 1, &old.county, &["closures"])
}

/// Opens a venue again on days on which it was to be closed.
///
/// # Errors
/// 404; 412; 422 where it has no such closed days.
pub fn open_days(db: &mut Db, act: &Act, seen: Seen, id: VenueId, closure: ClosureId) -> Result<()> {
    let old = locked(db, id)?;
    seen.matches(old.version)?;
    if !store::remove_closure(db, id, closure)? {
        return Err(Refusal::fault("/closure_id", "unknown", "The venue has no such closed days; see its closures.").into());
    }
    advanced(change_store::set_venue(db, &old)?)?;
    record(db, act, "open_venue_days", id, old.version + 1, &old.county, &["closures"])
}
