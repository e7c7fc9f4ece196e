//! The rows of `events` and `event_sessions`.

use diesel::prelude::*;

use super::kinds::Stored;
use super::{Audience, EventKind, EventState, Facts, Plan, PostponeReason, SessionState, VenueStatus};
use crate::actor::{Act, Jurisdiction};
use crate::bookings::{BookingOutcome, HolderKind, ResourceKind, Status};
use crate::clock::Moment;
use crate::db::Db;
use crate::error::Result;
use crate::ids::{BookingId, CampaignId, EventId, EventSessionId, OrderId, OrganisationId, PersonId, PlanItemId, SpaceId, VenueId};
use crate::schema::{bookings, check_ins, event_sessions, events, people, spaces, venues};

/// A session with the names that a reader needs.
#[derive(Debug, Clone, Queryable)]
pub struct Session {
    pub id: EventSessionId,
    pub starts_at: Moment,
    pub ends_at: Moment,
    pub venue: Option<VenueId>,
    pub venue_name: Option<String>,
    pub space: Option<SpaceId>,
    pub space_name: Option<String>,
    /// How many of a shared space's places; empty: all of it, alone.
    pub places: Option<i32>,
    status: Option<Status>,
    outcome: Option<BookingOutcome>,
    pub in_charge: PersonId,
    pub in_charge_name: String,
    pub state: SessionState,
    pub attendance: Option<i32>,
    pub setup_minutes: i32,
    pub clearing_minutes: i32,
    pub travel_minutes: i32,
    /// Whether who is in charge has said yes.
    pub agreed: bool,
}

impl Session {
    /// Whether it has its venue; empty where it needs none.
    pub fn venue_status(&self) -> Option<VenueStatus> {
        self.space.and_then(|_| VenueStatus::of(self.status, self.outcome))
    }
}

/// A row of `events`, in the order of its columns.
#[derive(Debug, Clone, Queryable)]
pub struct Event {
    pub id: EventId,
    pub county: String,
    pub order: Option<OrderId>,
    pub title: String,
    pub stored: Stored,
    pub created_at: Moment,
    pub version: i64,
    pub kind: EventKind,
    pub description: String,
    pub online: bool,
    pub open: bool,
    pub organiser: Option<OrganisationId>,
    pub division_code: Option<String>,
    pub place_path: String,
    pub jurisdiction: Jurisdiction,
    pub address: Option<String>,
    pub audience: Audience,
    pub expected: i32,
    pub plan_item: Option<PlanItemId>,
    pub created_by: Option<PersonId>,
    pub published_at: Option<Moment>,
    /// Why it was called off, or what was done.
    pub closing_words: Option<String>,
    pub campaign: Option<CampaignId>,
    /// What it is a part of.
    pub parent: Option<EventId>,
    /// Since when it waits for a new time.
    pub postponed_at: Option<Moment>,
    pub postponed_for: Option<PostponeReason>,
}

impl Event {
    pub fn state(&self) -> EventState {
        EventState::of(self.stored, self.published_at.is_some(), self.order.is_some(), self.postponed_at.is_some())
    }
}

/// An event by its number, whoever asks.
pub fn event(db: &mut Db, id: EventId) -> Result<Option<Event>> {
    Ok(events::table.find(id).first(db).optional()?)
}

/// What can change of an event, as columns with their values.
macro_rules! described {
    ($facts:expr) => {{
        let Facts {
            county: _,
            order: _,
            title,
            description,
            kind,
            online,
            open,
            organiser,
            division_code,
            place_path,
            jurisdiction,
            address,
            audience,
            expected,
            plan_item,
            campaign,
            parent,
        } = $facts;
        (
            (events::title.eq(title), events::description.eq(description), events::kind.eq(kind), events::online.eq(online), events::open.eq(open)),
            (events::organiser_id.eq(organiser), events::division_code.eq(division_code), events::place_path.eq(place_path)),
            (events::jurisdiction.eq(jurisdiction), events::address.eq(address), events::audience.eq(audience), events::expected.eq(expected)),
            (events::plan_item_id.eq(plan_item), events::campaign_id.eq(campaign), events::parent_id.eq(parent)),
        )
    }};
}

