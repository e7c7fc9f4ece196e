//! What the county's business looks like: where orders wait and how long, which nobody took and why, what was done under the plan.
//! Behind every number stands the list that it counts. Nothing is ranked: units stand in the plan's order, places in that of
//! their codes.

mod cells;
pub mod http;
mod planned;
mod rules;
mod store;
mod unmet;
mod waiting;

pub use cells::{Cell, Number, OrdersFilter, StageCell};
pub use planned::{Item, PlanReport, TargetReport, WorkReport, planned};
pub use store::UnmetFilter;
pub use unmet::{Unmet, unmet};
pub use waiting::{DepartmentRow, StageRow, TownshipRow, Wait, WaitingReport, waiting};

use crate::actor::{Act, Actor};
use crate::auth;
use crate::error::{Refusal, Result};
use crate::orders::store::AsRole;

/// The roles that reports are made for, the widest first.
const READERS: [AsRole; 3] = [AsRole::Supervisor, AsRole::Dispatcher, AsRole::Officer];

/// Whoever reads a report at all.
///
/// # Errors
/// 401; 403 for who is neither supervisor nor dispatcher nor officer.
pub fn reader(act: &Act) -> Result<&Actor> {
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    if READERS.iter().any(|reader| actor.has(reader.role())) {
        return Ok(actor);
    }
    Err(Refusal::forbidden("Reports are for the supervisor, for dispatchers and for officers.").into())
}

/// The role in which somebody reads: the one asked for, else the widest that they hold.
///
/// # Errors
/// 403 for a role that is not theirs, or that no report is made for.
pub fn reads_as(actor: &Actor, asked: Option<AsRole>) -> Result<AsRole> {
    let theirs = |role: &AsRole| actor.has(role.role()) && asked.is_none_or(|asked| asked == *role);
    READERS.into_iter().find(theirs).ok_or_else(|| Refusal::forbidden("You do not read this report in this role.").into())
}
