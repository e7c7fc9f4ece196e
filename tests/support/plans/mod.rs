//! The rule that no statement of the product reads a growing table from end to end, held to every statement that a story runs:
//! each test's database, as it goes, gives what it was asked to [`hold`].
//!
//! - A table grows unless it stands in [`SMALL`], with the reason.
//! - On SQLite the plan is that of a database without statistics, since kepu's SQLite never has any (nothing runs ANALYZE). On
//!   PostgreSQL it is that of a county of some years with statistics, for parameters unknown, and with scans of whole tables and joins
//!   of whole sides priced out: not whether the planner prefers an index today, but whether one can serve.
//! - Reading along an index without a condition on its first column is reading the table too. Two kinds are none: a partial
//!   index, which holds only what is asked for, and the walk of a page along its order, which ends at its LIMIT.

mod filled;
mod postgres;
mod sqlite;

use std::collections::BTreeSet;
use std::sync::{Mutex, OnceLock, PoisonError};

use kepu::db::Db;

pub use filled::db_filled;

/// Tables that do not grow with what people do, and what they grow with.
pub const SMALL: &[(&str, &str)] = &[
    ("budgets", "a row a deed that visitors may do"),
    ("campaigns", "some ten a year and county"),
    ("consent_texts", "a row a version of the notice"),
    ("counties", "one or a few"),
    ("current_plans", "a row when another plan takes over, every five years"),
    ("deadlines", "two rows a stage and county"),
    ("directory_version", "one row"),
    ("divisions", "79 a county"),
    ("equipment", "some dozens a county"),
    ("fields", "the menu: 20"),
    ("holidays", "40 a year and county"),
    ("ledger_keys", "one a secret"),
    ("leases", "a row a job of the worker"),
    ("organisation_aliases", "the spellings of the county's units"),
    ("organisation_fields", "what each organisation offers of the menu"),
    ("organisations", "some 200 a county"),
    ("plan_item_units", "the units of each plan item"),
    ("plan_items", "47 a plan, every five years"),
    ("plan_target_values", "three figures a year and plan"),
    ("plan_targets", "three a plan"),
    ("plans", "one every five years"),
    ("postponement_events", "the events of a few days of snow a year"),
    ("postponements", "a few days of snow a year"),
    ("record_corrections", "the few records of a year that a volunteer finds wrong"),
    ("retention_rules", "a row a kind of thing that is kept"),
    ("reversal_proposals", "the records of the few disputes of a year that were upheld"),
    ("settings", "a row a setting"),
    ("spaces", "a few a venue"),
    ("team_reach", "the places that each team serves"),
    ("teams", "some dozens a county"),
    ("unsealed_records", "what was confirmed since the last minute"),
    ("venue_closures", "some days a year and venue"),
    ("venue_hours", "a row or two a weekday and venue"),
    ("venues", "some dozens a county"),
];

/// Whether a table grows with what people do. What the engines and the migrations keep for themselves does not.
pub fn grows(table: &str) -> bool {
    !SMALL.iter().any(|(small, _)| *small == table) && !["sqlite_", "pg_", "__diesel"].iter().any(|own| table.starts_with(own))
}

/// Ends the story if one of these statements reads a growing table from end to end. Each is looked at once in a run.
pub fn hold(asked: &BTreeSet<String>) {
    static HELD: OnceLock<Mutex<BTreeSet<String>>> = OnceLock::new();
    if asked.is_empty() {
        // The database that statements are explained on goes this way itself.
        return;
    }
    let mut db = db_filled();
    let mut held = HELD.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    let fresh: Vec<&String> = asked.iter().filter(|sql| reads_or_writes(sql) && !held.contains(*sql)).collect();
    if fresh.is_empty() {
        return;
    }
    let faults: Vec<String> = fresh.iter().filter_map(|sql| db_fault(&mut db, sql)).collect();
    if faults.is_empty() {
        held.extend(fresh.into_iter().cloned());
    }
    drop((db, held));
    assert!(faults.is_empty(), "no index serves {} of this story's statements:\n\n{}", faults.len(), faults.join("\n\n"));
}

/// What is wrong with how the engine would run a statement, with the statement and the plan.
pub fn db_fault(db: &mut Db, sql: &str) -> Option<String> {
    let (read, plan) = match db {
        Db::Sqlite(conn) => sqlite::read_whole(conn, sql),
        Db::Postgres(conn) => postgres::read_whole(conn, sql),
    };
    let read: Vec<String> = read.into_iter().filter(|table| grows(table)).collect();
    (!read.is_empty()).then(|| format!("reads the whole of {}:\n{sql}\n{plan}", read.join(", ")))
}

fn reads_or_writes(sql: &str) -> bool {
    ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].iter().any(|word| sql.starts_with(word))
}
