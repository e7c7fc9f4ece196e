//! Between the centre and the departments: 派单, 领单 or its return, an answer without an event, and giving up.

use crate::actor::{Act, OrganisationKind, Role};
use crate::app::App;
use crate::db::Db;
use crate::error::{Refusal, Result};
use crate::ids::{OrderId, OrganisationId};
use crate::wire::Change;

use super::deed::{Doing, perform};
use super::intake::plan_item;
use super::merging::come_back;
use super::needs;
use super::reach::Opened;
use super::state::{State, Verb};
use super::store::{self, AnswerKind, PartyKind};

/// 派单: the dispatcher has checked it and sends it to the department that answers for it.
pub fn dispatch(db: &mut Db, app: &App, change: &Change<needs::Dispatch>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Dispatch, send)
}

/// After two returns the county centre decides who leads; that cannot be returned.
pub fn decide_lead(db: &mut Db, app: &App, change: &Change<needs::Dispatch>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::DecideLead, |db, doing, body| {
        doing.order.progress.decided = true;
        send(db, doing, body)
    })
}

fn send(db: &mut Db, doing: &mut Doing<'_>, body: &needs::Dispatch) -> Result<()> {
    let county = doing.order.row.county.clone();
    let mut faults = crate::wire::Faults::default();
    if !store::is_kind(db, body.department_id, &county, OrganisationKind::Department)? {
        faults.add("/department_id", "department_unknown", "There is no such department in this county.");
    }
    for (n, unit) in body.co_unit_ids.iter().enumerate() {
        if !store::is_kind(db, *unit, &county, OrganisationKind::Department)? {
            faults.add(format!("/co_unit_ids/{n}"), "department_unknown", "There is no such department in this county.");
        }
    }
    faults.into_result()?;
    let row = &mut doing.order.row;
    row.plan_item_id = plan_item(db, &county, body.plan_task.as_ref())?;
    row.outside_plan = body.outside_plan;
    row.summary = Some(body.summary.trim().to_owned());
    doing.order.progress.dispatched_by = doing.act.person();
    let place = doing.order.row.place_path.clone();
    let jurisdiction = doing.order.row.jurisdiction;
    let holding = doing.order.row.holding_centre_id;
    let centre = doing.act.actor().and_then(|actor| {
        actor
            .seats(Role::Dispatcher)
            .find(|seat| seat.organisation == holding)
            .or_else(|| actor.seats(Role::Dispatcher).find(|seat| seat.covers(&place, jurisdiction)))
    });
    doing.order.progress.dispatching_centre_id = centre.map(|seat| seat.organisation).or(Some(holding));
    leave_department(db, doing)?;
    assign(db, doing, body.department_id)?;
    let mut units = body.co_unit_ids.clone();
    units.sort_unstable();
    units.dedup();
    for unit in units {
        store::join_party(db, doing.id(), doing.now(), PartyKind::CoUnit, unit)?;
    }
    doing.fields.extend(["department", "summary", "plan_task", "co_units"]);
    store::index(db, &doing.order)?;
    doing.enter();
    Ok(())
}

/// Makes a department the lead.
fn assign(db: &mut Db, doing: &mut Doing<'_>, department: OrganisationId) -> Result<()> {
    doing.order.row.department_id = Some(department);
    doing.about = Some(department);
    store::join_party(db, doing.id(), doing.now(), PartyKind::Lead, department)
}

/// Takes lead and co-units off an order; they keep what they saw.
pub(super) fn leave_department(db: &mut Db, doing: &mut Doing<'_>) -> Result<()> {
    let (id, now, next) = (doing.id(), doing.now(), doing.order.row.version + 1);
    store::leave_party(db, id, now, PartyKind::Lead, next)?;
    store::leave_party(db, id, now, PartyKind::CoUnit, next)?;
    end_offer(db, doing)?;
    doing.order.row.department_id = None;
    Ok(())
}

/// Ends an offer; the team reads up to now.
pub(super) fn end_offer(db: &mut Db, doing: &mut Doing<'_>) -> Result<()> {
    if doing.order.progress.offer_team_id.take().is_some() {
        doing.order.progress.offer_until = None;
        store::leave_party(db, doing.id(), doing.now(), PartyKind::Offered, doing.order.row.version + 1)?;
    }
    Ok(())
}

/// Sends it to another department.
pub fn redispatch(db: &mut Db, app: &App, change: &Change<needs::Redispatch>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Redispatch, |db, doing, body| {
        if !store::is_kind(db, body.department_id, &doing.order.row.county, OrganisationKind::Department)?
            || doing.order.row.department_id == Some(body.department_id)
        {
            return Err(Refusal::fault("/department_id", "department_unknown", "Name another department of this county.").into());
        }
        doing.order.progress.dispatched_by = doing.act.person();
        // The co-units stay, but for one that leads now.
        let units = store::co_units(db, &[doing.id()])?;
        leave_department(db, doing)?;
        assign(db, doing, body.department_id)?;
        for (_, unit, _) in units.into_iter().filter(|(_, unit, _)| *unit != body.department_id) {
            store::join_party(db, doing.id(), doing.now(), PartyKind::CoUnit, unit)?;
        }
        doing.note = Some(body.reason.clone());
        doing.fields.push("department");
        doing.enter();
        Ok(())
    })
}

/// A department gives it back: not ours, and whose it is where that is known.
pub fn give_back(db: &mut Db, app: &App, change: &Change<needs::Return>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Return, |db, doing, body| {
        if let Some(other) = body.department_id
            && !store::is_kind(db, other, &doing.order.row.county, OrganisationKind::Department)?
        {
            return Err(Refusal::fault("/department_id", "department_unknown", "There is no such department in this county; leave it out if unknown.").into());
        }
        doing.order.progress.returns += 1;
        doing.note = Some(body.reason.clone());
        leave_department(db, doing)?;
        doing.about = body.department_id;
        doing.fields.extend(["department", "returns"]);
        doing.enter();
        Ok(())
    })
}

/// An answer that needs no event: a text, a file, a link, a loan. No hours.
pub fn answer(db: &mut Db, app: &App, change: &Change<needs::Answer>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Answer, |db, doing, body| {
        store::insert_answer(db, id, doing.act, body.kind.unwrap_or(AnswerKind::Text), &body.text)?;
        end_offer(db, doing)?;
        doing.fields.push("answer");
        doing.enter();
        Ok(())
    })
}

/// An honest end: nobody took it (未能承接); counted and published.
pub fn give_up(db: &mut Db, app: &App, change: &Change<needs::Reason>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::GiveUp, |db, doing, body| {
        end_offer(db, doing)?;
        doing.note = Some(body.reason.clone());
        doing.enter();
        debug_assert_eq!(doing.order.row.state, State::Unmet);
        come_back(db, doing)
    })
}
