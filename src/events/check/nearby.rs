//! What is free near by.

use super::{Checked, HintCode, Known, OtherRoom, Thought, Wanted};
use crate::bookings::{Held, Holder};
use crate::clock::Span;
use crate::db::Db;
use crate::error::Result;
use crate::ids::EventSessionId;
use crate::slots::{self, Room, rules};

/// Adds what is free near by to those sessions whose place or time something is in the way of.
pub(super) fn suggest(db: &mut Db, thought: &Thought<'_>, known: &Known, wanted: &[Wanted<'_>], checked: &mut [Checked], own: &[EventSessionId]) -> Result<()> {
    let helps = |one: &Checked, by: fn(HintCode) -> bool| one.hints.iter().any(|hint| by(hint.code));
    let stuck: Vec<usize> = (0..wanted.len())
        .filter(|n| checked.get(*n).is_some_and(|one| helps(one, HintCode::another_time_helps) || helps(one, HintCode::another_place_helps)))
        .collect();
    let spans: Vec<Span> = stuck.iter().filter_map(|n| wanted.get(*n)).filter(|one| one.names_a_place()).map(|one| one.plan.at_the_place()).collect();
    let mut rooms: Vec<Room> = Vec::new();
    if let (Some(first), Some(last)) = (spans.iter().map(|span| span.0).min(), spans.iter().map(|span| span.1).max()) {
        rooms = known.rooms.iter().filter(|room| room.seats >= thought.expected).cloned().collect();
        slots::fill(db, &mut rooms, (first, last), own)?;
    }
    for n in stuck {
        let (Some(one), Some(into)) = (wanted.get(n), checked.get_mut(n)) else { continue };
        let beside = |other: &&Wanted<'_>| !std::ptr::eq(*other, one);
        let mut person = known.people.get(&one.plan.in_charge.0).cloned().unwrap_or_default();
        person.extend(wanted.iter().filter(beside).filter(|other| other.plan.in_charge == one.plan.in_charge).map(|other| held(None, other.plan.under_way())));
        person.sort_by_key(|held| held.from);
        let room = one.room.and_then(|room| known.rooms.get(room)).cloned().map(|mut room| {
            let there = wanted.iter().filter(beside).filter(|other| other.room == one.room);
            room.held.extend(there.map(|other| held(other.session.places, other.plan.at_the_place())));
            room.held.sort_by_key(|held| held.from);
            room
        });
        let placed = !one.names_a_place() || room.is_some();
        if placed && helps(into, HintCode::another_time_helps) {
            let room = room.as_ref().map(|room| (room, one.session.places));
            into.times = rules::other_times(room, &person, one.span(), &one.around(), known.now, known.zone);
        }
        // Another room helps nobody who is taken then.
        let free = !helps(into, |code| matches!(code, HintCode::PersonTaken | HintCode::InThePast));
        if free && one.names_a_place() && helps(into, HintCode::another_place_helps) {
            let near = room.as_ref().map(|room| room.division.as_str()).or(thought.division).unwrap_or_default();
            let others = rules::other_rooms(&rooms, room.as_ref(), one.plan.at_the_place(), thought.expected, near, known.zone);
            into.rooms = others.into_iter().map(|(room, near)| OtherRoom { room: room.clone(), near }).collect();
        }
    }
    Ok(())
}

/// What another session of the same event would hold.
const fn held(places: Option<i32>, (from, until): Span) -> Held {
    Held { holder: Holder::Session(EventSessionId(0)), places, from, until }
}
