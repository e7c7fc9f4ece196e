//! Calendars that other programs subscribe to (iCalendar, RFC 5545): public ones of a county, a venue and an organiser, and those at
//! a secret address, which show somebody what is theirs to know. Whoever has such an address reads it, so it can be given up, and
//! it ends with the role that it was made for.

mod calendar;
pub mod http;
mod store;
mod told;

pub use store::Feed;

use chrono::Duration;

use crate::actor::{Act, Actor};
use crate::app::App;
use crate::auth;
use crate::clock::Moment;
use crate::db::{Anchor, Db, lock};
use crate::directory;
use crate::divisions;
use crate::error::{Kind, Refusal, Result};
use crate::events::EventKind;
use crate::idempotency;
use crate::ids::{EventId, FeedId, OrganisationId, VenueId};
use crate::journal::{self, Capacity, Subject};
use crate::keeping;
use crate::organisations;
use crate::people;
use crate::secrets::{self, Purpose};
use crate::text_enum;
use crate::venues;
use crate::wire::{Body, Change, Faults, Nothing};
use store::{Line, Which, Window};
use told::View;

text_enum! {
    /// What a secret calendar shows.
    pub enum FeedKind {
        /// What one is in charge of.
        Own = "own",
        /// What an organisation holds in which one has a role, as far as one may know of it.
        Organisation = "organisation",
        /// What takes place in a venue that one keeps.
        Venue = "venue",
    }
}

/// How far back and ahead a calendar goes; for so long, too, it tells that something was called off.
const DAYS_BACK: i64 = 60;
const DAYS_AHEAD: i64 = 366;
/// An event by itself is given however far ahead it is: ten years.
const LONGEST_PLANNED: i64 = 3660;

/// Which calendar somebody wants a secret address of.
#[derive(Debug, Clone, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"kind": "own"}))]
pub struct WantedFeed {
    pub kind: FeedKind,
    /// Of kind `organisation`: one in which the caller has a role.
    pub organisation_id: Option<OrganisationId>,
    /// Of kind `venue`: one that the caller's organisation keeps.
    pub venue_id: Option<VenueId>,
}

impl Body for WantedFeed {
    fn check(&self, faults: &mut Faults) {
        let named = [(FeedKind::Organisation, "/organisation_id", self.organisation_id.is_some()), (FeedKind::Venue, "/venue_id", self.venue_id.is_some())];
        for (kind, pointer, there) in named {
            if kind == self.kind && !there {
                faults.add(pointer, "missing", "This is needed.");
            }
            if kind != self.kind && there {
                faults.add(pointer, "unknown", "There is nothing of this name here; leave it out.");
            }
        }
    }
}

/// A secret calendar with its name, and whether it still answers.
pub struct Named {
    pub feed: Feed,
    pub name: String,
    pub works: bool,
}

/// Gives somebody a secret address of a calendar: the secret, which is told this once.
///
/// # Errors
/// 401; 403 for what they have no part in; 409 `feed_there_already`; 422.
pub fn create_feed(db: &mut Db, app: &App, change: &Change<WantedFeed>) -> Result<(Named, String)> {
    let act = auth::signed_in(db, app, &change.caller)?;
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    let body = change.body()?;
    let key = change.required_key()?;
    let scope = idempotency::scope(&act, "");
    // The same request gives the same secret, which is not kept.
    let secret = app.secrets.hash(Purpose::StoredToken, &["feed", &scope, key]);
    if let Some(made) = idempotency::replay(db, &scope, "create_feed", change)? {
        let feed = store::own(db, actor.person, FeedId(made))?.ok_or_else(Refusal::not_found)?;
        return Ok((named(db, actor, feed)?, secret));
    }
    let Some((_, has_part)) = subject(db, actor, body.organisation_id, body.venue_id)? else {
        return Err(Refusal::fault("/venue_id", "unknown", "There is no such venue.").into());
    };
    if !has_part {
        return Err(Refusal::forbidden("Secret calendars are of what one has a part in: a role in the organisation, or the keeping of the venue.").into());
    }
    lock(db, Anchor::Person(actor.person.0))?;
    let same = |feed: &Feed| feed.kind == body.kind && feed.organisation == body.organisation_id && feed.venue == body.venue_id;
    if let Some(there) = store::all(db, actor.person)?.into_iter().find(same) {
        let detail = "There is a secret address of this calendar already. Give that one up first: then it stops to work, and you get a new one.";
        return Err(Refusal::new(Kind::Conflict, "feed_there_already", detail).with("feed_id", there.id).into());
    }
    let id = store::insert(db, actor.person, body, &secrets::digest(secret.as_bytes()), act.now)?;
    record(db, &act, "create_feed", id, &["kind"])?;
    idempotency::remember(db, act.now, &scope, "create_feed", change, id.0)?;
    let feed = store::own(db, actor.person, id)?.ok_or_else(Refusal::not_found)?;
    Ok((named(db, actor, feed)?, secret))
}

