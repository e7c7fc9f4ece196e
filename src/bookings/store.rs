//! The rows of `bookings`.

use diesel::prelude::*;

use super::{Held, ResourceKind, Status, Taken, Wish};
use crate::clock::Moment;
use crate::db::Db;
use crate::error::Result;
use crate::ids::{EventSessionId, SpaceId};
use crate::schema::bookings;

/// What a resource is taken for in a span, in the order of time.
pub fn held(db: &mut Db, kind: ResourceKind, id: i64, from: Moment, until: Moment) -> Result<Vec<Held>> {
    Ok(bookings::table
        .filter(bookings::resource_kind.eq(kind))
        .filter(bookings::resource_id.eq(id))
        .filter(bookings::released_at.is_null())
        .filter(bookings::ends_at.gt(from))
        .filter(bookings::starts_at.lt(until))
        .order((bookings::starts_at, bookings::id))
        .select((bookings::holder_id, bookings::places, bookings::starts_at, bookings::ends_at))
        .load(db)?)
}

/// What a space is taken for from a moment on, in the order of time.
pub fn to_come(db: &mut Db, space: SpaceId, from: Moment) -> Result<Vec<Held>> {
    Ok(bookings::table
        .filter(bookings::resource_kind.eq(ResourceKind::Space))
        .filter(bookings::resource_id.eq(space.0))
        .filter(bookings::released_at.is_null())
        .filter(bookings::ends_at.gt(from))
        .order((bookings::starts_at, bookings::id))
        .select((bookings::holder_id, bookings::places, bookings::starts_at, bookings::ends_at))
        .load(db)?)
}

/// When some spaces are taken within a span.
pub fn taken(db: &mut Db, spaces: &[i64], from: Moment, until: Moment) -> Result<Vec<Taken>> {
    Ok(bookings::table
        .filter(bookings::resource_kind.eq(ResourceKind::Space))
        .filter(bookings::resource_id.eq_any(spaces))
        .filter(bookings::released_at.is_null())
        .filter(bookings::ends_at.gt(from))
        .filter(bookings::starts_at.lt(until))
        .order((bookings::starts_at, bookings::id))
        .select((bookings::resource_id, bookings::starts_at, bookings::ends_at, bookings::places))
        .load(db)?)
}

pub fn insert(db: &mut Db, now: Moment, county: &str, kind: ResourceKind, id: i64, wish: Wish) -> Result<()> {
    let Wish { resource: _, places, from, until, holder, answer_by } = wish;
    let status = if answer_by.is_some() { Status::Tentative } else { Status::Confirmed };
    diesel::insert_into(bookings::table)
        .values((
            (bookings::county.eq(county), bookings::resource_kind.eq(kind), bookings::resource_id.eq(id), bookings::places.eq(places)),
            (bookings::starts_at.eq(from), bookings::ends_at.eq(until), bookings::holder_kind.eq("event_session"), bookings::holder_id.eq(holder)),
            (bookings::status.eq(status), bookings::answer_by.eq(answer_by), bookings::created_at.eq(now)),
        ))
        .execute(db)?;
    Ok(())
}

/// Frees what these sessions hold; nobody waits for a keeper's answer any more.
pub fn release(db: &mut Db, now: Moment, sessions: &[EventSessionId]) -> Result<()> {
    let nothing: Option<Moment> = None;
    diesel::update(
        bookings::table.filter(bookings::holder_kind.eq("event_session")).filter(bookings::holder_id.eq_any(sessions)).filter(bookings::released_at.is_null()),
    )
    .set((bookings::released_at.eq(now), bookings::answer_by.eq(nothing)))
    .execute(db)?;
    Ok(())
}
