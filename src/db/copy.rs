//! Copies of the whole database, made while it is in use, and brought back into an empty place.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use super::{Db, Place, migrate, server_url};
use crate::error::{Error, Kind, Refusal, Result};

fn refused(code: &'static str, detail: String) -> Error {
    Refusal::new(Kind::Conflict, code, detail).into()
}

fn failed(path: &Path) -> impl Fn(std::io::Error) -> Error + '_ {
    move |error| refused("file_failed", format!("{}: {error}. Choose a folder that can be written and has room.", path.display()))
}

/// Copies the database at a place into a new file, complete as of one instant, and checks the copy. Writing goes on meanwhile.
///
/// # Errors
/// Where the file is there already, cannot be written, or there is nothing to copy.
pub fn copy_to(place: &Place, file: &Path) -> Result<()> {
    if file.exists() {
        return Err(refused("file_exists", format!("{} is there already. Choose a name that is not, so that no backup is lost.", file.display())));
    }
    let part = beside(file, ".part");
    new_private_file(&part).map_err(failed(file))?;
    let copied = match place {
        Place::Sqlite(source) => copy_file(place, source, &part, file),
        Place::Postgres(url) => dump(url, &part),
    };
    let kept = copied.and_then(|()| settle(&part, file).map_err(failed(file)));
    if kept.is_err() {
        drop(std::fs::remove_file(&part));
    }
    kept
}

/// Brings a copy back into an empty place.
///
/// # Errors
/// Where the place holds anything, the file is no copy of kepu's, is damaged, or is newer than this binary.
pub fn restore_from(place: &Place, file: &Path) -> Result<()> {
    if !file.is_file() {
        return Err(refused("no_such_file", format!("There is no file {}. Name the backup to restore.", file.display())));
    }
    match place {
        Place::Sqlite(target) => {
            let part = beside(target, ".restoring");
            let restored = restore_file(file, &part, target);
            if restored.is_err() {
                drop(std::fs::remove_file(&part));
            }
            restored
        }
        Place::Postgres(url) => restore_dump(place, url, file),
    }
}

fn beside(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// An empty file that only its owner reads: a copy holds what people told the county.
fn new_private_file(path: &Path) -> std::io::Result<()> {
    OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path).map(drop)
}

/// Gives a finished file its name, durably.
fn settle(part: &Path, file: &Path) -> std::io::Result<()> {
    File::open(part)?.sync_all()?;
    std::fs::rename(part, file)?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Text)]
    answer: String,
}

#[derive(QueryableByName)]
struct Yes {
    #[diesel(sql_type = Bool)]
    yes: bool,
}

fn copy_file(place: &Place, source: &Path, part: &Path, file: &Path) -> Result<()> {
    if !source.is_file() {
        return Err(refused("no_database", format!("There is no database at {}. Look at DATABASE_URL with `kepu config`.", source.display())));
    }
    let mut db = place.connect()?;
    db.batch_execute(&format!("VACUUM INTO '{}'", part.display().to_string().replace('\'', "''")))?;
    examine(part, file).map(drop)
}

/// Checks that a file is whole and kepu's, and gives the connection that read it; people know the file by its name.
fn examine(part: &Path, file: &Path) -> Result<Db> {
    let strange = || refused("not_a_backup", format!("{} is no backup of kepu. Name a file that `kepu backup` wrote.", file.display()));
    let mut conn = SqliteConnection::establish(&part.to_string_lossy()).map_err(|_| strange())?;
    let known = "SELECT COUNT(*) = 2 AS yes FROM sqlite_master WHERE type = 'table' AND name IN ('settings', '__diesel_schema_migrations')";
    let known: Yes = diesel::sql_query(known).get_result(&mut conn).map_err(|_| strange())?;
    if !known.yes {
        return Err(strange());
    }
    let found: Vec<Answer> = diesel::sql_query("SELECT integrity_check AS answer FROM pragma_integrity_check").load(&mut conn)?;
    if found.len() != 1 || found.iter().any(|line| line.answer != "ok") {
        return Err(refused("damaged", format!("{} is damaged. Use another backup.", file.display())));
    }
    Ok(Db::Sqlite(conn))
}