/// Somebody's secret calendars, oldest first.
///
/// # Errors
/// 401.
pub fn my_feeds(db: &mut Db, act: &Act) -> Result<Vec<Named>> {
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    store::all(db, actor.person)?.into_iter().map(|feed| named(db, actor, feed)).collect()
}

/// Gives a secret address up: from now on nobody reads it. The calendars that are left.
///
/// # Errors
/// 401; 404 for what is not one's own.
pub fn revoke_feed(db: &mut Db, app: &App, change: &Change<Nothing>, id: FeedId) -> Result<Vec<Named>> {
    let act = auth::signed_in(db, app, &change.caller)?;
    let person = act.person().ok_or_else(auth::sign_in_first)?;
    let there = store::own(db, person, id)?;
    if there.is_none() && idempotency::replay(db, &idempotency::scope(&act, ""), &format!("revoke_feed {id}"), change)?.is_none() {
        return Err(Refusal::not_found().into());
    }
    change.body()?;
    idempotency::once(db, &act, change, "revoke_feed", id.0, |db| {
        store::remove(db, id)?;
        record(db, &act, "revoke_feed", id, &["secret"])
    })?;
    my_feeds(db, &act)
}

fn record(db: &mut Db, act: &Act, verb: &str, id: FeedId, fields: &[&str]) -> Result<()> {
    journal::record(db, act, verb, Subject { kind: "feed", id: id.0, version: None, county: None }, Capacity::default(), fields)
}

/// What a calendar is of, by its name, and whether somebody has a part in it: what they are in charge of is always theirs. Nothing for
/// a venue that there is not.
fn subject(db: &mut Db, actor: &Actor, organisation: Option<OrganisationId>, venue: Option<VenueId>) -> Result<Option<(String, bool)>> {
    Ok(match (organisation, venue) {
        (Some(organisation), _) => {
            let name = directory::current(db)?.name(organisation).unwrap_or_default().to_owned();
            Some((name, actor.grants.iter().filter_map(|grant| grant.seat.as_ref()).any(|seat| seat.organisation == organisation)))
        }
        (None, Some(venue)) => venues::get(db, venue)?.map(|venue| (venue.name, keeping::keeps(actor, venue.organisation_id))),
        (None, None) => Some((actor.name.clone(), true)),
    })
}

fn named(db: &mut Db, actor: &Actor, feed: Feed) -> Result<Named> {
    let (name, works) = subject(db, actor, feed.organisation, feed.venue)?.unwrap_or_default();
    Ok(Named { feed, name, works })
}

/// The calendar at a secret address, as its owner may see it now.
///
/// # Errors
/// 404 for an address that was given up, and where its owner has no part in it any more.
pub fn read_feed(db: &mut Db, app: &App, secret: &str) -> Result<String> {
    let now = app.clock.now();
    let feed = store::by_hash(db, &secrets::digest(secret.as_bytes()))?.ok_or_else(Refusal::not_found)?;
    let person = people::find(db, feed.person)?.filter(|person| person.locked_at.is_none()).ok_or_else(Refusal::not_found)?;
    let grants = people::in_force(db, person.id, now)?;
    let actor = Actor { person: person.id, session: None, name: person.name, county: person.county, grants, must_change_password: false, has_merged: false };
    let Named { feed, name, works } = named(db, &actor, feed)?;
    if !works {
        return Err(Refusal::not_found().into());
    }
    match (feed.organisation, feed.venue) {
        (Some(organisation), _) => written(db, app, now, &format!("{name} 全部日程"), &Which::Organisation(organisation, Some(actor)), View::Party),
        (_, Some(venue)) => written(db, app, now, &format!("{name} 场地日程"), &Which::Venue(venue), View::Keeper),
        (None, None) => written(db, app, now, "我负责的科普活动", &Which::InCharge(person.id), View::Party),
    }
}

