//! A volunteer asks for a correction of their record, at any time (民政部令67号, Art 12, 13). The team answers within 5 working days, with
//! reasons; after that the centre above does, too.

use super::reversing;
use super::store::{self, Correction, NewCorrection, Row};
use crate::actor::{Act, Actor, Role};
use crate::auth;
use crate::db::{self, Anchor, Db};
use crate::divisions;
use crate::error::{Kind, Refusal, Result};
use crate::ids::{CorrectionId, PersonId, RecordId};
use crate::journal::{self, Capacity, Subject};
use crate::organisations;
use crate::outbox::{self, About, To};
use crate::people;
use crate::wire::Cursor;

/// Within so many working days the team answers.
const ANSWER_DAYS: u32 = 5;

/// Asks for a correction of a record that is one's [`own`]; says under which number.
///
/// # Errors
/// 409 `correction_waits`, `reversed_already`, `not_a_credit`.
pub fn ask(db: &mut Db, act: &Act, me: PersonId, record: RecordId, words: &str) -> Result<CorrectionId> {
    db::lock(db, Anchor::Person(me.0))?;
    let row = store::rows(db, &[record])?.pop().ok_or_else(Refusal::not_found)?;
    if row.reverses.is_some() {
        return Err(Refusal::new(Kind::Conflict, "not_a_credit", "This row takes a record back already; ask about that record.").into());
    }
    if let Some(other) = store::reversal_of(db, record)? {
        return Err(Refusal::new(Kind::Conflict, "reversed_already", "This record was taken back before.").with("reversed_by", other).into());
    }
    if store::waits_for_answer(db, record)? {
        return Err(Refusal::new(Kind::Conflict, "correction_waits", "You have asked about this record already. Wait for the answer.").into());
    }
    let team = organisations::get(db, row.team)?.ok_or_else(Refusal::not_found)?;
    let due = divisions::calendar(db, &row.county)?.after_working_days(act.now, ANSWER_DAYS);
    let new = NewCorrection { county: &row.county, record, person: me, team: team.id, team_path: &team.path, jurisdiction: team.jurisdiction, words, due };
    let id = store::insert_correction(db, act.now, &new)?;
    note(db, act, "ask_correction", id, &row.county, Capacity::default(), &["words"])?;
    outbox::tell(db, act, "correction_asked", about(&row), To::Role(Role::Leader, row.team))?;
    Ok(id)
}

/// Who the caller is, whose own a record is.
///
/// # Errors
/// 401; 404.
pub fn own(db: &mut Db, act: &Act, record: RecordId) -> Result<PersonId> {
    let me = act.person().ok_or_else(auth::sign_in_first)?;
    let whose = store::whose(db, &[record])?.remove(&record).map(|(person, _)| person);
    whose.filter(|person| *person == me).ok_or_else(|| Refusal::not_found().into())
}

/// A page of the corrections that the caller asked for, answers or reads, newest first: one more than it holds.
///
/// # Errors
/// 401.
pub fn list(db: &mut Db, act: &Act, waiting: bool, cursor: Cursor) -> Result<Vec<Correction>> {
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    store::corrections(db, actor, waiting, cursor)
}

/// As what somebody would answer.
fn answers_as(actor: &Actor, correction: &Correction) -> Option<Capacity> {
    if actor.is(Role::Leader, correction.team) {
        return Some(Capacity { role: Some(Role::Leader), organisation: Some(correction.team) });
    }
    let seat = actor.seats(Role::Dispatcher).find(|seat| seat.covers(&correction.team_path, correction.jurisdiction));
    seat.filter(|_| correction.moved_up_at.is_some()).map(|seat| Capacity { role: Some(Role::Dispatcher), organisation: Some(seat.organisation) })
}

/// A correction that the caller may know of, and as what they answer it.
///
/// # Errors
/// 401; 404; 403 for whose it is and who only reads it.
pub fn answerable(db: &mut Db, act: &Act, id: CorrectionId) -> Result<(Correction, Capacity)> {
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    let found = look(db, act, id)?;
    if found.person == actor.person {
        return Err(Refusal::new(Kind::Forbidden, "own_hours", "You asked for this yourself: somebody else answers it.").into());
    }
    let capacity = answers_as(actor, &found);
    capacity
        .map(|capacity| (found, capacity))
        .ok_or_else(|| Refusal::forbidden("The team answers within five working days, after that the centre above does.").into())
}

/// A correction that the caller may know of.
///
/// # Errors
/// 401; 404.
pub fn look(db: &mut Db, act: &Act, id: CorrectionId) -> Result<Correction> {
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    let found = store::correction(db, id)?.ok_or_else(Refusal::not_found)?;
    if found.person == actor.person || actor.reads_all_of(&found.county) || answers_as(actor, &found).is_some() {
        return Ok(found);
    }
    Err(Refusal::not_found().into())
}

/// Answers a correction with reasons. Where the volunteer is right, the record is taken back at once, and the team files it anew as a
/// back-entry.
///
/// # Errors
/// 409 `correction_answered`.
pub fn answer(db: &mut Db, act: &Act, correction: &Correction, capacity: Capacity, agreed: bool, words: &str) -> Result<()> {
    let by = act.person().ok_or_else(auth::sign_in_first)?;
    db::lock(db, Anchor::Person(correction.person.0))?;
    if !store::answer_correction(db, correction.id, act.now, by, agreed, words)? {
        return Err(Refusal::new(Kind::Conflict, "correction_answered", "This was answered already. Read it again.").into());
    }
    let row = store::rows(db, &[correction.record])?.pop().ok_or_else(Refusal::not_found)?;
    if agreed && store::reversal_of(db, row.id)?.is_none() {
        reversing::reverse(db, act, &row, capacity, words)?;
    }
    note(db, act, "answer_correction", correction.id, &correction.county, capacity, &["agreed", "answer"])?;
    outbox::tell(db, act, "correction_answered", about(&row), To::Person(correction.person))
}

/// Gives what the team has not answered in time to the centre above, at most so much; says how much. The worker alone calls it.
pub fn run_due(db: &mut Db, act: &Act, most: i64) -> Result<usize> {
    let mut done = 0;
    for (id, county, record, path) in store::corrections_due(db, act.now, most)? {
        if !store::move_correction_up(db, id, act.now)? {
            continue;
        }
        done += 1;
        note(db, act, "move_correction_up", id, &county, Capacity::default(), &["moved_up_at"])?;
        let Some(row) = store::rows(db, &[record])?.pop() else { continue };
        if let Some(centre) = people::dispatching_centre(db, &path, act.now)? {
            outbox::tell(db, act, "correction_late", about(&row), To::Role(Role::Dispatcher, centre))?;
        }
    }
    Ok(done)
}

/// What word is left about: the order that was served, else the event.
fn about(row: &Row) -> About {
    About::served(row.order, row.event)
}

fn note(db: &mut Db, act: &Act, verb: &str, id: CorrectionId, county: &str, capacity: Capacity, fields: &[&str]) -> Result<()> {
    journal::record(db, act, verb, Subject { kind: "correction", id: id.0, version: None, county: Some(county) }, capacity, fields)
}
