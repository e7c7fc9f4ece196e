//! What happens before the first request: folders, the secret, the schema, and the check that all of them belong together.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use super::store;
use crate::actor::Act;
use crate::app::App;
use crate::auth;
use crate::clock::{Clock, Moment};
use crate::config::Config;
use crate::db::{self, Db, Migrated, Pool};
use crate::divisions;
use crate::error::{Error, Kind, Refusal, Result};
use crate::orders;
use crate::people;
use crate::secrets::{self, Purpose, Secrets};
use crate::seed;

/// The row by which the database knows its secret.
const SECRET_CHECK: &str = "secret_check";
/// When the secret was changed.
const SECRET_CHANGED_AT: &str = "secret_changed_at";
/// The row by which a database is known as the demo's.
const DEMO: &str = "demo";
/// For how long the secret before stays valid.
const PREVIOUS_HOURS: i64 = 24;

/// Opens everything that an instance holds; makes folders, secret and schema where they are missing. Tells what it did, a
/// sentence each. For use outside of the runtime.
///
/// # Errors
/// One sentence that says what to do.
pub fn open(config: Config) -> std::result::Result<(App, Vec<String>), String> {
    let mut said = Vec::new();
    people::when_a_grant_ends(orders::waits_on);
    folders(&config)?;
    let secret = secret(&config, &mut said)?;
    said.extend(config.database.warning());
    said.extend(told(&db::migrate(&config.database).map_err(sentence)?));
    let pool = Pool::open(config.database.clone(), config.connections).map_err(sentence)?;
    let clock = Clock::system();
    let secrets = recognise(&pool, clock.now(), &secret, config.previous_secret.as_deref()).map_err(sentence)?;
    Ok((App::new(pool, clock, secrets, config), said))
}

/// An error as one sentence for the command line.
pub fn sentence(error: Error) -> String {
    match error {
        Error::Refused(refusal) => refusal.detail,
        Error::InTheWay(what) | Error::Broken(what) => {
            format!("The database does not do as asked: {}. Look at DATABASE_URL with `kepu config`.", what.trim_end_matches(['.', '\n']))
        }
    }
}

/// What a migration did, in sentences.
pub fn told(migrated: &Migrated) -> Vec<String> {
    let mut said = Vec::new();
    if !migrated.applied.is_empty() {
        said.push(format!("The database was brought to this version: {}.", migrated.applied.join(", ")));
    }
    if let Some(copy) = &migrated.kept {
        said.push(format!("A copy from before is kept as {}.", copy.display()));
    }
    said
}

/// Makes the folders of the data and of the database, and the database's file, for their owner alone.
///
/// # Errors
/// A sentence that names the folder.
pub fn folders(config: &Config) -> std::result::Result<(), String> {
    folder(&config.data_dir, "KEPU_DATA_DIR")?;
    let Some(file) = config.database.file() else { return Ok(()) };
    if let Some(parent) = file.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        folder(parent, "DATABASE_URL")?;
    }
    let opened = OpenOptions::new().append(true).create(true).mode(0o600).open(file);
    opened.map(drop).map_err(|error| format!("The database {} cannot be written ({error}). Give it to this user, or set another DATABASE_URL.", file.display()))
}

fn folder(path: &Path, setting: &str) -> std::result::Result<(), String> {
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.map_err(|error| format!("The folder {} cannot be made ({error}). Make it for this user, or set another {setting}.", path.display()))
}

/// The secret: the given one, else that of the data folder, else a new one there.
fn secret(config: &Config, said: &mut Vec<String>) -> std::result::Result<String, String> {
    if let Some(given) = &config.secret {
        return Ok(given.clone());
    }
    if config.database.file().is_none() {
        return Err("KEPU_SECRET is missing: instances that share a database server share a secret. Make one with `openssl rand -base64 32`.".to_owned());
    }
    let path = config.data_dir.join("secret");
    let failed =
        |error: std::io::Error| format!("The secret {} cannot be read or written ({error}). Give it to this user, or set KEPU_SECRET.", path.display());
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            if std::fs::metadata(&path).map_err(failed)?.permissions().mode() & 0o077 != 0 {
                said.push(format!("Others on this machine can read {0}; close it with `chmod 600 {0}`.", path.display()));
            }
            let text = text.trim();
            if text.len() < 32 {
                return Err(format!("The secret in {} is cut short. Bring it back from your backup, or set KEPU_SECRET.", path.display()));
            }
            Ok(text.to_owned())
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let secret = secrets::token(32);
            let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(failed)?;
            file.write_all(format!("{secret}\n").as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
            said.push(format!("A new secret was made in {}. Keep a copy of it apart from the database's backups.", path.display()));
            Ok(secret)
        }
        Err(error) => Err(failed(error)),
    }
}

