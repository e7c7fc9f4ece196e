//! The SQL of sessions, refresh tokens, budgets and attempts.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::rules::Bucket;
use crate::actor::Grant;
use crate::clock::Moment;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::ids::{PersonId, SessionId};
use crate::schema::{attempts, budgets, grants, orders, people as people_table, refresh_tokens, sessions, settings};
use crate::{directory, on_engine, people};

/// A signed-in device.
#[derive(Debug, Clone, Queryable)]
pub struct Session {
    pub id: SessionId,
    pub person: PersonId,
    /// `browser` or `app`.
    pub client: String,
    pub created_at: Moment,
    /// Moves with each refresh.
    pub used_at: Moment,
    pub ended_at: Option<Moment>,
    pub ended_because: Option<String>,
    /// A browser and a system, such as `Chrome, Android`.
    pub device: Option<String>,
}

/// What a request's token stands for.
#[derive(Queryable)]
pub(super) struct SignedIn {
    pub used_at: Moment,
    pub ended_at: Option<Moment>,
    pub name: String,
    pub county: Option<String>,
    pub must_change_password: bool,
    pub locked_at: Option<Moment>,
    /// Whether an order of theirs was merged into another one.
    pub merged: bool,
}

/// The session and person of a token, and the grants in force: one question, since every request asks it.
pub(super) fn signed_in(db: &mut Db, person: PersonId, session: SessionId, now: Moment) -> Result<Option<(SignedIn, Vec<Grant>)>> {
    type Row = (SignedIn, Option<String>, Option<people::Held>);
    let rows: Vec<Row> = on_engine!(db, conn => sessions::table
        .inner_join(people_table::table)
        .left_join(grants::table.on(grants::person_id.eq(sessions::person_id).and(people::grants_in_force!(now))))
        .filter(sessions::id.eq(session))
        .filter(sessions::person_id.eq(person))
        .order(grants::id)
        .select((
            (
                sessions::used_at,
                sessions::ended_at,
                people_table::name,
                people_table::county,
                people_table::must_change_password,
                people_table::locked_at,
                exists(orders::table.filter(orders::requester_id.eq(person)).filter(orders::merged_into.is_not_null())),
            ),
            directory::version(),
            (grants::id, grants::role, grants::organisation_id).nullable(),
        ))
        .load(conn))?;
    let Some(version) = rows.first().map(|(_, version, _)| version.clone()) else { return Ok(None) };
    let directory = directory::at(db, version.as_deref())?;
    let mut found = None;
    let mut held = Vec::with_capacity(rows.len());
    for (signed_in, _, grant) in rows {
        found.get_or_insert(signed_in);
        held.extend(grant.map(|grant| people::seated(&directory, grant)));
    }
    Ok(found.map(|found| (found, held)))
}

pub(super) fn insert_session(db: &mut Db, person: PersonId, client: &str, device: Option<&str>, now: Moment) -> Result<SessionId> {
    Ok(diesel::insert_into(sessions::table)
        .values((
            sessions::person_id.eq(person),
            sessions::client.eq(client),
            sessions::created_at.eq(now),
            sessions::used_at.eq(now),
            sessions::device.eq(device),
        ))
        .returning(sessions::id)
        .get_result(db)?)
}

pub(super) fn session(db: &mut Db, id: SessionId) -> Result<Option<Session>> {
    Ok(sessions::table.find(id).first(db).optional()?)
}

/// The sessions of a person that were used since a moment and have not ended, newest first.
pub(super) fn alive(db: &mut Db, person: PersonId, used_since: Moment) -> Result<Vec<Session>> {
    Ok(sessions::table
        .filter(sessions::person_id.eq(person))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::used_at.gt(used_since))
        .order(sessions::id.desc())
        .limit(100)
        .load(db)?)
}

pub(super) fn use_session(db: &mut Db, id: SessionId, now: Moment) -> Result<()> {
    diesel::update(sessions::table.find(id)).set(sessions::used_at.eq(now)).execute(db)?;
    Ok(())
}

/// Ends a session; says whether it had not ended before.
pub(super) fn end_session(db: &mut Db, id: SessionId, because: &str, now: Moment) -> Result<bool> {
    let open = sessions::table.filter(sessions::id.eq(id)).filter(sessions::ended_at.is_null());
    Ok(diesel::update(open).set((sessions::ended_at.eq(now), sessions::ended_because.eq(because))).execute(db)? == 1)
}

/// Ends all sessions of a person but one.
pub(super) fn end_sessions(db: &mut Db, person: PersonId, but: Option<SessionId>, because: &str, now: Moment) -> Result<usize> {
    let open = sessions::table.filter(sessions::person_id.eq(person)).filter(sessions::ended_at.is_null()).filter(sessions::id.ne(but.unwrap_or(SessionId(0))));
    Ok(diesel::update(open).set((sessions::ended_at.eq(now), sessions::ended_because.eq(because))).execute(db)?)
}

