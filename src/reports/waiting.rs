//! Where orders wait, how long, and what is late: by stage, township and department.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;
use utoipa::ToSchema;

use super::cells::{Cell, OrdersFilter, StageCell, stages};
use super::rules;
use super::store::{self, Counted};
use crate::actor::{Act, Actor, Jurisdiction};
use crate::clock::{Calendar, Moment};
use crate::db::{Clause, Db};
use crate::divisions::{self, Division};
use crate::error::{Refusal, Result};
use crate::ids::OrganisationId;
use crate::orders::state::State;
use crate::orders::store::{AsRole, own};
use crate::organisations;
use crate::plan;

/// How long something has waited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Wait {
    /// Whole hours, day and night.
    #[schema(example = 49)]
    pub hours: i64,
    /// Working days of the county's calendar that have closed since.
    #[schema(example = 1)]
    pub working_days: u32,
}

/// The orders of one stage, and how long they have stood in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StageRow {
    #[serde(flatten)]
    pub stage: StageCell,
    /// Of the one in the middle, of two the shorter; null where none waits.
    pub median_wait: Option<Wait>,
    pub longest_wait: Option<Wait>,
}

/// The orders of a township.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TownshipRow {
    #[schema(example = "230522100000")]
    pub code: String,
    #[schema(example = "友谊镇")]
    pub name: String,
    /// Those of the state farm stand after a border.
    pub jurisdiction: Jurisdiction,
    /// Orders of the county itself, which lie in no township.
    pub is_county: bool,
    pub open: Cell,
    /// Always all seven, in the order of the chain.
    pub stages: Vec<StageCell>,
}

/// The orders that a department leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DepartmentRow {
    /// Null: no department leads them.
    pub id: Option<OrganisationId>,
    #[schema(example = "县卫生健康局")]
    pub name: Option<String>,
    /// Whether it has an officer.
    pub staffed: Option<bool>,
    pub active: Option<bool>,
    pub open: Cell,
    /// Always all seven, in the order of the chain.
    pub stages: Vec<StageCell>,
}

/// Where orders wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WaitingReport {
    pub as_role: AsRole,
    pub as_of: Moment,
    pub open: Cell,
    /// Those that nobody took, ever.
    pub unmet: Cell,
    /// Always all seven, in the order of the chain.
    pub stages: Vec<StageRow>,
    /// In the order of their codes, the state farm's last.
    pub townships: Vec<TownshipRow>,
    /// In the order in which the plan names them; never by how much they have to do.
    pub departments: Vec<DepartmentRow>,
}

/// Where orders wait, for somebody in one of their roles: so many statements, however many orders there are.
pub fn waiting(db: &mut Db, act: &Act, actor: &Actor, as_role: AsRole) -> Result<WaitingReport> {
    let of = || own(actor, as_role).ok_or_else(Refusal::not_found);
    let counted = store::waiting(db, of()?)?;
    let all: Vec<&Counted> = counted.iter().collect();
    let filter = OrdersFilter { as_role: Some(as_role), ..OrdersFilter::default() };
    let (open, cells) = stages(&all, &filter);
    let unmet = OrdersFilter { state: Some(State::Unmet), ..filter.clone() };
    let unmet = Cell { count: store::in_state(db, of()?, State::Unmet)?, late: 0, filter: unmet, late_filter: None };
    let counties: Vec<&str> = counties(actor, as_role);
    let Some(first) = counties.first() else { return Err(Refusal::not_found().into()) };
    let calendar = divisions::calendar(db, first)?;
    let mut rows = Vec::with_capacity(cells.len());
    for stage in cells {
        rows.push(stage_row(db, of()?, stage, &counted, &calendar, act.now)?);
    }
    let (mut townships, mut departments) = (Vec::new(), Vec::new());
    for county in counties {
        townships.extend(townships_of(db, actor, as_role, county, &counted, &filter)?);
        departments.extend(departments_of(db, act, actor, as_role, county, &counted, &filter)?);
    }
    if as_role != AsRole::Officer {
        departments.push(without_department(&counted, &filter));
    }
    Ok(WaitingReport { as_role, as_of: act.now, open, unmet, stages: rows, townships, departments })
}

/// The counties that somebody's seats of a role lie in.
fn counties(actor: &Actor, as_role: AsRole) -> Vec<&str> {
    let mut counties: Vec<&str> = actor.seats(as_role.role()).map(|seat| seat.county.as_str()).collect();
    counties.sort_unstable();
    counties.dedup();
    counties
}

