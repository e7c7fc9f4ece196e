//! The names and places that many rows point at: organisations, divisions, plan items; and what each county sets for itself: its
//! calendar and deadlines. They seldom change, so each process keeps
//! them in memory, by the version that the database gives them. The version is read in the same statement as the rows that need
//! names or seats, changes with every change of these tables (by trigger, so that no writer can forget it), is drawn at random
//! and so never comes back: a copy is never older than the statement it is used for, on any number of instances.

mod county;
mod store;

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use diesel::Queryable;

use crate::actor::{Seat, TeamKind};
use crate::db::Db;
use crate::error::Result;
use crate::ids::{OrganisationId, PlanItemId};

pub use county::{CountyRules, Deadline, DeadlineUnit, HolidayKind, Limit};
pub use store::version;

/// How many versions are kept: one database has one, the tests have many databases.
const KEPT: usize = 8;
/// How often loading is tried while the directory moves on underneath.
const TRIES: usize = 3;

/// The directory as of one version.
#[derive(Debug, Default)]
pub struct Directory {
    version: String,
    seats: HashMap<OrganisationId, Seat>,
    teams: HashMap<OrganisationId, (TeamKind, OrganisationId)>,
    /// The short names of divisions, by code.
    places: HashMap<String, String>,
    tasks: HashMap<PlanItemId, Task>,
    /// By the code of the county.
    counties: HashMap<String, CountyRules>,
}

/// A programme or task of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Task {
    /// The plan's code.
    pub plan: String,
    pub code: String,
    pub title: String,
}

impl Directory {
    /// An organisation with where it sits.
    pub fn seat(&self, id: OrganisationId) -> Option<&Seat> {
        self.seats.get(&id)
    }

    /// The usual name of an organisation.
    pub fn name(&self, id: OrganisationId) -> Option<&str> {
        self.seat(id).map(|seat| seat.name.as_str())
    }

    /// What a team's work counts as, and who answers for it; empty where the organisation is no team.
    pub fn team(&self, id: OrganisationId) -> Option<(TeamKind, OrganisationId)> {
        self.teams.get(&id).copied()
    }

    /// The short name of a division.
    pub fn place(&self, code: &str) -> Option<&str> {
        self.places.get(code).map(String::as_str)
    }

    /// An item of a plan.
    pub fn task(&self, id: PlanItemId) -> Option<&Task> {
        self.tasks.get(&id)
    }

    /// The calendar and the deadlines of a county; empty where this database does not hold it.
    pub fn county(&self, code: &str) -> Option<&CountyRules> {
        self.counties.get(code)
    }
}

static KNOWN: RwLock<Vec<Arc<Directory>>> = RwLock::new(Vec::new());

/// The directory as it is now: for what comes with no row that brings its version along.
pub fn current(db: &mut Db) -> Result<Arc<Directory>> {
    let version = store::now(db)?;
    at(db, Some(&version))
}

/// The directory at a version that a statement gave, or a newer one.
pub fn at(db: &mut Db, version: Option<&str>) -> Result<Arc<Directory>> {
    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner).iter().find(|known| Some(known.version.as_str()) == version).cloned();
    if let Some(known) = known {
        return Ok(known);
    }
    let (loaded, settled) = load(db)?;
    let loaded = Arc::new(loaded);
    if settled {
        let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
        known.retain(|known| known.version != loaded.version);
        known.truncate(KEPT - 1);
        known.insert(0, loaded.clone());
    }
    Ok(loaded)
}

/// Reads all of it, and whether it stood still meanwhile. What did not is good for the one who asks, as several statements always
/// are, and is not kept.
fn load(db: &mut Db) -> Result<(Directory, bool)> {
    let mut loaded = Directory { version: store::now(db)?, ..Directory::default() };
    for _ in 0..TRIES {
        store::read(db, &mut loaded)?;
        let version = store::now(db)?;
        if version == loaded.version {
            return Ok((loaded, true));
        }
        loaded = Directory { version, ..loaded };
    }
    Ok((loaded, false))
}
