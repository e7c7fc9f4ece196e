//! Who did what to which row: kinds, ids and field names, never a person's values. Rows are only ever added.

use diesel::prelude::*;

use crate::actor::{Act, Role};
use crate::db::Db;
use crate::error::Result;
use crate::ids::OrganisationId;
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
