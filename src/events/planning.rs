//! Events that a centre, a department or a team plans by itself. Their places and people are taken from the first draft on.

use super::kinds::EventVerb;
use super::needs::{CancelEvent, EventFacts, ReportEvent};
use super::reach::{self, Opened};
use super::store;
use super::{EventState, Facts, Plan, Report, SessionState, lock, members, place, record, take, word};
use crate::actor::Act;
use crate::app::App;
use crate::auth;
use crate::bookings;
use crate::db::{self, Anchor, Db};
use crate::divisions;
use crate::error::{Kind, Refusal, Result};
use crate::idempotency;
use crate::ids::{EventId, EventSessionId};
use crate::outbox::{self, To};
use crate::plan;
use crate::venues::VenueKind;
use crate::wire::{Body, Caller, Change, Faults, Nothing, Seen};

/// An event as the caller may see it.
///
/// # Errors
/// 401 for a sign-in that ended; 404 for what they may not know of.
pub fn look(db: &mut Db, app: &App, caller: &Caller, id: EventId) -> Result<(Act, Opened)> {
    let act = auth::act(db, app, caller)?;
    let opened = opened(db, &act, id)?;
    Ok((act, opened))
}

/// An event as somebody who is known already may see it.
///
/// # Errors
/// 404 for what they may not know of.
pub fn opened(db: &mut Db, act: &Act, id: EventId) -> Result<Opened> {
    let event = store::event(db, id)?.ok_or_else(Refusal::not_found)?;
    let sessions = store::sessions(db, id)?;
    reach::open(act, event, sessions)
}

/// Plans an event: a draft, whose places and people are taken.
///
/// # Errors
/// 401; 403; 409 `taken`; 422 with all that cannot be used.
pub fn create(db: &mut Db, app: &App, change: &Change<EventFacts>) -> Result<(Act, Opened)> {
    let act = auth::signed_in(db, app, &change.caller)?;
    reach::may_plan(&act)?;
    let body = change.body()?;
    change.required_key()?;
    let scope = idempotency::scope(&act, "");
    let id = match idempotency::replay(db, &scope, "create_event", change)? {
        Some(made) => EventId(made),
        None => {
            let (facts, plans) = judge(db, &act, body)?;
            let id = super::plan(db, &act, &facts, &plans)?;
            word::planned(db, &act, id, &plans)?;
            idempotency::remember(db, act.now, &scope, "create_event", change, id.0)?;
            id
        }
    };
    let opened = opened(db, &act, id)?;
    Ok((act, opened))
}

/// Does something with an event once: in the one order of the API, 401, 404, 403, 428, the body, a repeat, 409, 412.
fn perform<B: Body>(
    db: &mut Db,
    app: &App,
    change: &Change<B>,
    id: EventId,
    verb: EventVerb,
    deed: impl FnOnce(&mut Db, &Act, &Opened, &B) -> Result<()>,
) -> Result<(Act, Opened)> {
    let act = auth::signed_in(db, app, &change.caller)?;
    db::lock(db, Anchor::Event(id.0))?;
    let seen = opened(db, &act, id)?;
    seen.allow(verb)?;
    let version: Seen = change.seen()?;
    let body = change.body()?;
    idempotency::once(db, &act, change, &format!("{verb}_event"), id.0, |db| {
        seen.can(verb, act.now)?;
        version.matches(seen.event.version)?;
        deed(db, &act, &seen, body)
    })?;
    let opened = opened(db, &act, id)?;
    Ok((act, opened))
}

