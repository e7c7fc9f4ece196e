//! Pages: of an event for who plans it, and of a person's own.

use std::collections::HashMap;

use diesel::prelude::*;

use super::super::state::RegistrationState;
use super::beside::Contact;
use super::row::Registration;
use crate::db::{self, Backend, Db};
use crate::error::Result;
use crate::ids::{EventId, PersonId, RegistrationId};
use crate::organisations::containing;
use crate::schema::{registration_contacts, registrations};
use crate::wire::Cursor;

/// Which of them.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub state: Option<RegistrationState>,
    /// A part of a name, or the last digits of a phone.
    pub q: Option<String>,
}

/// A registration with its contact.
#[derive(Debug, Clone, Queryable)]
pub struct Listed {
    pub registration: Registration,
    pub contact: Contact,
}

/// The joined columns; a macro, since their type has no short name.
macro_rules! rows {
    () => {
        registrations::table
            .inner_join(registration_contacts::table)
            .select((registrations::all_columns, (registration_contacts::name, registration_contacts::phone, registration_contacts::guardian_name)))
    };
}

/// The registrations of an event, newest first: one more than the page holds.
pub fn listed(db: &mut Db, event: EventId, filter: &Filter, cursor: Cursor) -> Result<Vec<Listed>> {
    let mut query = rows!().filter(registrations::event_id.eq(event)).order(registrations::id.desc()).limit(cursor.limit + 1).into_boxed::<Backend>();
    if let Some(state) = filter.state {
        query = query.filter(registrations::state.eq(state));
    }
    if let Some(q) = filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        let pattern = containing(q);
        query = if q.chars().all(|c| c.is_ascii_digit()) {
            // The last digits, as somebody reads them from a phone.
            query.filter(registration_contacts::phone.like(pattern.trim_end_matches('%').to_owned()).assume_not_null())
        } else {
            query.filter(registration_contacts::name.like(pattern).escape('\\').assume_not_null())
        };
    }
    if let Some(below) = cursor.below {
        query = query.filter(registrations::id.lt(RegistrationId(below)));
    }
    Ok(query.load(db)?)
}

/// A person's own, newest first: one more than the page holds.
pub fn mine(db: &mut Db, person: PersonId, cursor: Cursor) -> Result<Vec<Listed>> {
    let mut query = rows!().filter(registrations::person_id.eq(person)).order(registrations::id.desc()).limit(cursor.limit + 1).into_boxed::<Backend>();
    if let Some(below) = cursor.below {
        query = query.filter(registrations::id.lt(RegistrationId(below)));
    }
    Ok(query.load(db)?)
}

/// A person's last registration for an event.
pub fn of_person(db: &mut Db, event: EventId, person: PersonId) -> Result<Option<Listed>> {
    Ok(rows!().filter(registrations::person_id.eq(person)).filter(registrations::event_id.eq(event)).order(registrations::id.desc()).first(db).optional()?)
}

/// Where those of these events who wait stand in their line, from 1 on.
pub fn places_in_line(db: &mut Db, events: &[EventId]) -> Result<HashMap<RegistrationId, i32>> {
    if events.is_empty() {
        return Ok(HashMap::new());
    }
    let waiting: Vec<(EventId, RegistrationId)> = registrations::table
        .filter(db::one_of(registrations::event_id, events))
        .filter(registrations::state.eq(RegistrationState::Waiting))
        .order((registrations::event_id, registrations::id))
        .select((registrations::event_id, registrations::id))
        .load(db)?;
    let mut places = HashMap::with_capacity(waiting.len());
    let (mut event, mut place) = (None, 0);
    for (of, id) in waiting {
        place = if event == Some(of) { place + 1 } else { 1 };
        event = Some(of);
        places.insert(id, place);
    }
    Ok(places)
}
