//! What the worker looks for: each question along an index of its own, oldest first.

use diesel::prelude::*;

use crate::clock::Moment;
use crate::db::Db;
use crate::error::Result;
use crate::ids::{OrderId, OrganisationId};
use crate::schema::{order_parties, order_progress, orders};

use super::super::state::State;
use super::{Order, PartyKind};

/// Orders whose offer nobody answered in time.
pub fn offers_lapsed(db: &mut Db, now: Moment, most: i64) -> Result<Vec<OrderId>> {
    Ok(order_progress::table
        .filter(order_progress::offer_until.is_not_null())
        .filter(order_progress::offer_until.le(now))
        .order(order_progress::offer_until)
        .limit(most)
        .select(order_progress::order_id)
        .load(db)?)
}

/// Orders that are due for the next rung of their ladder.
pub fn rungs_due(db: &mut Db, now: Moment, most: i64) -> Result<Vec<OrderId>> {
    Ok(order_progress::table
        .filter(order_progress::rung_at.is_not_null())
        .filter(order_progress::rung_at.le(now))
        .order(order_progress::rung_at)
        .limit(most)
        .select(order_progress::order_id)
        .load(db)?)
}

/// Orders whose clock has stood still since before a moment.
pub fn paused_since(db: &mut Db, before: Moment, most: i64) -> Result<Vec<OrderId>> {
    Ok(order_progress::table
        .filter(order_progress::paused_at.is_not_null())
        .filter(order_progress::paused_at.le(before))
        .filter(order_progress::rung_at.is_null())
        .order(order_progress::paused_at)
        .limit(most)
        .select(order_progress::order_id)
        .load(db)?)
}

/// Open orders without a date whose last window has passed, and whose requester was not asked for new times yet.
pub fn windows_passed(db: &mut Db, now: Moment, most: i64) -> Result<Vec<OrderId>> {
    Ok(orders::table
        .inner_join(order_progress::table)
        .filter(orders::state.eq_any([State::Submitted, State::Dispatched, State::Accepted, State::Claimed]))
        .filter(orders::last_until.lt(now))
        .filter(order_progress::new_times_asked_at.is_null())
        .order(orders::last_until)
        .limit(most)
        .select(orders::id)
        .load(db)?)
}

/// Notes that the requester was asked for new times; says whether nobody had asked before: of several workers one does it.
pub fn ask_new_times(db: &mut Db, id: OrderId, now: Moment) -> Result<bool> {
    let unasked = order_progress::table.filter(order_progress::order_id.eq(id)).filter(order_progress::new_times_asked_at.is_null());
    Ok(diesel::update(unasked).set(order_progress::new_times_asked_at.eq(now)).execute(db)? == 1)
}

/// The centres at which orders wait for dispatch.
pub fn holding_centres(db: &mut Db) -> Result<Vec<OrganisationId>> {
    Ok(orders::table.filter(orders::state.eq(State::Submitted)).select(orders::holding_centre_id).distinct().load(db)?)
}

/// The orders that wait for dispatch at a centre.
pub fn waiting_at(db: &mut Db, centre: OrganisationId, most: i64) -> Result<Vec<OrderId>> {
    Ok(orders::table
        .filter(orders::holding_centre_id.eq(centre))
        .filter(orders::state.eq(State::Submitted))
        .order(orders::id)
        .limit(most)
        .select(orders::id)
        .load(db)?)
}

/// How many orders in these states a centre holds.
pub fn held_by_centre(db: &mut Db, centre: OrganisationId, states: &[State]) -> Result<i64> {
    Ok(orders::table.filter(orders::holding_centre_id.eq(centre)).filter(orders::state.eq_any(states)).count().get_result(db)?)
}

/// How many orders in these states a department leads.
pub fn led_by(db: &mut Db, department: OrganisationId, states: &[State]) -> Result<i64> {
    Ok(orders::table.filter(orders::department_id.eq(department)).filter(orders::state.eq_any(states)).count().get_result(db)?)
}

/// How many orders in these states a team holds.
pub fn claimed_by(db: &mut Db, team: OrganisationId, states: &[State]) -> Result<i64> {
    Ok(orders::table.filter(orders::team_id.eq(team)).filter(orders::state.eq_any(states)).count().get_result(db)?)
}

/// How many offers stand to a team.
pub fn offered_to(db: &mut Db, team: OrganisationId, now: Moment) -> Result<i64> {
    Ok(order_progress::table.filter(order_progress::offer_team_id.eq(team)).filter(order_progress::offer_until.gt(now)).count().get_result(db)?)
}

/// When an order was last offered to a team, and when that ended: no end while it stands; nothing where it never was.
pub fn last_offer(db: &mut Db, id: OrderId) -> Result<Option<(Moment, Option<Moment>)>> {
    Ok(order_parties::table
        .filter(order_parties::order_id.eq(id))
        .filter(order_parties::part.eq(PartyKind::Offered))
        .order(order_parties::id.desc())
        .select((order_parties::since, order_parties::until))
        .first(db)
        .optional()?)
}

/// Writes the clock of a stage, without touching the version: lateness is no business field.
pub fn save_clock(db: &mut Db, order: &Order) -> Result<()> {
    diesel::update(orders::table.find(order.row.id)).set(orders::due_at.eq(order.row.due_at)).execute(db)?;
    super::save_progress(db, &order.progress)
}
