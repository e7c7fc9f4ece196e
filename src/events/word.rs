//! Who hears what of an event that is planned by itself: who keeps its places, who is in charge, who planned it. Nobody hears of
//! what they did themselves.

use super::Plan;
use super::reach::{Opened, tell_planners};
use super::store::{self, Event, Session};
use crate::actor::Act;
use crate::db::Db;
use crate::error::Result;
use crate::ids::{EventId, OrganisationId, PersonId};
use crate::outbox::{self, To};

/// An event was planned: who keeps its places is asked for them, and who is in charge for their yes.
pub fn planned(db: &mut Db, act: &Act, event: EventId, plans: &[Plan]) -> Result<()> {
    ask_keepers(db, act, event, plans)?;
    tell_each(db, act, "event_in_charge_asked", event, asked(plans))
}

/// An event was changed: its places and those newly in charge are asked; who stays in charge, and who no longer is, hears of it.
pub fn changed(db: &mut Db, act: &Act, seen: &Opened, plans: &[Plan]) -> Result<()> {
    let event = seen.event.id;
    planned(db, act, event, plans)?;
    let asked = asked(plans);
    let (stay, gone): (Vec<PersonId>, Vec<PersonId>) =
        in_charge(&seen.sessions).into_iter().filter(|person| !asked.contains(person)).partition(|person| plans.iter().any(|plan| plan.in_charge == *person));
    tell_each(db, act, "event_in_charge_changed", event, stay)?;
    tell_each(db, act, "event_not_in_charge", event, gone)
}

/// Somebody in charge said yes: who planned it hears of it.
pub fn agreed(db: &mut Db, act: &Act, event: &Event) -> Result<()> {
    tell_each(db, act, "event_agreed", event.id, event.created_by.into_iter().collect())
}

/// An event was called off: all who are in charge hear of it, and all who registered.
pub fn called_off(db: &mut Db, act: &Act, event: EventId) -> Result<()> {
    tell_those_in_charge(db, act, "event_cancelled", event)?;
    outbox::tell(db, act, "registration_event_cancelled", event, To::Registered)
}

/// An event was put off: all who are in charge hear of it, and all who registered.
pub fn put_off(db: &mut Db, act: &Act, event: EventId) -> Result<()> {
    tell_those_in_charge(db, act, "event_postponed", event)?;
    outbox::tell(db, act, "registration_event_changed", event, To::Registered)
}

/// A part has moved along with its whole: all who are in charge of it hear of it, and all who registered.
pub fn moved_along(db: &mut Db, act: &Act, part: EventId) -> Result<()> {
    tell_those_in_charge(db, act, "event_moved", part)?;
    outbox::tell(db, act, "registration_event_changed", part, To::Registered)
}

/// Whoever answers for the organisations that keep the places which are not had without a yes.
fn ask_keepers(db: &mut Db, act: &Act, event: EventId, plans: &[Plan]) -> Result<()> {
    let mut keepers: Vec<OrganisationId> = plans.iter().filter_map(|plan| plan.place?.keeper).collect();
    keepers.sort_unstable();
    keepers.dedup();
    keepers.into_iter().try_for_each(|keeper| tell_planners(db, act, event, keeper, "event_venue_asked"))
}

/// Those in charge who have not said yes.
fn asked(plans: &[Plan]) -> Vec<PersonId> {
    plans.iter().filter(|plan| !plan.agreed).map(|plan| plan.in_charge).collect()
}

fn in_charge(sessions: &[Session]) -> Vec<PersonId> {
    sessions.iter().map(|session| session.in_charge).collect()
}

fn tell_those_in_charge(db: &mut Db, act: &Act, notice: &str, event: EventId) -> Result<()> {
    let sessions = store::sessions(db, event)?;
    tell_each(db, act, notice, event, in_charge(&sessions))
}

fn tell_each(db: &mut Db, act: &Act, notice: &str, event: EventId, mut people: Vec<PersonId>) -> Result<()> {
    people.retain(|person| act.person() != Some(*person));
    people.sort_unstable();
    people.dedup();
    people.into_iter().try_for_each(|person| outbox::tell(db, act, notice, event, To::Person(person)))
}
