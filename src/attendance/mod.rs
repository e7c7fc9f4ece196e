//! 签到: how many came. A number typed at the end is enough; besides there is the code at the door, by which whoever wants checks in,
//! and the sign-in sheet on paper, typed in as a number. Nobody has to check in, no count has a name, and nobody is ranked by it.

pub mod http;
pub mod needs;
mod reach;
pub mod rules;
mod store;

pub use reach::Opened;
pub use store::Paper;

use std::collections::BTreeMap;

use crate::actor::Act;
use crate::app::App;
use crate::auth;
use crate::clock::{COUNTY_ZONE, Calendar, Moment};
use crate::db::{self, Anchor, Db};
use crate::directory;
use crate::error::{Error, Kind, Refusal, Result};
use crate::events;
use crate::idempotency;
use crate::ids::{EventId, EventSessionId};
use crate::journal::{self, Capacity, Subject};
use crate::organisations::advanced;
use crate::secrets::Purpose;
use crate::wire::{Caller, Change, Seen};
use needs::{CheckIn, PaperCount};

/// A wrong code is counted by this name; see `auth::DEFAULT_BUDGETS`.
const WRONG_CODE: &str = "door_code";

/// The door of a session, for who stands there.
#[derive(Debug)]
pub struct Door {
    pub opened: Opened,
    pub session: EventSessionId,
    pub opens_at: Moment,
    pub closes_at: Moment,
    /// The code, and for how many seconds it is shown; nothing while the door is closed.
    pub code: Option<(String, i64)>,
    /// Person-times.
    pub checked_in: i64,
}

/// What the door shows now.
///
/// # Errors
/// 401; 404; 403 for whoever does not count who comes.
pub fn read_door(db: &mut Db, app: &App, caller: &Caller, id: EventSessionId) -> Result<Door> {
    let act = auth::signed_in(db, app, caller)?;
    let opened = reach::open(db, &act, id)?;
    opened.may_count()?;
    let session = opened.session(id)?;
    let door = rules::door(session.starts_at, session.ends_at);
    let open = reach::takes_place(&opened.event, session) && rules::is_open(door, act.now);
    let code = open.then(|| (rules::code(&app.secrets.key(Purpose::Door), id, act.now), rules::seconds_left(act.now)));
    let checked_in = store::checked_in(db, opened.event.id)?.get(&id).copied().unwrap_or(0);
    Ok(Door { session: id, opens_at: door.0, closes_at: door.1, code, checked_in, opened })
}

/// Somebody was counted.
#[derive(Debug)]
pub struct CheckedIn {
    pub event: EventId,
    pub title: String,
    pub session: events::Session,
    pub heads: i32,
    /// Whether they had been counted before.
    pub before: bool,
}

/// Counts somebody who is at the door: an account or a device counts once a session, however often it is sent.
///
/// # Errors
/// 401 for a sign-in that ended; 404; 409 `door_closed`, `sent_too_late`, `code_not_valid`; 422; 429 after too many wrong codes.
pub fn check_in(db: &mut Db, app: &App, change: &Change<CheckIn>, id: EventSessionId) -> Result<CheckedIn> {
    let act = auth::act(db, app, &change.caller)?;
    let (event, sessions) = events::of_session(db, id)?.ok_or_else(Refusal::not_found)?;
    let session = sessions.into_iter().find(|session| session.id == id).filter(|session| reach::takes_place(&event, session));
    let session = session.ok_or_else(Refusal::not_found)?;
    let body = change.body()?;
    let marks = marks(app, &act, event.id, body)?;
    for (per, value) in wrong_codes(id, &change.caller) {
        auth::may_still(db, app, WRONG_CODE, per, &value, act.now)?;
    }
    let door = rules::door(session.starts_at, session.ends_at);
    let shown = judge(app, id, door, act.now, body)?;
    if !shown {
        return Err(code_not_valid());
    }
    let done = |heads, before| CheckedIn { event: event.id, title: event.title.clone(), session: session.clone(), heads, before };
    if let Some(heads) = store::counted(db, id, &marks)? {
        return Ok(done(heads, true));
    }
    let heads = body.heads.unwrap_or(1);
    let mark = marks.first().ok_or_else(Refusal::not_found)?;
    if !store::check_in(db, id, mark, heads, act.now)? {
        // It came twice at once: the other one is counted.
        return Ok(done(store::counted(db, id, &marks)?.unwrap_or(heads), true));
    }
    if act.person().is_none() {
        auth::spend(db, app, "check_in", "address", &change.caller.address.to_string(), act.now)?;
    }
    record(db, &act, "check_in", &event.county, id, &["heads"])?;
    Ok(done(heads, false))
}

/// Whether the code was shown at this door when it was scanned.
fn judge(app: &App, id: EventSessionId, door: (Moment, Moment), now: Moment, body: &CheckIn) -> Result<bool> {
    let waited = chrono::Duration::seconds(body.waited_seconds.unwrap_or(0));
    let scanned = now.minus(waited);
    if waited > chrono::Duration::days(rules::LATEST_DAYS) {
        let words = "This waited for more than three days to be sent. Tell those who held the event that you were there.";
        return Err(Refusal::new(Kind::Conflict, "sent_too_late", words).into());
    }
    if !rules::is_open(door, scanned) {
        let words = "One checks in from an hour before the start until half an hour after the end.";
        return Err(Refusal::new(Kind::Conflict, "door_closed", words).with("opens_at", door.0).with("closes_at", door.1).into());
    }
    // While the secret is changed, one instance may still show codes of the previous one.
    let keys = std::iter::once(app.secrets.key(Purpose::Door)).chain(app.secrets.previous_key(Purpose::Door));
    Ok(keys.fold(false, |found, key| rules::showed(&key, id, scanned, &body.code) | found))
}

