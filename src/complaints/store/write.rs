//! What complaints write: every change of a row is a compare-and-set on its version.

use diesel::prelude::*;

use super::super::state::{ComplaintState, ComplaintVerb};
use super::row::{ComplaintRow, Contact};
use crate::actor::{Act, Role};
use crate::clock::Moment;
use crate::db::{self, Backend, Db};
use crate::error::{Error, Result};
use crate::ids::{ComplaintId, OrganisationId};
use crate::schema::{complaint_contacts, complaint_moves, complaint_search, complaints};

/// Writes a new complaint, with what search finds; its id in the row is not used.
pub fn insert(db: &mut Db, row: &ComplaintRow) -> Result<ComplaintId> {
    let ComplaintRow {
        id: _,
        number,
        county,
        state,
        version,
        desk,
        order_id,
        about_path,
        about_jurisdiction,
        page,
        words,
        complainant_id,
        answering_id,
        track_hash,
        complained_at,
        stage_at,
        due_at,
        late_at,
        rung,
        rung_at,
        answered_at,
        ended_at,
    } = row;
    use complaints as c;
    let id: ComplaintId = diesel::insert_into(c::table)
        .values((
            (c::number.eq(number), c::county.eq(county), c::state.eq(state), c::version.eq(version), c::desk.eq(desk), c::order_id.eq(order_id)),
            (c::about_path.eq(about_path), c::about_jurisdiction.eq(about_jurisdiction), c::page.eq(page), c::words.eq(words)),
            (c::complainant_id.eq(complainant_id), c::answering_id.eq(answering_id), c::track_hash.eq(track_hash)),
            (c::complained_at.eq(complained_at), c::stage_at.eq(stage_at), c::due_at.eq(due_at), c::late_at.eq(late_at)),
            (c::rung.eq(rung), c::rung_at.eq(rung_at), c::answered_at.eq(answered_at), c::ended_at.eq(ended_at)),
        ))
        .returning(c::id)
        .get_result(db)?;
    diesel::insert_into(complaint_search::table).values((complaint_search::complaint_id.eq(id), complaint_search::words.eq(db::grams(words)))).execute(db)?;
    Ok(id)
}

/// Writes a complaint that a move has changed, if nobody was faster; what it began with stays.
///
/// # Errors
/// `InTheWay` where the version has moved since it was read: the deed runs again and judges the new state.
pub fn advance(db: &mut Db, row: &mut ComplaintRow) -> Result<()> {
    let seen = row.version;
    let moved = diesel::update(complaints::table.filter(complaints::id.eq(row.id)).filter(complaints::version.eq(seen)))
        .set((
            complaints::state.eq(row.state),
            complaints::version.eq(seen + 1),
            complaints::answering_id.eq(row.answering_id),
            complaints::stage_at.eq(row.stage_at),
            complaints::due_at.eq(row.due_at),
            complaints::late_at.eq(row.late_at),
            complaints::rung.eq(row.rung),
            complaints::rung_at.eq(row.rung_at),
            complaints::answered_at.eq(row.answered_at),
            complaints::ended_at.eq(row.ended_at),
        ))
        .execute(db)?;
    if moved != 1 {
        return Err(Error::InTheWay("the complaint moved on".to_owned()));
    }
    row.version = seen + 1;
    Ok(())
}

/// A line to add to the history.
pub struct Line<'a> {
    pub verb: ComplaintVerb,
    pub role: Option<Role>,
    pub organisation: Option<OrganisationId>,
    pub from: Option<ComplaintState>,
    pub note: Option<&'a str>,
}

pub fn insert_move(db: &mut Db, act: &Act, row: &ComplaintRow, line: &Line<'_>) -> Result<()> {
    diesel::insert_into(complaint_moves::table)
        .values((
            complaint_moves::complaint_id.eq(row.id),
            complaint_moves::verb.eq(line.verb),
            complaint_moves::at.eq(act.now),
            complaint_moves::actor_id.eq(act.person()),
            complaint_moves::actor_role.eq(line.role),
            complaint_moves::organisation_id.eq(line.organisation),
            complaint_moves::from_state.eq(line.from),
            complaint_moves::to_state.eq(row.state),
            complaint_moves::version.eq(row.version),
            complaint_moves::note.eq(line.note),
        ))
        .execute(db)?;
    Ok(())
}

pub fn insert_contact(db: &mut Db, id: ComplaintId, contact: &Contact) -> Result<()> {
    diesel::insert_into(complaint_contacts::table)
        .values((complaint_contacts::complaint_id.eq(id), complaint_contacts::name.eq(&contact.name), complaint_contacts::phone.eq(&contact.phone)))
        .execute(db)?;
    Ok(())
}

/// The complaints whose lateness is to be told, oldest first.
pub fn rungs_due(db: &mut Db, now: Moment, most: i64) -> Result<Vec<ComplaintId>> {
    Ok(complaints::table.filter(complaints::rung_at.le(now)).order((complaints::rung_at, complaints::id)).limit(most).select(complaints::id).load(db)?)
}

/// Marks lateness without touching the version: by compare-and-set on the rung, so that of several workers one does it.
pub fn ring(db: &mut Db, row: &ComplaintRow, next: Option<Moment>) -> Result<bool> {
    let due = complaints::table.filter(complaints::id.eq(row.id)).filter(complaints::rung.eq(row.rung)).filter(complaints::version.eq(row.version));
    let rung = diesel::update(due)
        .set((complaints::rung.eq(row.rung + 1), complaints::rung_at.eq(next), complaints::late_at.eq(row.late_at.or(row.due_at))))
        .execute(db)?;
    Ok(rung == 1)
}

/// Complaints whose contact may go, oldest first, with their county.
pub fn contacts_due(db: &mut Db, ended: Moment, withdrawn: Moment, only: Option<ComplaintId>, most: i64) -> Result<Vec<(ComplaintId, String)>> {
    let over = complaints::state.eq_any([ComplaintState::Answered, ComplaintState::Final]).and(complaints::ended_at.lt(ended));
    let taken_back = complaints::state.eq(ComplaintState::Withdrawn).and(complaints::ended_at.lt(withdrawn));
    let mut query = complaints::table
        .inner_join(complaint_contacts::table)
        .filter(complaint_contacts::erased_at.is_null())
        // Said once more for the index of ends.
        .filter(complaints::ended_at.lt(ended.max(withdrawn)))
        .filter(over.or(taken_back))
        .order(complaints::id)
        .limit(most)
        .select((complaints::id, complaints::county))
        .into_boxed::<Backend>();
    if let Some(id) = only {
        query = query.filter(complaints::id.eq(id));
    }
    Ok(query.load(db)?)
}

pub fn erase_contact(db: &mut Db, now: Moment, id: ComplaintId) -> Result<()> {
    let nothing: Option<String> = None;
    diesel::update(complaint_contacts::table.find(id))
        .set((complaint_contacts::name.eq(&nothing), complaint_contacts::phone.eq(&nothing), complaint_contacts::erased_at.eq(now)))
        .execute(db)?;
    Ok(())
}
