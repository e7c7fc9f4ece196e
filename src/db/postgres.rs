//! What only PostgreSQL needs: row locks, and repeating a deed that another one was in the way of.

use std::panic::{AssertUnwindSafe, catch_unwind};

use diesel::connection::{SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::{Anchor, Db};
use crate::error::{Error, Result};

/// How often a deed is tried before the caller is asked to come back.
const TRIES: u32 = 3;

pub(super) fn lock(conn: &mut PgConnection, anchor: Anchor) -> Result<()> {
    let (sql, id) = match anchor {
        Anchor::Person(id) => ("SELECT 1 FROM people WHERE id = $1 FOR NO KEY UPDATE", id),
        Anchor::Team(id) => ("SELECT 1 FROM organisations WHERE id = $1 FOR NO KEY UPDATE", id),
        Anchor::Order(id) => ("SELECT 1 FROM orders WHERE id = $1 FOR NO KEY UPDATE", id),
        Anchor::Complaint(id) => ("SELECT 1 FROM complaints WHERE id = $1 FOR NO KEY UPDATE", id),
        Anchor::Venue(id) => ("SELECT 1 FROM venues WHERE id = $1 FOR NO KEY UPDATE", id),
        Anchor::Space(id) => ("SELECT 1 FROM spaces WHERE id = $1 FOR NO KEY UPDATE", id),
        Anchor::Event(id) => ("SELECT 1 FROM events WHERE id = $1 FOR NO KEY UPDATE", id),
    };
    diesel::sql_query(sql).bind::<BigInt, _>(id).execute(conn)?;
    Ok(())
}

pub(super) fn lock_word(conn: &mut PgConnection, word: &str) -> Result<()> {
    diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))").bind::<Text, _>(word).execute(conn)?;
    Ok(())
}

/// Whether an idle connection can be used again. A server that hung up has left a last word to be read, and after it the end; to
/// look for that asks it nothing, where a question would cost each request as much as its own first one.
pub(super) fn still_good(conn: &mut PgConnection) -> bool {
    let open = (0..2).all(|_| conn.notifications_iter().all(|heard| heard.is_ok()));
    open && !<PgConnection as Connection>::TransactionManager::is_broken_transaction_manager(conn)
}

/// Runs a deed between BEGIN and COMMIT, and again when it lost against another transaction.
pub(super) fn transaction<T>(db: &mut Db, deed: impl Fn(&mut Db) -> Result<T>) -> Result<T> {
    for _ in 0..TRIES {
        match attempt(db, &deed) {
            Err(Error::InTheWay(_)) => {}
            done => return done,
        }
    }
    Err(super::busy())
}

fn attempt<T>(db: &mut Db, deed: &impl Fn(&mut Db) -> Result<T>) -> Result<T> {
    db.batch_execute("BEGIN")?;
    match catch_unwind(AssertUnwindSafe(|| deed(db))) {
        Ok(Ok(value)) => {
            // A transaction that an error has ended answers COMMIT with a quiet ROLLBACK; a question before it is refused aloud,
            // so that a deed which let an error pass is never acknowledged.
            if let Err(error) = db.batch_execute("SELECT 1; COMMIT") {
                drop(db.batch_execute("ROLLBACK"));
                return Err(error.into());
            }
            Ok(value)
        }
        Ok(Err(error)) => {
            db.batch_execute("ROLLBACK")?;
            Err(error)
        }
        Err(_) => {
            db.batch_execute("ROLLBACK")?;
            Err(Error::Broken("a deed panicked".to_owned()))
        }
    }
}
