//! The SQL of plans.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::found::{NewItem, NewPlan, NewTarget};
use super::{Plan, PlanItem, PlanItemKind, PlanPart, PlanUnit, Target, TargetValue};
use crate::db::Db;
use crate::error::Result;
use crate::ids::{OrganisationId, PlanId, PlanItemId};
use crate::schema::{current_plans, organisations, plan_item_units, plan_items, plan_target_values, plan_targets, plans};

pub(super) fn task(db: &mut Db, county: &str, plan_code: &str, task_code: &str) -> Result<Option<PlanItemId>> {
    Ok(plan_items::table
        .inner_join(plans::table)
        .filter(plans::county.eq(county))
        .filter(plans::code.eq(plan_code))
        .filter(plan_items::code.eq(task_code))
        .filter(plan_items::kind.eq(PlanItemKind::Task))
        .select(plan_items::id)
        .first(db)
        .optional()?)
}

pub(super) fn current(db: &mut Db, county: &str, day: NaiveDate) -> Result<Option<Plan>> {
    Ok(current_plans::table
        .inner_join(plans::table)
        .filter(current_plans::county.eq(county))
        .filter(current_plans::starts_on.le(day))
        .order(current_plans::starts_on.desc())
        .select(plans::all_columns)
        .first(db)
        .optional()?)
}

pub(super) fn current_since(db: &mut Db, county: &str, day: NaiveDate) -> Result<Option<(Plan, NaiveDate)>> {
    Ok(current_plans::table
        .inner_join(plans::table)
        .filter(current_plans::county.eq(county))
        .filter(current_plans::starts_on.le(day))
        .order(current_plans::starts_on.desc())
        .select((plans::all_columns, current_plans::starts_on))
        .first(db)
        .optional()?)
}

pub(super) fn next_after(db: &mut Db, county: &str, day: NaiveDate) -> Result<Option<(Plan, NaiveDate)>> {
    Ok(current_plans::table
        .inner_join(plans::table)
        .filter(current_plans::county.eq(county))
        .filter(current_plans::starts_on.gt(day))
        .order(current_plans::starts_on)
        .select((plans::all_columns, current_plans::starts_on))
        .first(db)
        .optional()?)
}

pub(super) fn plans(db: &mut Db, county: &str) -> Result<Vec<Plan>> {
    Ok(plans::table.filter(plans::county.eq(county)).order((plans::first_year.desc(), plans::id.desc())).load(db)?)
}

pub(super) fn plan(db: &mut Db, id: PlanId) -> Result<Option<Plan>> {
    Ok(plans::table.find(id).first(db).optional()?)
}

pub(super) fn plan_by_code(db: &mut Db, county: &str, code: &str) -> Result<Option<Plan>> {
    Ok(plans::table.filter(plans::county.eq(county)).filter(plans::code.eq(code)).first(db).optional()?)
}

pub(super) fn items(db: &mut Db, plan: PlanId) -> Result<Vec<PlanItem>> {
    Ok(plan_items::table.filter(plan_items::plan_id.eq(plan)).order((plan_items::seq, plan_items::id)).load(db)?)
}

pub(super) fn units(db: &mut Db, plan: PlanId) -> Result<Vec<PlanUnit>> {
    Ok(plan_item_units::table
        .inner_join(plan_items::table)
        .inner_join(organisations::table)
        .filter(plan_items::plan_id.eq(plan))
        .order((plan_item_units::plan_item_id, plan_item_units::part, plan_item_units::seq))
        .select((plan_item_units::plan_item_id, plan_item_units::part, plan_item_units::organisation_id, organisations::name, plan_item_units::spelled))
        .load(db)?)
}

pub(super) fn targets(db: &mut Db, plan: PlanId) -> Result<Vec<Target>> {
    Ok(plan_targets::table.filter(plan_targets::plan_id.eq(plan)).order(plan_targets::id).load(db)?)
}

pub(super) fn target_values(db: &mut Db, plan: PlanId) -> Result<Vec<TargetValue>> {
    Ok(plan_target_values::table
        .inner_join(plan_targets::table)
        .filter(plan_targets::plan_id.eq(plan))
        .order((plan_target_values::measured_on, plan_target_values::id))
        .select((plan_target_values::target_id, plan_target_values::measured_on, plan_target_values::value, plan_target_values::source))
        .load(db)?)
}

pub(super) fn insert_plan(db: &mut Db, new: &NewPlan) -> Result<PlanId> {
    let NewPlan { county, code, title, document_number, first_year, last_year, issued_on } = new;
    Ok(diesel::insert_into(plans::table)
        .values((
            plans::county.eq(county),
            plans::code.eq(code),
            plans::title.eq(title),
            plans::document_number.eq(document_number),
            plans::first_year.eq(first_year),
            plans::last_year.eq(last_year),
            plans::issued_on.eq(issued_on),
        ))
        .returning(plans::id)
        .get_result(db)?)
}

pub(super) fn update_plan(db: &mut Db, id: PlanId, new: &NewPlan) -> Result<()> {
    let NewPlan { county: _, code: _, title, document_number, first_year, last_year, issued_on } = new;
    diesel::update(plans::table.find(id))
        .set((
            plans::title.eq(title),
            plans::document_number.eq(document_number),
            plans::first_year.eq(first_year),
            plans::last_year.eq(last_year),
            plans::issued_on.eq(issued_on),
        ))
        .execute(db)?;
    Ok(())
}

pub(super) fn item_by_code(db: &mut Db, plan: PlanId, code: &str) -> Result<Option<PlanItem>> {
    Ok(plan_items::table.filter(plan_items::plan_id.eq(plan)).filter(plan_items::code.eq(code)).first(db).optional()?)
}

