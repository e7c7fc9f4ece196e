//! The rows of the ledger: keys, batches, and which record stands where in which batch. None is ever changed.

use diesel::prelude::*;

use super::signing::Signer;
use crate::clock::Moment;
use crate::db::Db;
use crate::error::Result;
use crate::ids::RecordId;
use crate::on_engine;
use crate::schema::{ledger_batches, ledger_entries, ledger_keys};

/// A row of `ledger_batches`, in the order of its columns.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Batch {
    pub number: i64,
    pub sealed_at: Moment,
    pub row_count: i32,
    pub previous_hash: String,
    pub hash: String,
    pub key_id: String,
    pub signature: String,
}

/// A row of `ledger_entries`, in the order of its columns.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Entry {
    pub record: RecordId,
    pub batch: i64,
    pub place: i32,
    pub row_hash: String,
}

/// A row of `ledger_keys`, in the order of its columns.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Key {
    pub id: String,
    pub algorithm: String,
    pub public_key: String,
    pub since: Moment,
}

/// The newest batch.
pub fn last(db: &mut Db) -> Result<Option<Batch>> {
    Ok(ledger_batches::table.order(ledger_batches::number.desc()).first(db).optional()?)
}

/// The next batch above a number.
pub fn next(db: &mut Db, above: i64) -> Result<Option<Batch>> {
    Ok(ledger_batches::table.filter(ledger_batches::number.gt(above)).order(ledger_batches::number).first(db).optional()?)
}

/// The entries of a batch, in their order.
pub fn entries(db: &mut Db, batch: i64) -> Result<Vec<Entry>> {
    Ok(ledger_entries::table.filter(ledger_entries::batch_number.eq(batch)).order(ledger_entries::place).load(db)?)
}

/// Which of some records stand in a batch.
pub fn known(db: &mut Db, ids: &[RecordId]) -> Result<Vec<RecordId>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(ledger_entries::table.filter(crate::db::one_of(ledger_entries::record_id, ids)).select(ledger_entries::record_id).load(db)?)
}

pub fn key(db: &mut Db, id: &str) -> Result<Option<Key>> {
    Ok(ledger_keys::table.find(id).first(db).optional()?)
}

/// Enters a key, if it is not there yet.
pub fn enter_key(db: &mut Db, now: Moment, signer: &impl Signer) -> Result<String> {
    let id = signer.key_id();
    if key(db, &id)?.is_none() {
        use ledger_keys as k;
        on_engine!(db, conn => diesel::insert_into(k::table)
            .values((k::id.eq(&id), k::algorithm.eq(signer.algorithm()), k::public_key.eq(signer.public_key()), k::since.eq(now)))
            .on_conflict_do_nothing()
            .execute(conn))?;
    }
    Ok(id)
}

/// Adds a batch with its rows. Of two that come with one number the database takes one.
pub fn insert(db: &mut Db, batch: &Batch, rows: &[(RecordId, String)]) -> Result<()> {
    use {ledger_batches as b, ledger_entries as e};
    let Batch { number, sealed_at, row_count, previous_hash, hash, key_id, signature } = batch;
    diesel::insert_into(b::table)
        .values((
            (b::number.eq(number), b::sealed_at.eq(sealed_at), b::row_count.eq(row_count), b::previous_hash.eq(previous_hash)),
            (b::hash.eq(hash), b::key_id.eq(key_id), b::signature.eq(signature)),
        ))
        .execute(db)?;
    for (n, (record, row_hash)) in rows.iter().enumerate() {
        let place = i32::try_from(n + 1).unwrap_or(i32::MAX);
        diesel::insert_into(e::table)
            .values((e::record_id.eq(record), e::batch_number.eq(number), e::place.eq(place), e::row_hash.eq(row_hash)))
            .execute(db)?;
    }
    Ok(())
}
