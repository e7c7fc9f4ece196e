//! What administration changes of a county and of the installation: telephone, deadlines, calendar; budgets and retention. Rows
//! that are there are set; none is made up. Who may is asked before.

use chrono::{Datelike, NaiveDate, Weekday};

use super::found::{number, record};
use super::settings::{STAGES, put_budget, put_deadline, put_retention};
use super::{Budget, County, Holiday, HolidayKind, StageRule, change_store, put_county, store};
use crate::actor::Act;
use crate::db::Db;
use crate::error::{Error, Refusal, Result};
use crate::wire::{Faults, Seen};

/// A county with what it sets for itself.
#[derive(Debug, Clone)]
pub struct CountySettings {
    pub county: County,
    pub version: i64,
    /// In the order of the chain.
    pub deadlines: Vec<StageRule>,
}

/// What holds for the whole installation.
#[derive(Debug, Clone)]
pub struct PlatformSettings {
    pub version: i64,
    pub budgets: Vec<Budget>,
    /// What is erased, and after how many months.
    pub retention: Vec<(String, i32)>,
}

/// Who did what is kept for six months at least (等保, level 2).
const JOURNAL_MONTHS: i32 = 6;

/// A county's settings.
///
/// # Errors
/// 404 where there is no such county.
pub fn settings(db: &mut Db, county: &str) -> Result<CountySettings> {
    let found = store::county(db, county)?.ok_or_else(Refusal::not_found)?;
    let version = change_store::county_version(db, county)?.ok_or_else(Refusal::not_found)?;
    let mut deadlines = change_store::deadlines(db, county)?;
    let place = |rule: &StageRule| STAGES.iter().position(|stage| *stage == rule.stage).unwrap_or(STAGES.len());
    deadlines.sort_by_key(|rule| (place(rule), rule.stage.clone(), rule.urgent));
    Ok(CountySettings { county: found, version, deadlines })
}

/// Changes a county's telephone and deadlines. A deadline holds from the next stage that an order enters.
///
/// # Errors
/// 404; 412; 422 for a stage that the county does not have.
pub fn change_settings(db: &mut Db, act: &Act, seen: Seen, county: &str, phone: Option<&str>, rules: &[StageRule]) -> Result<()> {
    let old = settings(db, county)?;
    seen.matches(old.version)?;
    let mut faults = Faults::default();
    for (n, rule) in rules.iter().enumerate() {
        if !old.deadlines.iter().any(|known| known.stage == rule.stage && known.urgent == rule.urgent) {
            faults.add(format!("/deadlines/{n}/stage"), "unknown", "The county has no such deadline; see GET /settings.");
        }
    }
    faults.into_result()?;
    claim_county(db, county, seen)?;
    if let Some(phone) = phone {
        put_county(db, act, &County { phone: phone.to_owned(), ..old.county })?;
    }
    for rule in rules {
        put_deadline(db, act, county, rule)?;
    }
    Ok(())
}

/// Replaces the days off and the days worked instead of a year.
///
/// # Errors
/// 404; 412; 422 for a day of another year, one that is named twice, or a working day that is one anyway.
pub fn replace_holidays(db: &mut Db, act: &Act, seen: Seen, county: &str, year: i32, days: &[Holiday]) -> Result<()> {
    seen.matches(settings(db, county)?.version)?;
    let mut faults = Faults::default();
    for (n, holiday) in days.iter().enumerate() {
        let pointer = |field: &str| format!("/days/{n}/{field}");
        if holiday.day.year() != year {
            faults.add(pointer("day"), "other_year", format!("Give days of {year}."));
        }
        if days[..n].iter().any(|earlier| earlier.day == holiday.day) {
            faults.add(pointer("day"), "twice", "This day is named twice.");
        }
        if holiday.kind == HolidayKind::Work && !matches!(holiday.day.weekday(), Weekday::Sat | Weekday::Sun) {
            faults.add(pointer("kind"), "no_weekend", "Only a Saturday or Sunday is worked instead.");
        }
    }
    faults.into_result()?;
    let (Some(first), Some(last)) = (NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31)) else {
        return Err(Refusal::fault("/year", "out_of_range", "Give a year.").into());
    };
    claim_county(db, county, seen)?;
    change_store::forget_holidays(db, county, first, last)?;
    for holiday in days {
        store::insert_holiday(db, county, holiday)?;
    }
    record(db, act, "set_holidays", "county", number(county), Some(county), &["holidays"])
}

/// Takes the county's version on, if nobody was faster since it was read.
///
/// # Errors
/// `InTheWay` where somebody was: the deed runs again and finds its version stale.
pub fn claim_county(db: &mut Db, county: &str, seen: Seen) -> Result<()> {
    if change_store::advance_county(db, county, seen.0)? { Ok(()) } else { Err(Error::InTheWay("the county's settings moved on".to_owned())) }
}

/// What holds for the whole installation.
pub fn platform(db: &mut Db) -> Result<PlatformSettings> {
    Ok(PlatformSettings { version: change_store::platform_version(db)?, budgets: change_store::budgets(db)?, retention: change_store::retention_rules(db)? })
}

/// Changes budgets and retention.
///
/// # Errors
/// 412; 422 for a rule that is not there, or a journal that is kept for less than six months.
pub fn change_platform(db: &mut Db, act: &Act, seen: Seen, budgets: &[Budget], retention: &[(String, i32)]) -> Result<()> {
    let old = platform(db)?;
    seen.matches(old.version)?;
    let mut faults = Faults::default();
    for (n, budget) in budgets.iter().enumerate() {
        if !old.budgets.iter().any(|known| known.deed == budget.deed && known.per == budget.per) {
            faults.add(format!("/budgets/{n}/deed"), "unknown", "There is no such budget; see GET /platform-settings.");
        }
    }
    for (n, (subject, months)) in retention.iter().enumerate() {
        if !old.retention.iter().any(|known| known.0 == *subject) {
            faults.add(format!("/retention/{n}/subject"), "unknown", "There is no such rule; see GET /platform-settings.");
        } else if subject == "journal" && *months < JOURNAL_MONTHS {
            faults.add(format!("/retention/{n}/months"), "too_short", "The journal is kept for six months at least.");
        }
    }
    faults.into_result()?;
    if !change_store::advance_platform(db, seen.0)? {
        return Err(Error::InTheWay("the platform's settings moved on".to_owned()));
    }
    for budget in budgets {
        put_budget(db, act, budget)?;
    }
    for (subject, months) in retention {
        put_retention(db, act, subject, *months)?;
    }
    Ok(())
}
