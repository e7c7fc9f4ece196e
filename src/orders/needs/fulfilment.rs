//! Times, and what took place.

use serde::Deserialize;
use utoipa::ToSchema;

use super::{LONG, TEXT};
use crate::clock::Moment;
pub use crate::events::PostponeReason;
pub use crate::events::needs::{HeldSession, ScheduledSession};
use crate::events::needs::{check_held, check_scheduled, check_spans};
use crate::ids::VenueId;
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

impl Body for Schedule {
    fn check(&self, faults: &mut Faults) {
        check_scheduled(faults, &self.sessions);
    }
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

impl Body for Fulfil {
    fn check(&self, faults: &mut Faults) {
        faults.text("/report", &self.report, LONG);
        check_held(faults, &self.sessions);
    }
}
