//! What a round consists of: one line a job. A job changes at most so many rows and says how many; it is called again while it
//! had its fill.

use chrono::{Duration, Months};

use super::store;
use crate::actor::Act;
use crate::clock::{COUNTY_ZONE, Moment};
use crate::db::Db;
use crate::error::Result;
use crate::{auth, idempotency, notices, orders};

/// Something to do in a transaction of its own.
pub(super) struct Job {
    /// For the log and the metrics.
    pub name: &'static str,
    pub run: fn(&mut Db, &Act, i64) -> Result<usize>,
}

/// Every round.
pub(super) const EACH_ROUND: &[Job] = &[];

/// Every ten minutes, by one instance.
pub(super) const HOUSEKEEPING: &[Job] = &[
    Job { name: "forget_idempotency_keys", run: |db, act, _| idempotency::forget(db, act.now) },
    Job { name: "erase_contacts", run: erase_contacts },
    Job { name: "forget_notices", run: forget_notices },
    Job { name: "forget_attempts", run: |db, act, _| auth::forget(db, act.now) },
    Job { name: "forget_refresh_tokens", run: |db, act, most| store::remove_refresh_tokens(db, act.now.minus(Duration::days(90)), most) },
];

/// The months that hold where the county has no rule of its own (design, section 3).
const CONTACTS_ENDED: u32 = 12;
const CONTACTS_REFUSED: u32 = 3;

fn erase_contacts(db: &mut Db, act: &Act, most: i64) -> Result<usize> {
    let ended = store::months(db, "contacts_ended")?.unwrap_or(CONTACTS_ENDED);
    let refused = store::months(db, "contacts_refused")?.unwrap_or(CONTACTS_REFUSED);
    let before = orders::EndedBefore { ended: months_before(act.now, ended), refused: months_before(act.now, refused) };
    orders::erase_contacts(db, act, before, most)
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