/// Which of a county's open events.
#[derive(Debug, Clone, Default)]
pub struct OpenEvents {
    pub county: Option<String>,
    pub division: Option<String>,
    pub kind: Option<EventKind>,
}

/// What is open to everybody in a county.
///
/// # Errors
/// 400 for a division that there is not.
pub fn read_calendar_feed(db: &mut Db, app: &App, wanted: &OpenEvents) -> Result<String> {
    let county = divisions::county_or_first(db, wanted.county.as_deref())?;
    let place = match &wanted.division {
        Some(code) => Some(divisions::find(db, code)?.ok_or_else(|| Refusal::query("division", "unknown", "There is no such division."))?),
        None => None,
    };
    let whole = divisions::find(db, &county)?.map(|division| division.name).unwrap_or_default();
    let name = format!("{} 科普活动", place.as_ref().map_or(whole, |place| place.name.clone()));
    let which = Which::Open { county, place: place.map(|place| place.path), kind: wanted.kind };
    written(db, app, app.clock.now(), &name, &which, View::Everybody)
}

/// What takes place in a venue: what is open by its title, all else as 已占用.
///
/// # Errors
/// 404.
pub fn read_venue_feed(db: &mut Db, app: &App, id: VenueId) -> Result<String> {
    let venue = venues::get(db, id)?.ok_or_else(Refusal::not_found)?;
    written(db, app, app.clock.now(), &format!("{} 场地日程", venue.name), &Which::Venue(id), View::Passers)
}

/// What an organiser holds that is open to everybody.
///
/// # Errors
/// 404.
pub fn read_organisation_feed(db: &mut Db, app: &App, id: OrganisationId) -> Result<String> {
    let organisation = organisations::get(db, id)?.ok_or_else(Refusal::not_found)?;
    written(db, app, app.clock.now(), &format!("{} 科普活动", organisation.name), &Which::Organisation(id, None), View::Everybody)
}

/// One open event, to be put into a calendar by itself.
///
/// # Errors
/// 404 for what is not open to everybody.
pub fn read_event_file(db: &mut Db, app: &App, id: EventId) -> Result<String> {
    let now = app.clock.now();
    let whenever = Window { from: Moment::from_micros(0), until: now.plus(Duration::days(LONGEST_PLANNED)), off_since: now };
    let (lines, _) = store::lines(db, &Which::Event(id), whenever)?;
    let name = lines.first().map(|line| line.title.clone()).ok_or_else(Refusal::not_found)?;
    composed(db, app, &name, (lines, None), View::Everybody)
}

/// A calendar as text: its sessions from 60 days back to a year ahead, what was called off in the last 60 days among them.
fn written(db: &mut Db, app: &App, now: Moment, name: &str, which: &Which, view: View) -> Result<String> {
    let back = now.minus(Duration::days(DAYS_BACK));
    let window = Window { from: back, until: now.plus(Duration::days(DAYS_AHEAD)), off_since: back };
    let found = store::lines(db, which, window)?;
    composed(db, app, name, found, view)
}

fn composed(db: &mut Db, app: &App, name: &str, (lines, left_out): (Vec<Line>, Option<Moment>), view: View) -> Result<String> {
    let directory = match lines.first() {
        Some(line) => directory::at(db, line.directory.as_deref())?,
        None => directory::current(db)?,
    };
    let entries: Vec<calendar::Entry> = lines.into_iter().map(|line| told::entry(&directory, &app.config.public_url, view, line)).collect();
    Ok(calendar::text(name, left_out, &entries))
}
