//! What waits on a role in an organisation: told when a grant of it ends.

use crate::actor::{Act, Role};
use crate::db::Db;
use crate::error::Result;
use crate::ids::OrganisationId;
use crate::people::Waiting;

use super::state::State;
use super::store;

/// What waits on those who hold this role in this organisation, a line a kind; kinds of which nothing waits are left out.
pub fn waits_on(db: &mut Db, act: &Act, role: Role, organisation: Option<OrganisationId>) -> Result<Vec<Waiting>> {
    let Some(organisation) = organisation else { return Ok(Vec::new()) };
    let counted = match role {
        Role::Dispatcher => vec![("orders", store::held_by_centre(db, organisation, &[State::Submitted])?)],
        Role::Officer => vec![("orders", store::led_by(db, organisation, &[State::Dispatched, State::Accepted])?)],
        Role::Leader => vec![
            ("orders", store::claimed_by(db, organisation, &[State::Claimed, State::Scheduled])?),
            ("offers", store::offered_to(db, organisation, act.now)?),
        ],
        _ => Vec::new(),
    };
    Ok(counted.into_iter().filter(|(_, count)| *count > 0).map(|(what, count)| Waiting { what, count }).collect())
}
