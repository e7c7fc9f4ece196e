//! A complaint as somebody may see it.

use super::reach::{self, Opened};
use super::rules;
use super::state::{self, ComplaintLevel, ComplaintPart, ComplaintState, ComplaintVerb};
use super::store::{self, Contact, HistoryLine};
use crate::actor::Act;
use crate::clock::{COUNTY_ZONE, Moment};
use crate::db::Db;
use crate::error::Result;

/// A complaint with what its reader is told.
pub struct Seen {
    pub opened: Opened,
    pub moves: Vec<ComplaintVerb>,
    pub level: ComplaintLevel,
    pub age_days: i64,
    /// Until when it must be answered by the rule for government sites; empty where no answer is awaited.
    pub answer_by: Option<Moment>,
    /// Only in a single complaint, for the complainant and those who answer.
    pub contact: Option<Contact>,
    /// Only in a single complaint: the answers, and what was said to them.
    pub said: Vec<HistoryLine>,
}

impl Seen {
    pub fn has(&self, part: ComplaintPart) -> bool {
        self.opened.has(part)
    }

    /// Whether the reader is told the words: an auditor is not.
    pub fn reads_words(&self) -> bool {
        self.opened.parts.iter().any(|part| *part != ComplaintPart::Auditor)
    }
}

/// As a row of a list.
pub fn shown(act: &Act, opened: Opened) -> Seen {
    let row = &opened.complaint.row;
    let awaited = matches!(row.state, ComplaintState::Open | ComplaintState::Escalated);
    Seen {
        moves: state::open_moves(&opened.standing, &opened.parts),
        level: reach::level(row),
        age_days: rules::age_days(row.complained_at, row.ended_at.unwrap_or(act.now)),
        answer_by: awaited.then(|| rules::answer_by(row.stage_at, COUNTY_ZONE)),
        contact: None,
        said: Vec::new(),
        opened,
    }
}

/// One complaint with what hangs on it.
pub fn one(db: &mut Db, act: &Act, opened: Opened) -> Result<Seen> {
    let mut seen = shown(act, opened);
    let row = &seen.opened.complaint.row;
    let (id, answered) = (row.id, row.answered_at.is_some());
    if seen.reads_words() {
        seen.contact = Some(store::contact(db, id)?).filter(|contact| contact.name.is_some() || contact.phone.is_some());
        if answered {
            seen.said = store::told_lines(db, id)?;
        }
    }
    Ok(seen)
}

/// The history as a reader may see it: the complainant is told the role and the organisation of who acted, staff their name; an
/// auditor no words.
pub fn history(db: &mut Db, act: &Act, opened: &Opened) -> Result<Vec<HistoryLine>> {
    let mut lines = store::history(db, opened.complaint.row.id)?;
    let staff = !opened.has(ComplaintPart::Complainant);
    let words = opened.parts.iter().any(|part| *part != ComplaintPart::Auditor);
    for line in &mut lines {
        let mine = line.actor.is_some() && line.actor == act.person();
        let named = mine || (staff && line.role.is_some());
        if !named {
            line.actor_name = None;
        }
        if !words {
            line.note = None;
        }
    }
    Ok(lines)
}
