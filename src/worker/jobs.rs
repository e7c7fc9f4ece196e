//! What a round consists of: one line a job. A job changes at most so many rows and says how many; it is called again while it
//! had its fill.

use chrono::{Duration, Months};

use super::store;
use crate::actor::Act;
use crate::clock::{COUNTY_ZONE, Moment};
use crate::db::Db;
use crate::error::Result;
use crate::{auth, complaints, equipment, hours, idempotency, journal, keeping, notices, orders, outbox, registrations, rosters};

/// Something to do in a transaction of its own.
pub(super) struct Job {
    /// For the log and the metrics.
    pub name: &'static str,
    pub run: fn(&mut Db, &Act, i64) -> Result<usize>,
}

/// Every round.
pub(super) const EACH_ROUND: &[Job] = &[
    Job { name: "timed_orders", run: orders::run_due },
    Job { name: "timed_complaints", run: complaints::run_due },
    Job { name: "timed_bookings", run: keeping::run_due },
    Job { name: "timed_loans", run: equipment::run_due },
    Job { name: "timed_registrations", run: registrations::run_due },
    Job { name: "timed_corrections", run: hours::run_due },
];

/// Every ten minutes, by one instance.
pub(super) const HOUSEKEEPING: &[Job] = &[
    Job { name: "remind_of_rosters", run: rosters::remind },
    Job { name: "forget_idempotency_keys", run: |db, act, most| idempotency::forget(db, act.now, most) },
    Job { name: "erase_contacts", run: erase_contacts },
    Job { name: "erase_complaint_contacts", run: erase_complaint_contacts },
    Job { name: "erase_registration_contacts", run: erase_registration_contacts },
    Job { name: "forget_notices", run: forget_notices },
    Job { name: "forget_attempts", run: |db, act, most| auth::forget(db, act.now, most) },
    // Tokens first: a session goes when it has none left.
    Job { name: "forget_refresh_tokens", run: |db, act, most| store::remove_refresh_tokens(db, sign_ins(act.now), most) },
    Job { name: "forget_sessions", run: |db, act, most| store::remove_sessions(db, sign_ins(act.now), most) },
    Job { name: "forget_outbox", run: |db, act, most| outbox::forget(db, act.now.minus(Duration::days(OUTBOX_DAYS)), most) },
    Job { name: "forget_journal", run: forget_journal },
];

/// How long a rendered outbox row is kept, for whoever asks why somebody heard of something.
const OUTBOX_DAYS: i64 = 30;
/// How long a sign-in is kept after its end, and a refresh token after it was replaced.
const SIGN_IN_DAYS: i64 = 90;
/// How long a sign-in is kept that never ended: longer than anyone may be idle and go on (`KEPU_IDLE_DAYS`, 365 at most).
const UNUSED_DAYS: i64 = 400;

fn sign_ins(now: Moment) -> store::SignedInBefore {
    store::SignedInBefore { over: now.minus(Duration::days(SIGN_IN_DAYS)), used: now.minus(Duration::days(UNUSED_DAYS)) }
}

/// The months that hold where the county has no rule of its own (design, section 3).
const CONTACTS_ENDED: u32 = 12;
const CONTACTS_REFUSED: u32 = 3;
const CONTACTS_REGISTERED: u32 = 3;

fn erase_contacts(db: &mut Db, act: &Act, most: i64) -> Result<usize> {
    let (ended, refused) = contacts_before(db, act.now)?;
    orders::erase_contacts(db, act, orders::EndedBefore { ended, refused }, most)
}

/// Those of complaints go by the same rules.
fn erase_complaint_contacts(db: &mut Db, act: &Act, most: i64) -> Result<usize> {
    let (ended, withdrawn) = contacts_before(db, act.now)?;
    complaints::erase_contacts(db, act, ended, withdrawn, most)
}

/// Those of who registered for an event go some months after it.
fn erase_registration_contacts(db: &mut Db, act: &Act, most: i64) -> Result<usize> {
    let months = store::months(db, "contacts_registered")?.unwrap_or(CONTACTS_REGISTERED);
    registrations::erase_contacts(db, act, months_before(act.now, months), most)
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

/// The journal is kept for three years unless a rule says otherwise.
const JOURNAL: u32 = 36;
/// Whatever a rule says, it is kept for 6 months (等保, level 2): in days, so that they are never fewer than by the calendar of the
/// database, which holds to it by itself.
const JOURNAL_LEAST_DAYS: i64 = 187;

fn forget_journal(db: &mut Db, act: &Act, most: i64) -> Result<usize> {
    let months = store::months(db, "journal")?.unwrap_or(JOURNAL);
    let before = months_before(act.now, months).min(act.now.minus(Duration::days(JOURNAL_LEAST_DAYS)));
    journal::forget(db, act, before, most)
}

/// So many months earlier on the county's calendar, at the same time of day; the last day of a shorter month.
fn months_before(now: Moment, months: u32) -> Moment {
    let day = now.day(COUNTY_ZONE).checked_sub_months(Months::new(months)).unwrap_or_default();
    Moment::local(COUNTY_ZONE, day, now.time(COUNTY_ZONE))
}
