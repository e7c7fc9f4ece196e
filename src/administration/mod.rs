//! Keeping the county: who may change organisations, venues, settings and the calendar, and what still hangs on what is closed.
//! The system administrator keeps organisations and settings and sees no business; a centre's schedulers keep its venues.

pub mod http;
mod store;

use chrono::NaiveDate;

use crate::actor::{Act, Actor, Role};
use crate::auth;
use crate::bookings;
use crate::db::{Anchor, Db, lock};
use crate::error::{Kind, Refusal, Result};
use crate::ids::{OrganisationId, SpaceId, VenueId};
use crate::organisations;
use crate::venues::{self, Space, SpaceChange, Venue};
use crate::wire::Seen;

fn doer(act: &Act) -> Result<&Actor> {
    act.actor().ok_or_else(auth::sign_in_first)
}

/// Whether the doer keeps organisations, settings and the calendar.
///
/// # Errors
/// 401; 403 for everybody but a system administrator.
pub fn may_keep(act: &Act) -> Result<()> {
    if doer(act)?.has(Role::SystemAdministrator) {
        return Ok(());
    }
    Err(Refusal::forbidden("Only a system administrator does this.").into())
}

/// Whether the doer reads the settings of a county: who keeps them, and who answers for what they bring about.
///
/// # Errors
/// 401; 403.
pub fn may_read_settings(act: &Act, county: &str) -> Result<()> {
    let actor = doer(act)?;
    if actor.has(Role::SystemAdministrator) || actor.reads_all_of(county) {
        return Ok(());
    }
    Err(Refusal::forbidden("Settings are for the system administrator, the county's supervisor and its auditor.").into())
}

/// Whether the doer has checked teams in a county's name (县科协).
///
/// # Errors
/// 401; 403 for everybody but the county's supervisor.
pub fn may_check_teams(act: &Act, county: &str) -> Result<()> {
    if doer(act)?.seats(Role::Supervisor).any(|seat| seat.county == county) {
        return Ok(());
    }
    Err(Refusal::forbidden("The county association checks teams: its supervisor does this.").into())
}

/// Whether the doer keeps venues at all.
///
/// # Errors
/// 401; 403 for everybody but schedulers and system administrators.
pub fn may_keep_venues(act: &Act) -> Result<()> {
    let actor = doer(act)?;
    if actor.has(Role::SystemAdministrator) || actor.has(Role::Scheduler) {
        return Ok(());
    }
    Err(Refusal::forbidden("Venues are kept by the schedulers of their centre, or a system administrator.").into())
}

/// Whether the doer keeps the venues of an organisation: its schedulers, and a system administrator.
///
/// # Errors
/// 401; 403 for everybody else.
pub fn may_keep_venues_of(act: &Act, keeper: OrganisationId) -> Result<()> {
    let actor = doer(act)?;
    if actor.has(Role::SystemAdministrator) || actor.is(Role::Scheduler, keeper) {
        return Ok(());
    }
    Err(Refusal::forbidden("This venue is kept by the schedulers of another centre.").into())
}

/// Closes an organisation on which nothing hangs any more.
///
/// # Errors
/// As [`organisations::close`]; 409 `still_needed` with what hangs on it.
pub fn close_organisation(db: &mut Db, act: &Act, seen: Seen, id: OrganisationId, on: NaiveDate) -> Result<()> {
    // Whoever hangs something on it leans on it before they look whether it is open.
    lock(db, Anchor::Organisation(id.0))?;
    let hanging = store::hanging_on(db, id, act.now)?;
    if hanging.is_any() {
        let detail = "Orders, grants, teams, venues, equipment, loans or complaints still hang on it. Let them end or move first.";
        let refusal = Refusal::new(Kind::Conflict, "still_needed", detail)
            .with("orders", hanging.orders)
            .with("grants", hanging.grants)
            .with("teams", hanging.teams)
            .with("venues", hanging.venues)
            .with("complaints", hanging.complaints)
            .with("equipment", hanging.equipment)
            .with("loans", hanging.loans);
        return Err(refusal.into());
    }
    organisations::close(db, act, seen, id, on)
}

/// Closes a venue that is not booked any more.
///
/// # Errors
/// As [`venues::close`]; 409 `still_booked`.
pub fn close_venue(db: &mut Db, act: &Act, seen: Seen, venue: &Venue, on: NaiveDate) -> Result<()> {
    // Whoever books a space of it locks that space, and then looks whether the venue is open.
    lock(db, Anchor::Venue(venue.id.0))?;
    let spaces: Vec<SpaceId> = venues::spaces(db, venue.id)?.into_iter().map(|space| space.id).collect();
    spaces.iter().try_for_each(|space| lock(db, Anchor::Space(space.0)))?;
    none_booked(store::booked_from(db, &spaces, act.now)?)?;
    venues::close(db, act, seen, venue.id, on)
}

/// Changes a space; its places are not made fewer than are booked at any instant to come.
///
/// # Errors
/// As [`venues::change_space`]; 409 `still_booked`.
pub fn change_space(db: &mut Db, act: &Act, seen: Seen, space: &Space, change: &SpaceChange) -> Result<()> {
    lock(db, Anchor::Venue(space.venue_id.0))?;
    lock(db, Anchor::Space(space.id.0))?;
    if let Some(places) = change.places {
        let shared: Vec<bookings::Held> = bookings::to_come(db, space.id, act.now)?.into_iter().filter(|held| held.places.is_some()).collect();
        if bookings::peak(&shared, act.now) > places.unwrap_or(0) {
            none_booked(i64::try_from(shared.len()).unwrap_or(i64::MAX))?;
        }
    }
    venues::change_space(db, act, seen, space.id, change)
}

/// Closes a space that is not booked any more.
///
/// # Errors
/// As [`venues::close_space`]; 409 `still_booked`.
pub fn close_space(db: &mut Db, act: &Act, seen: Seen, space: &Space) -> Result<()> {
    lock(db, Anchor::Venue(space.venue_id.0))?;
    lock(db, Anchor::Space(space.id.0))?;
    none_booked(store::booked_from(db, &[space.id], act.now)?)?;
    venues::close_space(db, act, seen, space.id)
}

fn none_booked(bookings: i64) -> Result<()> {
    if bookings == 0 {
        return Ok(());
    }
    Err(Refusal::new(Kind::Conflict, "still_booked", "It is booked. Let these move to another place first.").with("bookings", bookings).into())
}

/// The venue of a number.
///
/// # Errors
/// 404 where there is none.
pub fn venue(db: &mut Db, id: VenueId) -> Result<Venue> {
    venues::get(db, id)?.ok_or_else(|| Refusal::not_found().into())
}
