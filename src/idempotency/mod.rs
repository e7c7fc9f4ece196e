//! Sending twice makes one: the key's row is written in the deed's own transaction, with a hash of the body. A repeat shows
//! what was made, as the caller may see it now; another body under the same key is refused. Kept for 48 hours.

use diesel::prelude::*;

use crate::actor::Act;
use crate::clock::Moment;
use crate::db::{self, Clause, Db};
use crate::error::{Error, Kind, Refusal, Result};
use crate::schema::idempotency_keys;
use crate::wire::Change;

/// For how long a repeat is recognised.
pub const KEPT_HOURS: i64 = 48;

/// Whose keys they are: a person's, or a visitor's. A visitor is known by the phone that they give, so that what is sent again from
/// another network makes no second one; `visitor` is its keyed hash, since a phone is nobody's to keep here. Whoever knows the
/// phone alone is shown nothing: a repeat needs the key too, which the sender drew at random, and the same body byte by byte.
pub fn scope(act: &Act, visitor: &str) -> String {
    match act.person() {
        Some(person) => format!("person {person}"),
        None => format!("visitor {visitor}"),
    }
}

/// What was made under this key, if this is a repeat.
///
/// # Errors
/// 422 where the key stands for another deed or body.
pub fn replay<B>(db: &mut Db, scope: &str, deed: &str, change: &Change<B>) -> Result<Option<i64>> {
    let Some(key) = change.key()? else { return Ok(None) };
    // Of twins that come at one instant the second waits here, and finds what the first has made.
    db::lock_word(db, &format!("key {scope} {key}"))?;
    let found: Option<(String, String, i64)> = idempotency_keys::table
        .find((scope, key))
        .select((idempotency_keys::deed, idempotency_keys::body_hash, idempotency_keys::subject_id))
        .first(db)
        .optional()?;
    match found {
        None => Ok(None),
        Some((known, hash, subject)) if known == deed && hash == change.body_hash => Ok(Some(subject)),
        Some(_) => Err(Refusal::new(Kind::Invalid, "idempotency_key_reused", "This Idempotency-Key was used for something else. Choose a new one.").into()),
    }
}

/// Remembers what was made under the key, in the deed's own transaction.
pub fn remember<B>(db: &mut Db, now: Moment, scope: &str, deed: &str, change: &Change<B>, subject: i64) -> Result<()> {
    let Some(key) = change.key()? else { return Ok(()) };
    let added = diesel::insert_into(idempotency_keys::table)
        .values((
            idempotency_keys::scope.eq(scope),
            idempotency_keys::key.eq(key),
            idempotency_keys::deed.eq(deed),
            idempotency_keys::body_hash.eq(&change.body_hash),
            idempotency_keys::subject_id.eq(subject),
            idempotency_keys::created_at.eq(now),
        ))
        .execute(db);
    match added {
        // The key's lock lets no twin come this far. If one does, it runs again and finds what the first one made.
        Err(diesel::result::Error::DatabaseError(diesel::result::DatabaseErrorKind::UniqueViolation, _)) => {
            Err(Error::InTheWay("the same key at the same time".to_owned()))
        }
        added => Ok(added.map(|_| ())?),
    }
}

/// Does somebody's deed on one row once: a repeat under the same key does nothing more.
///
/// # Errors
/// As [`replay`], and as the deed.
pub fn once<B>(db: &mut Db, act: &Act, change: &Change<B>, verb: &str, id: i64, deed: impl FnOnce(&mut Db) -> Result<()>) -> Result<()> {
    let (scope, name) = (scope(act, ""), format!("{verb} {id}"));
    if replay(db, &scope, &name, change)?.is_some() {
        return Ok(());
    }
    deed(db)?;
    remember(db, act.now, &scope, &name, change, id)
}

/// Forgets up to `most` keys past their time, the oldest first; the worker calls it.
pub fn forget(db: &mut Db, now: Moment, most: i64) -> Result<usize> {
    let before = now.minus(chrono::Duration::hours(KEPT_HOURS));
    // diesel compares no pairs of columns.
    let oldest = Clause::sql("(scope, key) IN (SELECT scope, key FROM idempotency_keys WHERE created_at < ")
        .bind(before)
        .then(" ORDER BY created_at LIMIT ")
        .bind(most)
        .then(")");
    Ok(diesel::delete(idempotency_keys::table.filter(oldest)).execute(db)?)
}
