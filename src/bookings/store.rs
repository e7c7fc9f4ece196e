//! The rows of `bookings`.

use diesel::prelude::*;

use super::{Held, Holder, HolderKind, ResourceKind, Status, Taken, Wish};
use crate::clock::Moment;
use crate::db::{Db, one_of};
use crate::error::Result;
use crate::ids::{EventSessionId, LoanId, SpaceId};
use crate::schema::bookings;

/// A booking as it is read: its holder, its places, its span.
type Row = (HolderKind, i64, Option<i32>, Moment, Moment);

impl From<Row> for Held {
    fn from((kind, id, places, from, until): Row) -> Self {
        Self { holder: Holder::of(kind, id), places, from, until }
    }
}

/// What a resource is taken for in a span, in the order of time.
pub fn held(db: &mut Db, kind: ResourceKind, id: i64, from: Moment, until: Moment) -> Result<Vec<Held>> {
    let rows: Vec<Row> = bookings::table
        .filter(bookings::resource_kind.eq(kind))
        .filter(bookings::resource_id.eq(id))
        .filter(bookings::released_at.is_null())
        .filter(bookings::ends_at.gt(from))
        .filter(bookings::starts_at.lt(until))
        .order((bookings::starts_at, bookings::id))
        .select((bookings::holder_kind, bookings::holder_id, bookings::places, bookings::starts_at, bookings::ends_at))
        .load(db)?;
    Ok(rows.into_iter().map(Held::from).collect())
}

/// What a space is taken for from a moment on, in the order of time.
pub fn to_come(db: &mut Db, space: SpaceId, from: Moment) -> Result<Vec<Held>> {
    let rows: Vec<Row> = bookings::table
        .filter(bookings::resource_kind.eq(ResourceKind::Space))
        .filter(bookings::resource_id.eq(space.0))
        .filter(bookings::released_at.is_null())
        .filter(bookings::ends_at.gt(from))
        .order((bookings::starts_at, bookings::id))
        .select((bookings::holder_kind, bookings::holder_id, bookings::places, bookings::starts_at, bookings::ends_at))
        .load(db)?;
    Ok(rows.into_iter().map(Held::from).collect())
}

/// What some resources of a kind are taken for in a span, in the order of time.
pub fn held_by(db: &mut Db, kind: ResourceKind, ids: &[i64], from: Moment, until: Moment) -> Result<Vec<(i64, Held)>> {
    let rows: Vec<(i64, Row)> = bookings::table
        .filter(bookings::resource_kind.eq(kind))
        .filter(one_of(bookings::resource_id, ids))
        .filter(bookings::released_at.is_null())
        .filter(bookings::ends_at.gt(from))
        .filter(bookings::starts_at.lt(until))
        .order((bookings::starts_at, bookings::id))
        .select((bookings::resource_id, (bookings::holder_kind, bookings::holder_id, bookings::places, bookings::starts_at, bookings::ends_at)))
        .load(db)?;
    Ok(rows.into_iter().map(|(resource, row)| (resource, Held::from(row))).collect())
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
    let (holder_kind, holder_id) = holder.parts();
    let status = if answer_by.is_some() { Status::Tentative } else { Status::Confirmed };
    diesel::insert_into(bookings::table)
        .values((
            (bookings::county.eq(county), bookings::resource_kind.eq(kind), bookings::resource_id.eq(id), bookings::places.eq(places)),
            (bookings::starts_at.eq(from), bookings::ends_at.eq(until), bookings::holder_kind.eq(holder_kind), bookings::holder_id.eq(holder_id)),
            (bookings::status.eq(status), bookings::answer_by.eq(answer_by), bookings::created_at.eq(now)),
        ))
        .execute(db)?;
    Ok(())
}

/// Frees what these sessions hold; nobody waits for a keeper's answer any more.
pub fn release(db: &mut Db, now: Moment, sessions: &[EventSessionId]) -> Result<()> {
    let nothing: Option<Moment> = None;
    diesel::update(
        bookings::table
            .filter(bookings::holder_kind.eq(HolderKind::Session))
            .filter(bookings::holder_id.eq_any(sessions.iter().map(|session| session.0)))
            .filter(bookings::released_at.is_null()),
    )
    .set((bookings::released_at.eq(now), bookings::answer_by.eq(nothing)))
    .execute(db)?;
    Ok(())
}

/// Frees what a loan holds: the equipment can be had again.
pub fn release_loan(db: &mut Db, now: Moment, loan: LoanId) -> Result<()> {
    diesel::update(
        bookings::table.filter(bookings::holder_kind.eq(HolderKind::Loan)).filter(bookings::holder_id.eq(loan.0)).filter(bookings::released_at.is_null()),
    )
    .set(bookings::released_at.eq(now))
    .execute(db)?;
    Ok(())
}

/// A session that takes equipment within a loan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Within {
    pub session: EventSessionId,
    pub from: Moment,
    pub until: Moment,
}

/// Which sessions take a loan that are not over at a moment, in the order of time.
pub fn within(db: &mut Db, loan: LoanId, now: Moment) -> Result<Vec<Within>> {
    Ok(bookings::table
        .filter(bookings::resource_kind.eq(ResourceKind::Loan))
        .filter(bookings::resource_id.eq(loan.0))
        .filter(bookings::released_at.is_null())
        .filter(bookings::ends_at.gt(now))
        .order((bookings::starts_at, bookings::id))
        .select((bookings::holder_id, bookings::starts_at, bookings::ends_at))
        .load(db)?)
}

/// Frees what sessions to come take of a loan: what was lent has gone back.
pub fn release_within(db: &mut Db, now: Moment, loan: LoanId) -> Result<()> {
    let to_come = bookings::table
        .filter(bookings::resource_kind.eq(ResourceKind::Loan))
        .filter(bookings::resource_id.eq(loan.0))
        .filter(bookings::released_at.is_null())
        .filter(bookings::starts_at.gt(now));
    diesel::update(to_come).set(bookings::released_at.eq(now)).execute(db)?;
    Ok(())
}
