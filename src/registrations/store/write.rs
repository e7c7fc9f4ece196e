//! What registrations write: every change of a row is a compare-and-set on its state.

use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::super::state::{RegistrationState, RegistrationVerb};
use super::beside::Contact;
use super::row::Terms;
use crate::actor::{Act, Role};
use crate::clock::Moment;
use crate::db::{Backend, Db};
use crate::error::{Error, Result};
use crate::ids::{EventId, OrganisationId, PersonId, RegistrationId};
use crate::schema::{event_sessions, registration_contacts, registration_moves, registration_readings, registration_terms, registrations};

/// Writes the terms of an event; their version is the one after the one that was seen, 0 where there were none.
pub fn put_terms(db: &mut Db, terms: &Terms, seen: i64) -> Result<()> {
    let Terms { event, places, closes_at, confirm_hours, pass_over, version: _ } = terms;
    let values = (
        registration_terms::places.eq(places),
        registration_terms::closes_at.eq(closes_at),
        registration_terms::confirm_hours.eq(confirm_hours),
        registration_terms::pass_over.eq(pass_over),
        registration_terms::version.eq(seen + 1),
    );
    let written = if seen == 0 {
        diesel::insert_into(registration_terms::table).values((registration_terms::event_id.eq(event), values)).execute(db)?
    } else {
        let known = registration_terms::table.filter(registration_terms::event_id.eq(event)).filter(registration_terms::version.eq(seen));
        diesel::update(known).set(values).execute(db)?
    };
    if written == 1 { Ok(()) } else { Err(Error::InTheWay("the terms were set meanwhile".to_owned())) }
}

/// A registration to enter.
#[derive(Debug, Clone)]
pub struct NewRegistration<'a> {
    pub event: EventId,
    pub county: &'a str,
    pub person: Option<PersonId>,
    pub phone_key: Option<String>,
    pub state: RegistrationState,
    pub heads: i32,
    pub under_14: i32,
    pub track_hash: Option<String>,
}

pub fn insert(db: &mut Db, now: Moment, new: &NewRegistration<'_>) -> Result<RegistrationId> {
    let NewRegistration { event, county, person, phone_key, state, heads, under_14, track_hash } = new;
    Ok(diesel::insert_into(registrations::table)
        .values((
            (registrations::event_id.eq(event), registrations::county.eq(county), registrations::person_id.eq(person)),
            (registrations::phone_key.eq(phone_key), registrations::state.eq(state), registrations::heads.eq(heads), registrations::under_14.eq(under_14)),
            (registrations::registered_at.eq(now), registrations::track_hash.eq(track_hash)),
        ))
        .returning(registrations::id)
        .get_result(db)?)
}

pub fn insert_contact(db: &mut Db, id: RegistrationId, contact: &Contact) -> Result<()> {
    let Contact { name, phone, guardian_name } = contact;
    diesel::insert_into(registration_contacts::table)
        .values((
            registration_contacts::registration_id.eq(id),
            registration_contacts::name.eq(name),
            registration_contacts::phone.eq(phone),
            registration_contacts::guardian_name.eq(guardian_name),
        ))
        .execute(db)?;
    Ok(())
}

/// Takes a registration from one state into another.
///
/// # Errors
/// `InTheWay` where it stands in another by now.
pub fn advance(db: &mut Db, now: Moment, id: RegistrationId, from: RegistrationState, to: RegistrationState, confirm_by: Option<Moment>) -> Result<()> {
    let ended = (!to.is_live()).then_some(now);
    let moved = diesel::update(registrations::table.filter(registrations::id.eq(id)).filter(registrations::state.eq(from)))
        .set((registrations::state.eq(to), registrations::confirm_by.eq(confirm_by), registrations::ended_at.eq(ended)))
        .execute(db)?;
    if moved == 1 { Ok(()) } else { Err(Error::InTheWay("the registration was moved meanwhile".to_owned())) }
}

/// A line of a registration's history.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    pub verb: RegistrationVerb,
    pub role: Option<Role>,
    pub organisation: Option<OrganisationId>,
    pub from: Option<RegistrationState>,
    pub to: RegistrationState,
    pub note: Option<&'a str>,
}

pub fn insert_move(db: &mut Db, act: &Act, id: RegistrationId, line: Line<'_>) -> Result<()> {
    let Line { verb, role, organisation, from, to, note } = line;
    diesel::insert_into(registration_moves::table)
        .values((
            (registration_moves::registration_id.eq(id), registration_moves::verb.eq(verb.as_str()), registration_moves::at.eq(act.now)),
            (registration_moves::actor_id.eq(act.person()), registration_moves::actor_role.eq(role), registration_moves::organisation_id.eq(organisation)),
            (registration_moves::from_state.eq(from), registration_moves::to_state.eq(to), registration_moves::note.eq(note)),
        ))
        .execute(db)?;
    Ok(())
}

/// Notes who approved, once a person and event.
pub fn insert_reading(db: &mut Db, now: Moment, event: EventId, by: PersonId, organisation: OrganisationId) -> Result<()> {
    diesel::insert_into(registration_readings::table)
        .values((
            registration_readings::event_id.eq(event),
            registration_readings::approved_by.eq(by),
            registration_readings::organisation_id.eq(organisation),
            registration_readings::approved_at.eq(now),
        ))
        .execute(db)?;
    Ok(())
}

/// Registrations whose contact may go, oldest first, with their county: of events that were over before a moment.
pub fn contacts_due(db: &mut Db, before: Moment, only: Option<RegistrationId>, most: i64) -> Result<Vec<(RegistrationId, EventId, String)>> {
    let later = event_sessions::table
        .filter(event_sessions::event_id.eq(registrations::event_id))
        .filter(event_sessions::dropped_at.is_null())
        .filter(event_sessions::ends_at.ge(before));
    let mut query = registration_contacts::table
        .inner_join(registrations::table)
        .filter(registration_contacts::erased_at.is_null())
        .filter(not(exists(later)))
        .order(registration_contacts::registration_id)
        .limit(most)
        .select((registrations::id, registrations::event_id, registrations::county))
        .into_boxed::<Backend>();
    if let Some(only) = only {
        query = query.filter(registrations::id.eq(only));
    }
    Ok(query.load(db)?)
}

/// Empties a contact, and what the phone was known by.
pub fn erase_contact(db: &mut Db, now: Moment, id: RegistrationId) -> Result<()> {
    let nothing: Option<String> = None;
    diesel::update(registration_contacts::table.find(id))
        .set((
            registration_contacts::name.eq(&nothing),
            registration_contacts::phone.eq(&nothing),
            registration_contacts::guardian_name.eq(&nothing),
            registration_contacts::erased_at.eq(now),
        ))
        .execute(db)?;
    diesel::update(registrations::table.find(id)).set(registrations::phone_key.eq(&nothing)).execute(db)?;
    Ok(())
}
