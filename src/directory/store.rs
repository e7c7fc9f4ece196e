//! The SQL of the directory: it reads tables that others write.

use diesel::prelude::*;

use super::{Directory, Task};
use crate::actor::{Jurisdiction, OrganisationKind, Seat, TeamKind};
use crate::db::Db;
use crate::error::Result;
use crate::ids::{OrganisationId, PlanItemId};
use crate::schema::{directory_version, divisions, organisations, plan_items, plans, teams};

/// The version, to be read as one more column of the statement that gives the rows.
#[diesel::dsl::auto_type(no_type_alias)]
pub fn version() -> _ {
    directory_version::table.select(directory_version::version).single_value()
}

pub(super) fn now(db: &mut Db) -> Result<String> {
    Ok(directory_version::table.select(directory_version::version).first(db)?)
}

pub(super) fn read(db: &mut Db, into: &mut Directory) -> Result<()> {
    type SeatRow = (OrganisationId, String, OrganisationKind, String, String, String, Jurisdiction, bool);
    let seats: Vec<SeatRow> = organisations::table
        .inner_join(divisions::table)
        .select((
            organisations::id,
            organisations::name,
            organisations::kind,
            organisations::county,
            organisations::division_code,
            divisions::path,
            divisions::jurisdiction,
            organisations::association,
        ))
        .load(db)?;
    let seat = |(organisation, name, kind, county, division, path, jurisdiction, association): SeatRow| {
        (organisation, Seat { organisation, name, kind, county, division, path, jurisdiction, association })
    };
    into.seats = seats.into_iter().map(seat).collect();
    let teams: Vec<(OrganisationId, TeamKind, OrganisationId)> = teams::table.select((teams::organisation_id, teams::kind, teams::host_id)).load(db)?;
    into.teams = teams.into_iter().map(|(id, kind, host)| (id, (kind, host))).collect();
    into.places = divisions::table.select((divisions::code, divisions::short_name)).load(db)?.into_iter().collect();
    let tasks: Vec<(PlanItemId, Task)> =
        plan_items::table.inner_join(plans::table).select((plan_items::id, (plans::code, plan_items::code, plan_items::title))).load(db)?;
    into.tasks = tasks.into_iter().collect();
    Ok(())
}
