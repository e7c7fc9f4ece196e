//! Who knows how many came, and who counts them: whoever plans the event or is in charge, and of an order's event whoever holds or
//! answers for the order.

use crate::actor::Act;
use crate::db::Db;
use crate::error::{Refusal, Result};
use crate::events::{self, Event, EventState, Session, SessionState};
use crate::ids::EventSessionId;
use crate::orders::{self, state::Part};

/// Who of an order counts those who come.
const COUNT: [Part; 3] = [Part::Leader, Part::Officer, Part::Deputy];

/// A session's event, and what the caller may do there.
#[derive(Debug)]
pub struct Opened {
    pub event: Event,
    /// In order of time.
    pub sessions: Vec<Session>,
    /// Whether they count who comes.
    pub counts: bool,
    /// Whether they know how many came.
    knows: bool,
}

/// Opens a session's event for somebody.
///
/// # Errors
/// 404 for what they may not know of.
pub fn open(db: &mut Db, act: &Act, id: EventSessionId) -> Result<Opened> {
    let (event, sessions) = events::of_session(db, id)?.ok_or_else(Refusal::not_found)?;
    let parts = match event.order {
        Some(order) => orders::parts(db, act, order)?,
        None => Vec::new(),
    };
    // Whoever reads the order reads what was reported of it, too.
    let party = parts.iter().any(|part| *part != Part::Former);
    let (inside, runs) = match events::open(db, act, event.clone(), sessions.clone()) {
        Ok(seen) => (seen.inside, seen.runs()),
        Err(_) if party => (false, false),
        Err(error) => return Err(error),
    };
    Ok(Opened { counts: runs || COUNT.iter().any(|part| parts.contains(part)), knows: inside || party, event, sessions })
}

impl Opened {
    /// The session of this number; it is there, since the event was found by it.
    ///
    /// # Errors
    /// 404.
    pub fn session(&self, id: EventSessionId) -> Result<&Session> {
        Ok(self.sessions.iter().find(|session| session.id == id).ok_or_else(Refusal::not_found)?)
    }

    /// Whether they may know how many came.
    ///
    /// # Errors
    /// 403.
    pub fn may_know(&self) -> Result<()> {
        if self.knows {
            return Ok(());
        }
        Err(Refusal::forbidden("How many came is for those who plan the event, are in charge of it or supervise it.").into())
    }

    /// Whether they may count those who come.
    ///
    /// # Errors
    /// 403.
    pub fn may_count(&self) -> Result<()> {
        if self.counts {
            return Ok(());
        }
        Err(Refusal::forbidden("Who plans the event or is in charge of it counts those who come.").into())
    }
}

/// Whether a session takes place, or took place: one can come to it, and be counted.
pub fn takes_place(event: &Event, session: &Session) -> bool {
    matches!(event.state(), EventState::Published | EventState::Held) && matches!(session.state, SessionState::Planned | SessionState::Held)
}
