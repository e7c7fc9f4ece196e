//! What is data rather than code: how long a stage may last, how long things are kept, how much a visitor may send.

use diesel::Queryable;

use super::found::{Put, number, record};
use super::{Deadline, store};
use crate::actor::Act;
use crate::db::Db;
use crate::error::Result;
use crate::text_enum;

/// The stages that have a deadline (design, section 4).
pub const STAGES: &[&str] = &[
    "submitted",
    "dispatched",
    "accepted_open",
    "accepted_offer",
    "claimed",
    "scheduled",
    "booking",
    "fulfilled",
    "disputed",
    "question",
    "reopen",
    "dispute",
    "review_late",
    "complaint",
    "complaint_disagree",
];

/// What is erased after some months.
pub const RETENTION_SUBJECTS: &[&str] = &["contacts_ended", "contacts_refused", "contacts_registered", "journal", "notices"];

text_enum! {
    /// By what a budget is counted.
    pub enum BudgetPer { Address = "address", Phone = "phone", Login = "login", Number = "number" }
}

/// The deadline of a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageRule {
    /// One of [`STAGES`].
    pub stage: String,
    pub urgent: bool,
    pub deadline: Deadline,
}

/// How often a deed may be done by one address, phone, login or number.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Budget {
    pub deed: String,
    pub per: BudgetPer,
    pub allowed: i32,
    /// In how many minutes.
    pub minutes: i32,
}

/// Sets how long a stage may last in a county.
pub fn put_deadline(db: &mut Db, act: &Act, county: &str, rule: &StageRule) -> Result<Put> {
    let put = match store::deadline(db, county, &rule.stage, rule.urgent)? {
        Some(old) if old == rule.deadline => return Ok(Put::Same),
        Some(_) => {
            store::update_deadline(db, county, rule)?;
            Put::Changed
        }
        None => {
            store::insert_deadline(db, county, rule)?;
            Put::Created
        }
    };
    record(db, act, "set_deadline", "county", number(county), Some(county), &[&rule.stage])?;
    Ok(put)
}

/// Sets after how many months something is erased.
pub fn put_retention(db: &mut Db, act: &Act, subject: &str, months: i32) -> Result<Put> {
    let put = match store::retention(db, subject)? {
        Some(old) if old == months => return Ok(Put::Same),
        Some(_) => {
            store::update_retention(db, subject, months)?;
            Put::Changed
        }
        None => {
            store::insert_retention(db, subject, months)?;
            Put::Created
        }
    };
    record(db, act, "set_retention", "platform", 0, None, &[subject])?;
    Ok(put)
}

/// Sets a budget.
pub fn put_budget(db: &mut Db, act: &Act, budget: &Budget) -> Result<Put> {
    let put = match store::budget(db, budget)? {
        Some(old) if old == *budget => return Ok(Put::Same),
        Some(_) => {
            store::update_budget(db, budget)?;
            Put::Changed
        }
        None => {
            store::insert_budget(db, budget)?;
            Put::Created
        }
    };
    record(db, act, "set_budget", "platform", 0, None, &[&budget.deed])?;
    Ok(put)
}
