//! Who may know of a complaint, and as what.

use std::collections::HashSet;

use super::rules;
use super::state::{ComplaintLevel, ComplaintPart, ComplaintState, Standing};
use super::store::{self, Complaint, ComplaintRow};
use crate::actor::{Act, Actor, By, Role};
use crate::app::App;
use crate::auth;
use crate::clock::Moment;
use crate::db::Db;
use crate::divisions;
use crate::error::{Kind, Refusal, Result};
use crate::ids::{ComplaintId, OrderId};
use crate::orders::rules::Limit;
use crate::secrets;
use crate::wire::Caller;

/// A complaint as somebody stands to it.
#[derive(Debug, Clone)]
pub struct Opened {
    pub complaint: Complaint,
    pub parts: Vec<ComplaintPart>,
    pub standing: Standing,
}

impl Opened {
    pub fn has(&self, part: ComplaintPart) -> bool {
        self.parts.contains(&part)
    }
}

/// Who calls: a person, or the complainant of one complaint by its tracking token.
///
/// # Errors
/// 401 for a visitor, or a token of no complaint.
pub fn identify(db: &mut Db, app: &App, caller: &Caller) -> Result<Act> {
    let mut act = auth::act(db, app, caller)?;
    if matches!(act.by, By::Visitor) {
        let token = caller.track_token.as_ref().ok_or_else(auth::sign_in_first)?;
        let complaint = store::find_by_track_hash(db, &secrets::digest(token.as_bytes()))?;
        act.by = By::Complainant(complaint.ok_or_else(|| {
            Refusal::new(Kind::Unauthenticated, "track_token_invalid", "This link is not known. Look the complaint up by its number and phone.")
        })?);
    }
    Ok(act)
}

/// A complaint within the caller's reach.
///
/// # Errors
/// 404 where the caller may not know of it.
pub fn open(db: &mut Db, act: &Act, id: ComplaintId) -> Result<Opened> {
    let complaint = store::find(db, id)?.ok_or_else(Refusal::not_found)?;
    let opened = judge(db, act, vec![complaint])?.pop().ok_or_else(Refusal::not_found)?;
    if opened.parts.is_empty() { Err(Refusal::not_found().into()) } else { Ok(opened) }
}

/// Judges complaints for somebody: a fixed number of statements, however many there are.
pub fn judge(db: &mut Db, act: &Act, complaints: Vec<Complaint>) -> Result<Vec<Opened>> {
    let mut acted: HashSet<OrderId> = HashSet::new();
    if let Some(actor) = act.actor().filter(|actor| actor.is_staff()) {
        let orders: Vec<OrderId> = complaints.iter().filter_map(|complaint| complaint.row.order_id).collect();
        acted.extend(store::acted_on(db, &orders, actor.person)?);
    }
    let mut disagree: Option<(String, Limit)> = None;
    let mut opened = Vec::with_capacity(complaints.len());
    for complaint in complaints {
        let row = &complaint.row;
        let parts = match &act.by {
            By::Complainant(id) if *id == row.id => vec![ComplaintPart::Complainant],
            By::Person(actor) => parts_of_person(actor, row, &acted),
            By::Complainant(_) | By::Visitor | By::Token(_) | By::Worker | By::Machine => Vec::new(),
        };
        // Only the complainant of an answered one is asked how long ago the answer was.
        let mut recent = false;
        if row.state == ComplaintState::Answered && parts.contains(&ComplaintPart::Complainant) {
            let known = disagree.as_ref().filter(|(county, _)| *county == row.county).map(|(_, limit)| *limit);
            let limit = match known {
                Some(limit) => limit,
                None => crate::orders::limit(db, &row.county, "complaint_disagree", false)?.unwrap_or(rules::DISAGREE_WITHIN),
            };
            let calendar = divisions::calendar(db, &row.county)?;
            recent = act.now <= limit.after(&calendar, row.answered_at.unwrap_or(row.stage_at));
            disagree = Some((row.county.clone(), limit));
        }
        let standing = standing(row, act.now, recent);
        opened.push(Opened { complaint, parts, standing });
    }
    Ok(opened)
}

fn standing(row: &ComplaintRow, now: Moment, recent: bool) -> Standing {
    Standing { state: row.state, at_county: row.desk != ComplaintLevel::Centre, late: row.due_at.is_some_and(|due| due < now), recent }
}

/// What a person is to a complaint; nothing at all is out of reach. Whoever acted on the order it is about may not even know of
/// it: neither judge nor reprisal.
fn parts_of_person(actor: &Actor, row: &ComplaintRow, acted: &HashSet<OrderId>) -> Vec<ComplaintPart> {
    if row.complainant_id == Some(actor.person) {
        return vec![ComplaintPart::Complainant];
    }
    if row.order_id.is_some_and(|order| acted.contains(&order)) {
        return Vec::new();
    }
    let mut parts = Vec::new();
    let answers = actor.seats(Role::Dispatcher).any(|seat| match (row.desk, &row.about_path, row.about_jurisdiction) {
        (ComplaintLevel::Centre, Some(path), Some(jurisdiction)) => rules::is_above(seat, path, jurisdiction),
        (ComplaintLevel::County, ..) => rules::is_the_countys(seat, &row.county),
        _ => false,
    });
    if answers {
        parts.push(ComplaintPart::Answerer);
    }
    for (role, part) in [(Role::Supervisor, ComplaintPart::Supervisor), (Role::Auditor, ComplaintPart::Auditor)] {
        if actor.seats(role).any(|seat| seat.county == row.county) {
            parts.push(part);
        }
    }
    parts
}

/// Who answers now, or answered last.
pub fn level(row: &ComplaintRow) -> ComplaintLevel {
    let at_the_top = match row.state {
        ComplaintState::Escalated | ComplaintState::Final => true,
        ComplaintState::Withdrawn => row.answered_at.is_some(),
        ComplaintState::Open | ComplaintState::Answered => false,
    };
    if at_the_top { ComplaintLevel::Supervisor } else { row.desk }
}
