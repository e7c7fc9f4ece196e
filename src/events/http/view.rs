//! Events and sessions as they are shown: to everybody what concerns whoever comes, to those who plan it the rest.

use serde::Serialize;
use utoipa::ToSchema;

use super::super::calendar_store::Line;
use super::super::kinds::{EventState, EventVerb, PostponeReason};
use super::super::parts_store::{Beside, Part};
use super::super::reach::Opened;
use super::super::store::Session;
use super::super::{Audience, EventKind, SessionState, VenueStatus};
use crate::actor::Act;
use crate::clock::Moment;
use crate::directory::Directory;
use crate::divisions;
use crate::ids::{CampaignId, EquipmentId, EventId, EventSessionId, OrderId, OrganisationId, PersonId, SpaceId, VenueId};
use crate::venues::FIRST_SPACE;

/// An organisation that holds an event.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Organiser {
    pub id: OrganisationId,
    #[schema(example = "友谊镇新时代文明实践所")]
    pub name: String,
}

/// Somebody in charge of a session.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct InCharge {
    pub id: PersonId,
    pub name: String,
    /// Whether they have said yes to it.
    pub agreed: bool,
}

/// The task of a plan that an event counts for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EventTask {
    #[schema(example = "youyi-2021")]
    pub plan: String,
    #[schema(example = "A4.2")]
    pub task: String,
    pub title: String,
}

/// A piece of equipment that a session takes.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SessionEquipment {
    pub id: EquipmentId,
    #[schema(example = "科普大篷车1号")]
    pub name: String,
}

/// One session of an event.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EventSessionView {
    pub id: EventSessionId,
    pub starts_at: Moment,
    pub ends_at: Moment,
    pub state: SessionState,
    pub venue_id: Option<VenueId>,
    pub venue: Option<String>,
    pub space_id: Option<SpaceId>,
    /// Null while nobody has named it.
    pub space: Option<String>,
    /// How many of a shared space's places; null: all of it.
    pub places: Option<i32>,
    /// Whether it has its venue; null where it needs none, and for those who only come.
    pub venue_status: Option<VenueStatus>,
    /// Null for those who only come.
    pub in_charge: Option<InCharge>,
    pub setup_minutes: i32,
    pub clearing_minutes: i32,
    pub travel_minutes: i32,
    /// What travels there.
    pub equipment: Vec<SessionEquipment>,
    /// Person-times; null until it was reported.
    pub attendance: Option<i32>,
}

/// The campaign that something is part of.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NamedCampaign {
    pub id: CampaignId,
    #[schema(example = "全国科普月")]
    pub name: String,
}

/// Another event by its title.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NamedEvent {
    pub id: EventId,
    pub title: String,
}

/// A part of an event: a stall of a fair, a session of a campaign day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EventPart {
    pub id: EventId,
    pub title: String,
    pub state: EventState,
    /// For `If-Match`.
    pub version: i64,
    pub organiser: Option<Organiser>,
    /// Its first start and its last end.
    pub starts_at: Moment,
    pub ends_at: Moment,
    /// Those in charge of it; empty for those who only come.
    pub in_charge: Vec<String>,
    /// Whether they have all said yes; null for those who only come.
    pub agreed: Option<bool>,
}

impl EventPart {
    fn of(directory: &Directory, inside: bool, part: Part) -> Self {
        Self {
            id: part.id,
            title: part.title,
            state: part.state,
            version: part.version,
            organiser: organiser(directory, part.organiser),
            starts_at: part.starts_at,
            ends_at: part.ends_at,
            in_charge: if inside { part.in_charge } else { Vec::new() },
            agreed: inside.then_some(part.agreed),
        }
    }
}

/// An event with its sessions.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EventView {
    pub id: EventId,
    pub title: String,
    pub description: String,
    pub kind: EventKind,
    pub state: EventState,
    /// For `If-Match`.
    pub version: i64,
    pub online: bool,
    /// Whether anyone may come.
    pub open: bool,
    /// Null for an order's event without a team.
    pub organiser: Option<Organiser>,
    pub division_code: Option<String>,
    /// The short names of the place, from the township down.
    pub division_path: Vec<String>,
    pub address: Option<String>,
    pub audience: Audience,
    pub expected: i32,
    pub plan_task: Option<EventTask>,
    pub campaign: Option<NamedCampaign>,
    /// What it is a part of.
    pub parent: Option<NamedEvent>,
    /// Its own parts that were not called off; for those who only come, the published ones.
    pub parts: Vec<EventPart>,
    /// Whether the reader can add parts to it now.
    pub takes_parts: bool,
    /// Why it was put off; null unless it was.
    pub postponed_for: Option<PostponeReason>,
    /// The order that it fulfils; null for those who only come.
    pub order_id: Option<OrderId>,
    /// Why it was called off or put off, or what was done.
    pub closing_words: Option<String>,
    pub sessions: Vec<EventSessionView>,
    /// What the reader can do with it now.
    pub moves: Vec<EventVerb>,
}

fn path(directory: &Directory, place_path: &str) -> Vec<String> {
    divisions::codes(place_path).skip(1).filter_map(|code| directory.place(code)).map(str::to_owned).collect()
}

/// Who holds something, by its number and name.
pub fn organiser(directory: &Directory, id: Option<OrganisationId>) -> Option<Organiser> {
    id.map(|id| Organiser { id, name: directory.name(id).unwrap_or_default().to_owned() })
}

