//! What planning an event needs.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Audience, EventKind, PostponeReason};
use crate::clock::Moment;
use crate::ids::{CampaignId, EquipmentId, EventId, EventSessionId, OrganisationId, PersonId, SpaceId, VenueId};
use crate::wire::{Body, Faults};

/// The longest time before or after a session that it can take: a day.
const LONGEST_BESIDE: i64 = 1440;
/// The longest session, so that an index on its start finds all that touch a span.
pub const LONGEST_SESSION_DAYS: i64 = 31;
const MOST_SESSIONS: usize = 20;
/// The most pieces of equipment that a session takes.
const MOST_EQUIPMENT: usize = 10;

/// A task of a plan, by its codes.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanTask {
    #[schema(example = "youyi-2021", min_length = 1, max_length = 100)]
    pub plan: String,
    #[schema(example = "A4.2", min_length = 1, max_length = 100)]
    pub task: String,
}

/// When, where and by whom a session is held.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScheduledSession {
    /// Its first open space, unless `space_id` names another; both absent: at the address of the order or the event, or online.
    pub venue_id: Option<VenueId>,
    pub space_id: Option<SpaceId>,
    /// How many places of a space that can be shared; absent: all of it, alone.
    #[schema(minimum = 1, maximum = 100_000)]
    pub places: Option<i32>,
    pub starts_at: Moment,
    pub ends_at: Moment,
    /// Somebody of the team or the organiser; absent: whoever schedules. Of an event without an order others are asked first.
    pub in_charge: Option<PersonId>,
    /// How long the space is made ready before; it is taken then too. Absent: 0.
    #[schema(minimum = 0, maximum = 1440)]
    pub setup_minutes: Option<i32>,
    /// How long the space is cleared after; it is taken then too. Absent: 0.
    #[schema(minimum = 0, maximum = 1440)]
    pub clearing_minutes: Option<i32>,
    /// How long who is in charge is under way, before and after; they are taken then too. Absent: 0.
    #[schema(minimum = 0, maximum = 1440)]
    pub travel_minutes: Option<i32>,
    /// What travels there; it is taken with set-up and clearing. The organiser's own, or lent to it. Absent: nothing.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub equipment_ids: Vec<EquipmentId>,
}

/// What an event shall be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"organiser_id": 2, "title": "科普月：家庭用电安全", "kind": "lecture", "audience": "general", "expected": 60, "division_code": "230522100003", "open": true, "sessions": [{"venue_id": 1, "starts_at": "2026-12-01T01:00:00Z", "ends_at": "2026-12-01T03:00:00Z"}]}))]
pub struct EventFacts {
    /// The centre, department or team that holds it: one in which the caller schedules, answers or leads. Of a part of something
    /// that the caller plans: any open organisation of the county, which plans it from then on too.
    pub organiser_id: OrganisationId,
    #[schema(min_length = 1, max_length = 60)]
    pub title: String,
    /// For those who think of coming; absent: nothing.
    #[schema(max_length = 4000)]
    pub description: Option<String>,
    pub kind: EventKind,
    /// Absent: it is held somewhere.
    pub online: Option<bool>,
    /// Whether anyone may come, and it stands on the public page. Absent: closed. In a school it is always closed.
    pub open: Option<bool>,
    #[schema(min_length = 12, max_length = 12, example = "230522100003")]
    pub division_code: String,
    /// Where it is, if it is in no venue.
    #[schema(max_length = 200)]
    pub address: Option<String>,
    pub audience: Audience,
    /// How many are expected.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub expected: i32,
    /// Absent: outside the plan.
    pub plan_task: Option<PlanTask>,
    /// What it is part of: a campaign of the county. Absent: none.
    pub campaign_id: Option<CampaignId>,
    /// The fair, exhibition or campaign day whose stall or part it is: an event that the caller plans. At a place that this one has,
    /// and while it has it, the part takes no place of its own, and whoever is in charge of both is taken once. Absent: none.
    pub parent_id: Option<EventId>,
    #[schema(min_items = 1, max_items = 20)]
    pub sessions: Vec<ScheduledSession>,
}

impl Body for EventFacts {
    fn check(&self, faults: &mut Faults) {
        faults.text("/title", &self.title, 60);
        faults.optional_text("/description", self.description.as_deref().unwrap_or_default(), 4000);
        faults.optional_text("/address", self.address.as_deref().unwrap_or_default(), 200);
        faults.range("/expected", i64::from(self.expected), 0, 1_000_000);
        check_scheduled(faults, &self.sessions);
    }
}

