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
    row(
        conn,
        anchor,
        match anchor {
            // It waits for every row that comes to point at it, too: who leans on it, and who only refers to it.
            Anchor::Organisation(_) | Anchor::Campaign(_) => "FOR UPDATE",
            _ => "FOR NO KEY UPDATE",
        },
    )
}

/// What a row that refers to it takes by itself, but before it is looked at: others may lean on it and change it, not end it.
pub(super) fn lean_on(conn: &mut PgConnection, anchor: Anchor) -> Result<()> {
    row(conn, anchor, "FOR KEY SHARE")
}

fn row(conn: &mut PgConnection, anchor: Anchor, how: &str) -> Result<()> {
    let (table, id) = match anchor {
        Anchor::Person(id) => ("people", id),
        Anchor::Organisation(id) => ("organisations", id),
        Anchor::Order(id) => ("orders", id),
        Anchor::Complaint(id) => ("complaints", id),
        Anchor::Venue(id) => ("venues", id),
        Anchor::Space(id) => ("spaces", id),
        Anchor::Event(id) => ("events", id),
        Anchor::Equipment(id) => ("equipment", id),
        Anchor::Loan(id) => ("loans", id),
        Anchor::Campaign(id) => ("campaigns", id),
    };
    diesel::sql_query(format!("SELECT 1 FROM {table} WHERE id = $1 {how}")).bind::<BigInt, _>(id).execute(conn)?;
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
