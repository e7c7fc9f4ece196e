//! Persons, grants, consents, absence.
//!
//! The first start makes one person, `admin`, who is security administrator: they create everyone else. A system administrator
//! is another person, since audit, system and security administration are kept apart; the first one, while there is no second
//! security administrator to say yes, comes from the command line (`kepu user grant`).

mod consents;
mod grant_store;
mod grants;
pub mod rules;
mod store;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::actor::{Act, Actor, By, Role};
use crate::clock::{COUNTY_ZONE, Moment};
use crate::db::{Anchor, Db, lock};
use crate::error::{Error, Kind, Refusal, Result};
use crate::ids::{OrganisationId, PersonId};
use crate::journal::{self, Capacity, Subject};

pub use consents::{ConsentKind, ConsentSection, ConsentText, Consenter, current_consent, keep_consent, known_consent, put_consent_text};
pub(crate) use grant_store::grants_in_force;
pub use grant_store::{GrantListed, GrantRow, Held, NewGrant, Shown, seated};
pub use grants::{
    Ended, Waiting, confirm_grant, dispatching_centre, end_grant, ended, grant, grant_within_reach, has_present_holder, holders, in_force, is_staff,
    listed_grant, may_end_grant, reach_of, see_grants, when_a_grant_ends,
};
pub use rules::{Phone, masked_name, masked_phone};
pub use store::{Language, NewPerson, Person, TextMode};

/// The user name of the person whom the first start makes.
pub const FIRST_ADMINISTRATOR: &str = "admin";

/// A person as staff see them: with the division's name and the grants that are not over.
#[derive(Debug, Clone)]
pub struct Known {
    pub person: Person,
    pub division_name: Option<String>,
    pub grants: Vec<GrantListed>,
}

fn subject(person: PersonId, version: i64, county: Option<&str>) -> Subject<'_> {
    Subject { kind: "person", id: person.0, version: Some(version), county }
}

/// Makes a person. Whether the doer may is asked before: registering, [`may_enter`], the command line.
///
/// # Errors
/// 422 for a phone, user name, division or name that cannot be used; 409 `phone_registered` or `user_name_taken`.
pub fn create(db: &mut Db, act: &Act, new: NewPerson) -> Result<PersonId> {
    let mut new = new;
    new.name = new.name.trim().to_owned();
    if new.name.is_empty() || new.name.chars().count() > 40 || new.name.chars().any(char::is_control) {
        return Err(Refusal::fault("/name", "unusable", "Give a name of 1 to 40 characters.").into());
    }
    if let Some(typed) = &new.phone {
        new.phone = Some(Phone::parse(typed).ok_or_else(|| Refusal::fault("/phone", "no_mobile_number", "Give a mobile number of 11 digits."))?.into());
    }
    if let Some(typed) = &new.user_name {
        let name = rules::user_name(typed);
        new.user_name =
            Some(name.ok_or_else(|| {
                Refusal::fault("/user_name", "unusable", "Give 3 to 40 letters, digits, full stops, hyphens or underscores, a letter first.")
            })?);
    }
    if new.phone.is_none() && new.user_name.is_none() {
        return Err(Refusal::fault("/phone", "missing", "Give a phone number or a user name: one of them is needed to sign in.").into());
    }
    if let Some(code) = &new.division_code {
        let (county, _) = division(db, code, act.now)?;
        new.county = Some(county);
    }
    for (login, code, detail) in [
        (&new.phone, "phone_registered", "This phone number has an account. Sign in, or ask for a new password."),
        (&new.user_name, "user_name_taken", "Somebody has this user name. Choose another one."),
    ] {
        if let Some(login) = login
            && store::by_login(db, login)?.is_some()
        {
            return Err(Refusal::new(Kind::Conflict, code, detail).into());
        }
    }
    let id = store::insert(db, &new, act.now)?;
    journal::record(db, act, "create_person", subject(id, 1, new.county.as_deref()), Capacity::default(), &["name", "phone", "user_name", "division_code"])?;
    Ok(id)
}

/// The county of a division that is valid now.
///
/// # Errors
/// 422 where there is none of this code.
pub fn division(db: &mut Db, code: &str, now: Moment) -> Result<(String, String)> {
    let found = store::division(db, code, now.day(COUNTY_ZONE))?;
    found.ok_or_else(|| Refusal::fault("/division_code", "unknown", "Choose one of the divisions that GET /divisions lists.").into())
}

