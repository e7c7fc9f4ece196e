//! Orders on the wire.

use serde::Serialize;
use utoipa::ToSchema;

use crate::actor::{Jurisdiction, Role};
use crate::clock::Moment;
use crate::directory::Task;
use crate::events::{SessionState, VenueStatus};
use crate::ids::{EventSessionId, OrderId, OrganisationId, PersonId, SpaceId, VenueId};
use crate::people::{masked_name, masked_phone};

use super::super::needs::{Requires, Window};
use super::super::reach::Sight;
use super::super::state::{Part, State, Verb};
use super::super::store::{AnswerKind, Audience, Channel, DisputeKind, Outcome};
use super::super::view::{Seen, ShownLine};

/// An organisation by number and name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Named {
    pub id: OrganisationId,
    #[schema(example = "县科协")]
    pub name: String,
}

/// The plan task that an order counts for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NamedTask {
    #[schema(example = "youyi-2021")]
    pub plan: String,
    #[schema(example = "A4.2")]
    pub task: String,
    #[schema(example = "加强老年人健康科普服务")]
    pub title: String,
}

/// An offer that stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OfferView {
    pub team: Named,
    pub answer_by: Moment,
}

/// Whom to meet and where; masked for staff.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ContactView {
    #[schema(example = "王**")]
    pub name: Option<String>,
    #[schema(example = "138****1234")]
    pub phone: Option<String>,
    pub address: Option<String>,
    /// Whether it is masked: the reveal is a deed of its own.
    pub masked: bool,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SessionView {
    pub id: EventSessionId,
    pub starts_at: Moment,
    pub ends_at: Moment,
    pub venue_id: Option<VenueId>,
    /// Absent: at the order's own address.
    pub venue: Option<String>,
    pub space_id: Option<SpaceId>,
    #[schema(example = "主场地")]
    pub space: Option<String>,
    /// How many of a shared space's places; null: all of it, alone.
    pub places: Option<i32>,
    /// `tentative` until the venue's keeper says yes; `refused` and `lapsed`: the session needs another place.
    pub venue_status: Option<VenueStatus>,
    pub in_charge: PersonId,
    pub in_charge_name: String,
    pub state: SessionState,
    pub attendance: Option<i32>,
    /// How long the space is made ready before and cleared after, and how long who is in charge is under way, there and back.
    pub setup_minutes: i32,
    pub clearing_minutes: i32,
    pub travel_minutes: i32,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct QuestionView {
    pub asked_at: Moment,
    pub asked_by: Option<String>,
    pub question: String,
    pub answered_at: Option<Moment>,
    pub answer: Option<String>,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AnswerView {
    pub kind: AnswerKind,
    pub text: String,
    pub written_at: Moment,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProposalView {
    pub proposed_at: Moment,
    pub starts_at: Moment,
    pub ends_at: Moment,
    pub venue_id: Option<VenueId>,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReviewView {
    pub stars: i32,
    pub words: Option<String>,
    /// A dispatcher phoned the requester.
    pub by_phone: bool,
    pub given_at: Moment,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DisputeView {
    pub kind: DisputeKind,
    pub words: String,
    pub raised_at: Moment,
    pub outcome: Option<Outcome>,
    pub outcome_words: Option<String>,
    pub decided_at: Option<Moment>,
}

/// An order as a row of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OrderItem {
    pub id: OrderId,
    #[schema(example = "KP3F7Q2M8A")]
    pub number: String,
    pub state: State,
    pub version: i64,
    /// The requester's words; null to those who see the summary alone.
    pub title: Option<String>,
    /// What the dispatcher wrote for others.
    pub summary: Option<String>,
    pub audience: Audience,
    pub attendees: i32,
    pub urgent: bool,
    pub channel: Channel,
    /// Somebody ordered for the requester (代点单).
    pub for_other: bool,
    #[schema(example = "230522101201")]
    pub division_code: String,
    /// The names from the township down.
    #[schema(example = json!(["兴隆镇", "爱林村"]))]
    pub division_path: Vec<String>,
    pub jurisdiction: Jurisdiction,
    pub holding_centre: Named,
    pub department: Option<Named>,
    pub co_units: Vec<Named>,
    pub plan_task: Option<NamedTask>,
    pub outside_plan: bool,
    pub team: Option<Named>,
    pub offer: Option<OfferView>,
    pub requires: Option<Requires>,
    pub windows: Vec<Window>,
    /// Whether the requester agreed that others may come.
    pub others_may_come: bool,
    pub submitted_at: Moment,
    /// Since when it stands in this state.
    pub stage_since: Moment,
    /// When it is late in this state.
    pub due_at: Option<Moment>,
    /// Whether the worker has marked it late.
    pub late: bool,
    /// A question stops the clock.
    pub paused: bool,
    pub starts_at: Option<Moment>,
    pub ends_at: Option<Moment>,
    pub ended_at: Option<Moment>,
    pub merged_into: Option<OrderId>,
    /// What the caller is to this order.
    pub parts: Vec<Part>,
    /// The moves that are open now to the caller: exactly what the buttons show.
    pub moves: Vec<Verb>,
}

/// An order, whole.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OrderView {
    #[serde(flatten)]
    pub order: OrderItem,
    /// The requester's words; null to those who see the summary alone.
    pub details: Option<String>,
    pub contact: Option<ContactView>,
    pub sessions: Vec<SessionView>,
    pub questions: Vec<QuestionView>,
    pub answers: Vec<AnswerView>,
    pub proposals: Vec<ProposalView>,
    pub review: Option<ReviewView>,
    pub disputes: Vec<DisputeView>,
}

/// A new order, with what opens it again.
#[derive(Serialize, ToSchema)]
pub struct SubmittedView {
    #[serde(flatten)]
    pub order: OrderView,
    /// Opens the requester's moves without an account, in the header `Track-Token`: for the link, the QR and the slip.
    pub track_token: String,
}

/// A line of the history: who, what, when, from, to, note.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryView {
    pub at: Moment,
    pub verb: Verb,
    /// The name of the member of staff; null for the requester and the worker.
    pub who: Option<String>,
    pub role: Option<Role>,
    pub organisation: Option<String>,
    pub from: Option<State>,
    pub to: State,
    pub version: i64,
    /// The reason or the words.
    pub note: Option<String>,
    /// The organisation that the move was about.
    pub about: Option<String>,
    pub changes: Vec<ChangeView>,
}

/// A field that an amendment changed; a contact's values are never shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeView {
    pub field: String,
    pub old: Option<String>,
    pub new: Option<String>,
}

/// How many orders in reach stand in each state.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountView {
    pub state: State,
    /// At most 1000: more is not counted.
    pub count: i64,
}

