//! What an event takes of equipment: its home's events take the equipment itself, a borrower's events the loan. Whoever has neither
//! wishes for it first: equipment that goes elsewhere is handed over and given back, so there is one way to it.

use super::{Equipment, loan_store, rules, store};
use crate::bookings::Resource;
use crate::clock::{COUNTY_ZONE, Moment};
use crate::db::Db;
use crate::error::Result;
use crate::ids::{EquipmentId, EventSessionId, OrganisationId};

/// Why something cannot be taken: a code and a sentence.
pub type Why = (&'static str, &'static str);

/// What can be taken, or why not.
type Had = std::result::Result<Resource, Why>;

/// What an organiser takes when it takes a piece of equipment for a span: its own loan where it has one over all of it, else, at
/// home, the equipment. The equipment is locked by the caller, so that this holds until the transaction ends.
pub fn takes(db: &mut Db, county: &str, organiser: Option<OrganisationId>, id: EquipmentId, (from, until): (Moment, Moment)) -> Result<Had> {
    let Some(Equipment { organisation_id: home, .. }) = store::equipment(db, id)?.filter(|found| found.active && found.county == county) else {
        return Ok(Err(("equipment_unknown", "There is no such equipment in this county, or it is not lent any more.")));
    };
    let Some(organiser) = organiser else { return Ok(Err(NOT_LENT)) };
    let lent = loan_store::lent_to(db, id, organiser, from.day(COUNTY_ZONE))?;
    if let Some(loan) = lent.filter(|loan| rules::span(loan.from_day, loan.until_day).1 >= until) {
        return Ok(Ok(Resource::Loan(loan.id)));
    }
    Ok(if organiser == home { Ok(Resource::Equipment(id)) } else { Err(NOT_LENT) })
}

const NOT_LENT: Why = ("not_lent", "The organiser does not have it on loan all that time. Wish for it first, or choose other days.");

/// The equipment that sessions take, by name.
pub fn of_sessions(db: &mut Db, sessions: &[EventSessionId]) -> Result<Vec<(EventSessionId, EquipmentId, String)>> {
    store::of_sessions(db, sessions)
}
