//! What keeping, wishing and lending need.

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{EquipmentKind, rules};
use crate::ids::OrganisationId;
use crate::wire::{Body, Faults, given};

/// The longest words of a keeper or a borrower.
const WORDS: usize = 1000;
/// The largest set fills a gymnasium.
const MOST_FLOOR: i64 = 10_000;

/// A piece of equipment to be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"organisation_id": 2, "name": "科普大篷车1号", "kind": "caravan", "division_code": "230522100000", "needs_power": true, "floor_space": 60, "notes": "随车展品20件，需停车位"}))]
pub struct EquipmentFacts {
    /// Its home: who schedules, answers or leads there keeps it.
    pub organisation_id: OrganisationId,
    #[schema(min_length = 1, max_length = 60)]
    pub name: String,
    pub kind: EquipmentKind,
    /// Where it stands when it is at home.
    #[schema(min_length = 12, max_length = 12)]
    pub division_code: String,
    /// Absent: it needs no electricity.
    #[serde(default)]
    pub needs_power: bool,
    /// Square metres; absent: it needs no place of its own.
    #[schema(minimum = 1, maximum = 10_000)]
    pub floor_space: Option<i32>,
    /// What belongs to it, and what else it needs.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub notes: String,
}

impl Body for EquipmentFacts {
    fn check(&self, faults: &mut Faults) {
        faults.text("/name", &self.name, 60);
        faults.optional_text("/notes", &self.notes, WORDS);
        faults.range("/floor_space", i64::from(self.floor_space.unwrap_or(1)), 1, MOST_FLOOR);
    }
}

/// What shall be otherwise; what is absent stays as it is.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EquipmentChange {
    /// Another home: one whose equipment the caller keeps too.
    pub organisation_id: Option<OrganisationId>,
    #[schema(min_length = 1, max_length = 60)]
    pub name: Option<String>,
    pub kind: Option<EquipmentKind>,
    #[schema(min_length = 12, max_length = 12)]
    pub division_code: Option<String>,
    pub needs_power: Option<bool>,
    /// Null: it needs no place of its own.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 10_000)]
    pub floor_space: Option<Option<i32>>,
    #[schema(max_length = 1000)]
    pub notes: Option<String>,
}

impl Body for EquipmentChange {
    fn check(&self, faults: &mut Faults) {
        if let Some(name) = &self.name {
            faults.text("/name", name, 60);
        }
        faults.optional_text("/notes", self.notes.as_deref().unwrap_or_default(), WORDS);
        faults.range("/floor_space", i64::from(self.floor_space.flatten().unwrap_or(1)), 1, MOST_FLOOR);
    }
}

/// For which days, by whom and what for.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"borrower_id": 2, "from_day": "2026-12-10", "until_day": "2026-12-12", "purpose": "全镇中小学巡展"}))]
pub struct WishEquipment {
    /// The organisation that wishes: one in which the caller schedules, dispatches, answers or leads.
    pub borrower_id: OrganisationId,
    /// By the county's calendar; today at the earliest, 18 months ahead at the latest.
    pub from_day: NaiveDate,
    /// The last day; 92 days in all at most.
    pub until_day: NaiveDate,
    #[schema(min_length = 1, max_length = 500)]
    pub purpose: String,
}

impl Body for WishEquipment {
    fn check(&self, faults: &mut Faults) {
        faults.range("/from_day", i64::from(self.from_day.year()), 1900, 2200);
        faults.range("/until_day", i64::from(self.until_day.year()), 1900, 2200);
        if self.until_day < self.from_day {
            faults.add("/until_day", "ends_before_it_starts", "The last day must not come before the first.");
        } else if self.until_day.signed_duration_since(self.from_day).num_days() >= rules::LONGEST_DAYS {
            faults.add("/until_day", "too_long", "It is lent for 92 days at most. Wish for the next days when these are over.");
        }
        faults.text("/purpose", &self.purpose, 500);
    }
}

/// The keeper's yes.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreeLoan {
    /// What the borrower should know; absent: nothing.
    #[schema(max_length = 1000, example = "请带驾驶员来取")]
    pub words: Option<String>,
}

impl Body for AgreeLoan {
    fn check(&self, faults: &mut Faults) {
        faults.optional_text("/words", self.words.as_deref().unwrap_or_default(), WORDS);
    }
}

/// The keeper's no.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefuseLoan {
    #[schema(min_length = 1, max_length = 1000, example = "这几天已答应兴隆镇，可以改到下周")]
    pub reason: String,
}

impl Body for RefuseLoan {
    fn check(&self, faults: &mut Faults) {
        faults.text("/reason", &self.reason, WORDS);
    }
}

/// In what condition it goes, or comes back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    #[schema(min_length = 1, max_length = 1000, example = "展品20件齐全，3号展台插头松动")]
    pub condition: String,
}

impl Body for Condition {
    fn check(&self, faults: &mut Faults) {
        faults.text("/condition", &self.condition, WORDS);
    }
}

/// The borrower's feedback.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportLoan {
    /// Person-times: who came twice counts twice.
    #[schema(minimum = 0, maximum = 1_000_000, example = 640)]
    pub attendance: i32,
    #[schema(min_length = 1, max_length = 1000, example = "走了6所学校，孩子们最喜欢虚拟骑行")]
    pub remarks: String,
}

impl Body for ReportLoan {
    fn check(&self, faults: &mut Faults) {
        faults.range("/attendance", i64::from(self.attendance), 0, 1_000_000);
        faults.text("/remarks", &self.remarks, WORDS);
    }
}
