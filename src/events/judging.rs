//! What is asked of an event, looked up: all that cannot be used is told at once.

use super::needs::EventFacts;
use super::store::Event;
use super::{Facts, Plan, members, parts, place, reach};
use crate::actor::{Act, Seat};
use crate::auth;
use crate::campaigns;
use crate::db::Db;
use crate::divisions;
use crate::error::{Refusal, Result};
use crate::organisations;
use crate::plan;
use crate::venues::VenueKind;
use crate::wire::Faults;

/// What is asked for, looked up; `old` is the event that is changed.
///
/// # Errors
/// 403 where the doer plans for none of those concerned; 422 with all that cannot be used.
pub(super) fn judge(db: &mut Db, act: &Act, body: &EventFacts, old: Option<&Event>) -> Result<(Facts, Vec<Plan>)> {
    let mut faults = Faults::default();
    let seat = seat(db, act, body, &mut faults)?;
    let whole = match body.parent_id {
        Some(id) => parts::parent(db, act, &seat.county, id, old, &mut faults)?,
        None => None,
    };
    if let Some(campaign) = body.campaign_id
        && campaigns::lean_on(db, &seat.county, campaign)?.is_none()
    {
        faults.add("/campaign_id", "unknown", "There is no such campaign in this county.");
    }
    let division = divisions::find(db, &body.division_code)?.filter(|division| division.county == seat.county);
    if division.is_none() {
        faults.add("/division_code", "unknown", "Choose a division of the county.");
    }
    let mut plan_item = None;
    if let Some(task) = &body.plan_task {
        plan_item = plan::item(db, &seat.county, &task.plan, &task.task)?;
        if plan_item.is_none() {
            faults.add("/plan_task", "unknown", "There is no such task in the plan.");
        }
    }
    let (online, open) = (body.online.unwrap_or(false), body.open.unwrap_or(false));
    let address = body.address.as_deref().map(str::trim).filter(|address| !address.is_empty()).map(str::to_owned);
    let others = body.sessions.iter().any(|session| session.in_charge.is_some_and(|person| Some(person) != act.person()));
    let members = if others { members(db, body.organiser_id, act.now)? } else { Vec::new() };
    let mut plans = Vec::with_capacity(body.sessions.len());
    for (n, session) in body.sessions.iter().enumerate() {
        if session.starts_at <= act.now {
            faults.add(format!("/sessions/{n}/starts_at"), "in_the_past", "A session is planned ahead of time.");
        }
        let in_charge = session.in_charge.or(act.person());
        let Some(in_charge) = in_charge else { return Err(auth::sign_in_first()) };
        let own = Some(in_charge) == act.person();
        if !own && !members.contains(&in_charge) {
            faults.add(format!("/sessions/{n}/in_charge"), "not_of_the_organiser", "The person in charge is one of the organiser's.");
        }
        let mut plan = Plan::of(session, in_charge, own);
        match place(db, &seat.county, act.now, n, session, plan.at_the_place().0)? {
            Some((place, venue)) => {
                if open && venue.kind == VenueKind::School {
                    faults.add("/open", "school_is_closed", "What takes place in a school is never open to everybody.");
                }
                plan.place = Some(place);
            }
            None if !online && address.is_none() => {
                faults.add(format!("/sessions/{n}/venue_id"), "nowhere", "Say where: choose a venue, give an address, or say that it is online.");
            }
            None => {}
        }
        if let Some((_, wholes)) = &whole {
            parts::place_within(wholes, n, &mut plan, &mut faults);
        }
        plans.push(plan);
    }
    let Some(division) = division else { return Err(faults.into_result().err().unwrap_or_else(Refusal::not_found).into()) };
    faults.into_result()?;
    let facts = Facts {
        county: seat.county,
        order: None,
        title: body.title.trim().to_owned(),
        description: body.description.as_deref().unwrap_or_default().trim().to_owned(),
        kind: body.kind,
        online,
        open,
        organiser: Some(body.organiser_id),
        division_code: division.code,
        place_path: division.path,
        jurisdiction: division.jurisdiction,
        address,
        audience: body.audience,
        expected: body.expected,
        plan_item,
        campaign: body.campaign_id,
        parent: body.parent_id,
    };
    Ok((facts, plans))
}

/// The seat in which somebody plans this: for the organiser, or, of a part, for who holds the whole.
fn seat(db: &mut Db, act: &Act, body: &EventFacts, faults: &mut Faults) -> Result<Seat> {
    let own = reach::planner(act, body.organiser_id).cloned();
    let Some(whole) = body.parent_id.filter(|_| own.is_err()) else { return own };
    let Some(holder) = parts::holder(db, whole)? else { return own };
    let Ok(seat) = reach::planner(act, holder).cloned() else { return own };
    if organisations::held_open(db, body.organiser_id)?.is_none_or(|organiser| organiser.county != seat.county) {
        faults.add("/organiser_id", "unknown", "There is no such open organisation in this county.");
    }
    Ok(seat)
}
