//! A database of its own for every test, copied from one that was migrated and filled once.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use kepu::clock::Moment;
use kepu::db::{self, Db, Engine, Place, Pool};
use tempfile::TempDir;

use super::cluster::{self, Cluster};
use super::{plans, statements};

/// Monday, 2 March 2026, nine in the morning in the county.
pub const START: &str = "2026-03-02T01:00:00Z";

/// The moment that a written time names.
pub fn moment(text: &str) -> Moment {
    Moment::parse(text).unwrap_or_else(|| panic!("{text} is no time"))
}

/// The engine that this run of the suite proves.
pub fn engine() -> Engine {
    match std::env::var("KEPU_TEST_ENGINE").as_deref() {
        Err(_) | Ok("" | "sqlite") => Engine::Sqlite,
        Ok("postgres") => Engine::Postgres,
        Ok(other) => panic!("KEPU_TEST_ENGINE is {other:?}; it must be sqlite or postgres."),
    }
}

/// How full a new database is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    /// No table at all.
    Nothing,
    /// The tables and the county's data files.
    County,
}

/// One test's database; gone when it is dropped.
pub struct Database {
    place: Place,
    kept: Kept,
}

enum Kept {
    /// The file lies in a folder that goes away with it.
    Folder { _folder: TempDir },
    /// The database is dropped by name.
    Name(String),
    /// It goes with its cluster.
    Cluster,
}

impl Database {
    /// With the tables and the county's data files: divisions, organisations, plan, teams, holidays, rules.
    pub fn county() -> Self {
        Self::make(Content::County)
    }

    /// The same on a cluster of the story's own.
    pub fn county_on(cluster: &Cluster) -> Self {
        statements::listen();
        let place = Place::Postgres(cluster.url("postgres"));
        fill(place.clone());
        Self { place, kept: Kept::Cluster }
    }

    /// Without a single table.
    pub fn empty() -> Self {
        Self::make(Content::Nothing)
    }

    fn make(content: Content) -> Self {
        statements::listen();
        match engine() {
            Engine::Sqlite => {
                let folder = folder();
                let path = folder.path().join("kepu.db");
                if content == Content::County {
                    std::fs::copy(template_file(), &path).expect("the template can be copied");
                }
                Self { place: Place::Sqlite(path), kept: Kept::Folder { _folder: folder } }
            }
            Engine::Postgres => {
                let name = fresh_name();
                let template = match content {
                    Content::County => template_name().as_str(),
                    Content::Nothing => "template0",
                };
                admin(&format!("CREATE DATABASE {name} TEMPLATE {template}"));
                Self { place: Place::Postgres(cluster::server(&name)), kept: Kept::Name(name) }
            }
        }
    }

    pub fn place(&self) -> &Place {
        &self.place
    }

    /// A pool over it, as the product opens one.
    pub fn pool(&self, connections: u32) -> Pool {
        Pool::open(self.place.clone(), connections).expect("the test's database opens")
    }

    /// A connection beside the product's pool.
    pub fn db_connect(&self) -> Db {
        statements::of_test(|| self.place.connect().expect("the test's database opens"))
    }

    /// What the connections to this database were asked, as told apart by [`statements`].
    pub fn statements(&self) -> statements::Scope {
        statements::of(&self.place)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let asked = self.statements().take_product();
        if let Kept::Name(name) = &self.kept {
            // The pool's connections may still be open.
            admin(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
        // Whatever a story did, it found its rows by an index.
        if !std::thread::panicking() {
            plans::hold(&asked);
        }
    }
}

/// A folder in memory where the machine has one, since the suite waits for SQLite's syncs otherwise.
fn folder() -> TempDir {
    let mut builder = tempfile::Builder::new();
    builder.prefix("kepu-test-");
    let memory = std::path::Path::new("/dev/shm");
    memory.is_dir().then(|| builder.tempdir_in(memory).ok()).flatten().unwrap_or_else(|| builder.tempdir().expect("a temporary folder can be made"))
}

fn fill(place: Place) {
    db::migrate(&place).expect("a new database can be migrated");
    // On a thread of its own: loading waits for the writer, which a thread that runs a story's tasks may not.
    let loaded = std::thread::spawn(move || kepu::seed::load(&Pool::open(place, 2)?, moment(START))).join();
    loaded.unwrap_or_else(|_| panic!("loading the county panicked")).expect("the county's data files load");
}

/// The migrated and filled file that tests copy; the next run sweeps it away.
fn template_file() -> &'static PathBuf {
    static TEMPLATE: OnceLock<PathBuf> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        sweep_folders();
        let work = folder();
        let place = Place::Sqlite(work.path().join("work.db"));
        fill(place.clone());
        let kept = templates().join(format!("kepu-template-{}.db", std::process::id()));
        drop(std::fs::remove_file(&kept));
        // One file without a log beside it, whatever the pool still holds open.
        let mut db = place.connect().expect("the template opens");
        db.batch_execute(&format!("VACUUM INTO '{}'", kept.display())).expect("the template can be written");
        kept
    })
}

/// Where templates lie: in the build's own temporary folder.
fn templates() -> &'static std::path::Path {
    std::path::Path::new(env!("CARGO_TARGET_TMPDIR"))
}

/// The templates of processes that are gone.
fn sweep_folders() {
    for entry in std::fs::read_dir(templates()).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let pid = name.to_str().and_then(|name| name.strip_prefix("kepu-template-")?.strip_suffix(".db")?.parse().ok());
        if pid.is_some_and(|pid| !runs(pid)) {
            drop(std::fs::remove_file(entry.path()));
        }
    }
}

/// The migrated and filled database that tests are made from.
fn template_name() -> &'static String {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        sweep_databases();
        let name = fresh_name();
        admin(&format!("CREATE DATABASE {name} TEMPLATE template0"));
        fill(Place::Postgres(cluster::server(&name)));
        // A database is copied only while nobody is connected to it.
        admin(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"));
        admin(&format!("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'"));
        name
    })
}

/// The databases of processes that are gone, on a server that outlives us.
fn sweep_databases() {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        datname: String,
    }
    let mut conn = PgConnection::establish(&cluster::server("postgres")).expect("the server answers");
    let found: Vec<Row> = diesel::sql_query("SELECT datname::text AS datname FROM pg_database WHERE datname LIKE 'kepu\\_test\\_%'")
        .load(&mut conn)
        .expect("databases can be listed");
    for Row { datname } in found {
        let pid = datname.split('_').nth(2).and_then(|pid| pid.parse().ok());
        if pid.is_some_and(|pid| !runs(pid)) {
            admin(&format!("DROP DATABASE IF EXISTS {datname} WITH (FORCE)"));
        }
    }
}

/// Whether a process of this machine still runs.
fn runs(pid: u32) -> bool {
    cluster::output(Command::new("ps").args(["-p", &pid.to_string(), "-o", "pid="])).is_some()
}

fn fresh_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("kepu_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// One statement about databases, on a connection of its own.
fn admin(sql: &str) {
    let mut conn =
        PgConnection::establish(&cluster::server("postgres")).unwrap_or_else(|error| panic!("the PostgreSQL server for tests does not answer: {error}"));
    conn.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
}
