//! The SQL of places.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Budget, County, Deadline, Division, Field, Holiday, StageRule};
use crate::db::Db;
use crate::error::Result;
use crate::schema::{budgets, counties, deadlines, divisions, fields, holidays, retention_rules, settings};

pub(super) fn county(db: &mut Db, code: &str) -> Result<Option<County>> {
    Ok(counties::table.find(code).select((counties::code, counties::name, counties::time_zone, counties::phone)).first(db).optional()?)
}

pub(super) fn counties(db: &mut Db) -> Result<Vec<County>> {
    Ok(counties::table.order(counties::code).select((counties::code, counties::name, counties::time_zone, counties::phone)).load(db)?)
}

pub(super) fn insert_county(db: &mut Db, county: &County) -> Result<()> {
    let County { code, name, time_zone, phone } = county;
    diesel::insert_into(counties::table)
        .values((counties::code.eq(code), counties::name.eq(name), counties::time_zone.eq(time_zone), counties::phone.eq(phone)))
        .execute(db)?;
    Ok(())
}

pub(super) fn update_county(db: &mut Db, county: &County) -> Result<()> {
    let County { code, name, time_zone, phone } = county;
    diesel::update(counties::table.find(code)).set((counties::name.eq(name), counties::time_zone.eq(time_zone), counties::phone.eq(phone))).execute(db)?;
    Ok(())
}

pub(super) fn division(db: &mut Db, code: &str) -> Result<Option<Division>> {
    Ok(divisions::table.find(code).first(db).optional()?)
}

pub(super) fn divisions_of(db: &mut Db, codes: &[&str]) -> Result<Vec<Division>> {
    Ok(divisions::table.filter(divisions::code.eq_any(codes)).load(db)?)
}

pub(super) fn divisions_in(db: &mut Db, county: &str) -> Result<Vec<Division>> {
    Ok(divisions::table.filter(divisions::county.eq(county)).order(divisions::code).load(db)?)
}

pub(super) fn insert_division(db: &mut Db, division: &Division) -> Result<()> {
    let Division { code, county, name, short_name, level, parent_code, path, jurisdiction, valid_from, valid_until } = division;
    diesel::insert_into(divisions::table)
        .values((
            divisions::code.eq(code),
            divisions::county.eq(county),
            divisions::name.eq(name),
            divisions::short_name.eq(short_name),
            divisions::level.eq(level),
            divisions::parent_code.eq(parent_code),
            divisions::path.eq(path),
            divisions::jurisdiction.eq(jurisdiction),
            divisions::valid_from.eq(valid_from),
            divisions::valid_until.eq(valid_until),
        ))
        .execute(db)?;
    Ok(())
}

pub(super) fn update_division(db: &mut Db, division: &Division) -> Result<()> {
    let Division { code, county: _, name, short_name, level, parent_code, path, jurisdiction, valid_from, valid_until } = division;
    diesel::update(divisions::table.find(code))
        .set((
            divisions::name.eq(name),
            divisions::short_name.eq(short_name),
            divisions::level.eq(level),
            divisions::parent_code.eq(parent_code),
            divisions::path.eq(path),
            divisions::jurisdiction.eq(jurisdiction),
            divisions::valid_from.eq(valid_from),
            divisions::valid_until.eq(valid_until),
        ))
        .execute(db)?;
    Ok(())
}

pub(super) fn fields(db: &mut Db) -> Result<Vec<Field>> {
    Ok(fields::table.order((fields::seq, fields::code)).load(db)?)
}

pub(super) fn field(db: &mut Db, code: &str) -> Result<Option<Field>> {
    Ok(fields::table.find(code).first(db).optional()?)
}

pub(super) fn insert_field(db: &mut Db, field: &Field) -> Result<()> {
    let Field { code, kind, name, name_en, examples, seq } = field;
    diesel::insert_into(fields::table)
        .values((
            fields::code.eq(code),
            fields::kind.eq(kind),
            fields::name.eq(name),
            fields::name_en.eq(name_en),
            fields::examples.eq(examples),
            fields::seq.eq(seq),
        ))
        .execute(db)?;
    Ok(())
}

pub(super) fn update_field(db: &mut Db, field: &Field) -> Result<()> {
    let Field { code, kind, name, name_en, examples, seq } = field;
    diesel::update(fields::table.find(code))
        .set((fields::kind.eq(kind), fields::name.eq(name), fields::name_en.eq(name_en), fields::examples.eq(examples), fields::seq.eq(seq)))
        .execute(db)?;
    Ok(())
}

