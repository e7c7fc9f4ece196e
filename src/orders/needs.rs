//! What each move needs from whoever makes it, as it comes in; checked here, once.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actor::TeamKind;
use crate::clock::Moment;
use crate::ids::{EventSessionId, OrderId, OrganisationId, PersonId, VenueId};
use crate::text_enum;
use crate::wire::{Body, Faults};

use super::store::{AnswerKind, Audience, Channel, DisputeKind};

/// How many characters a line, a text and a long text may have.
const LINE: usize = 100;
const TEXT: usize = 500;
const LONG: usize = 4000;

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

/// A task of a plan, by its codes.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanTask {
    #[schema(example = "youyi-2021", min_length = 1, max_length = 100)]
    pub plan: String,
    #[schema(example = "A4.2", min_length = 1, max_length = 100)]
    pub task: String,
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

fn check_phone(faults: &mut Faults, pointer: &str, phone: Option<&String>) {
    let Some(phone) = phone else { return };
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let others = phone.chars().any(|c| !c.is_ascii_digit() && !matches!(c, ' ' | '-' | '+'));
    if !(7..=15).contains(&digits) || others || phone.chars().count() > 30 {
        faults.add(pointer, "no_phone", "Give a telephone number of 7 to 15 digits, such as 13800001234.");
    }
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
}

impl Body for Amend {
    fn check(&self, faults: &mut Faults) {
        let Self { title, details, audience, attendees, windows, contact_name, contact_phone, address } = self;
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
        let nothing = audience.is_none() && attendees.is_none() && windows.is_none();
        if nothing && title.is_none() && details.is_none() && contact_name.is_none() && contact_phone.is_none() && address.is_none() {
            faults.add("", "nothing_to_amend", "Name at least one field to change.");
        }
    }
}

/// Declares a body of one text that must not be empty.
macro_rules! one_text {
    ($($(#[$meta:meta])* $name:ident { $field:ident, $most:expr, $example:literal }),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            #[schema(min_length = 1, max_length = $most, example = $example)]
            pub $field: String,
        }

        impl Body for $name {
            fn check(&self, faults: &mut Faults) {
                faults.text(concat!("/", stringify!($field)), &self.$field, $most);
            }
        }
    )+};
}

one_text! {
    /// Why.
    Reason { reason, 500, "对方单位更合适" },
    /// What the requester is asked.
    Question { question, 500, "活动室有投影吗？" },
    /// What the requester answers.
    Reply { answer, 500, "有，村里可以借" },
    /// What was decided, in words.
    Decision { words, 500, "已电话核实，双方同意补办一场" },
    /// What changed since.
    Reopen { reason, 500, "现在有老师了" },
}

/// No more than the move itself.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

impl Body for Nothing {
    fn check(&self, _: &mut Faults) {}
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

/// A dispatch (派单): who leads, who helps, which plan task, and the only text that others see.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"department_id": 92, "co_unit_ids": [], "plan_task": {"plan": "youyi-2021", "task": "A4.2"}, "summary": "爱林村老年人急救讲座，约40人，十二月上旬上午"}))]
pub struct Dispatch {
    pub department_id: OrganisationId,
    #[serde(default)]
    #[schema(max_items = 20)]
    pub co_unit_ids: Vec<OrganisationId>,
    pub plan_task: Option<PlanTask>,
    /// No task of the plan fits.
    #[serde(default)]
    pub outside_plan: bool,
    /// Without names, phones, health or exact address.
    #[schema(min_length = 1, max_length = 500)]
    pub summary: String,
}

impl Body for Dispatch {
    fn check(&self, faults: &mut Faults) {
        faults.text("/summary", &self.summary, TEXT);
        if self.plan_task.is_some() == self.outside_plan {
            faults.add("/plan_task", "task_or_outside", "Name a plan task, or say outside_plan, not both.");
        }
        if self.co_unit_ids.len() > 20 {
            faults.add("/co_unit_ids", "too_many", "At most 20 co-units.");
        }
        if self.co_unit_ids.contains(&self.department_id) {
            faults.add("/co_unit_ids", "lead_twice", "The lead department is no co-unit.");
        }
        let digits = self.summary.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
        if digits >= 7 {
            faults.add("/summary", "looks_like_a_phone", "Leave telephone numbers out of the summary; others see it.");
        }
    }
}

/// To which other department, and why.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Redispatch {
    pub department_id: OrganisationId,
    #[schema(min_length = 1, max_length = 500, example = "改由卫健局牵头")]
    pub reason: String,
}

impl Body for Redispatch {
    fn check(&self, faults: &mut Faults) {
        faults.text("/reason", &self.reason, TEXT);
    }
}

/// Why it is not ours, and whose it is where that is known.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Return {
    #[schema(min_length = 1, max_length = 500, example = "用药讲座归卫健局")]
    pub reason: String,
    /// Whose it is; absent: unknown.
    pub department_id: Option<OrganisationId>,
}

