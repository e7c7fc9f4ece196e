//! The rows of `feeds`, and the sessions that a calendar shows, by whichever index finds them.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamp};

use super::{FeedKind, WantedFeed};
use crate::actor::Actor;
use crate::bookings::{BookingOutcome, Status};
use crate::clock::Moment;
use crate::db::{Clause, Db};
use crate::divisions;
use crate::error::Result;
use crate::events::{self, EventKind, EventState, SessionState, Stored, VenueStatus};
use crate::ids::{EventId, EventSessionId, FeedId, OrganisationId, PersonId, VenueId};
use crate::on_engine;
use crate::schema::feeds;

/// The most sessions of a calendar.
const MOST: usize = 2000;

/// A secret calendar; its secret is not kept.
#[derive(Debug, Clone, Queryable)]
pub struct Feed {
    pub id: FeedId,
    pub person: PersonId,
    pub kind: FeedKind,
    pub organisation: Option<OrganisationId>,
    pub venue: Option<VenueId>,
    pub created_at: Moment,
}

/// The columns of a [`Feed`]; a macro, since their type has no short name.
macro_rules! rows {
    () => {
        feeds::table.select((feeds::id, feeds::person_id, feeds::kind, feeds::organisation_id, feeds::venue_id, feeds::created_at))
    };
}

pub(super) fn by_hash(db: &mut Db, hash: &str) -> Result<Option<Feed>> {
    Ok(rows!().filter(feeds::secret_hash.eq(hash)).first(db).optional()?)
}

pub(super) fn own(db: &mut Db, person: PersonId, id: FeedId) -> Result<Option<Feed>> {
    Ok(rows!().filter(feeds::id.eq(id)).filter(feeds::person_id.eq(person)).first(db).optional()?)
}

pub(super) fn all(db: &mut Db, person: PersonId) -> Result<Vec<Feed>> {
    Ok(rows!().filter(feeds::person_id.eq(person)).order(feeds::id).load(db)?)
}

pub(super) fn insert(db: &mut Db, person: PersonId, wanted: &WantedFeed, hash: &str, now: Moment) -> Result<FeedId> {
    let WantedFeed { kind, organisation_id, venue_id } = wanted;
    Ok(diesel::insert_into(feeds::table)
        .values((
            (feeds::person_id.eq(person), feeds::kind.eq(kind), feeds::organisation_id.eq(organisation_id), feeds::venue_id.eq(venue_id)),
            (feeds::secret_hash.eq(hash), feeds::created_at.eq(now)),
        ))
        .returning(feeds::id)
        .get_result(db)?)
}

pub(super) fn remove(db: &mut Db, id: FeedId) -> Result<()> {
    diesel::delete(feeds::table.find(id)).execute(db)?;
    Ok(())
}

/// Whose sessions.
#[derive(Debug, Clone)]
pub(super) enum Which {
    /// Open ones of a county, of a division's path and of a kind where these are given.
    Open { county: String, place: Option<String>, kind: Option<EventKind> },
    /// Of an organiser: those that somebody may know of, or what everybody may.
    Organisation(OrganisationId, Option<Actor>),
    /// Those that somebody is in charge of.
    InCharge(PersonId),
    /// All that takes or took a space of a venue.
    Venue(VenueId),
    /// Those of one open event.
    Event(EventId),
}

/// A session as calendars need it.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub session: EventSessionId,
    pub starts_at: Moment,
    pub ends_at: Moment,
    /// How often it was changed, and when last.
    pub sequence: i32,
    pub changed_at: Moment,
    pub event: EventId,
    pub title: String,
    pub description: String,
    pub event_state: EventState,
    pub online: bool,
    /// Whether everybody may know of it.
    pub public: bool,
    /// Whether it fulfils an order.
    pub of_order: bool,
    pub organiser: Option<OrganisationId>,
    pub address: Option<String>,
    pub created_at: Moment,
    pub venue: Option<String>,
    pub venue_address: Option<String>,
    pub space: Option<String>,
    /// Whether it has its venue; empty where it needs none.
    pub venue_status: Option<VenueStatus>,
    /// When its space is taken: with set-up and clearing.
    pub booked: Option<(Moment, Moment)>,
    /// Whether it was called off; in a venue's calendar: whether the venue is free of it.
    pub cancelled: bool,
    /// The directory that has the organiser's name.
    pub directory: Option<String>,
}

