//! Registering, signing in, refreshing, signing out, changing the password: what they share.

mod login;
mod password;
mod refresh;
mod register;

use super::{rules, store, tokens};
use crate::actor::{Act, Actor, By};
use crate::app::App;
use crate::clock::Moment;
use crate::db::Db;
use crate::error::Result;
use crate::ids::{PersonId, SessionId};
use crate::journal::{self, Capacity, Subject};
use crate::people::{self, Person};
use crate::secrets::{self, Purpose};
use crate::text_enum;
use crate::wire::Caller;

pub use login::login;
pub use password::{change_password, password_changed_file};
pub use refresh::{logout, refresh};
pub use register::{Entering, register};

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

fn act_as(person: &Person, caller: &Caller, now: Moment) -> Act {
    let actor = Actor {
        person: person.id,
        session: None,
        name: person.name.clone(),
        county: person.county.clone(),
        grants: Vec::new(),
        must_change_password: person.must_change_password,
        has_merged: true,
    };
    Act { by: By::Person(actor), now, request_id: caller.request_id.clone() }
}

fn record(db: &mut Db, act: &Act, verb: &str, person: PersonId) -> Result<()> {
    journal::record(db, act, verb, Subject { kind: "person", id: person.0, version: None, county: None }, Capacity::default(), &[])
}

/// Starts a session with its tokens; `device` is the mark of one that signed in before.
fn begin(db: &mut Db, app: &App, act: &Act, caller: &Caller, person: &Person, client: Client, device: Option<String>) -> Result<SignedIn> {
    let called = caller.user_agent.as_deref().and_then(rules::device_name);
    let session = store::insert_session(db, person.id, client.as_str(), called.as_deref(), act.now)?;
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
