//! The connections for asking, each with a thread of its own. What is asked goes into one queue, from which whoever is free takes
//! it: while there is a queue, nobody need be woken, and no thread is parked for each request that waits.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use super::engine::Opener;
use super::{Db, shutting_down};
use crate::error::{Error, Result};

/// What runs on a connection, or hears why there is none; says whether the connection is as it was before.
type Job = Box<dyn FnOnce(Result<&mut Db>) -> bool + Send>;

/// So many connections at most, each opened when it is first needed. With the last handle the threads end.
#[derive(Clone)]
pub(super) struct Crew(Arc<Handle>);

struct Handle(Arc<Shared>);

struct Shared {
    opener: Opener,
    most: usize,
    queue: Mutex<Queue>,
    more: Condvar,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Job>,
    threads: usize,
    free: usize,
    closed: bool,
}

impl Crew {
    pub(super) fn new(opener: Opener, most: usize) -> Self {
        Self(Arc::new(Handle(Arc::new(Shared { opener, most: most.max(1), queue: Mutex::default(), more: Condvar::new() }))))
    }

    /// Runs this on one of the connections.
    pub(super) async fn run<T: Send + 'static>(&self, ask: impl FnOnce(&mut Db) -> Result<T> + Send + 'static) -> Result<T> {
        let (to, answer) = oneshot::channel();
        let job = move |db: Result<&mut Db>| {
            // Whoever gave up waiting is not worked for.
            if to.is_closed() {
                return true;
            }
            let done = db.map(|db| catch_unwind(AssertUnwindSafe(|| ask(db))));
            let (sound, result) = match done {
                Ok(Ok(result)) => (true, result),
                // A panic may have left a transaction open.
                Ok(Err(_)) => (false, Err(Error::Broken("a deed panicked".to_owned()))),
                Err(error) => (false, Err(error)),
            };
            drop(to.send(result));
            sound
        };
        self.0.0.add(Box::new(job))?;
        answer.await.unwrap_or_else(|_| Err(shutting_down()))
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.0.queue().closed = true;
        self.0.more.notify_all();
    }
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(self: &Arc<Self>, job: Job) -> Result<()> {
        let mut queue = self.queue();
        queue.waiting.push_back(job);
        // Those who are free take one each; for what is more there is one more connection, as long as there may be.
        if queue.waiting.len() <= queue.free {
            self.more.notify_one();
        } else if queue.threads < self.most {
            queue.threads += 1;
            let shared = self.clone();
            let started = std::thread::Builder::new().name("kepu-reader".to_owned()).spawn(move || shared.work());
            if let Err(error) = started {
                queue.threads -= 1;
                // The others take it, if there is anyone.
                if queue.threads == 0 {
                    queue.waiting.clear();
                    return Err(Error::Broken(format!("a reader's thread could not start: {error}")));
                }
            }
        }
        Ok(())
    }

    /// Takes one after another until the last handle is gone.
    fn work(&self) {
        let mut kept: Option<Db> = None;
        while let Some(job) = self.next() {
            let sound = match self.opener.renew(kept.take()) {
                Ok(mut db) => {
                    let sound = job(Ok(&mut db));
                    kept = Some(db);
                    sound
                }
                Err(error) => job(Err(error)),
            };
            if !sound {
                kept = None;
            }
        }
    }

    fn next(&self) -> Option<Job> {
        let mut queue = self.queue();
        loop {
            if let Some(job) = queue.waiting.pop_front() {
                return Some(job);
            }
            if queue.closed {
                return None;
            }
            queue.free += 1;
            queue = self.more.wait(queue).unwrap_or_else(PoisonError::into_inner);
            queue.free -= 1;
        }
    }
}

/// Connections for asking on the caller's own thread: as many as ever asked at once.
pub(super) struct Spare {
    opener: Opener,
    free: Mutex<Vec<Db>>,
}

impl Spare {
    pub(super) fn new(opener: Opener) -> Self {
        Self { opener, free: Mutex::default() }
    }

    /// Runs this here and now. After a panic the connection is closed with it.
    pub(super) fn run<T>(&self, ask: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        let kept = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut db = self.opener.renew(kept)?;
        let result = ask(&mut db);
        self.free.lock().unwrap_or_else(PoisonError::into_inner).push(db);
        result
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Engine, Place};
    use super::*;

    fn crew(folder: &std::path::Path, most: usize) -> Crew {
        Crew::new(Opener::new(Place::Sqlite(folder.join("crew.db"))), most)
    }

    #[tokio::test]
    async fn more_than_there_are_connections_are_all_answered() {
        let folder = tempfile::tempdir().unwrap();
        let crew = crew(folder.path(), 2);
        let ask = |n: usize| {
            let crew = crew.clone();
            tokio::spawn(async move {
                crew.run(move |db| {
                    assert_ne!(n % 7, 3, "every seventh panics");
                    Ok((db.engine(), n))
                })
                .await
            })
        };
        let asked: Vec<_> = (0..50).map(ask).collect();
        for (n, answer) in asked.into_iter().enumerate() {
            let answer = answer.await.unwrap();
            if n % 7 == 3 { assert!(answer.is_err()) } else { assert_eq!(answer.unwrap(), (Engine::Sqlite, n)) }
        }
        assert_eq!(crew.0.0.queue().threads, 2);
    }

    #[tokio::test]
    async fn a_slow_question_stops_nobody_while_there_is_another_connection() {
        let folder = tempfile::tempdir().unwrap();
        let crew = crew(folder.path(), 2);
        let (go, wait) = std::sync::mpsc::channel::<()>();
        let slow = tokio::spawn({
            let crew = crew.clone();
            async move { crew.run(move |_| Ok(wait.recv().is_ok())).await }
        });
        for n in 0..10 {
            assert_eq!(crew.run(move |_| Ok(n)).await.unwrap(), n);
        }
        go.send(()).unwrap();
        assert!(slow.await.unwrap().unwrap());
    }

    #[tokio::test]
    async fn who_cannot_be_given_a_connection_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let crew = crew(&folder.path().join("missing"), 1);
        assert!(crew.run(|_| Ok(())).await.is_err());
        assert!(crew.run(|_| Ok(())).await.is_err());
    }
}
