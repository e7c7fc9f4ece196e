//! The SQL of the directory: it reads tables that others write.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{CountyRules, Deadline, DeadlineUnit, Directory, HolidayKind, Task};
use crate::actor::{Jurisdiction, OrganisationKind, Seat, TeamKind};
use crate::db::Db;
use crate::error::Result;
use crate::ids::{OrganisationId, PlanItemId};
use crate::schema::{counties, deadlines, directory_version, divisions, holidays, organisations, plan_items, plans, teams};

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
    read_rules(db, into)
}

fn read_rules(db: &mut Db, into: &mut Directory) -> Result<()> {
    let zones: Vec<(String, String)> = counties::table.select((counties::code, counties::time_zone)).load(db)?;
    into.counties = zones.into_iter().map(|(code, zone)| (code, CountyRules::in_zone(&zone))).collect();
    let limits: Vec<(String, String, bool, i32, DeadlineUnit)> =
        deadlines::table.select((deadlines::county, deadlines::stage, deadlines::urgent, deadlines::amount, deadlines::unit)).load(db)?;
    for (county, stage, urgent, amount, unit) in limits {
        if let Some(rules) = into.counties.get_mut(&county) {
            rules.deadlines.entry(stage).or_default()[usize::from(urgent)] = Some(Deadline { amount, unit });
        }
    }
    let days: Vec<(String, NaiveDate, HolidayKind)> =
        holidays::table.order(holidays::day).select((holidays::county, holidays::day, holidays::kind)).load(db)?;
    for (county, day, kind) in days {
        if let Some(rules) = into.counties.get_mut(&county) {
            match kind {
                HolidayKind::Off => rules.calendar.off.push(day),
                HolidayKind::Work => rules.calendar.worked.push(day),
            }
        }
    }
    Ok(())
}