/// The claim board: the best 50, and how many there are in all.
#[derive(Debug, Serialize, ToSchema)]
pub struct BoardView {
    pub items: Vec<OrderItem>,
    pub total: i64,
}

impl From<Seen> for OrderItem {
    fn from(seen: Seen) -> Self {
        let order = seen.opened.order;
        let (row, progress, names) = (order.row, order.progress, order.names);
        let former = matches!(seen.opened.sight, Sight::Until(_));
        let words = seen.opened.sight == Sight::Full;
        let named = |id: Option<OrganisationId>, name: Option<String>| Some(Named { id: id?, name: name? });
        let plan_task = names.task.map(|Task { plan, code, title }| NamedTask { plan, task: code, title });
        let offer = match (named(progress.offer_team_id, names.offer_team), progress.offer_until) {
            (Some(team), Some(answer_by)) if !former => Some(OfferView { team, answer_by }),
            _ => None,
        };
        Self {
            id: row.id,
            number: row.number,
            state: row.state,
            version: row.version,
            title: Some(row.title).filter(|_| words),
            summary: row.summary,
            audience: row.audience,
            attendees: row.attendees,
            urgent: row.urgent,
            channel: row.channel,
            for_other: row.entered_by.is_some() && row.requester_id != row.entered_by,
            division_code: row.division_code,
            division_path: names.path,
            jurisdiction: row.jurisdiction,
            holding_centre: Named { id: row.holding_centre_id, name: names.centre },
            department: named(row.department_id, names.department).filter(|_| !former),
            co_units: seen.co_units.into_iter().map(|(id, name)| Named { id, name }).collect(),
            plan_task,
            outside_plan: row.outside_plan,
            team: named(row.team_id, names.team).filter(|_| !former),
            offer,
            requires: progress.requirements.and_then(|text| serde_json::from_str(&text).ok()),
            windows: order.windows.into_iter().map(|(from, to)| Window { from, to }).collect(),
            others_may_come: progress.others_may_come,
            submitted_at: row.submitted_at,
            stage_since: row.stage_at,
            due_at: row.due_at,
            late: row.late_at.is_some(),
            paused: progress.paused_at.is_some(),
            starts_at: progress.starts_at.filter(|_| !former),
            ends_at: progress.ends_at.filter(|_| !former),
            ended_at: row.ended_at,
            merged_into: row.merged_into,
            parts: seen.opened.parts,
            moves: seen.moves,
        }
    }
}

