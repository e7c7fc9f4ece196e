//! Between the centre and the departments.

use serde::Deserialize;
use utoipa::ToSchema;

use super::super::store::AnswerKind;
use super::{LONG, PlanTask, TEXT};
use crate::ids::{OrderId, OrganisationId};
use crate::wire::{Body, Faults};

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