pub(super) fn insert_item(db: &mut Db, new: &NewItem) -> Result<PlanItemId> {
    let NewItem { plan_id, code, kind, parent_id, title, text, countable, seq, lead: _, responsible: _ } = new;
    Ok(diesel::insert_into(plan_items::table)
        .values((
            plan_items::plan_id.eq(plan_id),
            plan_items::code.eq(code),
            plan_items::kind.eq(kind),
            plan_items::parent_id.eq(parent_id),
            plan_items::title.eq(title),
            plan_items::text.eq(text),
            plan_items::countable.eq(countable),
            plan_items::seq.eq(seq),
        ))
        .returning(plan_items::id)
        .get_result(db)?)
}

pub(super) fn update_item(db: &mut Db, id: PlanItemId, new: &NewItem) -> Result<()> {
    let NewItem { plan_id: _, code: _, kind, parent_id, title, text, countable, seq, lead: _, responsible: _ } = new;
    diesel::update(plan_items::table.find(id))
        .set((
            plan_items::kind.eq(kind),
            plan_items::parent_id.eq(parent_id),
            plan_items::title.eq(title),
            plan_items::text.eq(text),
            plan_items::countable.eq(countable),
            plan_items::seq.eq(seq),
        ))
        .execute(db)?;
    Ok(())
}

pub(super) fn units_of(db: &mut Db, item: PlanItemId, part: PlanPart) -> Result<Vec<(OrganisationId, String)>> {
    Ok(plan_item_units::table
        .filter(plan_item_units::plan_item_id.eq(item))
        .filter(plan_item_units::part.eq(part))
        .order(plan_item_units::seq)
        .select((plan_item_units::organisation_id, plan_item_units::spelled))
        .load(db)?)
}

pub(super) fn set_units(db: &mut Db, item: PlanItemId, part: PlanPart, units: &[(OrganisationId, String)]) -> Result<()> {
    diesel::delete(plan_item_units::table.filter(plan_item_units::plan_item_id.eq(item)).filter(plan_item_units::part.eq(part))).execute(db)?;
    for (seq, (organisation, spelled)) in (1_i32..).zip(units) {
        diesel::insert_into(plan_item_units::table)
            .values((
                plan_item_units::plan_item_id.eq(item),
                plan_item_units::part.eq(part),
                plan_item_units::seq.eq(seq),
                plan_item_units::organisation_id.eq(organisation),
                plan_item_units::spelled.eq(spelled),
            ))
            .execute(db)?;
    }
    Ok(())
}

pub(super) fn target_by_code(db: &mut Db, plan: PlanId, code: &str) -> Result<Option<Target>> {
    Ok(plan_targets::table.filter(plan_targets::plan_id.eq(plan)).filter(plan_targets::code.eq(code)).first(db).optional()?)
}

pub(super) fn insert_target(db: &mut Db, new: &NewTarget) -> Result<i64> {
    let NewTarget { plan_id, code, title, unit, measure, goal, by_year, plan_item_id, text } = new;
    Ok(diesel::insert_into(plan_targets::table)
        .values((
            plan_targets::plan_id.eq(plan_id),
            plan_targets::code.eq(code),
            plan_targets::title.eq(title),
            plan_targets::unit.eq(unit),
            plan_targets::measure.eq(measure),
            plan_targets::goal.eq(goal),
            plan_targets::by_year.eq(by_year),
            plan_targets::plan_item_id.eq(plan_item_id),
            plan_targets::text.eq(text),
        ))
        .returning(plan_targets::id)
        .get_result(db)?)
}

pub(super) fn update_target(db: &mut Db, id: i64, new: &NewTarget) -> Result<()> {
    let NewTarget { plan_id: _, code: _, title, unit, measure, goal, by_year, plan_item_id, text } = new;
    diesel::update(plan_targets::table.find(id))
        .set((
            plan_targets::title.eq(title),
            plan_targets::unit.eq(unit),
            plan_targets::measure.eq(measure),
            plan_targets::goal.eq(goal),
            plan_targets::by_year.eq(by_year),
            plan_targets::plan_item_id.eq(plan_item_id),
            plan_targets::text.eq(text),
        ))
        .execute(db)?;
    Ok(())
}

pub(super) fn insert_target_value(db: &mut Db, target: i64, measured_on: NaiveDate, value: f64, source: &str) -> Result<()> {
    diesel::insert_into(plan_target_values::table)
        .values((
            plan_target_values::target_id.eq(target),
            plan_target_values::measured_on.eq(measured_on),
            plan_target_values::value.eq(value),
            plan_target_values::source.eq(source),
        ))
        .execute(db)?;
    Ok(())
}

pub(super) fn current_from(db: &mut Db, county: &str, starts_on: NaiveDate) -> Result<Option<PlanId>> {
    Ok(current_plans::table.find((county, starts_on)).select(current_plans::plan_id).first(db).optional()?)
}

pub(super) fn insert_current(db: &mut Db, county: &str, starts_on: NaiveDate, plan: PlanId) -> Result<()> {
    diesel::insert_into(current_plans::table)
        .values((current_plans::county.eq(county), current_plans::starts_on.eq(starts_on), current_plans::plan_id.eq(plan)))
        .execute(db)?;
    Ok(())
}

pub(super) fn update_current(db: &mut Db, county: &str, starts_on: NaiveDate, plan: PlanId) -> Result<()> {
    diesel::update(current_plans::table.find((county, starts_on))).set(current_plans::plan_id.eq(plan)).execute(db)?;
    Ok(())
}