fn restore_file(file: &Path, part: &Path, target: &Path) -> Result<()> {
    let there = |path: &Path| std::fs::metadata(path).is_ok_and(|found| found.len() > 0);
    if there(target) || there(&beside(target, "-wal")) {
        return Err(refused("not_empty", format!("{} holds a database. Move it away first, or set another DATABASE_URL.", target.display())));
    }
    if let Some(folder) = target.parent() {
        std::fs::create_dir_all(folder).map_err(failed(folder))?;
    }
    new_private_file(part).map_err(failed(part))?;
    std::fs::copy(file, part).map_err(failed(part))?;
    std::fs::set_permissions(part, std::os::unix::fs::PermissionsExt::from_mode(0o600)).map_err(failed(part))?;
    let mut db = examine(part, file)?;
    not_newer(migrate::unknown(&mut db)?)?;
    drop(db);
    settle(part, target).map_err(failed(target))
}

fn not_newer(unknown: Vec<String>) -> Result<()> {
    match unknown.first() {
        None => Ok(()),
        Some(name) => {
            Err(refused("backup_newer", format!("The backup holds migration {name}, which this kepu does not know. Restore it with the newer kepu.")))
        }
    }
}

/// A program of the server's client tools, with the password in its environment and never among its arguments.
fn client(program: &str, url: &str) -> (Command, String) {
    let (url, password) = server_url::without_password(url);
    let mut command = Command::new(program);
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    (command, url)
}

fn run(mut command: Command) -> Result<Vec<u8>> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| {
        let detail = match error.kind() {
            std::io::ErrorKind::NotFound => format!("The program {program} is missing; install the package postgresql-client of the server's version."),
            _ => format!("{program} could not be started: {error}."),
        };
        refused("program_failed", detail)
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let first = said.lines().find(|line| line.contains("error")).or_else(|| said.lines().next()).unwrap_or("it did not say why").trim_end_matches('.');
    Err(refused("program_failed", format!("{first}. Nothing was kept; put that right and try again.")))
}

fn dump(url: &str, part: &Path) -> Result<()> {
    let (mut command, url) = client("pg_dump", url);
    command.args(["--format=custom", "--no-owner", "--no-privileges", "--no-password"]).arg("--file").arg(part).arg("--dbname").arg(url);
    run(command)?;
    not_newer(dumped_migrations(part)?).map(drop)
}

/// The migrations in a dump that this binary does not know; tells also whether the file is a dump of kepu's at all.
fn dumped_migrations(file: &Path) -> Result<Vec<String>> {
    let strange = || refused("not_a_backup", format!("{} is no backup of kepu. Name a file that `kepu backup` wrote from such a server.", file.display()));
    let mut command = Command::new("pg_restore");
    command.args(["--data-only", "--table=__diesel_schema_migrations", "--file=-"]).arg(file);
    let text = run(command).map_err(|error| if error.is("program_failed") && error.to_string().contains("archive") { strange() } else { error })?;
    let text = String::from_utf8_lossy(&text);
    let rows = text.lines().skip_while(|line| !line.starts_with("COPY ")).skip(1).take_while(|line| *line != "\\.");
    let names: Vec<String> = rows.filter_map(|row| row.split('\t').next()).map(str::to_owned).collect();
    if names.is_empty() {
        return Err(strange());
    }
    migrate::unknown_of_server(&names)
}

fn restore_dump(place: &Place, url: &str, file: &Path) -> Result<()> {
    not_newer(dumped_migrations(file)?)?;
    if let Db::Postgres(conn) = &mut place.connect()? {
        let empty = "SELECT to_regclass('settings') IS NULL AND to_regclass('__diesel_schema_migrations') IS NULL AS yes";
        let empty: Yes = diesel::sql_query(empty).get_result(conn)?;
        if !empty.yes {
            return Err(refused("not_empty", "The database holds kepu's tables already. Create an empty one and name it in DATABASE_URL.".to_owned()));
        }
    }
    let (mut command, url) = client("pg_restore", url);
    command.args(["--no-owner", "--no-privileges", "--no-password", "--exit-on-error", "--single-transaction"]).arg("--dbname").arg(url).arg(file);
    run(command).map(drop)
}
