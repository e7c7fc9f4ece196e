//! The SQL of the worker: its leases, the months that things are kept, and what nobody else sweeps.

use diesel::prelude::*;

use crate::clock::Moment;
use crate::db::Db;
use crate::error::Result;
use crate::ids::SessionId;
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

/// Before which moments sign-ins must lie to be forgotten.
#[derive(Debug, Clone, Copy)]
pub(super) struct SignedInBefore {
    /// When a session ended, or a token was issued.
    pub over: Moment,
    /// When a session that never ended was last used.
    pub used: Moment,
}

/// Removes up to `most` old refresh tokens: those that were replaced, and all of sessions that are over.
pub(super) fn remove_refresh_tokens(db: &mut Db, before: SignedInBefore, most: i64) -> Result<usize> {
    let over = sessions::ended_at.is_not_null().or(sessions::used_at.lt(before.used));
    let ids: Vec<i64> = refresh_tokens::table
        .inner_join(sessions::table)
        .filter(refresh_tokens::issued_at.lt(before.over))
        .filter(refresh_tokens::replaced_at.is_not_null().or(over))
        .order(refresh_tokens::issued_at)
        .limit(most)
        .select(refresh_tokens::id)
        .load(db)?;
    // A successor may stay, and then comes from nothing.
    let nothing: Option<i64> = None;
    diesel::update(refresh_tokens::table.filter(refresh_tokens::parent_id.eq_any(&ids))).set(refresh_tokens::parent_id.eq(nothing)).execute(db)?;
    Ok(diesel::delete(refresh_tokens::table.filter(refresh_tokens::id.eq_any(ids))).execute(db)?)
}

/// Removes up to `most` sessions that ended, or were last used, before their moment and have no token left.
pub(super) fn remove_sessions(db: &mut Db, before: SignedInBefore, most: i64) -> Result<usize> {
    let tokens = refresh_tokens::table.filter(refresh_tokens::session_id.eq(sessions::id));
    let ids: Vec<SessionId> = sessions::table
        // A session is never used after its end.
        .filter(sessions::used_at.lt(before.over))
        .filter(sessions::ended_at.lt(before.over).or(sessions::used_at.lt(before.used)))
        .filter(diesel::dsl::not(diesel::dsl::exists(tokens)))
        .order(sessions::used_at)
        .limit(most)
        .select(sessions::id)
        .load(db)?;
    Ok(diesel::delete(sessions::table.filter(sessions::id.eq_any(ids))).execute(db)?)
}
