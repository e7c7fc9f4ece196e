//! Grants: who is what, in which organisation, from and until.

use std::sync::OnceLock;

use super::grant_store::{self as store, GrantListed, GrantRow, NewGrant, Shown};
use super::rules::{self, Target};
use crate::actor::{Act, By, Grant, Role};
use crate::clock::Moment;
use crate::db::Db;
use crate::error::{Error, Kind, Refusal, Result};
use crate::ids::{GrantId, OrganisationId, PersonId};
use crate::journal::{self, Capacity, Subject};
use crate::organisations;

/// Something that waits on a grant that ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// One word: `orders`, `offers` …
    pub what: &'static str,
    pub count: i64,
}

/// What is left after a grant ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    pub grant: GrantId,
    /// How many others hold the same role in the same organisation now.
    pub holders_left: i64,
    /// What waits there, as far as the domains below were asked.
    pub waiting: Vec<Waiting>,
}

type Hook = fn(&mut Db, &Act, Role, Option<OrganisationId>) -> Result<Vec<Waiting>>;
static AFTER_END: OnceLock<Hook> = OnceLock::new();

/// Names what else happens, in the same transaction, when a grant has ended: the orders that wait there move up and are
/// counted. The first call of the process stands.
pub fn when_a_grant_ends(hook: Hook) {
    AFTER_END.get_or_init(|| hook);
}

fn conflict(code: &'static str, detail: &str) -> Error {
    Refusal::new(Kind::Conflict, code, detail).into()
}

fn record(db: &mut Db, act: &Act, verb: &str, grant: GrantId, target: Option<&Target>, fields: &[&str]) -> Result<()> {
    let capacity = Capacity { role: None, organisation: target.map(|target| target.seat.organisation) };
    let county = target.map(|target| target.seat.county.as_str());
    journal::record(db, act, verb, Subject { kind: "grant", id: grant.0, version: None, county }, capacity, fields)
}

fn may(act: &Act, person: PersonId, role: Role, target: Option<&Target>) -> Result<()> {
    let allowed = match &act.by {
        By::Machine => true,
        By::Person(actor) => rules::may_name(actor, person, role, target),
        By::Visitor | By::Token(_) | By::Complainant(_) | By::Worker => false,
    };
    if allowed {
        return Ok(());
    }
    let own = act.person() == Some(person);
    Err(Refusal::forbidden(if own {
        "Nobody gives, confirms or ends a grant of their own. Ask somebody else who may."
    } else {
        "You may not give or end this role in this organisation. Ask a security administrator."
    })
    .into())
}

/// Gives a person a role in an organisation. The command line may do everything; a security administrator everything but
/// for themselves, and auditors and administrators only with a second one's yes; others as design, section 3 says.
///
/// # Errors
/// 422 for a role that such an organisation does not have, one that is closed, a person who is not there or times that end before they begin;
/// 403; 409 `already_granted`, or `grants_exclude` where audit or administration would meet another grant.
pub fn grant(db: &mut Db, act: &Act, new: NewGrant) -> Result<GrantId> {
    let target = match new.organisation {
        Some(id) => Some(store::target(db, id)?.ok_or_else(|| Refusal::fault("/organisation_id", "unknown", "There is no such organisation."))?),
        None => None,
    };
    may(act, new.person, new.role, target.as_ref())?;
    if !rules::fits(new.role, target.as_ref()) {
        return Err(Refusal::fault("/role", "does_not_fit", "This role does not exist in such an organisation; platform roles take none.").into());
    }
    if new.until.is_some_and(|until| until <= new.from || until <= act.now) {
        return Err(Refusal::fault("/until", "ends_before_it_starts", "Choose an end after the beginning and after now.").into());
    }
    let person = match super::locked_row(db, new.person) {
        Err(error) if error.is("not_found") => return Err(Refusal::fault("/person_id", "unknown", "There is no such person.").into()),
        person => person?,
    };
    if let Some(id) = new.organisation
        && organisations::held_open(db, id)?.is_none()
    {
        return Err(Refusal::fault("/organisation_id", "closed", "This organisation is closed. Choose another, or open it again first.").into());
    }
    if person.locked_at.is_some() {
        return Err(conflict("person_locked", "This person is locked. Unlock them before you grant anything."));
    }
    let open = store::open_of(db, new.person, act.now)?;
    if open.iter().any(|grant| grant.role == new.role && grant.organisation == new.organisation) {
        return Err(conflict("already_granted", "The person has this grant, or it waits for a second yes."));
    }
    if !open.is_empty() && (rules::stands_alone(new.role) || open.iter().any(|grant| rules::stands_alone(grant.role))) {
        return Err(conflict("grants_exclude", "An auditor or administrator holds no other grant. End the other one first, or choose another person."));
    }
    let needs_second = rules::needs_second(new.role) && !matches!(act.by, By::Machine);
    let id = store::insert(db, &new, act.person(), needs_second)?;
    record(db, act, "grant", id, target.as_ref(), &["person_id", "role", "organisation_id", "from", "until"])?;
    Ok(id)
}

