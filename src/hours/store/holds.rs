//! What is doubted, from when until when, and by whom.

use diesel::prelude::*;

use crate::clock::Moment;
use crate::db::Db;
use crate::error::Result;
use crate::ids::{EventId, PersonId};
use crate::on_engine;
use crate::schema::hour_holds;

/// Begins a hold; says whether there was none yet.
pub fn hold(db: &mut Db, event: EventId, now: Moment, by: Option<PersonId>) -> Result<bool> {
    let added = on_engine!(db, conn => diesel::insert_into(hour_holds::table)
        .values((hour_holds::event_id.eq(event), hour_holds::from_at.eq(now), hour_holds::held_by.eq(by)))
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(added == 1)
}

/// Ends a hold; says whether there was one.
pub fn free(db: &mut Db, event: EventId, now: Moment, by: Option<PersonId>) -> Result<bool> {
    let open = hour_holds::table.filter(hour_holds::event_id.eq(event)).filter(hour_holds::until_at.is_null());
    Ok(diesel::update(open).set((hour_holds::until_at.eq(now), hour_holds::ended_by.eq(by))).execute(db)? > 0)
}

pub fn is_held(db: &mut Db, event: EventId) -> Result<bool> {
    let open = hour_holds::table.filter(hour_holds::event_id.eq(event)).filter(hour_holds::until_at.is_null());
    Ok(diesel::select(diesel::dsl::exists(open)).get_result(db)?)
}
