//! What takes place in a span of time: the public calendar, and the work calendar of those who may know more.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamp};

use super::VenueStatus;
use super::kinds::{EventKind, SessionState, Stored};
use super::needs::LONGEST_SESSION_DAYS;
use super::reach::{AREA, PLANNERS};
use crate::actor::{Actor, COUNTY_READERS};
use crate::bookings::{BookingOutcome, Status};
use crate::clock::{Moment, Span};
use crate::db::{Clause, Db};
use crate::divisions;
use crate::error::Result;
use crate::ids::{CampaignId, EventId, EventSessionId, OrderId, OrganisationId, PersonId, VenueId};
use crate::on_engine;

/// The longest span that is asked for at once.
pub const LONGEST_DAYS: i64 = 62;
/// The most sessions of one answer.
pub const MOST: usize = 1000;

/// Which sessions of those one may know of.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub county: String,
    pub from: Moment,
    pub until: Moment,
    /// A division's path: its whole subtree.
    pub place: Option<String>,
    pub venue: Option<VenueId>,
    pub organiser: Option<OrganisationId>,
    pub kind: Option<EventKind>,
    pub campaign: Option<CampaignId>,
    /// Only what everybody may know.
    pub public: bool,
}

/// A session in the calendar.
#[derive(Debug, Clone)]
pub struct Line {
    pub session: EventSessionId,
    pub event: EventId,
    pub starts_at: Moment,
    pub ends_at: Moment,
    pub session_state: SessionState,
    pub agreed: bool,
    pub title: String,
    pub stored: Stored,
    pub kind: EventKind,
    pub online: bool,
    pub open: bool,
    pub published: bool,
    pub order: Option<OrderId>,
    pub organiser: Option<OrganisationId>,
    pub division_code: Option<String>,
    pub address: Option<String>,
    pub expected: i32,
    pub venue: Option<VenueId>,
    pub venue_name: Option<String>,
    pub space_name: Option<String>,
    pub in_charge: PersonId,
    pub in_charge_name: String,
    pub campaign: Option<CampaignId>,
    pub parent: Option<EventId>,
    /// Whether it has its venue; empty where it needs none.
    pub venue_status: Option<VenueStatus>,
    /// The directory that has the organiser's name and the place's.
    pub directory: Option<String>,
}

type LineSql = (
    (BigInt, BigInt, Timestamp, Timestamp, Text, Bool),
    (Text, Text, Text, Bool, Bool, Nullable<Timestamp>),
    (Nullable<BigInt>, Nullable<BigInt>, Nullable<Text>, Nullable<Text>, Integer),
    (Nullable<BigInt>, Nullable<Text>, Nullable<Text>, BigInt, Text),
    (Nullable<BigInt>, Nullable<BigInt>, Nullable<Text>),
    (Nullable<Text>, Nullable<Text>),
);
type LineRow = (
    (EventSessionId, EventId, Moment, Moment, SessionState, bool),
    (String, Stored, EventKind, bool, bool, Option<Moment>),
    (Option<OrderId>, Option<OrganisationId>, Option<String>, Option<String>, i32),
    (Option<VenueId>, Option<String>, Option<String>, PersonId, String),
    (Option<CampaignId>, Option<EventId>, Option<String>),
    (Option<Status>, Option<BookingOutcome>),
);

const COLUMNS: &str = "SELECT event_sessions.id, event_sessions.event_id, event_sessions.starts_at, event_sessions.ends_at, event_sessions.state, \
                       event_sessions.agreed, events.title, events.state, events.kind, events.online, events.open, events.published_at, events.order_id, \
                       events.organiser_id, events.division_code, events.address, events.expected, venues.id, venues.name, spaces.name, people.id, people.name, \
                       events.campaign_id, events.parent_id, (SELECT version FROM directory_version), bookings.status, bookings.outcome FROM event_sessions \
                       JOIN events ON events.id = event_sessions.event_id \
                       JOIN people ON people.id = event_sessions.in_charge_id LEFT JOIN venues ON venues.id = event_sessions.venue_id \
                       LEFT JOIN spaces ON spaces.id = event_sessions.space_id LEFT JOIN bookings ON bookings.id = (\
                       SELECT max(b.id) FROM bookings b WHERE b.holder_kind = 'event_session' AND b.holder_id = event_sessions.id AND b.resource_kind = 'space' \
                       AND b.resource_id = event_sessions.space_id) WHERE ";

