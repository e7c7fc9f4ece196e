//! Who may be in charge of a session: somebody of the organiser.

use super::reach;
use crate::actor::{Act, OrganisationKind, Role, TeamKind};
use crate::auth;
use crate::clock::Moment;
use crate::db::Db;
use crate::error::{Refusal, Result};
use crate::ids::{OrganisationId, PersonId};
use crate::organisations::{self, Team};
use crate::people;

/// Roles of which somebody of an organisation may be put in charge.
const OF_THE_ORGANISER: [Role; 5] = [Role::Scheduler, Role::Dispatcher, Role::Officer, Role::Leader, Role::Volunteer];

/// Everyone who may be put in charge for an organiser, in the order of their numbers: whoever works or serves in it; for a staff
/// group the officers of its department, too.
pub fn members(db: &mut Db, organiser: OrganisationId, now: Moment) -> Result<Vec<PersonId>> {
    let team = organisations::team(db, organiser)?;
    members_of(db, organiser, team.as_ref(), now)
}

fn members_of(db: &mut Db, organiser: OrganisationId, team: Option<&Team>, now: Moment) -> Result<Vec<PersonId>> {
    let mut members = Vec::new();
    for role in OF_THE_ORGANISER {
        members.extend(people::holders(db, role, organiser, now)?);
    }
    if let Some(team) = team.filter(|team| team.kind == TeamKind::Staff) {
        members.extend(people::holders(db, Role::Officer, team.host, now)?);
    }
    members.sort_unstable();
    members.dedup();
    Ok(members)
}

/// Who may be in charge of a session of an organiser, with their names, for who plans for it or answers for it.
///
/// # Errors
/// 401; 404 where there is no centre, department or team of this number; 403 for everybody but those who plan for it and the
/// officers of a team's host.
pub fn who_may_be_in_charge(db: &mut Db, act: &Act, organiser: OrganisationId) -> Result<Vec<(PersonId, String)>> {
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    let found = organisations::get(db, organiser)?.filter(|found| found.kind != OrganisationKind::Unit).ok_or_else(Refusal::not_found)?;
    let team = organisations::team(db, found.id)?;
    let hosts = team.as_ref().is_some_and(|team| actor.is(Role::Officer, team.host));
    if !hosts && reach::planner(act, found.id).is_err() {
        return Err(Refusal::forbidden("Those who plan for an organisation, and the officers of a team's host, see who may be in charge.").into());
    }
    let members = members_of(db, found.id, team.as_ref(), act.now)?;
    Ok(people::names(db, &members)?.into_iter().collect())
}
