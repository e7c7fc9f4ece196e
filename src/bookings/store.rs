//! The rows of `bookings`.

use diesel::prelude::*;

use super::{ResourceKind, Wish};
use crate::clock::Moment;
use crate::db::Db;
use crate::error::Result;
use crate::ids::EventSessionId;
use crate::schema::bookings;

/// The first booking of a resource that overlaps a span.
pub fn holder(db: &mut Db, kind: ResourceKind, id: i64, from: Moment, until: Moment) -> Result<Option<(EventSessionId, Moment, Moment)>> {
    Ok(bookings::table
        .filter(bookings::resource_kind.eq(kind))
        .filter(bookings::resource_id.eq(id))
        .filter(bookings::released_at.is_null())
        .filter(bookings::ends_at.gt(from))
        .filter(bookings::starts_at.lt(until))
        .order(bookings::starts_at)
        .select((bookings::holder_id, bookings::starts_at, bookings::ends_at))
        .first(db)
        .optional()?)
}

pub fn insert(db: &mut Db, now: Moment, county: &str, kind: ResourceKind, id: i64, wish: Wish) -> Result<()> {
    diesel::insert_into(bookings::table)
        .values((
            bookings::county.eq(county),
            bookings::resource_kind.eq(kind),
            bookings::resource_id.eq(id),
            bookings::starts_at.eq(wish.from),
            bookings::ends_at.eq(wish.until),
            bookings::holder_kind.eq("event_session"),
            bookings::holder_id.eq(wish.holder),
            bookings::status.eq(wish.status),
            bookings::created_at.eq(now),
        ))
        .execute(db)?;
    Ok(())
}

/// Frees what these sessions hold.
pub fn release(db: &mut Db, now: Moment, sessions: &[EventSessionId]) -> Result<()> {
    diesel::update(
        bookings::table.filter(bookings::holder_kind.eq("event_session")).filter(bookings::holder_id.eq_any(sessions)).filter(bookings::released_at.is_null()),
    )
    .set(bookings::released_at.eq(now))
    .execute(db)?;
    Ok(())
}
