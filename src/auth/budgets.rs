//! Budgets of anonymous deeds, and wrong tries that close. A bucket is a keyed hash of what is counted, never a phone or an
//! address in plain.
//!
//! A refusal undoes its own transaction. So a budget counts deeds that happen, in their transaction; a wrong try is counted in
//! a small transaction of its own.

use super::rules::{self, Bucket};
use super::store;
use crate::app::App;
use crate::clock::Moment;
use crate::db::Db;
use crate::error::{Error, Kind, Refusal, Result};
use crate::secrets::Purpose;

/// The budgets of a county that set none of its own (table `budgets`): deed, per what, how many, in how many minutes.
pub const DEFAULT_BUDGETS: &[(&str, &str, i32, i32)] = &[
    ("register", "address", 60, 60),
    ("register", "phone", 3, 1440),
    ("submit", "address", 30, 60),
    ("submit", "phone", 5, 1440),
    ("register_for_event", "address", 60, 60),
    ("register_for_event", "phone", 10, 1440),
    ("complain", "address", 10, 60),
    ("complain", "phone", 5, 1440),
    ("track", "address", 60, 15),
    ("verify", "address", 60, 15),
    // A hall full of people often has one address.
    ("check_in", "address", 300, 60),
    // Wrong codes: six digits are not guessed by so few tries, at one door from one address and from all.
    ("door_code", "address", 20, 15),
    ("door_code", "number", 300, 60),
];

fn bucket(app: &App, what: &str, deed: &str, per: &str, value: &str) -> String {
    app.secrets.hash(Purpose::Bucket, &[what, deed, per, value])
}

/// Counts an anonymous deed that is about to happen, in its own transaction. A deed without a budget is free.
///
/// # Errors
/// 429 `budget_used_up`, with the time until the budget begins anew.
pub fn spend(db: &mut Db, app: &App, deed: &str, per: &str, value: &str, now: Moment) -> Result<()> {
    let Some((allowed, minutes)) = budget(db, deed, per)? else { return Ok(()) };
    let key = bucket(app, "spent", deed, per, value);
    let before = store::locked_bucket(db, &key, now)?;
    let after = rules::counted(&before, now, i64::from(minutes));
    if after.used > allowed {
        return Err(used_up(&after, minutes, now));
    }
    store::set_bucket(db, &key, &after)
}

/// Whether a deed could still be counted: asked before what is only counted where it goes wrong.
///
/// # Errors
/// 429 `budget_used_up`, with the time until the budget begins anew.
pub fn may_still(db: &mut Db, app: &App, deed: &str, per: &str, value: &str, now: Moment) -> Result<()> {
    let Some((allowed, minutes)) = budget(db, deed, per)? else { return Ok(()) };
    let Some(before) = store::bucket(db, &bucket(app, "spent", deed, per, value))? else { return Ok(()) };
    let after = rules::counted(&before, now, i64::from(minutes));
    if after.used > allowed { Err(used_up(&after, minutes, now)) } else { Ok(()) }
}

/// How often, in how many minutes; nothing where there is no budget.
fn budget(db: &mut Db, deed: &str, per: &str) -> Result<Option<(i32, i32)>> {
    let by_default = || DEFAULT_BUDGETS.iter().find(|row| row.0 == deed && row.1 == per).map(|row| (row.2, row.3));
    Ok(store::budget(db, deed, per)?.or_else(by_default))
}

fn used_up(after: &Bucket, minutes: i32, now: Moment) -> Error {
    let left = after.since.plus(chrono::Duration::minutes(i64::from(minutes))).since(now).num_seconds();
    let refusal = Refusal::new(Kind::TooMany, "budget_used_up", "This was done too often from here. Try again later, or call the practice centre.");
    refusal.retry_after(u32::try_from(left + 1).unwrap_or(1)).into()
}

/// Counts a look-up by its number, right or wrong, before it is made; only wrong ones close the number. By number alone one finds
/// out whose it is by trying many, so who looks up too many from one address waits.
///
/// # Errors
/// 429 `budget_used_up`; 429 `locked_out` where wrong tries have closed the number.
pub fn look_up(db: &mut Db, app: &App, number: &str, address: &str, now: Moment) -> Result<()> {
    is_closed(db, app, "track", "number", number, now)?.map_or(Ok(()), |seconds| Err(locked_out(seconds)))?;
    spend(db, app, "track", "address", address, now)
}

/// Counts a wrong try: a password, a look-up. Commit it by itself, before the refusal. Says whether it closed the bucket.
pub fn wrong_try(db: &mut Db, app: &App, deed: &str, per: &str, value: &str, now: Moment) -> Result<bool> {
    let key = bucket(app, "wrong", deed, per, value);
    let before: Bucket = store::locked_bucket(db, &key, now)?;
    let after = rules::failed(&before, now);
    store::set_bucket(db, &key, &after)?;
    Ok(rules::closed_for(&after, now).is_some())
}

/// For how many seconds wrong tries have closed this; nothing: it is open.
pub fn is_closed(db: &mut Db, app: &App, deed: &str, per: &str, value: &str, now: Moment) -> Result<Option<u32>> {
    let found = store::bucket(db, &bucket(app, "wrong", deed, per, value))?;
    Ok(found.and_then(|bucket| rules::closed_for(&bucket, now)))
}

/// Forgets the wrong tries after a right one.
pub fn right_try(db: &mut Db, app: &App, deed: &str, per: &str, value: &str) -> Result<()> {
    store::forget_bucket(db, &bucket(app, "wrong", deed, per, value))
}

/// The refusal while wrong tries keep something closed.
pub fn locked_out(seconds: u32) -> Error {
    Refusal::new(Kind::TooMany, "locked_out", "Too many wrong tries. Wait a quarter of an hour, then try again.").retry_after(seconds).into()
}
