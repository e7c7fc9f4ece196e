//! A complaint with the names that a reader needs, and what hangs on it.

use diesel::prelude::*;

use super::super::state::{ComplaintLevel, ComplaintState, ComplaintVerb};
use crate::actor::{Jurisdiction, Role};
use crate::clock::Moment;
use crate::db::{self, Db};
use crate::error::Result;
use crate::ids::{ComplaintId, OrderId, OrganisationId, PersonId};
use crate::schema::{complaint_contacts, complaint_moves, complaints, order_moves, orders, organisations, people};

/// A row of `complaints`, in the order of its columns.
#[derive(Debug, Clone, Queryable)]
pub struct ComplaintRow {
    pub id: ComplaintId,
    pub number: String,
    pub county: String,
    pub state: ComplaintState,
    pub version: i64,
    /// Who answers first.
    pub desk: ComplaintLevel,
    pub order_id: Option<OrderId>,
    /// Where the centre sits that it is about.
    pub about_path: Option<String>,
    pub about_jurisdiction: Option<Jurisdiction>,
    pub page: Option<String>,
    pub words: String,
    pub complainant_id: Option<PersonId>,
    /// Who answers it now.
    pub answering_id: OrganisationId,
    pub track_hash: String,
    pub complained_at: Moment,
    /// Since when it stands in this state.
    pub stage_at: Moment,
    pub due_at: Option<Moment>,
    pub late_at: Option<Moment>,
    pub rung: i32,
    pub rung_at: Option<Moment>,
    pub answered_at: Option<Moment>,
    pub ended_at: Option<Moment>,
}

/// A complaint with what its reader needs of its order and of who answers it.
#[derive(Debug, Clone, Queryable)]
pub struct Complaint {
    pub row: ComplaintRow,
    pub order_number: Option<String>,
    pub order_requester: Option<PersonId>,
    pub answering: String,
}

/// The one question behind every reading of a complaint; a macro, since its type has no short name.
macro_rules! complaint_rows {
    () => {
        complaints::table.inner_join(organisations::table).left_join(orders::table).select((
            complaints::all_columns,
            orders::number.nullable(),
            orders::requester_id.nullable(),
            organisations::name,
        ))
    };
}

/// A complaint by its id, whoever asks: reach is judged on what it gives.
pub fn find(db: &mut Db, id: ComplaintId) -> Result<Option<Complaint>> {
    Ok(complaint_rows!().filter(complaints::id.eq(id)).first(db).optional()?)
}

/// Several complaints by their ids, newest first.
pub(super) fn find_all(db: &mut Db, ids: &[ComplaintId]) -> Result<Vec<Complaint>> {
    Ok(complaint_rows!().filter(db::one_of(complaints::id, ids)).order(complaints::id.desc()).load(db)?)
}

/// The complaint that a tracking token opens: its hash is stored, never the token.
pub fn find_by_track_hash(db: &mut Db, hash: &str) -> Result<Option<ComplaintId>> {
    Ok(complaints::table.filter(complaints::track_hash.eq(hash)).select(complaints::id).first(db).optional()?)
}

/// The complaint of a number.
pub fn find_by_number(db: &mut Db, number: &str) -> Result<Option<ComplaintId>> {
    Ok(complaints::table.filter(complaints::number.eq(number)).select(complaints::id).first(db).optional()?)
}

/// Those of several orders to which a person ever did anything: they do not judge complaints about them.
pub fn acted_on(db: &mut Db, orders: &[OrderId], person: PersonId) -> Result<Vec<OrderId>> {
    if orders.is_empty() {
        return Ok(Vec::new());
    }
    Ok(order_moves::table
        .filter(db::one_of(order_moves::order_id, orders))
        .filter(order_moves::actor_id.eq(person))
        .select(order_moves::order_id)
        .distinct()
        .load(db)?)
}

/// Whom to answer.
#[derive(Debug, Clone, Default, Queryable)]
pub struct Contact {
    pub name: Option<String>,
    pub phone: Option<String>,
}

/// The contact that came with a complaint; empty where none did, or it was erased.
pub fn contact(db: &mut Db, id: ComplaintId) -> Result<Contact> {
    let found = complaint_contacts::table.find(id).select((complaint_contacts::name, complaint_contacts::phone)).first(db);
    Ok(found.optional()?.unwrap_or_default())
}

/// A line of the history.
#[derive(Debug, Clone, Queryable)]
pub struct HistoryLine {
    pub verb: ComplaintVerb,
    pub at: Moment,
    pub actor: Option<PersonId>,
    pub actor_name: Option<String>,
    pub role: Option<Role>,
    pub organisation: Option<String>,
    pub from: Option<ComplaintState>,
    pub to: ComplaintState,
    pub version: i64,
    pub note: Option<String>,
}

macro_rules! lines {
    ($id:expr) => {
        complaint_moves::table
            .left_join(people::table)
            .left_join(organisations::table)
            .filter(complaint_moves::complaint_id.eq($id))
            .order(complaint_moves::id)
            .select((
                complaint_moves::verb,
                complaint_moves::at,
                complaint_moves::actor_id,
                people::name.nullable(),
                complaint_moves::actor_role,
                organisations::name.nullable(),
                complaint_moves::from_state,
                complaint_moves::to_state,
                complaint_moves::version,
                complaint_moves::note,
            ))
    };
}

/// The history of a complaint, oldest first.
pub fn history(db: &mut Db, id: ComplaintId) -> Result<Vec<HistoryLine>> {
    Ok(lines!(id).load(db)?)
}

/// What was said in a complaint after its first words: the answers, and what the complainant said to them.
pub fn told_lines(db: &mut Db, id: ComplaintId) -> Result<Vec<HistoryLine>> {
    let said = complaint_moves::verb.eq_any([ComplaintVerb::Answer, ComplaintVerb::NotSatisfied]);
    Ok(lines!(id).filter(said).load(db)?)
}
