//! The devices that one is signed in on.

use super::store::{self, Session};
use super::tokens;
use crate::actor::Act;
use crate::app::App;
use crate::db::Db;
use crate::error::{Refusal, Result};
use crate::ids::{PersonId, SessionId};
use crate::journal::{self, Capacity, Subject};
use crate::wire::Caller;

/// Does something as a person, in a session that lasts no longer than that: for callers inside the process, such as the demo,
/// that have no password to show.
pub fn as_person<T>(db: &mut Db, app: &App, person: PersonId, deed: impl FnOnce(&mut Db, Caller) -> Result<T>) -> Result<T> {
    let now = app.clock.now();
    let session = store::insert_session(db, person, "inside", None, now)?;
    let token = tokens::sign(&app.secrets, person, session, now, 1)?;
    let done = deed(db, Caller::inside(Some(token)))?;
    store::end_session(db, session, "done", now)?;
    Ok(done)
}

/// One's own sessions that are alive, newest first, a hundred at most.
pub fn my_sessions(db: &mut Db, app: &App, act: &Act) -> Result<Vec<Session>> {
    let actor = act.actor().ok_or_else(Refusal::not_found)?;
    store::alive(db, actor.person, act.now.minus(super::idle_limit(app, actor.is_staff())))
}

/// Ends one of one's own sessions; one that is over stays so.
///
/// # Errors
/// 404 for somebody else's.
pub fn end_session(db: &mut Db, act: &Act, id: SessionId) -> Result<()> {
    let session = store::session(db, id)?.filter(|session| Some(session.person) == act.person()).ok_or_else(Refusal::not_found)?;
    if store::end_session(db, session.id, "signed_out", act.now)? {
        let subject = Subject { kind: "session", id: id.0, version: None, county: None };
        journal::record(db, act, "end_session", subject, Capacity::default(), &["ended_at"])?;
    }
    Ok(())
}

/// Ends all of one's own sessions but this one; says how many.
pub fn end_other_sessions(db: &mut Db, act: &Act) -> Result<usize> {
    let actor = act.actor().ok_or_else(Refusal::not_found)?;
    let ended = store::end_sessions(db, actor.person, actor.session, "signed_out", act.now)?;
    let subject = Subject { kind: "person", id: actor.person.0, version: None, county: None };
    journal::record(db, act, "end_other_sessions", subject, Capacity::default(), &["ended_at"])?;
    Ok(ended)
}
