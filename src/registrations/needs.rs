//! What registering and its moves need, as it comes in; checked here, once.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::clock::Moment;
use crate::orders::needs::{Consent, check_phone};
use crate::wire::{Body, Faults};

const LINE: usize = 100;
/// The most places that an event can have.
const MOST: i64 = 100_000;

/// Who can come to an event, and by when.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"places": 40, "confirm_hours": 24}))]
pub struct SetTerms {
    /// How many people have a place; never fewer than are taken.
    #[schema(minimum = 1, maximum = 100_000)]
    pub places: i32,
    /// Until when one can register; absent: until it begins.
    pub closes_at: Option<Moment>,
    /// How long who moves up has to confirm, never longer than until it begins. Absent: 24.
    #[schema(minimum = 1, maximum = 168)]
    pub confirm_hours: Option<i32>,
    /// Whether those behind a group that does not fit move up past it. Absent: the line is strict.
    pub pass_over: Option<bool>,
}

impl Body for SetTerms {
    fn check(&self, faults: &mut Faults) {
        faults.range("/places", i64::from(self.places), 1, MOST);
        faults.range("/confirm_hours", i64::from(self.confirm_hours.unwrap_or(24)), 1, 168);
    }
}

/// The consent of who answers for children under 14: their guardian, or an adult whom the guardians asked to bring them.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Guardian {
    /// Absent: who registers is the guardian.
    #[schema(min_length = 1, max_length = 100, example = "王桂兰")]
    pub name: Option<String>,
    /// Of the words of kind `guardian`: `GET /consents/current?kind=guardian`.
    pub consent: Consent,
}

/// Somebody comes, alone or with others. A group is a number with this person as its responsible adult; no child's name is asked.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"contact_name": "王桂兰", "contact_phone": "13800001234", "heads": 3, "under_14": 1, "consent": {"version": "registration-2026-01", "given": "here"}, "guardian": {"consent": {"version": "guardian-2026-01", "given": "here"}}}))]
pub struct RegisterForEvent {
    /// Absent: the name of the account. A visitor gives one.
    #[schema(min_length = 1, max_length = 100)]
    pub contact_name: Option<String>,
    /// Absent: the phone of the account. A visitor gives one.
    #[schema(max_length = 30)]
    pub contact_phone: Option<String>,
    /// How many come in all.
    #[schema(minimum = 1, maximum = 100_000)]
    pub heads: i32,
    /// How many of them are under 14. Absent: none.
    #[schema(minimum = 0, maximum = 100_000)]
    pub under_14: Option<i32>,
    /// Of the words of kind `registration`: `GET /consents/current?kind=registration`.
    pub consent: Consent,
    /// Needed where somebody is under 14.
    pub guardian: Option<Guardian>,
}

impl RegisterForEvent {
    /// How many are under 14.
    pub fn children(&self) -> i32 {
        self.under_14.unwrap_or(0)
    }

    /// The consent for them; nothing where none comes.
    pub fn guardian_of_children(&self) -> Option<&Guardian> {
        self.guardian.as_ref().filter(|_| self.children() > 0)
    }
}

impl Body for RegisterForEvent {
    fn check(&self, faults: &mut Faults) {
        let Self { contact_name, contact_phone, heads, under_14: _, consent, guardian } = self;
        if let Some(name) = contact_name {
            faults.text("/contact_name", name, LINE);
        }
        check_phone(faults, "/contact_phone", contact_phone.as_ref());
        faults.range("/heads", i64::from(*heads), 1, MOST);
        faults.range("/under_14", i64::from(self.children()), 0, i64::from(*heads).max(0));
        faults.text("/consent/version", &consent.version, LINE);
        match guardian {
            Some(Guardian { name, consent }) => {
                if let Some(name) = name {
                    faults.text("/guardian/name", name, LINE);
                }
                faults.text("/guardian/consent/version", &consent.version, LINE);
            }
            None if self.children() > 0 => {
                faults.add("/guardian", "guardian_missing", "For children under 14 their guardian reads the words and consents.");
            }
            None => {}
        }
    }
}
