//! Changing organisations: what administration founds, changes and closes. Who may is asked before.

use chrono::NaiveDate;

use super::found::{NewOrganisation, NewTeam, sorted};
use super::{Organisation, change_store, store};
use crate::actor::{Act, OrganisationKind, TeamKind};
use crate::db::Db;
use crate::divisions::{self, Division};
use crate::error::{Error, Kind, Refusal, Result};
use crate::ids::OrganisationId;
use crate::journal::{self, Capacity, Subject};
use crate::wire::{Faults, Seen};

/// An organisation to be.
#[derive(Debug, Clone)]
pub struct Founding {
    pub kind: OrganisationKind,
    pub name: String,
    pub full_name: String,
    pub aliases: Vec<String>,
    pub phone: Option<String>,
    pub division_code: String,
    /// Codes of the menu.
    pub fields: Vec<String>,
    /// Of a team, and of a team alone.
    pub team: Option<TeamFacts>,
}

/// What makes it a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamFacts {
    pub host: OrganisationId,
    pub kind: TeamKind,
    pub intro: String,
    pub languages: Vec<String>,
    /// Codes of the divisions that it serves.
    pub reach: Vec<String>,
}

/// What shall be otherwise; what is empty stays as it is.
#[derive(Debug, Clone, Default)]
pub struct OrganisationChange {
    pub name: Option<String>,
    pub full_name: Option<String>,
    pub aliases: Option<Vec<String>>,
    /// `Some(None)` takes the telephone away.
    pub phone: Option<Option<String>>,
    pub division_code: Option<String>,
    pub fields: Option<Vec<String>>,
    pub team: Option<TeamChange>,
}

/// What shall be otherwise of a team; what is empty stays as it is.
#[derive(Debug, Clone, Default)]
pub struct TeamChange {
    pub host: Option<OrganisationId>,
    pub kind: Option<TeamKind>,
    pub intro: Option<String>,
    pub languages: Option<Vec<String>>,
    pub reach: Option<Vec<String>>,
}

/// Founds an organisation. A new team is not checked yet.
///
/// # Errors
/// 422 with all that cannot be used.
pub fn create(db: &mut Db, act: &Act, new: &Founding) -> Result<OrganisationId> {
    let Founding { kind, name, full_name, aliases, phone, division_code, fields, team } = new;
    let division = place(db, act, division_code)?;
    let mut faults = Faults::default();
    if (*kind == OrganisationKind::Team) != team.is_some() {
        let (code, detail) = if team.is_some() { ("not_a_team", "Only a team has this.") } else { ("missing", "Say who hosts the team and what it is.") };
        faults.add("/team", code, detail);
    }
    if *kind == OrganisationKind::Centre && change_store::has_centre(db, division_code)? {
        faults.add("/division_code", "taken", "This division has a centre. Change that one, or open it again if it is closed.");
    }
    judge_names(db, &mut faults, &division.county, None, (*kind, name, division_code), aliases)?;
    judge_fields(db, &mut faults, fields)?;
    if let Some(team) = team {
        judge_team(db, &mut faults, &division.county, team)?;
    }
    faults.into_result()?;
    let row = NewOrganisation {
        county: division.county.clone(),
        kind: *kind,
        name: name.clone(),
        full_name: full_name.clone(),
        division_code: division_code.clone(),
        association: false,
        aliases: Vec::new(),
        fields: Vec::new(),
    };
    let id = store::insert(db, &row)?;
    change_store::set_phone(db, id, phone.as_deref())?;
    change_store::set_aliases(db, &division.county, id, &sorted(aliases))?;
    store::set_fields(db, id, &sorted(fields))?;
    if let Some(TeamFacts { host, kind, intro, languages, reach }) = team {
        let team = NewTeam { id, host: *host, kind: *kind, intro: intro.clone(), languages: languages.clone(), reach: Vec::new() };
        store::insert_team(db, &team, None)?;
        store::set_reach(db, id, &sorted(reach))?;
    }
    record(db, act, "create_organisation", id, 1, &division.county, &["name", "full_name", "aliases", "phone", "division_code", "fields"])?;
    Ok(id)
}

