//! The schema itself: both engines alike, as `schema.rs` says, foreign keys indexed, up and down.
//! What one engine's run writes into the snapshot, the other engine's run must find there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use kepu::clock::Clock;
use kepu::db::{self, Db, Engine};

use crate::support::database::Database;
use crate::support::statements::db_lines;

/// A column as both engines and diesel understand it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Column {
    /// diesel's name of the type.
    kind: String,
    nullable: bool,
}

type Tables = BTreeMap<String, BTreeMap<String, Column>>;

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
    #[diesel(sql_type = Bool)]
    is_key: bool,
}

/// What SQLite keeps for itself, and what only it needs for its full-text search.
const SQLITE_TABLES: &str = "m.type = 'table' AND m.name NOT LIKE 'sqlite~_%' ESCAPE '~' AND m.name NOT LIKE '~_~_diesel%' ESCAPE '~' \
     AND m.name NOT LIKE '%~_search~_index%' ESCAPE '~'";

/// Whether the table's key is one column.
const ONE_KEY: &str = "(SELECT count(*) FROM pragma_table_info(m.name) k WHERE k.pk > 0) = 1";

fn db_columns(db: &mut Db) -> Tables {
    let rows: Vec<ColumnRow> = match db {
        Db::Sqlite(conn) => diesel::sql_query(format!(
            "SELECT m.name AS table_name, c.name AS column_name, c.type AS kind, c.\"notnull\" = 0 AS nullable, \
             c.pk = 1 AND {ONE_KEY} AS is_key FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE {SQLITE_TABLES}"
        ))
        .load(conn),
        Db::Postgres(conn) => diesel::sql_query(
            "SELECT table_name::text, column_name::text, data_type::text AS kind, is_nullable = 'YES' AS nullable, false AS is_key \
             FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_diesel%'",
        )
        .load(conn),
    }
    .expect("the engine describes its tables");
    let mut tables = Tables::new();
    for row in rows {
        let kind = diesel_type(&row.kind, row.is_key).unwrap_or_else(|| panic!("{}.{} is of type {}", row.table_name, row.column_name, row.kind));
        let column = Column { kind: kind.to_owned(), nullable: row.nullable };
        tables.entry(row.table_name).or_default().insert(row.column_name, column);
    }
    tables
}

/// The type that diesel reads a column as. SQLite's own row number is the one `INTEGER` that holds 64 bits for us.
fn diesel_type(kind: &str, is_key: bool) -> Option<&'static str> {
    Some(match kind {
        "TEXT" | "text" => "Text",
        "BIGINT" | "bigint" => "BigInt",
        "INTEGER" if is_key => "BigInt",
        "INTEGER" | "integer" => "Integer",
        "BOOLEAN" | "boolean" => "Bool",
        "TIMESTAMP" | "timestamp without time zone" => "Timestamp",
        "DATE" | "date" => "Date",
        "DOUBLE" | "double precision" => "Double",
        _ => return None,
    })
}

/// The tables as `schema.rs` declares them.
fn declared(source: &str) -> Tables {
    let mut tables = Tables::new();
    for table in source.split("diesel::table! {").skip(1) {
        let (name, rest) = table.split_once('(').expect("a table has a key");
        let columns = rest.split_once('{').and_then(|(_, rest)| rest.split_once('}')).expect("a table has columns").0;
        let columns = columns.split(',').filter_map(|column| column.trim().split_once(" -> ")).map(|(column, kind)| {
            let inner = kind.strip_prefix("Nullable<").and_then(|kind| kind.strip_suffix('>'));
            (column.to_owned(), Column { kind: inner.unwrap_or(kind).to_owned(), nullable: inner.is_some() })
        });
        tables.insert(name.trim().to_owned(), columns.collect());
    }
    tables
}

/// `table.column -> table`, for every foreign key of one column.
fn db_foreign_keys(db: &mut Db) -> BTreeSet<String> {
    let lines = match db.engine() {
        Engine::Sqlite => db_lines(
            db,
            &format!(
                "SELECT m.name || '.' || f.\"from\" || ' -> ' || f.\"table\" AS line FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE {SQLITE_TABLES}"
            ),
        ),
        Engine::Postgres => db_lines(
            db,
            "SELECT c.conrelid::regclass::text || '.' || a.attname || ' -> ' || c.confrelid::regclass::text AS line \
             FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] WHERE c.contype = 'f'",
        ),
    };
    lines.into_iter().collect()
}

