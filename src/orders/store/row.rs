//! One order with what decides its next move, and the names that a reader needs: one statement.

use std::sync::Arc;

use diesel::prelude::*;

use crate::actor::{Jurisdiction, OrganisationKind, TeamKind};
use crate::clock::Moment;
use crate::db::{self, Anchor, Db};
use crate::directory::{self, Directory, Task};
use crate::error::Result;
pub use crate::events::Audience;
use crate::ids::{EventId, OrderId, OrganisationId, PersonId, PlanItemId};
use crate::schema::{divisions as places, grants, order_parties, order_progress, order_windows, orders, organisations};
use crate::{divisions, on_engine, text_enum};

use super::super::state::State;

text_enum! {
    /// How an order reached the station.
    pub enum Channel { Web = "web", Desk = "desk", Phone = "phone", Visit = "visit", Other = "other" }
}

text_enum! {
    /// What an organisation has or had to do with an order.
    pub enum PartyKind { Lead = "lead", CoUnit = "co_unit", Offered = "offered", Team = "team" }
}

/// A row of `orders`, in the order of its columns.
#[derive(Debug, Clone, Queryable)]
pub struct OrderRow {
    pub id: OrderId,
    pub number: String,
    pub county: String,
    pub division_code: String,
    pub place_path: String,
    pub jurisdiction: Jurisdiction,
    pub state: State,
    pub version: i64,
    pub title: String,
    pub audience: Audience,
    pub attendees: i32,
    pub urgent: bool,
    pub channel: Channel,
    pub requester_id: Option<PersonId>,
    pub entered_by: Option<PersonId>,
    pub requesting_organisation_id: Option<OrganisationId>,
    pub holding_centre_id: OrganisationId,
    pub department_id: Option<OrganisationId>,
    pub summary: Option<String>,
    pub plan_item_id: Option<PlanItemId>,
    pub outside_plan: bool,
    pub team_id: Option<OrganisationId>,
    pub merged_into: Option<OrderId>,
    pub submitted_at: Moment,
    pub stage_at: Moment,
    pub due_at: Option<Moment>,
    pub late_at: Option<Moment>,
    pub first_from: Option<Moment>,
    pub last_until: Option<Moment>,
    pub ended_at: Option<Moment>,
}

/// A row of `order_progress`, in the order of its columns.
#[derive(Debug, Clone, Queryable)]
pub struct ProgressRow {
    pub order_id: OrderId,
    pub details: String,
    pub track_hash: String,
    pub requirements: Option<String>,
    pub dispatched_by: Option<PersonId>,
    pub dispatching_centre_id: Option<OrganisationId>,
    pub returns: i32,
    pub decided: bool,
    pub offer_team_id: Option<OrganisationId>,
    pub offer_until: Option<Moment>,
    pub paused_at: Option<Moment>,
    pub paused_minutes: i32,
    pub rung: i32,
    pub rung_at: Option<Moment>,
    pub new_times_asked_at: Option<Moment>,
    pub questions: i32,
    pub proposals: i32,
    pub event_id: Option<EventId>,
    pub starts_at: Option<Moment>,
    pub ends_at: Option<Moment>,
    pub stars: Option<i32>,
    pub disputes: i32,
    pub disputed_from: Option<State>,
    pub reopened: i32,
    /// Whether the requester agreed that others may come.
    pub others_may_come: bool,
}

/// The names beside an order.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// The short names of the place, from the township down.
    pub path: Vec<String>,
    pub centre: String,
    pub department: Option<String>,
    pub team: Option<String>,
    pub team_kind: Option<TeamKind>,
    pub team_host: Option<OrganisationId>,
    pub offer_team: Option<String>,
    pub offer_team_kind: Option<TeamKind>,
    pub offer_team_host: Option<OrganisationId>,
    pub task: Option<Task>,
}

/// An order as it stands.
#[derive(Debug, Clone)]
pub struct Order {
    pub row: OrderRow,
    pub progress: ProgressRow,
    pub names: Names,
    /// When it suits, in order of time.
    pub windows: Vec<(Moment, Moment)>,
    /// The names, the calendar and the deadlines, as they were when it was read.
    pub directory: Arc<Directory>,
}

/// A row as the database gives it: an order as often as it has windows, with the version of the directory that has its names.
pub(super) type Stored = (OrderRow, ProgressRow, Option<String>, Option<(Moment, Moment)>);

/// The one question behind every reading of an order.
#[macro_export]
macro_rules! order_rows {
    () => {
        orders::table.inner_join(order_progress::table).left_join(order_windows::table.on(order_windows::order_id.eq(orders::id))).select((
            orders::all_columns,
            order_progress::all_columns,
            $crate::directory::version(),
            (order_windows::starts_at, order_windows::ends_at).nullable(),
        ))
    };
}

/// Puts the rows of each order together, which stand side by side, and adds the names that a reader needs without asking the
/// database for them.
pub(super) fn named(db: &mut Db, stored: Vec<Stored>) -> Result<Vec<Order>> {
    let Some((_, _, version, _)) = stored.first() else { return Ok(Vec::new()) };
    let directory = directory::at(db, version.as_deref())?;
    let mut orders: Vec<Order> = Vec::with_capacity(stored.len());
    for (row, progress, _, window) in stored {
        match orders.last_mut() {
            Some(order) if order.row.id == row.id => {
                order.windows.extend(window);
                order.windows.sort_unstable();
            }
            _ => {
                let names = names(&directory, &row, &progress);
                orders.push(Order { row, progress, names, windows: window.into_iter().collect(), directory: directory.clone() });
            }
        }
    }
    Ok(orders)
}

