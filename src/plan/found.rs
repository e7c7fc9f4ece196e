//! Founding plans: each deed makes the thing, or changes what differs, or does nothing.

use chrono::NaiveDate;

use super::{Measure, Plan, PlanItemKind, PlanPart, Target, store};
use crate::actor::Act;
use crate::db::Db;
use crate::divisions::{Put, changed};
use crate::error::Result;
use crate::ids::{OrganisationId, PlanId, PlanItemId};
use crate::journal::{self, Capacity, Subject};

/// A plan as it shall be; county and code say which one is meant.
#[derive(Debug, Clone)]
pub struct NewPlan {
    pub county: String,
    pub code: String,
    pub title: String,
    pub document_number: String,
    pub first_year: i32,
    pub last_year: i32,
    pub issued_on: NaiveDate,
}

/// A programme or task as it shall be; plan and code say which one is meant.
#[derive(Debug, Clone)]
pub struct NewItem {
    pub plan_id: PlanId,
    pub code: String,
    pub kind: PlanItemKind,
    pub parent_id: Option<PlanItemId>,
    pub title: String,
    pub text: String,
    pub countable: bool,
    pub seq: i32,
    /// 牵头单位 with the plan's spelling, in its order.
    pub lead: Vec<(OrganisationId, String)>,
    /// 责任单位 likewise.
    pub responsible: Vec<(OrganisationId, String)>,
}

/// A target as it shall be; plan and code say which one is meant.
#[derive(Debug, Clone)]
pub struct NewTarget {
    pub plan_id: PlanId,
    pub code: String,
    pub title: String,
    pub unit: String,
    pub measure: Measure,
    pub goal: f64,
    pub by_year: i32,
    pub plan_item_id: Option<PlanItemId>,
    pub text: String,
}

/// Founds a plan, or changes what differs.
pub fn put_plan(db: &mut Db, act: &Act, new: &NewPlan) -> Result<(PlanId, Put)> {
    let Some(old) = store::plan_by_code(db, &new.county, &new.code)? else {
        let id = store::insert_plan(db, new)?;
        record(db, act, "create_plan", "plan", id.0, &new.county, &[])?;
        return Ok((id, Put::Created));
    };
    let fields = changed!(old, new; title, document_number, first_year, last_year, issued_on);
    if fields.is_empty() {
        return Ok((old.id, Put::Same));
    }
    store::update_plan(db, old.id, new)?;
    record(db, act, "change_plan", "plan", old.id.0, &new.county, &fields)?;
    Ok((old.id, Put::Changed))
}

/// Adds a programme or task with its units, or changes what differs.
pub fn put_item(db: &mut Db, act: &Act, county: &str, new: &NewItem) -> Result<(PlanItemId, Put)> {
    let (id, mut fields, created) = match store::item_by_code(db, new.plan_id, &new.code)? {
        Some(old) => {
            let fields = changed!(old, new; kind, parent_id, title, text, countable, seq);
            if !fields.is_empty() {
                store::update_item(db, old.id, new)?;
            }
            (old.id, fields, false)
        }
        None => (store::insert_item(db, new)?, Vec::new(), true),
    };
    for (part, units) in [(PlanPart::Lead, &new.lead), (PlanPart::Responsible, &new.responsible)] {
        let known = if created { Vec::new() } else { store::units_of(db, id, part)? };
        if known != *units {
            store::set_units(db, id, part, units)?;
            fields.push(part.as_str());
        }
    }
    let put = match (created, fields.is_empty()) {
        (true, _) => Put::Created,
        (false, true) => return Ok((id, Put::Same)),
        (false, false) => Put::Changed,
    };
    record(db, act, if created { "create_plan_item" } else { "change_plan_item" }, "plan_item", id.0, county, &fields)?;
    Ok((id, put))
}

/// Adds a target, or changes what differs.
pub fn put_target(db: &mut Db, act: &Act, county: &str, new: &NewTarget) -> Result<Put> {
    let Some(old) = store::target_by_code(db, new.plan_id, &new.code)? else {
        let id = store::insert_target(db, new)?;
        record(db, act, "create_plan_target", "plan_target", id, county, &[])?;
        return Ok(Put::Created);
    };
    let fields = changed!(old, new; title, unit, measure, goal, by_year, plan_item_id, text);
    if fields.is_empty() {
        return Ok(Put::Same);
    }
    store::update_target(db, old.id, new)?;
    record(db, act, "change_plan_target", "plan_target", old.id, county, &fields)?;
    Ok(Put::Changed)
}

/// Says which plan counts in a county from a day on.
pub fn set_current(db: &mut Db, act: &Act, county: &str, starts_on: NaiveDate, plan: PlanId) -> Result<Put> {
    let put = match store::current_from(db, county, starts_on)? {
        Some(known) if known == plan => return Ok(Put::Same),
        Some(_) => {
            store::update_current(db, county, starts_on, plan)?;
            Put::Changed
        }
        None => {
            store::insert_current(db, county, starts_on, plan)?;
            Put::Created
        }
    };
    record(db, act, "set_current_plan", "plan", plan.0, county, &["current"])?;
    Ok(put)
}

/// Enters a value of a target on a day, with its source.
pub fn enter_value(db: &mut Db, act: &Act, plan: &Plan, target: &Target, measured_on: NaiveDate, value: f64, source: &str) -> Result<()> {
    store::insert_target_value(db, target.id, measured_on, value, source)?;
    record(db, act, "enter_target_value", "plan_target", target.id, &plan.county, &["measured_on", "value", "source"])
}

fn record(db: &mut Db, act: &Act, verb: &str, kind: &'static str, id: i64, county: &str, fields: &[&str]) -> Result<()> {
    journal::record(db, act, verb, Subject { kind, id, version: None, county: Some(county) }, Capacity::default(), fields)
}
