//! What hangs on an organisation or a venue: counted, never changed.

use diesel::prelude::*;

use crate::bookings::ResourceKind;
use crate::clock::Moment;
use crate::db::Db;
use crate::equipment::LoanState;
use crate::error::Result;
use crate::ids::{OrganisationId, SpaceId};
use crate::orders::state::State;
use crate::schema::{bookings, complaints, equipment, grants, loans, orders, organisations, teams, venues};

/// What still hangs on an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hanging {
    /// Open orders that it holds, leads or has claimed.
    pub orders: i64,
    pub grants: i64,
    /// Open teams that it hosts.
    pub teams: i64,
    pub venues: i64,
    /// Complaints that it has to answer.
    pub complaints: i64,
    /// What is at home there.
    pub equipment: i64,
    /// What it waits for or has on loan.
    pub loans: i64,
}

impl Hanging {
    pub(super) const fn is_any(&self) -> bool {
        self.orders + self.grants + self.teams + self.venues + self.complaints + self.equipment + self.loans > 0
    }
}

pub(super) fn hanging_on(db: &mut Db, id: OrganisationId, now: Moment) -> Result<Hanging> {
    let orders = orders::table
        .filter(orders::state.eq_any(State::AWAITING))
        .filter(orders::holding_centre_id.eq(id).or(orders::department_id.eq(Some(id)).assume_not_null()).or(orders::team_id.eq(Some(id)).assume_not_null()))
        .count()
        .get_result(db)?;
    let grants = grants::table.filter(grants::organisation_id.eq(id)).filter(grants::ends_at.is_null().or(grants::ends_at.gt(now))).count().get_result(db)?;
    let hosted = teams::table.inner_join(organisations::table.on(teams::organisation_id.eq(organisations::id)));
    let teams = hosted.filter(teams::host_id.eq(id)).filter(organisations::active.eq(true)).count().get_result(db)?;
    let venues = venues::table.filter(venues::organisation_id.eq(id)).filter(venues::active.eq(true)).count().get_result(db)?;
    let complaints = complaints::table.filter(complaints::answering_id.eq(id)).filter(complaints::ended_at.is_null()).count().get_result(db)?;
    let kept = equipment::table.filter(equipment::organisation_id.eq(id)).filter(equipment::active.eq(true)).count().get_result(db)?;
    let loans = loans::table.filter(loans::borrower_id.eq(id)).filter(loans::state.eq_any(LoanState::OPEN)).count().get_result(db)?;
    Ok(Hanging { orders, grants, teams, venues, complaints, equipment: kept, loans })
}

/// How many bookings of these spaces are still to come, or going on.
pub(super) fn booked_from(db: &mut Db, spaces: &[SpaceId], now: Moment) -> Result<i64> {
    Ok(bookings::table
        .filter(bookings::resource_kind.eq(ResourceKind::Space))
        .filter(bookings::resource_id.eq_any(spaces.iter().map(|space| space.0)))
        .filter(bookings::released_at.is_null())
        .filter(bookings::ends_at.gt(now))
        .count()
        .get_result(db)?)
}
