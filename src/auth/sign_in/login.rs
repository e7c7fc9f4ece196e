//! Signing in, and what failures close.

use super::{Client, SignedIn, act_as, begin, record};
use crate::actor::{Act, By};
use crate::app::App;
use crate::auth::budgets;
use crate::auth::passwords::{is_right, turn};
use crate::clock::Moment;
use crate::db::Db;
use crate::error::{Error, Kind, Refusal, Result};
use crate::ids::PersonId;
use crate::people;
use crate::secrets::{self, Purpose};
use crate::wire::Caller;

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

fn wrong_login() -> Error {
    Refusal::new(Kind::Unauthenticated, "wrong_login", "The phone number, user name or password is wrong. Check them and try again.").into()
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
            // Another guess of the same instant may have closed it: then this one is told no more than that.
            counted.must_be_open(db, &inner, now)?;
            counted.wrong(db, &inner, now)?;
            record(db, &Act { by: By::Visitor, now, request_id: caller.request_id.clone() }, "sign_in_failed", id)
        };
        // The turn is kept until the failure counts.
        app.pool.write(failed).await?;
        drop(turn);
        return Err(wrong_login());
    };
    drop(turn);
    let deed = move |db: &mut Db| {
        // Whoever locks the account or gives it another password ends its sessions: none may begin behind them with what was right
        // when this one looked.
        let present = people::locked_row(db, person.id)?;
        if present.password_hash != person.password_hash {
            return Err(wrong_login());
        }
        if present.locked_at.is_some() {
            return Err(Refusal::new(Kind::Forbidden, "person_locked", "This account is locked. Ask your security administrator.").into());
        }
        counted.must_be_open(db, &inner, now)?;
        counted.right(db, &inner)?;
        let device = match &counted {
            Counted::Device(device) => Some(device.clone()),
            Counted::Stranger { .. } => None,
        };
        begin(db, &inner, &act_as(&person, &caller, now), &caller, &person, client, device)
    };
    app.pool.write(deed).await
}
