//! The rows of `postponements`, and what takes place on a day.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::needs::PostponeDay;
use crate::clock::Moment;
use crate::db::{Backend, Db};
use crate::divisions::{self, Division};
use crate::error::Result;
use crate::events::needs::LONGEST_SESSION_DAYS;
use crate::events::{PostponeReason, SessionState, Stored};
use crate::ids::{EventId, OrderId, OrganisationId, PersonId, PostponementId};
use crate::schema::{event_sessions, events, postponement_events, postponements, venues};

/// A day that was put off.
#[derive(Debug, Clone, Queryable)]
pub struct Postponement {
    pub id: PostponementId,
    pub day: NaiveDate,
    pub reason: PostponeReason,
    pub words: String,
}

/// An event with its sessions.
#[derive(Debug, Clone)]
pub struct Line {
    pub event: EventId,
    pub order: Option<OrderId>,
    pub parent: Option<EventId>,
    pub title: String,
    pub organiser: Option<OrganisationId>,
    pub division_code: Option<String>,
    pub expected: i32,
    /// Where its first session is.
    pub venue: Option<String>,
    /// From when until when each session is, in order of time.
    pub spans: Vec<(Moment, Moment)>,
}

type Row = ((EventId, Option<OrderId>, Option<EventId>, String, Option<OrganisationId>, Option<String>, i32), (Option<String>, Moment, Moment));

/// What is planned in a division for a day and everybody concerned knows of, with all its sessions that are planned, in the order of
/// their numbers; at most so many.
pub(super) fn lines_on(db: &mut Db, division: &Division, (midnight, next): (Moment, Moment), most: usize) -> Result<Vec<Line>> {
    let ids: Vec<EventId> = event_sessions::table
        .inner_join(events::table)
        .filter(event_sessions::starts_at.lt(next))
        .filter(event_sessions::starts_at.gt(midnight.minus(chrono::Duration::days(LONGEST_SESSION_DAYS))))
        .filter(event_sessions::ends_at.gt(midnight))
        .filter(event_sessions::state.eq(SessionState::Planned))
        .filter(events::place_path.ge(&division.path))
        .filter(events::place_path.lt(divisions::after_subtree(&division.path)))
        .filter(events::jurisdiction.eq(division.jurisdiction))
        .filter(events::state.eq(Stored::Planned))
        .filter(events::postponed_at.is_null())
        .filter(events::published_at.is_not_null().or(events::order_id.is_not_null()))
        .select(events::id)
        .distinct()
        .order(events::id)
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .load(db)?;
    lines(db, &ids, Some(SessionState::Planned))
}

/// What was put off with a day.
pub(super) fn lines_of(db: &mut Db, id: PostponementId) -> Result<Vec<Line>> {
    let ids: Vec<EventId> = postponement_events::table.filter(postponement_events::postponement_id.eq(id)).select(postponement_events::event_id).load(db)?;
    lines(db, &ids, None)
}

fn lines(db: &mut Db, ids: &[EventId], state: Option<SessionState>) -> Result<Vec<Line>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = event_sessions::table
        .inner_join(events::table)
        .left_join(venues::table)
        .filter(event_sessions::event_id.eq_any(ids))
        .filter(event_sessions::dropped_at.is_null())
        .order((events::id, event_sessions::starts_at, event_sessions::id))
        .select((
            (events::id, events::order_id, events::parent_id, events::title, events::organiser_id, events::division_code, events::expected),
            (venues::name.nullable(), event_sessions::starts_at, event_sessions::ends_at),
        ))
        .into_boxed::<Backend>();
    if let Some(state) = state {
        query = query.filter(event_sessions::state.eq(state));
    }
    let rows: Vec<Row> = query.load(db)?;
    let mut found: Vec<Line> = Vec::new();
    for ((event, order, parent, title, organiser, division_code, expected), (venue, from, until)) in rows {
        match found.last_mut().filter(|line| line.event == event) {
            Some(line) => line.spans.push((from, until)),
            None => found.push(Line { event, order, parent, title, organiser, division_code, expected, venue, spans: vec![(from, until)] }),
        }
    }
    Ok(found)
}

pub(super) fn find(db: &mut Db, id: PostponementId) -> Result<Option<Postponement>> {
    Ok(postponements::table.find(id).select((postponements::id, postponements::day, postponements::reason, postponements::words)).first(db).optional()?)
}

pub(super) fn insert(db: &mut Db, now: Moment, person: PersonId, division: &Division, body: &PostponeDay, done: &[EventId]) -> Result<PostponementId> {
    let words = body.words.as_deref().unwrap_or_default().trim();
    let id: PostponementId = diesel::insert_into(postponements::table)
        .values((
            (postponements::county.eq(&division.county), postponements::division_code.eq(&division.code), postponements::day.eq(body.day)),
            (postponements::reason.eq(body.reason), postponements::words.eq(words)),
            (postponements::created_by.eq(person), postponements::created_at.eq(now)),
        ))
        .returning(postponements::id)
        .get_result(db)?;
    for event in done {
        diesel::insert_into(postponement_events::table)
            .values((postponement_events::postponement_id.eq(id), postponement_events::event_id.eq(event)))
            .execute(db)?;
    }
    Ok(id)
}
