//! The moves of a complaint: one order of checks, one transaction, one way into the next state.

use super::complaining::{supervisors, who_answers};
use super::needs;
use super::reach::{self, Opened};
use super::rules;
use super::state::{self, ComplaintPart, ComplaintState, ComplaintVerb, Step};
use super::store::{self, ComplaintRow, Line};
use crate::actor::Act;
use crate::app::App;
use crate::db::{self, Anchor, Db};
use crate::divisions;
use crate::error::{Error, Kind, Refusal, Result};
use crate::idempotency;
use crate::ids::ComplaintId;
use crate::journal::{self, Capacity, Subject};
use crate::orders;
use crate::orders::needs::Nothing;
use crate::organisations;
use crate::outbox::{self, To};
use crate::wire::Change;

/// 答复: a level above what it is about answers; the supervisor answers for the last time.
pub fn answer(db: &mut Db, app: &App, change: &Change<needs::AnswerComplaint>, id: ComplaintId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, ComplaintVerb::Answer, |db, act, row, body| {
        row.answered_at = Some(act.now);
        end(row, act);
        outbox::tell(db, act, "complaint_answer", row.id, To::Requester)?;
        Ok(Some(body.words.trim().to_owned()))
    })
}

/// The complainant says, once, that the answer does not do: the supervisor answers for the last time.
pub fn not_satisfied(db: &mut Db, app: &App, change: &Change<needs::NotSatisfied>, id: ComplaintId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, ComplaintVerb::NotSatisfied, |db, act, row, body| {
        if let Some(association) = organisations::association(db, &row.county)? {
            row.answering_id = association.id;
        }
        let limit = orders::limit(db, &row.county, "complaint", false)?.unwrap_or(rules::ANSWER_WITHIN);
        let calendar = divisions::calendar(db, &row.county)?;
        let due = limit.after(&calendar, act.now);
        row.ended_at = None;
        row.due_at = Some(due);
        row.rung_at = Some(due);
        if let Some(above) = supervisors(db, &row.county)? {
            outbox::tell(db, act, "complaint_not_satisfied", row.id, above)?;
        }
        Ok(Some(body.words.trim().to_owned()))
    })
}

/// The complainant takes it back.
pub fn withdraw(db: &mut Db, app: &App, change: &Change<Nothing>, id: ComplaintId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, ComplaintVerb::Withdraw, |db, act, row, _| {
        for to in who_answers(db, row)? {
            outbox::tell(db, act, "complaint_withdraw", row.id, to)?;
        }
        end(row, act);
        Ok(None)
    })
}

/// Nothing is awaited any more.
fn end(row: &mut ComplaintRow, act: &Act) {
    row.due_at = None;
    row.ended_at = Some(act.now);
}

/// Makes a move that somebody asks for. The checks run in the one order of the API: 401, 404, 403, 428, the body, a repeat,
/// 409, 412; then the deed itself (which gives the words for the history), the compare-and-set, the history, the journal, the key.
fn perform<B>(
    db: &mut Db,
    app: &App,
    change: &Change<B>,
    id: ComplaintId,
    verb: ComplaintVerb,
    deed: impl Fn(&mut Db, &Act, &mut ComplaintRow, &B) -> Result<Option<String>>,
) -> Result<(Act, Opened)> {
    let act = reach::identify(db, app, &change.caller)?;
    // Of two answers at once the second judges what the first has left.
    db::lock(db, Anchor::Complaint(id.0))?;
    let opened = reach::open(db, &act, id)?;
    if !state::may_ever(verb, &opened.parts) {
        return Err(Refusal::forbidden("This move is for others to make.").into());
    }
    let seen = change.seen()?;
    let body = change.body()?;
    let scope = idempotency::scope(&act, &format!("complaint {id}"));
    let deed_name = format!("{verb} complaint {id}");
    if idempotency::replay(db, &scope, &deed_name, change)?.is_some() {
        return Ok((act, opened));
    }
    let Some(step) = state::step(verb, &opened.standing, &opened.parts) else { return Err(untimely(&opened.complaint.row)) };
    let mut row = opened.complaint.row;
    seen.matches(row.version)?;
    let words = deed(db, &act, &mut row, body)?;
    enter(db, &act, &mut row, step, words.as_deref())?;
    idempotency::remember(db, act.now, &scope, &deed_name, change, id.0)?;
    let opened = reach::open(db, &act, id)?;
    Ok((act, opened))
}

/// Enters the step's state: the marks of the old one go; then the history and the journal.
fn enter(db: &mut Db, act: &Act, row: &mut ComplaintRow, step: Step, words: Option<&str>) -> Result<()> {
    row.state = step.to;
    row.stage_at = act.now;
    row.late_at = None;
    row.rung = 0;
    row.rung_at = row.due_at;
    store::advance(db, row)?;
    let capacity = capacity(act, row, step.part);
    let line = Line { verb: step.verb, role: capacity.role, organisation: capacity.organisation, from: Some(step.from), note: words };
    store::insert_move(db, act, row, &line)?;
    let subject = Subject { kind: "complaint", id: row.id.0, version: Some(row.version), county: Some(&row.county) };
    journal::record(db, act, step.verb.as_str(), subject, capacity, &["state"])
}

/// The present state allows no such move: which it is.
fn untimely(row: &ComplaintRow) -> Error {
    let detail = match row.state {
        ComplaintState::Answered | ComplaintState::Final => "The complaint is answered already; read the answer.",
        ComplaintState::Withdrawn => "The complaint was withdrawn.",
        ComplaintState::Open | ComplaintState::Escalated => "The complaint waits for its answer; this cannot be done to it now.",
    };
    Refusal::new(Kind::Conflict, "not_now", detail).with("state", row.state).with("version", row.version).into()
}

/// In which capacity somebody acts on a complaint: the role and the organisation that give them the part.
pub(super) fn capacity(act: &Act, row: &ComplaintRow, part: ComplaintPart) -> Capacity {
    let (Some(role), Some(actor)) = (part.role(), act.actor()) else { return Capacity { role: part.role(), organisation: None } };
    let fits = |seat: &&crate::actor::Seat| match (part, &row.about_path, row.about_jurisdiction) {
        (ComplaintPart::Answerer, Some(path), Some(jurisdiction)) => rules::is_above(seat, path, jurisdiction),
        (ComplaintPart::Answerer, ..) => rules::is_the_countys(seat, &row.county),
        _ => seat.county == row.county,
    };
    Capacity { role: Some(role), organisation: actor.seats(role).find(fits).map(|seat| seat.organisation) }
}
