//! Events that a centre, a department or a team plans by itself. Their places and people are taken from the first draft on.

use super::judging::judge;
use super::kinds::EventVerb;
use super::needs::{CancelEvent, EventFacts, PostponeEvent, ReportEvent};
use super::parts;
use super::parts_store;
use super::reach::{self, Opened};
use super::replanning::{nobody_came, restage};
use super::store::{self, Event, Session};
use super::{EventState, Facts, Plan, PostponeReason, Report, SessionState, put_off, record, word};
use crate::actor::Act;
use crate::app::App;
use crate::auth;
use crate::db::Db;
use crate::error::{Kind, Refusal, Result};
use crate::idempotency;
use crate::ids::EventId;
use crate::outbox::{self, To};
use crate::wire::{Body, Caller, Change, Nothing, Seen};

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
    open(db, act, event, sessions)
}

/// As [`opened`], of an event that was read already.
///
/// # Errors
/// 404 for what they may not know of.
pub fn open(db: &mut Db, act: &Act, event: Event, sessions: Vec<Session>) -> Result<Opened> {
    let beside = parts_store::beside(db, event.id, event.campaign, event.parent)?;
    reach::open(act, event, sessions, beside)
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
            parts::lock_whole_first(db, None, body.parent_id)?;
            let (facts, plans) = judge(db, &act, body, None)?;
            let id = super::plan(db, &act, &facts, &plans)?;
            word::planned(db, &act, id, &plans)?;
            if !reach::plans_for(&act, body.organiser_id) {
                reach::tell_planners(db, &act, id, body.organiser_id, "event_entered")?;
            }
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
    shall_be_part_of: Option<EventId>,
    deed: impl FnOnce(&mut Db, &Act, &Opened, &B) -> Result<()>,
) -> Result<(Act, Opened)> {
    let act = auth::signed_in(db, app, &change.caller)?;
    parts::lock_whole_first(db, Some(id), shall_be_part_of)?;
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

/// Changes what an event is, and its sessions, all at once: what was booked is freed, and booked anew. Its parts move along. One that
/// was put off has a time again.
pub fn change(db: &mut Db, app: &App, change: &Change<EventFacts>, id: EventId) -> Result<(Act, Opened)> {
    let parent = change.body().ok().and_then(|body| body.parent_id);
    perform(db, app, change, id, EventVerb::Change, parent, |db, act, seen, body| {
        let (facts, mut plans) = judge(db, act, body, Some(&seen.event))?;
        nobody_came(db, id)?;
        // Who said yes to this very time has said it.
        for plan in &mut plans {
            plan.agreed |=
                seen.sessions.iter().any(|old| old.agreed && old.in_charge == plan.in_charge && (old.starts_at, old.ends_at) == (plan.starts_at, plan.ends_at));
        }
        let (old, new) = (parts::wholes_of(&seen.sessions), parts::wholes_planned(&plans));
        let moving = parts::free(db, act, &seen.beside.parts, &old, &new)?;
        restage(db, act, &seen.event, &seen.sessions, &facts, &plans, &moving)?;
        parts::settle_anew(db, act, &facts.county, moving)?;
        let expected = matches!(seen.event.state(), EventState::Published | EventState::Postponed);
        if expected && plans.iter().any(|plan| !plan.agreed) {
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
    perform(db, app, change, id, EventVerb::Publish, None, |db, act, seen, _| {
        store::publish(db, id, act.now)?;
        store::stamp(db, id, act.now)?;
        record(db, act, "publish_event", &seen.event.county, id, &["published_at"])
    })
}

/// Somebody who was put in charge says yes.
pub fn agree(db: &mut Db, app: &App, change: &Change<Nothing>, id: EventId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, EventVerb::Agree, None, |db, act, seen, _| {
        let person = act.person().ok_or_else(auth::sign_in_first)?;
        if store::agree(db, id, person)? == 0 {
            return Err(Refusal::new(Kind::Conflict, "agreed_already", "You have said yes already.").into());
        }
        record(db, act, "agree_event", &seen.event.county, id, &["agreed"])?;
        word::agreed(db, act, &seen.event)
    })
}

/// Puts an event off, and its parts: what they hold is freed, and they stand without a time until they are changed.
pub fn postpone(db: &mut Db, app: &App, change: &Change<PostponeEvent>, id: EventId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, EventVerb::Postpone, None, |db, act, seen, body| {
        let words = body.words.as_deref().map(str::trim).filter(|words| !words.is_empty());
        parts::put_off_parts(db, act, &seen.event.county, &seen.beside.parts, body.reason, words)?;
        put_off(db, act, &seen.event.county, id, body.reason, words)
    })
}

/// As [`postpone`], of one event among many that are put off at once; false where it does not stand published any more, or not
/// without an order.
pub fn postpone_among(db: &mut Db, act: &Act, id: EventId, reason: PostponeReason, words: Option<&str>) -> Result<bool> {
    parts::lock_whole_first(db, Some(id), None)?;
    let Some(event) = store::event(db, id)?.filter(|event| event.order.is_none() && event.state() == EventState::Published) else { return Ok(false) };
    let beside = parts_store::beside(db, id, None, event.parent)?;
    parts::put_off_parts(db, act, &event.county, &beside.parts, reason, words)?;
    put_off(db, act, &event.county, id, reason, words)?;
    Ok(true)
}

/// Calls an event off, and its parts, and frees what they hold.
pub fn call_off(db: &mut Db, app: &App, change: &Change<CancelEvent>, id: EventId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, EventVerb::Cancel, None, |db, act, seen, body| {
        parts::cancel_parts(db, act, &seen.event.county, &seen.beside.parts, body.reason.trim())?;
        store::close(db, id, body.reason.trim())?;
        super::cancel(db, act, &seen.event.county, id)?;
        word::called_off(db, act, id)
    })
}

/// Notes after its last end what became of it.
pub fn report(db: &mut Db, app: &App, change: &Change<ReportEvent>, id: EventId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, EventVerb::Report, None, |db, act, seen, body| {
        let reports: Vec<Report> = body.sessions.iter().map(Report::from).collect();
        if let Some(words) = body.words.as_deref().map(str::trim).filter(|words| !words.is_empty()) {
            store::close(db, id, words)?;
        }
        super::report(db, act, &seen.event.county, id, &reports)
    })
}
