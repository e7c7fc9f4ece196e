//! The SQL of organisations.

use diesel::dsl::auto_type;
use diesel::prelude::*;

use super::Organisation;
use super::found::{NewOrganisation, NewTeam};
use crate::actor::{OrganisationKind, Role, TeamKind};
use crate::clock::Moment;
use crate::db::Db;
use crate::error::Result;
use crate::ids::OrganisationId;
use crate::schema::{divisions, grants, organisation_aliases, organisation_fields, organisations, team_reach, teams};

#[auto_type(no_type_alias)]
pub(super) fn placed() -> _ {
    organisations::table.inner_join(divisions::table).select((
        organisations::id,
        organisations::county,
        organisations::kind,
        organisations::name,
        organisations::full_name,
        organisations::division_code,
        divisions::path,
        divisions::jurisdiction,
        organisations::association,
        organisations::active,
        organisations::phone,
        organisations::closed_on,
        organisations::version,
    ))
}

pub(super) fn organisation(db: &mut Db, id: OrganisationId) -> Result<Option<Organisation>> {
    Ok(placed().filter(organisations::id.eq(id)).first(db).optional()?)
}

pub(super) fn centres_of(db: &mut Db, codes: &[&str]) -> Result<Vec<Organisation>> {
    Ok(placed()
        .filter(organisations::kind.eq(OrganisationKind::Centre))
        .filter(organisations::active.eq(true))
        .filter(organisations::division_code.eq_any(codes))
        .load(db)?)
}

pub(super) fn by_spelling(db: &mut Db, county: &str, spelling: &str) -> Result<Vec<Organisation>> {
    let aliased = organisation_aliases::table
        .filter(organisation_aliases::county.eq(county))
        .filter(organisation_aliases::alias.eq(spelling))
        .select(organisation_aliases::organisation_id);
    Ok(placed()
        .filter(organisations::county.eq(county))
        .filter(organisations::name.eq(spelling).or(organisations::full_name.eq(spelling)).or(organisations::id.eq_any(aliased)))
        .load(db)?)
}

pub(super) fn association(db: &mut Db, county: &str) -> Result<Option<Organisation>> {
    Ok(placed().filter(organisations::county.eq(county)).filter(organisations::association.eq(true)).first(db).optional()?)
}

type TeamRow = (String, OrganisationId, TeamKind, String, Option<Moment>, bool);

pub(super) fn team(db: &mut Db, id: OrganisationId) -> Result<Option<TeamRow>> {
    Ok(teams::table
        .inner_join(organisations::table.on(teams::organisation_id.eq(organisations::id)))
        .filter(teams::organisation_id.eq(id))
        .select((organisations::county, teams::host_id, teams::kind, teams::languages, teams::checked_at, organisations::active))
        .first(db)
        .optional()?)
}

pub(super) fn fields_of(db: &mut Db, id: OrganisationId) -> Result<Vec<String>> {
    Ok(organisation_fields::table
        .filter(organisation_fields::organisation_id.eq(id))
        .order(organisation_fields::field)
        .select(organisation_fields::field)
        .load(db)?)
}

pub(super) fn reach_paths(db: &mut Db, id: OrganisationId) -> Result<Vec<String>> {
    Ok(team_reach::table.inner_join(divisions::table).filter(team_reach::team_id.eq(id)).order(divisions::path).select(divisions::path).load(db)?)
}

pub(super) fn staff_group(db: &mut Db, department: OrganisationId) -> Result<Option<OrganisationId>> {
    Ok(teams::table
        .filter(teams::host_id.eq(department))
        .filter(teams::kind.eq(TeamKind::Staff))
        .order(teams::organisation_id)
        .select(teams::organisation_id)
        .first(db)
        .optional()?)
}

pub(super) fn staffed(db: &mut Db, ids: &[OrganisationId], now: Moment) -> Result<Vec<OrganisationId>> {
    let holders: Vec<Option<OrganisationId>> = grants::table
        .filter(grants::organisation_id.eq_any(ids))
        .filter(grants::role.eq_any([Role::Dispatcher, Role::Officer, Role::Leader]))
        .filter(grants::starts_at.le(now))
        .filter(grants::ends_at.is_null().or(grants::ends_at.gt(now)))
        .filter(grants::needs_second.eq(false).or(grants::second_at.is_not_null()))
        .select(grants::organisation_id)
        .distinct()
        .load(db)?;
    Ok(holders.into_iter().flatten().collect())
}

/// The row that a new organisation would be, where it is there already: a division has one centre, whatever its name.
pub(super) fn like(db: &mut Db, new: &NewOrganisation) -> Result<Option<Organisation>> {
    let mut query = placed()
        .filter(organisations::county.eq(&new.county))
        .filter(organisations::kind.eq(new.kind))
        .filter(organisations::division_code.eq(&new.division_code))
        .into_boxed::<crate::db::Backend>();
    if new.kind != OrganisationKind::Centre {
        query = query.filter(organisations::name.eq(&new.name));
    }
    Ok(query.first(db).optional()?)
}

