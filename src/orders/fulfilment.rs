//! From the claim to the report: times are proposed, scheduled, put off, and what took place is told.

use crate::actor::{Act, Role};
use crate::app::App;
use crate::clock::Moment;
use crate::db::Db;
use crate::error::{Error, Refusal, Result};
use crate::events::{self, EventKind, Facts, Place, Plan, Report};
use crate::ids::{EventSessionId, OrderId, PersonId};
use crate::outbox::{self, To};
use crate::venues::{self, Venue, VenueKind};
use crate::wire::Change;

use super::deed::{Doing, make, perform};
use super::needs;
use super::reach::{self, Opened, Sight};
use super::state::Verb;
use super::store::{self, AnswerKind, PartyKind};

/// Times for the leader to take or not: from the scheduler of the place, the requester, an officer.
pub fn propose(db: &mut Db, app: &App, change: &Change<needs::Propose>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Propose, |db, doing, body| {
        for (n, session) in body.sessions.iter().enumerate() {
            if let Some(venue) = session.venue_id {
                venue_here(db, doing, n, venue)?;
            }
            store::insert_proposal(db, id, doing.act, session.starts_at, session.ends_at, session.venue_id)?;
        }
        doing.order.progress.proposals += 1;
        doing.fields.push("proposal");
        Ok(())
    })
}

fn venue_here(db: &mut Db, doing: &Doing<'_>, n: usize, venue: crate::ids::VenueId) -> Result<Venue> {
    let found = venues::get(db, venue)?.filter(|found| found.active && found.county == doing.order.row.county);
    Ok(found.ok_or_else(|| Refusal::fault(format!("/sessions/{n}/venue_id"), "venue_unknown", "There is no such venue in this county."))?)
}

/// The leader says when, where and who is in charge: booked in the same transaction.
pub fn schedule(db: &mut Db, app: &App, change: &Change<needs::Schedule>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Schedule, |db, doing, body| {
        let mut plans = Vec::with_capacity(body.sessions.len());
        let mut open = doing.order.progress.others_may_come && doing.order.row.summary.is_some();
        for (n, session) in body.sessions.iter().enumerate() {
            if session.starts_at <= doing.now() {
                return Err(Refusal::fault(format!("/sessions/{n}/starts_at"), "in_the_past", "A session is scheduled ahead of time.").into());
            }
            let mut plan = Plan::of(session, in_charge(db, doing, n, session.in_charge)?, true);
            let found = place(db, doing, n, session, plan.at_the_place().0)?;
            // A home and a school stay closed, and so does what the dispatcher has not put into words for others.
            open = open && found.as_ref().is_some_and(|(_, venue)| venue.kind != VenueKind::School);
            plan.place = found.map(|(place, _)| place);
            plans.push(plan);
        }
        let facts = facts(doing, open);
        let stays = match doing.order.progress.event_id {
            Some(event) if !events::people_came(db, event)? => Some(event),
            _ => None,
        };
        if stays.is_none() {
            // Whoever has checked in came to that one, and not to another.
            call_off(db, doing)?;
        }
        let planned = match stays {
            Some(event) => events::replan(db, doing.act, event, &facts, &plans).map(|()| event),
            None => events::plan(db, doing.act, &facts, &plans),
        };
        let event = planned.map_err(|error| named_holder(db, doing.act, error))?;
        let progress = &mut doing.order.progress;
        progress.event_id = Some(event);
        progress.starts_at = plans.iter().map(|plan| plan.starts_at).min();
        progress.ends_at = plans.iter().map(|plan| plan.ends_at).max();
        doing.fields.push("event");
        doing.enter();
        Ok(())
    })
}

/// What the event of an order is.
fn facts(doing: &Doing<'_>, open: bool) -> Facts {
    let row = &doing.order.row;
    Facts {
        county: row.county.clone(),
        order: Some(row.id),
        title: row.summary.clone().unwrap_or_else(|| row.title.clone()),
        description: String::new(),
        kind: EventKind::Lecture,
        online: false,
        open,
        organiser: row.team_id,
        division_code: row.division_code.clone(),
        place_path: row.place_path.clone(),
        jurisdiction: row.jurisdiction,
        address: None,
        audience: row.audience,
        expected: row.attendees,
        plan_item: row.plan_item_id,
        campaign: None,
        parent: None,
    }
}

