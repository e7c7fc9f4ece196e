//! Brings a database to this binary's schema, and says when it is newer than the binary.

use diesel::connection::SimpleConnection;
use diesel::migration::MigrationSource;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{Db, Place};
use crate::error::{Error, Kind, Refusal, Result};
use crate::on_engine;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// What a migration did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Migrated {
    /// The migrations that were applied, in order.
    pub applied: Vec<String>,
    /// Where the copy of an SQLite file lies that was kept before.
    pub kept: Option<std::path::PathBuf>,
}

/// Brings the database to this binary's schema. An SQLite file that already holds data is copied first.
pub fn migrate(place: &Place) -> Result<Migrated> {
    let mut db = place.connect()?;
    // Two instances may start at once.
    if let Db::Postgres(conn) = &mut db {
        conn.batch_execute("SET statement_timeout = 0; SET lock_timeout = 0; SELECT pg_advisory_lock(20220025)")?;
    }
    let known = names(&mut db)?;
    let (missing, newer) = compare(&mut db)?;
    if let Some(newer) = newer.first() {
        return Err(Refusal::new(
            Kind::Conflict,
            "database_newer",
            format!("The database holds migration {newer}, which this kepu does not know: it is newer than the binary. Start the newer kepu, or restore a backup from before."),
        )
        .into());
    }
    let mut done = Migrated::default();
    if missing.is_empty() {
        return Ok(done);
    }
    if let (Place::Sqlite(path), false) = (place, known.is_empty()) {
        let copy = path.with_extension(format!("before-{}.db", missing.first().map_or("", String::as_str)));
        if !copy.exists() {
            db.batch_execute(&format!("VACUUM INTO '{}'", copy.display().to_string().replace('\'', "''")))?;
        }
        done.kept = Some(copy);
    }
    let applied = match &mut db {
        Db::Sqlite(conn) => conn.run_pending_migrations(SQLITE),
        Db::Postgres(conn) => conn.run_pending_migrations(POSTGRES),
    };
    done.applied = applied.map_err(|error| Error::Broken(format!("a migration failed: {error}")))?.iter().map(ToString::to_string).collect();
    Ok(done)
}

/// Whether migrations are missing, or the database is newer: the readiness check.
pub fn pending(db: &mut Db) -> Result<bool> {
    let (missing, newer) = compare(db)?;
    Ok(!missing.is_empty() || !newer.is_empty())
}

/// Whether no kepu ever made anything in this database.
pub fn untouched(db: &mut Db) -> Result<bool> {
    Ok(names(db)?.is_empty())
}

/// The migrations in a database that this binary does not know.
pub(super) fn unknown(db: &mut Db) -> Result<Vec<String>> {
    Ok(compare(db)?.1)
}

/// Of a server's migrations, those that this binary does not know.
pub(super) fn unknown_of_server(applied: &[String]) -> Result<Vec<String>> {
    let ours = ours_for_server()?;
    Ok(applied.iter().filter(|name| !ours.contains(name)).cloned().collect())
}

/// Undoes every migration; for the schema's own test.
pub fn revert_all(db: &mut Db) -> Result<()> {
    let undone = match db {
        Db::Sqlite(conn) => conn.revert_all_migrations(SQLITE).map(|_| ()),
        Db::Postgres(conn) => conn.revert_all_migrations(POSTGRES).map(|_| ()),
    };
    undone.map_err(|error| Error::Broken(format!("a migration could not be undone: {error}")))
}

fn names(db: &mut Db) -> Result<Vec<String>> {
    let applied = on_engine!(db, conn => conn.applied_migrations().map(|all| all.iter().map(ToString::to_string).collect::<Vec<_>>()));
    let mut applied = applied.map_err(|error| Error::Broken(error.to_string()))?;
    applied.sort();
    Ok(applied)
}

/// The migrations that the database lacks, and those that the binary does not know.
fn compare(db: &mut Db) -> Result<(Vec<String>, Vec<String>)> {
    let applied = names(db)?;
    let mut ours = match db {
        Db::Sqlite(_) => ours_for_file()?,
        Db::Postgres(_) => ours_for_server()?,
    };
    ours.sort();
    let missing = ours.iter().filter(|name| !applied.contains(name)).cloned().collect();
    let newer = applied.iter().filter(|name| !ours.contains(name)).cloned().collect();
    Ok((missing, newer))
}

fn ours_for_file() -> Result<Vec<String>> {
    let all = MigrationSource::<diesel::sqlite::Sqlite>::migrations(&SQLITE).map_err(|error| Error::Broken(error.to_string()))?;
    Ok(all.iter().map(|migration| migration.name().version().to_string()).collect())
}

fn ours_for_server() -> Result<Vec<String>> {
    let all = MigrationSource::<diesel::pg::Pg>::migrations(&POSTGRES).map_err(|error| Error::Broken(error.to_string()))?;
    Ok(all.iter().map(|migration| migration.name().version().to_string()).collect())
}