/// Keeps a consent that the person gave here.
pub fn consent(db: &mut Db, act: &Act, person: PersonId, text: &str, version: &str) -> Result<()> {
    store::insert_consent(db, act.now, Consenter::Person(person), text, version, "here")
}

/// Makes the first administrator where there is nobody at all: `admin`, security administrator, with a one-time password.
/// Says whether it did.
pub fn ensure_first_administrators(db: &mut Db, act: &Act, hash: &str) -> Result<bool> {
    if store::is_anyone(db)? {
        return Ok(false);
    }
    let new = NewPerson {
        name: "安全管理员".to_owned(),
        phone: None,
        user_name: Some(FIRST_ADMINISTRATOR.to_owned()),
        password_hash: hash.to_owned(),
        must_change_password: true,
        county: None,
        division_code: None,
    };
    let person = create(db, act, new)?;
    grant(db, act, NewGrant { person, role: Role::SecurityAdministrator, organisation: None, from: act.now, until: None })?;
    Ok(true)
}

/// The person who signs in with this phone number or user name, as typed.
pub fn find_by_login(db: &mut Db, login: &str) -> Result<Option<Person>> {
    store::by_login(db, &rules::login(login))
}

/// The person of this id.
pub fn find(db: &mut Db, id: PersonId) -> Result<Option<Person>> {
    store::find(db, id)
}

/// The person's name.
///
/// # Errors
/// 404 where there is no such person.
pub fn name(db: &mut Db, id: PersonId) -> Result<String> {
    Ok(store::find(db, id)?.ok_or_else(Refusal::not_found)?.name)
}

/// The names of several persons.
pub fn names(db: &mut Db, ids: &[PersonId]) -> Result<BTreeMap<PersonId, String>> {
    Ok(store::names(db, ids)?.into_iter().collect())
}

/// Whether the person is away now; somebody unknown is.
pub fn is_away(db: &mut Db, id: PersonId, now: Moment) -> Result<bool> {
    Ok(store::find(db, id)?.is_none_or(|person| person.is_away(now)))
}

/// From when to when these people said they are away, those who did; without an end until they are back.
pub fn away(db: &mut Db, ids: &[PersonId]) -> Result<Vec<(PersonId, Moment, Option<Moment>)>> {
    store::away(db, ids)
}

/// Says from when to when a person is away; nothing: they are back.
pub fn set_away(db: &mut Db, act: &Act, person: &Person, from: Option<Moment>, until: Option<Moment>) -> Result<()> {
    let version = store::set_away(db, person.id, from, until)?;
    journal::record(db, act, "set_away", subject(person.id, version, person.county.as_deref()), Capacity::default(), &["away_from", "away_until"])
}

/// Keeps how a person reads the interface.
pub fn set_preferences(db: &mut Db, act: &Act, person: &Person, text_mode: TextMode, language: Language) -> Result<()> {
    let version = store::set_preferences(db, person.id, text_mode, language)?;
    journal::record(db, act, "set_preferences", subject(person.id, version, person.county.as_deref()), Capacity::default(), &["text_mode", "language"])
}

/// Gives a person a new password's hash; whether it must be changed at the next sign-in.
pub fn set_password(db: &mut Db, act: &Act, person: &Person, hash: &str, one_time: bool) -> Result<()> {
    let version = store::set_password(db, person.id, hash, one_time)?;
    let verb = if one_time { "reset_password" } else { "change_password" };
    journal::record(db, act, verb, subject(person.id, version, person.county.as_deref()), Capacity::default(), &["password"])
}

/// Locks a person, or ends the lock.
pub fn set_lock(db: &mut Db, act: &Act, person: &Person, locked: bool) -> Result<()> {
    let version = store::set_lock(db, person.id, locked.then_some(act.now))?;
    let verb = if locked { "lock_person" } else { "unlock_person" };
    journal::record(db, act, verb, subject(person.id, version, person.county.as_deref()), Capacity::default(), &["locked_at"])
}

/// Locks the person's row and reads it.
///
/// # Errors
/// 404 where there is no such person.
pub fn locked_row(db: &mut Db, id: PersonId) -> Result<Person> {
    lock(db, Anchor::Person(id.0))?;
    store::find(db, id)?.ok_or_else(|| Refusal::not_found().into())
}

/// The doer as a signed-in person.
fn doer(act: &Act) -> Result<&Actor> {
    act.actor().ok_or_else(|| Refusal::new(Kind::Unauthenticated, "sign_in", "Sign in to do this.").into())
}

