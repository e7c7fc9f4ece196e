//! What security administrators and the command line do to an account. Who may is asked by `people::may_administer`.

use super::{budgets, store};
use crate::actor::Act;
use crate::app::App;
use crate::db::Db;
use crate::error::{Kind, Refusal, Result};
use crate::ids::PersonId;
use crate::people;

/// Locks an account and ends its sessions.
///
/// # Errors
/// 403; 404; 409 where it is locked.
pub fn lock(db: &mut Db, act: &Act, person: PersonId) -> Result<()> {
    people::may_administer(act, person)?;
    let person = people::locked_row(db, person)?;
    if person.locked_at.is_some() {
        return Err(Refusal::new(Kind::Conflict, "person_locked", "The account is locked already.").into());
    }
    people::set_lock(db, act, &person, true)?;
    store::end_sessions(db, person.id, None, "locked", act.now)?;
    Ok(())
}

/// Ends an account's lock, and forgets the failed sign-ins that closed it.
///
/// # Errors
/// 403; 404.
pub fn unlock(db: &mut Db, app: &App, act: &Act, person: PersonId) -> Result<()> {
    people::may_administer(act, person)?;
    let person = people::locked_row(db, person)?;
    for login in [&person.phone, &person.user_name].into_iter().flatten() {
        budgets::right_try(db, app, "login", "login", login)?;
    }
    budgets::right_try(db, app, "password", "person", &person.id.to_string())?;
    people::set_lock(db, act, &person, false)
}

/// Gives an account a one-time password, by its hash, and ends its sessions.
///
/// # Errors
/// 403; 404.
pub fn reset_password(db: &mut Db, act: &Act, person: PersonId, hash: &str) -> Result<()> {
    people::may_administer(act, person)?;
    let person = people::locked_row(db, person)?;
    people::set_password(db, act, &person, hash, true)?;
    store::end_sessions(db, person.id, None, "password_reset", act.now)?;
    Ok(())
}
