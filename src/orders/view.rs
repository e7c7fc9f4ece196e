//! An order as somebody may see it.

use std::collections::HashMap;

use crate::actor::Act;
use crate::clock::Moment;
use crate::db::Db;
use crate::divisions;
use crate::error::Result;
use crate::events::{self, Session};
use crate::ids::{OrderId, OrganisationId};

use super::reach::{Opened, Sight, standing};
use super::state::{self, Part, State, Verb};
use super::store::{self, Answer, Contact, Dispute, FieldChange, Proposal, Question, Review};

/// An order with what hangs on it, as far as the reader may see it.
pub struct Seen {
    pub opened: Opened,
    pub moves: Vec<Verb>,
    /// The names of the place from the township down.
    pub path: Vec<String>,
    pub windows: Vec<(Moment, Moment)>,
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
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut windows: HashMap<OrderId, Vec<(Moment, Moment)>> = HashMap::new();
    for (id, from, to) in store::windows(db, &ids)? {
        windows.entry(id).or_default().push((from, to));
    }
    let mut co_units: HashMap<OrderId, Vec<(OrganisationId, String)>> = HashMap::new();
    if opened.iter().any(|opened| opened.order.row.department_id.is_some()) {
        for (id, unit, name) in store::co_units(db, &ids)? {
            co_units.entry(id).or_default().push((unit, name));
        }
    }
    let names = place_names(db, opened.iter().map(|opened| opened.order.row.place_path.as_str()))?;
    Ok(opened
        .into_iter()
        .map(|opened| {
            let id = opened.order.row.id;
            let moves = state::open_moves(&standing(&opened, act.now), &opened.parts);
            let path = divisions::codes(&opened.order.row.place_path).skip(1).filter_map(|code| names.get(code).cloned()).collect();
            Seen {
                moves,
                path,
                windows: windows.remove(&id).unwrap_or_default(),
                co_units: co_units.remove(&id).unwrap_or_default(),
                contact: None,
                sessions: Vec::new(),
                questions: Vec::new(),
                answers: Vec::new(),
                proposals: Vec::new(),
                review: None,
                disputes: Vec::new(),
                opened,
            }
        })
        .collect())
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

/// The short names of all divisions on these paths.
fn place_names<'a>(db: &mut Db, paths: impl Iterator<Item = &'a str>) -> Result<HashMap<String, String>> {
    let mut codes: Vec<&str> = paths.flat_map(|path| divisions::codes(path).skip(1)).collect();
    codes.sort_unstable();
    codes.dedup();
    store::division_names(db, &codes).map(|names| names.into_iter().collect())
}

/// One order with what hangs on it; what cannot be there is not asked for.
pub fn one(db: &mut Db, act: &Act, opened: Opened) -> Result<Option<Seen>> {
    let Some(mut seen) = list(db, act, vec![opened])?.pop() else { return Ok(None) };
    let order = &seen.opened.order;
    let (id, state, sight) = (order.row.id, order.row.state, seen.opened.sight);
    let until = match sight {
        Sight::Until(_) => return Ok(Some(seen)),
        Sight::Full | Sight::Summary => sight,
    };
    let serves = |part: &Part| matches!(part, Part::Requester | Part::Dispatcher | Part::Officer | Part::Deputy | Part::Leader);
    if seen.opened.parts.iter().any(serves) {
        seen.contact = Some(store::contact(db, id)?);
    }
    if let Some(event) = order.progress.event_id {
        seen.sessions = events::sessions(db, event)?;
    }
    if until == Sight::Summary {
        return Ok(Some(seen));
    }
    if order.progress.questions > 0 {
        seen.questions = store::questions(db, id)?;
    }
    if order.progress.proposals > 0 {
        seen.proposals = store::proposals(db, id)?;
    }
    if matches!(state, State::Fulfilled | State::Closed | State::Disputed) || order.progress.disputes > 0 {
        seen.answers = store::answers(db, id)?;
    }
    if order.progress.stars.is_some() {
        seen.review = store::review(db, id)?;
    }
    if order.progress.disputes > 0 {
        seen.disputes = store::disputes(db, id)?;
    }
    Ok(Some(seen))
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