/// `table (column, …)` or `unique table (column, …)` with the condition left out, for every index and key.
fn db_indexes(db: &mut Db) -> BTreeSet<String> {
    let lines = match db.engine() {
        Engine::Sqlite => {
            let mut lines = db_lines(
                db,
                &format!(
                    "SELECT CASE WHEN l.\"unique\" THEN 'unique ' ELSE '' END || m.name || ' (' || (SELECT group_concat(i.name, ', ') FROM pragma_index_info(l.name) i) || ')' \
                     || CASE WHEN l.partial THEN ' partly' ELSE '' END AS line FROM sqlite_master m JOIN pragma_index_list(m.name) l WHERE {SQLITE_TABLES}"
                ),
            );
            // The row number is a key without an index beside it.
            lines.extend(db_lines(
                db,
                &format!(
                    "SELECT 'unique ' || m.name || ' (' || c.name || ')' AS line FROM sqlite_master m JOIN pragma_table_info(m.name) c \
                     WHERE {SQLITE_TABLES} AND c.pk = 1 AND {ONE_KEY} AND c.type = 'INTEGER'"
                ),
            ));
            lines
        }
        Engine::Postgres => db_lines(
            db,
            "SELECT CASE WHEN i.indisunique THEN 'unique ' ELSE '' END || i.indrelid::regclass::text || ' (' \
             || (SELECT string_agg(a.attname, ', ' ORDER BY k.place) FROM unnest(i.indkey::int2[]) WITH ORDINALITY k(num, place) \
             JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.num) || ')' || CASE WHEN i.indpred IS NULL THEN '' ELSE ' partly' END AS line \
             FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace \
             WHERE n.nspname = 'public' AND t.relname NOT LIKE '\\_\\_diesel%' AND i.indexprs IS NULL AND NOT i.indisexclusion",
        ),
    };
    lines.into_iter().collect()
}

