//! Parts of an event: the stalls of a fair, the sessions of a campaign day. Who plans the whole adds parts to it, in the name of
//! their own organisation or of another one of the county, which plans its part from then on too. Parts stand and fall with the
//! whole: they move along with it, are put off and called off with it.

use super::kinds::{EventState, PostponeReason};
use super::parts_store::{self, MOST_PARTS, Part};
use super::reach;
use super::replanning::nobody_came;
use super::store::{self, Event, Session};
use super::within::{Stand, Whole, moved, stand, takes};
use super::{Place, Plan, bookings, cancel, equipment, occupy, put_off, record, word};
use crate::actor::Act;
use crate::db::{self, Anchor, Db};
use crate::error::{Error, Kind, Refusal, Result};
use crate::ids::{EventId, EventSessionId, OrganisationId, VenueId};
use crate::wire::Faults;

/// Locks an event, and before it what it is or shall be a part of: all deeds lock wholes before parts.
///
/// # Errors
/// `InTheWay` where it became part of something else meanwhile.
pub(super) fn lock_whole_first(db: &mut Db, id: Option<EventId>, wanted: Option<EventId>) -> Result<()> {
    let known = known_parent(db, id)?;
    let mut wholes: Vec<EventId> = [known, wanted].into_iter().flatten().collect();
    wholes.sort_unstable();
    wholes.dedup();
    for whole in wholes {
        db::lock(db, Anchor::Event(whole.0))?;
    }
    let Some(id) = id else { return Ok(()) };
    db::lock(db, Anchor::Event(id.0))?;
    if known_parent(db, Some(id))? != known {
        return Err(Error::InTheWay("the event became part of another".to_owned()));
    }
    Ok(())
}

fn known_parent(db: &mut Db, id: Option<EventId>) -> Result<Option<EventId>> {
    id.map_or(Ok(None), |id| parts_store::parent_of(db, id))
}

/// The sessions of an event as its parts see them.
pub(super) fn wholes_of(sessions: &[Session]) -> Vec<Whole> {
    sessions.iter().map(|session| whole(session.venue, &plan_of(session))).collect()
}

/// Sessions that are planned, as parts see them.
pub(super) fn wholes_planned(plans: &[Plan]) -> Vec<Whole> {
    plans.iter().map(|plan| whole(plan.place.map(|place| place.venue), plan)).collect()
}

fn whole(venue: Option<VenueId>, plan: &Plan) -> Whole {
    Whole {
        starts_at: plan.starts_at,
        venue,
        space: plan.place.map(|place| place.space),
        at_the_place: plan.at_the_place(),
        under_way: plan.under_way(),
        in_charge: plan.in_charge,
    }
}

/// A session as a plan of the same, but for its equipment.
fn plan_of(session: &Session) -> Plan {
    let place = session.venue.zip(session.space);
    Plan {
        starts_at: session.starts_at,
        ends_at: session.ends_at,
        place: place.map(|(venue, space)| Place { venue, space, places: session.places, answer_by: None, keeper: None, held_by_parent: false }),
        setup_minutes: session.setup_minutes,
        clearing_minutes: session.clearing_minutes,
        in_charge: session.in_charge,
        agreed: session.agreed,
        travel_minutes: session.travel_minutes,
        equipment: Vec::new(),
        taken_by_parent: false,
    }
}

/// Who holds the event of a number.
pub(super) fn holder(db: &mut Db, id: EventId) -> Result<Option<OrganisationId>> {
    Ok(store::event(db, id)?.and_then(|event| event.organiser))
}

