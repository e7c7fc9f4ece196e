//! Times, and what took place.

use serde::Deserialize;
use utoipa::ToSchema;

use super::{LONG, TEXT};
use crate::clock::Moment;
use crate::ids::{EventSessionId, PersonId, SpaceId, VenueId};
use crate::text_enum;
use crate::wire::{Body, Faults};

/// Times for the leader to take or not.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Propose {
    #[schema(min_items = 1, max_items = 20)]
    pub sessions: Vec<ProposedSession>,
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposedSession {
    pub venue_id: Option<VenueId>,
    pub starts_at: Moment,
    pub ends_at: Moment,
}

fn check_spans(faults: &mut Faults, spans: &[(Moment, Moment)]) {
    if spans.is_empty() || spans.len() > 20 {
        faults.add("/sessions", "how_many", "Give 1 to 20 sessions.");
    }
    for (n, (from, until)) in spans.iter().enumerate() {
        if until <= from {
            faults.add(format!("/sessions/{n}/ends_at"), "ends_before_it_starts", "The end must come after the start.");
        } else if until.since(*from) > chrono::Duration::days(31) {
            faults.add(format!("/sessions/{n}/ends_at"), "too_long", "A session lasts at most 31 days.");
        }
    }
}

impl Body for Propose {
    fn check(&self, faults: &mut Faults) {
        check_spans(faults, &self.sessions.iter().map(|session| (session.starts_at, session.ends_at)).collect::<Vec<_>>());
    }
}

/// When, where, and who is in charge.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"sessions": [{"starts_at": "2026-12-01T01:00:00Z", "ends_at": "2026-12-01T03:00:00Z"}]}))]
pub struct Schedule {
    #[schema(min_items = 1, max_items = 20)]
    pub sessions: Vec<ScheduledSession>,
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScheduledSession {
    /// Its first open space, unless `space_id` names another; both absent: at the order's own address.
    pub venue_id: Option<VenueId>,
    pub space_id: Option<SpaceId>,
    /// How many places of a space that can be shared; absent: all of it, alone.
    #[schema(minimum = 1, maximum = 100_000)]
    pub places: Option<i32>,
    pub starts_at: Moment,
    pub ends_at: Moment,
    /// A person of the team; absent: whoever schedules.
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
}

/// The longest time before or after a session that it can take: a day.
const LONGEST_BESIDE: i64 = 1440;

impl Body for Schedule {
    fn check(&self, faults: &mut Faults) {
        check_spans(faults, &self.sessions.iter().map(|session| (session.starts_at, session.ends_at)).collect::<Vec<_>>());
        for (n, session) in self.sessions.iter().enumerate() {
            let beside = [("setup", session.setup_minutes), ("clearing", session.clearing_minutes), ("travel", session.travel_minutes)];
            for (what, minutes) in beside {
                faults.range(&format!("/sessions/{n}/{what}_minutes"), i64::from(minutes.unwrap_or(0)), 0, LONGEST_BESIDE);
            }
            faults.range(&format!("/sessions/{n}/places"), i64::from(session.places.unwrap_or(1)), 1, 100_000);
        }
    }
}

text_enum! {
    /// Why something is put off.
    pub enum PostponeReason { Weather = "weather", Illness = "illness", Place = "place", Other = "other" }
}

/// Why it is put off.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Postpone {
    pub reason: PostponeReason,
    #[schema(max_length = 500, example = "大雪封路")]
    pub words: Option<String>,
}

impl Body for Postpone {
    fn check(&self, faults: &mut Faults) {
        faults.optional_text("/words", self.words.as_deref().unwrap_or_default(), TEXT);
    }
}

/// What took place.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"sessions": [{"id": 1, "attendance": 38}], "report": "讲了心肺复苏，人人上手练了"}))]
pub struct Fulfil {
    #[schema(min_items = 1, max_items = 20)]
    pub sessions: Vec<HeldSession>,
    #[schema(min_length = 1, max_length = 4000)]
    pub report: String,
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HeldSession {
    pub id: EventSessionId,
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub attendance: i32,
    /// Absent: held if anybody came.
    pub held: Option<bool>,
}

impl Body for Fulfil {
    fn check(&self, faults: &mut Faults) {
        faults.text("/report", &self.report, LONG);
        if self.sessions.is_empty() || self.sessions.len() > 20 {
            faults.add("/sessions", "how_many", "Report each session once.");
        }
        for (n, session) in self.sessions.iter().enumerate() {
            faults.range(&format!("/sessions/{n}/attendance"), i64::from(session.attendance), 0, 1_000_000);
        }
    }
}
