//! Founding venues: the deed makes the venue, or changes what differs, or does nothing.

use super::{VenueKind, store};
use crate::actor::{Act, OrganisationKind};
use crate::db::Db;
use crate::divisions::{self, Level, Put, changed};
use crate::error::Result;
use crate::ids::{OrganisationId, VenueId};
use crate::journal::{self, Capacity, Subject};
use crate::organisations;

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
    /// Empty: what its keeper is. Rooms of a centre are a practice centre or station by its level; others are other.
    pub kind: Option<VenueKind>,
}

/// Founds a venue, or changes what differs.
pub fn put(db: &mut Db, act: &Act, new: &NewVenue) -> Result<(VenueId, Put)> {
    let kind = match new.kind {
        Some(kind) => kind,
        None => kind_by_keeper(db, new.organisation_id)?,
    };
    let Some(old) = store::like(db, new)? else {
        let id = store::insert(db, new, kind)?;
        record(db, act, "create_venue", id, &new.county, &[])?;
        return Ok((id, Put::Created));
    };
    let mut fields = changed!(old, new; organisation_id, address, capacity, free_to_book);
    if old.kind != kind {
        fields.push("kind");
    }
    if fields.is_empty() {
        return Ok((old.id, Put::Same));
    }
    store::update(db, old.id, new, kind)?;
    store::follow_capacity(db, old.id, old.capacity, new.capacity)?;
    record(db, act, "change_venue", old.id, &new.county, &fields)?;
    Ok((old.id, Put::Changed))
}

/// What a venue is that says nothing of itself.
fn kind_by_keeper(db: &mut Db, keeper: OrganisationId) -> Result<VenueKind> {
    let Some(centre) = organisations::get(db, keeper)?.filter(|keeper| keeper.kind == OrganisationKind::Centre) else { return Ok(VenueKind::Other) };
    let level = divisions::find(db, &centre.division_code)?.map(|division| division.level);
    Ok(match level {
        Some(Level::Community | Level::Village | Level::CommunityLike | Level::VillageLike) => VenueKind::PracticeStation,
        _ => VenueKind::PracticeCentre,
    })
}

fn record(db: &mut Db, act: &Act, verb: &str, id: VenueId, county: &str, fields: &[&str]) -> Result<()> {
    journal::record(db, act, verb, Subject { kind: "venue", id: id.0, version: None, county: Some(county) }, Capacity::default(), fields)
}
