//! The SQL of venues.

use diesel::dsl::auto_type;
use diesel::prelude::*;

use super::Venue;
use super::found::NewVenue;
use crate::db::Db;
use crate::error::Result;
use crate::ids::VenueId;
use crate::schema::{divisions, venues};

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

pub(super) fn insert(db: &mut Db, new: &NewVenue) -> Result<VenueId> {
    let NewVenue { county, organisation_id, name, division_code, address, capacity, free_to_book } = new;
    Ok(diesel::insert_into(venues::table)
        .values((
            venues::county.eq(county),
            venues::organisation_id.eq(organisation_id),
            venues::name.eq(name),
            venues::division_code.eq(division_code),
            venues::address.eq(address),
            venues::capacity.eq(capacity),
            venues::free_to_book.eq(free_to_book),
        ))
        .returning(venues::id)
        .get_result(db)?)
}

pub(super) fn update(db: &mut Db, id: VenueId, new: &NewVenue) -> Result<()> {
    let NewVenue { county: _, organisation_id, name: _, division_code: _, address, capacity, free_to_book } = new;
    diesel::update(venues::table.find(id))
        .set((
            venues::organisation_id.eq(organisation_id),
            venues::address.eq(address),
            venues::capacity.eq(capacity),
            venues::free_to_book.eq(free_to_book),
            venues::version.eq(venues::version + 1),
        ))
        .execute(db)?;
    Ok(())
}