/// What an event shall be a part of, with the sessions it has; what speaks against it stands among the faults.
pub(super) fn parent(db: &mut Db, act: &Act, county: &str, id: EventId, old: Option<&Event>, faults: &mut Faults) -> Result<Option<(Event, Vec<Whole>)>> {
    const POINTER: &str = "/parent_id";
    let found = store::event(db, id)?.filter(|event| event.county == county);
    let known = match found {
        Some(event) => {
            let sessions = store::sessions(db, id)?;
            reach::may_know(act, &event, &sessions).then_some((event, sessions))
        }
        None => None,
    };
    let Some((event, sessions)) = known else {
        faults.add(POINTER, "unknown", "There is no such event in this county.");
        return Ok(None);
    };
    let stays = old.is_some_and(|old| old.parent == Some(id));
    let planned = matches!(event.state(), EventState::Draft | EventState::Published);
    if !stays && !event.organiser.is_some_and(|organiser| reach::plans_for(act, organiser)) {
        faults.add(POINTER, "not_yours", "Only who plans that event adds parts to it: ask them.");
    } else if event.order.is_some() || event.parent.is_some() || old.is_some_and(|old| old.id == id) {
        faults.add(POINTER, "no_whole", "An order's event, and one that is itself a part, has no parts.");
    } else if !planned {
        faults.add(POINTER, "not_planned", "That event was held, put off or called off: nothing is added to it.");
    } else if !stays && parts_store::count(db, id)? >= MOST_PARTS {
        faults.add(POINTER, "too_many", "An event has at most 200 parts.");
    }
    if let Some(old) = old
        && parts_store::count(db, old.id)? > 0
    {
        faults.add(POINTER, "has_parts", "It has parts itself, so it cannot be a part.");
    }
    Ok(Some((event, wholes_of(&sessions))))
}

/// Puts a planned session where it stands in the whole; what stands outside is a fault.
pub(super) fn place_within(wholes: &[Whole], n: usize, plan: &mut Plan, faults: &mut Faults) {
    match stand(wholes, plan.place.map(|place| place.space), plan.at_the_place()) {
        Stand::Within(at) => settle(plan, &wholes[at]),
        Stand::Outside => faults.add(
            format!("/sessions/{n}/starts_at"),
            "outside_parent",
            "What it is a part of does not have that place then. Stay within its time there, or choose another place.",
        ),
        Stand::Apart => {}
    }
}

/// What the whole has already is not taken again.
fn settle(plan: &mut Plan, whole: &Whole) {
    if let Some(place) = &mut plan.place {
        *place = Place { answer_by: None, keeper: None, held_by_parent: true, ..*place };
    }
    plan.taken_by_parent = takes(whole, plan.in_charge, plan.under_way());
}

/// A part that moves along: its sessions, as they are planned then.
struct Along<'a> {
    part: &'a Part,
    /// Whether it waited for a new time.
    waited: bool,
    sessions: Vec<(EventSessionId, Plan)>,
}

/// Which parts move along when the whole moves, and how.
///
/// # Errors
/// 409 `parts_outside` with the parts that would stand outside.
fn along<'a>(db: &mut Db, parts: &'a [Part], old: &[Whole], new: &[Whole]) -> Result<Vec<Along<'a>>> {
    let (mut found, mut outside) = (Vec::new(), Vec::new());
    for part in parts {
        let waited = part.state == EventState::Postponed;
        if part.state == EventState::Held {
            continue;
        }
        let sessions = store::sessions(db, part.id)?;
        let ids: Vec<EventSessionId> = sessions.iter().map(|session| session.id).collect();
        let taken = equipment::of_sessions(db, &ids)?;
        let mut moving = Vec::new();
        let mut left = false;
        for session in &sessions {
            let mut plan = plan_of(session);
            let Stand::Within(n) = stand(old, plan.place.map(|place| place.space), plan.at_the_place()) else { continue };
            let Some((to, by)) = moved(old, new, n, plan.at_the_place()) else {
                left = true;
                continue;
            };
            (plan.starts_at, plan.ends_at) = (plan.starts_at.plus(by), plan.ends_at.plus(by));
            plan.place = new[to].venue.zip(new[to].space).map(|(venue, space)| Place {
                venue,
                space,
                places: None,
                answer_by: None,
                keeper: None,
                held_by_parent: true,
            });
            plan.equipment = taken.iter().filter(|(by, ..)| *by == session.id).map(|(_, id, _)| *id).collect();
            settle(&mut plan, &new[to]);
            moving.push((session.id, plan));
        }
        if left && !waited {
            outside.push(serde_json::json!({ "id": part.id, "title": part.title }));
        } else if !moving.is_empty() && (!waited || moving.len() == sessions.len()) {
            // One that waits and has a place of its own besides goes on waiting: nobody knows whether that is free.
            found.push(Along { part, waited, sessions: moving });
        }
    }
    if outside.is_empty() {
        return Ok(found);
    }
    let words = "Some parts would stand outside of it. Change or call off these parts first.";
    Err(Refusal::new(Kind::Conflict, "parts_outside", words).with("parts", outside).into())
}

