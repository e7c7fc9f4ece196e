//! Registering, signing in, refreshing, signing out, changing the password.

use super::passwords::{hash_in_turn, is_right, turn};
use super::rules::{self, Rotation};
use super::{FIRST_PASSWORD_FILE, budgets, session_over, store, tokens};
use crate::actor::{Act, Actor, By};
use crate::app::App;
use crate::clock::Moment;
use crate::db::Db;
use crate::error::{Error, Kind, Refusal, Result};
use crate::ids::{PersonId, SessionId};
use crate::journal::{self, Capacity, Subject};
use crate::people::{self, NewPerson, Person, Phone};
use crate::secrets::{self, Purpose};
use crate::text_enum;
use crate::wire::Caller;

text_enum! {
    /// What signs in.
    pub enum Client {
        /// The web interface: the refresh token lies in a cookie that scripts cannot read.
        Browser = "browser",
        /// Anything else: the refresh token is in the answer.
        App = "app",
    }
}

/// A sign-in that worked: the tokens, and how long what lasts.
#[derive(Clone)]
pub struct SignedIn {
    pub person: PersonId,
    pub client: Client,
    pub access_token: String,
    /// Life of the access token, in seconds.
    pub expires_in: i64,
    pub refresh_token: String,
    /// Life of the refresh token when it is not used, in seconds.
    pub refresh_in: i64,
    /// Marks the device, so that a stranger's failures do not lock its person out.
    pub device_token: Option<String>,
    pub must_change_password: bool,
}

/// Somebody who registers, as typed.
#[derive(Clone)]
pub struct Entering {
    pub phone: String,
    pub password: String,
    pub name: String,
    pub division_code: String,
    /// Text and version of each consent.
    pub consents: Vec<(String, String)>,
    pub client: Client,
}

fn act_as(person: &Person, caller: &Caller, now: Moment) -> Act {
    let actor = Actor {
        person: person.id,
        session: None,
        name: person.name.clone(),
        county: person.county.clone(),
        grants: Vec::new(),
        must_change_password: person.must_change_password,
    };
    Act { by: By::Person(actor), now, request_id: caller.request_id.clone() }
}

fn record(db: &mut Db, act: &Act, verb: &str, person: PersonId) -> Result<()> {
    journal::record(db, act, verb, Subject { kind: "person", id: person.0, version: None, county: None }, Capacity::default(), &[])
}

/// Makes an account and signs it in.
///
/// # Errors
/// 422 with the faults; 409 `phone_registered`; 429 where too much was registered from here or asked about.
pub async fn register(app: &App, caller: &Caller, entering: Entering) -> Result<SignedIn> {
    let now = app.clock.now();
    let address = caller.address.to_string();
    let phone = Phone::parse(&entering.phone).ok_or_else(|| Refusal::fault("/phone", "no_mobile_number", "Give a mobile number of 11 digits."))?;
    if let Some(weakness) = rules::weakness(&entering.password, &[phone.as_str()]) {
        return Err(Refusal::fault("/password", weakness.code(), weakness.detail()).into());
    }
    let known = {
        let (inner, phone, address, entering) = (app.clone(), phone.clone(), address.clone(), entering.clone());
        let ask = move |db: &mut Db| {
            if let Some(seconds) = budgets::is_closed(db, &inner, "register", "address", &address, now)? {
                return Err(budgets::locked_out(seconds));
            }
            people::division(db, &entering.division_code, now)?;
            consented(db, &entering)?;
            Ok(people::find_by_login(db, phone.as_str())?.is_some())
        };
        app.pool.read(ask).await?
    };
    if known {
        // Whoever asks after many numbers is stopped: what they get to know is that a number is here.
        let (inner, address) = (app.clone(), address.clone());
        app.pool.write(move |db| budgets::wrong_try(db, &inner, "register", "address", &address, now)).await?;
        let refusal =
            Refusal::new(Kind::Conflict, "phone_registered", "This phone number has an account. Sign in, or ask your practice centre for a new password.");
        return Err(refusal.into());
    }
    let hash = super::hash_password(app, &entering.password).await?;
    let (inner, caller) = (app.clone(), caller.clone());
    let deed = move |db: &mut Db| {
        budgets::spend(db, &inner, "register", "address", &address, now)?;
        budgets::spend(db, &inner, "register", "phone", phone.as_str(), now)?;
        let visitor = Act { by: By::Visitor, now, request_id: caller.request_id.clone() };
        let new = NewPerson {
            name: entering.name.clone(),
            phone: Some(phone.as_str().to_owned()),
            user_name: None,
            password_hash: hash.clone(),
            must_change_password: false,
            county: None,
            division_code: Some(entering.division_code.clone()),
        };
        let id = people::create(db, &visitor, new)?;
        for (text, version) in &entering.consents {
            people::consent(db, &visitor, id, text, version)?;
        }
        let person = people::find(db, id)?.ok_or_else(Refusal::not_found)?;
        begin(db, &inner, &act_as(&person, &caller, now), &person, entering.client, None)
    };
    app.pool.write(deed).await
}

