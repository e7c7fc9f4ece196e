//! The directory of organisations: what belongs to a page's rows is read with one statement each, never row by row.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::Organisation;
use super::store::{placed, staffed};
use crate::actor::{OrganisationKind, TeamKind};
use crate::clock::Moment;
use crate::db::{Backend, Db};
use crate::divisions;
use crate::error::Result;
use crate::ids::OrganisationId;
use crate::schema::{divisions as places, organisation_aliases, organisation_fields, organisations, team_reach, teams};
use crate::wire::Cursor;

/// Which organisations are asked for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub county: String,
    pub kind: Option<OrganisationKind>,
    /// Those that sit in this division or below it.
    pub division: Option<String>,
    /// Part of a name, full name or alias.
    pub q: Option<String>,
    /// Only those that are closed; else only those that are not.
    pub closed: bool,
}

/// What a search finds with LIKE: the words anywhere.
pub(crate) fn containing(q: &str) -> String {
    format!("%{}%", q.trim().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

/// An organisation with what belongs to it.
#[derive(Debug, Clone)]
pub struct Listed {
    pub organisation: Organisation,
    pub division_name: String,
    pub aliases: Vec<String>,
    pub fields: Vec<String>,
    /// Whether somebody holds its role; empty for a unit, which has none.
    pub staffed: Option<bool>,
    pub team: Option<ListedTeam>,
}

/// What makes it a team.
#[derive(Debug, Clone)]
pub struct ListedTeam {
    pub kind: TeamKind,
    pub host: OrganisationId,
    pub host_name: String,
    pub intro: String,
    pub languages: Vec<String>,
    pub checked: bool,
    /// Code and short name of each division that it serves.
    pub reach: Vec<(String, String)>,
}

/// A page of the county's organisations, newest first: one row more than asked for says that there are more.
pub fn listed(db: &mut Db, wanted: &Wanted, cursor: Cursor, now: Moment) -> Result<Vec<Listed>> {
    let mut query = placed()
        .filter(organisations::county.eq(&wanted.county))
        .filter(organisations::active.eq(!wanted.closed))
        .order(organisations::id.desc())
        .limit(cursor.limit + 1)
        .into_boxed::<Backend>();
    if let Some(kind) = wanted.kind {
        query = query.filter(organisations::kind.eq(kind));
    }
    if let Some(below) = cursor.below {
        query = query.filter(organisations::id.lt(OrganisationId(below)));
    }
    if let Some(code) = &wanted.division {
        let Some(division) = divisions::find(db, code)? else { return Ok(Vec::new()) };
        let end = divisions::after_subtree(&division.path);
        query = query.filter(places::path.ge(division.path)).filter(places::path.lt(end));
    }
    if let Some(q) = &wanted.q {
        let part = containing(q);
        let aliased = organisation_aliases::table
            .filter(organisation_aliases::county.eq(wanted.county.clone()))
            .filter(organisation_aliases::alias.like(part.clone()).escape('\\'))
            .select(organisation_aliases::organisation_id);
        query = query.filter(
            organisations::name.like(part.clone()).escape('\\').or(organisations::full_name.like(part).escape('\\')).or(organisations::id.eq_any(aliased)),
        );
    }
    let rows = query.load(db)?;
    with_belongings(db, rows, now)
}

/// One organisation with what belongs to it, active or not.
pub(super) fn one(db: &mut Db, id: OrganisationId, now: Moment) -> Result<Option<Listed>> {
    let found = super::get(db, id)?;
    Ok(with_belongings(db, found.into_iter().collect(), now)?.pop())
}

fn with_belongings(db: &mut Db, rows: Vec<Organisation>, now: Moment) -> Result<Vec<Listed>> {
    let ids: Vec<OrganisationId> = rows.iter().map(|row| row.id).collect();
    let codes: HashSet<&str> = rows.iter().map(|row| row.division_code.as_str()).collect();
    let names: HashMap<String, String> =
        places::table.filter(places::code.eq_any(codes)).select((places::code, places::short_name)).load::<(String, String)>(db)?.into_iter().collect();
    let mut aliases = grouped(
        organisation_aliases::table
            .filter(organisation_aliases::organisation_id.eq_any(&ids))
            .order(organisation_aliases::alias)
            .select((organisation_aliases::organisation_id, organisation_aliases::alias))
            .load(db)?,
    );
    let mut fields = grouped(
        organisation_fields::table
            .filter(organisation_fields::organisation_id.eq_any(&ids))
            .order(organisation_fields::field)
            .select((organisation_fields::organisation_id, organisation_fields::field))
            .load(db)?,
    );
    let mut teams = teams_of(db, &ids)?;
    let hosts = teams.values().filter(|team| team.kind == TeamKind::Staff).map(|team| team.host);
    let asked: Vec<OrganisationId> = ids.iter().copied().chain(hosts).collect();
    let staffed: HashSet<OrganisationId> = staffed(db, &asked, now)?.into_iter().collect();
    Ok(rows
        .into_iter()
        .map(|organisation| {
            let id = organisation.id;
            let team = teams.remove(&id);
            // The officers of the department lead its staff group.
            let led_by = team.as_ref().filter(|team| team.kind == TeamKind::Staff).map_or(id, |team| team.host);
            Listed {
                division_name: names.get(&organisation.division_code).cloned().unwrap_or_default(),
                aliases: aliases.remove(&id).unwrap_or_default(),
                fields: fields.remove(&id).unwrap_or_default(),
                staffed: (organisation.kind != OrganisationKind::Unit).then(|| staffed.contains(&led_by) || staffed.contains(&id)),
                team,
                organisation,
            }
        })
        .collect())
}

type TeamRow = (OrganisationId, TeamKind, OrganisationId, String, String, String, Option<Moment>);

fn teams_of(db: &mut Db, ids: &[OrganisationId]) -> Result<HashMap<OrganisationId, ListedTeam>> {
    let rows: Vec<TeamRow> = teams::table
        .inner_join(organisations::table.on(teams::host_id.eq(organisations::id)))
        .filter(teams::organisation_id.eq_any(ids))
        .select((teams::organisation_id, teams::kind, teams::host_id, organisations::name, teams::intro, teams::languages, teams::checked_at))
        .load(db)?;
    let mut reach = grouped(
        team_reach::table
            .inner_join(places::table)
            .filter(team_reach::team_id.eq_any(ids))
            .order(places::code)
            .select((team_reach::team_id, (places::code, places::short_name)))
            .load::<(OrganisationId, (String, String))>(db)?,
    );
    Ok(rows
        .into_iter()
        .map(|(id, kind, host, host_name, intro, languages, checked_at)| {
            let languages = languages.split_whitespace().map(str::to_owned).collect();
            let reach = reach.remove(&id).unwrap_or_default();
            (id, ListedTeam { kind, host, host_name, intro, languages, checked: checked_at.is_some(), reach })
        })
        .collect())
}

fn grouped<T>(rows: Vec<(OrganisationId, T)>) -> HashMap<OrganisationId, Vec<T>> {
    let mut groups: HashMap<OrganisationId, Vec<T>> = HashMap::new();
    for (id, value) in rows {
        groups.entry(id).or_default().push(value);
    }
    groups
}
