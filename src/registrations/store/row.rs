//! Terms and registrations as they are stored, and what is asked of them while an event is locked.

use diesel::prelude::*;

use super::super::state::RegistrationState;
use crate::clock::Moment;
use crate::db::Db;
use crate::error::Result;
use crate::ids::{EventId, PersonId, RegistrationId};
use crate::schema::{registration_terms, registrations};

/// A row of `registration_terms`, in the order of its columns.
#[derive(Debug, Clone, Queryable)]
pub struct Terms {
    pub event: EventId,
    pub places: i32,
    pub closes_at: Option<Moment>,
    pub confirm_hours: i32,
    pub pass_over: bool,
    pub version: i64,
}

/// A row of `registrations`, in the order of its columns.
#[derive(Debug, Clone, Queryable)]
pub struct Registration {
    pub id: RegistrationId,
    pub event: EventId,
    pub county: String,
    /// Empty: a visitor.
    pub person: Option<PersonId>,
    pub phone_key: Option<String>,
    pub state: RegistrationState,
    pub heads: i32,
    pub under_14: i32,
    pub registered_at: Moment,
    pub confirm_by: Option<Moment>,
    pub ended_at: Option<Moment>,
    pub track_hash: Option<String>,
}

/// The terms of an event; nothing where nobody registers.
pub fn terms(db: &mut Db, event: EventId) -> Result<Option<Terms>> {
    Ok(registration_terms::table.find(event).first(db).optional()?)
}

/// A registration by its id, whoever asks: reach is judged on what it gives.
pub fn find(db: &mut Db, id: RegistrationId) -> Result<Option<Registration>> {
    Ok(registrations::table.find(id).first(db).optional()?)
}

/// The registration that a tracking token opens: its hash is stored, never the token.
pub fn find_by_track_hash(db: &mut Db, hash: &str) -> Result<Option<RegistrationId>> {
    Ok(registrations::table.filter(registrations::track_hash.eq(hash)).select(registrations::id).first(db).optional()?)
}

/// How many places are taken, the offered ones among them.
pub fn taken(db: &mut Db, event: EventId) -> Result<i64> {
    let takes = registrations::state.eq(RegistrationState::Registered).or(registrations::state.eq(RegistrationState::Offered));
    let sum: Option<i64> =
        registrations::table.filter(registrations::event_id.eq(event)).filter(takes).select(diesel::dsl::sum(registrations::heads)).first(db)?;
    Ok(sum.unwrap_or(0))
}

/// Those who wait, first come first, each with their heads.
pub fn line(db: &mut Db, event: EventId) -> Result<Vec<(RegistrationId, i32)>> {
    Ok(registrations::table
        .filter(registrations::event_id.eq(event))
        .filter(registrations::state.eq(RegistrationState::Waiting))
        .order(registrations::id)
        .select((registrations::id, registrations::heads))
        .load(db)?)
}

/// Whether somebody waits for places at an event.
pub fn somebody_waits(db: &mut Db, event: EventId) -> Result<bool> {
    let waiting = registrations::table.filter(registrations::event_id.eq(event)).filter(registrations::state.eq(RegistrationState::Waiting));
    Ok(waiting.select(registrations::id).first::<RegistrationId>(db).optional()?.is_some())
}

/// The registration that goes on of a person or a phone, if there is one; `phone_keys` are the hashes that the phone may have.
pub fn live_of(db: &mut Db, event: EventId, person: Option<PersonId>, phone_keys: &[String]) -> Result<Option<RegistrationId>> {
    let live = || registrations::state.ne(RegistrationState::Cancelled).and(registrations::state.ne(RegistrationState::Lapsed));
    let here = || registrations::table.filter(registrations::event_id.eq(event)).filter(live()).select(registrations::id);
    if let Some(person) = person {
        let own = here().filter(registrations::person_id.eq(person)).first(db).optional()?;
        if own.is_some() {
            return Ok(own);
        }
    }
    Ok(here().filter(registrations::phone_key.eq_any(phone_keys)).first(db).optional()?)
}

/// What was offered and not confirmed in time, oldest first.
pub fn due(db: &mut Db, now: Moment, most: i64) -> Result<Vec<(RegistrationId, EventId)>> {
    Ok(registrations::table
        .filter(registrations::confirm_by.is_not_null())
        .filter(registrations::confirm_by.le(now))
        .order((registrations::confirm_by, registrations::id))
        .limit(most)
        .select((registrations::id, registrations::event_id))
        .load(db)?)
}
