//! Buildings and places that an organisation keeps, and the spaces in them, which are what is booked.

mod change_store;
mod changes;
mod days;
mod found;
pub mod http;
mod list_store;
pub mod rules;
mod spaces;
mod store;

use chrono::NaiveDate;
use diesel::Queryable;

use crate::db::Db;
use crate::error::Result;
use crate::ids::{ClosureId, OrganisationId, SpaceId, VenueId};
use crate::text_enum;

pub use changes::{VenueChange, VenueFacts, change, close, create, reopen};
pub use days::{close_days, open_days};
pub use found::{NewVenue, put};
pub use list_store::{Listed, Wanted};
pub use spaces::{SpaceChange, SpaceFacts, change_space, close_space, create_space, reopen_space};

text_enum! {
    /// What a venue is.
    pub enum VenueKind {
        /// 新时代文明实践中心 and 所.
        PracticeCentre = "practice_centre",
        /// 新时代文明实践站.
        PracticeStation = "practice_station",
        /// 科技馆.
        ScienceMuseum = "science_museum",
        School = "school",
        Library = "library",
        /// 科普教育基地.
        ScienceBase = "science_base",
        Outdoors = "outdoors",
        Other = "other",
    }
}

/// An opening time of a weekday, in minutes of the county's day. A venue without any has no fixed hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Queryable)]
pub struct Hours {
    /// 1 is Monday, 7 Sunday.
    pub weekday: i32,
    pub opens: i32,
    /// Midnight is 1440.
    pub closes: i32,
}

/// Some days on which a venue is closed.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Closure {
    pub id: ClosureId,
    pub venue_id: VenueId,
    pub from_day: NaiveDate,
    /// The last day.
    pub until_day: NaiveDate,
    pub reason: String,
}

/// What the first space of a venue is called until somebody names it.
pub const FIRST_SPACE: &str = "主场地";

/// A room or part of a venue: what is booked.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Space {
    pub id: SpaceId,
    pub venue_id: VenueId,
    pub name: String,
    /// Seats.
    pub capacity: i32,
    /// How many places several can share at one time; empty: one has it alone.
    pub places: Option<i32>,
    pub active: bool,
    pub version: i64,
}

/// A building or place whose spaces can be booked.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Venue {
    pub id: VenueId,
    pub county: String,
    /// Who keeps it.
    pub organisation_id: OrganisationId,
    pub name: String,
    pub division_code: String,
    /// The path of its division.
    pub path: String,
    pub address: String,
    /// Seats.
    pub capacity: i32,
    /// Else a booking waits for the keeper's yes (待确认).
    pub free_to_book: bool,
    pub active: bool,
    /// Of the keeper, where one is entered.
    pub phone: Option<String>,
    /// Since when it is no more; empty: it is open.
    pub closed_on: Option<NaiveDate>,
    pub version: i64,
    pub kind: VenueKind,
    /// Whether one gets in without a step.
    pub step_free: bool,
    pub projector: bool,
    /// Whether there is electricity.
    pub power: bool,
}

/// The venue of an id.
pub fn get(db: &mut Db, id: VenueId) -> Result<Option<Venue>> {
    store::venue(db, id)
}

/// The venue of a name in a county; the first where names repeat.
pub fn find_by_name(db: &mut Db, county: &str, name: &str) -> Result<Option<Venue>> {
    store::named(db, county, name)
}

/// The space that a wish means, with its venue: the one that is named, or the venue's first. Nothing where one of the two is
/// closed, or where they do not belong together.
pub fn bookable(db: &mut Db, venue: Option<VenueId>, space: Option<SpaceId>) -> Result<Option<(Venue, Space)>> {
    let found = match (venue, space) {
        (_, Some(space)) => store::space(db, space)?.filter(|space| space.active),
        (Some(venue), None) => store::first_space(db, venue)?,
        (None, None) => None,
    };
    let Some(space) = found.filter(|space| venue.is_none_or(|venue| venue == space.venue_id)) else { return Ok(None) };
    let venue = store::venue(db, space.venue_id)?.filter(|venue| venue.active);
    Ok(venue.map(|venue| (venue, space)))
}

/// The spaces of a venue, closed ones too, in the order in which they were made.
pub fn spaces(db: &mut Db, venue: VenueId) -> Result<Vec<Space>> {
    store::spaces_of(db, &[venue])
}

/// The venues of a county that can be booked, or one of them, with their spaces, hours and closed days that are not over: so many
/// statements, however many there are.
pub fn open(db: &mut Db, county: &str, one: Option<VenueId>, today: NaiveDate) -> Result<Vec<Listed>> {
    list_store::open(db, county, one, today)
}

/// The space of an id.
pub fn space(db: &mut Db, id: SpaceId) -> Result<Option<Space>> {
    store::space(db, id)
}
