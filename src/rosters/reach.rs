//! Who may know of a roster, and what it is to them.

use super::state::{AnsweredAs, RosterState, RosterVerb, Stake, may};
use super::store::{Line, Roster, Row};
use crate::actor::{Act, Actor, Role, TeamKind};
use crate::auth;
use crate::error::{Kind, Refusal, Result};
use crate::ids::OrganisationId;
use crate::journal::Capacity;
use crate::organisations::Team;

/// A roster as somebody stands to it.
#[derive(Debug)]
pub struct Opened {
    pub roster: Roster,
    pub lines: Vec<Line>,
    stake: Stake,
    /// Whether they read the names whole: who files, and who answers.
    pub party: bool,
}

/// Whether somebody files for a team: its leaders, of a staff group the officers of its department.
pub(super) fn files_for(actor: &Actor, team: &Team) -> bool {
    actor.is(Role::Leader, team.id) || (team.kind == TeamKind::Staff && actor.is(Role::Officer, team.host))
}

/// As what somebody would answer a roster, were nothing against it.
fn answers_as(actor: &Actor, row: &Row) -> Option<AnsweredAs> {
    if row.department.is_some_and(|department| actor.is(Role::Officer, department)) {
        return Some(AnsweredAs::Officer);
    }
    // For an event without an order, too, it is a centre in whose area it took place.
    if actor.seats(Role::Dispatcher).any(|seat| seat.county == row.county && seat.covers(&row.place_path, row.jurisdiction)) {
        return Some(AnsweredAs::Dispatcher);
    }
    // Never who typed the order for somebody else: they are no requester.
    (row.requester == Some(actor.person)).then_some(AnsweredAs::Requester)
}

/// Opens a roster for somebody; the host is that of its team.
///
/// # Errors
/// 401; 404 for what they may not know of.
pub fn open(act: &Act, roster: Roster, lines: Vec<Line>, host: Option<OrganisationId>) -> Result<Opened> {
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    let row = &roster.row;
    let leads = actor.is(Role::Leader, row.team) || row.filed_by == actor.person;
    let answers_as = answers_as(actor, row);
    let reads = actor.reads_all_of(&row.county);
    if !leads && answers_as.is_none() && !reads {
        return Err(Refusal::not_found().into());
    }
    let member = actor.grants.iter().filter_map(|grant| grant.seat.as_ref()).any(|seat| seat.organisation == row.team);
    let for_the_host = answers_as == Some(AnsweredAs::Officer) && row.department == host;
    let stake = Stake {
        answers_as,
        filed: row.filed_by == actor.person,
        own: lines.iter().any(|line| line.person == actor.person),
        of_the_team: member || for_the_host,
    };
    Ok(Opened { party: leads || answers_as.is_some(), roster, lines, stake })
}

impl Opened {
    /// What they can do with it now.
    pub fn moves(&self) -> Vec<RosterVerb> {
        if self.roster.row.state == RosterState::Filed && may(self.stake).is_ok() { RosterVerb::ALL.to_vec() } else { Vec::new() }
    }

    /// As what they answer it.
    ///
    /// # Errors
    /// 403 with the code that says why not.
    pub fn allow(&self) -> Result<AnsweredAs> {
        may(self.stake).map_err(|(code, words)| Refusal::new(Kind::Forbidden, code, words).into())
    }

    /// In which capacity somebody answers.
    pub fn capacity(&self, act: &Act, answers_as: AnsweredAs) -> Capacity {
        let row = &self.roster.row;
        match answers_as {
            AnsweredAs::Officer => Capacity { role: Some(Role::Officer), organisation: row.department },
            AnsweredAs::Dispatcher => {
                let seat = act.actor().and_then(|actor| actor.seats(Role::Dispatcher).find(|seat| seat.covers(&row.place_path, row.jurisdiction)));
                Capacity { role: Some(Role::Dispatcher), organisation: seat.map(|seat| seat.organisation) }
            }
            AnsweredAs::Requester => Capacity::default(),
        }
    }
}
