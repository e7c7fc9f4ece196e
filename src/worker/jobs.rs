//! What a round consists of: one line a job. A job changes at most so many rows and says how many; it is called again while it
//! had its fill.

use chrono::{Duration, Months};

use super::store;
use crate::actor::Act;
use crate::clock::{COUNTY_ZONE, Moment};
use crate::db::Db;
use crate::error::Result;
use crate::{auth, complaints, idempotency, notices, orders};

/// Something to do in a transaction of its own.
pub(super) struct Job {
    /// For the log and the metrics.
    pub name: &'static str,
    pub run: fn(&mut Db, &Act, i64) -> Result<usize>,
}

/// Every round.
pub(super) const EACH_ROUND: &[Job] = &[Job { name: "timed_orders", run: orders::run_due }, Job { name: "timed_complaints", run: complaints::run_due }];

/// Every ten minutes, by one instance.
pub(super) const HOUSEKEEPING: &[Job] = &[
    Job { name: "forget_idempotency_keys", run: |db, act, _| idempotency::forget(db, act.now) },
    Job { name: "erase_contacts", run: erase_contacts },
    Job { name: "erase_complaint_contacts", run: erase_complaint_contacts },
    Job { name: "forget_notices", run: forget_notices },
    Job { name: "forget_attempts", run: |db, act, _| auth::forget(db, act.now) },
    Job { name: "forget_refresh_tokens", run: |db, act, most| store::remove_refresh_tokens(db, act.now.minus(Duration::days(90)), most) },
];

/// The months that hold where the county has no rule of its own (design, section 3).
const CONTACTS_ENDED: u32 = 12;
const CONTACTS_REFUSED: u32 = 3;

fn erase_contacts(db: &mut Db, act: &Act, most: i64) -> Result<usize> {
    let (ended, refused) = contacts_before(db, act.now)?;
    orders::erase_contacts(db, act, orders::EndedBefore { ended, refused }, most)
}

/// Those of complaints go by the same rules.
fn erase_complaint_contacts(db: &mut Db, act: &Act, most: i64) -> Result<usize> {
    let (ended, withdrawn) = contacts_before(db, act.now)?;
    complaints::erase_contacts(db, act, ended, withdrawn, most)
}

/// Before which moments something must have ended, or have been refused or withdrawn, for its contact to go.
fn contacts_before(db: &mut Db, now: Moment) -> Result<(Moment, Moment)> {
    let ended = store::months(db, "contacts_ended")?.unwrap_or(CONTACTS_ENDED);
    let refused = store::months(db, "contacts_refused")?.unwrap_or(CONTACTS_REFUSED);
    Ok((months_before(now, ended), months_before(now, refused)))
}

/// Without a rule notices stay.
fn forget_notices(db: &mut Db, act: &Act, most: i64) -> Result<usize> {
    match store::months(db, "notices")? {
        Some(months) => notices::forget(db, months_before(act.now, months), most),
        None => Ok(0),
    }
}

/// So many months earlier on the county's calendar, at the same time of day; the last day of a shorter month.
fn months_before(now: Moment, months: u32) -> Moment {
    let day = now.day(COUNTY_ZONE).checked_sub_months(Months::new(months)).unwrap_or_default();
    Moment::local(COUNTY_ZONE, day, now.time(COUNTY_ZONE))
}
