//! Rooms and places that can be booked, kept by an organisation.

mod change_store;
mod changes;
mod found;
pub mod http;
mod list_store;
mod store;

use chrono::NaiveDate;
use diesel::Queryable;

use crate::db::Db;
use crate::error::Result;
use crate::ids::{OrganisationId, VenueId};

pub use changes::{VenueChange, VenueFacts, change, close, create, reopen};
pub use found::{NewVenue, put};
pub use list_store::Wanted;

/// A room or place that can be booked.
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
}

/// The venue of an id.
pub fn get(db: &mut Db, id: VenueId) -> Result<Option<Venue>> {
    store::venue(db, id)
}

/// The venue of a name in a county; the first where names repeat.
pub fn find_by_name(db: &mut Db, county: &str, name: &str) -> Result<Option<Venue>> {
    store::named(db, county, name)
}
