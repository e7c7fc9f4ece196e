//! What the deeds on rosters take.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::clock::Moment;
use crate::hours::Participation;
use crate::ids::{EventSessionId, PersonId};
use crate::wire::{Body, Faults};

/// The most people of one roster.
const MOST_LINES: usize = 200;
/// The longest words.
const LONGEST: usize = 500;

/// Who was there, from when until when, and as what.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileLine {
    /// Somebody who was of the team as the session began.
    pub person_id: PersonId,
    /// As they came and went: only what lies in the session counts, and the way to it never.
    pub from: Moment,
    pub until: Moment,
    /// Only a volunteer's hours become a record.
    pub capacity: Participation,
}

/// A roster of a session that was held.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileRoster {
    pub session_id: EventSessionId,
    /// What the team did: stands in every record.
    #[schema(min_length = 1, max_length = 500, example = "教40位老人做心肺复苏")]
    pub content: String,
    /// Entered later than it should be (补录): shown apart in every total. The only way after 10 working days.
    pub back_entry: Option<bool>,
    /// Why it is entered later; needed with `back_entry`.
    #[schema(max_length = 500, example = "队长住院，没能按时登记")]
    pub reason: Option<String>,
    #[schema(min_items = 1, max_items = 200)]
    pub lines: Vec<FileLine>,
}

impl Body for FileRoster {
    fn check(&self, faults: &mut Faults) {
        faults.text("/content", &self.content, LONGEST);
        match &self.reason {
            Some(reason) => faults.text("/reason", reason, LONGEST),
            None if self.back_entry == Some(true) => faults.add("/reason", "missing", "Say why it is entered later."),
            None => {}
        }
        if self.lines.is_empty() || self.lines.len() > MOST_LINES {
            faults.add("/lines", "out_of_range", "Name 1 to 200 people.");
        }
        for (n, line) in self.lines.iter().enumerate() {
            if line.until <= line.from {
                faults.add(format!("/lines/{n}/until"), "ends_before_it_starts", "The end must come after the start.");
            }
            if self.lines.iter().take(n).any(|before| before.person_id == line.person_id) {
                faults.add(format!("/lines/{n}/person_id"), "twice", "Name each person once.");
            }
        }
    }
}
