//! Pages, counts and the claim board: each within the reader's reach, each along an index.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::actor::{Actor, Role};
use crate::clock::Moment;
use crate::db::{self, Column, Db};
use crate::error::Result;
use crate::ids::{OrderId, OrganisationId, PersonId};
use crate::order_rows;
use crate::schema::{divisions, grants, order_parties, order_progress, orders, organisations, plan_items, plans, teams};
use crate::wire::Cursor;

use super::super::state::State;
use super::Order;
use super::narrow::{Narrow, own};

/// Which orders of those in reach.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub state: Option<State>,
    /// A division's path: its whole subtree.
    pub place: Option<String>,
    pub department: Option<OrganisationId>,
    pub team: Option<OrganisationId>,
    /// Only what the reader asked for.
    pub mine: bool,
    pub overdue: bool,
    pub urgent: Option<bool>,
    pub narrow: Narrow,
    /// Pairs of characters that must occur.
    pub grams: Vec<String>,
}

/// What must hold of a row of `orders`.
pub type Condition = Box<dyn diesel::expression::BoxableExpression<orders::table, db::Backend, SqlType = Bool>>;

/// The end of the range that a path begins: its last character, the full stop, moved on by one.
pub fn next_path(path: &str) -> String {
    format!("{}/", path.strip_suffix('.').unwrap_or(path))
}

pub(super) fn within(path: &str) -> Condition {
    Box::new(orders::place_path.ge(path.to_owned()).and(orders::place_path.lt(next_path(path))))
}

fn party_to(organisation: OrganisationId) -> Condition {
    Box::new(orders::id.eq_any(order_parties::table.filter(order_parties::organisation_id.eq(organisation)).select(order_parties::order_id)))
}

/// What 县科协 may accept for a department (代领): one without an officer, or one that waited twice its time.
fn to_deputise(county: &str, now: Moment) -> Condition {
    let staffed = grants::table
        .filter(grants::role.eq(Role::Officer))
        .filter(grants::organisation_id.is_not_null())
        .filter(grants::starts_at.le(now))
        .filter(grants::ends_at.is_null().or(grants::ends_at.gt(now).assume_not_null()))
        .select(grants::organisation_id);
    // Written out: the index of those alone is not found for a parameter.
    let waited = order_progress::table.filter(sql::<Bool>("order_progress.rung >= 2")).select(order_progress::order_id);
    let unstaffed = orders::department_id.ne_all(staffed).assume_not_null();
    let late = orders::state.eq(State::Dispatched).and(orders::id.eq_any(waited));
    let open = orders::state.eq_any([State::Dispatched, State::Accepted]);
    Box::new(orders::county.eq(county.to_owned()).and(open).and(unstaffed.or(late)))
}

pub(super) fn asked_by(person: PersonId) -> Condition {
    Box::new(orders::requester_id.eq(Some(person)).assume_not_null())
}

/// What a reader may know of, as one condition; nothing at all for somebody without a grant that reads orders.
fn reach(actor: &Actor, now: Moment) -> Option<Condition> {
    let mut parts: Vec<Condition> = Vec::new();
    for grant in &actor.grants {
        let Some(seat) = &grant.seat else { continue };
        match grant.role {
            Role::Dispatcher | Role::Scheduler => {
                let here = orders::jurisdiction.eq(seat.jurisdiction);
                // Of the farm taken in as a service, or transferred here from elsewhere.
                let held = orders::holding_centre_id.eq(seat.organisation);
                let dispatching = grant.role == Role::Dispatcher;
                let area: Condition = match (seat.is_county_wide(), dispatching) {
                    // The county stands before all, so that its index gives the newest without sorting the rest.
                    (true, true) => Box::new(orders::county.eq(seat.county.clone()).and(here.or(held))),
                    (true, false) => Box::new(orders::county.eq(seat.county.clone()).and(here)),
                    (false, true) => Box::new(within(&seat.path).and(here).or(held)),
                    (false, false) => Box::new(within(&seat.path).and(here)),
                };
                parts.push(area);
            }
            Role::Officer => {
                parts.push(party_to(seat.organisation));
                if seat.association {
                    parts.push(to_deputise(&seat.county, now));
                }
            }
            Role::Leader => parts.push(party_to(seat.organisation)),
            Role::Supervisor | Role::Auditor => parts.push(Box::new(orders::county.eq(seat.county.clone()))),
            Role::Volunteer | Role::SystemAdministrator | Role::SecurityAdministrator => {}
        }
    }
    parts.into_iter().reduce(|all, one| Box::new(all.or(one)))
}

