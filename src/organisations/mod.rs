//! Centres, departments, teams and the units that host them.

mod change_store;
mod changes;
mod found;
pub mod http;
mod list_store;
mod store;

use chrono::NaiveDate;
use diesel::Queryable;

use crate::actor::{Jurisdiction, OrganisationKind, TeamKind};
use crate::clock::Moment;
use crate::db::{Anchor, Db, lean_on};
use crate::divisions;
use crate::error::{Error, Result};
use crate::ids::OrganisationId;

pub use changes::{Founding, OrganisationChange, TeamChange, TeamFacts, change, check, close, create, reopen};
pub(crate) use changes::{advanced, past, place};
pub use found::{NewOrganisation, NewTeam, put_organisation, put_team};
pub(crate) use list_store::containing;
pub use list_store::{Listed, ListedTeam, Wanted, listed};

/// An organisation and where it sits.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Organisation {
    pub id: OrganisationId,
    pub county: String,
    pub kind: OrganisationKind,
    /// The usual name.
    pub name: String,
    pub full_name: String,
    pub division_code: String,
    /// The path of its division.
    pub path: String,
    pub jurisdiction: Jurisdiction,
    /// Whether it is the county association (县科协).
    pub association: bool,
    pub active: bool,
    /// The desk's telephone, where the county has entered it.
    pub phone: Option<String>,
    /// Since when it is no more; empty: it is open.
    pub closed_on: Option<NaiveDate>,
    pub version: i64,
}

/// What makes an organisation a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    pub id: OrganisationId,
    pub county: String,
    /// Who answers for it; for a staff group the department, whose officers lead the group.
    pub host: OrganisationId,
    pub kind: TeamKind,
    /// Codes of the menu.
    pub fields: Vec<String>,
    /// The paths of the divisions that it serves, with all below them.
    pub reach: Vec<String>,
    /// As in BCP 47: `zh`, `ko`.
    pub languages: Vec<String>,
    /// When the county association checked it: before that it is on no county-wide claim board.
    pub checked_at: Option<Moment>,
    pub active: bool,
}

/// The organisation of an id.
pub fn get(db: &mut Db, id: OrganisationId) -> Result<Option<Organisation>> {
    store::organisation(db, id)
}

/// An open organisation on which something is to hang: it is not closed before this transaction ends. Nothing where it is closed.
pub fn held_open(db: &mut Db, id: OrganisationId) -> Result<Option<Organisation>> {
    lean_on(db, Anchor::Organisation(id.0))?;
    Ok(store::organisation(db, id)?.filter(|found| found.active))
}

/// As [`held_open`], of an organisation that was found open in this very transaction.
///
/// # Errors
/// `InTheWay` where it was closed since: the deed runs again and finds another.
pub fn stays_open(db: &mut Db, id: OrganisationId) -> Result<()> {
    held_open(db, id)?.map(|_| ()).ok_or_else(|| Error::InTheWay("the organisation was closed meanwhile".to_owned()))
}

/// The centres of a place and of all above it, nearest first. Which of them a place may use is for the caller to say: the
/// border of jurisdiction lies among them.
pub fn centres_up(db: &mut Db, path: &str) -> Result<Vec<Organisation>> {
    let codes: Vec<&str> = divisions::codes(path).collect();
    let mut centres = store::centres_of(db, &codes)?;
    centres.sort_by_key(|centre| std::cmp::Reverse(centre.path.len()));
    Ok(centres)
}

/// The organisation that a spelling means: by name, full name or alias; a department before others of the same spelling.
pub fn find_by_name(db: &mut Db, county: &str, spelling: &str) -> Result<Option<Organisation>> {
    let found = store::by_spelling(db, county, spelling)?;
    Ok(found.into_iter().min_by_key(|organisation| (organisation.kind != OrganisationKind::Department, organisation.name != spelling, organisation.id)))
}

/// The county association (县科协).
pub fn association(db: &mut Db, county: &str) -> Result<Option<Organisation>> {
    store::association(db, county)
}

/// What makes this organisation a team; empty where it is none.
pub fn team(db: &mut Db, id: OrganisationId) -> Result<Option<Team>> {
    let Some((county, host, kind, languages, checked_at, active)) = store::team(db, id)? else { return Ok(None) };
    let languages = languages.split_whitespace().map(str::to_owned).collect();
    Ok(Some(Team { id, county, host, kind, fields: store::fields_of(db, id)?, reach: store::reach_paths(db, id)?, languages, checked_at, active }))
}

/// The staff group of a department: its work is activity, never volunteer hours. The department's officers lead it.
pub fn staff_group_of(db: &mut Db, department: OrganisationId) -> Result<Option<OrganisationId>> {
    store::staff_group(db, department)
}

/// Those of these organisations that have somebody in their role now: a centre a dispatcher, a department an officer, a team a
/// leader. Whoever is not among them is without staff.
pub fn staffed(db: &mut Db, ids: &[OrganisationId], now: Moment) -> Result<Vec<OrganisationId>> {
    store::staffed(db, ids, now)
}
