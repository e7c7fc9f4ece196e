//! The instance's own settings rows.

use diesel::prelude::*;

use crate::db::Db;
use crate::error::Result;
use crate::schema::settings;

pub(super) fn get(db: &mut Db, name: &str) -> Result<Option<String>> {
    Ok(settings::table.find(name).select(settings::value).first(db).optional()?)
}

pub(super) fn set(db: &mut Db, name: &str, value: &str) -> Result<()> {
    let changed = diesel::update(settings::table.find(name)).set(settings::value.eq(value)).execute(db)?;
    if changed == 0 {
        diesel::insert_into(settings::table).values((settings::name.eq(name), settings::value.eq(value))).execute(db)?;
    }
    Ok(())
}