/// Changes what an event is, and its sessions, all at once: what was booked is freed, and booked anew.
pub fn change(db: &mut Db, app: &App, change: &Change<EventFacts>, id: EventId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, EventVerb::Change, |db, act, seen, body| {
        let (facts, mut plans) = judge(db, act, body)?;
        // Who said yes to this very time has said it.
        for plan in &mut plans {
            plan.agreed |=
                seen.sessions.iter().any(|old| old.agreed && old.in_charge == plan.in_charge && (old.starts_at, old.ends_at) == (plan.starts_at, plan.ends_at));
        }
        let replaced: Vec<EventSessionId> = seen.sessions.iter().map(|session| session.id).collect();
        bookings::release(db, act.now, &replaced)?;
        store::remove_sessions(db, &replaced)?;
        if !store::change_event(db, &seen.event, &facts)? {
            return Err(Refusal::new(Kind::Stale, "stale", "Somebody changed it meanwhile. Read it again.").into());
        }
        lock(db, &plans)?;
        take(db, act, &facts, id, &plans)?;
        if seen.event.state() == EventState::Published && plans.iter().any(|plan| !plan.agreed) {
            return Err(Refusal::fault("/sessions", "not_agreed", "It is published: only somebody who has said yes can be in charge.").into());
        }
        if elsewhere(seen, &facts, &plans) {
            outbox::tell(db, act, "registration_event_changed", id, To::Registered)?;
        }
        word::changed(db, act, seen, &plans)?;
        record(db, act, "change_event", &seen.event.county, id, &["facts", "sessions"])
    })
}

/// Whether who comes finds it at another time or in another place than before.
fn elsewhere(seen: &Opened, facts: &Facts, plans: &[Plan]) -> bool {
    let event = &seen.event;
    let moved = event.online != facts.online || event.address != facts.address || event.division_code.as_ref() != Some(&facts.division_code);
    let planned = seen.sessions.iter().filter(|session| session.state == SessionState::Planned);
    let mut before: Vec<_> = planned.map(|session| (session.starts_at, session.ends_at, session.venue, session.space)).collect();
    let mut after: Vec<_> =
        plans.iter().map(|plan| (plan.starts_at, plan.ends_at, plan.place.map(|place| place.venue), plan.place.map(|place| place.space))).collect();
    before.sort_unstable();
    after.sort_unstable();
    moved || before != after
}

/// Publishes a draft: it will take place.
pub fn publish(db: &mut Db, app: &App, change: &Change<Nothing>, id: EventId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, EventVerb::Publish, |db, act, seen, _| {
        store::publish(db, id, act.now)?;
        record(db, act, "publish_event", &seen.event.county, id, &["published_at"])
    })
}

/// Somebody who was put in charge says yes.
pub fn agree(db: &mut Db, app: &App, change: &Change<Nothing>, id: EventId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, EventVerb::Agree, |db, act, seen, _| {
        let person = act.person().ok_or_else(auth::sign_in_first)?;
        if store::agree(db, id, person)? == 0 {
            return Err(Refusal::new(Kind::Conflict, "agreed_already", "You have said yes already.").into());
        }
        record(db, act, "agree_event", &seen.event.county, id, &["agreed"])?;
        word::agreed(db, act, &seen.event)
    })
}

/// Calls an event off and frees what it holds.
pub fn call_off(db: &mut Db, app: &App, change: &Change<CancelEvent>, id: EventId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, EventVerb::Cancel, |db, act, seen, body| {
        store::close(db, id, body.reason.trim())?;
        super::cancel(db, act, &seen.event.county, id)?;
        word::called_off(db, act, seen)?;
        outbox::tell(db, act, "registration_event_cancelled", id, To::Registered)
    })
}

/// Notes after its last end what became of it.
pub fn report(db: &mut Db, app: &App, change: &Change<ReportEvent>, id: EventId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, EventVerb::Report, |db, act, seen, body| {
        let reports: Vec<Report> = body.sessions.iter().map(Report::from).collect();
        if let Some(words) = body.words.as_deref().map(str::trim).filter(|words| !words.is_empty()) {
            store::close(db, id, words)?;
        }
        super::report(db, act, &seen.event.county, id, &reports)
    })
}

/// What is asked for, looked up: all that cannot be used is told at once.
fn judge(db: &mut Db, act: &Act, body: &EventFacts) -> Result<(Facts, Vec<Plan>)> {
    let seat = reach::planner(act, body.organiser_id)?.clone();
    let mut faults = Faults::default();
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
    };
    Ok((facts, plans))
}
