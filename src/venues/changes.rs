//! Changing venues: founded, changed and closed by their keepers. Who may is asked before.

use chrono::NaiveDate;

use super::{Hours, Venue, VenueKind, change_store, store};
use crate::actor::{Act, OrganisationKind};
use crate::db::{Anchor, Db, lock};
use crate::divisions;
use crate::error::{Kind, Refusal, Result};
use crate::ids::{OrganisationId, VenueId};
use crate::journal::{self, Capacity, Subject};
use crate::organisations::{self, advanced, past, place};
use crate::wire::{Faults, Seen};

/// A venue to be.
#[derive(Debug, Clone)]
pub struct VenueFacts {
    /// Who keeps it.
    pub organisation_id: OrganisationId,
    pub name: String,
    pub division_code: String,
    pub address: String,
    /// Seats.
    pub capacity: i32,
    /// Else a booking waits for the keeper's yes (待确认).
    pub free_to_book: bool,
    pub phone: Option<String>,
    pub kind: VenueKind,
    pub step_free: bool,
    pub projector: bool,
    pub power: bool,
}

/// What shall be otherwise; what is empty stays as it is.
#[derive(Debug, Clone, Default)]
pub struct VenueChange {
    pub organisation_id: Option<OrganisationId>,
    pub name: Option<String>,
    pub division_code: Option<String>,
    pub address: Option<String>,
    pub capacity: Option<i32>,
    pub free_to_book: Option<bool>,
    /// `Some(None)` takes the telephone away.
    pub phone: Option<Option<String>>,
    pub kind: Option<VenueKind>,
    pub step_free: Option<bool>,
    pub projector: Option<bool>,
    pub power: Option<bool>,
    /// The whole week; an empty one: no fixed hours.
    pub hours: Option<Vec<Hours>>,
}

/// Founds a venue.
///
/// # Errors
/// 422 with all that cannot be used.
pub fn create(db: &mut Db, act: &Act, new: &VenueFacts) -> Result<VenueId> {
    let county = place(db, act, &new.division_code)?.county;
    judge(db, &county, None, new.organisation_id, &new.name, &new.division_code)?;
    let id = change_store::insert_venue(db, &county, new)?;
    let fields = ["organisation_id", "name", "division_code", "address", "capacity", "free_to_book", "phone", "kind", "step_free", "projector", "power"];
    record(db, act, "create_venue", id, 1, &county, &fields)?;
    Ok(id)
}

/// Changes a venue that the caller saw.
///
/// # Errors
/// 404; 412; 422 with all that cannot be used.
pub fn change(db: &mut Db, act: &Act, seen: Seen, id: VenueId, change: &VenueChange) -> Result<()> {
    let old = locked(db, id)?;
    seen.matches(old.version)?;
    let mut new = old.clone();
    let VenueChange { organisation_id, name, division_code, address, capacity, free_to_book, phone, kind, step_free, projector, power, hours } = change.clone();
    new.organisation_id = organisation_id.unwrap_or(new.organisation_id);
    new.name = name.unwrap_or(new.name);
    new.division_code = division_code.unwrap_or(new.division_code);
    new.address = address.unwrap_or(new.address);
    new.capacity = capacity.unwrap_or(new.capacity);
    new.free_to_book = free_to_book.unwrap_or(new.free_to_book);
    new.phone = phone.unwrap_or(new.phone);
    new.kind = kind.unwrap_or(new.kind);
    new.step_free = step_free.unwrap_or(new.step_free);
    new.projector = projector.unwrap_or(new.projector);
    new.power = power.unwrap_or(new.power);
    let mut fields =
        divisions::changed!(old, new; organisation_id, name, division_code, address, capacity, free_to_book, phone, kind, step_free, projector, power);
    if let Some(mut week) = hours {
        week.sort_unstable();
        if store::hours_of(db, &[id])?.into_iter().map(|(_, hours)| hours).ne(week.iter().copied()) {
            store::set_hours(db, id, &week)?;
            fields.push("hours");
        }
    }
    if fields.is_empty() {
        return Ok(());
    }
    if old.division_code != new.division_code && place(db, act, &new.division_code)?.county != old.county {
        return Err(Refusal::fault("/division_code", "unknown", "Choose a division of the same county.").into());
    }
    judge(db, &old.county, Some(id), new.organisation_id, &new.name, &new.division_code)?;
    advanced(change_store::set_venue(db, &new)?)?;
    store::follow_capacity(db, id, old.capacity, new.capacity)?;
    record(db, act, "change_venue", id, old.version + 1, &old.county, &fields)
}

/// Closes a venue: nobody books it any more. Whether it is booked is asked before.
///
/// # Errors
/// 404; 409 `closed_already`; 412; 422 for a day to come.
pub fn close(db: &mut Db, act: &Act, seen: Seen, id: VenueId, on: NaiveDate) -> Result<()> {
    let old = locked(db, id)?;
    if !old.active {
        return Err(Refusal::new(Kind::Conflict, "closed_already", "It is closed already.").into());
    }
    seen.matches(old.version)?;
    past(db, act, &old.county, on)?;
    advanced(change_store::set_venue(db, &Venue { active: false, closed_on: Some(on), ..old.clone() })?)?;
    record(db, act, "close_venue", id, old.version + 1, &old.county, &["active", "closed_on"])
}

/// Opens a closed venue again.
///
/// # Errors
/// 404; 409 `not_closed`; 412.
pub fn reopen(db: &mut Db, act: &Act, seen: Seen, id: VenueId) -> Result<()> {
    let old = locked(db, id)?;
    if old.active {
        return Err(Refusal::new(Kind::Conflict, "not_closed", "It is open.").into());
    }
    seen.matches(old.version)?;
    judge(db, &old.county, Some(id), old.organisation_id, &old.name, &old.division_code)?;
    advanced(change_store::set_venue(db, &Venue { active: true, closed_on: None, ..old.clone() })?)?;
    record(db, act, "reopen_venue", id, old.version + 1, &old.county, &["active", "closed_on"])
}

/// The venue, locked against whoever books it at the same time.
pub(super) fn locked(db: &mut Db, id: VenueId) -> Result<Venue> {
    lock(db, Anchor::Venue(id.0))?;
    store::venue(db, id)?.ok_or_else(|| Refusal::not_found().into())
}

fn judge(db: &mut Db, county: &str, own: Option<VenueId>, keeper: OrganisationId, name: &str, division: &str) -> Result<()> {
    let mut faults = Faults::default();
    let keeper = organisations::held_open(db, keeper)?.filter(|keeper| keeper.county == county && keeper.kind != OrganisationKind::Team);
    if keeper.is_none() {
        faults.add("/organisation_id", "unknown", "Choose a centre, department or unit of the county.");
    }
    if change_store::venue_at(db, county, name, division)?.is_some_and(|found| Some(found) != own) {
        faults.add("/name", "taken", "There is one of this name, maybe a closed one.");
    }
    Ok(faults.into_result()?)
}

pub(super) fn record(db: &mut Db, act: &Act, verb: &str, id: VenueId, version: i64, county: &str, fields: &[&str]) -> Result<()> {
    let subject = Subject { kind: "venue", id: id.0, version: Some(version), county: Some(county) };
    journal::record(db, act, verb, subject, Capacity::default(), fields)
}
