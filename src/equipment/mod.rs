//! Equipment that travels (科普大篷车, 流动展品, 展板, 机器人套件): kept by the people of its home, and lent by the day to any
//! organisation of the county. Whoever wants it wishes for some days; wishes stand side by side, and the keeper answers each.
//!
//! A loan holds the equipment from the first midnight of its days to the last. The borrower's own sessions take the loan, not the
//! equipment, so that within it two of them never meet either.

mod change_store;
mod changes;
pub mod http;
mod lending;
mod loan_store;
pub mod needs;
mod reach;
pub mod rules;
pub mod state;
mod store;
mod timed;
mod using;

use chrono::NaiveDate;
use diesel::Queryable;

use crate::clock::Moment;
use crate::db::Db;
use crate::error::Result;
use crate::ids::{EquipmentId, LoanId, OrganisationId, PersonId};
use crate::text_enum;

pub use changes::{change, close, create, reopen};
pub use lending::{Month, agree, give_back, hand_over, list, look, month, refuse, report, to_plan_with, wish, withdraw};
pub use loan_store::{Side, Use, Wanted};
pub use reach::Opened;
pub use state::{LoanState, LoanVerb};
pub use timed::run_due;
pub use using::{of_sessions, takes};

text_enum! {
    /// What a piece of equipment is.
    pub enum EquipmentKind {
        /// 科普大篷车.
        Caravan = "caravan",
        /// 流动展品.
        Exhibits = "exhibits",
        /// 展板.
        Boards = "boards",
        /// 机器人套件.
        Robots = "robots",
        Other = "other",
    }
}

/// A piece of equipment, or a set that travels together.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Equipment {
    pub id: EquipmentId,
    pub county: String,
    /// Its home: who schedules, dispatches, answers or leads there keeps it.
    pub organisation_id: OrganisationId,
    pub name: String,
    pub kind: EquipmentKind,
    /// Where it stands when it is at home.
    pub division_code: String,
    pub needs_power: bool,
    /// Square metres; empty: it needs no place of its own.
    pub floor_space: Option<i32>,
    /// What belongs to it, and what else it needs.
    pub notes: String,
    pub active: bool,
    pub version: i64,
}

/// A wish for some days, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Loan {
    pub id: LoanId,
    pub county: String,
    pub equipment: EquipmentId,
    pub borrower: OrganisationId,
    pub from_day: NaiveDate,
    /// The last day.
    pub until_day: NaiveDate,
    pub purpose: String,
    pub state: LoanState,
    pub wished_by: PersonId,
    pub wished_at: Moment,
    /// The keeper's words: why it was refused, or what the borrower should know.
    pub answer: Option<String>,
    pub handed_over_at: Option<Moment>,
    /// In what condition it went.
    pub condition_out: Option<String>,
    pub given_back_at: Option<Moment>,
    /// In what condition it came back.
    pub condition_back: Option<String>,
    pub reported_at: Option<Moment>,
    /// Person-times, as the borrower tells.
    pub attendance: Option<i32>,
    pub remarks: Option<String>,
    /// When the worker looks at it next; empty: never again.
    pub due_at: Option<Moment>,
    /// When it was marked as not given back in time.
    pub late_at: Option<Moment>,
    pub version: i64,
}

/// The equipment of an id, closed or not.
pub fn get(db: &mut Db, id: EquipmentId) -> Result<Option<Equipment>> {
    store::equipment(db, id)
}