/// Changes an organisation that the caller saw.
///
/// # Errors
/// 404; 412; 422 with all that cannot be used.
pub fn change(db: &mut Db, act: &Act, seen: Seen, id: OrganisationId, change: &OrganisationChange) -> Result<()> {
    let old = store::organisation(db, id)?.ok_or_else(Refusal::not_found)?;
    seen.matches(old.version)?;
    let (aliases, menu) = (change_store::aliases(db, id)?, store::fields_of(db, id)?);
    let mut new = old.clone();
    new.name = change.name.clone().unwrap_or(new.name);
    new.full_name = change.full_name.clone().unwrap_or(new.full_name);
    new.phone = change.phone.clone().unwrap_or(new.phone);
    new.division_code = change.division_code.clone().unwrap_or(new.division_code);
    let new_aliases = change.aliases.as_deref().map_or_else(|| aliases.clone(), sorted);
    let new_menu = change.fields.as_deref().map_or_else(|| menu.clone(), sorted);
    let old_team = team_facts(db, id)?;
    let new_team = old_team.clone().map(|team| changed_team(team, change.team.as_ref()));

    let mut faults = Faults::default();
    if old.division_code != new.division_code {
        if old.kind == OrganisationKind::Centre {
            faults.add("/division_code", "stays", "A centre is that of its division. Close it and found another one there.");
        } else if place(db, act, &new.division_code)?.county != old.county {
            faults.add("/division_code", "unknown", "Choose a division of the same county.");
        }
    }
    if change.team.is_some() && old_team.is_none() {
        faults.add("/team", "not_a_team", "Only a team has this.");
    }
    judge_names(db, &mut faults, &old.county, Some(id), (old.kind, &new.name, &new.division_code), &new_aliases)?;
    judge_fields(db, &mut faults, &new_menu)?;
    if let Some(team) = new_team.as_ref().filter(|_| old_team != new_team) {
        judge_team(db, &mut faults, &old.county, team)?;
    }
    faults.into_result()?;

    let mut fields = divisions::changed!(old, new; name, full_name, phone, division_code);
    fields.extend(
        [("aliases", new_aliases != aliases), ("fields", new_menu != menu), ("team", new_team != old_team)].iter().filter(|(_, is)| *is).map(|(name, _)| *name),
    );
    if fields.is_empty() {
        return Ok(());
    }
    advanced(change_store::set_facts(db, &new)?)?;
    change_store::set_aliases(db, &old.county, id, &new_aliases)?;
    store::set_fields(db, id, &new_menu)?;
    if let Some(TeamFacts { host, kind, intro, languages, reach }) = new_team.filter(|_| fields.contains(&"team")) {
        change_store::set_team(db, &NewTeam { id, host, kind, intro, languages, reach: Vec::new() })?;
        store::set_reach(db, id, &reach)?;
    }
    record(db, act, "change_organisation", id, old.version + 1, &old.county, &fields)
}

/// Closes an organisation: it stays in what was done. What still hangs on it is asked before.
///
/// # Errors
/// 404; 409 `closed_already`; 412; 422 for a day to come.
pub fn close(db: &mut Db, act: &Act, seen: Seen, id: OrganisationId, on: NaiveDate) -> Result<()> {
    let old = store::organisation(db, id)?.ok_or_else(Refusal::not_found)?;
    if !old.active {
        return Err(Refusal::new(Kind::Conflict, "closed_already", "It is closed already.").into());
    }
    seen.matches(old.version)?;
    past(db, act, &old.county, on)?;
    close_or_reopen(db, act, &old, Some(on))
}

/// Opens a closed organisation again.
///
/// # Errors
/// 404; 409 `not_closed`; 412.
pub fn reopen(db: &mut Db, act: &Act, seen: Seen, id: OrganisationId) -> Result<()> {
    let old = store::organisation(db, id)?.ok_or_else(Refusal::not_found)?;
    if old.active {
        return Err(Refusal::new(Kind::Conflict, "not_closed", "It is open.").into());
    }
    seen.matches(old.version)?;
    close_or_reopen(db, act, &old, None)
}

fn close_or_reopen(db: &mut Db, act: &Act, old: &Organisation, closed_on: Option<NaiveDate>) -> Result<()> {
    advanced(change_store::set_closed(db, old.id, old.version, closed_on)?)?;
    let verb = if closed_on.is_some() { "close_organisation" } else { "reopen_organisation" };
    record(db, act, verb, old.id, old.version + 1, &old.county, &["active", "closed_on"])
}

/// The county association has checked a team: from now on it may claim.
///
/// # Errors
/// 404 where it is no team; 409 `checked_already`; 412.
pub fn check(db: &mut Db, act: &Act, seen: Seen, id: OrganisationId) -> Result<()> {
    let old = store::organisation(db, id)?.ok_or_else(Refusal::not_found)?;
    let team = super::team(db, id)?.ok_or_else(Refusal::not_found)?;
    if team.checked_at.is_some() {
        return Err(Refusal::new(Kind::Conflict, "checked_already", "The team has been checked.").into());
    }
    seen.matches(old.version)?;
    advanced(change_store::set_checked(db, id, old.version, act.now)?)?;
    record(db, act, "check_team", id, old.version + 1, &old.county, &["checked_at"])
}

