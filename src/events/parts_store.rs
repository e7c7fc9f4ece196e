//! What stands beside an event: its campaign, what it is a part of, and its own parts.

use diesel::prelude::*;

use super::kinds::{EventState, Stored};
use crate::clock::Moment;
use crate::db::Db;
use crate::error::Result;
use crate::ids::{CampaignId, EventId, OrderId, OrganisationId};
use crate::schema::{campaigns, event_sessions, events, people};

/// The most parts of one event.
pub(super) const MOST_PARTS: i64 = 200;

/// What an event is a part of.
#[derive(Debug, Clone, Queryable)]
pub struct Parent {
    pub id: EventId,
    pub title: String,
    pub organiser: Option<OrganisationId>,
    open: bool,
    published_at: Option<Moment>,
}

impl Parent {
    /// Whether everybody may know of it.
    pub fn public(&self) -> bool {
        self.open && self.published_at.is_some()
    }
}

/// A part of an event.
#[derive(Debug, Clone)]
pub struct Part {
    pub id: EventId,
    pub title: String,
    pub organiser: Option<OrganisationId>,
    pub state: EventState,
    /// Whether everybody may know of it.
    pub public: bool,
    pub version: i64,
    /// Its first start and its last end.
    pub starts_at: Moment,
    pub ends_at: Moment,
    /// Those in charge, each once.
    pub in_charge: Vec<String>,
    /// Whether they have all said yes.
    pub agreed: bool,
}

/// What stands beside an event.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    pub campaign: Option<(CampaignId, String)>,
    pub parent: Option<Parent>,
    /// Those that were not called off, in the order in which they were added.
    pub parts: Vec<Part>,
}

/// What stands beside an event: a fixed number of statements.
pub(super) fn beside(db: &mut Db, event: EventId, campaign: Option<CampaignId>, parent: Option<EventId>) -> Result<Beside> {
    let campaign = match campaign {
        Some(id) => campaigns::table.find(id).select((campaigns::id, campaigns::name)).first(db).optional()?,
        None => None,
    };
    let Some(parent) = parent else { return Ok(Beside { campaign, parent: None, parts: parts(db, event)? }) };
    let parent =
        events::table.find(parent).select((events::id, events::title, events::organiser_id, events::open, events::published_at)).first(db).optional()?;
    Ok(Beside { campaign, parent, parts: Vec::new() })
}

/// What an event is a part of.
pub(super) fn parent_of(db: &mut Db, event: EventId) -> Result<Option<EventId>> {
    let parent: Option<Option<EventId>> = events::table.find(event).select(events::parent_id).first(db).optional()?;
    Ok(parent.flatten())
}

type Row = ((EventId, String, Option<OrganisationId>, Stored, bool, Option<Moment>), (Option<OrderId>, Option<Moment>, i64), (Moment, Moment, bool, String));

fn parts(db: &mut Db, event: EventId) -> Result<Vec<Part>> {
    let rows: Vec<Row> = events::table
        .inner_join(event_sessions::table.inner_join(people::table))
        .filter(events::parent_id.eq(event))
        .filter(events::state.ne(Stored::Cancelled))
        .filter(event_sessions::dropped_at.is_null())
        .order((events::id, event_sessions::starts_at, event_sessions::id))
        .limit(MOST_PARTS * 20)
        .select((
            (events::id, events::title, events::organiser_id, events::state, events::open, events::published_at),
            (events::order_id, events::postponed_at, events::version),
            (event_sessions::starts_at, event_sessions::ends_at, event_sessions::agreed, people::name),
        ))
        .load(db)?;
    let mut found: Vec<Part> = Vec::new();
    for ((id, title, organiser, stored, open, published), (order, postponed, version), (starts_at, ends_at, agreed, name)) in rows {
        match found.last_mut().filter(|part| part.id == id) {
            Some(part) => {
                part.ends_at = part.ends_at.max(ends_at);
                part.agreed &= agreed;
                if !part.in_charge.contains(&name) {
                    part.in_charge.push(name);
                }
            }
            None => found.push(Part {
                id,
                title,
                organiser,
                state: EventState::of(stored, published.is_some(), order.is_some(), postponed.is_some()),
                public: open && published.is_some(),
                version,
                starts_at,
                ends_at,
                in_charge: vec![name],
                agreed,
            }),
        }
    }
    Ok(found)
}

/// How many parts an event has that were not called off.
pub(super) fn count(db: &mut Db, event: EventId) -> Result<i64> {
    Ok(events::table.filter(events::parent_id.eq(event)).filter(events::state.ne(Stored::Cancelled)).count().get_result(db)?)
}
