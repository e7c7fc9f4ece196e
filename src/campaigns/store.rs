//! The rows of `campaigns`.

use diesel::prelude::*;

use super::{Campaign, Wanted};
use crate::db::Db;
use crate::error::Result;
use crate::ids::CampaignId;
use crate::schema::{campaigns, events};

pub(super) fn of_year(db: &mut Db, county: &str, year: i32) -> Result<Vec<Campaign>> {
    Ok(campaigns::table
        .filter(campaigns::county.eq(county))
        .filter(campaigns::year.eq(year))
        .order((campaigns::from_day, campaigns::until_day, campaigns::id))
        .load(db)?)
}

pub(super) fn find(db: &mut Db, id: CampaignId) -> Result<Option<Campaign>> {
    Ok(campaigns::table.find(id).first(db).optional()?)
}

/// Those of these campaigns that an event is part of.
pub(super) fn named_by_events(db: &mut Db, ids: &[CampaignId]) -> Result<Vec<CampaignId>> {
    Ok(events::table.filter(events::campaign_id.eq_any(ids)).select(events::campaign_id.assume_not_null()).distinct().load(db)?)
}

pub(super) fn insert(db: &mut Db, county: &str, year: i32, wanted: &Wanted) -> Result<()> {
    let Wanted { id: _, name, from_day, until_day, announced } = wanted;
    diesel::insert_into(campaigns::table)
        .values((
            (campaigns::county.eq(county), campaigns::year.eq(year), campaigns::name.eq(name.trim())),
            (campaigns::from_day.eq(from_day), campaigns::until_day.eq(until_day), campaigns::announced.eq(announced)),
        ))
        .execute(db)?;
    Ok(())
}

pub(super) fn update(db: &mut Db, id: CampaignId, wanted: &Wanted) -> Result<()> {
    let Wanted { id: _, name, from_day, until_day, announced } = wanted;
    diesel::update(campaigns::table.find(id))
        .set((campaigns::name.eq(name.trim()), campaigns::from_day.eq(from_day), campaigns::until_day.eq(until_day), campaigns::announced.eq(announced)))
        .execute(db)?;
    Ok(())
}

pub(super) fn rename(db: &mut Db, id: CampaignId, name: &str) -> Result<()> {
    diesel::update(campaigns::table.find(id)).set(campaigns::name.eq(name)).execute(db)?;
    Ok(())
}

pub(super) fn remove(db: &mut Db, ids: &[CampaignId]) -> Result<()> {
    diesel::delete(campaigns::table.filter(campaigns::id.eq_any(ids))).execute(db)?;
    Ok(())
}