/// The notice must be consented to, in the version that stands now where the county set one (`notice_version`).
fn consented(db: &mut Db, entering: &Entering) -> Result<()> {
    let given = entering.consents.iter().find(|(text, _)| text == "notice");
    let Some((_, version)) = given else {
        return Err(Refusal::fault("/consents", "notice_missing", "Read the privacy notice and consent to it: {\"text\": \"notice\", \"version\": …}.").into());
    };
    match store::setting(db, "notice_version")? {
        Some(current) if current != *version => {
            Err(Refusal::fault("/consents", "notice_outdated", format!("The notice stands at version {current}. Read it again and consent to that one."))
                .into())
        }
        _ => Ok(()),
    }
}

/// Starts a session with its tokens.
fn begin(db: &mut Db, app: &App, act: &Act, person: &Person, client: Client, device: Option<String>) -> Result<SignedIn> {
    let session = store::insert_session(db, person.id, client.as_str(), act.now)?;
    record(db, act, "sign_in", person.id)?;
    let device = device.unwrap_or_else(|| new_device(app, person.id));
    let signed_in = give(db, app, person.id, session, client, None, act.now)?;
    Ok(SignedIn { device_token: Some(device), must_change_password: person.must_change_password, ..signed_in })
}

/// Gives a session its next tokens.
fn give(db: &mut Db, app: &App, person: PersonId, session: SessionId, client: Client, parent: Option<i64>, now: Moment) -> Result<SignedIn> {
    let refresh_token = secrets::token(32);
    store::insert_refresh(db, session, parent, &app.secrets.hash(Purpose::StoredToken, &["refresh", &refresh_token]), now)?;
    let idle = super::idle_limit(app, people::is_staff(db, person, now)?);
    let minutes = rules::access_minutes(app.config.access_minutes, idle);
    Ok(SignedIn {
        person,
        client,
        access_token: tokens::sign(&app.secrets, person, session, now, minutes)?,
        expires_in: minutes * 60,
        refresh_token,
        refresh_in: idle.num_seconds(),
        device_token: None,
        must_change_password: false,
    })
}

/// A device's mark: a random word, sealed with the person's id; it stands in no table.
fn new_device(app: &App, person: PersonId) -> String {
    let word = secrets::token(16);
    let seal = app.secrets.hash(Purpose::Device, &[&person.to_string(), &word]);
    format!("{word}.{seal}")
}

fn is_device_of(app: &App, person: Option<PersonId>, device: &str) -> bool {
    let Some((word, seal)) = device.split_once('.') else { return false };
    // Nobody's id is 0: somebody unknown costs the same.
    let id = person.unwrap_or(PersonId(0)).to_string();
    let known = app.secrets.hashes(Purpose::Device, &[&id, word]);
    known.iter().any(|hash| secrets::same(hash, seal)) && person.is_some()
}

/// Where the failures of a sign-in count: for a device that signed in before in a bucket of its own, so that a stranger locks
/// nobody out of theirs; else for the login and for the address.
#[derive(Clone)]
enum Counted {
    Device(String),
    Stranger { login: String, address: String },
}

impl Counted {
    fn buckets(&self) -> Vec<(&'static str, &str)> {
        match self {
            Self::Device(device) => vec![("device", device)],
            Self::Stranger { login, address } => vec![("login", login), ("address", address)],
        }
    }

    fn must_be_open(&self, db: &mut Db, app: &App, now: Moment) -> Result<()> {
        let mut longest = None;
        for (per, value) in self.buckets() {
            longest = longest.max(budgets::is_closed(db, app, "login", per, value, now)?);
        }
        longest.map_or(Ok(()), |seconds| Err(budgets::locked_out(seconds)))
    }

    fn wrong(&self, db: &mut Db, app: &App, now: Moment) -> Result<()> {
        for (per, value) in self.buckets() {
            budgets::wrong_try(db, app, "login", per, value, now)?;
        }
        Ok(())
    }

    /// A right password clears its login or device, never the address: else one's own account would clear it between guesses.
    fn right(&self, db: &mut Db, app: &App) -> Result<()> {
        self.buckets().first().map_or(Ok(()), |(per, value)| budgets::right_try(db, app, "login", per, value))
    }
}

