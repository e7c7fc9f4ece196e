//! Keeping equipment: entered, changed, closed and opened again by the people of its home.

use super::needs::{EquipmentChange, EquipmentFacts};
use super::{Equipment, change_store, loan_store, reach, store};
use crate::actor::Act;
use crate::app::App;
use crate::auth;
use crate::db::{Anchor, Db, lock};
use crate::divisions;
use crate::error::{Kind, Refusal, Result};
use crate::idempotency;
use crate::ids::{EquipmentId, OrganisationId};
use crate::journal::{self, Subject};
use crate::organisations::{self, advanced, place};
use crate::wire::{Body, Change, Faults, Nothing};

/// Enters a piece of equipment.
///
/// # Errors
/// 401; 403; 422 with all that cannot be used.
pub fn create(db: &mut Db, app: &App, change: &Change<EquipmentFacts>) -> Result<Equipment> {
    let act = auth::signed_in(db, app, &change.caller)?;
    reach::may_keep(&act)?;
    let body = change.body()?;
    let capacity = reach::may_keep_of(&act, body.organisation_id)?;
    change.required_key()?;
    let scope = idempotency::scope(&act, "");
    let id = match idempotency::replay(db, &scope, "create_equipment", change)? {
        Some(made) => EquipmentId(made),
        None => {
            let county = place(db, &act, &body.division_code)?.county;
            judge(db, &county, None, body.organisation_id, body.name.trim())?;
            let id = change_store::insert(db, &county, body)?;
            let fields = ["organisation_id", "name", "kind", "division_code", "needs_power", "floor_space", "notes"];
            journal::record(db, &act, "create_equipment", subject(id, 1, &county), capacity, &fields)?;
            idempotency::remember(db, act.now, &scope, "create_equipment", change, id.0)?;
            id
        }
    };
    found(db, id)
}

/// Does something with a piece of equipment once: in the one order of the API, 401, 404, 403, 428, the body, a repeat, 409, 412.
fn perform<B: Body>(
    db: &mut Db,
    app: &App,
    change: &Change<B>,
    id: EquipmentId,
    verb: &'static str,
    can: impl FnOnce(&mut Db, &Act, &Equipment) -> Result<()>,
    deed: impl FnOnce(&mut Db, &Act, &Equipment, &B) -> Result<Option<(Equipment, Vec<&'static str>)>>,
) -> Result<Equipment> {
    let act = auth::signed_in(db, app, &change.caller)?;
    lock(db, Anchor::Equipment(id.0))?;
    let old = found(db, id)?;
    let capacity = reach::may_keep_of(&act, old.organisation_id)?;
    let seen = change.seen()?;
    let body = change.body()?;
    idempotency::once(db, &act, change, verb, id.0, |db| {
        can(db, &act, &old)?;
        seen.matches(old.version)?;
        let Some((new, fields)) = deed(db, &act, &old, body)? else { return Ok(()) };
        advanced(change_store::set(db, &new)?)?;
        journal::record(db, &act, verb, subject(id, old.version + 1, &old.county), capacity, &fields)
    })?;
    found(db, id)
}

/// Changes a piece of equipment; it can be given to another home by who keeps both.
///
/// # Errors
/// 401; 404; 403; 412; 422 with all that cannot be used.
pub fn change(db: &mut Db, app: &App, change: &Change<EquipmentChange>, id: EquipmentId) -> Result<Equipment> {
    let any = |_: &mut Db, _: &Act, _: &Equipment| -> Result<()> { Ok(()) };
    perform(db, app, change, id, "change_equipment", any, |db, act, old, body| {
        let EquipmentChange { organisation_id, name, kind, division_code, needs_power, floor_space, notes } = body.clone();
        if let Some(home) = organisation_id {
            reach::may_keep_of(act, home)?;
        }
        let new = Equipment {
            organisation_id: organisation_id.unwrap_or(old.organisation_id),
            name: name.map_or_else(|| old.name.clone(), |name| name.trim().to_owned()),
            kind: kind.unwrap_or(old.kind),
            division_code: division_code.unwrap_or_else(|| old.division_code.clone()),
            needs_power: needs_power.unwrap_or(old.needs_power),
            floor_space: floor_space.unwrap_or(old.floor_space),
            notes: notes.map_or_else(|| old.notes.clone(), |notes| notes.trim().to_owned()),
            ..old.clone()
        };
        let fields = divisions::changed!(old, new; organisation_id, name, kind, division_code, needs_power, floor_space, notes);
        if fields.is_empty() {
            return Ok(None);
        }
        if old.division_code != new.division_code && place(db, act, &new.division_code)?.county != old.county {
            return Err(Refusal::fault("/division_code", "unknown", "Choose a division of the same county.").into());
        }
        judge(db, &old.county, Some(id), new.organisation_id, &new.name)?;
        Ok(Some((new, fields)))
    })
}

/// Closes a piece of equipment that nobody waits for and nobody has: it cannot be wished for any more.
///
/// # Errors
/// 401; 404; 403; 409 `closed_already`, `still_lent`; 412.
pub fn close(db: &mut Db, app: &App, change: &Change<Nothing>, id: EquipmentId) -> Result<Equipment> {
    let can = |db: &mut Db, act: &Act, old: &Equipment| -> Result<()> {
        if !old.active {
            return Err(Refusal::new(Kind::Conflict, "closed_already", "It is closed already.").into());
        }
        let loans = loan_store::open(db, id)?;
        let sessions = loan_store::taken_by_sessions(db, id, act.now)?;
        if loans + sessions > 0 {
            let words = "Somebody has it, waits for it or plans with it. Answer, take it back or free it first.";
            return Err(Refusal::new(Kind::Conflict, "still_lent", words).with("loans", loans).with("sessions", sessions).into());
        }
        Ok(())
    };
    perform(db, app, change, id, "close_equipment", can, |_, _, old, _| Ok(Some((Equipment { active: false, ..old.clone() }, vec!["active"]))))
}

/// Opens closed equipment again.
///
/// # Errors
/// 401; 404; 403; 409 `not_closed`; 412.
pub fn reopen(db: &mut Db, app: &App, change: &Change<Nothing>, id: EquipmentId) -> Result<Equipment> {
    let can = |_: &mut Db, _: &Act, old: &Equipment| -> Result<()> {
        if old.active {
            return Err(Refusal::new(Kind::Conflict, "not_closed", "It is open.").into());
        }
        Ok(())
    };
    perform(db, app, change, id, "reopen_equipment", can, |db, _, old, _| {
        judge(db, &old.county, Some(id), old.organisation_id, &old.name)?;
        Ok(Some((Equipment { active: true, ..old.clone() }, vec!["active"])))
    })
}

pub(super) fn found(db: &mut Db, id: EquipmentId) -> Result<Equipment> {
    store::equipment(db, id)?.ok_or_else(|| Refusal::not_found().into())
}

fn judge(db: &mut Db, county: &str, own: Option<EquipmentId>, home: OrganisationId, name: &str) -> Result<()> {
    let mut faults = Faults::default();
    if organisations::held_open(db, home)?.is_none_or(|home| home.county != county) {
        faults.add("/organisation_id", "unknown", "Choose an organisation of the county.");
    }
    if store::named(db, county, name)?.is_some_and(|found| Some(found) != own) {
        faults.add("/name", "taken", "There is one of this name, maybe a closed one.");
    }
    Ok(faults.into_result()?)
}

fn subject(id: EquipmentId, version: i64, county: &str) -> Subject<'_> {
    Subject { kind: "equipment", id: id.0, version: Some(version), county: Some(county) }
}
