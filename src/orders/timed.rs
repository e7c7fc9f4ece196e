//! What time does to orders; the worker alone calls it. Every mark is a compare-and-set, so every instance may run it.

use chrono::Duration;

use crate::actor::{Act, Role};
use crate::clock::Moment;
use crate::db::Db;
use crate::divisions;
use crate::error::{Error, Result};
use crate::ids::{OrderId, OrganisationId};
use crate::organisations;
use crate::outbox::{self, To};
use crate::people;

use super::deed::{Doing, finish, limit};
use super::reach::{self, Opened, standing};
use super::rules::{self, Limit};
use super::state::{self, State, Step, Verb};
use super::store::{self, Order};

/// The stage of the county's deadlines that says how long questions can stop the clock.
const QUESTION: &str = "question";
const USUAL_PAUSE: Limit = Limit::WorkingDays(5);

/// Does what is due at this moment, at most so much of each kind; gives how much was done.
pub fn run_due(db: &mut Db, act: &Act, most: i64) -> Result<usize> {
    let mut done = 0;
    for id in store::offers_lapsed(db, act.now, most)? {
        done += counted(id, expire_offer(db, act, id))?;
    }
    for id in store::rungs_due(db, act.now, most)? {
        done += counted(id, climb(db, act, id))?;
    }
    let stopped_before = act.now.minus(shortest_pause(db)?);
    for id in store::paused_since(db, stopped_before, most)? {
        done += counted(id, let_go_on(db, act, id))?;
    }
    for id in store::windows_passed(db, act.now, most)? {
        if store::ask_new_times(db, id, act.now)? {
            outbox::tell(db, act, "new_times_wanted", id, To::Requester)?;
            done += 1;
        }
    }
    for centre in store::holding_centres(db)? {
        if !people::has_present_holder(db, Role::Dispatcher, centre, act.now)? {
            for id in store::waiting_at(db, centre, most)? {
                done += counted(id, move_up(db, act, id))?;
            }
        }
    }
    Ok(done)
}

/// One order that refuses does not hold up the others; a failure of the database does.
fn counted(id: OrderId, done: Result<bool>) -> Result<usize> {
    match done {
        Err(Error::Refused(refusal)) => {
            tracing::warn!(order = id.0, code = refusal.code, "a timed deed was refused");
            Ok(0)
        }
        done => done.map(usize::from),
    }
}

/// The order as the worker stands to it, if this move is still open.
fn due(db: &mut Db, act: &Act, id: OrderId, verb: Verb) -> Result<Option<(Opened, Step)>> {
    let opened = reach::open(db, act, id, None)?;
    let step = state::step(verb, &standing(&opened, act.now), &opened.parts);
    Ok(step.map(|step| (opened, step)))
}

/// An offer that nobody answered ends: open to all.
fn expire_offer(db: &mut Db, act: &Act, id: OrderId) -> Result<bool> {
    let opened = reach::open(db, act, id, None)?;
    if opened.order.row.state != State::Accepted || opened.order.progress.offer_until.is_none_or(|until| act.now < until) {
        return Ok(false);
    }
    let state = opened.order.row.state;
    let step = Step { verb: Verb::ExpireOffer, from: state, to: state, part: state::Part::Worker };
    let mut doing = Doing::new(act, opened, step);
    doing.about = doing.order.progress.offer_team_id;
    super::dispatching::end_offer(db, &mut doing)?;
    doing.wait_anew();
    finish(db, &mut doing)?;
    Ok(true)
}

/// One rung of the ladder: late, then twice late, as the state has it.
fn climb(db: &mut Db, act: &Act, id: OrderId) -> Result<bool> {
    let Some(order) = store::find(db, id)? else { return Ok(false) };
    let rung = order.progress.rung;
    match (order.row.state, rung) {
        (State::Fulfilled, _) => return expire_review(db, act, id),
        (State::Submitted, 1..) => return move_up(db, act, id),
        _ => {}
    }
    let again = next_rung(db, &order, act.now)?;
    if !store::climb(db, id, rung, again, order.row.due_at)? {
        return Ok(false);
    }
    hear_of_lateness(db, act, &order)?;
    Ok(true)
}

/// When the ladder of a late order rings next.
pub(super) fn next_rung(db: &mut Db, order: &Order, now: Moment) -> Result<Option<Moment>> {
    let row = &order.row;
    match (row.state, row.due_at) {
        // At twice its time: once more what the stage may last, counted from when it was late.
        (State::Submitted | State::Dispatched, Some(due)) if order.progress.rung <= 1 => {
            let Some(limit) = limit(db, &row.county, row.state.as_str(), row.urgent)? else { return Ok(None) };
            let calendar = divisions::calendar(db, &row.county)?;
            // A working day ends at midnight, which is the next day already.
            let from = due.minus(Duration::microseconds(1));
            Ok(Some(rules::due(&calendar, row.state, limit, from, row.first_from).max(now.plus(Duration::minutes(1)))))
        }
        // Weekly, until it is claimed or given up.
        (State::Accepted, _) => Ok(Some(now.plus(Duration::days(7)))),
        _ => Ok(None),
    }
}

