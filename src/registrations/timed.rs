//! What time does to registrations; the worker alone calls it.

use super::moving::lapse;
use super::store;
use crate::actor::Act;
use crate::clock::Moment;
use crate::db::{Anchor, Db, lock};
use crate::error::Result;
use crate::journal::{self, Capacity, Subject};

/// Lets up to `most` offers lapse that nobody confirmed in time; says how many.
pub fn run_due(db: &mut Db, act: &Act, most: i64) -> Result<usize> {
    let mut done = 0;
    for (id, event) in store::due(db, act.now, most)? {
        done += usize::from(lapse(db, act, id, event)?);
    }
    Ok(done)
}

/// Erases name and phone of up to `most` registrations for events that were over before a moment, each with a journal line; says of
/// how many (PIPL, Art 47).
pub fn erase_contacts(db: &mut Db, act: &Act, before: Moment, most: i64) -> Result<usize> {
    let mut erased = 0;
    for (id, event, county) in store::contacts_due(db, before, None, most)? {
        lock(db, Anchor::Event(event.0))?;
        // Another instance may have erased it, or the event been moved, before the lock.
        if !store::contacts_due(db, before, Some(id), 1)?.is_empty() {
            store::erase_contact(db, act.now, id)?;
            let subject = Subject { kind: "registration", id: id.0, version: None, county: Some(&county) };
            journal::record(db, act, "erase_contact", subject, Capacity::default(), &["name", "phone", "guardian_name"])?;
            erased += 1;
        }
    }
    Ok(erased)
}
