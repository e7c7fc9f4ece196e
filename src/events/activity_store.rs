//! What takes place as part of a campaign: an event a line, as the national registration has its columns.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamp};

use super::calendar_store::known_to;
use super::kinds::{Audience, EventKind, EventState, Stored};
use crate::actor::Actor;
use crate::clock::Moment;
use crate::db::{Clause, Db};
use crate::error::Result;
use crate::ids::{CampaignId, EventId, OrderId, OrganisationId};
use crate::on_engine;

/// The most lines of one answer.
pub const MOST: usize = 1000;

/// An event of a campaign.
#[derive(Debug, Clone)]
pub struct Activity {
    pub event: EventId,
    pub title: String,
    pub kind: EventKind,
    pub state: EventState,
    pub online: bool,
    pub audience: Audience,
    pub expected: i32,
    pub organiser: Option<OrganisationId>,
    pub division_code: Option<String>,
    pub address: Option<String>,
    pub parent: Option<EventId>,
    /// Its first start and its last end.
    pub starts_at: Moment,
    pub ends_at: Moment,
    pub sessions: i64,
    /// Person-times; empty until it was reported.
    pub attendance: Option<i64>,
    /// Where it is, of the venues it is in the first by name.
    pub venue: Option<String>,
    /// The directory that has the organiser's name and the place's.
    pub directory: Option<String>,
}

type RowSql = (
    (BigInt, Text, Text, Text, Nullable<Timestamp>, Nullable<Timestamp>, Nullable<BigInt>),
    (Bool, Text, Integer, Nullable<BigInt>, Nullable<Text>, Nullable<Text>, Nullable<BigInt>),
    (Timestamp, Timestamp, BigInt, Nullable<BigInt>, Nullable<Text>, Nullable<Text>),
);
type Row = (
    (EventId, String, EventKind, Stored, Option<Moment>, Option<Moment>, Option<OrderId>),
    (bool, Audience, i32, Option<OrganisationId>, Option<String>, Option<String>, Option<EventId>),
    (Moment, Moment, i64, Option<i64>, Option<String>, Option<String>),
);

const COLUMNS: &str = "SELECT events.id, events.title, events.kind, events.state, events.published_at, events.postponed_at, events.order_id, \
                       events.online, events.audience, events.expected, events.organiser_id, events.division_code, events.address, events.parent_id, \
                       min(event_sessions.starts_at), max(event_sessions.ends_at), count(event_sessions.id), sum(event_sessions.attendance), \
                       min(venues.name), (SELECT version FROM directory_version) FROM events \
                       JOIN event_sessions ON event_sessions.event_id = events.id LEFT JOIN venues ON venues.id = event_sessions.venue_id WHERE ";

/// The events of a campaign that somebody may know of and that were not called off, in order of time; one more than [`MOST`] says that
/// there are more.
pub fn of_campaign(db: &mut Db, actor: Option<&Actor>, campaign: CampaignId) -> Result<Vec<Activity>> {
    let wanted = Clause::sql("events.campaign_id = ")
        .bind(campaign.0)
        .then(" AND events.state <> 'cancelled' AND event_sessions.dropped_at IS NULL")
        .and(known_to(actor));
    let question = Clause::sql(COLUMNS)
        .with(wanted)
        .then(format!(" GROUP BY events.id ORDER BY min(event_sessions.starts_at), events.id LIMIT {}", MOST + 1))
        .asked::<RowSql>();
    let rows: Vec<Row> = on_engine!(db, conn => question.load(conn))?;
    Ok(rows.into_iter().map(activity).collect())
}

fn activity((first, second, third): Row) -> Activity {
    let (event, title, kind, stored, published, postponed, order) = first;
    let (online, audience, expected, organiser, division_code, address, parent) = second;
    let (starts_at, ends_at, sessions, attendance, venue, directory) = third;
    let state = EventState::of(stored, published.is_some(), order.is_some(), postponed.is_some());
    Activity {
        event,
        title,
        kind,
        state,
        online,
        audience,
        expected,
        organiser,
        division_code,
        address,
        parent,
        starts_at,
        ends_at,
        sessions,
        attendance,
        venue,
        directory,
    }
}