type LineSql = (
    (BigInt, Timestamp, Timestamp, Text, Integer, Timestamp),
    (BigInt, Text, Text, Text, Bool, Bool, Nullable<Timestamp>, Nullable<Timestamp>),
    (Nullable<BigInt>, Nullable<BigInt>, Nullable<Text>, Timestamp, Nullable<Text>, Nullable<Text>, Nullable<Text>),
    (Nullable<BigInt>, Nullable<Timestamp>, Nullable<Timestamp>, Nullable<Timestamp>, Nullable<Text>, Nullable<Text>, Nullable<Text>),
);
type LineRow = (
    (EventSessionId, Moment, Moment, SessionState, i32, Moment),
    (EventId, String, String, Stored, bool, bool, Option<Moment>, Option<Moment>),
    (Option<i64>, Option<OrganisationId>, Option<String>, Moment, Option<String>, Option<String>, Option<String>),
    (Option<i64>, Option<Moment>, Option<Moment>, Option<Moment>, Option<Status>, Option<BookingOutcome>, Option<String>),
);

const COLUMNS: &str = "SELECT event_sessions.id, event_sessions.starts_at, event_sessions.ends_at, event_sessions.state, event_sessions.sequence, \
                       event_sessions.changed_at, events.id, events.title, events.description, events.state, events.online, events.open, events.published_at, \
                       events.postponed_at, \
                       events.order_id, events.organiser_id, events.address, events.created_at, venues.name, venues.address, spaces.name, bookings.id, \
                       bookings.starts_at, bookings.ends_at, bookings.released_at, bookings.status, bookings.outcome, \
                       (SELECT version FROM directory_version) FROM ";
const BY_SESSION: &str = "event_sessions JOIN events ON events.id = event_sessions.event_id LEFT JOIN venues ON venues.id = event_sessions.venue_id \
                          LEFT JOIN spaces ON spaces.id = event_sessions.space_id LEFT JOIN bookings ON bookings.id = (\
                          SELECT max(b.id) FROM bookings b WHERE b.holder_kind = 'event_session' AND b.holder_id = event_sessions.id \
                          AND b.resource_kind = 'space' AND b.resource_id = event_sessions.space_id) WHERE ";
const BY_VENUE: &str = "bookings JOIN event_sessions ON event_sessions.id = bookings.holder_id JOIN events ON events.id = event_sessions.event_id \
                        JOIN spaces ON spaces.id = bookings.resource_id JOIN venues ON venues.id = spaces.venue_id \
                        WHERE bookings.holder_kind = 'event_session' AND bookings.resource_kind = 'space' AND ";

/// Which span, and since when what was called off in it counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    pub from: Moment,
    pub until: Moment,
    pub off_since: Moment,
}