/// A part that moves along: its sessions keep their rows, and take anew what they need.
pub(super) struct Moving {
    part: EventId,
    organiser: Option<OrganisationId>,
    sessions: Vec<(EventSessionId, Plan)>,
}

impl Moving {
    pub(super) fn plans(&self) -> impl Iterator<Item = &Plan> {
        self.sessions.iter().map(|(_, plan)| plan)
    }
}

/// Frees what the parts hold that move along with the whole, and gives what they take anew once the whole has its places.
pub(super) fn free(db: &mut Db, act: &Act, parts: &[Part], old: &[Whole], new: &[Whole]) -> Result<Vec<Moving>> {
    for part in parts {
        db::lock(db, Anchor::Event(part.id.0))?;
    }
    let mut moving = Vec::new();
    for Along { part, waited, sessions } in along(db, parts, old, new)? {
        if old == new && !waited {
            continue;
        }
        nobody_came(db, part.id)?;
        let ids: Vec<EventSessionId> = sessions.iter().map(|(id, _)| *id).collect();
        bookings::release(db, act.now, &ids)?;
        moving.push(Moving { part: part.id, organiser: part.organiser, sessions });
    }
    Ok(moving)
}

/// Takes anew what parts need that moved along; it is locked already.
///
/// # Errors
/// 409 `taken` where somebody in charge of a part is taken at the new time.
pub(super) fn settle_anew(db: &mut Db, act: &Act, county: &str, moving: Vec<Moving>) -> Result<()> {
    for Moving { part, organiser, sessions } in moving {
        for (n, (id, plan)) in sessions.iter().enumerate() {
            store::move_session(db, *id, plan, act.now)?;
            occupy(db, act, county, organiser, *id, (n, plan))?;
        }
        store::moved_along(db, part)?;
        record(db, act, "change_event", county, part, &["sessions"])?;
        word::moved_along(db, act, part)?;
    }
    Ok(())
}

/// Calls the parts off that are still to come.
pub(super) fn cancel_parts(db: &mut Db, act: &Act, county: &str, parts: &[Part], reason: &str) -> Result<()> {
    for part in open_parts(db, parts)? {
        store::close(db, part, reason)?;
        cancel(db, act, county, part)?;
        word::called_off(db, act, part)?;
    }
    Ok(())
}

/// Puts the parts off that are published. Drafts stay as they are: nobody expects them.
pub(super) fn put_off_parts(db: &mut Db, act: &Act, county: &str, parts: &[Part], reason: PostponeReason, words: Option<&str>) -> Result<()> {
    let published: Vec<Part> = parts.iter().filter(|part| part.state == EventState::Published).cloned().collect();
    for part in open_parts(db, &published)? {
        put_off(db, act, county, part, reason, words)?;
    }
    Ok(())
}

fn open_parts(db: &mut Db, parts: &[Part]) -> Result<Vec<EventId>> {
    let open: Vec<EventId> = parts.iter().filter(|part| part.state != EventState::Held).map(|part| part.id).collect();
    for part in &open {
        db::lock(db, Anchor::Event(part.0))?;
    }
    Ok(open)
}
