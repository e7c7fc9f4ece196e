//! When a room, somebody of the team and what they need are free: times to propose, and what is near by where one is taken.

pub mod rules;

pub use rules::{Nearness, Room, Slot, SlotReason, Somebody, Wish};

use chrono_tz::Tz;

use crate::bookings::{self, ResourceKind};
use crate::clock::{Moment, Span};
use crate::db::Db;
use crate::error::Result;
use crate::ids::{EventSessionId, VenueId};
use crate::venues::{self, Listed};

/// The rooms that could be had in a county, or in one of its venues, with so many seats at least: as yet without what they are
/// taken for. So many statements, however many rooms there are.
pub fn rooms(db: &mut Db, county: &str, venue: Option<VenueId>, seats: i32, now: Moment, zone: Tz) -> Result<Vec<Room>> {
    let listed = venues::open(db, county, venue, now.day(zone))?;
    Ok(listed.into_iter().flat_map(rooms_of).filter(|room| room.seats >= seats).collect())
}

fn rooms_of(listed: Listed) -> Vec<Room> {
    let Listed { venue, keeper_name: _, division_name, hours, closures, spaces } = listed;
    let active = spaces.into_iter().filter(|space| space.active);
    active
        .map(|space| Room {
            venue: venue.id,
            venue_name: venue.name.clone(),
            division: venue.division_code.clone(),
            division_name: division_name.clone(),
            space: space.id,
            space_name: space.name,
            seats: space.capacity,
            places: space.places,
            step_free: venue.step_free,
            free_to_book: venue.free_to_book,
            week: hours.clone(),
            closures: closures.clone(),
            held: Vec::new(),
        })
        .collect()
}

/// Notes what these rooms are taken for in a span, in one statement; what is held for these sessions does not count.
pub fn fill(db: &mut Db, rooms: &mut [Room], (from, until): Span, own: &[EventSessionId]) -> Result<()> {
    let ids: Vec<i64> = rooms.iter().map(|room| room.space.0).collect();
    let mut held = bookings::held(db, ResourceKind::Space, &ids, from, until, own)?;
    for room in rooms {
        room.held = held.remove(&room.space.0).unwrap_or_default();
    }
    Ok(())
}