impl Body for Return {
    fn check(&self, faults: &mut Faults) {
        faults.text("/reason", &self.reason, TEXT);
    }
}

/// Which open order this one joins.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    pub into_order_id: OrderId,
}

impl Body for Merge {
    fn check(&self, _: &mut Faults) {}
}

/// An answer that needs no event.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// `text` unless said otherwise; a report belongs to fulfil.
    pub kind: Option<AnswerKind>,
    #[schema(min_length = 1, max_length = 4000, example = "降压药要按时吃，不舒服先量血压；县医院周三有用药门诊。")]
    pub text: String,
}

impl Body for Answer {
    fn check(&self, faults: &mut Faults) {
        faults.text("/text", &self.text, LONG);
        if self.kind == Some(AnswerKind::Report) {
            faults.add("/kind", "report_is_no_answer", "A report belongs to fulfil; choose text, file, link or loan.");
        }
    }
}

/// What a team must have to claim.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Requires {
    pub kind: Option<TeamKind>,
    #[serde(default)]
    #[schema(max_items = 10)]
    pub fields: Vec<String>,
    #[serde(default)]
    #[schema(max_items = 10)]
    pub languages: Vec<String>,
}

/// An acceptance (领单): open to all, or an offer to one team.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Accept {
    pub offer_to_team_id: Option<OrganisationId>,
    /// Until when the team may answer: at most 2 working days; absent: that.
    pub answer_by: Option<Moment>,
    pub requires: Option<Requires>,
}

impl Body for Accept {
    fn check(&self, faults: &mut Faults) {
        if self.answer_by.is_some() && self.offer_to_team_id.is_none() {
            faults.add("/answer_by", "no_offer", "An answer-by time belongs to an offer; name the team.");
        }
        if let Some(requires) = &self.requires {
            for (name, list) in [("fields", &requires.fields), ("languages", &requires.languages)] {
                if list.len() > 10 {
                    faults.add(format!("/requires/{name}"), "too_many", "At most 10.");
                }
                for word in list {
                    faults.text(&format!("/requires/{name}"), word, LINE);
                }
            }
        }
    }
}

/// An offer to one team (定向).
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    pub team_id: OrganisationId,
    /// Until when the team may answer: at most 2 working days; absent: that.
    pub answer_by: Option<Moment>,
}

impl Body for Offer {
    fn check(&self, _: &mut Faults) {}
}

/// A claim (接单) for one's team.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    pub team_id: OrganisationId,
}

impl Body for Claim {
    fn check(&self, _: &mut Faults) {}
}

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
    /// Absent: at the order's own address.
    pub venue_id: Option<VenueId>,
    pub starts_at: Moment,
    pub ends_at: Moment,
    /// A person of the team; absent: whoever schedules.
    pub in_charge: Option<PersonId>,
}

impl Body for Schedule {
    fn check(&self, faults: &mut Faults) {
        check_spans(faults, &self.sessions.iter().map(|session| (session.starts_at, session.ends_at)).collect::<Vec<_>>());
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

/// How it was (评单).
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Review {
    #[schema(minimum = 1, maximum = 5)]
    pub stars: i32,
    #[schema(max_length = 500, example = "讲得明白，老人都听懂了")]
    pub words: Option<String>,
}

impl Body for Review {
    fn check(&self, faults: &mut Faults) {
        faults.range("/stars", i64::from(self.stars), 1, 5);
        faults.optional_text("/words", self.words.as_deref().unwrap_or_default(), TEXT);
    }
}

/// What is wrong.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Dispute {
    pub kind: DisputeKind,
    #[schema(min_length = 1, max_length = 500, example = "那天没有人来讲课")]
    pub words: String,
}

impl Body for Dispute {
    fn check(&self, faults: &mut Faults) {
        faults.text("/words", &self.words, TEXT);
    }
}

/// The number on the slip and the last four digits of the phone, or the token of the link.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"number": "KP3F7Q2M8A", "phone_tail": "1234"}))]
pub struct Track {
    #[schema(min_length = 1, max_length = 40)]
    pub number: Option<String>,
    #[schema(min_length = 4, max_length = 4)]
    pub phone_tail: Option<String>,
    #[schema(min_length = 1, max_length = 100)]
    pub token: Option<String>,
}

impl Body for Track {
    fn check(&self, faults: &mut Faults) {
        match (&self.number, &self.phone_tail, &self.token) {
            (Some(_), Some(tail), None) if tail.chars().count() == 4 && tail.chars().all(|c| c.is_ascii_digit()) => {}
            (Some(_), Some(_), None) => faults.add("/phone_tail", "no_tail", "Give the last four digits of the telephone number."),
            (None, None, Some(_)) => {}
            _ => faults.add("", "number_and_tail", "Give number and phone_tail, or token."),
        }
    }
}
