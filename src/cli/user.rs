//! `kepu user …`: people and grants from the machine itself, through the same deeds as everybody's, and journalled.

use std::fmt::Write;

use chrono::{NaiveDate, NaiveTime};
use clap::{Args, Subcommand};

use crate::actor::{Act, Role};
use crate::app::App;
use crate::clock::{COUNTY_ZONE, Moment};
use crate::db::Db;
use crate::error::{Error, Kind, Refusal, Result};
use crate::ids::OrganisationId;
use crate::people::{self, NewGrant, NewPerson, Person, Waiting};
use crate::server::sentence;
use crate::{auth, divisions, organisations, secrets};

#[derive(Debug, Subcommand)]
pub(super) enum User {
    /// Make a person; prints a one-time password, once
    Create {
        /// The person's name
        #[arg(long)]
        name: String,
        /// A mobile number to sign in with
        #[arg(long, required_unless_present = "user_name")]
        phone: Option<String>,
        /// A user name to sign in with
        #[arg(long)]
        user_name: Option<String>,
        /// The code of the division where they live or work, 12 digits
        #[arg(long)]
        division: Option<String>,
    },
    /// Give a person a role in an organisation
    Grant {
        #[command(flatten)]
        of: RoleOf,
        /// First day (2026-12-01) or moment; left out: now
        #[arg(long)]
        from: Option<String>,
        /// Last day or moment; left out: without end
        #[arg(long)]
        until: Option<String>,
    },
    /// End a grant; tells what waits on it
    Revoke {
        #[command(flatten)]
        of: RoleOf,
    },
    /// Give a person a one-time password and end their sessions
    ResetPassword {
        #[arg(long)]
        login: String,
    },
    /// End a lock, and forget failed sign-ins
    Unlock {
        #[arg(long)]
        login: String,
    },
}

#[derive(Debug, Clone, Args)]
pub(super) struct RoleOf {
    /// The phone number or user name they sign in with
    #[arg(long)]
    login: String,
    /// dispatcher, scheduler, officer, leader, volunteer, supervisor, auditor, `system_administrator`, `security_administrator`
    #[arg(long, value_parser = role)]
    role: Role,
    /// A name or the number of the organisation; none for the platform's own roles
    #[arg(long)]
    organisation: Option<String>,
}

fn role(word: &str) -> std::result::Result<Role, String> {
    let words: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
    Role::parse(word).ok_or_else(|| format!("choose one of {}", words.join(", ")))
}

/// Does what was asked; gives what to print.
pub(super) fn obey(app: &App, user: User) -> std::result::Result<String, String> {
    match user {
        User::Create { name, phone, user_name, division } => create(app, name, phone, user_name, division),
        User::Grant { of, from, until } => grant(app, of, from.as_deref(), until.as_deref()),
        User::Revoke { of } => revoke(app, of),
        User::ResetPassword { login } => reset_password(app, login),
        User::Unlock { login } => unlock(app, login),
    }
    .map_err(spoken)
}

/// A refusal as one sentence: that of its first fault, where it has one.
fn spoken(error: Error) -> String {
    match error {
        Error::Refused(refusal) => match refusal.faults.first() {
            Some(fault) => fault.detail.clone(),
            None => refusal.detail,
        },
        error => sentence(error),
    }
}

fn create(app: &App, name: String, phone: Option<String>, user_name: Option<String>, division_code: Option<String>) -> Result<String> {
    let (password, hash) = one_time_password(app)?;
    let act = Act::machine(app.clock.now());
    let new = NewPerson { name, phone, user_name, password_hash: hash, must_change_password: true, county: None, division_code };
    let person = app.pool.write_now(move |db| {
        let id = people::create(db, &act, new.clone())?;
        people::find(db, id)?.ok_or_else(|| Refusal::not_found().into())
    })?;
    let login = person.user_name.or(person.phone).unwrap_or_default();
    Ok(format!("{} was made and signs in as {login}.\nOne-time password, shown this once: {password}", person.name))
}

fn grant(app: &App, of: RoleOf, from: Option<&str>, until: Option<&str>) -> Result<String> {
    let now = app.clock.now();
    let from = from.map(|text| moment("--from", text, false)).transpose()?.unwrap_or(now);
    let until = until.map(|text| moment("--until", text, true)).transpose()?;
    let act = Act::machine(now);
    let role = of.role;
    let (name, at) = app.pool.write_now(move |db| {
        let person = find(db, &of.login)?;
        let organisation = organisation(db, &person, of.organisation.as_deref())?;
        people::grant(db, &act, NewGrant { person: person.id, role, organisation: organisation.as_ref().map(|found| found.0), from, until })?;
        Ok((person.name, organisation.map(|found| found.1)))
    })?;
    let verb = if from > now { "will be" } else { "is" };
    Ok(format!("{name} {verb} {role}{}.", placed(at)))
}

