//! The SQL of the worker: its leases, the months that things are kept, and what nobody else sweeps.

use diesel::prelude::*;

use crate::clock::Moment;
use crate::db::Db;
use crate::error::Result;
use crate::on_engine;
use crate::schema::{leases, refresh_tokens, retention_rules, sessions};

/// Compare-and-set on both engines: of several holders at one instant one gets it.
pub(super) fn lease(db: &mut Db, name: &str, holder: &str, now: Moment, until: Moment) -> Result<bool> {
    let free = leases::until.le(now).or(leases::holder.eq(holder));
    let taken =
        diesel::update(leases::table.filter(leases::name.eq(name)).filter(free)).set((leases::holder.eq(holder), leases::until.eq(until))).execute(db)?;
    if taken == 1 {
        return Ok(true);
    }
    let added = on_engine!(db, conn => diesel::insert_into(leases::table)
        .values((leases::name.eq(name), leases::holder.eq(holder), leases::until.eq(until)))
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(added == 1)
}

pub(super) fn give_back(db: &mut Db, name: &str, holder: &str) -> Result<()> {
    diesel::delete(leases::table.filter(leases::name.eq(name)).filter(leases::holder.eq(holder))).execute(db)?;
    Ok(())
}

/// For how many months a subject is kept, where a rule says so.
pub(super) fn months(db: &mut Db, subject: &str) -> Result<Option<u32>> {
    let months: Option<i32> = retention_rules::table.find(subject).select(retention_rules::months).first(db).optional()?;
    Ok(months.and_then(|months| u32::try_from(months).ok()))
}

/// Removes up to `most` refresh tokens, issued before a moment, of sessions that ended before it.
pub(super) fn remove_refresh_tokens(db: &mut Db, before: Moment, most: i64) -> Result<usize> {
    let ids: Vec<i64> = refresh_tokens::table
        .inner_join(sessions::table)
        .filter(sessions::ended_at.lt(before))
        .filter(refresh_tokens::issued_at.lt(before))
        // Newest first, so that no token goes before its successor, which names it.
        .order(refresh_tokens::id.desc())
        .limit(most)
        .select(refresh_tokens::id)
        .load(db)?;
    Ok(diesel::delete(refresh_tokens::table.filter(refresh_tokens::id.eq_any(ids))).execute(db)?)
}
