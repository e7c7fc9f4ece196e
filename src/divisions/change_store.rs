//! The SQL of changing settings: a county's version stands in its row, the platform's is a setting.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Budget, Deadline, DeadlineUnit, StageRule, store};
use crate::db::Db;
use crate::error::Result;
use crate::schema::{budgets, counties, deadlines, holidays, retention_rules, settings};

/// The setting that counts the changes of what holds for the whole installation; missing until the first one.
const PLATFORM_VERSION: &str = "platform_version";

pub(super) fn county_version(db: &mut Db, county: &str) -> Result<Option<i64>> {
    Ok(counties::table.find(county).select(counties::version).first(db).optional()?)
}

pub(super) fn advance_county(db: &mut Db, county: &str, seen: i64) -> Result<bool> {
    let moved =
        diesel::update(counties::table.find(county).filter(counties::version.eq(seen))).set(counties::version.eq(seen.saturating_add(1))).execute(db)?;
    Ok(moved == 1)
}

pub(super) fn deadlines(db: &mut Db, county: &str) -> Result<Vec<StageRule>> {
    let rows: Vec<(String, bool, i32, DeadlineUnit)> =
        deadlines::table.filter(deadlines::county.eq(county)).select((deadlines::stage, deadlines::urgent, deadlines::amount, deadlines::unit)).load(db)?;
    Ok(rows.into_iter().map(|(stage, urgent, amount, unit)| StageRule { stage, urgent, deadline: Deadline { amount, unit } }).collect())
}

pub(super) fn forget_holidays(db: &mut Db, county: &str, first: NaiveDate, last: NaiveDate) -> Result<()> {
    diesel::delete(holidays::table.filter(holidays::county.eq(county)).filter(holidays::day.ge(first)).filter(holidays::day.le(last))).execute(db)?;
    Ok(())
}

pub(super) fn budgets(db: &mut Db) -> Result<Vec<Budget>> {
    Ok(budgets::table.order((budgets::deed, budgets::per)).load(db)?)
}

pub(super) fn retention_rules(db: &mut Db) -> Result<Vec<(String, i32)>> {
    Ok(retention_rules::table.order(retention_rules::subject).select((retention_rules::subject, retention_rules::months)).load(db)?)
}

pub(super) fn platform_version(db: &mut Db) -> Result<i64> {
    Ok(store::setting(db, PLATFORM_VERSION)?.and_then(|version| version.parse().ok()).unwrap_or(1))
}

pub(super) fn advance_platform(db: &mut Db, seen: i64) -> Result<bool> {
    let next = seen.saturating_add(1).to_string();
    let row = settings::table.find(PLATFORM_VERSION).filter(settings::value.eq(seen.to_string()));
    if diesel::update(row).set(settings::value.eq(&next)).execute(db)? == 1 {
        return Ok(true);
    }
    if store::setting(db, PLATFORM_VERSION)?.is_some() {
        return Ok(false);
    }
    store::insert_setting(db, PLATFORM_VERSION, &next)?;
    Ok(true)
}
