//! 花名册: who was at a session, filed by the team and answered by a second person of another organisation. Confirmed, each volunteer has
//! their hours; what is on duty, paid or learnt never becomes a record (民政部令67号, Art 19).

mod answering;
mod filing;
pub mod http;
mod needs;
mod reach;
mod state;
mod store;
mod timed;

pub use answering::{confirm, give_back};
pub use filing::file;
pub use timed::remind;

use crate::actor::{Act, Role};
use crate::auth;
use crate::clock::Moment;
use crate::db::{self, Anchor, Db};
use crate::directory;
use crate::error::{Kind, Refusal, Result};
use crate::events::{self, Event, Session, SessionState};
use crate::hours;
use crate::ids::{EventId, EventSessionId, OrderId, RosterId};
use crate::journal::{self, Capacity, Subject};
use crate::organisations;
use crate::outbox::To;
use crate::people;
use crate::wire::Cursor;
use reach::Opened;
use store::Filter;

/// A page of the rosters within somebody's reach, newest first: one more than it holds.
///
/// # Errors
/// 401.
pub fn list(db: &mut Db, act: &Act, filter: Filter, cursor: Cursor) -> Result<Vec<Opened>> {
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    let found = store::page(db, actor, filter, cursor)?;
    let ids: Vec<RosterId> = found.iter().map(|roster| roster.row.id).collect();
    let lines = store::lines(db, &ids)?;
    let directory = directory::current(db)?;
    let opened = found.into_iter().map(|roster| {
        let own = lines.iter().filter(|line| line.roster == roster.row.id).cloned().collect();
        let host = directory.team(roster.row.team).map(|(_, host)| host);
        reach::open(act, roster, own, host)
    });
    opened.collect()
}

/// A roster as somebody may see it.
///
/// # Errors
/// 401; 404 for what they may not know of.
pub fn look(db: &mut Db, act: &Act, id: RosterId) -> Result<Opened> {
    let roster = store::find(db, id)?.ok_or_else(Refusal::not_found)?;
    let lines = store::lines(db, &[id])?;
    let host = organisations::team(db, roster.row.team)?.map(|team| team.host);
    reach::open(act, roster, lines, host)
}

/// Locks what decides whether a session's hours can be written: its order, whose dispute may be upheld at the same time, and its event.
fn lock(db: &mut Db, order: Option<OrderId>, event: EventId) -> Result<()> {
    if let Some(order) = order {
        db::lock(db, Anchor::Order(order.0))?;
    }
    db::lock(db, Anchor::Event(event.0))
}

/// A session of which hours can be written: it was reported as held, and nobody doubts it.
///
/// # Errors
/// 409 `session_not_held`, `hours_held`.
fn of_hours(db: &mut Db, event: EventId, session: EventSessionId) -> Result<(Event, Session)> {
    let found = events::event(db, event)?.ok_or_else(Refusal::not_found)?;
    let session = events::sessions(db, event)?.into_iter().find(|known| known.id == session).ok_or_else(Refusal::not_found)?;
    if session.state != SessionState::Held {
        return Err(Refusal::new(Kind::Conflict, "session_not_held", "Hours are written of what took place: report the session first.").into());
    }
    if hours::is_held(db, event)? {
        return Err(Refusal::new(Kind::Conflict, "hours_held", "Somebody disputes what took place: its hours wait until that is decided.").into());
    }
    Ok((found, session))
}

fn record(db: &mut Db, act: &Act, verb: &str, roster: (RosterId, i64), county: &str, capacity: Capacity, fields: &[&str]) -> Result<()> {
    let (id, version) = roster;
    journal::record(db, act, verb, Subject { kind: "roster", id: id.0, version: Some(version), county: Some(county) }, capacity, fields)
}

/// The nearest centre up from a place with a dispatcher who is there.
fn centre_above(db: &mut Db, path: &str, now: Moment) -> Result<Option<To>> {
    Ok(people::dispatching_centre(db, path, now)?.map(|centre| To::Role(Role::Dispatcher, centre)))
}
