//! Corrections that volunteers ask for, and reversals that are proposed.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::actor::{Actor, Jurisdiction, Role};
use crate::clock::Moment;
use crate::db::{Clause, Db};
use crate::divisions;
use crate::error::Result;
use crate::ids::{CorrectionId, EventId, OrganisationId, PersonId, RecordId};
use crate::on_engine;
use crate::schema::{record_corrections, reversal_proposals, service_records};
use crate::wire::Cursor;

/// A row of `record_corrections`, in the order of its columns.
#[derive(Debug, Clone, Queryable)]
pub struct Correction {
    pub id: CorrectionId,
    pub county: String,
    pub record: RecordId,
    pub person: PersonId,
    pub team: OrganisationId,
    pub team_path: String,
    pub jurisdiction: Jurisdiction,
    pub words: String,
    pub asked_at: Moment,
    /// Until when the team answers.
    pub due_at: Moment,
    /// Since when the centre above answers, too.
    pub moved_up_at: Option<Moment>,
    pub version: i64,
    pub answered_by: Option<PersonId>,
    pub answered_at: Option<Moment>,
    pub agreed: Option<bool>,
    pub answer: Option<String>,
}

/// A correction to be.
#[derive(Debug)]
pub struct NewCorrection<'a> {
    pub county: &'a str,
    pub record: RecordId,
    pub person: PersonId,
    pub team: OrganisationId,
    pub team_path: &'a str,
    pub jurisdiction: Jurisdiction,
    pub words: &'a str,
    pub due: Moment,
}

pub fn insert_correction(db: &mut Db, now: Moment, new: &NewCorrection<'_>) -> Result<CorrectionId> {
    use record_corrections as c;
    let NewCorrection { county, record, person, team, team_path, jurisdiction, words, due } = *new;
    Ok(diesel::insert_into(c::table)
        .values((
            (c::county.eq(county), c::record_id.eq(record), c::person_id.eq(person), c::team_id.eq(team)),
            (c::team_path.eq(team_path), c::jurisdiction.eq(jurisdiction), c::words.eq(words), c::asked_at.eq(now), c::due_at.eq(due)),
        ))
        .returning(c::id)
        .get_result(db)?)
}

pub fn correction(db: &mut Db, id: CorrectionId) -> Result<Option<Correction>> {
    Ok(record_corrections::table.find(id).first(db).optional()?)
}

/// Whether a correction of a record waits for its answer.
pub fn waits_for_answer(db: &mut Db, record: RecordId) -> Result<bool> {
    let waiting = record_corrections::table.filter(record_corrections::record_id.eq(record)).filter(record_corrections::answered_at.is_null());
    Ok(diesel::select(diesel::dsl::exists(waiting)).get_result(db)?)
}

/// Answers what still waits; says whether it did.
pub fn answer_correction(db: &mut Db, id: CorrectionId, now: Moment, by: PersonId, agreed: bool, words: &str) -> Result<bool> {
    use record_corrections as c;
    let answered = diesel::update(c::table.filter(c::id.eq(id)).filter(c::answered_at.is_null()))
        .set((c::answered_by.eq(by), c::answered_at.eq(now), c::agreed.eq(agreed), c::answer.eq(words), c::version.eq(c::version + 1)))
        .execute(db)?;
    Ok(answered == 1)
}

/// Up to `most` corrections that the team has not answered in time.
pub fn corrections_due(db: &mut Db, now: Moment, most: i64) -> Result<Vec<(CorrectionId, String, RecordId, String)>> {
    use record_corrections as c;
    Ok(c::table
        .filter(c::answered_at.is_null())
        .filter(c::moved_up_at.is_null())
        .filter(c::due_at.le(now))
        .order(c::due_at)
        .limit(most)
        .select((c::id, c::county, c::record_id, c::team_path))
        .load(db)?)
}