/// A refresh token as stored: its hash alone.
#[derive(Queryable)]
pub(super) struct Refresh {
    pub id: i64,
    pub session: SessionId,
    pub replaced_at: Option<Moment>,
}

pub(super) fn refresh(db: &mut Db, hashes: &[String]) -> Result<Option<Refresh>> {
    Ok(refresh_tokens::table
        .filter(refresh_tokens::hash.eq_any(hashes.to_vec()))
        .select((refresh_tokens::id, refresh_tokens::session_id, refresh_tokens::replaced_at))
        .first(db)
        .optional()?)
}

/// Whether any successor of a token was itself replaced.
pub(super) fn successor_used(db: &mut Db, id: i64) -> Result<bool> {
    Ok(refresh_tokens::table
        .filter(refresh_tokens::parent_id.eq(id))
        .filter(refresh_tokens::replaced_at.is_not_null())
        .select(refresh_tokens::id)
        .first::<i64>(db)
        .optional()?
        .is_some())
}

pub(super) fn replace_refresh(db: &mut Db, id: i64, now: Moment) -> Result<()> {
    diesel::update(refresh_tokens::table.find(id)).set(refresh_tokens::replaced_at.eq(now)).execute(db)?;
    Ok(())
}

pub(super) fn insert_refresh(db: &mut Db, session: SessionId, parent: Option<i64>, hash: &str, now: Moment) -> Result<()> {
    diesel::insert_into(refresh_tokens::table)
        .values((
            refresh_tokens::session_id.eq(session),
            refresh_tokens::parent_id.eq(parent),
            refresh_tokens::hash.eq(hash),
            refresh_tokens::issued_at.eq(now),
        ))
        .execute(db)?;
    Ok(())
}

pub(super) fn budget(db: &mut Db, deed: &str, per: &str) -> Result<Option<(i32, i32)>> {
    Ok(budgets::table.find((deed, per)).select((budgets::allowed, budgets::minutes)).first(db).optional()?)
}

type BucketRow = (i32, Moment, Option<Moment>);

fn of((used, since, closed_until): BucketRow) -> Bucket {
    Bucket { used, since, closed_until }
}

pub(super) fn bucket(db: &mut Db, key: &str) -> Result<Option<Bucket>> {
    let row: Option<BucketRow> = attempts::table.find(key).select((attempts::used, attempts::since, attempts::closed_until)).first(db).optional()?;
    Ok(row.map(of))
}

/// Makes the bucket where it is missing, and holds its row until the transaction ends: writing it is the lock.
pub(super) fn locked_bucket(db: &mut Db, key: &str, now: Moment) -> Result<Bucket> {
    on_engine!(db, conn => diesel::insert_into(attempts::table)
        .values((attempts::bucket.eq(key), attempts::used.eq(0), attempts::since.eq(now)))
        .on_conflict_do_nothing()
        .execute(conn)
        .map(|_| ()))?;
    let row: Option<BucketRow> = diesel::update(attempts::table.find(key))
        .set(attempts::used.eq(attempts::used))
        .returning((attempts::used, attempts::since, attempts::closed_until))
        .get_result(db)
        .optional()?;
    // A right try may have forgotten it in between.
    row.map(of).ok_or_else(|| Error::InTheWay("the bucket was forgotten meanwhile".to_owned()))
}

pub(super) fn set_bucket(db: &mut Db, key: &str, bucket: &Bucket) -> Result<()> {
    diesel::update(attempts::table.find(key))
        .set((attempts::used.eq(bucket.used), attempts::since.eq(bucket.since), attempts::closed_until.eq(bucket.closed_until)))
        .execute(db)?;
    Ok(())
}

pub(super) fn forget_bucket(db: &mut Db, key: &str) -> Result<()> {
    diesel::delete(attempts::table.find(key)).execute(db)?;
    Ok(())
}

pub(super) fn forget_buckets(db: &mut Db, before: Moment, most: i64) -> Result<usize> {
    let oldest: Vec<String> = attempts::table.filter(attempts::since.lt(before)).order(attempts::since).limit(most).select(attempts::bucket).load(db)?;
    // One that was begun anew meanwhile stays.
    Ok(diesel::delete(attempts::table.filter(attempts::bucket.eq_any(oldest)).filter(attempts::since.lt(before))).execute(db)?)
}

pub(super) fn setting(db: &mut Db, name: &str) -> Result<Option<String>> {
    Ok(settings::table.find(name).select(settings::value).first(db).optional()?)
}