pub(super) fn holidays(db: &mut Db, county: &str, first: NaiveDate, last: NaiveDate) -> Result<Vec<Holiday>> {
    Ok(holidays::table
        .filter(holidays::county.eq(county))
        .filter(holidays::day.ge(first))
        .filter(holidays::day.le(last))
        .order(holidays::day)
        .select((holidays::day, holidays::kind, holidays::name))
        .load(db)?)
}

pub(super) fn insert_holiday(db: &mut Db, county: &str, holiday: &Holiday) -> Result<()> {
    let Holiday { day, kind, name } = holiday;
    diesel::insert_into(holidays::table)
        .values((holidays::county.eq(county), holidays::day.eq(day), holidays::kind.eq(kind), holidays::name.eq(name)))
        .execute(db)?;
    Ok(())
}

pub(super) fn update_holiday(db: &mut Db, county: &str, holiday: &Holiday) -> Result<()> {
    let Holiday { day, kind, name } = holiday;
    diesel::update(holidays::table.find((county, day))).set((holidays::kind.eq(kind), holidays::name.eq(name))).execute(db)?;
    Ok(())
}

pub(super) fn deadline(db: &mut Db, county: &str, stage: &str, urgent: bool) -> Result<Option<Deadline>> {
    Ok(deadlines::table.find((county, stage, urgent)).select((deadlines::amount, deadlines::unit)).first(db).optional()?)
}

pub(super) fn deadlines_of(db: &mut Db, stage: &str) -> Result<Vec<Deadline>> {
    Ok(deadlines::table.filter(deadlines::stage.eq(stage)).select((deadlines::amount, deadlines::unit)).load(db)?)
}

pub(super) fn insert_deadline(db: &mut Db, county: &str, rule: &StageRule) -> Result<()> {
    let StageRule { stage, urgent, deadline: Deadline { amount, unit } } = rule;
    diesel::insert_into(deadlines::table)
        .values((
            deadlines::county.eq(county),
            deadlines::stage.eq(stage),
            deadlines::urgent.eq(urgent),
            deadlines::amount.eq(amount),
            deadlines::unit.eq(unit),
        ))
        .execute(db)?;
    Ok(())
}

pub(super) fn update_deadline(db: &mut Db, county: &str, rule: &StageRule) -> Result<()> {
    let StageRule { stage, urgent, deadline: Deadline { amount, unit } } = rule;
    diesel::update(deadlines::table.find((county, stage, urgent))).set((deadlines::amount.eq(amount), deadlines::unit.eq(unit))).execute(db)?;
    Ok(())
}

pub(super) fn retention(db: &mut Db, subject: &str) -> Result<Option<i32>> {
    Ok(retention_rules::table.find(subject).select(retention_rules::months).first(db).optional()?)
}

pub(super) fn insert_retention(db: &mut Db, subject: &str, months: i32) -> Result<()> {
    diesel::insert_into(retention_rules::table).values((retention_rules::subject.eq(subject), retention_rules::months.eq(months))).execute(db)?;
    Ok(())
}

pub(super) fn update_retention(db: &mut Db, subject: &str, months: i32) -> Result<()> {
    diesel::update(retention_rules::table.find(subject)).set(retention_rules::months.eq(months)).execute(db)?;
    Ok(())
}

pub(super) fn budget(db: &mut Db, wanted: &Budget) -> Result<Option<Budget>> {
    Ok(budgets::table.find((&wanted.deed, wanted.per)).first(db).optional()?)
}

pub(super) fn insert_budget(db: &mut Db, budget: &Budget) -> Result<()> {
    let Budget { deed, per, allowed, minutes } = budget;
    diesel::insert_into(budgets::table)
        .values((budgets::deed.eq(deed), budgets::per.eq(per), budgets::allowed.eq(allowed), budgets::minutes.eq(minutes)))
        .execute(db)?;
    Ok(())
}

pub(super) fn update_budget(db: &mut Db, budget: &Budget) -> Result<()> {
    let Budget { deed, per, allowed, minutes } = budget;
    diesel::update(budgets::table.find((deed, per))).set((budgets::allowed.eq(allowed), budgets::minutes.eq(minutes))).execute(db)?;
    Ok(())
}

pub(super) fn setting(db: &mut Db, name: &str) -> Result<Option<String>> {
    Ok(settings::table.find(name).select(settings::value).first(db).optional()?)
}

pub(super) fn insert_setting(db: &mut Db, name: &str, value: &str) -> Result<()> {
    diesel::insert_into(settings::table).values((settings::name.eq(name), settings::value.eq(value))).execute(db)?;
    Ok(())
}