fn revoke(app: &App, of: RoleOf) -> Result<String> {
    let act = Act::machine(app.clock.now());
    let role = of.role;
    let (name, at, ended) = app.pool.write_now(move |db| {
        let person = find(db, &of.login)?;
        let organisation = organisation(db, &person, of.organisation.as_deref())?;
        let id = organisation.as_ref().map(|found| found.0);
        let known = people::known_one(db, person, act.now)?;
        let held = known.grants.iter().find(|listed| listed.grant.role == role && listed.grant.organisation == id);
        let refusal = || Refusal::new(Kind::NotFound, "no_such_grant", "The person does not hold this role there; look at --role and --organisation.");
        let ended = people::end_grant(db, &act, held.ok_or_else(refusal)?.grant.id)?;
        Ok((known.person.name, organisation.map(|found| found.1), ended))
    })?;
    let mut said = format!("{name} is no longer {role}{}.", placed(at.clone()));
    if at.is_some() {
        let _ = write!(said, " Others who hold it: {}.", ended.holders_left);
    }
    for Waiting { what, count } in ended.waiting {
        let _ = write!(said, " Waiting there: {count} {what}.");
    }
    Ok(said)
}

fn reset_password(app: &App, login: String) -> Result<String> {
    let (password, hash) = one_time_password(app)?;
    let act = Act::machine(app.clock.now());
    let name = app.pool.write_now(move |db| {
        let person = find(db, &login)?;
        auth::reset_password(db, &act, person.id, &hash)?;
        Ok(person.name)
    })?;
    Ok(format!("{name} has a new one-time password, and all sessions ended.\nOne-time password, shown this once: {password}"))
}

fn unlock(app: &App, login: String) -> Result<String> {
    let (inner, act) = (app.clone(), Act::machine(app.clock.now()));
    let name = app.pool.write_now(move |db| {
        let person = find(db, &login)?;
        auth::unlock(db, &inner, &act, person.id)?;
        Ok(person.name)
    })?;
    Ok(format!("{name} can sign in again."))
}

fn one_time_password(app: &App) -> Result<(String, String)> {
    let password = secrets::one_time_password();
    let hash = auth::hash_password_now(app.config.argon2_memory_kib, app.config.argon2_passes, &password)?;
    Ok((password, hash))
}

fn find(db: &mut Db, login: &str) -> Result<Person> {
    let found = people::find_by_login(db, login)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "no_such_person", "Nobody signs in with this login; make the person with `kepu user create`."))?)
}

/// The organisation of a number, or of a name in the person's county; where the person has none, in the first county.
fn organisation(db: &mut Db, person: &Person, named: Option<&str>) -> Result<Option<(OrganisationId, String)>> {
    let Some(named) = named else { return Ok(None) };
    let found = match named.parse() {
        Ok(id) => organisations::get(db, OrganisationId(id))?,
        Err(_) => {
            let county = divisions::county_or_first(db, person.county.as_deref())?;
            organisations::find_by_name(db, &county, named.trim())?
        }
    };
    let refusal = || Refusal::new(Kind::NotFound, "no_such_organisation", "No organisation has this name or number; `kepu seed` loads the county's.");
    let found = found.ok_or_else(refusal)?;
    Ok(Some((found.id, found.name)))
}

fn placed(organisation: Option<String>) -> String {
    organisation.map(|name| format!(" at {name}")).unwrap_or_default()
}

/// A moment as RFC 3339, or a day of the county's calendar: its beginning, or its end.
fn moment(option: &str, text: &str, end: bool) -> Result<Moment> {
    if let Some(moment) = Moment::parse(text) {
        return Ok(moment);
    }
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    let day = if end { day.and_then(|day| day.succ_opt()) } else { day };
    let day = day.ok_or_else(|| {
        Refusal::new(Kind::Malformed, "no_date", format!("{option} takes a day such as 2026-12-01, or a time such as 2026-12-01T09:00:00+08:00."))
    })?;
    Ok(Moment::local(COUNTY_ZONE, day, NaiveTime::MIN))
}
