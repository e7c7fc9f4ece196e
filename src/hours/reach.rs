//! Who may read whose hours: everyone their own, leaders those of their teams, supervisors and auditors the county's, masked.

use super::store::{self, Row, Wanted};
use crate::actor::{Act, Actor, COUNTY_READERS, Role, Seat};
use crate::auth;
use crate::db::Db;
use crate::error::{Refusal, Result};
use crate::ids::{OrganisationId, PersonId};
use crate::people::{self, Person};
use crate::wire::Cursor;

/// How much somebody reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sight {
    Own,
    /// Of these teams, whole.
    Teams(Vec<OrganisationId>),
    /// Of this county, names masked.
    County(String),
}

impl Sight {
    /// What it lets through.
    pub fn wanted(&self) -> Wanted {
        match self {
            Self::Own => Wanted::default(),
            Self::Teams(teams) => Wanted { teams: Some(teams.clone()), ..Wanted::default() },
            Self::County(county) => Wanted { county: Some(county.clone()), ..Wanted::default() },
        }
    }

    pub fn masked(&self) -> bool {
        matches!(self, Self::County(_))
    }
}

fn county(act: &Act) -> Option<String> {
    let actor = act.actor()?;
    COUNTY_READERS.iter().find_map(|role| actor.seats(*role).next()).map(|seat| seat.county.clone())
}

fn led(act: &Act) -> Vec<OrganisationId> {
    act.actor().map(|actor| actor.seats(Role::Leader).map(|seat| seat.organisation).collect()).unwrap_or_default()
}

/// One person's hours, as the caller may read them.
///
/// # Errors
/// 401; 404 for everybody but themselves, who leads a team in which they are or have hours, and who reads the county's business.
pub fn of_person(db: &mut Db, act: &Act, id: PersonId) -> Result<(Person, Sight)> {
    let me = act.person().ok_or_else(auth::sign_in_first)?;
    let person = people::find(db, id)?.ok_or_else(Refusal::not_found)?;
    if me == id {
        return Ok((person, Sight::Own));
    }
    if let Some(county) = county(act) {
        let here = |seat: &Seat| seat.county == county;
        if person.county.as_ref() == Some(&county) || people::in_force(db, id, act.now)?.iter().filter_map(|grant| grant.seat.as_ref()).any(here) {
            return Ok((person, Sight::County(county)));
        }
    }
    let teams = led(act);
    if !teams.is_empty() && knows(db, act, id, &teams)? {
        return Ok((person, Sight::Teams(teams)));
    }
    Err(Refusal::not_found().into())
}

/// Whether somebody is of one of these teams, or has hours with one.
fn knows(db: &mut Db, act: &Act, person: PersonId, teams: &[OrganisationId]) -> Result<bool> {
    let of_one = people::in_force(db, person, act.now)?.iter().filter_map(|grant| grant.seat.as_ref()).any(|seat| teams.contains(&seat.organisation));
    if of_one {
        return Ok(true);
    }
    let wanted = Wanted { person: Some(person), teams: Some(teams.to_vec()), ..Wanted::default() };
    Ok(!store::page(db, &wanted, Cursor { below: None, limit: 1 })?.is_empty())
}

/// Whether somebody reads a record that is not their own.
pub fn reads(actor: &Actor, row: &Row) -> bool {
    actor.reads_all_of(&row.county) || actor.is(Role::Leader, row.team)
}

/// The hours of many: of the county for who reads its business, else of the teams that one leads.
///
/// # Errors
/// 401; 403 for everybody else.
pub fn of_many(act: &Act) -> Result<Sight> {
    act.person().ok_or_else(auth::sign_in_first)?;
    if let Some(county) = county(act) {
        return Ok(Sight::County(county));
    }
    let teams = led(act);
    if teams.is_empty() {
        return Err(Refusal::forbidden("Hours of others are read by the leaders of their team, and by the county's supervisors and auditors.").into());
    }
    Ok(Sight::Teams(teams))
}
