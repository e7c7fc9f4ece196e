//! The SQL of keeping equipment: every change is a compare-and-set on the version.

use diesel::prelude::*;

use super::Equipment;
use super::needs::EquipmentFacts;
use crate::db::Db;
use crate::error::Result;
use crate::ids::EquipmentId;
use crate::schema::equipment;

pub(super) fn insert(db: &mut Db, county: &str, new: &EquipmentFacts) -> Result<EquipmentId> {
    let EquipmentFacts { organisation_id, name, kind, division_code, needs_power, floor_space, notes } = new;
    Ok(diesel::insert_into(equipment::table)
        .values((
            (equipment::county.eq(county), equipment::organisation_id.eq(organisation_id), equipment::name.eq(name.trim()), equipment::kind.eq(kind)),
            (equipment::division_code.eq(division_code), equipment::needs_power.eq(needs_power), equipment::floor_space.eq(floor_space)),
            equipment::notes.eq(notes.trim()),
        ))
        .returning(equipment::id)
        .get_result(db)?)
}

/// Writes the facts over the row of the version that they were made from; says whether it was still there.
pub(super) fn set(db: &mut Db, new: &Equipment) -> Result<bool> {
    let Equipment { id, county: _, organisation_id, name, kind, division_code, needs_power, floor_space, notes, active, version } = new;
    let moved = diesel::update(equipment::table.filter(equipment::id.eq(id)).filter(equipment::version.eq(version)))
        .set((
            (equipment::organisation_id.eq(organisation_id), equipment::name.eq(name), equipment::kind.eq(kind)),
            (equipment::division_code.eq(division_code), equipment::needs_power.eq(needs_power), equipment::floor_space.eq(floor_space)),
            (equipment::notes.eq(notes), equipment::active.eq(active), equipment::version.eq(version + 1)),
        ))
        .execute(db)?;
    Ok(moved == 1)
}
