//! Who did what to which row: kinds, ids and field names, never a person's values. Rows are added, never changed, and removed only when
//! their time is over.

use diesel::prelude::*;

use crate::actor::{Act, Role};
use crate::clock::Moment;
use crate::db::{Backend, Db};
use crate::error::Result;
use crate::ids::{OrganisationId, PersonId};
use crate::schema::journal;

/// The row that a deed changed.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// One word: `order`, `person`, `grant` …
    pub kind: &'static str,
    pub id: i64,
    /// The version after the deed, where the row has one.
    pub version: Option<i64>,
    pub county: Option<&'a str>,
}

/// In which capacity the person acted, where that is known.
#[derive(Debug, Clone, Copy, Default)]
pub struct Capacity {
    pub role: Option<Role>,
    pub organisation: Option<OrganisationId>,
}

/// Adds the deed's line, in the deed's own transaction.
pub fn record(db: &mut Db, act: &Act, verb: &str, subject: Subject<'_>, capacity: Capacity, fields: &[&str]) -> Result<()> {
    diesel::insert_into(journal::table)
        .values((
            journal::at.eq(act.now),
            journal::actor_id.eq(act.person()),
            journal::role.eq(capacity.role),
            journal::organisation_id.eq(capacity.organisation),
            journal::county.eq(subject.county),
            journal::request_id.eq(act.request_id.as_deref()),
            journal::verb.eq(verb),
            journal::subject_kind.eq(subject.kind),
            journal::subject_id.eq(subject.id),
            journal::version.eq(subject.version),
            journal::fields.eq(fields.join(" ")),
        ))
        .execute(db)?;
    Ok(())
}

/// Removes up to `most` lines of before a moment, and leaves one that says so: it names the last line that went. The database
/// refuses where one of them is younger than 6 months.
pub fn forget(db: &mut Db, act: &Act, before: Moment, most: i64) -> Result<usize> {
    let ids: Vec<i64> = journal::table.filter(journal::at.lt(before)).order(journal::at).limit(most).select(journal::id).load(db)?;
    let Some(last) = ids.iter().max() else { return Ok(0) };
    record(db, act, "forget", Subject { kind: "journal", id: *last, version: None, county: None }, Capacity::default(), &[])?;
    Ok(diesel::delete(journal::table.filter(journal::id.eq_any(&ids))).execute(db)?)
}

/// A line of the journal.
#[derive(Debug, Clone, Queryable)]
pub struct Line {
    pub id: i64,
    pub at: Moment,
    /// Empty: the worker, a visitor or the command line.
    pub actor: Option<PersonId>,
    pub role: Option<Role>,
    pub organisation: Option<OrganisationId>,
    pub county: Option<String>,
    pub request_id: Option<String>,
    pub verb: String,
    pub kind: String,
    pub row: i64,
    pub version: Option<i64>,
    /// The names of the fields, with spaces between them.
    pub fields: String,
}

/// Which lines.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Of these counties, and of none.
    pub counties: Vec<String>,
    pub actor: Option<PersonId>,
    pub kind: Option<String>,
    pub row: Option<i64>,
    /// At or after this moment.
    pub from: Option<Moment>,
    /// Before this moment.
    pub before: Option<Moment>,
    pub below: Option<i64>,
    pub most: i64,
}

/// The newest lines of those wanted.
pub fn read(db: &mut Db, wanted: &Wanted) -> Result<Vec<Line>> {
    let mut query = journal::table
        .filter(journal::county.is_null().or(journal::county.eq_any(&wanted.counties).assume_not_null()))
        .order(journal::id.desc())
        .limit(wanted.most)
        .into_boxed::<Backend>();
    if let Some(actor) = wanted.actor {
        query = query.filter(journal::actor_id.eq(actor));
    }
    if let Some(kind) = &wanted.kind {
        query = query.filter(journal::subject_kind.eq(kind));
    }
    if let Some(row) = wanted.row {
        query = query.filter(journal::subject_id.eq(row));
    }
    if let Some(from) = wanted.from {
        query = query.filter(journal::at.ge(from));
    }
    if let Some(before) = wanted.before {
        query = query.filter(journal::at.lt(before));
    }
    if let Some(below) = wanted.below {
        query = query.filter(journal::id.lt(below));
    }
    Ok(query.load(db)?)
}
