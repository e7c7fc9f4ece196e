//! People for every role, orders, complaints, events and loans in every state: a county at work, for whoever wants to look around.
//!
//! Everything is made through the deeds, with the clock held at the days on which it happened, so that histories, journal and
//! deadlines are those of the product itself.

mod complaints;
mod lent;
mod people;
mod planned;
mod stories;
mod story;
mod telling;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::Duration;

pub use people::{ACCOUNTS, Account, PASSWORD};

use crate::actor::Act;
use crate::app::App;
use crate::auth;
use crate::clock::Moment;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::ids::{OrganisationId, PersonId};
use crate::organisations;
use crate::people::{NewGrant, NewPerson, consent, create, find_by_login, grant};
use people::COUNTY;
use telling::Telling;

/// The notice's version that everybody consented to.
const NOTICE_VERSION: &str = "2026-01";
/// For so long the people have had their accounts: longer than the oldest story.
const DAYS: i64 = 90;

/// Fills a demo's database, whole or not at all; one that was filled stays as it is.
///
/// # Errors
/// Where the county's data files do not have what the stories name.
pub fn load(app: &App) -> Result<()> {
    let first = ACCOUNTS.first().map(|account| account.login).unwrap_or_default();
    if app.pool.read_now(|db| find_by_login(db, first))?.is_some() {
        return Ok(());
    }
    let hash = auth::hash_password_now(app.config.argon2_memory_kib, app.config.argon2_passes, PASSWORD)?;
    let (pool, app) = (app.pool.clone(), app.clone());
    pool.write_now(move |db| {
        let then = app.clock.now().minus(Duration::days(DAYS));
        let people = enter(db, then, &hash)?;
        Telling::new(db, &app, COUNTY, people)?.tell(stories::ALL, complaints::ALL, planned::ALL, lent::ALL)
    })
}

fn enter(db: &mut Db, then: Moment, hash: &str) -> Result<HashMap<&'static str, PersonId>> {
    let act = Act::machine(then);
    let mut people = HashMap::new();
    for account in ACCOUNTS {
        let Account { login, name, role, organisation: at, division } = *account;
        let resident = role.is_none();
        let new = NewPerson {
            name: name.to_owned(),
            phone: resident.then(|| login.to_owned()),
            user_name: (!resident).then(|| login.to_owned()),
            password_hash: hash.to_owned(),
            must_change_password: false,
            county: None,
            division_code: division.map(str::to_owned),
        };
        let person = create(db, &act, new)?;
        consent(db, &act, person, "notice", NOTICE_VERSION)?;
        if let Some(role) = role {
            let at = at.map(|name| organisation(db, COUNTY, name)).transpose()?;
            grant(db, &act, NewGrant { person, role, organisation: at, from: then, until: None })?;
        }
        people.insert(login, person);
    }
    Ok(people)
}

fn organisation(db: &mut Db, county: &str, name: &str) -> Result<OrganisationId> {
    let found = organisations::find_by_name(db, county, name)?;
    Ok(found.ok_or_else(|| Error::Broken(format!("the county has no {name}")))?.id)
}
