//! A second person of another organisation answers for a roster: yes, and the volunteers have their hours; or no, and why.

use super::reach::Opened;
use super::state::{AnsweredAs, RosterState, RosterVerb};
use super::store::{self, Line, Row};
use super::{lock, look, of_hours, record};
use crate::actor::{Act, Role};
use crate::app::App;
use crate::auth;
use crate::db::Db;
use crate::directory;
use crate::divisions;
use crate::error::{Kind, Refusal, Result};
use crate::events::{Event, Session};
use crate::hours::{self, Credit, Participation, SourceKind, Span};
use crate::idempotency;
use crate::ids::{PersonId, RosterId};
use crate::orders::needs::Reason;
use crate::outbox::{self, About, To};
use crate::wire::{Body, Change, Nothing};

/// Answers a roster once: in the one order of the API, 401, 404, 403, 428, the body, a repeat, 409, 412.
fn perform<B: Body>(
    db: &mut Db,
    app: &App,
    change: &Change<B>,
    id: RosterId,
    verb: RosterVerb,
    deed: impl FnOnce(&mut Db, &Act, &Opened, AnsweredAs, &B) -> Result<()>,
) -> Result<Opened> {
    let act = auth::signed_in(db, app, &change.caller)?;
    let before = look(db, &act, id)?;
    lock(db, before.roster.row.order, before.roster.row.event)?;
    // Of those who come at once each judges what the one before has left.
    let seen = look(db, &act, id)?;
    let answers_as = seen.allow()?;
    let version = change.seen()?;
    let body = change.body()?;
    idempotency::once(db, &act, change, &format!("{verb}_roster"), id.0, |db| {
        let row = &seen.roster.row;
        if row.state != RosterState::Filed {
            return Err(answered(row));
        }
        version.matches(row.version)?;
        deed(db, &act, &seen, answers_as, body)
    })?;
    look(db, &act, id)
}

fn answered(row: &Row) -> crate::error::Error {
    Refusal::new(Kind::Conflict, "roster_answered", "This roster has been answered already. Read it again.").with("state", row.state).into()
}

/// Confirms a roster: each volunteer's line becomes a record, and nobody else's.
///
/// # Errors
/// 403 `filed_it`, `own_hours`, `same_organisation`; 409 `roster_answered`, `session_not_held`, `hours_held`, `presence_overlaps`.
pub fn confirm(db: &mut Db, app: &App, change: &Change<Nothing>, id: RosterId) -> Result<Opened> {
    perform(db, app, change, id, RosterVerb::Confirm, |db, act, seen, answers_as, _| {
        let by = act.person().ok_or_else(auth::sign_in_first)?;
        let row = &seen.roster.row;
        let (event, session) = of_hours(db, row.event, row.session)?;
        answer(db, act, seen, (by, answers_as), RosterState::Confirmed, None)?;
        let session = facts(db, seen, &event, &session, by)?;
        let volunteers = seen.lines.iter().filter(|line| line.capacity == Participation::Volunteer && line.minutes > 0);
        let credits: Vec<Credit> = volunteers.map(credited).collect();
        hours::credit(db, act, &session, &credits)?;
        record(db, act, "confirm_roster", (id, row.version + 1), &row.county, seen.capacity(act, answers_as), &["state"])?;
        outbox::tell(db, act, "roster_confirmed", About::served(row.order, row.event), To::Role(Role::Leader, row.team))
    })
}

/// Returns a roster with a reason: the team files another one.
///
/// # Errors
/// 403 `filed_it`, `own_hours`, `same_organisation`; 409 `roster_answered`.
pub fn give_back(db: &mut Db, app: &App, change: &Change<Reason>, id: RosterId) -> Result<Opened> {
    perform(db, app, change, id, RosterVerb::Return, |db, act, seen, answers_as, body| {
        let by = act.person().ok_or_else(auth::sign_in_first)?;
        let row = &seen.roster.row;
        answer(db, act, seen, (by, answers_as), RosterState::Returned, Some(body.reason.trim()))?;
        record(db, act, "return_roster", (id, row.version + 1), &row.county, seen.capacity(act, answers_as), &["state", "words"])?;
        outbox::tell(db, act, "roster_returned", About::served(row.order, row.event), To::Role(Role::Leader, row.team))
    })
}

fn answer(db: &mut Db, act: &Act, seen: &Opened, (by, answers_as): (PersonId, AnsweredAs), to: RosterState, words: Option<&str>) -> Result<()> {
    let row = &seen.roster.row;
    if store::answer(db, act, row, to, by, answers_as, words)? { Ok(()) } else { Err(answered(row)) }
}

/// What a volunteer's line becomes.
fn credited(line: &Line) -> Credit {
    Credit { source: (SourceKind::RosterLine, line.id.0), person: line.person, present: Span { from: line.from, until: line.until } }
}

/// What is common to the records of a roster.
fn facts(db: &mut Db, seen: &Opened, event: &Event, session: &Session, confirmed_by: PersonId) -> Result<hours::Session> {
    let row = &seen.roster.row;
    Ok(hours::Session {
        county: row.county.clone(),
        event: row.event,
        session: row.session,
        order: row.order,
        plan_item: event.plan_item,
        team: row.team,
        department: row.department,
        place_path: row.place_path.clone(),
        title: event.title.clone(),
        place: place(db, event, session)?,
        content: row.content.clone(),
        unit: seen.roster.team_name.clone(),
        in_charge: session.in_charge,
        planned: Span { from: session.starts_at, until: session.ends_at },
        class: row.class,
        late: row.late,
        filed_by: row.filed_by,
        confirmed_by,
    })
}

/// Where it was, in words that stay: the venue, else the address of an event of its own, else the division. An order's address is somebody's
/// home, and stands in no record.
fn place(db: &mut Db, event: &Event, session: &Session) -> Result<String> {
    if let Some(venue) = &session.venue_name {
        return Ok(venue.clone());
    }
    let directory = directory::current(db)?;
    let path: Vec<&str> = divisions::codes(&event.place_path).skip(1).filter_map(|code| directory.place(code)).collect();
    Ok(match &event.address {
        Some(address) => format!("{} {address}", path.concat()),
        None => path.concat(),
    })
}
