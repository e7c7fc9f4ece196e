//! What time does to orders; the worker alone calls it. Every mark is a compare-and-set, so every instance may run it.

use chrono::Duration;

use crate::actor::{Act, Role};
use crate::db::Db;
use crate::divisions;
use crate::error::{Error, Result};
use crate::ids::OrderId;
use crate::organisations;
use crate::outbox::{self, To};
use crate::people;

use super::deed::{Doing, finish, limit};
use super::intake::{holding_centre, resume};
use super::reach::{self, Opened, standing};
use super::state::{self, State, Step, Verb};
use super::store::{self, Order};

/// Does what is due at this moment, at most so much of each kind; gives how much was done.
pub fn run_due(db: &mut Db, act: &Act, most: i64) -> Result<usize> {
    let mut done = 0;
    for id in store::offers_lapsed(db, act.now, most)? {
        done += counted(id, expire_offer(db, act, id))?;
    }
    for id in store::rungs_due(db, act.now, most)? {
        done += counted(id, climb(db, act, id))?;
    }
    for id in store::paused_since(db, act.now.minus(Duration::days(5)), most)? {
        done += counted(id, let_go_on(db, act, id))?;
    }
    for id in store::windows_passed(db, act.now, most)? {
        store::ask_new_times(db, id, act.now)?;
        outbox::tell(db, act, "new_times_wanted", id, To::Requester)?;
        done += 1;
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
    let step = state::step(verb, &standing(&opened.order, act.now), &opened.parts);
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
    doing.set_deadline(db)?;
    finish(db, &mut doing)?;
    Ok(true)
}

/// One rung of the ladder: late, then twice late, as the state has it.
fn climb(db: &mut Db, act: &Act, id: OrderId) -> Result<bool> {
    let Some(order) = store::find(db, id)? else { return Ok(false) };
    let county = order.row.county.clone();
    let rung = order.progress.rung;
    match (order.row.state, rung) {
        (State::Fulfilled, _) => return expire_review(db, act, id),
        (State::Submitted, 1..) => return move_up(db, act, id),
        _ => {}
    }
    let again = match order.row.state {
        State::Submitted | State::Dispatched if rung == 0 => match limit(db, &county, order.row.state.as_str(), order.row.urgent)? {
            Some(limit) => {
                let calendar = divisions::calendar(db, &county)?;
                Some(limit.twice().after(&calendar, order.row.stage_at).max(act.now.plus(Duration::minutes(1))))
            }
            None => None,
        },
        // Weekly, until it is claimed or given up.
        State::Accepted => Some(act.now.plus(Duration::days(7))),
        _ => None,
    };
    if !store::climb(db, id, rung, again, order.row.due_at)? {
        return Ok(false);
    }
    hear_of_lateness(db, act, &order)?;
    Ok(true)
}

fn hear_of_lateness(db: &mut Db, act: &Act, order: &Order) -> Result<()> {
    let id = order.row.id;
    let notice = format!("late_{}", order.row.state);
    let mut to: Vec<To> = Vec::new();
    let association = organisations::association(db, &order.row.county)?.map(|association| association.id);
    match order.row.state {
        State::Submitted => {
            // The centre above is told.
            let centres = organisations::centres_up(db, &order.row.place_path)?;
            let above = centres.iter().skip_while(|centre| centre.id != order.row.holding_centre_id).nth(1);
            to.extend(above.map(|centre| To::Role(Role::Dispatcher, centre.id)).or(association.map(|association| To::Role(Role::Supervisor, association))));
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

/// Seven days without a review: closed, unrated.
fn expire_review(db: &mut Db, act: &Act, id: OrderId) -> Result<bool> {
    let Some((opened, step)) = due(db, act, id, Verb::ExpireReview)? else { return Ok(false) };
    let mut doing = Doing::new(act, opened, step);
    doing.enter(db)?;
    finish(db, &mut doing)?;
    Ok(true)
}

/// The centre above holds the order: its own centre has no dispatcher any more, or waited twice its time.
fn move_up(db: &mut Db, act: &Act, id: OrderId) -> Result<bool> {
    let Some((opened, step)) = due(db, act, id, Verb::MoveUp)? else { return Ok(false) };
    let mut doing = Doing::new(act, opened, step);
    let holding = doing.order.row.holding_centre_id;
    let staffed = people::has_present_holder(db, Role::Dispatcher, holding, act.now)?;
    let mut above = None;
    if staffed {
        let centres = organisations::centres_up(db, &doing.order.row.place_path)?;
        for centre in centres.into_iter().skip_while(|centre| centre.id != holding).skip(1) {
            if people::has_present_holder(db, Role::Dispatcher, centre.id, act.now)? {
                above = Some(centre.id);
                break;
            }
        }
    } else {
        above = holding_centre(db, &doing.order.row.place_path, act.now)?;
    }
    let Some(above) = above.filter(|above| *above != holding) else {
        // Nobody above: it stays, marked late, and the supervisor was told.
        return store::climb(db, id, doing.order.progress.rung, None, doing.order.row.due_at);
    };
    doing.order.row.holding_centre_id = above;
    doing.about = Some(above);
    doing.fields.push("holding_centre");
    // The new holder gets a time of its own; that it is late stays marked, and the age since submit is never reset.
    let late_at = doing.order.row.late_at;
    let submitted = doing.order.row.stage_at;
    doing.order.row.stage_at = act.now;
    doing.order.progress.rung = 0;
    doing.set_deadline(db)?;
    doing.order.row.stage_at = submitted;
    doing.order.row.late_at = late_at;
    finish(db, &mut doing)?;
    Ok(true)
}

/// A question stopped the clock for five working days: it goes on by itself.
fn let_go_on(db: &mut Db, act: &Act, id: OrderId) -> Result<bool> {
    let Some(order) = store::find(db, id)? else { return Ok(false) };
    let Some(paused_at) = order.progress.paused_at else { return Ok(false) };
    let calendar = divisions::calendar(db, &order.row.county)?;
    let before = Duration::minutes(i64::from(order.progress.paused_minutes));
    if calendar.after_working_days(paused_at, 5).minus(before) > act.now || order.progress.rung_at.is_some() {
        return Ok(false);
    }
    let step = Step { verb: Verb::Reply, from: order.row.state, to: order.row.state, part: state::Part::Worker };
    let mut doing = Doing::new(act, Opened { order, parts: vec![state::Part::Worker], potential: Vec::new(), sight: reach::Sight::Full }, step);
    resume(db, &mut doing)?;
    store::save_clock(db, &doing.order)?;
    Ok(true)
}
