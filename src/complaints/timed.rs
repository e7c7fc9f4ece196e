//! What time does to complaints; the worker alone calls it. Every mark is a compare-and-set, so every instance may run it.

use super::complaining::{supervisors, who_answers};
use super::rules;
use super::store;
use crate::actor::Act;
use crate::clock::{COUNTY_ZONE, Moment};
use crate::db::{Anchor, Db, lock};
use crate::error::Result;
use crate::ids::ComplaintId;
use crate::journal::{self, Capacity, Subject};
use crate::outbox;

/// Tells what is late at this moment, at most so much; gives how much was told.
pub fn run_due(db: &mut Db, act: &Act, most: i64) -> Result<usize> {
    let mut done = 0;
    for id in store::rungs_due(db, act.now, most)? {
        done += usize::from(ring(db, act, id)?);
    }
    Ok(done)
}

/// Late: those who answer and the supervisors hear of it; and the supervisors once more before three months are over.
fn ring(db: &mut Db, act: &Act, id: ComplaintId) -> Result<bool> {
    let Some(complaint) = store::find(db, id)? else { return Ok(false) };
    let row = complaint.row;
    let first = row.rung == 0;
    let next = if first { rules::last_warning(row.stage_at, COUNTY_ZONE, act.now) } else { None };
    if !store::ring(db, &row, next)? {
        return Ok(false);
    }
    let above = supervisors(db, &row.county)?;
    let mut to = if first { who_answers(db, &row)? } else { Vec::new() };
    to.extend(above.filter(|above| !to.contains(above)));
    let notice = if first { "complaint_late" } else { "complaint_three_months" };
    to.into_iter().try_for_each(|to| outbox::tell(db, act, notice, id, to))?;
    Ok(true)
}

/// Erases name and phone of up to `most` complaints that ended, or were withdrawn, before these moments; each with a journal
/// line. Says of how many (PIPL, Art 47).
pub fn erase_contacts(db: &mut Db, act: &Act, ended: Moment, withdrawn: Moment, most: i64) -> Result<usize> {
    let mut erased = 0;
    for (id, county) in store::contacts_due(db, ended, withdrawn, None, most)? {
        lock(db, Anchor::Complaint(id.0))?;
        // It may have come back to life, or been erased by another instance, before the lock.
        if !store::contacts_due(db, ended, withdrawn, Some(id), 1)?.is_empty() {
            store::erase_contact(db, act.now, id)?;
            let subject = Subject { kind: "complaint", id: id.0, version: None, county: Some(&county) };
            journal::record(db, act, "erase_contact", subject, Capacity::default(), &["name", "phone"])?;
            erased += 1;
        }
    }
    Ok(erased)
}
