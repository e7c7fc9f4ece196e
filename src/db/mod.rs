//! The only place that knows two engines: connections, transactions, locks, and what the enum does not relay.

mod clause;
mod conflict;
mod copy;
mod crew;
mod engine;
mod migrate;
mod moment;
mod one_of;
mod postgres;
mod search;
mod server_url;
mod size;
mod sqlite;

use std::sync::Arc;

use crate::error::{Error, Kind, Refusal, Result};

pub use clause::{Asked, Clause, columns};
pub use copy::{copy_to, restore_from};
pub use engine::{Engine, Place};
pub use migrate::{Migrated, migrate, pending, revert_all, untouched};
pub use one_of::{OneOf, one_of};
pub use search::{Column, complaint_matches, grams, matches, query_grams};
pub use size::Sizes;

/// After so long nobody waits for a question's answer any more.
const LONGEST_READ: std::time::Duration = std::time::Duration::from_secs(10);

/// A connection to either engine; the domains' stores see nothing else.
#[derive(diesel::MultiConnection)]
pub enum Db {
    Sqlite(diesel::SqliteConnection),
    Postgres(diesel::PgConnection),
}

/// What both engines have in common, for boxed queries.
pub type Backend = <Db as diesel::Connection>::Backend;

impl Db {
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }
}

/// Gives one body to both engines, for statements that the enum does not relay (ON CONFLICT, batch inserts).
/// Inside the body `$conn` is the engine's own connection.
#[macro_export]
macro_rules! on_engine {
    ($db:expr, $conn:ident => $body:expr) => {
        match $db {
            $crate::db::Db::Sqlite($conn) => $body,
            $crate::db::Db::Postgres($conn) => $body,
        }
    };
}

/// A row that a deed locks before it decides over more than one row. Lock in the order of this list, then of ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Anchor {
    Order(i64),
    Complaint(i64),
    Event(i64),
    Person(i64),
    Organisation(i64),
    Venue(i64),
    Space(i64),
    Equipment(i64),
    Loan(i64),
    Campaign(i64),
}

/// Locks an anchor until the transaction ends. On SQLite the writer is alone already.
pub fn lock(db: &mut Db, anchor: Anchor) -> Result<()> {
    match db {
        Db::Sqlite(_) => Ok(()),
        Db::Postgres(conn) => postgres::lock(conn, anchor),
    }
}

/// Leans on an anchor until the transaction ends: any number may at once, and none of them while somebody has it locked who would
/// end it. On SQLite the writer is alone already.
pub fn lean_on(db: &mut Db, anchor: Anchor) -> Result<()> {
    match db {
        Db::Sqlite(_) => Ok(()),
        Db::Postgres(conn) => postgres::lean_on(conn, anchor),
    }
}

/// Locks a word that names no row yet until the transaction ends: of two that come with it at once, the second waits for what
/// the first leaves. On SQLite the writer is alone already.
pub fn lock_word(db: &mut Db, word: &str) -> Result<()> {
    match db {
        Db::Sqlite(_) => Ok(()),
        Db::Postgres(conn) => postgres::lock_word(conn, word),
    }
}

/// Connections for reading and writing, shared by the whole process.
#[derive(Clone)]
pub struct Pool {
    place: Arc<Place>,
    readers: crew::Crew,
    near: Arc<crew::Spare>,
    writer: Writer,
}

#[derive(Clone)]
enum Writer {
    /// One thread that gathers waiting deeds into one durable commit.
    Grouped(sqlite::Writer),
    /// Any reader's connection; the engine sorts out who waits for whom.
    Pooled,
}

impl Pool {
    /// Opens the database at a place, with so many connections for reading (PostgreSQL: for everything).
    pub fn open(place: Place, connections: u32) -> Result<Self> {
        // The first connection is tried by itself, so that a failure is told in the engine's own words.
        drop(place.connect()?);
        let writer = match place.engine() {
            Engine::Sqlite => Writer::Grouped(sqlite::Writer::start(place.clone())?),
            Engine::Postgres => Writer::Pooled,
        };
        let opener = engine::Opener::new(place.clone());
        let readers = crew::Crew::new(opener.clone(), connections as usize);
        Ok(Self { place: Arc::new(place), readers, near: Arc::new(crew::Spare::new(opener)), writer })
    }