/// What stands of an event that is not put off, as columns with their values.
macro_rules! not_put_off {
    () => {
        (events::postponed_at.eq(None::<Moment>), events::postponed_for.eq(None::<PostponeReason>), events::closing_words.eq(None::<String>))
    };
}

/// Writes what an event is, where the version is still the one that was read. One that was put off has a time again.
pub(super) fn change_event(db: &mut Db, old: &Event, facts: &Facts) -> Result<bool> {
    let changed = diesel::update(events::table.filter(events::id.eq(old.id)).filter(events::version.eq(old.version)))
        .set((described!(facts), not_put_off!(), events::version.eq(events::version + 1)))
        .execute(db)?;
    Ok(changed == 1)
}

pub(super) fn publish(db: &mut Db, event: EventId, now: Moment) -> Result<()> {
    diesel::update(events::table.find(event)).set((events::published_at.eq(now), events::version.eq(events::version + 1))).execute(db)?;
    Ok(())
}

/// Puts an event off: it stands without a time.
pub(super) fn postpone(db: &mut Db, event: EventId, now: Moment, reason: PostponeReason, words: Option<&str>) -> Result<()> {
    diesel::update(events::table.find(event))
        .set((events::postponed_at.eq(now), events::postponed_for.eq(reason), events::closing_words.eq(words), events::version.eq(events::version + 1)))
        .execute(db)?;
    Ok(())
}

/// Takes the version of a part on whose time has moved along; it is not put off any more.
pub(super) fn moved_along(db: &mut Db, event: EventId) -> Result<()> {
    diesel::update(events::table.find(event)).set((not_put_off!(), events::version.eq(events::version + 1))).execute(db)?;
    Ok(())
}

pub(super) fn close(db: &mut Db, event: EventId, words: &str) -> Result<()> {
    diesel::update(events::table.find(event)).set(events::closing_words.eq(words)).execute(db)?;
    Ok(())
}

/// Notes that what calendars tell of an event's sessions has changed: of those that are neither called off nor dropped.
pub(super) fn stamp(db: &mut Db, event: EventId, now: Moment) -> Result<()> {
    diesel::update(event_sessions::table.filter(event_sessions::event_id.eq(event)).filter(event_sessions::state.ne(SessionState::Cancelled)))
        .set((event_sessions::sequence.eq(event_sessions::sequence + 1), event_sessions::changed_at.eq(now)))
        .execute(db)?;
    Ok(())
}

/// As [`stamp`], of the one session that a booking is for.
pub(super) fn stamp_booked(db: &mut Db, booking: BookingId, now: Moment) -> Result<()> {
    let holder: i64 = bookings::table.find(booking).select(bookings::holder_id).first(db)?;
    diesel::update(event_sessions::table.find(EventSessionId(holder)))
        .set((event_sessions::sequence.eq(event_sessions::sequence + 1), event_sessions::changed_at.eq(now)))
        .execute(db)?;
    Ok(())
}

/// Says yes for one of those in charge to what they are in charge of.
pub(super) fn agree(db: &mut Db, event: EventId, person: PersonId) -> Result<usize> {
    let own = event_sessions::table
        .filter(event_sessions::event_id.eq(event))
        .filter(event_sessions::in_charge_id.eq(person))
        .filter(event_sessions::state.eq(SessionState::Planned))
        .filter(event_sessions::agreed.eq(false));
    let said = diesel::update(own).set(event_sessions::agreed.eq(true)).execute(db)?;
    if said > 0 {
        diesel::update(events::table.find(event)).set(events::version.eq(events::version + 1)).execute(db)?;
    }
    Ok(said)
}

