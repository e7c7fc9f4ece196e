//! Between the department and the teams: 领单, offers, and 接单.

use crate::actor::{Act, Actor, Role, TeamKind};
use crate::app::App;
use crate::clock::Moment;
use crate::db::Db;
use crate::divisions;
use crate::error::{Kind, Refusal, Result};
use crate::ids::{OrderId, OrganisationId};
use crate::organisations::{self, Team};
use crate::wire::Change;

use super::deed::{Doing, OFFER, limit, perform};
use super::dispatching::end_offer;
use super::needs::{self, Requires};
use super::reach::Opened;
use super::rules::{self, Limit};
use super::state::{Part, State, Verb};
use super::store::{self, PartyKind};

/// How long an offer may stand where the county's data say nothing.
const USUAL_OFFER: Limit = Limit::WorkingDays(2);

/// 领单: a department takes responsibility, and opens the order to all teams or offers it to one.
pub fn accept(db: &mut Db, app: &App, change: &Change<needs::Accept>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Accept, |db, doing, body| {
        doing.order.progress.requirements = match &body.requires {
            Some(requires) => serde_json::to_string(requires).ok(),
            None => None,
        };
        if doing.step.part == Part::Deputy {
            // Shown in the history: somebody of 县科协 accepted for the department (代领).
            doing.note = Some("代领".to_owned());
        }
        if let Some(team) = body.offer_to_team_id {
            stand(db, doing, "/offer_to_team_id", team, body.answer_by)?;
        }
        doing.fields.push("requires");
        doing.enter();
        Ok(())
    })
}

/// Offers an accepted order to one team (定向); an offer can be declined without penalty (志愿服务条例, Art. 25).
pub fn offer(db: &mut Db, app: &App, change: &Change<needs::Offer>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Offer, |db, doing, body| {
        end_offer(db, doing)?;
        stand(db, doing, "/team_id", body.team_id, body.answer_by)?;
        doing.fields.push("offer");
        doing.wait_anew();
        Ok(())
    })
}

/// Lets an offer to a team stand until its answer is due: at most as long as the county says (its stage `accepted_offer`).
fn stand(db: &mut Db, doing: &mut Doing<'_>, pointer: &str, team: OrganisationId, answer_by: Option<Moment>) -> Result<()> {
    let found = organisations::team(db, team)?.filter(|found| found.active && found.county == doing.order.row.county);
    let found = found.ok_or_else(|| Refusal::fault(pointer, "team_unknown", "There is no such team in this county."))?;
    let (now, row) = (doing.now(), &doing.order.row);
    let limit = limit(db, &row.county, OFFER, row.urgent)?.unwrap_or(USUAL_OFFER);
    let calendar = divisions::calendar(db, &row.county)?;
    let latest = limit.after(&calendar, now);
    let until = answer_by.unwrap_or_else(|| rules::due(&calendar, State::Accepted, limit, now, row.first_from));
    if until <= now || until > latest {
        let detail = format!("A team gets an answer-by time after now, at the latest {}: so long an offer may stand in this county.", latest.rfc3339());
        return Err(Refusal::fault("/answer_by", "answer_by_out_of_range", detail).into());
    }
    doing.order.progress.offer_team_id = Some(found.id);
    doing.order.progress.offer_until = Some(until);
    doing.about = Some(found.id);
    store::join_party(db, doing.id(), doing.now(), PartyKind::Offered, found.id)
}

/// Ends an offer: the order is open to all.
pub fn open(db: &mut Db, app: &App, change: &Change<needs::Nothing>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Open, |db, doing, _| {
        end_offer(db, doing)?;
        doing.fields.push("offer");
        doing.wait_anew();
        Ok(())
    })
}

/// The team says no; nothing is held against it, and the order is open to all.
pub fn decline(db: &mut Db, app: &App, change: &Change<needs::Nothing>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Decline, |db, doing, _| {
        doing.about = doing.order.progress.offer_team_id;
        end_offer(db, doing)?;
        doing.fields.push("offer");
        doing.wait_anew();
        Ok(())
    })
}

/// 接单: a team takes an accepted order. The first to commit wins; the others are told who holds it.
pub fn claim(db: &mut Db, app: &App, change: &Change<needs::Claim>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Claim, |db, doing, body| {
        let actor = doing.act.actor().ok_or_else(Refusal::not_found)?;
        organisations::held_open(db, body.team_id)?;
        let team = organisations::team(db, body.team_id)?.filter(|team| team.active && team.county == doing.order.row.county);
        let team = team.ok_or_else(|| Refusal::fault("/team_id", "team_unknown", "There is no such team in this county."))?;
        if !leads(actor, &team) {
            return Err(Refusal::forbidden("Only a leader of the team claims for it.").into());
        }
        if doing.order.progress.offer_team_id.is_some_and(|offered| offered != team.id) && doing.step.part == Part::OfferedLeader {
            return Err(Refusal::new(Kind::Conflict, "offered_to_another", "The order is offered to another of your teams.")
                .with("offered_to", &doing.order.names.offer_team)
                .into());
        }
        fits(&team, doing.order.progress.requirements.as_deref())?;
        end_offer(db, doing)?;
        doing.order.row.team_id = Some(team.id);
        doing.about = Some(team.id);
        doing.fields.push("team");
        store::join_party(db, id, doing.now(), PartyKind::Team, team.id)?;
        doing.enter();
        Ok(())
    })
}

/// Whether somebody leads a team; officers lead their department's staff group.
pub(super) fn leads(actor: &Actor, team: &Team) -> bool {
    actor.is(Role::Leader, team.id) || (team.kind == TeamKind::Staff && actor.is(Role::Officer, team.host))
}

/// Whether a team has what accept asked for.
///
/// # Errors
/// 409 with what is missing.
fn fits(team: &Team, requirements: Option<&str>) -> Result<()> {
    if team.kind != TeamKind::Staff && team.checked_at.is_none() {
        return Err(Refusal::new(Kind::Conflict, "team_unchecked", "The county association has not checked this team yet; ask 县科协.").into());
    }
    let Some(requires) = requirements.and_then(|text| serde_json::from_str::<Requires>(text).ok()) else { return Ok(()) };
    let mut missing: Vec<String> = Vec::new();
    if let Some(kind) = requires.kind.filter(|kind| *kind != team.kind) {
        missing.push(format!("kind {kind}"));
    }
    missing.extend(requires.fields.iter().filter(|field| !team.fields.contains(field)).map(|field| format!("field {field}")));
    missing.extend(requires.languages.iter().filter(|language| !team.languages.contains(language)).map(|language| format!("language {language}")));
    if missing.is_empty() {
        return Ok(());
    }
    Err(Refusal::new(Kind::Conflict, "team_lacks", format!("The department asked for what this team has not: {}.", missing.join(", ")))
        .with("missing", &missing)
        .into())
}