impl From<Seen> for OrderView {
    fn from(mut seen: Seen) -> Self {
        let own = seen.opened.has(Part::Requester);
        let full = seen.opened.sight == Sight::Full;
        let contact = seen.contact.take().map(|contact| {
            if own {
                ContactView { name: contact.name, phone: contact.phone, address: contact.address, masked: false }
            } else {
                ContactView { name: contact.name.as_deref().map(masked_name), phone: contact.phone.as_deref().map(masked_phone), address: None, masked: true }
            }
        });
        let sessions = std::mem::take(&mut seen.sessions)
            .into_iter()
            .map(|session| SessionView {
                id: session.id,
                starts_at: session.starts_at,
                ends_at: session.ends_at,
                venue_id: session.venue,
                venue_status: session.venue_status(),
                venue: session.venue_name,
                space_id: session.space,
                space: session.space_name,
                places: session.places,
                in_charge: session.in_charge,
                in_charge_name: session.in_charge_name,
                state: session.state,
                attendance: session.attendance,
                setup_minutes: session.setup_minutes,
                clearing_minutes: session.clearing_minutes,
                travel_minutes: session.travel_minutes,
            })
            .collect();
        let questions = std::mem::take(&mut seen.questions).into_iter();
        let answers = std::mem::take(&mut seen.answers).into_iter();
        let proposals = std::mem::take(&mut seen.proposals).into_iter();
        let disputes = std::mem::take(&mut seen.disputes).into_iter();
        Self {
            details: Some(seen.opened.order.progress.details.clone()).filter(|_| full),
            contact,
            sessions,
            questions: questions
                .map(|q| QuestionView { asked_at: q.asked_at, asked_by: q.asked_by, question: q.question, answered_at: q.answered_at, answer: q.answer })
                .collect(),
            answers: answers.map(|a| AnswerView { kind: a.kind, text: a.text, written_at: a.written_at }).collect(),
            proposals: proposals.map(|p| ProposalView { proposed_at: p.proposed_at, starts_at: p.starts_at, ends_at: p.ends_at, venue_id: p.venue }).collect(),
            review: seen.review.take().map(|r| ReviewView { stars: r.stars, words: r.words, by_phone: r.by_phone, given_at: r.given_at }),
            disputes: disputes
                .map(|d| DisputeView {
                    kind: d.kind,
                    words: d.words,
                    raised_at: d.raised_at,
                    outcome: d.outcome,
                    outcome_words: d.outcome_words,
                    decided_at: d.decided_at,
                })
                .collect(),
            order: OrderItem::from(seen),
        }
    }
}

impl From<ShownLine> for HistoryView {
    fn from(shown: ShownLine) -> Self {
        let line = shown.line;
        Self {
            at: line.at,
            verb: line.verb,
            who: shown.who,
            role: line.role,
            organisation: line.organisation,
            from: line.from,
            to: line.to,
            version: line.version,
            note: line.note,
            about: shown.about,
            changes: shown.changes.into_iter().map(|change| ChangeView { field: change.field, old: change.old, new: change.new }).collect(),
        }
    }
}
