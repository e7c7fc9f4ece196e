//! Records as they are read: page by page, and with what stands beside them. A fixed number of statements, however many there are.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use super::Row;
use crate::clock::Moment;
use crate::db::{self, Backend, Db};
use crate::error::Result;
use crate::hours::Span;
use crate::ids::{EventId, OrganisationId, PersonId, RecordId};
use crate::schema::{hour_holds, ledger_entries, presences, record_people, service_records, unsealed_records};
use crate::wire::Cursor;

/// When somebody is recorded elsewhere in a span.
pub fn present(db: &mut Db, person: PersonId, span: Span) -> Result<Option<Span>> {
    let found: Option<(Moment, Moment)> = presences::table
        .filter(presences::person_id.eq(person))
        .filter(presences::until_at.gt(span.from))
        .filter(presences::from_at.lt(span.until))
        .order(presences::from_at)
        .select((presences::from_at, presences::until_at))
        .first(db)
        .optional()?;
    Ok(found.map(|(from, until)| Span { from, until }))
}

/// Whether any record waits to be sealed.
pub fn waits_to_be_sealed(db: &mut Db) -> Result<bool> {
    let first: Option<RecordId> = unsealed_records::table.select(unsealed_records::record_id).order(unsealed_records::record_id).first(db).optional()?;
    Ok(first.is_some())
}

/// Up to `most` records that wait to be sealed, the oldest first.
pub fn sealable(db: &mut Db, most: i64) -> Result<Vec<Row>> {
    let ids: Vec<RecordId> = unsealed_records::table.order(unsealed_records::record_id).limit(most).select(unsealed_records::record_id).load(db)?;
    rows(db, &ids)
}

/// These records, in the order of their numbers.
pub fn rows(db: &mut Db, ids: &[RecordId]) -> Result<Vec<Row>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(service_records::table.filter(db::one_of(service_records::id, ids)).order(service_records::id).load(db)?)
}

/// Up to `most` records above a number, in order, and which of them wait to be sealed.
pub fn walk(db: &mut Db, above: RecordId, most: i64) -> Result<Vec<(RecordId, Moment, bool)>> {
    let rows: Vec<(RecordId, Moment, Option<RecordId>)> = service_records::table
        .left_join(unsealed_records::table)
        .filter(service_records::id.gt(above))
        .order(service_records::id)
        .limit(most)
        .select((service_records::id, service_records::created_at, unsealed_records::record_id.nullable()))
        .load(db)?;
    Ok(rows.into_iter().map(|(id, at, waits)| (id, at, waits.is_some())).collect())
}

/// Whose these records are, with the salt; one that is not in it was erased.
pub fn whose(db: &mut Db, ids: &[RecordId]) -> Result<BTreeMap<RecordId, (PersonId, String)>> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<(RecordId, PersonId, String)> = record_people::table
        .filter(db::one_of(record_people::record_id, ids))
        .select((record_people::record_id, record_people::person_id, record_people::salt))
        .load(db)?;
    Ok(rows.into_iter().map(|(record, person, salt)| (record, (person, salt))).collect())
}

/// Which records.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub person: Option<PersonId>,
    /// Of these teams only.
    pub teams: Option<Vec<OrganisationId>>,
    /// Of this county only.
    pub county: Option<String>,
    pub year: Option<i32>,
}

/// A page of records, newest first: one more than asked for tells that there is a next page.
pub fn page(db: &mut Db, wanted: &Wanted, cursor: Cursor) -> Result<Vec<Row>> {
    let mut query = service_records::table.select(service_records::id).order(service_records::id.desc()).limit(cursor.limit + 1).into_boxed::<Backend>();
    if let Some(person) = wanted.person {
        let own = record_people::table.filter(record_people::person_id.eq(person)).select(record_people::record_id);
        query = query.filter(service_records::id.eq_any(own));
    }
    if let Some(teams) = &wanted.teams {
        query = query.filter(service_records::team_id.eq_any(teams.clone()));
    }
    if let Some(county) = &wanted.county {
        query = query.filter(service_records::county.eq(county.clone()));
    }
    if let Some(year) = wanted.year {
        query = query.filter(service_records::year.eq(year));
    }
    if let Some(below) = cursor.below {
        query = query.filter(service_records::id.lt(RecordId(below)));
    }
    let ids: Vec<RecordId> = query.load(db)?;
    let mut found = rows(db, &ids)?;
    found.reverse();
    Ok(found)
}

/// What stands beside some records.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    pub people: BTreeMap<RecordId, (PersonId, String)>,
    /// In which batch of the ledger each is sealed.
    pub sealed: BTreeMap<RecordId, i64>,
    /// By which record each was reversed.
    pub reversed: BTreeMap<RecordId, RecordId>,
    /// Since when taking each back is proposed.
    pub proposed: BTreeMap<RecordId, Moment>,
    /// Events whose hours are held.
    pub held: BTreeSet<EventId>,
}

/// What stands beside these records.
pub fn beside(db: &mut Db, records: &[Row]) -> Result<Beside> {
    let ids: Vec<RecordId> = records.iter().map(|row| row.id).collect();
    if ids.is_empty() {
        return Ok(Beside::default());
    }
    let events: Vec<EventId> = records.iter().map(|row| row.event).collect();
    let sealed: Vec<(RecordId, i64)> =
        ledger_entries::table.filter(db::one_of(ledger_entries::record_id, &ids)).select((ledger_entries::record_id, ledger_entries::batch_number)).load(db)?;
    let reversed: Vec<(Option<RecordId>, RecordId)> =
        service_records::table.filter(service_records::reverses_id.eq_any(&ids)).select((service_records::reverses_id, service_records::id)).load(db)?;
    let held: Vec<EventId> =
        hour_holds::table.filter(db::one_of(hour_holds::event_id, &events)).filter(hour_holds::until_at.is_null()).select(hour_holds::event_id).load(db)?;
    Ok(Beside {
        people: whose(db, &ids)?,
        sealed: sealed.into_iter().collect(),
        reversed: reversed.into_iter().filter_map(|(of, by)| of.map(|of| (of, by))).collect(),
        proposed: super::proposals(db, &ids)?.into_iter().collect(),
        held: held.into_iter().collect(),
    })
}
