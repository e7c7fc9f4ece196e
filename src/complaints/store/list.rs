//! Pages and counts: each within the reader's reach, each along an index.

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::super::state::{ComplaintLevel, ComplaintState};
use super::row::{Complaint, find_all};
use crate::actor::{Actor, Jurisdiction, Role};
use crate::db::{self, Db};
use crate::divisions::after_subtree;
use crate::error::Result;
use crate::ids::{ComplaintId, PersonId};
use crate::schema::{complaints, order_moves, orders};
use crate::wire::Cursor;

/// Which complaints of those in reach.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub state: Option<ComplaintState>,
    pub late: bool,
    /// Only the reader's own.
    pub mine: bool,
    /// A complaint's own number.
    pub number: Option<String>,
    /// Its order's number.
    pub order_number: Option<String>,
    /// Pairs of characters that must occur.
    pub grams: Vec<String>,
}

type Condition = Box<dyn diesel::expression::BoxableExpression<complaints::table, db::Backend, SqlType = Bool>>;

fn of(person: PersonId) -> Condition {
    Box::new(complaints::complainant_id.eq(Some(person)).assume_not_null())
}

/// What a person answers or reads, as one condition; nothing at all for somebody without a grant that does.
fn reach(actor: &Actor) -> Option<Condition> {
    let mut parts: Vec<Condition> = Vec::new();
    for grant in &actor.grants {
        let Some(seat) = &grant.seat else { continue };
        match grant.role {
            Role::Dispatcher => {
                // Strictly below: who sits in the same place is whom it is about.
                let below = complaints::about_path.gt(seat.path.clone()).and(complaints::about_path.lt(after_subtree(&seat.path)));
                let here = complaints::about_jurisdiction.eq(Some(seat.jurisdiction));
                let centres = complaints::desk.eq(ComplaintLevel::Centre);
                parts.push(Box::new(centres.and(below.and(here).assume_not_null())));
                if seat.is_county_wide() && seat.jurisdiction == Jurisdiction::County {
                    parts.push(Box::new(complaints::county.eq(seat.county.clone()).and(complaints::desk.eq(ComplaintLevel::County))));
                }
            }
            Role::Supervisor | Role::Auditor => parts.push(Box::new(complaints::county.eq(seat.county.clone()))),
            Role::Scheduler | Role::Officer | Role::Leader | Role::Volunteer | Role::SystemAdministrator | Role::SecurityAdministrator => {}
        }
    }
    let all = parts.into_iter().reduce(|all, one| Box::new(all.or(one)))?;
    Some(Box::new(all.and(apart_from(actor.person))))
}

/// Neither the person's own complaint, nor about an order to which they ever did anything.
fn apart_from(person: PersonId) -> Condition {
    let theirs =
        order_moves::table.filter(order_moves::order_id.nullable().eq(complaints::order_id)).filter(order_moves::actor_id.eq(person)).select(order_moves::id);
    let own = complaints::complainant_id.is_not_null().and(complaints::complainant_id.eq(Some(person)).assume_not_null());
    Box::new(not(exists(theirs)).and(not(own)))
}

/// The condition of a filter within a reader's reach.
fn condition(db: &Db, actor: &Actor, filter: &Filter) -> Option<Condition> {
    let mut all = if filter.mine || !actor.is_staff() { of(actor.person) } else { reach(actor)? };
    let and = |one: Condition, all: Condition| -> Condition { Box::new(all.and(one)) };
    if let Some(state) = filter.state {
        all = and(Box::new(complaints::state.eq(state)), all);
    }
    if filter.late {
        all = and(Box::new(complaints::late_at.is_not_null()), all);
    }
    if let Some(number) = &filter.number {
        all = and(Box::new(complaints::number.eq(number.clone())), all);
    }
    if let Some(number) = &filter.order_number {
        let order = orders::table.filter(orders::number.eq(number.clone())).select(orders::id.nullable());
        all = and(Box::new(complaints::order_id.is_not_null().and(complaints::order_id.eq_any(order).assume_not_null())), all);
    }
    if !filter.grams.is_empty() {
        all = and(db::complaint_matches(db, &filter.grams), all);
    }
    Some(all)
}

/// A page of complaints within reach, newest first: one row more than asked for tells that there is a next page.
pub fn page(db: &mut Db, actor: &Actor, filter: &Filter, cursor: Cursor) -> Result<Vec<Complaint>> {
    let Some(condition) = condition(db, actor, filter) else { return Ok(Vec::new()) };
    let mut ids = complaints::table.filter(condition).select(complaints::id).order(complaints::id.desc()).limit(cursor.limit + 1).into_boxed::<db::Backend>();
    if let Some(below) = cursor.below {
        ids = ids.filter(complaints::id.lt(ComplaintId(below)));
    }
    let ids: Vec<ComplaintId> = ids.load(db)?;
    find_all(db, &ids)
}

/// How many complaints in reach stand in each state; counting stops at `most`. States with none are left out.
pub fn count_by_state(db: &mut Db, actor: &Actor, filter: &Filter, most: i64) -> Result<Vec<(ComplaintState, i64)>> {
    let mut counts = Vec::new();
    for state in ComplaintState::ALL {
        let one = Filter { state: Some(*state), ..filter.clone() };
        let Some(condition) = condition(db, actor, &one) else { return Ok(Vec::new()) };
        let ids: Vec<ComplaintId> = complaints::table.filter(condition).select(complaints::id).order(complaints::id.desc()).limit(most).load(db)?;
        if !ids.is_empty() {
            counts.push((*state, i64::try_from(ids.len()).unwrap_or(most)));
        }
    }
    Ok(counts)
}
