//! Pages, counts and the claim board: each within the reader's reach, each along an index.

use std::sync::LazyLock;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamp};

use crate::actor::{Actor, Role};
use crate::clock::Moment;
use crate::db::{self, Clause, Column, Db};
use crate::divisions;
use crate::error::Result;
use crate::ids::{OrderId, OrganisationId, PersonId};
use crate::on_engine;
use crate::schema::{order_progress, orders};
use crate::wire::Cursor;

use super::super::state::State;
use super::Order;
use super::narrow::{Narrow, own};
use super::row::Stored;

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

pub(super) fn within(path: &str) -> Clause {
    divisions::subtree("orders.place_path", path)
}

pub(super) fn of_county(county: &str) -> Clause {
    Clause::sql("orders.county = ").bind(county)
}

fn party_to(organisation: OrganisationId) -> Clause {
    Clause::sql("orders.id IN (SELECT order_id FROM order_parties WHERE organisation_id = ").bind(organisation.0).then(")")
}

/// What 县科协 may accept for a department (代领): one without an officer, or one that waited twice its time.
fn to_deputise(county: &str, now: Moment) -> Clause {
    let staffed = Clause::sql("SELECT organisation_id FROM grants WHERE role = 'officer' AND organisation_id IS NOT NULL AND starts_at <= ")
        .bind(now)
        .then(" AND (ends_at IS NULL OR ends_at > ")
        .bind(now)
        .then(")");
    let open = Clause::sql("orders.state IN ('dispatched', 'accepted')");
    let unstaffed = Clause::sql("orders.department_id NOT IN (").with(staffed).then(")");
    let late = Clause::sql("(orders.state = 'dispatched' AND orders.id IN (SELECT order_id FROM order_progress WHERE order_progress.rung >= 2))");
    of_county(county).and(open).and(unstaffed.or(late))
}

pub(super) fn asked_by(person: PersonId) -> Clause {
    Clause::sql("orders.requester_id = ").bind(person.0)
}

/// What a reader may know of, as one condition; nothing at all for somebody without a grant that reads orders.
fn reach(actor: &Actor, now: Moment) -> Option<Clause> {
    let mut parts: Vec<Clause> = Vec::new();
    for grant in &actor.grants {
        let Some(seat) = &grant.seat else { continue };
        match grant.role {
            Role::Dispatcher | Role::Scheduler => {
                let here = Clause::sql("orders.jurisdiction = ").bind(seat.jurisdiction.as_str());
                // Of the farm taken in as a service, or transferred here from elsewhere.
                let held = Clause::sql("orders.holding_centre_id = ").bind(seat.organisation.0);
                let dispatching = grant.role == Role::Dispatcher;
                parts.push(match (seat.is_county_wide(), dispatching) {
                    // The county stands before all, so that its index gives the newest without sorting the rest.
                    (true, true) => of_county(&seat.county).and(here.or(held)),
                    (true, false) => of_county(&seat.county).and(here),
                    (false, true) => within(&seat.path).and(here).or(held),
                    (false, false) => within(&seat.path).and(here),
                });
            }
            Role::Officer => {
                parts.push(party_to(seat.organisation));
                if seat.association {
                    parts.push(to_deputise(&seat.county, now));
                }
            }
            Role::Leader => parts.push(party_to(seat.organisation)),
            Role::Supervisor | Role::Auditor => parts.push(of_county(&seat.county)),
            Role::Volunteer | Role::SystemAdministrator | Role::SecurityAdministrator => {}
        }
    }
    parts.into_iter().reduce(Clause::or)
}

/// The condition of a filter within a reader's reach.
fn condition(db: &Db, actor: &Actor, filter: &Filter, now: Moment) -> Option<Clause> {
    let mut all = match filter.narrow.as_role {
        Some(role) => own(actor, role)?,
        None if filter.mine || !actor.is_staff() => asked_by(actor.person),
        None => reach(actor, now)?,
    };
    if let Some(state) = filter.state {
        all = Clause::sql("orders.state = ").bind(state.as_str()).and(all);
    }
    if let Some(place) = &filter.place {
        all = within(place).and(all);
    }
    if let Some(department) = filter.department {
        all = Clause::sql("orders.department_id = ").bind(department.0).and(all);
    }
    if let Some(team) = filter.team {
        all = Clause::sql("orders.team_id = ").bind(team.0).and(all);
    }
    if filter.overdue {
        all = Clause::sql("orders.late_at IS NOT NULL").and(all);
    }
    if let Some(urgent) = filter.urgent {
        all = Clause::sql("orders.urgent = ").bind(urgent).and(all);
    }
    for one in filter.narrow.conditions(actor, filter.mine) {
        all = one.and(all);
    }
    if !filter.grams.is_empty() {
        let column = if reads_words(actor) || filter.mine || !actor.is_staff() { Column::Words } else { Column::Summary };
        all = db::matches(db, column, &filter.grams).and(all);
    }
    Some(all)
}

