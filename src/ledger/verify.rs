//! Reads the whole ledger and names what is wrong with it, or what it cannot know.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Deserialize;

use super::rules::{self, NOTHING, Sealed};
use super::signing::{Ed25519, Signer, key_id, verifies};
use super::store::{self, Batch, Key};
use crate::clock::Moment;
use crate::db::Db;
use crate::error::Result;
use crate::hours;
use crate::ids::RecordId;
use crate::secrets::Secrets;

/// How many records are looked through at once.
const PAGE: i64 = 1000;
/// Within so many minutes a record is sealed.
const SEALED_WITHIN: i64 = 2;

/// A head that was kept elsewhere, as `GET /api/v1/ledger/head` gave it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Anchor {
    pub number: i64,
    pub hash: String,
}

/// Something that is not as it was sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// A sealed record says something else now.
    Changed { record: RecordId, batch: i64 },
    /// A sealed record is gone, with its entry or without: told by the place where it stood.
    Missing { record: Option<RecordId>, batch: i64, place: i32 },
    /// A record that no batch has, and that does not wait to be sealed.
    Inserted { record: RecordId },
    /// A record stands in a batch that had no place for it.
    InsertedInto { record: RecordId, batch: i64, place: i32 },
    /// Two records of a batch have changed places.
    Reordered { record: RecordId, batch: i64, place: i32 },
    /// A record was given to somebody else.
    OtherPerson { record: RecordId },
    /// A batch is not what was signed: its own row, or the hashes of its records.
    BatchChanged { batch: i64 },
    /// The signature is not that of the key which the batch names.
    Forged { batch: i64 },
    /// Between two batches one is gone.
    BatchMissing { batch: i64 },
    /// A batch does not follow from the one before.
    Broken { batch: i64 },
    /// The anchor names a batch that is no longer there: the end was cut.
    Cut { anchor: i64, last: i64 },
    /// The anchor's batch has another hash: the ledger was written anew.
    WrittenAnew { anchor: i64 },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed { record, batch } => write!(f, "record {record} was changed after it was sealed in batch {batch}"),
            Self::Missing { record: Some(record), batch, place } => write!(f, "record {record} is missing: it stood at place {place} of batch {batch}"),
            Self::Missing { record: None, batch, place } => write!(f, "a record is missing: it stood at place {place} of batch {batch}"),
            Self::Inserted { record } => write!(f, "record {record} was inserted: it stands in no batch and does not wait to be sealed"),
            Self::InsertedInto { record, batch, place } => write!(f, "record {record} was inserted at place {place} of batch {batch}"),
            Self::Reordered { record, batch, place } => write!(f, "record {record} was reordered: it does not belong at place {place} of batch {batch}"),
            Self::OtherPerson { record } => write!(f, "record {record} was given to another person than it was sealed for"),
            Self::BatchChanged { batch } => write!(f, "batch {batch} is not what was hashed: its row or the hashes of its records were changed"),
            Self::Forged { batch } => write!(f, "batch {batch} is not signed by the key that it names"),
            Self::BatchMissing { batch } => write!(f, "batch {batch} is missing"),
            Self::Broken { batch } => write!(f, "batch {batch} does not follow from the batch before it"),
            Self::Cut { anchor, last } => write!(f, "the end was cut: the anchor names batch {anchor}, the last one is {last}"),
            Self::WrittenAnew { anchor } => write!(f, "batch {anchor} is not the one that the anchor names: the ledger was written anew"),
        }
    }
}

/// What reading the whole ledger gave.
#[derive(Debug, Clone, Default)]
pub struct Verdict {
    pub findings: Vec<Finding>,
    pub batches: i64,
    pub records: i64,
    /// Records that wait to be sealed, and how many of them longer than they should.
    pub waiting: i64,
    pub waiting_long: i64,
    /// Records whose person was erased: that it was theirs can no longer be shown.
    pub erased: i64,
    /// Batches signed by a key that the present secret does not give.
    pub other_keys: i64,
    /// The anchor that was compared with.
    pub anchor: Option<i64>,
}

impl Verdict {
    /// Whether nothing was found.
    pub fn holds(&self) -> bool {
        self.findings.is_empty()
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { findings, batches, records, waiting, waiting_long, erased, other_keys, anchor } = self;
        for finding in findings {
            writeln!(f, "WRONG: {finding}.")?;
        }
        writeln!(f, "{batches} batches with {records} records were read; {waiting} records wait to be sealed, {waiting_long} of them for too long.")?;
        if *erased > 0 {
            writeln!(f, "The persons of {erased} records were erased: whose they were cannot be checked, all else was.")?;
        }
        if *other_keys > 0 {
            writeln!(f, "{other_keys} batches are signed by a key that the present secret does not give: an earlier secret's, or somebody else's.")?;
        }
        match anchor {
            Some(anchor) => writeln!(
                f,
                "Up to batch {anchor} it was compared with the anchor. What was sealed after it could have been cut off or written anew by whoever has the secret."
            )?,
            None => writeln!(
                f,
                "Without an anchor it cannot be known whether batches after the last one were cut off, or whether whoever has the secret wrote all of it anew. Keep GET /api/v1/ledger/head elsewhere, and give it with --anchor."
            )?,
        }
        write!(f, "{}", if self.holds() { "Nothing is wrong with what is here." } else { "The ledger does not hold." })
    }
}

