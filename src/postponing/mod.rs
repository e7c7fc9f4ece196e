//! 延期 of a whole day: snow closes the roads of a township, and all that takes place there on that day is put off in one deed. Events
//! that were planned without an order stand without a time until they are changed; those of orders go through the orders' own move,
//! which tells all who expect them. What cannot be put off by itself is left as it is, and said.

pub mod http;
pub mod needs;
mod rules;
mod store;

pub use rules::WhyStays;
pub use store::Line;

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::actor::{Act, Role};
use crate::app::App;
use crate::auth;
use crate::clock::Moment;
use crate::db::Db;
use crate::divisions::{self, Division};
use crate::error::{Error, Kind, Refusal, Result};
use crate::events::planning;
use crate::idempotency;
use crate::ids::{EventId, OrderId, PostponementId};
use crate::journal::{self, Capacity, Subject};
use crate::orders;
use crate::orders::state::Verb;
use crate::wire::{Caller, Change};
use needs::PostponeDay;

/// In which roles somebody puts a day off in the area of their centre.
const ROLES: [Role; 2] = [Role::Dispatcher, Role::Scheduler];
/// The most events that are put off at once.
const MOST: usize = 200;

/// What takes place on a day in an area: what can be put off, or was, and what stays, with why.
#[derive(Debug, Clone)]
pub struct Day {
    /// Empty: it was only looked at.
    pub done: Option<store::Postponement>,
    pub division: Division,
    pub day: NaiveDate,
    pub postponed: Vec<Line>,
    pub left: Vec<(Line, WhyStays)>,
}

/// What would be put off, and what would stay.
///
/// # Errors
/// 401; 403 for who works for no centre of the area; 400 for a place or day that cannot be; 409 `too_many`.
pub fn preview(db: &mut Db, app: &App, caller: &Caller, asked: impl FnOnce() -> Result<(String, NaiveDate)>) -> Result<Day> {
    let act = auth::signed_in(db, app, caller)?;
    may_anywhere(&act)?;
    let (code, day) = asked()?;
    let division = divisions::find(db, &code)?.ok_or_else(|| Refusal::query("division_code", "unknown", "There is no such division."))?;
    may_here(&act, &division)?;
    let zone = divisions::zone(db, &division.county)?;
    if day < act.now.day(zone) {
        return Err(Refusal::query("day", "in_the_past", "Only today or a day to come is put off.").into());
    }
    let (postponed, left) = judge(db, &act, &division, day, zone)?;
    Ok(Day { done: None, division, day, postponed, left })
}

/// Puts a day off, all in one transaction.
///
/// # Errors
/// As [`preview`], with 422 for a place or day that cannot be.
pub fn postpone(db: &mut Db, app: &App, change: &Change<PostponeDay>) -> Result<Day> {
    let act = auth::signed_in(db, app, &change.caller)?;
    may_anywhere(&act)?;
    let body = change.body()?;
    change.required_key()?;
    let division = divisions::find(db, &body.division_code)?.ok_or_else(|| Refusal::fault("/division_code", "unknown", "There is no such division."))?;
    let capacity = may_here(&act, &division)?;
    let zone = divisions::zone(db, &division.county)?;
    let scope = idempotency::scope(&act, "");
    let id = match idempotency::replay(db, &scope, "postpone_day", change)? {
        Some(made) => PostponementId(made),
        None => {
            if body.day < act.now.day(zone) {
                return Err(Refusal::fault("/day", "in_the_past", "Only today or a day to come is put off.").into());
            }
            let (lines, _) = judge(db, &act, &division, body.day, zone)?;
            let id = put_off(db, &act, &division, body, &lines, capacity)?;
            idempotency::remember(db, act.now, &scope, "postpone_day", change, id.0)?;
            id
        }
    };
    let done = store::find(db, id)?.ok_or_else(Refusal::not_found)?;
    let postponed = store::lines_of(db, id)?;
    let (_, left) = judge(db, &act, &division, done.day, zone)?;
    Ok(Day { day: done.day, done: Some(done), division, postponed, left })
}

fn put_off(db: &mut Db, act: &Act, division: &Division, body: &PostponeDay, lines: &[Line], capacity: Capacity) -> Result<PostponementId> {
    if lines.is_empty() {
        let words = "Nothing of that day can be put off here. Look at what takes place then.";
        return Err(Refusal::new(Kind::Conflict, "nothing_to_postpone", words).into());
    }
    let why = body.why();
    let words = why.words.as_deref().map(str::trim).filter(|words| !words.is_empty());
    let mut done = Vec::with_capacity(lines.len());
    // Orders before events, each by their ids: as every deed locks them.
    let orders = lines.iter().filter_map(|line| line.order.map(|order| (order, line.event)));
    for (order, event) in sorted(orders) {
        match orders::postpone_among(db, act, order, &why) {
            Ok(()) => done.push(event),
            // Moved on meanwhile: it is left, and looked at anew for the answer.
            Err(Error::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    let (parts, wholes): (Vec<&Line>, Vec<&Line>) = lines.iter().filter(|line| line.order.is_none()).partition(|line| line.parent.is_some());
    for line in wholes.into_iter().chain(parts) {
        // A part was put off with its whole.
        if planning::postpone_among(db, act, line.event, body.reason, words)? || line.parent.is_some() {
            done.push(line.event);
        }
    }
    let person = act.person().ok_or_else(auth::sign_in_first)?;
    let id = store::insert(db, act.now, person, division, body, &done)?;
    let subject = Subject { kind: "postponement", id: id.0, version: None, county: Some(&division.county) };
    journal::record(db, act, "postpone_day", subject, capacity, &["events"])?;
    Ok(id)
}

fn sorted(orders: impl Iterator<Item = (OrderId, EventId)>) -> Vec<(OrderId, EventId)> {
    let mut orders: Vec<(OrderId, EventId)> = orders.collect();
    orders.sort_unstable();
    orders
}

/// What moves, and what stays where it is, with the reason.
type Judged = (Vec<Line>, Vec<(Line, WhyStays)>);

/// What of a day can be put off by somebody, and what stays, with why.
fn judge(db: &mut Db, act: &Act, division: &Division, day: NaiveDate, zone: Tz) -> Result<Judged> {
    let whole_day = Moment::days(zone, day, day);
    let lines = store::lines_on(db, division, whole_day, MOST + 1)?;
    if lines.len() > MOST {
        return Err(Refusal::new(Kind::Conflict, "too_many", "More than 200 events take place there on that day. Choose a smaller area.").into());
    }
    let of_orders: Vec<OrderId> = lines.iter().filter_map(|line| line.order).collect();
    let open = orders::open_to(db, act, &of_orders, Verb::Postpone)?;
    Ok(rules::judge(lines, whole_day, act.now, &open))
}

fn may_anywhere(act: &Act) -> Result<()> {
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    if ROLES.iter().any(|role| actor.has(*role)) { Ok(()) } else { Err(forbidden().into()) }
}

/// As what somebody puts a day off there.
fn may_here(act: &Act, division: &Division) -> Result<Capacity> {
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    let seat = |role: Role| actor.seats(role).find(|seat| seat.covers(&division.path, division.jurisdiction)).map(|seat| (role, seat.organisation));
    let (role, organisation) = ROLES.into_iter().find_map(seat).ok_or_else(forbidden)?;
    Ok(Capacity { role: Some(role), organisation: Some(organisation) })
}

fn forbidden() -> Refusal {
    Refusal::forbidden("A day is put off by the dispatchers and schedulers of the centre of that area or of one above it.")
}