/// Somebody else was faster since the row was read: the deed runs again and judges anew.
pub(crate) fn advanced(moved: bool) -> Result<()> {
    if moved { Ok(()) } else { Err(Error::InTheWay("the version moved on".to_owned())) }
}

/// A day on which something was closed is over or is today.
pub(crate) fn past(db: &mut Db, act: &Act, county: &str, on: NaiveDate) -> Result<()> {
    if on <= act.now.day(divisions::zone(db, county)?) {
        return Ok(());
    }
    Err(Refusal::fault("/on", "in_the_future", "Give today, or the day on which it was closed.").into())
}

/// A division that is valid today.
pub(crate) fn place(db: &mut Db, act: &Act, code: &str) -> Result<Division> {
    let found = divisions::find(db, code)?;
    let today = act.now.day(crate::clock::COUNTY_ZONE);
    let valid = found.filter(|division| division.valid_until.is_none_or(|until| until >= today));
    valid.ok_or_else(|| Refusal::fault("/division_code", "unknown", "Choose one of the divisions that GET /divisions lists.").into())
}

fn judge_names(
    db: &mut Db,
    faults: &mut Faults,
    county: &str,
    own: Option<OrganisationId>,
    (kind, name, division): (OrganisationKind, &str, &str),
    aliases: &[String],
) -> Result<()> {
    if change_store::named(db, county, kind, name, division)?.is_some_and(|found| Some(found) != own) {
        faults.add("/name", "taken", "One of this kind has this name there, maybe a closed one.");
    }
    for (n, alias) in aliases.iter().enumerate() {
        if store::alias_owner(db, county, alias)?.is_some_and(|owner| Some(owner) != own) {
            faults.add(format!("/aliases/{n}"), "taken", "This spelling means another organisation.");
        }
    }
    Ok(())
}

fn judge_fields(db: &mut Db, faults: &mut Faults, fields: &[String]) -> Result<()> {
    let known = divisions::fields(db)?;
    for (n, _) in fields.iter().enumerate().filter(|(_, code)| !known.iter().any(|field| field.code == **code)) {
        faults.add(format!("/fields/{n}"), "unknown", "Choose one of the codes that GET /fields lists.");
    }
    Ok(())
}

fn judge_team(db: &mut Db, faults: &mut Faults, county: &str, team: &TeamFacts) -> Result<()> {
    let host = super::held_open(db, team.host)?.filter(|host| host.county == county && host.kind != OrganisationKind::Team);
    match host {
        None => faults.add("/team/host_id", "unknown", "Choose a department, unit or centre of the county."),
        Some(host) if team.kind == TeamKind::Staff && host.kind != OrganisationKind::Department => {
            faults.add("/team/host_id", "no_department", "A staff group is a department's own.");
        }
        Some(_) => {}
    }
    for (n, code) in team.reach.iter().enumerate() {
        if divisions::find(db, code)?.is_none_or(|division| division.county != county) {
            faults.add(format!("/team/reach/{n}"), "unknown", "Choose divisions of the county.");
        }
    }
    Ok(())
}

fn team_facts(db: &mut Db, id: OrganisationId) -> Result<Option<TeamFacts>> {
    let Some((host, kind, intro, languages)) = store::team_facts(db, id)? else { return Ok(None) };
    let languages = languages.split_whitespace().map(str::to_owned).collect();
    Ok(Some(TeamFacts { host, kind, intro, languages, reach: store::reach_codes(db, id)? }))
}

fn changed_team(team: TeamFacts, change: Option<&TeamChange>) -> TeamFacts {
    let Some(TeamChange { host, kind, intro, languages, reach }) = change.cloned() else { return team };
    TeamFacts {
        host: host.unwrap_or(team.host),
        kind: kind.unwrap_or(team.kind),
        intro: intro.unwrap_or(team.intro),
        languages: languages.unwrap_or(team.languages),
        reach: reach.map_or(team.reach, |reach| sorted(&reach)),
    }
}

fn record(db: &mut Db, act: &Act, verb: &str, id: OrganisationId, version: i64, county: &str, fields: &[&str]) -> Result<()> {
    let subject = Subject { kind: "organisation", id: id.0, version: Some(version), county: Some(county) };
    journal::record(db, act, verb, subject, Capacity::default(), fields)
}
