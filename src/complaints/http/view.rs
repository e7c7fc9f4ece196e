//! Complaints on the wire.

use serde::Serialize;
use utoipa::ToSchema;

use super::super::looking::Tracked;
use super::super::state::{ComplaintLevel, ComplaintPart, ComplaintState, ComplaintVerb};
use super::super::store::HistoryLine;
use super::super::view::Seen;
use crate::actor::Role;
use crate::clock::Moment;
use crate::ids::{ComplaintId, OrderId, OrganisationId};
use crate::people::{masked_name, masked_phone};

/// The order that a complaint is about.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ComplainedOrder {
    /// Null to a complainant who did not order it: the number is all they gave.
    pub id: Option<OrderId>,
    #[schema(example = "KP3F7Q2M8A")]
    pub number: String,
}

/// Who answers, by number and name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Answering {
    pub id: OrganisationId,
    #[schema(example = "友谊县新时代文明实践中心")]
    pub name: String,
}

/// Name and phone, as far as they were given; masked for staff.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ComplaintContact {
    #[schema(example = "王**")]
    pub name: Option<String>,
    #[schema(example = "138****1234")]
    pub phone: Option<String>,
    /// Whether it is masked: the reveal is a deed of its own.
    pub masked: bool,
}

/// An answer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ComplaintAnswer {
    pub words: Option<String>,
    pub at: Moment,
    /// Who answered.
    pub organisation: Option<String>,
    /// Answered for good.
    #[serde(rename = "final")]
    pub is_final: bool,
}

/// Why the first answer did not do.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DisagreementView {
    pub words: Option<String>,
    pub at: Moment,
}

/// A complaint as a row of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ComplaintItem {
    pub id: ComplaintId,
    #[schema(example = "TS3F7Q2M8A")]
    pub number: String,
    pub state: ComplaintState,
    pub version: i64,
    /// Who answers now, or answered last.
    pub level: ComplaintLevel,
    /// Null to an auditor.
    pub words: Option<String>,
    /// The path of the page on which it was written.
    #[schema(example = "/orders/12")]
    pub page: Option<String>,
    pub order: Option<ComplainedOrder>,
    pub answering: Answering,
    pub complained_at: Moment,
    /// When it is late; null where no answer is awaited.
    pub due_at: Option<Moment>,
    /// Whether the worker has marked it late.
    pub late: bool,
    /// Whole days since it came in, to now or to its end.
    #[schema(minimum = 0)]
    pub age_days: i64,
    /// Three months after it came in or was escalated: by then it must be answered, whatever else is late. Null where no answer
    /// is awaited.
    pub answer_by: Option<Moment>,
    /// The latest answer.
    pub answered_at: Option<Moment>,
    pub ended_at: Option<Moment>,
    /// What the caller is to this complaint.
    pub parts: Vec<ComplaintPart>,
    /// The moves that are open now to the caller: exactly what the buttons show.
    pub moves: Vec<ComplaintVerb>,
}

/// A complaint, whole.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ComplaintView {
    #[serde(flatten)]
    pub complaint: ComplaintItem,
    /// Null where none was given, and to those who do not answer.
    pub contact: Option<ComplaintContact>,
    /// Oldest first.
    pub answers: Vec<ComplaintAnswer>,
    pub not_satisfied: Option<DisagreementView>,
}

/// A new complaint, with what opens it again.
#[derive(Serialize, ToSchema)]
pub struct ComplaintSubmitted {
    #[serde(flatten)]
    pub complaint: ComplaintView,
    /// Opens the complainant's moves without an account, in the header `Track-Token`: for the link and the slip.
    pub track_token: String,
}

/// A line of the history.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComplaintLine {
    pub at: Moment,
    pub verb: ComplaintVerb,
    /// The name of the member of staff, to staff.
    pub who: Option<String>,
    pub role: Option<Role>,
    pub organisation: Option<String>,
    pub from: Option<ComplaintState>,
    pub to: ComplaintState,
    pub version: i64,
    pub note: Option<String>,
}