fn names(directory: &Directory, row: &OrderRow, progress: &ProgressRow) -> Names {
    let name = |id: OrganisationId| directory.name(id).map(str::to_owned);
    let team = row.team_id.and_then(|id| directory.team(id));
    let offered = progress.offer_team_id.and_then(|id| directory.team(id));
    Names {
        path: divisions::codes(&row.place_path).skip(1).filter_map(|code| directory.place(code)).map(str::to_owned).collect(),
        centre: name(row.holding_centre_id).unwrap_or_default(),
        department: row.department_id.and_then(name),
        team: row.team_id.and_then(name),
        team_kind: team.map(|(kind, _)| kind),
        team_host: team.map(|(_, host)| host),
        offer_team: progress.offer_team_id.and_then(name),
        offer_team_kind: offered.map(|(kind, _)| kind),
        offer_team_host: offered.map(|(_, host)| host),
        task: row.plan_item_id.and_then(|id| directory.task(id)).cloned(),
    }
}

/// An order by its id, whoever asks: reach is judged on what it gives.
pub fn find(db: &mut Db, id: OrderId) -> Result<Option<Order>> {
    let stored: Vec<Stored> = on_engine!(db, conn => order_rows!().filter(orders::id.eq(id)).load(conn))?;
    Ok(named(db, stored)?.pop())
}

/// Several orders, by their ids, newest first.
pub fn find_all(db: &mut Db, ids: &[OrderId]) -> Result<Vec<Order>> {
    let stored: Vec<Stored> = on_engine!(db, conn => order_rows!().filter(db::one_of(orders::id, ids)).order(orders::id.desc()).load(conn))?;
    named(db, stored)
}

/// The order that a tracking token opens: its hash is stored, never the token.
pub fn find_by_track_hash(db: &mut Db, hash: &str) -> Result<Option<OrderId>> {
    Ok(order_progress::table.filter(order_progress::track_hash.eq(hash)).select(order_progress::order_id).first(db).optional()?)
}

/// The order of a number.
pub fn find_by_number(db: &mut Db, number: &str) -> Result<Option<OrderId>> {
    Ok(orders::table.filter(orders::number.eq(number)).select(orders::id).first(db).optional()?)
}

/// The open orders that were merged into one.
pub fn merged_into(db: &mut Db, id: OrderId) -> Result<Vec<OrderId>> {
    Ok(orders::table.filter(orders::merged_into.eq(id)).filter(orders::state.eq(State::Merged)).select(orders::id).load(db)?)
}

/// Whether an organisation is of this kind, in this county and open, and stays so: for what a move's body names.
pub fn is_kind(db: &mut Db, id: OrganisationId, county: &str, kind: OrganisationKind) -> Result<bool> {
    db::lean_on(db, Anchor::Organisation(id.0))?;
    let found = organisations::table
        .filter(organisations::id.eq(id))
        .filter(organisations::county.eq(county))
        .filter(organisations::kind.eq(kind))
        .filter(organisations::active.eq(true));
    Ok(diesel::select(diesel::dsl::exists(found)).get_result(db)?)
}

/// An organisation's part in an order.
#[derive(Debug, Clone, Copy, Queryable)]
pub struct Party {
    pub order: OrderId,
    pub kind: PartyKind,
    pub organisation: OrganisationId,
    /// The last version that a former party reads; empty while it is one.
    pub until: Option<i64>,
}

/// The parts of organisations in several orders.
pub fn parties_of(db: &mut Db, ids: &[OrderId]) -> Result<Vec<Party>> {
    Ok(order_parties::table
        .filter(db::one_of(order_parties::order_id, ids))
        .select((order_parties::order_id, order_parties::part, order_parties::organisation_id, order_parties::until_version))
        .load(db)?)
}

/// Those of several orders into which one of a person's own was merged.
pub fn merged_for(db: &mut Db, ids: &[OrderId], person: PersonId) -> Result<Vec<OrderId>> {
    let into: Vec<Option<OrderId>> =
        orders::table.filter(orders::merged_into.eq_any(ids)).filter(orders::requester_id.eq(person)).select(orders::merged_into).load(db)?;
    Ok(into.into_iter().flatten().collect())
}

/// That of several orders into which this one was merged.
pub fn joined_by(db: &mut Db, ids: &[OrderId], own: OrderId) -> Result<Vec<OrderId>> {
    let into: Vec<Option<OrderId>> = orders::table.filter(orders::id.eq(own)).filter(orders::merged_into.eq_any(ids)).select(orders::merged_into).load(db)?;
    Ok(into.into_iter().flatten().collect())
}

/// Those of several departments that have no officer.
pub fn without_officer(db: &mut Db, wanted: &[OrganisationId], now: Moment) -> Result<Vec<OrganisationId>> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let staffed: Vec<Option<OrganisationId>> = grants::table
        .filter(grants::role.eq(crate::actor::Role::Officer))
        .filter(grants::organisation_id.eq_any(wanted))
        .filter(grants::starts_at.le(now))
        .filter(grants::ends_at.is_null().or(grants::ends_at.gt(now)))
        .select(grants::organisation_id)
        .distinct()
        .load(db)?;
    Ok(wanted.iter().filter(|department| !staffed.contains(&Some(**department))).copied().collect())
}

/// The paths of several centres.
pub fn centre_paths(db: &mut Db, wanted: &[OrganisationId]) -> Result<Vec<(OrganisationId, String)>> {
    Ok(organisations::table.inner_join(places::table).filter(organisations::id.eq_any(wanted)).select((organisations::id, places::path)).load(db)?)
}
