//! What putting a day off needs.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::events::PostponeReason;
use crate::orders::needs::Postpone;
use crate::wire::{Body, Faults};

/// A day and an area, and why.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"division_code": "230522100000", "day": "2026-12-01", "reason": "weather", "words": "大雪封路"}))]
pub struct PostponeDay {
    /// All that takes place in this division or below it.
    #[schema(min_length = 12, max_length = 12, example = "230522100000")]
    pub division_code: String,
    /// In the county's zone: today or a day to come.
    pub day: NaiveDate,
    pub reason: PostponeReason,
    /// For those who expect it; absent: nothing more than the reason.
    #[schema(max_length = 500, example = "大雪封路")]
    pub words: Option<String>,
}

impl Body for PostponeDay {
    fn check(&self, faults: &mut Faults) {
        faults.optional_text("/words", self.words.as_deref().unwrap_or_default(), 500);
    }
}

impl PostponeDay {
    /// Why, as an order's own move takes it.
    pub fn why(&self) -> Postpone {
        Postpone { reason: self.reason, words: self.words.clone() }
    }
}