/// Gives one to the centre above; says whether nobody was faster.
pub fn move_correction_up(db: &mut Db, id: CorrectionId, now: Moment) -> Result<bool> {
    use record_corrections as c;
    let moved = diesel::update(c::table.filter(c::id.eq(id)).filter(c::answered_at.is_null()).filter(c::moved_up_at.is_null()))
        .set((c::moved_up_at.eq(now), c::version.eq(c::version + 1)))
        .execute(db)?;
    Ok(moved == 1)
}

/// A page of the corrections that somebody asked for, answers or reads, newest first: one more than asked for tells that there is a next page.
pub fn corrections(db: &mut Db, actor: &Actor, waiting: bool, cursor: Cursor) -> Result<Vec<Correction>> {
    let mut all = Clause::sql("record_corrections.person_id = ").bind(actor.person.0);
    for grant in &actor.grants {
        let Some(seat) = &grant.seat else { continue };
        let here = match grant.role {
            Role::Leader => Clause::sql("record_corrections.team_id = ").bind(seat.organisation.0),
            Role::Dispatcher => Clause::sql("record_corrections.moved_up_at IS NOT NULL")
                .and(divisions::subtree("record_corrections.team_path", &seat.path))
                .and(Clause::sql("record_corrections.jurisdiction = ").bind(seat.jurisdiction.as_str())),
            Role::Supervisor | Role::Auditor => Clause::sql("record_corrections.county = ").bind(seat.county.as_str()),
            Role::Scheduler | Role::Officer | Role::Volunteer | Role::SystemAdministrator | Role::SecurityAdministrator => continue,
        };
        all = all.or(here);
    }
    if waiting {
        all = all.and(Clause::sql("record_corrections.answered_at IS NULL"));
    }
    if let Some(below) = cursor.below {
        all = all.and(Clause::sql("record_corrections.id < ").bind(below));
    }
    let question = Clause::sql("SELECT record_corrections.id FROM record_corrections WHERE ").with(all);
    let question = question.then(" ORDER BY record_corrections.id DESC LIMIT ").bind(cursor.limit + 1).asked::<BigInt>();
    let ids: Vec<CorrectionId> = on_engine!(db, conn => question.load(conn))?;
    Ok(record_corrections::table.filter(record_corrections::id.eq_any(ids)).order(record_corrections::id.desc()).load(db)?)
}

/// By which record another one was taken back.
pub fn reversal_of(db: &mut Db, record: RecordId) -> Result<Option<RecordId>> {
    Ok(service_records::table.filter(service_records::reverses_id.eq(record)).select(service_records::id).first(db).optional()?)
}

/// Proposes to take every record of an event back that still stands; says how many.
pub fn propose(db: &mut Db, event: EventId, now: Moment) -> Result<usize> {
    let rows: Vec<(RecordId, Option<RecordId>)> =
        service_records::table.filter(service_records::event_id.eq(event)).select((service_records::id, service_records::reverses_id)).load(db)?;
    let standing = rows.iter().filter(|(id, reverses)| reverses.is_none() && !rows.iter().any(|(_, other)| *other == Some(*id)));
    let mut proposed = 0;
    for (id, _) in standing {
        use reversal_proposals as p;
        proposed +=
            on_engine!(db, conn => diesel::insert_into(p::table).values((p::record_id.eq(id), p::proposed_at.eq(now))).on_conflict_do_nothing().execute(conn))?;
    }
    Ok(proposed)
}

/// Since when taking each of these records back is proposed.
pub fn proposals(db: &mut Db, ids: &[RecordId]) -> Result<Vec<(RecordId, Moment)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(reversal_proposals::table
        .filter(crate::db::one_of(reversal_proposals::record_id, ids))
        .select((reversal_proposals::record_id, reversal_proposals::proposed_at))
        .load(db)?)
}

/// What was proposed was done.
pub fn settle_proposal(db: &mut Db, record: RecordId) -> Result<()> {
    diesel::delete(reversal_proposals::table.find(record)).execute(db)?;
    Ok(())
}