/// The sessions that touch a span, in order of time; one more than [`MOST`] says that there are more.
pub fn sessions(db: &mut Db, actor: Option<&Actor>, wanted: &Wanted) -> Result<Vec<Line>> {
    let Wanted { county, from, until, place, venue, organiser, kind, campaign, public } = wanted;
    let mut all = touching((*from, *until))
        .then(" AND event_sessions.state <> 'cancelled' AND events.state <> 'cancelled' AND events.county = ")
        .bind(county.as_str())
        .and(known_to(actor.filter(|_| !public)));
    if let Some(path) = place {
        all = all.and(divisions::subtree("events.place_path", path));
    }
    if let Some(venue) = venue {
        all = all.and(Clause::sql("event_sessions.venue_id = ").bind(venue.0));
    }
    if let Some(organiser) = organiser {
        all = all.and(Clause::sql("events.organiser_id = ").bind(organiser.0));
    }
    if let Some(kind) = kind {
        all = all.and(Clause::sql("events.kind = ").bind(kind.as_str()));
    }
    if let Some(campaign) = campaign {
        all = all.and(Clause::sql("events.campaign_id = ").bind(campaign.0));
    }
    if *public || actor.is_none() {
        // Twenty stalls of a fair stand on the fair's own page.
        all = all.and(Clause::sql("events.parent_id IS NULL"));
    }
    let question = Clause::sql(COLUMNS).with(all).then(format!(" ORDER BY event_sessions.starts_at, event_sessions.id LIMIT {}", MOST + 1)).asked::<LineSql>();
    let rows: Vec<LineRow> = on_engine!(db, conn => question.load(conn))?;
    Ok(rows.into_iter().map(line).collect())
}

fn line((first, second, third, fourth, fifth, (status, outcome)): LineRow) -> Line {
    let (session, event, starts_at, ends_at, session_state, agreed) = first;
    let (title, stored, kind, online, open, published) = second;
    let (order, organiser, division_code, address, expected) = third;
    let (venue, venue_name, space_name, in_charge, in_charge_name) = fourth;
    let (campaign, parent, directory) = fifth;
    Line {
        session,
        event,
        starts_at,
        ends_at,
        session_state,
        agreed,
        title,
        stored,
        kind,
        online,
        open,
        published: published.is_some(),
        order,
        organiser,
        division_code,
        address,
        expected,
        venue,
        venue_name,
        space_name,
        in_charge,
        in_charge_name,
        campaign,
        parent,
        venue_status: VenueStatus::of(status, outcome),
        directory,
    }
}

/// Which sessions touch a span, as a condition on `event_sessions`.
pub fn touching((from, until): Span) -> Clause {
    Clause::sql("event_sessions.starts_at < ")
        .bind(until)
        .then(" AND event_sessions.starts_at > ")
        .bind(from.minus(chrono::Duration::days(LONGEST_SESSION_DAYS)))
        .then(" AND event_sessions.ends_at > ")
        .bind(from)
}

/// Which events somebody may know of, as a condition on `events` and `event_sessions`: without a person, what everybody may.
pub fn known_to(actor: Option<&Actor>) -> Clause {
    let public = Clause::sql("(events.open AND events.published_at IS NOT NULL)");
    let Some(actor) = actor else { return public };
    // An order's event is no draft.
    let settled = || Clause::sql("(events.published_at IS NOT NULL OR events.order_id IS NOT NULL)");
    let mut parts = vec![public, Clause::sql("event_sessions.in_charge_id = ").bind(actor.person.0)];
    for grant in &actor.grants {
        let Some(seat) = &grant.seat else { continue };
        if PLANNERS.contains(&grant.role) {
            parts.push(Clause::sql("events.organiser_id = ").bind(seat.organisation.0));
        }
        if AREA.contains(&grant.role) {
            let here = divisions::subtree("events.place_path", &seat.path);
            parts.push(here.and(Clause::sql("events.jurisdiction = ").bind(seat.jurisdiction.as_str())).and(settled()));
        }
        if COUNTY_READERS.contains(&grant.role) {
            parts.push(Clause::sql("events.county = ").bind(seat.county.as_str()).and(settled()));
        }
    }
    parts.into_iter().reduce(Clause::or).unwrap_or_default()
}