fn stage_row(db: &mut Db, of: Clause, stage: StageCell, counted: &[Counted], calendar: &Calendar, now: Moment) -> Result<StageRow> {
    let wait = |since: Moment| Wait { hours: now.since(since).num_hours(), working_days: calendar.working_days_closed(since, now) };
    let longest_wait = counted.iter().filter(|row| row.state == stage.state).filter_map(|row| row.since).min().map(wait);
    let median = match stage.cell.count {
        0 => None,
        count => store::stands_since(db, of, stage.state, rules::middle(count))?,
    };
    Ok(StageRow { stage, median_wait: median.map(wait), longest_wait })
}

/// Those townships of a county that the reader has to do with: all for the supervisor, those of the area for a dispatcher; and
/// every one that has an order.
fn townships_of(db: &mut Db, actor: &Actor, as_role: AsRole, county: &str, counted: &[Counted], filter: &OrdersFilter) -> Result<Vec<TownshipRow>> {
    let mut by_township: BTreeMap<&str, Vec<&Counted>> = BTreeMap::new();
    for row in counted {
        by_township.entry(rules::township(&row.place_path)).or_default().push(row);
    }
    let concerns = |division: &Division| match as_role {
        AsRole::Supervisor => true,
        AsRole::Dispatcher => {
            actor.seats(as_role.role()).any(|seat| seat.covers(&division.path, division.jurisdiction) || seat.path.starts_with(&division.path))
        }
        AsRole::Officer | AsRole::Leader => false,
    };
    let mut divisions = divisions::of_county(db, county)?;
    divisions.retain(|division| rules::township(&division.path) == division.path);
    divisions.sort_by_key(|division| (division.jurisdiction != Jurisdiction::County, division.code.clone()));
    let rows = divisions.into_iter().filter_map(|division| {
        let is_county = division.code == county;
        let counted = by_township.remove(division.path.as_str()).unwrap_or_default();
        if counted.is_empty() && (is_county || !concerns(&division)) {
            return None;
        }
        let filter = OrdersFilter { division: Some(division.code.clone()), only_here: is_county.then_some(true), ..filter.clone() };
        let (open, stages) = stages(&counted, &filter);
        Some(TownshipRow { code: division.code, name: division.short_name, jurisdiction: division.jurisdiction, is_county, open, stages })
    });
    Ok(rows.collect())
}

/// A county's departments in the order of its plan: all that are active, for an officer their own; and every one that has an order.
fn departments_of(
    db: &mut Db,
    act: &Act,
    actor: &Actor,
    as_role: AsRole,
    county: &str,
    counted: &[Counted],
    filter: &OrdersFilter,
) -> Result<Vec<DepartmentRow>> {
    let leading: HashSet<OrganisationId> = counted.iter().filter_map(|row| row.department).collect();
    let mut rows = store::departments(db, county)?;
    rows.retain(|row| leading.contains(&row.id) || if as_role == AsRole::Officer { actor.is(as_role.role(), row.id) } else { row.active });
    let ids: Vec<OrganisationId> = rows.iter().map(|row| row.id).collect();
    let staffed: HashSet<OrganisationId> = organisations::staffed(db, &ids, act.now)?.into_iter().collect();
    let today = act.now.day(divisions::zone(db, county)?);
    let order = match plan::current(db, county, today)? {
        Some(current) => {
            let (items, units) = plan::items(db, current.id)?;
            rules::in_plan_order(&items, &units, &ids)
        }
        None => ids,
    };
    let place = |id: OrganisationId| order.iter().position(|known| *known == id);
    rows.sort_by_key(|row| place(row.id));
    let row = |row: store::DepartmentRow| {
        let counted: Vec<&Counted> = counted.iter().filter(|counted| counted.department == Some(row.id)).collect();
        let (open, stages) = stages(&counted, &OrdersFilter { department_id: Some(row.id), ..filter.clone() });
        DepartmentRow { id: Some(row.id), name: Some(row.name), staffed: Some(staffed.contains(&row.id)), active: Some(row.active), open, stages }
    };
    Ok(rows.into_iter().map(row).collect())
}

/// The orders that no department leads: not dispatched yet, returned, or answered where they came in.
fn without_department(counted: &[Counted], filter: &OrdersFilter) -> DepartmentRow {
    let counted: Vec<&Counted> = counted.iter().filter(|row| row.department.is_none()).collect();
    let (open, stages) = stages(&counted, &OrdersFilter { without_department: Some(true), ..filter.clone() });
    DepartmentRow { id: None, name: None, staffed: None, active: None, open, stages }
}
