//! The rule tells a search from a scan: it finds what lacks an index, and lets pass what has one.

use diesel::connection::SimpleConnection;
use kepu::db::Engine;

use crate::support::database::{Database, engine};
use crate::support::plans::{SMALL, db_fault, db_filled, grows};
use crate::support::statements::db_lines;

#[test]
fn a_statement_without_an_index_is_found() {
    let mut db = db_filled();
    for sql in [
        "SELECT id FROM orders WHERE title = 'x'",
        "SELECT count(*) FROM journal",
        "SELECT id FROM orders WHERE id IN (SELECT subject_id FROM journal WHERE fields = 'x')",
        // The second column of an index alone.
        "SELECT id FROM notices WHERE subject_id = 1",
        // Ordered, but by nothing that an index gives.
        "SELECT id FROM orders ORDER BY title LIMIT 20",
        // In the order of an index, but without an end.
        "SELECT id FROM orders ORDER BY id DESC",
        // Inside a join it is run through for each row.
        "SELECT o.id FROM orders o JOIN journal j ON j.fields = o.title WHERE o.id = 1 ORDER BY o.id LIMIT 20",
        "UPDATE outbox SET tries = 0 WHERE tries = 3",
        "DELETE FROM idempotency_keys WHERE subject_id = 1",
    ] {
        assert!(db_fault(&mut db, sql).is_some(), "nothing was found in {sql}");
    }
}

#[test]
fn a_statement_with_an_index_passes() {
    let mut db = db_filled();
    for sql in [
        "SELECT id FROM orders WHERE id = 1",
        "SELECT id FROM orders WHERE county = 'x' AND state = 'submitted'",
        "SELECT id FROM journal WHERE subject_kind = 'order' AND subject_id = 1",
        // A page, along the key to its LIMIT.
        "SELECT id FROM orders WHERE urgent ORDER BY id DESC LIMIT 20",
        // All of an index that holds what is asked for and no more.
        "SELECT id FROM outbox WHERE done_at IS NULL ORDER BY id LIMIT 100",
        "SELECT count(*) FROM outbox WHERE done_at IS NULL",
        // All of a small table.
        "SELECT name FROM organisations ORDER BY name",
        "UPDATE outbox SET tries = 0 WHERE id = 1",
        "DELETE FROM idempotency_keys WHERE created_at < '2026-01-01 00:00:00'",
        "INSERT INTO settings (name, value) VALUES ('a', 'b')",
    ] {
        let fault = db_fault(&mut db, sql);
        assert!(fault.is_none(), "{}", fault.unwrap_or_default());
    }
}

#[test]
fn what_had_an_index_is_found_when_the_index_is_gone() {
    let database = Database::county();
    let mut db = database.db_connect();
    let sql = "SELECT id FROM notices WHERE person_id = 1 ORDER BY id DESC";
    assert!(db_fault(&mut db, sql).is_none());
    db.batch_execute("DROP INDEX notices_person").expect("an index can be dropped");
    assert!(db_fault(&mut db, sql).is_some());
}

/// A planner that sees no rows plans for none.
#[test]
fn every_table_that_grows_has_rows_to_plan_with() {
    if engine() == Engine::Sqlite {
        return;
    }
    let empty = "SELECT relname::text AS line FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples < 1000";
    let empty: Vec<String> = db_lines(&mut db_filled(), empty).into_iter().filter(|table| grows(table)).collect();
    assert!(empty.is_empty(), "give {empty:?} rows in filled.sql, or a line in SMALL with the reason");
}

#[test]
fn a_table_that_is_called_small_is_there_and_said_to_be_small_for_a_reason() {
    let database = Database::county();
    let mut db = database.db_connect();
    let tables = match engine() {
        Engine::Sqlite => db_lines(&mut db, "SELECT name AS line FROM sqlite_master WHERE type = 'table'"),
        Engine::Postgres => db_lines(&mut db, "SELECT table_name::text AS line FROM information_schema.tables WHERE table_schema = 'public'"),
    };
    for (table, why) in SMALL {
        assert!(tables.iter().any(|there| there == table), "there is no {table}");
        assert!(!why.is_empty() && !grows(table));
    }
    assert!(grows("orders") && grows("journal") && grows("people"));
}
