//! The SQL of equipment as everybody may read it.

use diesel::prelude::*;

use super::{Equipment, EquipmentKind};
use crate::bookings::{HolderKind, ResourceKind};
use crate::db::{Backend, Db};
use crate::divisions;
use crate::error::Result;
use crate::ids::{EquipmentId, EventSessionId, OrganisationId};
use crate::organisations::containing;
use crate::schema::{bookings, divisions as places, equipment, loans};
use crate::wire::Cursor;

pub(super) fn equipment(db: &mut Db, id: EquipmentId) -> Result<Option<Equipment>> {
    Ok(equipment::table.find(id).first(db).optional()?)
}

/// The piece of equipment that has this name in a county.
pub(super) fn named(db: &mut Db, county: &str, name: &str) -> Result<Option<EquipmentId>> {
    Ok(equipment::table.filter(equipment::county.eq(county)).filter(equipment::name.eq(name)).select(equipment::id).first(db).optional()?)
}

/// Which equipment.
#[derive(Debug, Clone, Default)]
pub(super) struct Listing {
    pub county: String,
    /// What stands in this division or below it.
    pub division: Option<String>,
    pub home: Option<OrganisationId>,
    pub kind: Option<EquipmentKind>,
    /// Part of a name.
    pub q: Option<String>,
    /// Only what is closed; else only what is not.
    pub closed: bool,
}

/// A page of the county's equipment, newest first, one row more than asked for.
pub(super) fn listed(db: &mut Db, wanted: &Listing, cursor: Cursor) -> Result<Vec<Equipment>> {
    let Listing { county, division, home, kind, q, closed } = wanted;
    let mut query = equipment::table
        .inner_join(places::table)
        .filter(equipment::county.eq(county))
        .filter(equipment::active.eq(!closed))
        .order(equipment::id.desc())
        .limit(cursor.limit + 1)
        .select(equipment::all_columns)
        .into_boxed::<Backend>();
    if let Some(below) = cursor.below {
        query = query.filter(equipment::id.lt(below));
    }
    if let Some(kind) = kind {
        query = query.filter(equipment::kind.eq(*kind));
    }
    if let Some(home) = home {
        query = query.filter(equipment::organisation_id.eq(*home));
    }
    if let Some(q) = q {
        query = query.filter(equipment::name.like(containing(q)).escape('\\'));
    }
    if let Some(code) = division {
        let Some(division) = divisions::find(db, code)? else { return Ok(Vec::new()) };
        let end = divisions::after_subtree(&division.path);
        query = query.filter(places::path.ge(division.path)).filter(places::path.lt(end));
    }
    Ok(query.load(db)?)
}

/// The equipment that sessions take, themselves or by a loan, in the order of its numbers.
pub(super) fn of_sessions(db: &mut Db, sessions: &[EventSessionId]) -> Result<Vec<(EventSessionId, EquipmentId, String)>> {
    let ids: Vec<i64> = sessions.iter().map(|session| session.0).collect();
    let taken = |kind: ResourceKind| {
        bookings::table
            .filter(bookings::holder_kind.eq(HolderKind::Session))
            .filter(bookings::holder_id.eq_any(ids.clone()))
            .filter(bookings::resource_kind.eq(kind))
            .filter(bookings::released_at.is_null())
    };
    let own = taken(ResourceKind::Equipment).inner_join(equipment::table.on(equipment::id.eq(bookings::resource_id)));
    let mut all: Vec<(EventSessionId, EquipmentId, String)> = own.select((bookings::holder_id, equipment::id, equipment::name)).load(db)?;
    let lent = taken(ResourceKind::Loan)
        .inner_join(loans::table.on(loans::id.eq(bookings::resource_id)))
        .inner_join(equipment::table.on(equipment::id.eq(loans::equipment_id)));
    let lent: Vec<(EventSessionId, EquipmentId, String)> = lent.select((bookings::holder_id, equipment::id, equipment::name)).load(db)?;
    all.extend(lent);
    all.sort_unstable_by_key(|(session, id, _)| (*session, *id));
    Ok(all)
}