pub(super) fn insert(db: &mut Db, new: &NewOrganisation) -> Result<OrganisationId> {
    let NewOrganisation { county, kind, name, full_name, division_code, association, aliases: _, fields: _ } = new;
    Ok(diesel::insert_into(organisations::table)
        .values((
            organisations::county.eq(county),
            organisations::kind.eq(kind),
            organisations::name.eq(name),
            organisations::full_name.eq(full_name),
            organisations::division_code.eq(division_code),
            organisations::association.eq(association),
        ))
        .returning(organisations::id)
        .get_result(db)?)
}

pub(super) fn update(db: &mut Db, id: OrganisationId, new: &NewOrganisation) -> Result<()> {
    diesel::update(organisations::table.find(id))
        .set((
            organisations::name.eq(&new.name),
            organisations::full_name.eq(&new.full_name),
            organisations::association.eq(new.association),
            organisations::version.eq(organisations::version + 1),
        ))
        .execute(db)?;
    Ok(())
}

/// A county has one association: the one before makes room.
pub(super) fn drop_association(db: &mut Db, county: &str) -> Result<()> {
    diesel::update(organisations::table.filter(organisations::county.eq(county)).filter(organisations::association.eq(true)))
        .set(organisations::association.eq(false))
        .execute(db)?;
    Ok(())
}

pub(super) fn alias_owner(db: &mut Db, county: &str, alias: &str) -> Result<Option<OrganisationId>> {
    Ok(organisation_aliases::table.find((county, alias)).select(organisation_aliases::organisation_id).first(db).optional()?)
}

pub(super) fn insert_alias(db: &mut Db, county: &str, alias: &str, id: OrganisationId) -> Result<()> {
    diesel::insert_into(organisation_aliases::table)
        .values((organisation_aliases::county.eq(county), organisation_aliases::alias.eq(alias), organisation_aliases::organisation_id.eq(id)))
        .execute(db)?;
    Ok(())
}

pub(super) fn move_alias(db: &mut Db, county: &str, alias: &str, id: OrganisationId) -> Result<()> {
    diesel::update(organisation_aliases::table.find((county, alias))).set(organisation_aliases::organisation_id.eq(id)).execute(db)?;
    Ok(())
}

pub(super) fn set_fields(db: &mut Db, id: OrganisationId, fields: &[String]) -> Result<()> {
    diesel::delete(organisation_fields::table.filter(organisation_fields::organisation_id.eq(id))).execute(db)?;
    for field in fields {
        diesel::insert_into(organisation_fields::table)
            .values((organisation_fields::organisation_id.eq(id), organisation_fields::field.eq(field)))
            .execute(db)?;
    }
    Ok(())
}

pub(super) fn team_facts(db: &mut Db, id: OrganisationId) -> Result<Option<(OrganisationId, TeamKind, String, String)>> {
    Ok(teams::table.find(id).select((teams::host_id, teams::kind, teams::intro, teams::languages)).first(db).optional()?)
}

pub(super) fn insert_team(db: &mut Db, team: &NewTeam, checked_at: Option<Moment>) -> Result<()> {
    let NewTeam { id, host, kind, intro, languages, reach: _ } = team;
    diesel::insert_into(teams::table)
        .values((
            teams::organisation_id.eq(id),
            teams::host_id.eq(host),
            teams::kind.eq(kind),
            teams::intro.eq(intro),
            teams::languages.eq(languages.join(" ")),
            teams::checked_at.eq(checked_at),
        ))
        .execute(db)?;
    Ok(())
}

pub(super) fn update_team(db: &mut Db, team: &NewTeam) -> Result<()> {
    let NewTeam { id, host, kind, intro, languages, reach: _ } = team;
    diesel::update(teams::table.find(id))
        .set((teams::host_id.eq(host), teams::kind.eq(kind), teams::intro.eq(intro), teams::languages.eq(languages.join(" "))))
        .execute(db)?;
    diesel::update(organisations::table.find(id)).set(organisations::version.eq(organisations::version + 1)).execute(db)?;
    Ok(())
}

pub(super) fn reach_codes(db: &mut Db, id: OrganisationId) -> Result<Vec<String>> {
    Ok(team_reach::table.filter(team_reach::team_id.eq(id)).order(team_reach::division_code).select(team_reach::division_code).load(db)?)
}

pub(super) fn set_reach(db: &mut Db, id: OrganisationId, codes: &[String]) -> Result<()> {
    diesel::delete(team_reach::table.filter(team_reach::team_id.eq(id))).execute(db)?;
    for code in codes {
        diesel::insert_into(team_reach::table).values((team_reach::team_id.eq(id), team_reach::division_code.eq(code))).execute(db)?;
    }
    Ok(())
}
