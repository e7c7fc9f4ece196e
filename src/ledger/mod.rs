//! The ledger: new service records go into numbered batches, each with the hash of its rows and of the batch before, signed. Whoever changes
//! a row past the product is found out; whoever keeps the head in a safe place finds out, too, that the end was cut or written anew.

pub mod http;
mod rules;
mod signing;
mod store;
mod verify;

pub use verify::{Anchor, Finding, Verdict, verify};

use crate::clock::Moment;
use crate::db::Db;
use crate::error::Result;
use crate::hours;
use crate::ids::RecordId;
use crate::secrets::Secrets;
use rules::{NOTHING, Sealed};
use signing::{Ed25519, Signer};
use store::Batch;

/// The most records of one batch.
const MOST: i64 = 500;

/// The end of the ledger, which others keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// How many batches there are.
    pub number: i64,
    pub hash: String,
    /// Empty where nothing was sealed yet.
    pub sealed: Option<(Moment, String, store::Key)>,
}

/// The end of the ledger as it is now.
pub fn head(db: &mut Db) -> Result<Head> {
    let Some(last) = store::last(db)? else { return Ok(Head { number: 0, hash: NOTHING.to_owned(), sealed: None }) };
    let key = store::key(db, &last.key_id)?;
    Ok(Head { number: last.number, hash: last.hash, sealed: key.map(|key| (last.sealed_at, last.signature, key)) })
}

/// Whether anything waits to be sealed.
pub fn waits(db: &mut Db) -> Result<bool> {
    hours::waits_to_be_sealed(db)
}

/// Seals up to one batch of what waits; says how many records. The worker alone calls it, one at a time.
pub fn seal(db: &mut Db, secrets: &Secrets, now: Moment) -> Result<usize> {
    let waiting = hours::sealable(db, MOST)?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let signer = Ed25519::of(secrets)?;
    let last = store::last(db)?;
    let (number, previous) = last.map_or((1, NOTHING.to_owned()), |last| (last.number + 1, last.hash));
    let key_id = store::enter_key(db, now, &signer)?;
    let rows: Vec<(RecordId, String)> = waiting.iter().map(|row| (row.id, rules::row_hash(row))).collect();
    let hash = rules::batch_hash(Sealed { number, sealed_at: now, previous: &previous, key_id: &key_id, rows: &rows });
    let signature = signer.sign(&rules::signed(&hash))?;
    let row_count = i32::try_from(rows.len()).unwrap_or(i32::MAX);
    store::insert(db, &Batch { number, sealed_at: now, row_count, previous_hash: previous, hash, key_id, signature }, &rows)?;
    let ids: Vec<RecordId> = rows.iter().map(|(id, _)| *id).collect();
    hours::sealed(db, &ids)
}
