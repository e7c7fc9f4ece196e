//! The SQL of venues.

use diesel::dsl::auto_type;
use diesel::prelude::*;

use super::found::NewVenue;
use super::{FIRST_SPACE, Space, Venue, VenueKind};
use crate::db::Db;
use crate::error::Result;
use crate::ids::{SpaceId, VenueId};
use crate::schema::{divisions, spaces, venues};

#[auto_type(no_type_alias)]
pub(super) fn placed() -> _ {
    venues::table.inner_join(divisions::table).select((
        venues::id,
        venues::county,
        venues::organisation_id,
        venues::name,
        venues::division_code,
        divisions::path,
        venues::address,
        venues::capacity,
        venues::free_to_book,
        venues::active,
        venues::phone,
        venues::closed_on,
        venues::version,
        venues::kind,
        venues::step_free,
        venues::projector,
        venues::power,
    ))
}

pub(super) fn venue(db: &mut Db, id: VenueId) -> Result<Option<Venue>> {
    Ok(placed().filter(venues::id.eq(id)).first(db).optional()?)
}

pub(super) fn named(db: &mut Db, county: &str, name: &str) -> Result<Option<Venue>> {
    Ok(placed().filter(venues::county.eq(county)).filter(venues::name.eq(name)).order(venues::id).first(db).optional()?)
}

pub(super) fn like(db: &mut Db, new: &NewVenue) -> Result<Option<Venue>> {
    Ok(placed()
        .filter(venues::county.eq(&new.county))
        .filter(venues::name.eq(&new.name))
        .filter(venues::division_code.eq(&new.division_code))
        .first(db)
        .optional()?)
}

pub(super) fn insert(db: &mut Db, new: &NewVenue, kind: VenueKind) -> Result<VenueId> {
    let NewVenue { county, organisation_id, name, division_code, address, capacity, free_to_book, kind: _ } = new;
    let id = diesel::insert_into(venues::table)
        .values((
            (venues::county.eq(county), venues::organisation_id.eq(organisation_id), venues::name.eq(name), venues::division_code.eq(division_code)),
            (venues::address.eq(address), venues::capacity.eq(capacity), venues::free_to_book.eq(free_to_book), venues::kind.eq(kind)),
        ))
        .returning(venues::id)
        .get_result(db)?;
    insert_space(db, id, FIRST_SPACE, *capacity, None)?;
    Ok(id)
}

pub(super) fn update(db: &mut Db, id: VenueId, new: &NewVenue, kind: VenueKind) -> Result<()> {
    let NewVenue { county: _, organisation_id, name: _, division_code: _, address, capacity, free_to_book, kind: _ } = new;
    diesel::update(venues::table.find(id))
        .set((
            venues::organisation_id.eq(organisation_id),
            venues::address.eq(address),
            venues::capacity.eq(capacity),
            venues::free_to_book.eq(free_to_book),
            venues::kind.eq(kind),
            venues::version.eq(venues::version + 1),
        ))
        .execute(db)?;
    Ok(())
}

pub(super) fn insert_space(db: &mut Db, venue: VenueId, name: &str, capacity: i32, places: Option<i32>) -> Result<SpaceId> {
    Ok(diesel::insert_into(spaces::table)
        .values((spaces::venue_id.eq(venue), spaces::name.eq(name), spaces::capacity.eq(capacity), spaces::places.eq(places)))
        .returning(spaces::id)
        .get_result(db)?)
}

/// The first space is as large as its venue for as long as nobody says otherwise.
pub(super) fn follow_capacity(db: &mut Db, venue: VenueId, old: i32, new: i32) -> Result<()> {
    diesel::update(spaces::table.filter(spaces::venue_id.eq(venue)).filter(spaces::name.eq(FIRST_SPACE)).filter(spaces::capacity.eq(old)))
        .set((spaces::capacity.eq(new), spaces::version.eq(spaces::version + 1)))
        .execute(db)?;
    Ok(())
}

pub(super) fn space(db: &mut Db, id: SpaceId) -> Result<Option<Space>> {
    Ok(spaces::table.find(id).first(db).optional()?)
}

/// The first of a venue's spaces that is open.
pub(super) fn first_space(db: &mut Db, venue: VenueId) -> Result<Option<Space>> {
    Ok(spaces::table.filter(spaces::venue_id.eq(venue)).filter(spaces::active.eq(true)).order(spaces::id).first(db).optional()?)
}

/// The spaces of some venues, in the order in which they were made.
pub(super) fn spaces_of(db: &mut Db, venues: &[VenueId]) -> Result<Vec<Space>> {
    Ok(spaces::table.filter(spaces::venue_id.eq_any(venues)).order(spaces::id).load(db)?)
}
