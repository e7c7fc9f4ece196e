//! The database that statements are explained on: one a run, shared by all stories, read by none.

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use diesel::connection::SimpleConnection;
use kepu::db::Db;

use super::super::database::Database;

/// What fills PostgreSQL's; SQLite's planner looks at no rows.
const FILL: &str = include_str!("filled.sql");

/// A connection to it.
pub fn db_filled() -> MutexGuard<'static, Db> {
    static FILLED: OnceLock<Mutex<Db>> = OnceLock::new();
    FILLED.get_or_init(|| Mutex::new(made())).lock().unwrap_or_else(PoisonError::into_inner)
}

fn made() -> Db {
    let database = Database::county();
    let mut db = database.db_connect();
    match &mut db {
        // The open file serves until the process ends, though its folder goes with `database`.
        Db::Sqlite(conn) => conn.batch_execute("SELECT 1 FROM sqlite_master").expect("the schema can be read"),
        Db::Postgres(conn) => {
            conn.batch_execute(FILL).expect("the database can be filled");
            std::mem::forget(database);
        }
    }
    db
}
