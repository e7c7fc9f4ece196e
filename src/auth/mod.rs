//! Signing up, in and out; sessions; budgets.
//!
//! An access token says person and session, no rights: grants, locks and the session are read with each request, so that
//! taking a right away works at once.

mod administration;
mod budgets;
pub mod http;
mod passwords;
mod rules;
mod sessions;
mod sign_in;
mod store;
mod tokens;

use chrono::Duration;

use crate::actor::{Act, Actor, By};
use crate::app::App;
use crate::clock::Moment;
use crate::db::Db;
use crate::error::{Error, Kind, Refusal, Result};
use crate::ids::{PersonId, SessionId};
use crate::wire::Caller;

pub use administration::{lock, reset_password, unlock};
pub use budgets::{DEFAULT_BUDGETS, is_closed, locked_out, look_up, may_still, right_try, spend, wrong_try};
pub use passwords::{hash_password, hash_password_now};
pub use rules::{CLOSED_MINUTES, TRIES, Weakness, weakness};
pub use sessions::{as_person, end_other_sessions, end_session, my_sessions};
pub use sign_in::{Client, Entering, SignedIn, change_password, login, logout, password_changed_file, refresh, register};
pub use store::Session;

/// The file in the data folder that holds the first administrator's one-time password until it is changed.
pub const FIRST_PASSWORD_FILE: &str = "first-password.txt";

/// Who acts: nobody without a bearer token; with one, the person and the grants in force now.
///
/// # Errors
/// 401 for a token, session or person that does not count any more; 403 `password_must_change`.
pub fn act(db: &mut Db, app: &App, caller: &Caller) -> Result<Act> {
    let act = act_even_with_one_time_password(db, app, caller)?;
    match act.actor() {
        Some(actor) if actor.must_change_password => Err(Refusal::new(
            Kind::Forbidden,
            "password_must_change",
            "You signed in with a one-time password. Choose one of your own first: POST /auth/password.",
        )
        .into()),
        _ => Ok(act),
    }
}

/// As [`act`], for the few routes that a one-time password opens.
///
/// # Errors
/// 401.
pub fn act_even_with_one_time_password(db: &mut Db, app: &App, caller: &Caller) -> Result<Act> {
    let now = app.clock.now();
    let by = match &caller.bearer {
        None => By::Visitor,
        Some(token) => {
            let (person, session) = tokens::read(&app.secrets, token, now)?;
            caller.note(person);
            By::Person(actor(db, app, person, session, now)?)
        }
    };
    Ok(Act { by, now, request_id: caller.request_id.clone() })
}

/// As [`act`], and somebody must be signed in.
///
/// # Errors
/// 401 `sign_in` for a visitor, else as [`act`].
pub fn signed_in(db: &mut Db, app: &App, caller: &Caller) -> Result<Act> {
    somebody(act(db, app, caller)?)
}

/// As [`act_even_with_one_time_password`], and somebody must be signed in.
///
/// # Errors
/// 401.
pub fn signed_in_even_with_one_time_password(db: &mut Db, app: &App, caller: &Caller) -> Result<Act> {
    somebody(act_even_with_one_time_password(db, app, caller)?)
}

fn somebody(act: Act) -> Result<Act> {
    match act.by {
        By::Person(_) => Ok(act),
        _ => Err(sign_in_first()),
    }
}

/// The refusal of what only somebody signed in does.
pub fn sign_in_first() -> Error {
    Refusal::new(Kind::Unauthenticated, "sign_in", "Sign in to do this.").into()
}

fn actor(db: &mut Db, app: &App, person: PersonId, session: SessionId, now: Moment) -> Result<Actor> {
    let (found, grants) = store::signed_in(db, person, session, now)?.ok_or_else(tokens::invalid)?;
    if found.ended_at.is_some() || found.locked_at.is_some() {
        return Err(session_over());
    }
    let actor = Actor {
        person,
        session: Some(session),
        name: found.name,
        county: found.county,
        grants,
        must_change_password: found.must_change_password,
        has_merged: found.merged,
    };
    if now.since(found.used_at) >= idle_limit(app, actor.is_staff()) {
        return Err(session_over());
    }
    Ok(actor)
}

fn idle_limit(app: &App, staff: bool) -> Duration {
    rules::idle_limit(staff, app.config.idle_minutes_staff, app.config.idle_days)
}

fn session_over() -> Error {
    Refusal::new(Kind::Unauthenticated, "session_over", "Your sign-in has ended. Sign in again.").into()
}

/// Forgets up to `most` buckets of attempts that no longer count, the oldest first; the worker calls it.
pub fn forget(db: &mut Db, now: Moment, most: i64) -> Result<usize> {
    store::forget_buckets(db, now.minus(Duration::days(2)), most)
}