/// What an event would be, as far as it matters to whether it can be: as when it is planned.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"organiser_id": 2, "expected": 60, "sessions": [{"venue_id": 1, "starts_at": "2026-12-01T01:00:00Z", "ends_at": "2026-12-01T03:00:00Z"}]}))]
pub struct CheckEvent {
    /// The event that is to be changed: what it holds itself is in nobody's way.
    pub event_id: Option<EventId>,
    pub organiser_id: OrganisationId,
    /// Where it is, if it is in no venue.
    #[schema(min_length = 12, max_length = 12, example = "230522100003")]
    pub division_code: Option<String>,
    /// How many are expected.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub expected: i32,
    #[schema(min_items = 1, max_items = 20)]
    pub sessions: Vec<ScheduledSession>,
}

impl Body for CheckEvent {
    fn check(&self, faults: &mut Faults) {
        faults.range("/expected", i64::from(self.expected), 0, 1_000_000);
        check_scheduled(faults, &self.sessions);
    }
}

/// Whether spans can be those of sessions: 1 to 20, each forwards and not too long.
pub fn check_spans(faults: &mut Faults, spans: &[(Moment, Moment)]) {
    if spans.is_empty() || spans.len() > MOST_SESSIONS {
        faults.add("/sessions", "how_many", "Give 1 to 20 sessions.");
    }
    for (n, (from, until)) in spans.iter().enumerate() {
        if until <= from {
            faults.add(format!("/sessions/{n}/ends_at"), "ends_before_it_starts", "The end must come after the start.");
        } else if until.since(*from) > chrono::Duration::days(LONGEST_SESSION_DAYS) {
            faults.add(format!("/sessions/{n}/ends_at"), "too_long", "A session lasts at most 31 days.");
        }
    }
}

/// Whether sessions can be scheduled as they are given, by themselves.
pub fn check_scheduled(faults: &mut Faults, sessions: &[ScheduledSession]) {
    check_spans(faults, &sessions.iter().map(|session| (session.starts_at, session.ends_at)).collect::<Vec<_>>());
    for (n, session) in sessions.iter().enumerate() {
        let beside = [("setup", session.setup_minutes), ("clearing", session.clearing_minutes), ("travel", session.travel_minutes)];
        for (what, minutes) in beside {
            faults.range(&format!("/sessions/{n}/{what}_minutes"), i64::from(minutes.unwrap_or(0)), 0, LONGEST_BESIDE);
        }
        faults.range(&format!("/sessions/{n}/places"), i64::from(session.places.unwrap_or(1)), 1, 100_000);
        if session.equipment_ids.len() > MOST_EQUIPMENT {
            faults.add(format!("/sessions/{n}/equipment_ids"), "too_many", "A session takes at most 10 pieces of equipment.");
        }
        for (k, id) in session.equipment_ids.iter().enumerate() {
            if session.equipment_ids[..k].contains(id) {
                faults.add(format!("/sessions/{n}/equipment_ids/{k}"), "repeated", "Name each once.");
            }
        }
    }
}

/// Why it is called off.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelEvent {
    #[schema(min_length = 1, max_length = 500, example = "大雪封路")]
    pub reason: String,
}

impl Body for CancelEvent {
    fn check(&self, faults: &mut Faults) {
        faults.text("/reason", &self.reason, 500);
    }
}

/// Why it is put off.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostponeEvent {
    pub reason: PostponeReason,
    /// For those who expect it; absent: nothing more than the reason.
    #[schema(max_length = 500, example = "大雪封路")]
    pub words: Option<String>,
}

impl Body for PostponeEvent {
    fn check(&self, faults: &mut Faults) {
        faults.optional_text("/words", self.words.as_deref().unwrap_or_default(), 500);
    }
}

/// What took place.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"sessions": [{"id": 1, "attendance": 52}], "words": "来了52人，发了200份资料"}))]
pub struct ReportEvent {
    #[schema(min_items = 1, max_items = 20)]
    pub sessions: Vec<HeldSession>,
    #[schema(max_length = 4000)]
    pub words: Option<String>,
}

/// What took place in one session.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HeldSession {
    pub id: EventSessionId,
    /// Person-times: who came twice counts twice.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub attendance: i32,
    /// Absent: held if anybody came.
    pub held: Option<bool>,
}

impl Body for ReportEvent {
    fn check(&self, faults: &mut Faults) {
        faults.optional_text("/words", self.words.as_deref().unwrap_or_default(), 4000);
        check_held(faults, &self.sessions);
    }
}

/// Whether sessions can be reported as they are told, by themselves.
pub fn check_held(faults: &mut Faults, sessions: &[HeldSession]) {
    if sessions.is_empty() || sessions.len() > MOST_SESSIONS {
        faults.add("/sessions", "how_many", "Report each session once.");
    }
    for (n, session) in sessions.iter().enumerate() {
        faults.range(&format!("/sessions/{n}/attendance"), i64::from(session.attendance), 0, 1_000_000);
    }
}
