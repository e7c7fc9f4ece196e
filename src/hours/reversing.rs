//! What was credited in error is taken back by a row of its own. The person's time is free again in the same transaction, so that the
//! corrected record fits.

use super::reach;
use super::store::{self, NewRecord, Row};
use super::{RecordKind, Session, Span, record};
use crate::actor::{Act, Actor, Role};
use crate::auth;
use crate::db::{self, Anchor, Db};
use crate::error::{Kind, Refusal, Result};
use crate::ids::{PersonId, RecordId};
use crate::journal::{self, Capacity, Subject};

/// In which role somebody may take a record back: for the department that answered for the order, for a centre in whose area it took place,
/// for the county. Never for the team by itself.
fn reverses_as(actor: &Actor, row: &Row) -> Option<Capacity> {
    let as_officer = row.department.and_then(|department| actor.seats(Role::Officer).find(|seat| seat.organisation == department));
    let as_dispatcher = actor.seats(Role::Dispatcher).find(|seat| seat.county == row.county && row.place_path.starts_with(&seat.path));
    let as_supervisor = actor.seats(Role::Supervisor).find(|seat| seat.county == row.county);
    [(Role::Officer, as_officer), (Role::Dispatcher, as_dispatcher), (Role::Supervisor, as_supervisor)]
        .into_iter()
        .find_map(|(role, seat)| seat.map(|seat| Capacity { role: Some(role), organisation: Some(seat.organisation) }))
}

/// A record that somebody may know of, and as what they would take it back.
///
/// # Errors
/// 401; 404; 403 for who may see it but not do this, and `own_hours` for whose it is.
pub fn reversible(db: &mut Db, act: &Act, id: RecordId) -> Result<(Row, Capacity)> {
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    let row = store::rows(db, &[id])?.pop().ok_or_else(Refusal::not_found)?;
    let whose = store::whose(db, &[id])?.remove(&id).map(|(person, _)| person);
    let capacity = reverses_as(actor, &row);
    if whose == Some(actor.person) {
        return Err(Refusal::new(Kind::Forbidden, "own_hours", "This record is your own: ask for a correction instead.").into());
    }
    match capacity {
        Some(capacity) => Ok((row, capacity)),
        None if reach::reads(actor, &row) => {
            Err(Refusal::forbidden("Records are taken back by the department that answered for it, by a centre's dispatcher, or by the county.").into())
        }
        None => Err(Refusal::not_found().into()),
    }
}

/// Takes a record back, with the reason.
///
/// # Errors
/// 409 `not_a_credit`, `reversed_already`.
pub fn reverse(db: &mut Db, act: &Act, row: &Row, capacity: Capacity, reason: &str) -> Result<RecordId> {
    let by = act.person().ok_or_else(auth::sign_in_first)?;
    if row.kind != RecordKind::Credit {
        return Err(Refusal::new(Kind::Conflict, "not_a_credit", "This row takes a record back already; it cannot be taken back itself.").into());
    }
    let whose = store::whose(db, &[row.id])?.remove(&row.id);
    if let Some((person, _)) = whose {
        db::lock(db, Anchor::Person(person.0))?;
    }
    if let Some(other) = store::reversal_of(db, row.id)? {
        return Err(Refusal::new(Kind::Conflict, "reversed_already", "This record was taken back before.").with("reversed_by", other).into());
    }
    let id = write(db, act, row, by, reason, whose)?;
    let subject = Subject { kind: "service_record", id: row.id.0, version: None, county: Some(&row.county) };
    journal::record(db, act, "reverse_record", subject, capacity, &["reversal", "reason"])?;
    record(db, act, "enter_reversal", &row.county, id, &["minutes"])?;
    Ok(id)
}

fn write(db: &mut Db, act: &Act, row: &Row, by: PersonId, reason: &str, whose: Option<(PersonId, String)>) -> Result<RecordId> {
    let session = Session {
        county: row.county.clone(),
        event: row.event,
        session: row.session,
        order: row.order,
        plan_item: row.plan_item,
        team: row.team,
        department: row.department,
        place_path: row.place_path.clone(),
        title: row.title.clone(),
        place: row.place.clone(),
        content: row.content.clone(),
        unit: row.unit.clone(),
        in_charge: row.in_charge,
        planned: Span { from: row.from, until: row.until },
        class: row.class,
        late: row.late,
        filed_by: by,
        confirmed_by: by,
    };
    let new = NewRecord {
        session: &session,
        kind: RecordKind::Reversal,
        reverses: Some(row.id),
        source: (row.source_kind, row.source),
        township: row.township.clone(),
        // In the year of the event, whenever it is taken back.
        held_on: row.held_on,
        year: row.year,
        span: session.planned,
        minutes: -row.minutes,
        reason: Some(reason),
        commitment: row.commitment.clone(),
    };
    let id = store::insert(db, act.now, &new)?;
    if let Some((person, salt)) = whose {
        store::insert_person(db, id, person, &salt)?;
    }
    store::remove_presence(db, row.id)?;
    store::settle_proposal(db, row.id)?;
    Ok(id)
}