/// The sessions of an event, in order of time, without those that were dropped from it.
pub fn sessions(db: &mut Db, event: EventId) -> Result<Vec<Session>> {
    let rows: Vec<Session> = event_sessions::table
        .inner_join(people::table)
        .left_join(venues::table)
        .left_join(spaces::table)
        .left_join(
            bookings::table.on(bookings::holder_kind
                .eq(HolderKind::Session)
                .and(bookings::holder_id.eq(event_sessions::id))
                .and(bookings::resource_kind.eq(ResourceKind::Space))
                .and(bookings::resource_id.nullable().eq(event_sessions::space_id))),
        )
        .filter(event_sessions::event_id.eq(event))
        .filter(event_sessions::dropped_at.is_null())
        .order((event_sessions::starts_at, event_sessions::id, bookings::id))
        .select((
            event_sessions::id,
            event_sessions::starts_at,
            event_sessions::ends_at,
            event_sessions::venue_id,
            venues::name.nullable(),
            event_sessions::space_id,
            spaces::name.nullable(),
            bookings::places.nullable(),
            bookings::status.nullable(),
            bookings::outcome.nullable(),
            event_sessions::in_charge_id,
            people::name,
            event_sessions::state,
            event_sessions::attendance,
            event_sessions::setup_minutes,
            event_sessions::clearing_minutes,
            event_sessions::travel_minutes,
            event_sessions::agreed,
        ))
        .load(db)?;
    // A session that was moved within its space has been booked for more than once: the last booking is its present one.
    let mut sessions: Vec<Session> = Vec::with_capacity(rows.len());
    for row in rows {
        match sessions.last_mut() {
            Some(last) if last.id == row.id => *last = row,
            _ => sessions.push(row),
        }
    }
    Ok(sessions)
}

/// The numbers of the sessions of an event, without those that were dropped from it.
pub fn session_ids(db: &mut Db, event: EventId) -> Result<Vec<EventSessionId>> {
    Ok(event_sessions::table
        .filter(event_sessions::event_id.eq(event))
        .filter(event_sessions::dropped_at.is_null())
        .order(event_sessions::id)
        .select(event_sessions::id)
        .load(db)?)
}

/// The event that a session is of, with all its sessions.
pub fn of_session(db: &mut Db, session: EventSessionId) -> Result<Option<(Event, Vec<Session>)>> {
    let found: Option<Event> =
        events::table.inner_join(event_sessions::table).filter(event_sessions::id.eq(session)).select(events::all_columns).first(db).optional()?;
    let Some(event) = found else { return Ok(None) };
    let sessions = sessions(db, event.id)?;
    Ok(Some((event, sessions)))
}

/// The order whose event a session is of; empty for an event of its own.
pub fn order_of(db: &mut Db, session: EventSessionId) -> Result<Option<OrderId>> {
    let order: Option<Option<OrderId>> =
        event_sessions::table.inner_join(events::table).filter(event_sessions::id.eq(session)).select(events::order_id).first(db).optional()?;
    Ok(order.flatten())
}

pub fn insert_event(db: &mut Db, act: &Act, facts: &Facts) -> Result<EventId> {
    // An order's event is no draft: where others may come, everybody sees it at once.
    let at_once = Some(act.now).filter(|_| facts.open && facts.order.is_some());
    Ok(diesel::insert_into(events::table)
        .values((
            described!(facts),
            (events::county.eq(&facts.county), events::order_id.eq(facts.order), events::created_by.eq(act.person())),
            (events::state.eq(Stored::Planned), events::created_at.eq(act.now), events::published_at.eq(at_once)),
        ))
        .returning(events::id)
        .get_result(db)?)
}

pub fn insert_session(db: &mut Db, event: EventId, session: &Plan, now: Moment) -> Result<EventSessionId> {
    let Plan { starts_at, ends_at, place, setup_minutes, clearing_minutes, in_charge, agreed, travel_minutes, equipment: _, taken_by_parent: _ } = *session;
    Ok(diesel::insert_into(event_sessions::table)
        .values((
            (event_sessions::event_id.eq(event), event_sessions::starts_at.eq(starts_at), event_sessions::ends_at.eq(ends_at)),
            event_sessions::changed_at.eq(now),
            (event_sessions::venue_id.eq(place.map(|place| place.venue)), event_sessions::space_id.eq(place.map(|place| place.space))),
            (event_sessions::setup_minutes.eq(setup_minutes), event_sessions::clearing_minutes.eq(clearing_minutes)),
            (event_sessions::in_charge_id.eq(in_charge), event_sessions::travel_minutes.eq(travel_minutes)),
            (event_sessions::state.eq(SessionState::Planned), event_sessions::agreed.eq(agreed)),
        ))
        .returning(event_sessions::id)
        .get_result(db)?)
}