/// The short name of a place, by its code.
pub fn place(directory: &Directory, code: Option<&str>) -> Option<String> {
    code.and_then(|code| directory.place(code)).map(str::to_owned)
}

impl EventView {
    /// `taken` is the equipment that its sessions take.
    pub fn of(directory: &Directory, act: &Act, opened: Opened, taken: &[(EventSessionId, EquipmentId, String)]) -> Self {
        let moves = opened.moves(act.now);
        let takes_parts = opened.takes_parts();
        let Opened { event, sessions, beside, inside, .. } = opened;
        let Beside { campaign, parent, parts } = beside;
        let task = event.plan_item.and_then(|id| directory.task(id)).cloned();
        let state = event.state();
        Self {
            id: event.id,
            title: event.title,
            description: event.description,
            kind: event.kind,
            state,
            version: event.version,
            online: event.online,
            open: event.open,
            organiser: organiser(directory, event.organiser),
            division_code: event.division_code,
            division_path: path(directory, &event.place_path),
            address: event.address,
            audience: event.audience,
            expected: event.expected,
            plan_task: task.map(|task| EventTask { plan: task.plan, task: task.code, title: task.title }),
            campaign: campaign.map(|(id, name)| NamedCampaign { id, name }),
            parent: parent.filter(|parent| inside || parent.public()).map(|parent| NamedEvent { id: parent.id, title: parent.title }),
            parts: parts.into_iter().filter(|part| inside || part.public).map(|part| EventPart::of(directory, inside, part)).collect(),
            takes_parts,
            postponed_for: event.postponed_for,
            order_id: event.order.filter(|_| inside),
            closing_words: event.closing_words.filter(|_| inside || matches!(state, EventState::Cancelled | EventState::Postponed)),
            sessions: sessions.into_iter().map(|session| session_view(session, inside, taken)).collect(),
            moves,
        }
    }
}

fn session_view(session: Session, inside: bool, taken: &[(EventSessionId, EquipmentId, String)]) -> EventSessionView {
    let equipment = taken.iter().filter(|(by, ..)| *by == session.id).map(|(_, id, name)| SessionEquipment { id: *id, name: name.clone() }).collect();
    let venue_status = session.venue_status().filter(|_| inside);
    EventSessionView {
        id: session.id,
        starts_at: session.starts_at,
        ends_at: session.ends_at,
        state: session.state,
        venue_id: session.venue,
        venue: session.venue_name,
        space_id: session.space,
        space: session.space_name.filter(|name| name != FIRST_SPACE),
        places: session.places,
        venue_status,
        in_charge: inside.then_some(InCharge { id: session.in_charge, name: session.in_charge_name, agreed: session.agreed }),
        setup_minutes: session.setup_minutes,
        clearing_minutes: session.clearing_minutes,
        travel_minutes: session.travel_minutes,
        equipment,
        attendance: session.attendance.filter(|_| inside),
    }
}

/// A session in the calendar.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CalendarSession {
    pub id: EventSessionId,
    pub event_id: EventId,
    pub starts_at: Moment,
    pub ends_at: Moment,
    pub state: SessionState,
    pub title: String,
    pub kind: EventKind,
    pub event_state: EventState,
    pub online: bool,
    pub open: bool,
    pub organiser: Option<Organiser>,
    pub division_code: Option<String>,
    /// The short name of the place.
    pub division: Option<String>,
    pub address: Option<String>,
    pub expected: i32,
    pub venue_id: Option<VenueId>,
    pub venue: Option<String>,
    /// Null while nobody has named it.
    pub space: Option<String>,
    /// Whether it has its venue; null where it needs none, and for those who are not signed in.
    pub venue_status: Option<VenueStatus>,
    /// Null for those who are not signed in.
    pub in_charge: Option<InCharge>,
    /// Null for those who are not signed in.
    pub order_id: Option<OrderId>,
    pub campaign_id: Option<CampaignId>,
    /// What it is a part of. The public calendar has wholes alone.
    pub parent_id: Option<EventId>,
}

impl CalendarSession {
    pub fn of(directory: &Directory, inside: bool, line: Line) -> Self {
        Self {
            id: line.session,
            event_id: line.event,
            starts_at: line.starts_at,
            ends_at: line.ends_at,
            state: line.session_state,
            title: line.title,
            kind: line.kind,
            event_state: EventState::of(line.stored, line.published, line.order.is_some(), false),
            online: line.online,
            open: line.open,
            organiser: organiser(directory, line.organiser),
            division: place(directory, line.division_code.as_deref()),
            division_code: line.division_code,
            address: line.address,
            expected: line.expected,
            venue_id: line.venue,
            venue: line.venue_name,
            space: line.space_name.filter(|name| name != FIRST_SPACE),
            venue_status: line.venue_status.filter(|_| inside),
            in_charge: inside.then_some(InCharge { id: line.in_charge, name: line.in_charge_name, agreed: line.agreed }),
            order_id: line.order.filter(|_| inside),
            campaign_id: line.campaign,
            parent_id: line.parent,
        }
    }
}

/// What takes place in a span of time.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CalendarView {
    /// In order of time.
    pub items: Vec<CalendarSession>,
    /// Whether there are more than fit: ask for a shorter span.
    pub more: bool,
}
