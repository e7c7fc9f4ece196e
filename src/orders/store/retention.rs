//! The contacts of orders that ended long ago.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::clock::Moment;
use crate::db::{Backend, Db};
use crate::error::Result;
use crate::schema::{order_changes, order_contacts, order_moves, orders};

/// The fields of an amendment that hold what the contact held; the field names themselves stay in the history.
const PERSONAL: [&str; 5] = ["contact_name", "contact_phone", "address", "name", "phone"];

diesel::alias!(order_contacts as others: Others);

/// Before which moments an order must have ended for its contact to go.
#[derive(Debug, Clone, Copy)]
pub struct EndedBefore {
    /// Served or given up.
    pub ended: Moment,
    /// Rejected or withdrawn.
    pub refused: Moment,
}

/// Orders whose contact may go, oldest first, with their county.
pub fn contacts_due(db: &mut Db, before: EndedBefore, only: Option<i64>, most: i64) -> Result<Vec<(i64, String)>> {
    let joined = others.filter(others.field(order_contacts::order_id).nullable().eq(orders::merged_into));
    let gone = exists(joined.filter(others.field(order_contacts::erased_at).is_not_null()));
    let ended = orders::state.eq_any(["closed", "unmet"]).and(orders::ended_at.lt(before.ended));
    let refused = orders::state.eq_any(["rejected", "withdrawn"]).and(orders::ended_at.lt(before.refused));
    let merged = orders::state.eq("merged").and(gone);
    let mut query = orders::table
        .inner_join(order_contacts::table)
        .filter(order_contacts::erased_at.is_null())
        .filter(ended.or(refused).or(merged))
        .order(orders::id)
        .limit(most)
        .select((orders::id, orders::county))
        .into_boxed::<Backend>();
    if let Some(order) = only {
        query = query.filter(orders::id.eq(order));
    }
    Ok(query.load(db)?)
}

/// Empties a contact, and what amendments of it were kept.
pub fn erase_contact(db: &mut Db, now: Moment, order: i64) -> Result<()> {
    let nothing: Option<String> = None;
    diesel::update(order_contacts::table.find(order))
        .set((order_contacts::name.eq(&nothing), order_contacts::phone.eq(&nothing), order_contacts::address.eq(&nothing), order_contacts::erased_at.eq(now)))
        .execute(db)?;
    let moves = order_moves::table.filter(order_moves::order_id.eq(order)).select(order_moves::id);
    diesel::update(order_changes::table.filter(order_changes::move_id.eq_any(moves)).filter(order_changes::field.eq_any(PERSONAL)))
        .set((order_changes::old.eq(&nothing), order_changes::new.eq(&nothing)))
        .execute(db)?;
    Ok(())
}
