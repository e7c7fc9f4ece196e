//! The orders that nobody took (未能承接), and why.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::store::{self, GivenUp, UnmetFilter};
use crate::actor::{Act, Actor, Jurisdiction, Role};
use crate::clock::Moment;
use crate::db::Db;
use crate::directory::Task;
use crate::error::{Refusal, Result};
use crate::ids::{OrderId, OrganisationId};
use crate::orders;
use crate::orders::state::State;
use crate::orders::store::{AsRole, Audience, own};

/// A department by number and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct UnmetDepartment {
    pub id: OrganisationId,
    pub name: String,
}

/// The plan task that it would have counted for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct UnmetTask {
    #[schema(example = "youyi-2021")]
    pub plan: String,
    #[schema(example = "A4.2")]
    pub task: String,
    pub title: String,
}

/// An order that nobody took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Unmet {
    pub id: OrderId,
    #[schema(example = "KP3F7Q2M8A")]
    pub number: String,
    pub state: State,
    /// The requester's words; null to those who see the summary alone.
    pub title: Option<String>,
    /// What the dispatcher wrote for others; null where it was never dispatched.
    pub summary: Option<String>,
    pub audience: Audience,
    pub attendees: i32,
    pub urgent: bool,
    pub division_code: String,
    /// The names from the township down.
    #[schema(example = json!(["兴隆镇", "爱林村"]))]
    pub division_path: Vec<String>,
    pub jurisdiction: Jurisdiction,
    pub department: Option<UnmetDepartment>,
    pub plan_task: Option<UnmetTask>,
    pub outside_plan: bool,
    pub submitted_at: Moment,
    pub given_up_at: Moment,
    /// In the words of whoever gave it up.
    pub reason: Option<String>,
    pub given_up_by_role: Option<Role>,
}

/// The orders that nobody took, newest first: so many at most.
pub fn unmet(db: &mut Db, act: &Act, actor: &Actor, as_role: AsRole, filter: &UnmetFilter, below: Option<i64>, most: i64) -> Result<Vec<Unmet>> {
    let of = own(actor, as_role).ok_or_else(Refusal::not_found)?;
    let ids = store::unmet(db, of, filter, below, most)?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = orders::store::find_all(db, &ids)?;
    let read = orders::read_by(db, act, found)?;
    let mut why: HashMap<OrderId, GivenUp> = store::given_up(db, &ids)?.into_iter().map(|why| (why.order, why)).collect();
    let row = |(order, words): (orders::store::Order, bool)| {
        let (row, names) = (order.row, order.names);
        let why = why.remove(&row.id);
        let plan_task = names.task.map(|Task { plan, code, title }| UnmetTask { plan, task: code, title });
        Unmet {
            id: row.id,
            number: row.number,
            state: row.state,
            title: Some(row.title).filter(|_| words),
            summary: row.summary,
            audience: row.audience,
            attendees: row.attendees,
            urgent: row.urgent,
            division_path: names.path,
            division_code: row.division_code,
            jurisdiction: row.jurisdiction,
            department: row.department_id.zip(names.department).map(|(id, name)| UnmetDepartment { id, name }),
            plan_task,
            outside_plan: row.outside_plan,
            submitted_at: row.submitted_at,
            given_up_at: why.as_ref().map_or(row.stage_at, |why| why.at),
            given_up_by_role: why.as_ref().and_then(|why| why.role),
            reason: why.and_then(|why| why.reason),
        }
    };
    Ok(read.into_iter().map(row).collect())
}
