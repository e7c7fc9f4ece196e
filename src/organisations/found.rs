//! Founding organisations: each deed makes the thing, or changes what differs, or does nothing.

use super::store;
use crate::actor::{Act, OrganisationKind, TeamKind};
use crate::db::Db;
use crate::divisions::{Put, changed};
use crate::error::Result;
use crate::ids::OrganisationId;
use crate::journal::{self, Capacity, Subject};

/// An organisation as it shall be. County, kind, name and division say which one is meant; of a centre its division alone.
#[derive(Debug, Clone)]
pub struct NewOrganisation {
    pub county: String,
    pub kind: OrganisationKind,
    pub name: String,
    pub full_name: String,
    pub division_code: String,
    /// Whether it is the county association.
    pub association: bool,
    /// Other spellings; those it has already stay.
    pub aliases: Vec<String>,
    /// Codes of the menu.
    pub fields: Vec<String>,
}

/// What makes an organisation a team.
#[derive(Debug, Clone)]
pub struct NewTeam {
    pub id: OrganisationId,
    pub host: OrganisationId,
    pub kind: TeamKind,
    pub intro: String,
    pub languages: Vec<String>,
    /// Codes of the divisions that it serves.
    pub reach: Vec<String>,
}

/// Founds an organisation, or changes what differs.
pub fn put_organisation(db: &mut Db, act: &Act, new: &NewOrganisation) -> Result<(OrganisationId, Put)> {
    let old = store::like(db, new)?;
    if new.association && !old.as_ref().is_some_and(|old| old.association) {
        store::drop_association(db, &new.county)?;
    }
    let (id, mut fields, created) = match old {
        Some(old) => {
            let fields = changed!(old, new; name, full_name, association);
            if !fields.is_empty() {
                store::update(db, old.id, new)?;
            }
            (old.id, fields, false)
        }
        None => (store::insert(db, new)?, Vec::new(), true),
    };
    if put_aliases(db, id, new)? {
        fields.push("aliases");
    }
    let wanted = sorted(&new.fields);
    if store::fields_of(db, id)? != wanted {
        store::set_fields(db, id, &wanted)?;
        fields.push("fields");
    }
    let put = match (created, fields.is_empty()) {
        (true, _) => Put::Created,
        (false, true) => return Ok((id, Put::Same)),
        (false, false) => Put::Changed,
    };
    record(db, act, if created { "create_organisation" } else { "change_organisation" }, id, &new.county, &fields)?;
    Ok((id, put))
}

/// Adds the spellings that are missing, and takes over those that meant another organisation.
fn put_aliases(db: &mut Db, id: OrganisationId, new: &NewOrganisation) -> Result<bool> {
    let mut changed = false;
    for alias in &new.aliases {
        match store::alias_owner(db, &new.county, alias)? {
            Some(owner) if owner == id => continue,
            Some(_) => store::move_alias(db, &new.county, alias, id)?,
            None => store::insert_alias(db, &new.county, alias, id)?,
        }
        changed = true;
    }
    Ok(changed)
}

/// Makes an organisation a team, or changes what differs. A new team counts as checked now: whoever founds it this way has
/// the county association's list.
pub fn put_team(db: &mut Db, act: &Act, county: &str, new: &NewTeam) -> Result<Put> {
    let (mut fields, created) = match store::team_facts(db, new.id)? {
        Some((host, kind, intro, languages)) => {
            let mut fields = Vec::new();
            let facts =
                [("host", host != new.host), ("kind", kind != new.kind), ("intro", intro != new.intro), ("languages", languages != new.languages.join(" "))];
            fields.extend(facts.iter().filter(|(_, differs)| *differs).map(|(name, _)| *name));
            if !fields.is_empty() {
                store::update_team(db, new)?;
            }
            (fields, false)
        }
        None => {
            store::insert_team(db, new, Some(act.now))?;
            (Vec::new(), true)
        }
    };
    let reach = sorted(&new.reach);
    if store::reach_codes(db, new.id)? != reach {
        store::set_reach(db, new.id, &reach)?;
        fields.push("reach");
    }
    let put = match (created, fields.is_empty()) {
        (true, _) => Put::Created,
        (false, true) => return Ok(Put::Same),
        (false, false) => Put::Changed,
    };
    record(db, act, if created { "create_team" } else { "change_team" }, new.id, county, &fields)?;
    Ok(put)
}

pub(super) fn sorted(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    words.sort_unstable();
    words.dedup();
    words
}

fn record(db: &mut Db, act: &Act, verb: &str, id: OrganisationId, county: &str, fields: &[&str]) -> Result<()> {
    let subject = Subject { kind: "organisation", id: id.0, version: None, county: Some(county) };
    journal::record(db, act, verb, subject, Capacity::default(), fields)
}
