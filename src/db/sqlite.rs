//! SQLite's one writer: a thread that takes what waits, up to 64 deeds, into one durable commit, and answers after it.
//!
//! Each deed has a savepoint of its own. Only a refusal leaves the batch running: any other error (disk full, I/O) can have
//! ended the whole transaction underneath, so the batch is rolled back, the connection opened anew, and every deed told to
//! come back.

use std::panic::{AssertUnwindSafe, catch_unwind};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Integer;
use tokio::sync::{mpsc, oneshot};

use super::{Db, Place};
use crate::error::{Error, Result};

/// How many deeds share one commit at most.
const BATCH: usize = 64;
/// How many deeds may wait; more are told to come back.
const QUEUE: usize = 1024;

/// How a deed left its savepoint.
enum Left {
    /// Keep what it wrote.
    Kept,
    /// It was refused: undo it, go on with the others.
    Undone,
    /// The database failed underneath, in these words: nothing of the batch can be trusted.
    Broken(String),
}

/// One waiting deed.
trait Job: Send {
    fn run(&mut self, db: &mut Db) -> Left;
    /// Tells the caller; `durable` says whether the commit stands.
    fn answer(self: Box<Self>, durable: bool);
}

struct Waiting<T, F> {
    deed: F,
    result: Option<Result<T>>,
    to: oneshot::Sender<Result<T>>,
}

impl<T, F> Job for Waiting<T, F>
where
    F: Fn(&mut Db) -> Result<T> + Send,
    T: Send,
{
    fn run(&mut self, db: &mut Db) -> Left {
        let deed = &self.deed;
        let result = catch_unwind(AssertUnwindSafe(|| deed(db)));
        let (left, result) = match result {
            Ok(Ok(value)) => (Left::Kept, Ok(value)),
            Ok(Err(error @ Error::Refused(_))) => (Left::Undone, Err(error)),
            // Alone in the file, a deed has nobody to wait for: the caller is asked to send it again.
            Ok(Err(Error::InTheWay(_))) => (Left::Undone, Err(super::busy())),
            Ok(Err(error)) => (Left::Broken(error.to_string()), Err(error)),
            Err(_) => (Left::Undone, Err(Error::Broken("a deed panicked".to_owned()))),
        };
        self.result = Some(result);
        left
    }

    fn answer(self: Box<Self>, durable: bool) {
        let result = match self.result {
            Some(result) if durable => result,
            // A fault of the deed itself is told to whoever asked for it: coming back would not help.
            Some(Err(Error::Broken(what))) if !machine_failed(&what) => Err(Error::Broken(what)),
            // Even a refusal may rest on what another deed of the lost batch had written.
            Some(_) | None => Err(super::not_kept()),
        };
        // The caller may have gone away; what was committed stays.
        drop(self.to.send(result));
    }
}

/// Whether the disk gave out, in SQLite's own words, rather than the deed.
fn machine_failed(what: &str) -> bool {
    ["database or disk is full", "disk I/O error", "unable to open database file"].iter().any(|words| what.contains(words))
}

#[derive(Clone)]
pub(super) struct Writer {
    queue: mpsc::Sender<Box<dyn Job>>,
}

impl Writer {
    pub(super) fn start(place: Place) -> Result<Self> {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let db = place.connect()?;
        std::thread::Builder::new()
            .name("kepu-writer".to_owned())
            .spawn(move || work(&place, Some(db), waiting))
            .map_err(|error| Error::Broken(format!("the writer's thread could not start: {error}")))?;
        Ok(Self { queue })
    }

    pub(super) fn submit<T, F>(&self, deed: F) -> Result<oneshot::Receiver<Result<T>>>
    where
        F: Fn(&mut Db) -> Result<T> + Send + 'static,
        T: Send + 'static,
    {
        let (to, answer) = oneshot::channel();
        self.queue.try_send(Box::new(Waiting { deed, result: None, to })).map_err(|_| super::busy())?;
        Ok(answer)
    }

    pub(super) fn waiting(&self) -> usize {
        QUEUE - self.queue.capacity()
    }
}

/// Takes batches until the last sender is gone.
fn work(place: &Place, mut db: Option<Db>, mut waiting: mpsc::Receiver<Box<dyn Job>>) {
    while let Some(first) = waiting.blocking_recv() {
        let mut batch = vec![first];
        while batch.len() < BATCH {
            match waiting.try_recv() {
                Ok(job) => batch.push(job),
                Err(_) => break,
            }
        }
        let (kept, ended) = match db.take().map_or_else(|| place.connect(), Ok) {
            Ok(mut open) => match commit(&mut open, &mut batch) {
                Ok(()) => (Some(open), Ok(())),
                // The transaction ends with its connection; the next batch starts on a new one.
                Err(error) => (None, Err(error)),
            },
            Err(error) => (None, Err(error)),
        };
        db = kept;
        if let Err(error) = &ended {
            tracing::error!(%error, deeds = batch.len(), "a batch was given up");
        }
        for job in batch {
            job.answer(ended.is_ok());
        }
    }
}

fn commit(db: &mut Db, batch: &mut [Box<dyn Job>]) -> Result<()> {
    db.batch_execute("BEGIN IMMEDIATE")?;
    for job in batch {
        db.batch_execute("SAVEPOINT deed")?;
        match job.run(db) {
            Left::Kept => db.batch_execute("RELEASE deed")?,
            Left::Undone => db.batch_execute("ROLLBACK TO deed; RELEASE deed")?,
            Left::Broken(what) => return Err(Error::Broken(what)),
        }
    }
    Ok(db.batch_execute("COMMIT")?)
}

/// What a checkpoint says: 1 where others were in the way.
#[derive(QueryableByName)]
struct Checkpoint {
    #[diesel(sql_type = Integer)]
    busy: i32,
}

/// Moves the write-ahead log into the database and empties its file. It gives up at once where somebody reads or writes, since it
/// would keep the writer waiting: there will be another time.
pub(super) fn truncate_log(place: &Place) -> Result<bool> {
    let mut db = place.connect()?;
    let Db::Sqlite(conn) = &mut db else { return Ok(false) };
    conn.batch_execute("PRAGMA busy_timeout = 0")?;
    let done: Checkpoint = diesel::sql_query("PRAGMA wal_checkpoint(TRUNCATE)").get_result(conn)?;
    Ok(done.busy == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_is_emptied_when_nobody_reads_and_left_alone_while_somebody_does() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("kepu.db");
        let place = Place::Sqlite(path.clone());
        let size = || std::fs::metadata(path.with_extension("db-wal")).map_or(0, |file| file.len());
        let mut writer = place.connect().expect("a connection");
        let mut reader = place.connect().expect("a connection");
        writer.batch_execute("CREATE TABLE rows (text TEXT); INSERT INTO rows VALUES (hex(randomblob(100000)))").expect("rows");
        assert!(size() > 100_000);
        reader.batch_execute("BEGIN; SELECT count(*) FROM rows").expect("a question");
        assert!(!truncate_log(&place).expect("it is asked"));
        assert!(size() > 100_000);
        writer.batch_execute("INSERT INTO rows VALUES ('more')").expect("writing goes on");
        reader.batch_execute("COMMIT").expect("the answer");
        assert!(truncate_log(&place).expect("it is asked"));
        assert_eq!(size(), 0);
        writer.batch_execute("INSERT INTO rows VALUES ('more')").expect("writing goes on");
        reader.batch_execute("SELECT count(*) FROM rows").expect("so does reading");
    }
}