/// Whether the doer may make persons: whoever may name somebody. Gives the counties they may make them in; nothing: in any.
///
/// # Errors
/// 403 for everybody else.
pub fn may_enter(act: &Act) -> Result<Option<Vec<String>>> {
    if matches!(act.by, By::Machine) {
        return Ok(None);
    }
    let actor = doer(act)?;
    if !rules::may_name_anyone(actor) {
        return Err(Refusal::forbidden("Only those who may name others, and security administrators, keep people.").into());
    }
    Ok(counties(actor))
}

/// The counties that somebody names people in; nothing: all.
fn counties(actor: &Actor) -> Option<Vec<String>> {
    if actor.has(Role::SecurityAdministrator) {
        return None;
    }
    let mut counties: Vec<String> = actor.grants.iter().filter_map(|grant| grant.seat.as_ref()).map(|seat| seat.county.clone()).collect();
    counties.sort();
    counties.dedup();
    Some(counties)
}

/// Whether the doer may lock, unlock or give a new password to this person: a security administrator, never for themselves.
///
/// # Errors
/// 403 for everybody else.
pub fn may_administer(act: &Act, person: PersonId) -> Result<()> {
    if matches!(act.by, By::Machine) {
        return Ok(());
    }
    let actor = doer(act)?;
    if !actor.has(Role::SecurityAdministrator) {
        return Err(Refusal::forbidden("Only a security administrator may do this.").into());
    }
    if actor.person == person {
        return Err(Refusal::forbidden("Nobody does this to their own account. Ask another security administrator.").into());
    }
    Ok(())
}

/// A page of the people whom the doer may see, newest first: a security administrator everyone; others those who hold a grant
/// where they may name somebody, and of their county whoever they ask for by the whole phone number or user name.
///
/// # Errors
/// 403 for those who may name nobody.
pub fn see_people(db: &mut Db, act: &Act, q: Option<&str>, below: Option<i64>, most: i64) -> Result<Vec<Known>> {
    let counties = may_enter(act)?;
    let reach = reach_of(db, act)?;
    let within = match (&reach, &counties) {
        (Some(ids), Some(counties)) => store::Within::Organisations { ids, counties },
        _ => store::Within::Everyone,
    };
    let people = store::search(db, &within, q, below, most)?;
    known(db, people, act.now)
}

/// These people with their divisions' names and their grants.
pub fn known(db: &mut Db, people: Vec<Person>, now: Moment) -> Result<Vec<Known>> {
    let ids: Vec<PersonId> = people.iter().map(|person| person.id).collect();
    let grants = grant_store::open_of_many(db, &ids, now)?;
    let mut divisions: BTreeMap<String, Option<String>> = BTreeMap::new();
    for code in people.iter().filter_map(|person| person.division_code.clone()) {
        if let Entry::Vacant(place) = divisions.entry(code) {
            let name = store::division_name(db, place.key())?;
            place.insert(name);
        }
    }
    let of = |person: Person| Known {
        division_name: person.division_code.as_ref().and_then(|code| divisions.get(code).cloned().flatten()),
        grants: grants.iter().filter(|listed| listed.grant.person == person.id).cloned().collect(),
        person,
    };
    Ok(people.into_iter().map(of).collect())
}

/// One person with division and grants.
pub fn known_one(db: &mut Db, person: Person, now: Moment) -> Result<Known> {
    known(db, vec![person], now)?.pop().ok_or_else(|| Error::Broken("one person gave no row".to_owned()))
}

/// A person whom the doer may see: themselves, or as [`see_people`] without a search.
///
/// # Errors
/// 404 for everybody else.
pub fn within_reach(db: &mut Db, act: &Act, id: PersonId) -> Result<Person> {
    let person = store::find(db, id)?.ok_or_else(Refusal::not_found)?;
    let seen = act.person() == Some(id)
        || match reach_of(db, act)? {
            None => true,
            Some(reach) => is_held_in(db, id, &reach, act.now)?,
        };
    if seen { Ok(person) } else { Err(Refusal::not_found().into()) }
}

fn is_held_in(db: &mut Db, id: PersonId, reach: &[OrganisationId], now: Moment) -> Result<bool> {
    let open = grant_store::open_of(db, id, now)?;
    Ok(open.iter().any(|grant| grant.organisation.is_some_and(|organisation| reach.contains(&organisation))))
}
