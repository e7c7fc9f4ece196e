//! Founding venues: the deed makes the venue, or changes what differs, or does nothing.

use super::store;
use crate::actor::Act;
use crate::db::Db;
use crate::divisions::{Put, changed};
use crate::error::Result;
use crate::ids::{OrganisationId, VenueId};
use crate::journal::{self, Capacity, Subject};

/// A venue as it shall be. County, name and division say which one is meant.
#[derive(Debug, Clone)]
pub struct NewVenue {
    pub county: String,
    /// Who keeps it.
    pub organisation_id: OrganisationId,
    pub name: String,
    pub division_code: String,
    pub address: String,
    pub capacity: i32,
    pub free_to_book: bool,
}

/// Founds a venue, or changes what differs.
pub fn put(db: &mut Db, act: &Act, new: &NewVenue) -> Result<(VenueId, Put)> {
    let Some(old) = store::like(db, new)? else {
        let id = store::insert(db, new)?;
        record(db, act, "create_venue", id, &new.county, &[])?;
        return Ok((id, Put::Created));
    };
    let fields = changed!(old, new; organisation_id, address, capacity, free_to_book);
    if fields.is_empty() {
        return Ok((old.id, Put::Same));
    }
    store::update(db, old.id, new)?;
    record(db, act, "change_venue", old.id, &new.county, &fields)?;
    Ok((old.id, Put::Changed))
}

fn record(db: &mut Db, act: &Act, verb: &str, id: VenueId, county: &str, fields: &[&str]) -> Result<()> {
    journal::record(db, act, verb, Subject { kind: "venue", id: id.0, version: None, county: Some(county) }, Capacity::default(), fields)
}