fn code_not_valid() -> Error {
    Refusal::new(Kind::Conflict, "code_not_valid", "The door did not show this code then. Type the six digits that it shows now.").into()
}

/// By what wrong codes are counted: from one address at one door, and at one door from all.
fn wrong_codes(id: EventSessionId, caller: &Caller) -> [(&'static str, String); 2] {
    [("address", format!("{id} {}", caller.address)), ("number", id.to_string())]
}

/// Counts a wrong code, in a transaction of its own: the refusal has undone the other one.
pub fn wrong_code(db: &mut Db, app: &App, id: EventSessionId, caller: &Caller) -> Result<()> {
    let now = app.clock.now();
    for (per, value) in wrong_codes(id, caller) {
        auth::spend(db, app, WRONG_CODE, per, &value, now)?;
    }
    Ok(())
}

/// By what somebody is known at an event, the newest secret first: an account, or else a device. It names nobody.
fn marks(app: &App, act: &Act, event: EventId, body: &CheckIn) -> Result<Vec<String>> {
    let event = event.to_string();
    let (kind, value) = match (act.person(), &body.device) {
        (Some(person), _) => ("person", person.to_string()),
        (None, Some(device)) => ("device", device.clone()),
        (None, None) => {
            return Err(
                Refusal::fault("/device", "missing", "Draw 16 to 64 characters at random, and send the same whenever you try again; or sign in.").into()
            );
        }
    };
    Ok(app.secrets.hashes(Purpose::Door, &["mark", &event, kind, &value]))
}

/// What was counted of an event.
#[derive(Debug)]
pub struct Attendance {
    pub opened: Opened,
    /// By session, in person-times.
    pub checked_in: BTreeMap<EventSessionId, i64>,
    /// By session.
    pub papers: BTreeMap<EventSessionId, Paper>,
    /// Persons who checked in.
    pub known: i64,
    /// By which days the sheets are typed in.
    pub calendar: Calendar,
}

/// How many came to each session of the event that a session is of.
///
/// # Errors
/// 401; 404; 403.
pub fn read_attendance(db: &mut Db, app: &App, caller: &Caller, id: EventSessionId) -> Result<Attendance> {
    let act = auth::signed_in(db, app, caller)?;
    let opened = reach::open(db, &act, id)?;
    opened.may_know()?;
    attendance(db, opened)
}

fn attendance(db: &mut Db, opened: Opened) -> Result<Attendance> {
    let event = opened.event.id;
    let calendar = calendar(db, &opened.event.county)?;
    Ok(Attendance { checked_in: store::checked_in(db, event)?, papers: store::papers(db, event)?, known: store::known_persons(db, event)?, calendar, opened })
}

fn calendar(db: &mut Db, county: &str) -> Result<Calendar> {
    let directory = directory::current(db)?;
    Ok(directory.county(county).map_or_else(|| Calendar::plain(COUNTY_ZONE), |rules| rules.calendar.clone()))
}

/// Types in what stands on the sign-in sheet of a session; again, as long as there is time, to correct it.
///
/// # Errors
/// 401; 404; 403; 428; 422; 409 `not_begun`, `not_held`, `paper_too_late`; 412.
pub fn count_paper(db: &mut Db, app: &App, change: &Change<PaperCount>, id: EventSessionId) -> Result<Attendance> {
    let act = auth::signed_in(db, app, &change.caller)?;
    let (event, _) = events::of_session(db, id)?.ok_or_else(Refusal::not_found)?;
    db::lock(db, Anchor::Event(event.id.0))?;
    let opened = reach::open(db, &act, id)?;
    opened.may_count()?;
    let seen: Seen = change.seen()?;
    let body = change.body()?;
    let by = act.person().ok_or_else(auth::sign_in_first)?;
    idempotency::once(db, &act, change, "count_paper", id.0, |db| {
        let session = opened.session(id)?;
        if !reach::takes_place(&opened.event, session) {
            return Err(Refusal::new(Kind::Conflict, "not_held", "This session is not held: nobody can have come.").into());
        }
        if act.now < session.starts_at {
            return Err(Refusal::new(Kind::Conflict, "not_begun", "The session has not begun. Type in what stands on the sheet afterwards.").into());
        }
        let until = rules::paper_by(&calendar(db, &opened.event.county)?, session.ends_at);
        if act.now >= until {
            let words = "What stands on paper is typed in within ten working days after the end (民政部令67号, Art. 11). That time is over.";
            return Err(Refusal::new(Kind::Conflict, "paper_too_late", words).with("until", until).into());
        }
        let version = store::papers(db, opened.event.id)?.get(&id).map_or(0, |paper| paper.version);
        seen.matches(version)?;
        advanced(store::set_paper(db, id, version, body, by, act.now)?)?;
        record(db, &act, "count_paper", &opened.event.county, id, &["heads", "first_timers", "children"])
    })?;
    attendance(db, opened)
}

fn record(db: &mut Db, act: &Act, verb: &str, county: &str, session: EventSessionId, fields: &[&str]) -> Result<()> {
    let subject = Subject { kind: "event_session", id: session.0, version: None, county: Some(county) };
    journal::record(db, act, verb, subject, Capacity::default(), fields)
}