/// The sessions that touch a span, in order of time, at most [`MOST`]; and from when on there are more.
pub(super) fn lines(db: &mut Db, which: &Which, window: Window) -> Result<(Vec<Line>, Option<Moment>)> {
    let Window { from, until, off_since } = window;
    let by_venue = matches!(which, Which::Venue(_));
    let question = match which {
        Which::Venue(venue) => Clause::sql(COLUMNS)
            .then(BY_VENUE)
            .then("bookings.resource_id IN (SELECT s.id FROM spaces s WHERE s.venue_id = ")
            .bind(venue.0)
            .then(") AND bookings.ends_at > ")
            .bind(from)
            .then(" AND bookings.starts_at < ")
            .bind(until)
            .then(" AND (bookings.released_at IS NULL OR bookings.released_at >= ")
            .bind(off_since)
            .then(format!(") ORDER BY bookings.starts_at, bookings.id LIMIT {}", MOST + 1)),
        _ => Clause::sql(COLUMNS)
            .then(BY_SESSION)
            .with(of(which).and(events::touching((from, until))))
            .then(" AND ((event_sessions.state <> 'cancelled' AND events.state <> 'cancelled') OR event_sessions.changed_at >= ")
            .bind(off_since)
            .then(format!(") ORDER BY event_sessions.starts_at, event_sessions.id LIMIT {}", MOST + 1)),
    };
    let question = question.asked::<LineSql>();
    let mut rows: Vec<LineRow> = on_engine!(db, conn => question.load(conn))?;
    let left_out = rows.get(MOST).map(|((_, starts_at, ..), _, _, (_, booked, ..))| booked.filter(|_| by_venue).unwrap_or(*starts_at));
    rows.truncate(MOST);
    let lines = rows.into_iter().map(|row| (row.3.0, line(by_venue, row)));
    if !by_venue {
        return Ok((lines.map(|(_, line)| line).collect(), left_out));
    }
    // A session that was moved within the venue has been booked for more than once: its last booking counts.
    let mut last: BTreeMap<EventSessionId, (Option<i64>, Line)> = BTreeMap::new();
    for (booking, line) in lines {
        let known = last.entry(line.session).or_insert_with(|| (booking, line.clone()));
        if known.0 < booking {
            *known = (booking, line);
        }
    }
    let mut lines: Vec<Line> = last.into_values().map(|(_, line)| line).collect();
    lines.sort_by_key(|line| (line.booked, line.session));
    Ok((lines, left_out))
}

/// As in the public calendar: twenty stalls of a fair stand on the fair's own page.
fn whole() -> Clause {
    Clause::sql("events.parent_id IS NULL")
}

/// The condition on `events` and `event_sessions`.
fn of(which: &Which) -> Clause {
    match which {
        Which::Open { county, place, kind } => {
            let mut all = Clause::sql("events.county = ").bind(county.as_str()).and(events::known_to(None)).and(whole());
            if let Some(path) = place {
                all = all.and(divisions::subtree("events.place_path", path));
            }
            if let Some(kind) = kind {
                all = all.and(Clause::sql("events.kind = ").bind(kind.as_str()));
            }
            all
        }
        Which::Organisation(organisation, actor) => {
            let all = Clause::sql("events.organiser_id = ").bind(organisation.0).and(events::known_to(actor.as_ref()));
            if actor.is_none() { all.and(whole()) } else { all }
        }
        Which::InCharge(person) => Clause::sql("event_sessions.in_charge_id = ").bind(person.0),
        Which::Venue(venue) => Clause::sql("event_sessions.venue_id = ").bind(venue.0),
        Which::Event(event) => Clause::sql("event_sessions.event_id = ").bind(event.0).and(events::known_to(None)),
    }
}

fn line(by_venue: bool, (first, second, third, fourth): LineRow) -> Line {
    let (session, starts_at, ends_at, session_state, sequence, changed_at) = first;
    let (event, title, description, stored, online, open, published, postponed) = second;
    let (order, organiser, address, created_at, venue, venue_address, space) = third;
    let (_, booked_from, booked_until, released, status, outcome, directory) = fourth;
    let event_state = EventState::of(stored, published.is_some(), order.is_some(), postponed.is_some());
    let off = session_state == SessionState::Cancelled || event_state == EventState::Cancelled;
    Line {
        session,
        starts_at,
        ends_at,
        sequence,
        changed_at,
        event,
        title,
        description,
        event_state,
        online,
        public: open && published.is_some(),
        of_order: order.is_some(),
        organiser,
        address,
        created_at,
        venue,
        venue_address,
        space,
        venue_status: VenueStatus::of(status, outcome),
        booked: booked_from.zip(booked_until),
        cancelled: if by_venue { released.is_some() } else { off },
        directory,
    }
}