/// Where a session takes place that takes its place from a moment on; whoever keeps it is asked.
fn place(db: &mut Db, doing: &Doing<'_>, n: usize, session: &needs::ScheduledSession, from: Moment) -> Result<Option<(Place, Venue)>> {
    let found = events::place(db, &doing.order.row.county, doing.now(), n, session, from)?;
    let Some((place, venue)) = found else { return Ok(None) };
    if place.answer_by.is_some() {
        // Whoever answers for the organisation that keeps it: which of these exist depends on what it is.
        for role in [Role::Scheduler, Role::Dispatcher, Role::Officer] {
            outbox::tell(db, doing.act, "venue_asked", doing.id(), To::Role(role, venue.organisation_id))?;
        }
    }
    Ok(Some((place, venue)))
}

/// A refusal because something is taken then, with the order that it is taken for where the doer may know of that one.
fn named_holder(db: &mut Db, act: &Act, error: Error) -> Error {
    let Error::Refused(mut refusal) = error else { return error };
    if let Some(holder) = refusal.more.get_mut("holder")
        && let Some(session) = holder["event_session_id"].as_i64()
        && let Ok(Some(order)) = events::order_of(db, EventSessionId(session))
        && let Ok(opened) = reach::open(db, act, order, None)
        && matches!(opened.sight, Sight::Full | Sight::Summary)
    {
        let row = opened.order.row;
        holder["order"] = serde_json::json!({ "id": row.id, "number": row.number, "team": opened.order.names.team });
    }
    Error::Refused(refusal)
}

/// Who is in charge of a session: somebody of the team that holds the order.
fn in_charge(db: &mut Db, doing: &Doing<'_>, n: usize, named: Option<PersonId>) -> Result<PersonId> {
    let me = doing.act.person();
    let Some(person) = named.or(me) else { return Err(Refusal::not_found().into()) };
    if Some(person) == me {
        return Ok(person);
    }
    let team = doing.order.row.team_id.ok_or_else(Refusal::not_found)?;
    if events::members(db, team, doing.now())?.contains(&person) {
        return Ok(person);
    }
    Err(Refusal::fault(format!("/sessions/{n}/in_charge"), "not_of_the_team", "The person in charge is one of the team that holds the order.").into())
}

/// Calls the order's event off, if there is one, and frees what it booked.
pub(super) fn call_off(db: &mut Db, doing: &mut Doing<'_>) -> Result<()> {
    if let Some(event) = doing.order.progress.event_id.take() {
        events::cancel(db, doing.act, &doing.order.row.county, event)?;
        doing.order.progress.starts_at = None;
        doing.order.progress.ends_at = None;
        doing.fields.push("event");
    }
    Ok(())
}

/// Puts the event off; the team keeps the order, and all who expect it are told.
pub fn postpone(db: &mut Db, app: &App, change: &Change<needs::Postpone>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Postpone, put_off)
}

/// As [`postpone`], of one order among many that are put off at once.
///
/// # Errors
/// 404; 403; 409 `not_now`. Nothing is written then.
pub fn postpone_among(db: &mut Db, act: &Act, id: OrderId, why: &needs::Postpone) -> Result<()> {
    make(db, act, id, Verb::Postpone, |db, doing| put_off(db, doing, why))
}

fn put_off(db: &mut Db, doing: &mut Doing<'_>, why: &needs::Postpone) -> Result<()> {
    call_off(db, doing)?;
    doing.note = Some(match &why.words {
        Some(words) if !words.trim().is_empty() => format!("{}: {words}", why.reason),
        _ => why.reason.to_string(),
    });
    doing.enter();
    Ok(())
}

/// Gives the order back before its start; it is open to all again.
pub fn release(db: &mut Db, app: &App, change: &Change<needs::Reason>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Release, |db, doing, body| {
        call_off(db, doing)?;
        leave_team(db, doing)?;
        doing.note = Some(body.reason.clone());
        doing.fields.push("team");
        doing.enter();
        Ok(())
    })
}

/// Takes the team off an order; it reads up to now.
pub(super) fn leave_team(db: &mut Db, doing: &mut Doing<'_>) -> Result<()> {
    doing.about = doing.order.row.team_id.take();
    store::leave_party(db, doing.id(), doing.now(), PartyKind::Team, doing.order.row.version + 1)
}

/// After the last end: how many came to each session, and what was done.
pub fn fulfil(db: &mut Db, app: &App, change: &Change<needs::Fulfil>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Fulfil, |db, doing, body| {
        let event = doing.order.progress.event_id.ok_or_else(Refusal::not_found)?;
        let reports: Vec<Report> = body.sessions.iter().map(Report::from).collect();
        events::report(db, doing.act, &doing.order.row.county, event, &reports)?;
        store::insert_answer(db, id, doing.act, AnswerKind::Report, &body.report)?;
        doing.fields.extend(["attendance", "report"]);
        doing.enter();
        Ok(())
    })
}
