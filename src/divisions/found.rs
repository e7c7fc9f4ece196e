//! Founding places: each deed makes the thing, or changes what differs, or does nothing. The code decides which one is meant.

use super::{County, Division, Field, Holiday, changed, store};
use crate::actor::Act;
use crate::db::Db;
use crate::error::{Kind, Refusal, Result};
use crate::journal::{self, Capacity, Subject};

/// The setting that names the county a question is about when it names none.
pub(super) const FIRST_COUNTY: &str = "first_county";

/// What a founding deed did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    Created,
    Changed,
    /// Everything was so already.
    Same,
}

/// The number of a division in the journal: its code.
pub(super) fn number(code: &str) -> i64 {
    code.parse().unwrap_or(0)
}

/// Founds a county, or changes its name, zone or telephone. A telephone that is not given stays as it is.
pub fn put_county(db: &mut Db, act: &Act, county: &County) -> Result<Put> {
    let Some(old) = store::county(db, &county.code)? else {
        store::insert_county(db, county)?;
        if store::setting(db, FIRST_COUNTY)?.is_none() {
            store::insert_setting(db, FIRST_COUNTY, &county.code)?;
        }
        record(db, act, "create_county", "county", number(&county.code), Some(&county.code), &[])?;
        return Ok(Put::Created);
    };
    let mut county = county.clone();
    if county.phone.is_empty() {
        county.phone.clone_from(&old.phone);
    }
    let fields = changed!(old, county; name, time_zone, phone);
    if fields.is_empty() {
        return Ok(Put::Same);
    }
    store::update_county(db, &county)?;
    record(db, act, "change_county", "county", number(&county.code), Some(&county.code), &fields)?;
    Ok(Put::Changed)
}

/// Founds a division, or changes what differs.
///
/// # Errors
/// `other_county` where the code is another county's.
pub fn put_division(db: &mut Db, act: &Act, division: &Division) -> Result<Put> {
    let Some(old) = store::division(db, &division.code)? else {
        store::insert_division(db, division)?;
        record(db, act, "create_division", "division", number(&division.code), Some(&division.county), &[])?;
        return Ok(Put::Created);
    };
    if old.county != division.county {
        return Err(Refusal::new(Kind::Conflict, "other_county", format!("code {} belongs to county {}", division.code, old.county)).into());
    }
    let fields = changed!(old, division; name, short_name, level, parent_code, path, jurisdiction, valid_from, valid_until);
    if fields.is_empty() {
        return Ok(Put::Same);
    }
    store::update_division(db, division)?;
    record(db, act, "change_division", "division", number(&division.code), Some(&division.county), &fields)?;
    Ok(Put::Changed)
}

/// Adds a line to the menu, or changes what differs.
pub fn put_field(db: &mut Db, act: &Act, field: &Field) -> Result<Put> {
    let Some(old) = store::field(db, &field.code)? else {
        store::insert_field(db, field)?;
        record(db, act, "create_field", "field", i64::from(field.seq), None, &[])?;
        return Ok(Put::Created);
    };
    let fields = changed!(old, field; kind, name, name_en, examples, seq);
    if fields.is_empty() {
        return Ok(Put::Same);
    }
    store::update_field(db, field)?;
    record(db, act, "change_field", "field", i64::from(field.seq), None, &fields)?;
    Ok(Put::Changed)
}

/// Sets days of a county's calendar, those of one announcement; days that are not named stay as they are.
pub fn put_holidays(db: &mut Db, act: &Act, county: &str, days: &[Holiday]) -> Result<Put> {
    let (Some(first), Some(last)) = (days.iter().map(|day| day.day).min(), days.iter().map(|day| day.day).max()) else { return Ok(Put::Same) };
    let known = store::holidays(db, county, first, last)?;
    let mut put = Put::Same;
    for holiday in days {
        match known.iter().find(|known| known.day == holiday.day) {
            Some(known) if known == holiday => {}
            Some(_) => {
                store::update_holiday(db, county, holiday)?;
                put = Put::Changed;
            }
            None => {
                store::insert_holiday(db, county, holiday)?;
                put = if known.is_empty() && put != Put::Changed { Put::Created } else { Put::Changed };
            }
        }
    }
    if put != Put::Same {
        record(db, act, "set_holidays", "county", number(county), Some(county), &["holidays"])?;
    }
    Ok(put)
}

/// The journal's line of a founding deed.
pub(super) fn record(db: &mut Db, act: &Act, verb: &str, kind: &'static str, id: i64, county: Option<&str>, fields: &[&str]) -> Result<()> {
    journal::record(db, act, verb, Subject { kind, id, version: None, county }, Capacity::default(), fields)
}
