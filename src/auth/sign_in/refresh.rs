//! The next tokens, and signing out.

use super::{Client, SignedIn, give};
use crate::actor::{Act, By};
use crate::app::App;
use crate::auth::rules::{self, Rotation};
use crate::auth::{act_even_with_one_time_password, idle_limit, session_over, store};
use crate::clock::Moment;
use crate::db::Db;
use crate::error::{Kind, Refusal, Result};
use crate::journal::{self, Capacity, Subject};
use crate::people;
use crate::secrets::Purpose;
use crate::wire::Caller;

enum Refreshed {
    Next(Box<SignedIn>),
    /// The session ended now, or before: an old token was shown, it idled, the person is locked.
    Over(&'static str),
}

/// Gives the next tokens for a refresh token, which is replaced. An old one that is shown later than 30 seconds after, or after
/// its successor was used, ends the session: somebody has a copy.
///
/// # Errors
/// 401 `session_over` or `token_reused`.
pub async fn refresh(app: &App, caller: &Caller, token: Option<String>) -> Result<SignedIn> {
    let now = app.clock.now();
    let token = token.or_else(|| caller.refresh_cookie.clone());
    let token = token.ok_or_else(|| Refusal::new(Kind::Unauthenticated, "sign_in", "There is no refresh token. Sign in."))?;
    let (inner, request_id) = (app.clone(), caller.request_id.clone());
    let refreshed = app.pool.write(move |db| rotate(db, &inner, &token, now, request_id.as_deref())).await?;
    match refreshed {
        Refreshed::Next(next) => Ok(*next),
        Refreshed::Over("reuse") => {
            Err(Refusal::new(Kind::Unauthenticated, "token_reused", "This refresh token was used before, so the sign-in was ended. Sign in again.").into())
        }
        Refreshed::Over(_) => Err(session_over()),
    }
}

fn rotate(db: &mut Db, app: &App, token: &str, now: Moment, request_id: Option<&str>) -> Result<Refreshed> {
    let hashes = app.secrets.hashes(Purpose::StoredToken, &["refresh", token]);
    let Some(found) = store::refresh(db, &hashes)? else { return Ok(Refreshed::Over("unknown")) };
    let owner = store::session(db, found.session)?.ok_or_else(session_over)?.person;
    // One refresh of a person at a time: of two at once the second sees what the first did.
    let person = people::locked_row(db, owner)?;
    let (Some(found), Some(session)) = (store::refresh(db, &hashes)?, store::session(db, found.session)?) else { return Ok(Refreshed::Over("unknown")) };
    if session.ended_at.is_some() {
        return Ok(Refreshed::Over("ended"));
    }
    let idle = idle_limit(app, people::is_staff(db, owner, now)?);
    let because = if person.locked_at.is_some() {
        Some("locked")
    } else if now.since(session.used_at) >= idle {
        Some("idle")
    } else {
        match rules::rotation(found.replaced_at, store::successor_used(db, found.id)?, now) {
            Rotation::Replace => {
                store::replace_refresh(db, found.id, now)?;
                None
            }
            Rotation::Sibling => None,
            Rotation::Reuse => Some("reuse"),
        }
    };
    if let Some(because) = because {
        store::end_session(db, session.id, because, now)?;
        let act = Act { by: By::Visitor, now, request_id: request_id.map(str::to_owned) };
        let subject = Subject { kind: "session", id: session.id.0, version: None, county: None };
        journal::record(db, &act, "end_session", subject, Capacity::default(), &["ended_at", "ended_because"])?;
        return Ok(Refreshed::Over(because));
    }
    store::use_session(db, session.id, now)?;
    let client = Client::parse(&session.client).unwrap_or(Client::App);
    let next = give(db, app, owner, session.id, client, Some(found.id), now)?;
    Ok(Refreshed::Next(Box::new(SignedIn { must_change_password: person.must_change_password, ..next })))
}

/// Ends the session of the access token, or of the refresh token where there is no access token. A session that is over stays so.
///
/// # Errors
/// 401 where neither is shown, or the access token is not valid.
pub async fn logout(app: &App, caller: &Caller, token: Option<String>) -> Result<()> {
    let now = app.clock.now();
    let token = token.or_else(|| caller.refresh_cookie.clone());
    let (inner, caller) = (app.clone(), caller.clone());
    let deed = move |db: &mut Db| {
        let act = act_even_with_one_time_password(db, &inner, &caller)?;
        let session = match (act.actor().and_then(|actor| actor.session), &token) {
            (Some(session), _) => Some(session),
            (None, Some(token)) => store::refresh(db, &inner.secrets.hashes(Purpose::StoredToken, &["refresh", token]))?.map(|refresh| refresh.session),
            (None, None) => return Err(Refusal::new(Kind::Unauthenticated, "sign_in", "You are not signed in.").into()),
        };
        if let Some(session) = session
            && store::end_session(db, session, "signed_out", now)?
        {
            journal::record(db, &act, "sign_out", Subject { kind: "session", id: session.0, version: None, county: None }, Capacity::default(), &["ended_at"])?;
        }
        Ok(())
    };
    app.pool.write(deed).await
}
