//! Which statements a database was asked, counted by the database and so by the test: for "a list of 20 rows takes as many
//! statements as a list of one", and for asking the engine how it would run them.

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, Once, OnceLock, PoisonError};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};
use diesel::prelude::*;
use diesel::sql_types::Text;
use kepu::db::{Db, Place};

/// The statements of one database.
#[derive(Clone, Default)]
pub struct Scope(Arc<Mutex<Told>>);

#[derive(Default)]
struct Told {
    /// Since the last [`Scope::take`].
    recent: Vec<String>,
    /// Each once, of the product's own connections.
    product: BTreeSet<String>,
}

impl Scope {
    /// The statements so far, in order, without those that begin and end transactions; forgets them.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.told().recent)
    }

    /// Every statement that the product asked of this database, each once, whatever was taken meanwhile; forgets them.
    pub fn take_product(&self) -> BTreeSet<String> {
        std::mem::take(&mut self.told().product)
    }

    fn told(&self) -> std::sync::MutexGuard<'_, Told> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, sql: String, product: bool) {
        let mut told = self.told();
        if product && !told.product.contains(&sql) {
            told.product.insert(sql.clone());
        }
        told.recent.push(sql);
    }
}

thread_local! {
    /// Whether the connections that this thread opens are the test's own.
    static OF_TEST: Cell<bool> = const { Cell::new(false) };
}

/// Opens a connection that is the test's own, not the product's.
pub fn of_test<T>(open: impl FnOnce() -> T) -> T {
    OF_TEST.set(true);
    let opened = open();
    OF_TEST.set(false);
    opened
}

fn scopes() -> &'static Mutex<HashMap<String, Scope>> {
    static SCOPES: OnceLock<Mutex<HashMap<String, Scope>>> = OnceLock::new();
    SCOPES.get_or_init(Mutex::default)
}

fn scope(url: &str) -> Scope {
    scopes().lock().unwrap_or_else(PoisonError::into_inner).entry(url.to_owned()).or_default().clone()
}

/// The scope of the database at a place.
pub fn of(place: &Place) -> Scope {
    match place {
        Place::Sqlite(path) => scope(&path.to_string_lossy()),
        Place::Postgres(url) => scope(url),
    }
}

/// Makes every connection that is opened from now on tell its statements.
pub fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| set_default_instrumentation(|| Some(Box::new(Ear::default()))).expect("nobody else listens"));
}

/// What listens at one connection.
#[derive(Default)]
struct Ear {
    scope: Option<Scope>,
    product: bool,
}

impl Instrumentation for Ear {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => (self.scope, self.product) = (Some(scope(url)), !OF_TEST.get()),
            InstrumentationEvent::StartQuery { query, .. } => {
                let text = query.to_string();
                // diesel's own text ends with the values; the engine was sent what stands before them.
                let sql = text.split(" -- binds:").next().unwrap_or_default().trim();
                let frame = ["BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SET ", "SELECT 1"];
                if let (Some(scope), false) = (&self.scope, sql.is_empty() || frame.iter().any(|word| sql.starts_with(word) && !sql.contains(" FROM "))) {
                    scope.add(sql.to_owned(), self.product);
                }
            }
            _ => {}
        }
    }
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(QueryableByName)]
struct PgLine {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    line: String,
}

/// How the engine would run a statement, as text: with the parameters unknown, and on PostgreSQL with scans of whole tables
/// priced out, since a planner scans a small table whatever its indexes.
pub fn db_explain(db: &mut Db, sql: &str) -> String {
    let lines: Vec<String> = match db {
        Db::Sqlite(conn) => {
            // `EXPLAIN` cannot stand in a subquery; its columns have these names.
            #[derive(QueryableByName)]
            struct Step {
                #[diesel(sql_type = Text)]
                detail: String,
            }
            let steps: Vec<Step> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}")).load(conn).unwrap_or_else(|error| panic!("{sql}: {error}"));
            steps.into_iter().map(|step| step.detail).collect()
        }
        Db::Postgres(conn) => {
            use diesel::connection::SimpleConnection;
            let parameters = (1..100).take_while(|n| sql.contains(&format!("${n}"))).count();
            let nulls = vec!["NULL"; parameters].join(", ");
            let arguments = if parameters == 0 { String::new() } else { format!("({nulls})") };
            conn.batch_execute(&format!("SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan; PREPARE asked AS {sql}"))
                .unwrap_or_else(|error| panic!("{sql}: {error}"));
            let steps: Vec<PgLine> = diesel::sql_query(format!("EXPLAIN EXECUTE asked{arguments}")).load(conn).unwrap_or_else(|error| panic!("{sql}: {error}"));
            conn.batch_execute("RESET enable_seqscan; RESET plan_cache_mode; DEALLOCATE asked").expect("settings can be reset");
            steps.into_iter().map(|step| step.line).collect()
        }
    };
    lines.join("\n")
}

/// Runs a statement of one text column.
pub fn db_lines(db: &mut Db, sql: &str) -> Vec<String> {
    let found: QueryResult<Vec<Line>> = kepu::on_engine!(db, conn => diesel::sql_query(sql).load(conn));
    found.unwrap_or_else(|error| panic!("{sql}: {error}")).into_iter().map(|found| found.line).collect()
}