fn hear_of_lateness(db: &mut Db, act: &Act, order: &Order) -> Result<()> {
    let id = order.row.id;
    let notice = format!("late_{}", order.row.state);
    let mut to: Vec<To> = Vec::new();
    let association = organisations::association(db, &order.row.county)?.map(|association| association.id);
    match order.row.state {
        State::Submitted => {
            // The centre above is told.
            let above = centres_above(db, order.row.holding_centre_id)?.into_iter().next();
            to.extend(above.map(|centre| To::Role(Role::Dispatcher, centre)).or(association.map(|association| To::Role(Role::Supervisor, association))));
        }
        State::Dispatched => {
            to.extend(order.row.department_id.map(|department| To::Role(Role::Officer, department)));
            to.push(To::Role(Role::Dispatcher, order.row.holding_centre_id));
            to.extend(association.map(|association| To::Role(Role::Officer, association)));
        }
        State::Accepted => {
            to.extend(order.row.department_id.map(|department| To::Role(Role::Officer, department)));
            to.push(To::Role(Role::Dispatcher, order.row.holding_centre_id));
            outbox::tell(db, act, "nobody_yet", id, To::Requester)?;
        }
        State::Claimed | State::Scheduled => to.extend(order.row.department_id.map(|department| To::Role(Role::Officer, department))),
        State::Disputed => to.extend(association.map(|association| To::Role(Role::Supervisor, association))),
        _ => {}
    }
    to.into_iter().try_for_each(|to| outbox::tell(db, act, &notice, id, to))
}

/// The days for a review (stage `fulfilled`) went by without one: closed, unrated.
fn expire_review(db: &mut Db, act: &Act, id: OrderId) -> Result<bool> {
    let Some((opened, step)) = due(db, act, id, Verb::ExpireReview)? else { return Ok(false) };
    let mut doing = Doing::new(act, opened, step);
    doing.enter();
    finish(db, &mut doing)?;
    Ok(true)
}

/// The centres above one, nearest first.
fn centres_above(db: &mut Db, centre: OrganisationId) -> Result<Vec<OrganisationId>> {
    let Some(found) = organisations::get(db, centre)? else { return Ok(Vec::new()) };
    Ok(organisations::centres_up(db, &found.path)?.into_iter().map(|centre| centre.id).filter(|id| *id != centre).collect())
}

/// The centre above holds the order: its own centre has no dispatcher any more, or waited twice its time.
fn move_up(db: &mut Db, act: &Act, id: OrderId) -> Result<bool> {
    let Some((opened, step)) = due(db, act, id, Verb::MoveUp)? else { return Ok(false) };
    let mut doing = Doing::new(act, opened, step);
    let holding = doing.order.row.holding_centre_id;
    let staffed = people::has_present_holder(db, Role::Dispatcher, holding, act.now)?;
    let mut above = None;
    if staffed {
        for centre in centres_above(db, holding)? {
            if people::has_present_holder(db, Role::Dispatcher, centre, act.now)? {
                above = Some(centre);
                break;
            }
        }
    } else {
        above = people::dispatching_centre(db, &doing.order.row.place_path, act.now)?;
    }
    let Some(above) = above.filter(|above| *above != holding) else {
        // Nobody above: it stays; where it is late, it is marked so, and the supervisor was told.
        return if !staffed { Ok(false) } else { store::climb(db, id, doing.order.progress.rung, None, doing.order.row.due_at) };
    };
    organisations::stays_open(db, above)?;
    doing.order.row.holding_centre_id = above;
    doing.about = Some(above);
    doing.fields.push("holding_centre");
    // The new holder gets a time of its own; that it is late stays marked, and the age since submit is never reset.
    let late_at = doing.order.row.late_at;
    let submitted = doing.order.row.stage_at;
    doing.order.row.stage_at = act.now;
    doing.order.progress.rung = 0;
    doing.set_deadline();
    doing.order.row.stage_at = submitted;
    doing.order.row.late_at = late_at;
    finish(db, &mut doing)?;
    Ok(true)
}

/// A question stopped the clock for as long as it may: it goes on by itself.
fn let_go_on(db: &mut Db, act: &Act, id: OrderId) -> Result<bool> {
    let Some(mut order) = store::find(db, id)? else { return Ok(false) };
    let Some(paused_at) = order.progress.paused_at else { return Ok(false) };
    let calendar = divisions::calendar(db, &order.row.county)?;
    let before = Duration::minutes(i64::from(order.progress.paused_minutes));
    let most = longest_pause(db, &order)?;
    if most.after(&calendar, paused_at).minus(before) > act.now || order.progress.rung_at.is_some() {
        return Ok(false);
    }
    // The question stays open: it can still be answered, but the clock goes on.
    let stood = rules::stood_still(&calendar, paused_at, act.now, before, most);
    order.progress.paused_minutes += i32::try_from(stood.num_minutes()).unwrap_or(0);
    order.row.due_at = order.row.due_at.map(|due| due.plus(stood));
    order.progress.rung_at = if order.progress.rung == 0 { order.row.due_at } else { next_rung(db, &order, act.now)? };
    store::save_clock(db, &order)?;
    Ok(true)
}

/// How long questions can stop an order's clock, in all: five working days where the county's data say nothing.
pub(super) fn longest_pause(db: &mut Db, order: &Order) -> Result<Limit> {
    Ok(limit(db, &order.row.county, QUESTION, order.row.urgent)?.unwrap_or(USUAL_PAUSE))
}

/// So long every clock that a question stopped stands still at least: younger pauses need no look.
fn shortest_pause(db: &mut Db) -> Result<Duration> {
    let limits = divisions::deadlines_of(db, QUESTION)?.into_iter().map(Limit::from).chain([USUAL_PAUSE]);
    Ok(limits.map(Limit::at_least).min().unwrap_or_default())
}
