//! Service records (服务时长) that can be trusted: rows are added, never changed. An error is reversed by a row of its own. A person is
//! in one place at a time; what is doubted is held, and stands in no total.

mod correcting;
pub mod http;
mod kinds;
mod reach;
mod reversing;
mod rules;
mod store;

pub use correcting::run_due;
pub use kinds::{Participation, RecordClass, RecordKind, SourceKind};
pub use rules::{Span, creditable};
pub use store::{Row, rows, sealable, sealed, waits_to_be_sealed, walk, whose};

use chrono::NaiveDate;

use crate::actor::Act;
use crate::db::{self, Anchor, Db};
use crate::divisions;
use crate::error::{Kind, Refusal, Result};
use crate::ids::{EventId, EventSessionId, OrderId, OrganisationId, PersonId, PlanItemId, RecordId};
use crate::journal::{self, Capacity, Subject};
use crate::secrets;

/// What is common to the records of one session.
#[derive(Debug, Clone)]
pub struct Session {
    pub county: String,
    pub event: EventId,
    pub session: EventSessionId,
    pub order: Option<OrderId>,
    pub plan_item: Option<PlanItemId>,
    pub team: OrganisationId,
    pub department: Option<OrganisationId>,
    pub place_path: String,
    /// Name, place, content, organising unit: four of the seven legal items; date, minutes and person in charge are the others.
    pub title: String,
    pub place: String,
    pub content: String,
    pub unit: String,
    pub in_charge: PersonId,
    /// As it was planned, and reported as held.
    pub planned: Span,
    pub class: RecordClass,
    /// Filed after 10 working days (民政部令67号, Art 11).
    pub late: bool,
    pub filed_by: PersonId,
    pub confirmed_by: PersonId,
}

/// One person's presence that becomes a record.
#[derive(Debug, Clone, Copy)]
pub struct Credit {
    /// The line that it was made from, which makes one record.
    pub source: (SourceKind, i64),
    pub person: PersonId,
    pub present: Span,
}

/// Locks those who are about to be credited, in one order for all.
fn lock_people(db: &mut Db, credits: &[Credit]) -> Result<()> {
    let mut ids: Vec<i64> = credits.iter().map(|credit| credit.person.0).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().try_for_each(|id| db::lock(db, Anchor::Person(id)))
}

/// Credits presences at a session: of each the record, whose it is, when they were where, and that it waits to be sealed. Nothing of what
/// counts for nothing.
///
/// # Errors
/// 409 `presence_overlaps` where a person is recorded elsewhere at that time; 409 `already_there` where a line made a record before.
pub fn credit(db: &mut Db, act: &Act, session: &Session, credits: &[Credit]) -> Result<()> {
    lock_people(db, credits)?;
    let (held_on, year) = rules::day_and_year(session.planned.from, divisions::zone(db, &session.county)?);
    credits.iter().try_for_each(|credit| credit_one(db, act, session, (held_on, year), *credit))
}

/// One of them, on the day that the session was.
fn credit_one(db: &mut Db, act: &Act, session: &Session, (held_on, year): (NaiveDate, i32), credit: Credit) -> Result<()> {
    let minutes = creditable(session.planned, credit.present);
    let Some(inside) = credit.present.inside(session.planned).filter(|_| minutes > 0) else { return Ok(()) };
    if let Some(other) = store::present(db, credit.person, inside)? {
        return Err(elsewhere(credit.person, other).into());
    }
    let township = divisions::codes(&session.place_path).nth(1).map(str::to_owned);
    let salt = secrets::token(16);
    let row = store::NewRecord {
        session,
        kind: RecordKind::Credit,
        reverses: None,
        source: credit.source,
        township,
        held_on,
        year,
        span: inside,
        minutes,
        reason: None,
        commitment: commitment(credit.person, &salt),
    };
    let id = store::insert(db, act.now, &row)?;
    store::insert_person(db, id, credit.person, &salt)?;
    store::insert_presence(db, id, credit.person, inside)?;
    record(db, act, "credit_hours", &session.county, id, &["minutes"])
}

/// Whose a record is, as a hash that says nothing without its salt.
pub fn commitment(person: PersonId, salt: &str) -> String {
    secrets::digest(format!("kepu person 1 {salt} {person}").as_bytes())
}

fn elsewhere(person: PersonId, other: Span) -> Refusal {
    let words = "Somebody of this roster is recorded elsewhere at that time. Look at their hours, and file the roster again.";
    Refusal::new(Kind::Conflict, "presence_overlaps", words).with("person_id", person).with("starts_at", other.from).with("ends_at", other.until)
}

/// Holds the hours of an event: nothing of it is confirmed, and none of its records counts, until the hold ends. Twice is once.
pub fn hold(db: &mut Db, act: &Act, county: &str, event: EventId) -> Result<()> {
    if store::hold(db, event, act.now, act.person())? {
        record_of_event(db, act, "hold_hours", county, event, "hold")?;
    }
    Ok(())
}

/// Ends the hold of an event's hours, if there is one: they count again.
pub fn free(db: &mut Db, act: &Act, county: &str, event: EventId) -> Result<()> {
    if store::free(db, event, act.now, act.person())? {
        record_of_event(db, act, "free_hours", county, event, "hold")?;
    }
    Ok(())
}

/// Proposes to take the records of an event back that still stand: a dispute was upheld. Until each is taken back it is held.
pub fn propose_reversal(db: &mut Db, act: &Act, county: &str, event: EventId) -> Result<()> {
    if store::propose(db, event, act.now)? > 0 {
        record_of_event(db, act, "propose_reversal", county, event, "proposals")?;
    }
    Ok(())
}

/// Whether the hours of an event are held.
pub fn is_held(db: &mut Db, event: EventId) -> Result<bool> {
    store::is_held(db, event)
}

fn record(db: &mut Db, act: &Act, verb: &str, county: &str, id: RecordId, fields: &[&str]) -> Result<()> {
    journal::record(db, act, verb, Subject { kind: "service_record", id: id.0, version: None, county: Some(county) }, Capacity::default(), fields)
}

fn record_of_event(db: &mut Db, act: &Act, verb: &str, county: &str, event: EventId, field: &str) -> Result<()> {
    journal::record(db, act, verb, Subject { kind: "event", id: event.0, version: None, county: Some(county) }, Capacity::default(), &[field])
}