#[test]
fn both_engines_have_the_same_migrations() {
    let names = |engine: &str| -> BTreeSet<String> {
        let folder = format!("{}/migrations/{engine}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_dir(folder).expect("the migrations lie there").flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

#[test]
fn the_tables_are_as_the_code_declares_them() {
    let declared = declared(include_str!("../../src/schema.rs"));
    let found = db_columns(&mut Database::county().db_connect());
    assert_eq!(declared.keys().collect::<Vec<_>>(), found.keys().collect::<Vec<_>>());
    for (table, columns) in &declared {
        assert_eq!(Some(columns), found.get(table), "{table}");
    }
}

#[test]
fn both_engines_have_the_same_schema() {
    let database = Database::county();
    let mut db = database.db_connect();
    let mut text = String::new();
    for (table, columns) in db_columns(&mut db) {
        writeln!(text, "{table}").expect("a text can grow");
        for (name, column) in columns {
            writeln!(text, "    {name} {}{}", column.kind, if column.nullable { "" } else { " not null" }).expect("a text can grow");
        }
    }
    for key in db_foreign_keys(&mut db) {
        writeln!(text, "{key}").expect("a text can grow");
    }
    for index in db_indexes(&mut db) {
        writeln!(text, "{index}").expect("a text can grow");
    }
    insta::assert_snapshot!("schema", text);
}

/// Codes, and who did it: their rows are never deleted, and no question goes through them backwards.
const LOOKED_UP: [&str; 4] = ["counties", "divisions", "fields", "people"];

/// So are these: nothing deletes an organisation, a plan or a venue. A new key is indexed, or thought about and added here; what
/// then asks it backwards all the same is found by `tests/support/plans`.
const NOT_ASKED_BACKWARDS: [&str; 13] = [
    "complaint_moves.organisation_id -> organisations",
    "current_plans.plan_id -> plans",
    "event_sessions.space_id -> spaces",
    "journal.organisation_id -> organisations",
    "order_moves.about_id -> organisations",
    "order_moves.organisation_id -> organisations",
    "order_progress.dispatching_centre_id -> organisations",
    "order_proposals.venue_id -> venues",
    "order_questions.organisation_id -> organisations",
    "orders.requesting_organisation_id -> organisations",
    "plan_targets.plan_item_id -> plan_items",
    "registration_moves.organisation_id -> organisations",
    "registration_readings.organisation_id -> organisations",
];

#[test]
fn every_foreign_key_is_the_beginning_of_an_index() {
    let database = Database::county();
    let mut db = database.db_connect();
    let indexes = db_indexes(&mut db);
    let is_indexed = |key: &str| {
        let (table, column) = key.split_once(" -> ").and_then(|(from, _)| from.split_once('.')).expect("a key starts in a column");
        indexes.iter().any(|index| index.contains(&format!("{table} ({column},")) || index.contains(&format!("{table} ({column})")))
    };
    let looked_up = |key: &str| LOOKED_UP.iter().any(|table| key.ends_with(&format!(" -> {table}")));
    let missing: Vec<String> = db_foreign_keys(&mut db).into_iter().filter(|key| !looked_up(key) && !is_indexed(key)).collect();
    assert_eq!(missing, NOT_ASKED_BACKWARDS);
}

#[test]
fn taking_every_migration_back_leaves_no_table_and_the_way_up_stays_open() {
    let database = Database::empty();
    db::migrate(database.place()).expect("up");
    let mut db = database.db_connect();
    let full = db_columns(&mut db);
    assert!(!full.is_empty());
    db::revert_all(&mut db).expect("down");
    assert_eq!(db_columns(&mut db), Tables::new());
    drop(db);
    db::migrate(database.place()).expect("up again");
    assert_eq!(db_columns(&mut database.db_connect()), full);
}

#[test]
fn a_second_migration_finds_nothing_to_do() {
    let database = Database::county();
    assert_eq!(db::migrate(database.place()).expect("it can be asked"), db::Migrated::default());
}

/// SQLite compares times as text: one that is written in another way is before or after them all.
#[test]
fn a_time_has_one_way_to_be_written() {
    let database = Database::county();
    let mut db = database.db_connect();
    let mut put = |name: &str, time: &str| db.batch_execute(&format!("INSERT INTO leases (name, holder, until) VALUES ('{name}', 'a', '{time}')"));
    put("plain", "2026-03-02 01:00:00").expect("a time as diesel writes it");
    put("fine", "2026-03-02 01:00:00.000001").expect("a time to the microsecond");
    if database.place().engine() == Engine::Sqlite {
        put("letter", "2026-03-02T01:00:00").expect_err("a T");
        put("zone", "2026-03-02 01:00:00Z").expect_err("a zone");
        put("day", "2026-03-02").expect_err("no time of day");
        put("number", "1772413200").expect_err("a number");
        let unchecked = db_lines(
            &mut db,
            &format!(
                "SELECT m.name || '.' || c.name AS line FROM sqlite_master m JOIN pragma_table_info(m.name) c \
                 WHERE {SQLITE_TABLES} AND c.type = 'TIMESTAMP' AND m.sql NOT LIKE '%CHECK (' || c.name || ' GLOB ''[0-9][0-9][0-9][0-9]-%'"
            ),
        );
        assert!(unchecked.is_empty(), "no CHECK holds these times: {unchecked:?}");
    }
}

#[test]
fn the_journal_changes_no_line_and_gives_up_none_of_the_last_six_months() {
    let database = Database::county();
    let mut db = database.db_connect();
    // By the database's own clock, whatever the story's says.
    let days_ago = |days: i64| Clock::system().now().minus(chrono::Duration::days(days)).rfc3339()[..19].replace('T', " ");
    for (id, days) in [(1, 170), (2, 190)] {
        let at = days_ago(days);
        db.batch_execute(&format!("INSERT INTO journal (at, verb, subject_kind, subject_id, fields) VALUES ('{at}', 'try', 'try', {id}, '')"))
            .expect("a line is added");
    }
    db.batch_execute("UPDATE journal SET verb = 'other' WHERE subject_kind = 'try' AND subject_id = 2").expect_err("a line is changed");
    db.batch_execute("DELETE FROM journal WHERE subject_kind = 'try'").expect_err("a young line is removed");
    db.batch_execute("DELETE FROM journal WHERE subject_kind = 'try' AND subject_id = 2").expect("an old line is removed");
    assert_eq!(db_lines(&mut db, "SELECT CAST(subject_id AS TEXT) AS line FROM journal WHERE subject_kind = 'try'"), ["1"]);
}
