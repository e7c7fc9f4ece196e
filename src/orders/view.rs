//! An order as somebody may see it.

use std::collections::HashMap;

use crate::actor::Act;
use crate::db::Db;
use crate::error::Result;
use crate::events::{self, Session};
use crate::ids::{OrderId, OrganisationId};

use super::reach::{Opened, Sight, standing};
use super::state::{self, Part, State, Verb};
use super::store::{self, Answer, Beside, Contact, Dispute, FieldChange, Proposal, Question, Review, Wanted};

/// An order with what hangs on it, as far as the reader may see it.
pub struct Seen {
    pub opened: Opened,
    pub moves: Vec<Verb>,
    pub co_units: Vec<(OrganisationId, String)>,
    /// Only in a single order, for those who serve it; masked unless it is the reader's own.
    pub contact: Option<Contact>,
    pub sessions: Vec<Session>,
    pub questions: Vec<Question>,
    pub answers: Vec<Answer>,
    pub proposals: Vec<Proposal>,
    pub review: Option<Review>,
    pub disputes: Vec<Dispute>,
}

/// A page of orders: a fixed number of statements, however many rows.
pub fn list(db: &mut Db, act: &Act, mut opened: Vec<Opened>) -> Result<Vec<Seen>> {
    as_it_was(db, &mut opened)?;
    let ids: Vec<OrderId> = opened.iter().map(|opened| opened.order.row.id).collect();
    let co_units = opened.iter().any(|opened| opened.order.row.department_id.is_some());
    let mut beside = store::beside(db, &ids, Wanted { co_units, ..Wanted::default() })?;
    Ok(opened
        .into_iter()
        .map(|opened| {
            let beside = beside.remove(&opened.order.row.id).unwrap_or_default();
            seen(act, opened, beside)
        })
        .collect())
}

fn seen(act: &Act, opened: Opened, beside: Beside) -> Seen {
    let Beside { co_units, contact, answers } = beside;
    Seen {
        moves: state::open_moves(&standing(&opened, act.now), &opened.parts),
        co_units,
        contact,
        sessions: Vec::new(),
        questions: Vec::new(),
        answers,
        proposals: Vec::new(),
        review: None,
        disputes: Vec::new(),
        opened,
    }
}

/// Shows orders to former parties in the state in which they left their hands.
fn as_it_was(db: &mut Db, opened: &mut [Opened]) -> Result<()> {
    let until = |opened: &Opened| match opened.sight {
        Sight::Until(version) => Some((opened.order.row.id, version)),
        Sight::Full | Sight::Summary => None,
    };
    let former: Vec<OrderId> = opened.iter().filter_map(until).map(|(id, _)| id).collect();
    if former.is_empty() {
        return Ok(());
    }
    let states = store::states_at(db, &former)?;
    for opened in opened.iter_mut() {
        let Some((id, version)) = until(opened) else { continue };
        let row = &mut opened.order.row;
        row.state = states.iter().rfind(|(order, at, _)| *order == id && *at <= version).map_or(row.state, |(_, _, state)| *state);
        row.due_at = None;
        row.late_at = None;
        row.ended_at = None;
        row.merged_into = None;
    }
    Ok(())
}

/// One order with what hangs on it; what cannot be there is not asked for.
pub fn one(db: &mut Db, act: &Act, opened: Opened) -> Result<Seen> {
    let mut opened = [opened];
    as_it_was(db, &mut opened)?;
    let [opened] = opened;
    let (id, state, sight) = (opened.order.row.id, opened.order.row.state, opened.sight);
    let former = matches!(sight, Sight::Until(_));
    let serves = |part: &Part| matches!(part, Part::Requester | Part::Dispatcher | Part::Officer | Part::Deputy | Part::Leader);
    let answered = matches!(state, State::Fulfilled | State::Closed | State::Disputed) || opened.order.progress.disputes > 0;
    let wanted = Wanted {
        co_units: opened.order.row.department_id.is_some(),
        contact: !former && opened.parts.iter().any(serves),
        answers: sight == Sight::Full && answered,
    };
    let mut beside = store::beside(db, &[id], wanted)?.remove(&id).unwrap_or_default();
    if wanted.contact {
        // Erased after its time: then nothing of it is left but the place where it stood.
        beside.contact.get_or_insert_default();
    }
    let mut seen = seen(act, opened, beside);
    if former {
        return Ok(seen);
    }
    let progress = &seen.opened.order.progress;
    if let Some(event) = progress.event_id {
        seen.sessions = events::sessions(db, event)?;
    }
    if sight == Sight::Summary {
        return Ok(seen);
    }
    if progress.questions > 0 {
        seen.questions = store::questions(db, id)?;
    }
    if progress.proposals > 0 {
        seen.proposals = store::proposals(db, id)?;
    }
    if progress.stars.is_some() {
        seen.review = store::review(db, id)?;
    }
    if progress.disputes > 0 {
        seen.disputes = store::disputes(db, id)?;
    }
    Ok(seen)
}

/// A line of the history as a reader may see it.
pub struct ShownLine {
    pub line: store::HistoryLine,
    /// The name of whoever acted: their organisation's staff by name to the other parties, a requester never.
    pub who: Option<String>,
    pub about: Option<String>,
    pub changes: Vec<FieldChange>,
}

/// The history of an order: to a former party up to what happened then.
pub fn history(db: &mut Db, act: &Act, opened: &Opened) -> Result<Vec<ShownLine>> {
    let id = opened.order.row.id;
    let until = match opened.sight {
        Sight::Until(version) => Some(version),
        Sight::Full | Sight::Summary => None,
    };
    let lines = store::history(db, id, until)?;
    let about: Vec<OrganisationId> = lines.iter().filter_map(|line| line.about).collect();
    let names: HashMap<OrganisationId, String> = store::organisation_names(db, &about)?.into_iter().collect();
    let full = opened.sight == Sight::Full;
    let mut changes: HashMap<i64, Vec<FieldChange>> = HashMap::new();
    if full && lines.iter().any(|line| line.verb == Verb::Amend) {
        for change in store::changes(db, id)? {
            changes.entry(change.line).or_default().push(change);
        }
    }
    Ok(lines
        .into_iter()
        .map(|mut line| {
            let mine = line.actor.is_some() && line.actor == act.person();
            let who = if line.role.is_some() && full || mine { line.actor_name.clone() } else { None };
            if !full && !matches!(line.verb, Verb::GiveUp | Verb::Reject | Verb::Return | Verb::Redispatch | Verb::Release | Verb::Postpone | Verb::Transfer) {
                // The requester's own words are for the parties alone.
                line.note = None;
            }
            let about = line.about.and_then(|id| names.get(&id).cloned());
            let changes = changes.remove(&line.id).unwrap_or_default();
            ShownLine { line, who, about, changes }
        })
        .collect())
}