/// Checks the secret against the one that the database knows; a changed one is taken over when the one before is given too,
/// which then stays valid for a day.
fn recognise(pool: &Pool, now: Moment, secret: &str, previous: Option<&str>) -> Result<Secrets> {
    let secrets = Secrets::new(secret, previous);
    let hashes = secrets.hashes(Purpose::Check, &["kepu"]);
    let check = move |db: &mut Db| {
        let known = store::get(db, SECRET_CHECK)?;
        let (current, before) = (hashes.first().cloned().unwrap_or_default(), hashes.get(1));
        match known {
            Some(known) if secrets::same(&known, &current) => {}
            Some(known) if before.is_some_and(|before| secrets::same(&known, before)) => {
                store::set(db, SECRET_CHECK, &current)?;
                store::set(db, SECRET_CHANGED_AT, &now.rfc3339())?;
            }
            Some(_) => {
                let detail = "The database was made with another secret. Give that one as KEPU_SECRET, or as KEPU_SECRET_PREVIOUS beside a new one.";
                return Err(Refusal::new(Kind::Conflict, "other_secret", detail).into());
            }
            None => store::set(db, SECRET_CHECK, &current)?,
        }
        store::get(db, SECRET_CHANGED_AT)
    };
    // Of two instances that start at once on a new database, the second finds the first one's row.
    let changed_at = match pool.write_now(check.clone()) {
        Err(error) if error.is("already_there") => pool.write_now(check)?,
        done => done?,
    };
    let over = changed_at.and_then(|at| Moment::parse(&at)).is_none_or(|at| now.since(at) > chrono::Duration::hours(PREVIOUS_HOURS));
    Ok(if over { Secrets::new(secret, None) } else { secrets })
}

/// Whether the database at this place is new; looked at before anything is changed in it.
///
/// # Errors
/// Where it holds anything that the demo did not make.
pub(super) fn fit_for_demo(config: &Config) -> std::result::Result<bool, String> {
    if config.database.file().is_some_and(|file| std::fs::metadata(file).map_or(true, |found| found.len() == 0)) {
        return Ok(true);
    }
    let mut db = config.database.connect().map_err(sentence)?;
    if db::untouched(&mut db).map_err(sentence)? {
        return Ok(true);
    }
    if store::get(&mut db, DEMO).map_err(sentence)?.is_some() {
        return Ok(false);
    }
    Err("DATABASE_URL names a database that is not the demo's; the demo touches no other. Leave DATABASE_URL unset for the demo.".to_owned())
}

/// Marks a new database as the demo's.
pub(super) fn claim_for_demo(pool: &Pool) -> Result<()> {
    pool.write_now(|db| store::set(db, DEMO, "made by kepu serve --demo"))
}

/// Loads the county and, where nobody is there yet, makes the first administrator (or the demo's people). Tells what it did.
///
/// # Errors
/// One sentence that says what to do.
pub fn prepare(app: &App, demo: bool) -> std::result::Result<Vec<String>, String> {
    let mut said = Vec::new();
    // Once: later the county keeps its data itself, and `kepu seed` brings what a newer binary carries.
    if app.pool.read_now(divisions::counties).map_err(sentence)?.is_empty() {
        let loaded = seed::load(&app.pool, app.clock.now()).map_err(sentence)?;
        said.push(format!("The county was loaded:\n{}", loaded.to_string().trim_end()));
    }
    if demo {
        crate::demo::load(app).map_err(sentence)?;
        return Ok(said);
    }
    let password = secrets::one_time_password();
    let hash = auth::hash_password_now(app.config.argon2_memory_kib, app.config.argon2_passes, &password).map_err(sentence)?;
    let now = app.clock.now();
    let first = app.pool.write_now(move |db| people::ensure_first_administrators(db, &Act::machine(now), &hash)).map_err(sentence)?;
    let file = app.config.data_dir.join(auth::FIRST_PASSWORD_FILE);
    if first {
        write_secret(&file, &format!("admin {password}\n"))?;
        said.push(format!("The first administrator is admin; the one-time password is in {}. Sign in, choose your own, and the file goes.", file.display()));
    } else if file.exists() {
        said.push(format!("The first administrator has not signed in yet; the one-time password is in {}.", file.display()));
    }
    Ok(said)
}

/// Writes a new file that its owner alone may read.
fn write_secret(file: &Path, text: &str) -> std::result::Result<(), String> {
    let told = |error: std::io::Error| format!("{} cannot be written ({error}). Make the folder writable for this user.", file.display());
    let mut opened = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(file).map_err(told)?;
    opened.write_all(text.as_bytes()).and_then(|()| opened.sync_all()).map_err(told)
}
