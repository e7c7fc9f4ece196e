//! Ordering, amending, and what the holding centre does.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::store::{Audience, Channel};
use super::{LINE, LONG, TEXT};
use crate::clock::Moment;
pub use crate::events::needs::PlanTask;
use crate::ids::OrganisationId;
use crate::text_enum;
use crate::wire::{Body, Faults};

text_enum! {
    /// How consent to the notice was given.
    pub enum Given { Here = "here", Spoken = "spoken", Written = "written" }
}

/// A span in which something would suit.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Window {
    pub from: Moment,
    pub to: Moment,
}

/// Consent to the notice of how the contact is used.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    #[schema(example = "2026-01", min_length = 1, max_length = 100)]
    pub version: String,
    pub given: Given,
}

/// An order (点单): what, for whom, how many, where, when it suits.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"title": "请一场急救讲座", "details": "村里老人多，想学心肺复苏和海姆立克", "audience": "elderly", "attendees": 40, "division_code": "230522101201", "address": "村委会活动室", "contact_name": "王桂兰", "contact_phone": "13800001234", "windows": [{"from": "2026-12-01T01:00:00Z", "to": "2026-12-01T04:00:00Z"}], "consent": {"version": "2026-01", "given": "here"}}))]
pub struct Submit {
    #[schema(min_length = 1, max_length = 100)]
    pub title: String,
    #[serde(default)]
    #[schema(max_length = 4000)]
    pub details: String,
    pub audience: Audience,
    #[schema(minimum = 1, maximum = 100_000)]
    pub attendees: i32,
    #[schema(min_length = 12, max_length = 12, example = "230522101201")]
    pub division_code: String,
    #[serde(default)]
    #[schema(max_length = 100)]
    pub address: String,
    #[schema(min_length = 1, max_length = 100)]
    pub contact_name: String,
    #[schema(max_length = 30)]
    pub contact_phone: Option<String>,
    /// When it would suit; none means any time.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub windows: Vec<Window>,
    #[serde(default)]
    pub urgent: bool,
    pub plan_task: Option<PlanTask>,
    pub channel: Option<Channel>,
    /// A dispatcher orders for someone else (代点单).
    #[serde(default)]
    pub for_other: bool,
    pub requesting_organisation_id: Option<OrganisationId>,
    /// Whether the requester agrees that others may come: then it stands on the public pages once it is scheduled. Absent: no. In a
    /// school and at the order's own address it is always closed.
    #[serde(default)]
    pub others_may_come: bool,
    pub consent: Consent,
}

fn check_windows(faults: &mut Faults, windows: &[Window]) {
    if windows.len() > 20 {
        faults.add("/windows", "too_many", "At most 20 windows.");
    }
    for (n, window) in windows.iter().enumerate() {
        if window.to <= window.from {
            faults.add(format!("/windows/{n}/to"), "ends_before_it_starts", "The end must come after the start.");
        }
    }
}

/// A telephone number has 7 to 15 digits, and spaces, hyphens or a plus between them.
pub fn check_phone(faults: &mut Faults, pointer: &str, phone: Option<&String>) {
    let Some(phone) = phone else { return };
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let others = phone.chars().any(|c| !c.is_ascii_digit() && !matches!(c, ' ' | '-' | '+'));
    if !(7..=15).contains(&digits) || others || phone.chars().count() > 30 {
        faults.add(pointer, "no_phone", "Give a telephone number of 7 to 15 digits, such as 13800001234.");
    }
}

/// A telephone number as it is kept: its digits, and a plus before them.
pub fn digits(phone: &str) -> String {
    phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

impl Body for Submit {
    fn check(&self, faults: &mut Faults) {
        faults.text("/title", &self.title, LINE);
        faults.optional_text("/details", &self.details, LONG);
        faults.range("/attendees", i64::from(self.attendees), 1, 100_000);
        faults.optional_text("/address", &self.address, LINE);
        faults.text("/contact_name", &self.contact_name, LINE);
        faults.text("/consent/version", &self.consent.version, LINE);
        check_phone(faults, "/contact_phone", self.contact_phone.as_ref());
        check_windows(faults, &self.windows);
    }
}

/// What changes in an order; what is absent stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Amend {
    #[schema(min_length = 1, max_length = 100)]
    pub title: Option<String>,
    #[schema(max_length = 4000)]
    pub details: Option<String>,
    pub audience: Option<Audience>,
    #[schema(minimum = 1, maximum = 100_000)]
    pub attendees: Option<i32>,
    #[schema(max_items = 20)]
    pub windows: Option<Vec<Window>>,
    #[schema(min_length = 1, max_length = 100)]
    pub contact_name: Option<String>,
    #[schema(max_length = 30)]
    pub contact_phone: Option<String>,
    #[schema(max_length = 100)]
    pub address: Option<String>,
    /// Whether others may come; a scheduled event is opened or closed at once.
    pub others_may_come: Option<bool>,
}

impl Body for Amend {
    fn check(&self, faults: &mut Faults) {
        let Self { title, details, audience, attendees, windows, contact_name, contact_phone, address, others_may_come } = self;
        if let Some(title) = title {
            faults.text("/title", title, LINE);
        }
        if let Some(details) = details {
            faults.optional_text("/details", details, LONG);
        }
        if let Some(attendees) = attendees {
            faults.range("/attendees", i64::from(*attendees), 1, 100_000);
        }
        if let Some(windows) = windows {
            check_windows(faults, windows);
        }
        if let Some(name) = contact_name {
            faults.text("/contact_name", name, LINE);
        }
        check_phone(faults, "/contact_phone", contact_phone.as_ref());
        if let Some(address) = address {
            faults.optional_text("/address", address, LINE);
        }
        let nothing = audience.is_none() && attendees.is_none() && windows.is_none() && others_may_come.is_none();
        if nothing && title.is_none() && details.is_none() && contact_name.is_none() && contact_phone.is_none() && address.is_none() {
            faults.add("", "nothing_to_amend", "Name at least one field to change.");
        }
    }
}

/// Whether it is urgent, and why.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUrgency {
    pub urgent: bool,
    #[schema(min_length = 1, max_length = 500, example = "汛期将至")]
    pub reason: String,
}

impl Body for SetUrgency {
    fn check(&self, faults: &mut Faults) {
        faults.text("/reason", &self.reason, TEXT);
    }
}

/// To which centre, and why.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    pub centre_id: OrganisationId,
    #[schema(min_length = 1, max_length = 500, example = "活动在邻村办")]
    pub reason: String,
}

impl Body for Transfer {
    fn check(&self, faults: &mut Faults) {
        faults.text("/reason", &self.reason, TEXT);
    }
}
