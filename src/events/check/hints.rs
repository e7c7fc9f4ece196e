//! What stands in the way of one session.

use super::{Hint, HintCode, Known, Thought, Wanted};
use crate::bookings;
use crate::clock::Span;
use crate::ids::PersonId;
use crate::slots::{Room, rules};
use crate::venues::rules::{closed_on, outside_hours};

/// All that stands in the way of the n-th session, what blocks first.
pub(super) fn of(thought: &Thought<'_>, known: &Known, wanted: &[Wanted<'_>], n: usize, me: PersonId) -> Vec<Hint> {
    let Some(one) = wanted.get(n) else { return Vec::new() };
    let mut found = Vec::new();
    if one.plan.starts_at <= known.now {
        found.push(Hint::of(HintCode::InThePast));
    }
    let room = one.room.and_then(|room| known.rooms.get(room));
    match room {
        Some(room) => of_the_room(thought, known, one, room, &mut found),
        None if one.names_a_place() => found.push(Hint::of(HintCode::VenueClosed)),
        None => {}
    }
    let person = one.plan.in_charge;
    if person != me && !known.members.contains(&person) {
        found.push(Hint::of(HintCode::NotOfTheOrganiser));
    } else {
        of_the_person(thought, known, one, room, &mut found);
    }
    if thought.team {
        let team: Vec<Span> = known.others.iter().filter(|other| other.organiser == thought.organiser).map(|other| other.span).collect();
        // The sessions of the event itself count as well.
        let beside = wanted.iter().enumerate().filter(|(other, _)| *other != n).map(|(_, other)| other.span());
        let all: Vec<Span> = team.into_iter().chain(beside).collect();
        if let Some(day) = rules::full_day(&all, one.span(), known.zone) {
            found.push(Hint { day: Some(day), ..Hint::of(HintCode::FullDay) });
        }
    }
    let overlapping = wanted.iter().enumerate().filter(|(other, _)| *other != n).find(|(_, other)| in_each_others_way(one, other));
    if let Some((other, _)) = overlapping {
        found.push(Hint { session: Some(other + 1), ..Hint::of(HintCode::Overlaps) });
    }
    found.sort_by_key(|hint| hint.level);
    found
}

/// Whether two sessions of one event cannot both be: of one person, or in one space that neither shares.
fn in_each_others_way(one: &Wanted<'_>, other: &Wanted<'_>) -> bool {
    let meet = |(from, until): Span, (other_from, other_until): Span| from < other_until && other_from < until;
    let alone = one.session.places.is_none() || other.session.places.is_none();
    (one.plan.in_charge == other.plan.in_charge && meet(one.plan.under_way(), other.plan.under_way()))
        || (one.room.is_some() && one.room == other.room && alone && meet(one.plan.at_the_place(), other.plan.at_the_place()))
}

fn of_the_room(thought: &Thought<'_>, known: &Known, one: &Wanted<'_>, room: &Room, found: &mut Vec<Hint>) {
    let place = one.plan.at_the_place();
    if let Some(clash) = bookings::in_the_way(&room.held, place, one.session.places, room.places.unwrap_or(0)) {
        let code = if clash.left.is_some() { HintCode::PlacesShort } else { HintCode::VenueTaken };
        let (starts_at, ends_at) = (clash.by.map(|by| by.from), clash.by.map(|by| by.until));
        found.push(Hint { starts_at, ends_at, places_left: clash.left, ..Hint::of(code) });
    }
    if rules::too_small(room.seats, thought.expected) {
        found.push(Hint { seats: Some(room.seats), ..Hint::of(HintCode::TooSmall) });
    }
    if let Some(closure) = closed_on(&room.closures, place, known.zone) {
        found.push(Hint { day: Some(closure.from_day.max(place.0.day(known.zone))), reason: Some(closure.reason.clone()), ..Hint::of(HintCode::ClosedDay) });
    } else if outside_hours(&room.week, place, known.zone) {
        found.push(Hint::of(HintCode::OutsideHours));
    }
}

fn of_the_person(thought: &Thought<'_>, known: &Known, one: &Wanted<'_>, room: Option<&Room>, found: &mut Vec<Hint>) {
    let held = known.people.get(&one.plan.in_charge.0).map(Vec::as_slice).unwrap_or_default();
    if let Some(by) = bookings::in_the_way(held, one.plan.under_way(), None, 0).and_then(|clash| clash.by) {
        found.push(Hint { starts_at: Some(by.from), ends_at: Some(by.until), ..Hint::of(HintCode::PersonTaken) });
        return;
    }
    // Who said how long the way is has thought of it.
    let Some(division) = room.map(|room| room.division.as_str()).or(thought.division).filter(|_| one.plan.travel_minutes == 0) else { return };
    let theirs = known.others.iter().filter(|other| other.in_charge == one.plan.in_charge);
    let placed: Vec<(Span, String)> = theirs.filter_map(|other| Some((other.span, other.division.clone()?))).collect();
    if let Some(minutes) = rules::too_far(&placed, one.span(), division) {
        found.push(Hint { minutes: Some(minutes), ..Hint::of(HintCode::ShortGap) });
    }
}
