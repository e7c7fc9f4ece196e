//! Changing one's own password.

use crate::app::App;
use crate::auth::passwords::{hash_in_turn, is_right, turn};
use crate::auth::{FIRST_PASSWORD_FILE, budgets, rules, session_over, signed_in_even_with_one_time_password, store};
use crate::clock::Moment;
use crate::db::Db;
use crate::error::{Kind, Refusal, Result};
use crate::ids::PersonId;
use crate::people;
use crate::wire::Caller;

/// Changes one's own password; the other sessions end.
///
/// # Errors
/// 401; 422 for a wrong old or a weak new password; 429 after five wrong ones.
pub async fn change_password(app: &App, caller: &Caller, old: &str, new: &str) -> Result<()> {
    let now = app.clock.now();
    let (inner, asking) = (app.clone(), caller.clone());
    let ask = move |db: &mut Db| {
        let act = signed_in_even_with_one_time_password(db, &inner, &asking)?;
        let id = act.person().ok_or_else(session_over)?;
        must_be_open(db, &inner, id, now)?;
        people::find(db, id)?.ok_or_else(session_over)
    };
    let person = app.pool.read(ask).await?;
    let logins: Vec<&str> = [&person.phone, &person.user_name].into_iter().flatten().map(String::as_str).collect();
    if let Some(weakness) = rules::weakness(new, &logins) {
        return Err(Refusal::fault("/new", weakness.code(), weakness.detail()).into());
    }
    if old == new {
        return Err(Refusal::fault("/new", "unchanged", "Choose another password than the old one.").into());
    }
    let turn = turn(app).await?;
    // Again, now that it is this one's turn: many guesses at once would all have found it open.
    let (inner, id) = (app.clone(), person.id);
    app.pool.read(move |db| must_be_open(db, &inner, id, now)).await?;
    if !is_right(app, old, Some(&person.password_hash), &turn).await? {
        let inner = app.clone();
        let failed = move |db: &mut Db| {
            // Another guess of the same instant may have closed it: then this one is told no more than that.
            must_be_open(db, &inner, id, now)?;
            budgets::wrong_try(db, &inner, "password", "person", &id.to_string(), now)
        };
        app.pool.write(failed).await?;
        return Err(Refusal::fault("/old", "wrong", "This is not your present password.").into());
    }
    let hash = hash_in_turn(app, new, &turn).await?;
    drop(turn);
    let is_first = person.user_name.as_deref() == Some(people::FIRST_ADMINISTRATOR);
    let (inner, caller) = (app.clone(), caller.clone());
    let deed = move |db: &mut Db| {
        let act = signed_in_even_with_one_time_password(db, &inner, &caller)?;
        let current = people::locked_row(db, person.id)?;
        if current.password_hash != person.password_hash {
            return Err(Refusal::new(Kind::Conflict, "password_changed", "Your password was changed meanwhile. Sign in with the new one.").into());
        }
        people::set_password(db, &act, &current, &hash, false)?;
        budgets::right_try(db, &inner, "password", "person", &person.id.to_string())?;
        store::end_sessions(db, person.id, act.actor().and_then(|actor| actor.session), "password_changed", now)?;
        Ok(())
    };
    app.pool.write(deed).await?;
    if is_first {
        password_changed_file(app).await;
    }
    Ok(())
}

fn must_be_open(db: &mut Db, app: &App, person: PersonId, now: Moment) -> Result<()> {
    budgets::is_closed(db, app, "password", "person", &person.to_string(), now)?.map_or(Ok(()), |seconds| Err(budgets::locked_out(seconds)))
}

/// Removes the file with the first administrator's one-time password, which counts no more.
pub async fn password_changed_file(app: &App) {
    let file = app.config.data_dir.join(FIRST_PASSWORD_FILE);
    match tokio::fs::remove_file(&file).await {
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => tracing::warn!(%error, "the file with the first password could not be removed; remove it by hand"),
    }
}
