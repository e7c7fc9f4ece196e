//! What stands in the data files, exactly: an unknown key is an error.

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::actor::{Jurisdiction, TeamKind};
use crate::divisions::{BudgetPer, DeadlineUnit, HolidayKind, Level};
use crate::people::{ConsentKind, ConsentSection};
use crate::plan::{Measure, PlanItemKind};
use crate::venues::VenueKind;

/// A word with its place in the file.
pub(super) type Word = Spanned<String>;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CountyFile {
    pub code: Word,
    pub name: String,
    pub time_zone: Word,
    pub association: Word,
    pub phone: String,
    pub current_plan: Word,
    /// The day from which `current_plan` counts; without it the first day of its first year.
    pub current_plan_from: Option<Spanned<Datetime>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DivisionRow {
    pub code: String,
    pub name: String,
    pub short_name: String,
    pub level: Level,
    pub parent: Option<String>,
    pub jurisdiction: Jurisdiction,
    pub valid_from: NaiveDate,
    pub valid_until: Option<NaiveDate>,
    /// The name of the practice centre; empty: there is none.
    pub centre: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HolidayRow {
    pub day: NaiveDate,
    pub kind: HolidayKind,
    pub name: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CampaignRow {
    pub name: String,
    pub from_day: NaiveDate,
    pub until_day: NaiveDate,
    pub announced: bool,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct OrganisationsFile {
    pub department: Vec<DepartmentEntry>,
    pub host: Vec<HostEntry>,
    pub venue: Vec<VenueEntry>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DepartmentEntry {
    pub key: Word,
    pub name: Word,
    pub full_name: Word,
    pub aliases: Vec<Word>,
    pub fields: Vec<Word>,
    /// The name of the group of its own staff.
    pub staff_group: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HostEntry {
    pub key: Word,
    pub name: Word,
    pub division: Word,
    pub fields: Vec<Word>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VenueEntry {
    pub key: Word,
    pub name: Word,
    /// A key of this file, or `centre:` and a division's code.
    pub organisation: Word,
    pub division: Word,
    pub address: String,
    pub capacity: Spanned<i32>,
    pub free_to_book: bool,
    /// Left out: what its keeper is.
    pub kind: Option<VenueKind>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TeamsFile {
    pub team: Vec<TeamEntry>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TeamEntry {
    pub key: Word,
    pub name: Word,
    pub host: Word,
    pub kind: Spanned<TeamKind>,
    pub fields: Vec<Word>,
    pub reach: Vec<Word>,
    pub languages: Vec<Word>,
    pub intro: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlanFile {
    pub code: Word,
    pub title: String,
    pub document_number: String,
    pub first_year: i32,
    pub last_year: Spanned<i32>,
    pub issued_on: Spanned<Datetime>,
    pub item: Vec<ItemEntry>,
    pub target: Vec<TargetEntry>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ItemEntry {
    pub code: Word,
    pub kind: PlanItemKind,
    pub parent: Option<Word>,
    pub title: String,
    pub text: String,
    pub lead: Vec<Word>,
    pub responsible: Vec<Word>,
    pub countable: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TargetEntry {
    pub code: Word,
    pub title: String,
    pub unit: String,
    pub measure: Measure,
    pub goal: f64,
    pub by_year: i32,
    /// The task that it belongs to; empty: the whole plan.
    pub item: Word,
    pub text: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldsFile {
    pub field: Vec<FieldEntry>,
    pub form: Vec<FormEntry>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldEntry {
    pub code: Word,
    pub name: String,
    pub name_en: String,
    pub examples: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FormEntry {
    pub code: Word,
    pub name: String,
    pub name_en: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConsentsFile {
    pub consent: Vec<ConsentEntry>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConsentEntry {
    /// The notice, unless told otherwise.
    pub kind: Option<ConsentKind>,
    pub version: Word,
    pub valid_from: Spanned<Datetime>,
    pub title: String,
    pub title_en: String,
    pub section: Vec<ConsentSection>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RulesFile {
    pub deadline: Vec<DeadlineEntry>,
    #[serde(default)]
    pub retention: Vec<RetentionEntry>,
    #[serde(default)]
    pub budget: Vec<BudgetEntry>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeadlineEntry {
    pub stage: Word,
    pub normal: SpanEntry,
    /// Without it as `normal`.
    pub urgent: Option<SpanEntry>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpanEntry {
    pub amount: Spanned<i32>,
    pub unit: DeadlineUnit,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RetentionEntry {
    pub subject: Word,
    pub months: Spanned<i32>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BudgetEntry {
    pub deed: Word,
    pub per: BudgetPer,
    pub allowed: Spanned<i32>,
    pub minutes: Spanned<i32>,
}