/// The second security administrator's yes to a grant of administrator or auditor.
///
/// # Errors
/// 403 for the one who gave it and the one who gets it; 409 where nothing waits.
pub fn confirm_grant(db: &mut Db, act: &Act, id: GrantId) -> Result<()> {
    let found = store::find(db, id)?.ok_or_else(Refusal::not_found)?;
    super::locked_row(db, found.person)?;
    let row = store::find(db, id)?.ok_or_else(Refusal::not_found)?;
    if !matches!(act.by, By::Machine) {
        super::may_administer(act, row.person)?;
        if act.person() == row.granted_by {
            return Err(Refusal::forbidden("The second yes comes from another security administrator than the first.").into());
        }
    }
    if !row.waits() || row.is_over(act.now) {
        return Err(conflict("nothing_waits", "This grant waits for no second yes."));
    }
    store::confirm(db, id, act.person(), act.now)?;
    let target = target_of(db, &row)?;
    record(db, act, "confirm_grant", id, target.as_ref(), &["second_by"])
}

/// Whether the doer may end this grant: whoever may give it.
///
/// # Errors
/// 403 for everybody else.
pub fn may_end_grant(db: &mut Db, act: &Act, row: &GrantRow) -> Result<()> {
    let target = target_of(db, row)?;
    may(act, row.person, row.role, target.as_ref())
}

/// Ends a grant at once, and says what waits on it. Whoever may give it may end it.
///
/// # Errors
/// 404, 403; 409 where it is over.
pub fn end_grant(db: &mut Db, act: &Act, id: GrantId) -> Result<Ended> {
    let found = store::find(db, id)?.ok_or_else(Refusal::not_found)?;
    super::locked_row(db, found.person)?;
    let row = store::find(db, id)?.ok_or_else(Refusal::not_found)?;
    let target = target_of(db, &row)?;
    may(act, row.person, row.role, target.as_ref())?;
    if row.is_over(act.now) {
        return Err(conflict("grant_over", "This grant is over."));
    }
    store::end(db, id, act.person(), act.now)?;
    record(db, act, "end_grant", id, target.as_ref(), &["until"])?;
    let waiting = match AFTER_END.get() {
        Some(hook) => hook(db, act, row.role, row.organisation)?,
        None => Vec::new(),
    };
    Ok(Ended { waiting, ..ended(db, id, act.now)? })
}

/// What a grant that is over left: who still holds the role there.
///
/// # Errors
/// 404 where there is no such grant.
pub fn ended(db: &mut Db, id: GrantId, now: Moment) -> Result<Ended> {
    let row = store::find(db, id)?.ok_or_else(Refusal::not_found)?;
    let holders_left = match row.organisation {
        Some(organisation) => i64::try_from(store::holders(db, row.role, organisation, now)?.len()).unwrap_or(i64::MAX),
        None => 0,
    };
    Ok(Ended { grant: id, holders_left, waiting: Vec::new() })
}

fn target_of(db: &mut Db, row: &GrantRow) -> Result<Option<Target>> {
    match row.organisation {
        Some(organisation) => store::target(db, organisation),
        None => Ok(None),
    }
}

/// The grants in force of a person, with their seats.
pub fn in_force(db: &mut Db, person: PersonId, now: Moment) -> Result<Vec<Grant>> {
    store::in_force(db, person, now)
}