pub fn set_event(db: &mut Db, event: EventId, state: Stored) -> Result<()> {
    diesel::update(events::table.find(event)).set((events::state.eq(state), events::version.eq(events::version + 1))).execute(db)?;
    Ok(())
}

pub fn set_session(db: &mut Db, session: EventSessionId, state: SessionState, attendance: i32) -> Result<()> {
    diesel::update(event_sessions::table.find(session)).set((event_sessions::state.eq(state), event_sessions::attendance.eq(attendance))).execute(db)?;
    Ok(())
}

/// Whether somebody has checked in at a session of an event: then it is no more another session.
pub fn people_came(db: &mut Db, event: EventId) -> Result<bool> {
    let came = check_ins::table.inner_join(event_sessions::table).filter(event_sessions::event_id.eq(event));
    Ok(diesel::select(diesel::dsl::exists(came)).get_result(db)?)
}

/// Lets a session be as it is planned now, put off before or not: the row stays, and what was booked for it before.
pub(super) fn move_session(db: &mut Db, id: EventSessionId, session: &Plan, now: Moment) -> Result<()> {
    let Plan { starts_at, ends_at, place, setup_minutes, clearing_minutes, in_charge, agreed, travel_minutes, equipment: _, taken_by_parent: _ } = *session;
    diesel::update(event_sessions::table.find(id))
        .set((
            (event_sessions::starts_at.eq(starts_at), event_sessions::ends_at.eq(ends_at)),
            (event_sessions::venue_id.eq(place.map(|place| place.venue)), event_sessions::space_id.eq(place.map(|place| place.space))),
            (event_sessions::setup_minutes.eq(setup_minutes), event_sessions::clearing_minutes.eq(clearing_minutes)),
            (event_sessions::in_charge_id.eq(in_charge), event_sessions::travel_minutes.eq(travel_minutes)),
            (event_sessions::state.eq(SessionState::Planned), event_sessions::agreed.eq(agreed)),
            (event_sessions::sequence.eq(event_sessions::sequence + 1), event_sessions::changed_at.eq(now)),
        ))
        .execute(db)?;
    Ok(())
}

/// Drops sessions that nothing stands in for any more: they are called off, and nobody reports them. The released bookings stay.
pub(super) fn drop_sessions(db: &mut Db, ids: &[EventSessionId], now: Moment) -> Result<()> {
    diesel::update(event_sessions::table.filter(event_sessions::id.eq_any(ids)))
        .set((
            (event_sessions::state.eq(SessionState::Cancelled), event_sessions::dropped_at.eq(now)),
            (event_sessions::sequence.eq(event_sessions::sequence + 1), event_sessions::changed_at.eq(now)),
        ))
        .execute(db)?;
    Ok(())
}

/// Lets an order's event stand on the public pages, or takes it off them.
pub(super) fn show(db: &mut Db, event: EventId, since: Option<Moment>) -> Result<()> {
    diesel::update(events::table.find(event)).set(events::published_at.eq(since)).execute(db)?;
    Ok(())
}

/// Opens an order's event to everybody, or closes it.
pub(super) fn set_open(db: &mut Db, event: EventId, open: bool, now: Moment) -> Result<()> {
    diesel::update(events::table.find(event))
        .set((events::open.eq(open), events::published_at.eq(Some(now).filter(|_| open)), events::version.eq(events::version + 1)))
        .execute(db)?;
    Ok(())
}

pub fn set_open_sessions(db: &mut Db, event: EventId, state: SessionState) -> Result<()> {
    diesel::update(event_sessions::table.filter(event_sessions::event_id.eq(event)).filter(event_sessions::state.eq(SessionState::Planned)))
        .set(event_sessions::state.eq(state))
        .execute(db)?;
    Ok(())
}
