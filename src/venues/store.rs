//! The SQL of venues.

use chrono::NaiveDate;
use diesel::dsl::auto_type;
use diesel::prelude::*;

use super::found::NewVenue;
use super::{Closure, FIRST_SPACE, Hours, Space, Venue, VenueKind};
use crate::db::Db;
use crate::error::Result;
use crate::ids::{ClosureId, SpaceId, VenueId};
use crate::schema::{divisions, spaces, venue_closures, venue_hours, venues};

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

/// Writes the facts over the row of the version that they were made from; says whether it was still there.
pub(super) fn set_space(db: &mut Db, new: &Space) -> Result<bool> {
    let Space { id, venue_id: _, name, capacity, places, active, version } = new;
    let moved = diesel::update(spaces::table.filter(spaces::id.eq(id)).filter(spaces::version.eq(version)))
        .set(((spaces::name.eq(name), spaces::capacity.eq(capacity), spaces::places.eq(places)), (spaces::active.eq(active), spaces::version.eq(version + 1))))
        .execute(db)?;
    Ok(moved == 1)
}

/// The opening hours of some venues, in the order of the week.
pub(super) fn hours_of(db: &mut Db, venues: &[VenueId]) -> Result<Vec<(VenueId, Hours)>> {
    Ok(venue_hours::table
        .filter(venue_hours::venue_id.eq_any(venues))
        .order((venue_hours::venue_id, venue_hours::weekday, venue_hours::opens))
        .select((venue_hours::venue_id, (venue_hours::weekday, venue_hours::opens, venue_hours::closes)))
        .load(db)?)
}

pub(super) fn set_hours(db: &mut Db, venue: VenueId, week: &[Hours]) -> Result<()> {
    diesel::delete(venue_hours::table.filter(venue_hours::venue_id.eq(venue))).execute(db)?;
    for Hours { weekday, opens, closes } in week {
        diesel::insert_into(venue_hours::table)
            .values((venue_hours::venue_id.eq(venue), venue_hours::weekday.eq(weekday), venue_hours::opens.eq(opens), venue_hours::closes.eq(closes)))
            .execute(db)?;
    }
    Ok(())
}

/// The closed days of some venues that are not over on a day, in the order of the calendar.
pub(super) fn closures_of(db: &mut Db, venues: &[VenueId], today: NaiveDate) -> Result<Vec<Closure>> {
    Ok(venue_closures::table
        .filter(venue_closures::venue_id.eq_any(venues))
        .filter(venue_closures::until_day.ge(today))
        .order((venue_closures::from_day, venue_closures::id))
        .load(db)?)
}

pub(super) fn insert_closure(db: &mut Db, venue: VenueId, from: NaiveDate, until: NaiveDate, reason: &str) -> Result<()> {
    diesel::insert_into(venue_closures::table)
        .values((
            (venue_closures::venue_id.eq(venue), venue_closures::from_day.eq(from), venue_closures::until_day.eq(until)),
            venue_closures::reason.eq(reason),
        ))
        .execute(db)?;
    Ok(())
}

/// Removes closed days of a venue; false where it has none of this number.
pub(super) fn remove_closure(db: &mut Db, venue: VenueId, id: ClosureId) -> Result<bool> {
    let gone = diesel::delete(venue_closures::table.filter(venue_closures::id.eq(id)).filter(venue_closures::venue_id.eq(venue))).execute(db)?;
    Ok(gone == 1)
}