/// Reads the whole ledger, batch by batch, then every record.
///
/// # Errors
/// Where the database cannot be read.
pub fn verify(db: &mut Db, secrets: &Secrets, now: Moment, anchor: Option<&Anchor>) -> Result<Verdict> {
    let mut verdict = Verdict { anchor: anchor.map(|anchor| anchor.number), ..Verdict::default() };
    let own = Ed25519::of(secrets)?.key_id();
    let mut keys: BTreeMap<String, Option<Key>> = BTreeMap::new();
    let (mut last, mut previous) = (0, NOTHING.to_owned());
    let mut anchored = anchor.is_none_or(|anchor| anchor.number == 0);
    while let Some(batch) = store::next(db, last)? {
        for batch in last + 1..batch.number {
            verdict.findings.push(Finding::BatchMissing { batch });
        }
        // After one that is gone nothing is known of the one before.
        if batch.number == last + 1 && batch.previous_hash != previous {
            verdict.findings.push(Finding::Broken { batch: batch.number });
        }
        if !keys.contains_key(&batch.key_id) {
            let key = store::key(db, &batch.key_id)?;
            keys.insert(batch.key_id.clone(), key);
        }
        let key = keys.get(&batch.key_id).and_then(Option::as_ref);
        read_batch(db, &batch, key, &mut verdict)?;
        verdict.other_keys += i64::from(batch.key_id != own);
        if let Some(anchor) = anchor.filter(|anchor| anchor.number == batch.number) {
            anchored = true;
            if anchor.hash != batch.hash {
                verdict.findings.push(Finding::WrittenAnew { anchor: anchor.number });
            }
        }
        verdict.batches += 1;
        (last, previous) = (batch.number, batch.hash);
    }
    if let Some(anchor) = anchor.filter(|anchor| !anchored && anchor.number > last) {
        verdict.findings.push(Finding::Cut { anchor: anchor.number, last });
    }
    walk(db, now, &mut verdict)?;
    Ok(verdict)
}

/// One batch: its rows one by one, then its hash and its signature.
fn read_batch(db: &mut Db, batch: &Batch, key: Option<&Key>, verdict: &mut Verdict) -> Result<()> {
    let found = verdict.findings.len();
    let entries = store::entries(db, batch.number)?;
    let ids: Vec<RecordId> = entries.iter().map(|entry| entry.record).collect();
    let rows: BTreeMap<RecordId, hours::Row> = hours::rows(db, &ids)?.into_iter().map(|row| (row.id, row)).collect();
    let people = hours::whose(db, &ids)?;
    let places: BTreeSet<i32> = entries.iter().map(|entry| entry.place).collect();
    for place in (1..=batch.row_count).filter(|place| !places.contains(place)) {
        verdict.findings.push(Finding::Missing { record: None, batch: batch.number, place });
    }
    // They were sealed in the order of their numbers.
    let mut highest = RecordId(0);
    for entry in &entries {
        let (record, place) = (entry.record, entry.place);
        if place > batch.row_count {
            verdict.findings.push(Finding::InsertedInto { record, batch: batch.number, place });
        } else if record < highest {
            verdict.findings.push(Finding::Reordered { record, batch: batch.number, place });
        }
        highest = highest.max(record);
        match rows.get(&record) {
            None => verdict.findings.push(Finding::Missing { record: Some(record), batch: batch.number, place }),
            Some(row) => {
                if rules::row_hash(row) != entry.row_hash {
                    verdict.findings.push(Finding::Changed { record, batch: batch.number });
                }
                match people.get(&record) {
                    Some((person, salt)) if hours::commitment(*person, salt) != row.commitment => verdict.findings.push(Finding::OtherPerson { record }),
                    Some(_) => {}
                    None => verdict.erased += 1,
                }
            }
        }
    }
    verdict.records += i64::try_from(entries.len()).unwrap_or(i64::MAX);
    let sealed: Vec<(RecordId, String)> = entries.into_iter().map(|entry| (entry.record, entry.row_hash)).collect();
    let as_sealed = Sealed { number: batch.number, sealed_at: batch.sealed_at, previous: &batch.previous_hash, key_id: &batch.key_id, rows: &sealed };
    // Where a row of it is named already, its hash cannot be right.
    if verdict.findings.len() == found && rules::batch_hash(as_sealed) != batch.hash {
        verdict.findings.push(Finding::BatchChanged { batch: batch.number });
    }
    let signed = key.is_some_and(|key| {
        key_id(&key.algorithm, &key.public_key) == batch.key_id && verifies(&key.algorithm, &key.public_key, &rules::signed(&batch.hash), &batch.signature)
    });
    if !signed {
        verdict.findings.push(Finding::Forged { batch: batch.number });
    }
    Ok(())
}

/// Every record stands in a batch or waits for one.
fn walk(db: &mut Db, now: Moment, verdict: &mut Verdict) -> Result<()> {
    let mut above = RecordId(0);
    loop {
        let page = hours::walk(db, above, PAGE)?;
        let Some((last, _, _)) = page.last() else { return Ok(()) };
        above = *last;
        let ids: Vec<RecordId> = page.iter().map(|(id, _, _)| *id).collect();
        let known: BTreeSet<RecordId> = store::known(db, &ids)?.into_iter().collect();
        for (record, created_at, waits) in page {
            if known.contains(&record) {
                continue;
            }
            if waits {
                verdict.waiting += 1;
                verdict.waiting_long += i64::from(now.since(created_at) > chrono::Duration::minutes(SEALED_WITHIN));
            } else {
                verdict.findings.push(Finding::Inserted { record });
            }
        }
    }
}