/// Everyone who holds a role in an organisation now and is not locked.
pub fn holders(db: &mut Db, role: Role, organisation: OrganisationId, now: Moment) -> Result<Vec<PersonId>> {
    store::holders(db, role, organisation, now)
}

/// Whether anyone holds a role in an organisation who is neither away nor locked.
pub fn has_present_holder(db: &mut Db, role: Role, organisation: OrganisationId, now: Moment) -> Result<bool> {
    store::has_present_holder(db, role, organisation, now)
}

/// The nearest centre going up from a place that has a dispatcher who is neither away nor locked. The county's centre serves the state
/// farm while the farm has no dispatcher of its own.
pub fn dispatching_centre(db: &mut Db, path: &str, now: Moment) -> Result<Option<OrganisationId>> {
    for centre in organisations::centres_up(db, path)? {
        if has_present_holder(db, Role::Dispatcher, centre.id, now)? {
            return Ok(Some(centre.id));
        }
    }
    Ok(None)
}

/// Whether the person works for anyone: any grant in force but a volunteer's.
pub fn is_staff(db: &mut Db, person: PersonId, now: Moment) -> Result<bool> {
    store::is_staff(db, person, now)
}

/// The organisations whose people the doer keeps: where they may name somebody, and their own; nothing: all.
pub fn reach_of(db: &mut Db, act: &Act) -> Result<Option<Vec<OrganisationId>>> {
    let actor = match &act.by {
        By::Machine => return Ok(None),
        By::Person(actor) if actor.has(Role::SecurityAdministrator) => return Ok(None),
        By::Person(actor) => actor,
        By::Visitor | By::Token(_) | By::Complainant(_) | By::Worker => return Ok(Some(Vec::new())),
    };
    let own = |role| actor.seats(role).map(|seat| seat.organisation).collect::<Vec<_>>();
    let mut ids = own(Role::Officer);
    ids.extend(own(Role::Leader));
    ids.extend(own(Role::Dispatcher));
    let counties: Vec<String> = actor.seats(Role::Dispatcher).map(|seat| seat.county.clone()).collect();
    let mut reach = Vec::new();
    for target in store::targets(db, &ids, &own(Role::Officer), &counties)? {
        let below = actor.seats(Role::Dispatcher).any(|seat| rules::is_below(seat, &target.seat));
        let hosted = target.host.is_some_and(|host| actor.is(Role::Officer, host));
        if ids.contains(&target.seat.organisation) || below || hosted {
            reach.push(target.seat.organisation);
        }
    }
    Ok(Some(reach))
}

/// A page of the grants that the doer keeps, newest first.
///
/// # Errors
/// 403 for those who may name nobody; 404 for an organisation out of reach.
pub fn see_grants(db: &mut Db, act: &Act, organisation: Option<OrganisationId>, shown: Shown) -> Result<Vec<GrantListed>> {
    super::may_enter(act)?;
    let reach = reach_of(db, act)?;
    let organisations = match (organisation, reach) {
        (Some(id), Some(reach)) if !reach.contains(&id) => return Err(Refusal::not_found().into()),
        (Some(id), _) => Some(vec![id]),
        (None, reach) => reach,
    };
    store::list(db, &Shown { organisations, ..shown }, act.now)
}

/// A grant that the doer keeps.
///
/// # Errors
/// 404 for any other.
pub fn grant_within_reach(db: &mut Db, act: &Act, id: GrantId) -> Result<GrantRow> {
    let row = store::find(db, id)?.ok_or_else(Refusal::not_found)?;
    let seen = match reach_of(db, act)? {
        None => true,
        Some(reach) => row.organisation.is_some_and(|organisation| reach.contains(&organisation)),
    };
    if seen { Ok(row) } else { Err(Refusal::not_found().into()) }
}

/// A grant with its names.
///
/// # Errors
/// 404 where there is none.
pub fn listed_grant(db: &mut Db, id: GrantId, now: Moment) -> Result<GrantListed> {
    let row = store::find(db, id)?.ok_or_else(Refusal::not_found)?;
    let shown = Shown { person: Some(row.person), ended: true, below: Some(id.0.saturating_add(1)), most: 1, ..Shown::default() };
    store::list(db, &shown, now)?.pop().ok_or_else(|| Refusal::not_found().into())
}