/// The condition of a filter within a reader's reach.
fn condition(db: &Db, actor: &Actor, filter: &Filter, now: Moment) -> Option<Condition> {
    let mut all = match filter.narrow.as_role {
        Some(role) => own(actor, role)?,
        None if filter.mine || !actor.is_staff() => asked_by(actor.person),
        None => reach(actor, now)?,
    };
    let and = |one: Condition, all: Condition| -> Condition { Box::new(all.and(one)) };
    if let Some(state) = filter.state {
        all = and(Box::new(orders::state.eq(state)), all);
    }
    if let Some(place) = &filter.place {
        all = and(within(place), all);
    }
    if let Some(department) = filter.department {
        all = and(Box::new(orders::department_id.eq(Some(department)).assume_not_null()), all);
    }
    if let Some(team) = filter.team {
        all = and(Box::new(orders::team_id.eq(Some(team)).assume_not_null()), all);
    }
    if filter.overdue {
        all = and(Box::new(orders::late_at.is_not_null()), all);
    }
    if let Some(urgent) = filter.urgent {
        all = and(Box::new(orders::urgent.eq(urgent)), all);
    }
    for one in filter.narrow.conditions(actor, filter.mine) {
        all = and(one, all);
    }
    if !filter.grams.is_empty() {
        let column = if reads_words(actor) || filter.mine || !actor.is_staff() { Column::Words } else { Column::Summary };
        all = and(db::matches(db, column, &filter.grams), all);
    }
    Some(all)
}

/// Whether a reader's search looks into the requester's own words: the others see, and find, the summary alone.
fn reads_words(actor: &Actor) -> bool {
    actor.grants.iter().all(|grant| matches!(grant.role, Role::Dispatcher | Role::Volunteer))
}

/// A page of orders within reach, newest first: one row more than asked for tells that there is a next page.
pub fn page(db: &mut Db, actor: &Actor, filter: &Filter, cursor: Cursor, now: Moment) -> Result<Vec<Order>> {
    let Some(condition) = condition(db, actor, filter, now) else { return Ok(Vec::new()) };
    let mut ids = orders::table.filter(condition).select(orders::id).order(orders::id.desc()).limit(cursor.limit + 1).into_boxed::<db::Backend>();
    if let Some(below) = cursor.below {
        ids = ids.filter(orders::id.lt(OrderId(below)));
    }
    let ids: Vec<OrderId> = ids.load(db)?;
    super::find_all(db, &ids)
}

/// How many orders in reach stand in each state; counting stops at `most`.
pub fn count_by_state(db: &mut Db, actor: &Actor, filter: &Filter, most: i64, now: Moment) -> Result<Vec<(State, i64)>> {
    let mut counts = Vec::with_capacity(State::ALL.len());
    for state in State::ALL {
        let filter = Filter { state: Some(*state), ..filter.clone() };
        let Some(condition) = condition(db, actor, &filter, now) else { continue };
        let ids: Vec<OrderId> = orders::table.filter(condition).select(orders::id).limit(most).load(db)?;
        counts.push((*state, i64::try_from(ids.len()).unwrap_or(most)));
    }
    Ok(counts)
}

/// The orders that wait for a team and are open to this one (or offered to it): at most `most`, soonest deadline first, and
/// how many there are in all.
pub fn board(db: &mut Db, county: &str, team: OrganisationId, now: Moment, most: i64) -> Result<(Vec<Order>, i64)> {
    let open = || {
        let none_stands = order_progress::offer_until.is_null().or(order_progress::offer_until.le(now).assume_not_null());
        let ours = order_progress::offer_team_id.eq(Some(team)).assume_not_null();
        sql::<Bool>("1 = 1").and(orders::county.eq(county.to_owned())).and(orders::state.eq(State::Accepted)).and(none_stands.or(ours))
    };
    let orders = order_rows!().filter(open()).order((orders::urgent.desc(), orders::due_at, orders::id)).limit(most).load(db)?;
    let total = orders::table.inner_join(order_progress::table).filter(open()).count().get_result(db)?;
    Ok((orders, total))
}