    pub fn engine(&self) -> Engine {
        self.place.engine()
    }

    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Runs a question on one of the connections. On SQLite it refuses writes.
    pub async fn read<T, F>(&self, ask: F) -> Result<T>
    where
        F: FnOnce(&mut Db) -> Result<T> + Send + 'static,
        T: Send + 'static,
    {
        let timed = move |db: &mut Db| {
            let started = std::time::Instant::now();
            let answer = ask(db);
            if started.elapsed() > LONGEST_READ {
                // On SQLite nothing ends it (docs/decisions says what bounds it instead).
                tracing::warn!(ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX), "a question took longer than anyone waits for it");
            }
            answer
        };
        self.readers.run(timed).await
    }

    /// Runs a question that looks a few rows up by their keys. A file answers it on this very thread, in less time than the way to
    /// another thread and back takes; nothing that goes through rows, sorts or searches may come this way.
    pub async fn look_up<T, F>(&self, ask: F) -> Result<T>
    where
        F: FnOnce(&mut Db) -> Result<T> + Send + 'static,
        T: Send + 'static,
    {
        match self.engine() {
            Engine::Sqlite => self.near.run(ask),
            Engine::Postgres => self.read(ask).await,
        }
    }

    /// Runs a question on this thread: for the command line.
    pub fn read_now<T>(&self, ask: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        self.near.run(ask)
    }

    /// Runs a deed in one transaction and answers after it is durable. The deed may run more than once: on PostgreSQL
    /// it is repeated when another transaction was in the way.
    pub async fn write<T, F>(&self, deed: F) -> Result<T>
    where
        F: Fn(&mut Db) -> Result<T> + Send + 'static,
        T: Send + 'static,
    {
        match &self.writer {
            Writer::Grouped(writer) => writer.submit(deed)?.await.unwrap_or_else(|_| Err(shutting_down())),
            Writer::Pooled => self.readers.run(move |db| postgres::transaction(db, deed)).await,
        }
    }

    /// Runs a deed on this thread and waits for it: for the command line and for loading the county.
    pub fn write_now<T, F>(&self, deed: F) -> Result<T>
    where
        F: Fn(&mut Db) -> Result<T> + Send + 'static,
        T: Send + 'static,
    {
        match &self.writer {
            Writer::Grouped(writer) => writer.submit(deed)?.blocking_recv().unwrap_or_else(|_| Err(shutting_down())),
            Writer::Pooled => self.near.run(|db| postgres::transaction(db, deed)),
        }
    }

    /// Gives the room of SQLite's write-ahead log back to the disk, if nobody is writing or reading at this moment; says whether
    /// it did. Without it the log stays as large as it ever grew.
    pub async fn truncate_log(&self) -> Result<bool> {
        if self.engine() == Engine::Postgres || self.waiting() > 0 {
            return Ok(false);
        }
        let place = self.place.clone();
        self.readers.run(move |_| sqlite::truncate_log(&place)).await
    }

    /// How many deeds wait for the writer.
    pub fn waiting(&self) -> usize {
        match &self.writer {
            Writer::Grouped(writer) => writer.waiting(),
            Writer::Pooled => 0,
        }
    }
}

fn shutting_down() -> Error {
    Refusal::new(Kind::Unavailable, "shutting_down", "The server is stopping. Try again in a moment.").retry_after(5).into()
}

/// The batch that it was part of is lost.
fn not_kept() -> Error {
    Refusal::new(Kind::Unavailable, "not_kept", "This could not be written, and nothing was changed. Try again in a moment.").retry_after(5).into()
}

fn busy() -> Error {
    Refusal::new(Kind::Unavailable, "busy", "Too much is being written at this moment. Try again in a few seconds.").retry_after(2).into()
}
