//! What stands beside registrations: their events, their contacts, how many there are, who approved reading.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::super::state::RegistrationState;
use crate::clock::Moment;
use crate::db::{self, Clause, Db};
use crate::error::Result;
use crate::events::SessionState;
use crate::ids::{EventId, OrganisationId, PersonId, RegistrationId};
use crate::on_engine;
use crate::schema::{event_sessions, events, organisations, people, registration_contacts, registration_readings};

/// What a registration must know of its event.
#[derive(Debug, Clone)]
pub struct Frame {
    pub title: String,
    /// Whether it was called off.
    pub off: bool,
    /// When its first session begins, and when its last one ends.
    pub begins: Moment,
    pub ends: Moment,
}

type Spans = (EventId, String, String, Moment, Moment, SessionState);

/// These events, with the span of their sessions; sessions that fell out do not count while others stand.
pub fn frames(db: &mut Db, ids: &[EventId]) -> Result<BTreeMap<EventId, Frame>> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<Spans> = event_sessions::table
        .inner_join(events::table)
        .filter(db::one_of(event_sessions::event_id, ids))
        .filter(event_sessions::dropped_at.is_null())
        .select((events::id, events::title, events::state, event_sessions::starts_at, event_sessions::ends_at, event_sessions::state))
        .load(db)?;
    let stands = |row: &&Spans| row.5 != SessionState::Cancelled;
    let mut frames = BTreeMap::new();
    for (id, title, state, ..) in &rows {
        if frames.contains_key(id) {
            continue;
        }
        let all: Vec<&Spans> = rows.iter().filter(|row| row.0 == *id).collect();
        let standing: Vec<&Spans> = all.iter().copied().filter(stands).collect();
        let counted = if standing.is_empty() { all } else { standing };
        let (Some(begins), Some(ends)) = (counted.iter().map(|row| row.3).min(), counted.iter().map(|row| row.4).max()) else { continue };
        frames.insert(*id, Frame { title: title.clone(), off: state == "cancelled", begins, ends });
    }
    Ok(frames)
}

/// Whom to call.
#[derive(Debug, Clone, Default, Queryable)]
pub struct Contact {
    pub name: Option<String>,
    pub phone: Option<String>,
    /// Who consented for the children, where that is not who registered.
    pub guardian_name: Option<String>,
}

/// The contact of a registration; empty once it was erased.
pub fn contact(db: &mut Db, id: RegistrationId) -> Result<Contact> {
    let found = registration_contacts::table
        .find(id)
        .select((registration_contacts::name, registration_contacts::phone, registration_contacts::guardian_name))
        .first(db);
    Ok(found.optional()?.unwrap_or_default())
}

/// How many stand in a state.
#[derive(Debug, Clone, Copy)]
pub struct Figures {
    pub state: RegistrationState,
    pub registrations: i64,
    pub heads: i64,
}

/// How many registrations of an event stand in each state; states with none are left out.
pub fn figures(db: &mut Db, event: EventId) -> Result<Vec<Figures>> {
    let question = Clause::sql("SELECT state, count(*), coalesce(sum(heads), 0) FROM registrations WHERE event_id = ")
        .bind(event.0)
        .then(" GROUP BY state ORDER BY state")
        .asked::<(Text, BigInt, BigInt)>();
    let rows: Vec<(RegistrationState, i64, i64)> = on_engine!(db, conn => question.load(conn))?;
    Ok(rows.into_iter().map(|(state, registrations, heads)| Figures { state, registrations, heads }).collect())
}

/// Who approved that others read what concerns children, when, and in which organisation's name.
#[derive(Debug, Clone, Queryable)]
pub struct Reading {
    pub by: PersonId,
    pub name: String,
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub at: Moment,
}

/// The approvals of an event, oldest first.
pub fn readings(db: &mut Db, event: EventId) -> Result<Vec<Reading>> {
    Ok(registration_readings::table
        .inner_join(people::table)
        .inner_join(organisations::table)
        .filter(registration_readings::event_id.eq(event))
        .order((registration_readings::approved_at, registration_readings::approved_by))
        .select((people::id, people::name, organisations::id, organisations::name, registration_readings::approved_at))
        .load(db)?)
}
