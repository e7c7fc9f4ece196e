//! The SQL of changing organisations: every change is a compare-and-set on the version.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::Organisation;
use super::found::NewTeam;
use crate::actor::OrganisationKind;
use crate::clock::Moment;
use crate::db::Db;
use crate::error::Result;
use crate::ids::OrganisationId;
use crate::schema::{organisation_aliases, organisations, teams};

pub(super) fn has_centre(db: &mut Db, division: &str) -> Result<bool> {
    let centres = organisations::table.filter(organisations::division_code.eq(division)).filter(organisations::kind.eq(OrganisationKind::Centre));
    Ok(centres.count().get_result::<i64>(db)? > 0)
}

/// The organisation of a kind that has this name at this place.
pub(super) fn named(db: &mut Db, county: &str, kind: OrganisationKind, name: &str, division: &str) -> Result<Option<OrganisationId>> {
    Ok(organisations::table
        .filter(organisations::county.eq(county))
        .filter(organisations::kind.eq(kind))
        .filter(organisations::name.eq(name))
        .filter(organisations::division_code.eq(division))
        .select(organisations::id)
        .first(db)
        .optional()?)
}

pub(super) fn aliases(db: &mut Db, id: OrganisationId) -> Result<Vec<String>> {
    Ok(organisation_aliases::table
        .filter(organisation_aliases::organisation_id.eq(id))
        .order(organisation_aliases::alias)
        .select(organisation_aliases::alias)
        .load(db)?)
}

pub(super) fn set_aliases(db: &mut Db, county: &str, id: OrganisationId, aliases: &[String]) -> Result<()> {
    diesel::delete(organisation_aliases::table.filter(organisation_aliases::organisation_id.eq(id))).execute(db)?;
    for alias in aliases {
        super::store::insert_alias(db, county, alias, id)?;
    }
    Ok(())
}

pub(super) fn set_phone(db: &mut Db, id: OrganisationId, phone: Option<&str>) -> Result<()> {
    diesel::update(organisations::table.find(id)).set(organisations::phone.eq(phone)).execute(db)?;
    Ok(())
}

/// Writes the facts over the row of the version that they were made from; says whether it was still there.
pub(super) fn set_facts(db: &mut Db, new: &Organisation) -> Result<bool> {
    let moved = diesel::update(organisations::table.find(new.id).filter(organisations::version.eq(new.version)))
        .set((
            organisations::name.eq(&new.name),
            organisations::full_name.eq(&new.full_name),
            organisations::phone.eq(&new.phone),
            organisations::division_code.eq(&new.division_code),
            organisations::version.eq(new.version + 1),
        ))
        .execute(db)?;
    Ok(moved == 1)
}

pub(super) fn set_team(db: &mut Db, team: &NewTeam) -> Result<()> {
    let NewTeam { id, host, kind, intro, languages, reach: _ } = team;
    diesel::update(teams::table.find(id))
        .set((teams::host_id.eq(host), teams::kind.eq(kind), teams::intro.eq(intro), teams::languages.eq(languages.join(" "))))
        .execute(db)?;
    Ok(())
}

pub(super) fn set_closed(db: &mut Db, id: OrganisationId, version: i64, on: Option<NaiveDate>) -> Result<bool> {
    let moved = diesel::update(organisations::table.find(id).filter(organisations::version.eq(version)))
        .set((organisations::active.eq(on.is_none()), organisations::closed_on.eq(on), organisations::version.eq(version + 1)))
        .execute(db)?;
    Ok(moved == 1)
}

pub(super) fn set_checked(db: &mut Db, id: OrganisationId, version: i64, at: Moment) -> Result<bool> {
    let moved =
        diesel::update(organisations::table.find(id).filter(organisations::version.eq(version))).set(organisations::version.eq(version + 1)).execute(db)?;
    diesel::update(teams::table.find(id)).set(teams::checked_at.eq(Some(at))).execute(db)?;
    Ok(moved == 1)
}