/// Whether a reader's search looks into the requester's own words: the others see, and find, the summary alone.
fn reads_words(actor: &Actor) -> bool {
    actor.grants.iter().all(|grant| matches!(grant.role, Role::Dispatcher | Role::Volunteer))
}

/// The lengths that are asked for, the next page's first row among them: few, since each is a statement of its own. A number in
/// its place would have PostgreSQL plan anew each time, for fear that it is a large one.
const LENGTHS: [i64; 3] = [21, 51, 101];

/// As [`Stored`] has them.
static COLUMNS: LazyLock<String> = LazyLock::new(|| {
    let columns = orders::table.inner_join(order_progress::table).select((orders::all_columns, order_progress::all_columns));
    format!("{}, (SELECT version FROM directory_version), order_windows.starts_at, order_windows.ends_at", db::columns(&columns))
});

type StoredSql = (orders::SqlType, order_progress::SqlType, Nullable<Text>, Nullable<(Timestamp, Timestamp)>);

/// The orders that a question cuts out, in no order: what belongs to each is joined after the cut, and to nothing else.
fn cut_out(db: &mut Db, cut: Clause) -> Result<Vec<Stored>> {
    let question = Clause::sql("SELECT ")
        .then(COLUMNS.as_str())
        .then(" FROM (")
        .with(cut)
        .then(") AS orders JOIN order_progress ON order_progress.order_id = orders.id LEFT JOIN order_windows ON order_windows.order_id = orders.id");
    let question = question.asked::<StoredSql>();
    Ok(on_engine!(db, conn => question.load(conn))?)
}

/// A page of orders within reach, newest first: one row more than asked for tells that there is a next page.
pub fn page(db: &mut Db, actor: &Actor, filter: &Filter, cursor: Cursor, now: Moment) -> Result<Vec<Order>> {
    let Some(mut condition) = condition(db, actor, filter, now) else { return Ok(Vec::new()) };
    if let Some(below) = cursor.below {
        condition = Clause::sql("orders.id < ").bind(below).and(condition);
    }
    let length = LENGTHS.into_iter().find(|length| *length > cursor.limit).unwrap_or(cursor.limit + 1);
    let cut = Clause::sql("SELECT * FROM orders WHERE ").with(condition).then(format!(" ORDER BY orders.id DESC LIMIT {length}"));
    let mut stored = cut_out(db, cut)?;
    stored.sort_unstable_by_key(|(row, ..)| std::cmp::Reverse(row.id));
    let mut orders = super::named(db, stored)?;
    orders.truncate(usize::try_from(cursor.limit + 1).unwrap_or(usize::MAX));
    Ok(orders)
}

/// How many orders in reach stand in each state; counting stops at `most`.
pub fn count_by_state(db: &mut Db, actor: &Actor, filter: &Filter, most: i64, now: Moment) -> Result<Vec<(State, i64)>> {
    let mut counts = Vec::with_capacity(State::ALL.len());
    for state in State::ALL {
        let filter = Filter { state: Some(*state), ..filter.clone() };
        let Some(condition) = condition(db, actor, &filter, now) else { continue };
        let question = Clause::sql("SELECT orders.id FROM orders WHERE ").with(condition).then(format!(" LIMIT {most}")).asked::<BigInt>();
        let ids: Vec<OrderId> = on_engine!(db, conn => question.load(conn))?;
        counts.push((*state, i64::try_from(ids.len()).unwrap_or(most)));
    }
    Ok(counts)
}

/// The orders that wait for a team and are open to this one (or offered to it): at most `most`, soonest deadline first, and
/// how many there are in all.
pub fn board(db: &mut Db, county: &str, team: OrganisationId, now: Moment, most: i64) -> Result<(Vec<Order>, i64)> {
    let open = of_county(county)
        .then(" AND orders.state = 'accepted' AND (p.offer_until IS NULL OR p.offer_until <= ")
        .bind(now)
        .then(" OR p.offer_team_id = ")
        .bind(team.0)
        .then(")");
    let from = " FROM orders JOIN order_progress AS p ON p.order_id = orders.id WHERE ";
    let cut = Clause::sql("SELECT orders.*").then(from).with(open.clone());
    let cut = cut.then(format!(" ORDER BY orders.urgent DESC, orders.due_at IS NULL, orders.due_at, orders.id LIMIT {most}"));
    let mut stored = cut_out(db, cut)?;
    stored.sort_unstable_by_key(|(row, ..)| (!row.urgent, row.due_at.is_none(), row.due_at, row.id));
    let orders = super::named(db, stored)?;
    let count = Clause::sql("SELECT COUNT(*)").then(from).with(open).asked::<BigInt>();
    let total = on_engine!(db, conn => count.get_result(conn))?;
    Ok((orders, total))
}