/// How many complaints in reach stand in a state.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComplaintCount {
    pub state: ComplaintState,
    /// At most 1000: more is not counted.
    pub count: i64,
}

/// What somebody without an account may see of their complaint: where it is and what was answered, neither its own words nor
/// its contact.
#[derive(Serialize, ToSchema)]
pub struct ComplaintTrack {
    pub number: String,
    pub state: ComplaintState,
    pub late: bool,
    pub complained_at: Moment,
    pub due_at: Option<Moment>,
    pub answered_at: Option<Moment>,
    pub answers: Vec<ComplaintAnswer>,
    pub answering: Answering,
    pub county_phone: String,
    /// With the token: the complaint's id, for its own routes.
    pub complaint_id: Option<ComplaintId>,
}

impl From<Seen> for ComplaintItem {
    fn from(seen: Seen) -> Self {
        let words = seen.reads_words();
        let complainant = seen.has(ComplaintPart::Complainant);
        let Seen { opened, moves, level, age_days, answer_by, contact: _, said: _ } = seen;
        let (complaint, parts) = (opened.complaint, opened.parts);
        let row = complaint.row;
        let theirs = !complainant || (row.complainant_id.is_some() && row.complainant_id == complaint.order_requester);
        Self {
            id: row.id,
            number: row.number,
            state: row.state,
            version: row.version,
            level,
            words: Some(row.words).filter(|_| words),
            page: row.page,
            order: complaint.order_number.map(|number| ComplainedOrder { id: row.order_id.filter(|_| theirs), number }),
            answering: Answering { id: row.answering_id, name: complaint.answering },
            complained_at: row.complained_at,
            due_at: row.due_at,
            late: row.late_at.is_some(),
            age_days,
            answer_by,
            answered_at: row.answered_at,
            ended_at: row.ended_at,
            parts,
            moves,
        }
    }
}

fn answers(said: &[HistoryLine]) -> Vec<ComplaintAnswer> {
    let given = said.iter().filter(|line| line.verb == ComplaintVerb::Answer);
    given
        .map(|line| ComplaintAnswer {
            words: line.note.clone(),
            at: line.at,
            organisation: line.organisation.clone(),
            is_final: line.to == ComplaintState::Final,
        })
        .collect()
}

impl From<Seen> for ComplaintView {
    fn from(mut seen: Seen) -> Self {
        let own = seen.has(ComplaintPart::Complainant);
        let contact = seen.contact.take().map(|contact| {
            let (name, phone) = (contact.name, contact.phone);
            if own {
                return ComplaintContact { name, phone, masked: false };
            }
            ComplaintContact { name: name.as_deref().map(masked_name), phone: phone.as_deref().map(masked_phone), masked: true }
        });
        let said = std::mem::take(&mut seen.said);
        let disagreed = said.iter().find(|line| line.verb == ComplaintVerb::NotSatisfied);
        Self {
            contact,
            answers: answers(&said),
            not_satisfied: disagreed.map(|line| DisagreementView { words: line.note.clone(), at: line.at }),
            complaint: ComplaintItem::from(seen),
        }
    }
}

impl From<HistoryLine> for ComplaintLine {
    fn from(line: HistoryLine) -> Self {
        let HistoryLine { verb, at, actor: _, actor_name, role, organisation, from, to, version, note } = line;
        Self { at, verb, who: actor_name, role, organisation, from, to, version, note }
    }
}

impl From<Tracked> for ComplaintTrack {
    fn from(tracked: Tracked) -> Self {
        let Tracked { opened, said, county_phone, by_token } = tracked;
        let complaint = opened.complaint;
        let row = complaint.row;
        Self {
            number: row.number,
            state: row.state,
            late: row.late_at.is_some(),
            complained_at: row.complained_at,
            due_at: row.due_at,
            answered_at: row.answered_at,
            answers: answers(&said),
            answering: Answering { id: row.answering_id, name: complaint.answering },
            county_phone,
            complaint_id: by_token.then_some(row.id),
        }
    }
}
