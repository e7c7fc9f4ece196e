//! The SQL of changing venues: every change is a compare-and-set on the version.

use diesel::prelude::*;

use super::store::insert_space;
use super::{FIRST_SPACE, Venue, VenueFacts};
use crate::db::Db;
use crate::error::Result;
use crate::ids::VenueId;
use crate::schema::venues;

/// The venue that has this name at this place.
pub(super) fn venue_at(db: &mut Db, county: &str, name: &str, division: &str) -> Result<Option<VenueId>> {
    Ok(venues::table
        .filter(venues::county.eq(county))
        .filter(venues::name.eq(name))
        .filter(venues::division_code.eq(division))
        .select(venues::id)
        .first(db)
        .optional()?)
}

pub(super) fn insert_venue(db: &mut Db, county: &str, new: &VenueFacts) -> Result<VenueId> {
    let VenueFacts { organisation_id, name, division_code, address, capacity, free_to_book, phone, kind, step_free, projector, power } = new;
    let id = diesel::insert_into(venues::table)
        .values((
            (venues::county.eq(county), venues::organisation_id.eq(organisation_id), venues::name.eq(name), venues::division_code.eq(division_code)),
            (venues::address.eq(address), venues::capacity.eq(capacity), venues::free_to_book.eq(free_to_book), venues::phone.eq(phone)),
            (venues::kind.eq(kind), venues::step_free.eq(step_free), venues::projector.eq(projector), venues::power.eq(power)),
        ))
        .returning(venues::id)
        .get_result(db)?;
    insert_space(db, id, FIRST_SPACE, *capacity, None)?;
    Ok(id)
}

/// Writes the facts over the row of the version that they were made from; says whether it was still there.
pub(super) fn set_venue(db: &mut Db, new: &Venue) -> Result<bool> {
    let moved = diesel::update(venues::table.find(new.id).filter(venues::version.eq(new.version)))
        .set((
            (venues::organisation_id.eq(new.organisation_id), venues::name.eq(&new.name), venues::division_code.eq(&new.division_code)),
            (venues::address.eq(&new.address), venues::capacity.eq(new.capacity), venues::free_to_book.eq(new.free_to_book)),
            (venues::kind.eq(new.kind), venues::step_free.eq(new.step_free), venues::projector.eq(new.projector), venues::power.eq(new.power)),
            (venues::phone.eq(&new.phone), venues::active.eq(new.active), venues::closed_on.eq(new.closed_on), venues::version.eq(new.version + 1)),
        ))
        .execute(db)?;
    Ok(moved == 1)
}