/// Signs somebody in. The answer and its time are the same whether the account exists or not.
///
/// # Errors
/// 401 `wrong_login`; 429 `locked_out` after five failures; 403 `person_locked`, told only to who knows the password.
pub async fn login(app: &App, caller: &Caller, login: &str, password: &str, client: Client) -> Result<SignedIn> {
    let now = app.clock.now();
    let login = people::rules::login(login);
    let (person, counted) = {
        let (inner, caller, login) = (app.clone(), caller.clone(), login.clone());
        let ask = move |db: &mut Db| {
            let person = people::find_by_login(db, &login)?;
            let id = person.as_ref().map(|person| person.id);
            let counted = match caller.device {
                Some(device) if is_device_of(&inner, id, &device) => Counted::Device(device),
                _ => Counted::Stranger { login, address: caller.address.to_string() },
            };
            counted.must_be_open(db, &inner, now)?;
            Ok((person, counted))
        };
        app.pool.read(ask).await?
    };
    let turn = turn(app).await?;
    // Again, now that it is this one's turn: many guesses at once would all have found it open.
    {
        let (inner, counted) = (app.clone(), counted.clone());
        app.pool.read(move |db| counted.must_be_open(db, &inner, now)).await?;
    }
    let right = is_right(app, password, person.as_ref().map(|person| person.password_hash.as_str()), &turn).await?;
    let (inner, caller) = (app.clone(), caller.clone());
    let Some(person) = person.clone().filter(|_| right) else {
        let id = person.map_or(PersonId(0), |person| person.id);
        let failed = move |db: &mut Db| {
            counted.wrong(db, &inner, now)?;
            record(db, &Act { by: By::Visitor, now, request_id: caller.request_id.clone() }, "sign_in_failed", id)
        };
        // The turn is kept until the failure counts.
        app.pool.write(failed).await?;
        drop(turn);
        return Err(Refusal::new(Kind::Unauthenticated, "wrong_login", "The phone number, user name or password is wrong. Check them and try again.").into());
    };
    drop(turn);
    if person.locked_at.is_some() {
        return Err(Refusal::new(Kind::Forbidden, "person_locked", "This account is locked. Ask your security administrator.").into());
    }
    let deed = move |db: &mut Db| {
        counted.right(db, &inner)?;
        let device = match &counted {
            Counted::Device(device) => Some(device.clone()),
            Counted::Stranger { .. } => None,
        };
        begin(db, &inner, &act_as(&person, &caller, now), &person, client, device)
    };
    app.pool.write(deed).await
}

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
    let idle = super::idle_limit(app, people::is_staff(db, owner, now)?);
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
        let act = super::act_even_with_one_time_password(db, &inner, &caller)?;
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

/// Changes one's own password; the other sessions end.
///
/// # Errors
/// 401; 422 for a wrong old or a weak new password; 429 after five wrong ones.
pub async fn change_password(app: &App, caller: &Caller, old: &str, new: &str) -> Result<()> {
    let now = app.clock.now();
    let (inner, asking) = (app.clone(), caller.clone());
    let ask = move |db: &mut Db| {
        let act = super::signed_in_even_with_one_time_password(db, &inner, &asking)?;
        let id = act.person().ok_or_else(session_over)?;
        if let Some(seconds) = budgets::is_closed(db, &inner, "password", "person", &id.to_string(), now)? {
            return Err(budgets::locked_out(seconds));
        }
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
    let per_person = person.id.to_string();
    if !is_right(app, old, Some(&person.password_hash), &turn).await? {
        let inner = app.clone();
        app.pool.write(move |db| budgets::wrong_try(db, &inner, "password", "person", &per_person, now)).await?;
        return Err(Refusal::fault("/old", "wrong", "This is not your present password.").into());
    }
    let hash = hash_in_turn(app, new, &turn).await?;
    drop(turn);
    let is_first = person.user_name.as_deref() == Some(people::FIRST_ADMINISTRATOR);
    let (inner, caller) = (app.clone(), caller.clone());
    let deed = move |db: &mut Db| {
        let act = super::signed_in_even_with_one_time_password(db, &inner, &caller)?;
        let current = people::locked_row(db, person.id)?;
        if current.password_hash != person.password_hash {
            return Err(Error::from(Refusal::new(Kind::Conflict, "password_changed", "Your password was changed meanwhile. Sign in with the new one.")));
        }
        people::set_password(db, &act, &current, &hash, false)?;
        budgets::right_try(db, &inner, "password", "person", &per_person)?;
        store::end_sessions(db, person.id, act.actor().and_then(|actor| actor.session), "password_changed", now)?;
        Ok(())
    };
    app.pool.write(deed).await?;
    if is_first {
        password_changed_file(app).await;
    }
    Ok(())
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
