//! What happens without anyone asking: deadlines pass, notices go out, what was kept long enough is removed. Every instance runs
//! one; rows are taken by compare-and-set, so that several do no more than one.

mod jobs;
mod store;

#[cfg(test)]
mod forgetting_tests;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::sync::watch;

use crate::actor::Act;
use crate::app::App;
use crate::clock::Moment;
use crate::db::Db;
use crate::error::Result;
use crate::{ledger, notices, outbox, secrets};

use jobs::{EACH_ROUND, HOUSEKEEPING, Job};

/// How long the worker rests between two rounds.
const PAUSE: Duration = Duration::from_secs(3);
/// How many rows one transaction takes at most.
const BATCH: i64 = 100;
/// How many transactions one job has in a round, so that no job starves the others.
const BATCHES: usize = 50;
/// For how long nobody else seals while one does; its transaction gives it back.
const SEALING_SECONDS: i64 = 60;
/// How often the housekeeping runs over all instances.
const HOUSEKEEPING_MINUTES: i64 = 10;

/// What a round did; the numbers behind the worker's metrics.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ticked {
    /// Outbox rows that were rendered.
    pub delivered: usize,
    /// Outbox rows that could not be rendered in this round.
    pub undelivered: usize,
    /// Outbox rows that wait after the round.
    pub waiting: i64,
    /// Outbox rows that were tried so often that they are left alone.
    pub stuck: i64,
    /// How many rows each job changed; a job that had no turn is not in it.
    pub jobs: BTreeMap<&'static str, usize>,
    /// The jobs that failed; the log says why.
    pub failed: Vec<&'static str>,
}

/// Does one round: timed deeds, then the notices that they and others left, then, every ten minutes, the housekeeping. A job that
/// fails is logged and named in the answer; the others go on.
///
/// # Errors
/// Only where not even the outbox can be counted.
pub async fn tick(app: &App) -> Result<Ticked> {
    let mut ticked = Ticked::default();
    for job in EACH_ROUND {
        run_job(app, job, &mut ticked).await;
    }
    seal(app, &mut ticked).await;
    deliver(app, &mut ticked).await;
    housekeep(app, &mut ticked).await;
    (ticked.waiting, ticked.stuck) = app.pool.read(|db| Ok((outbox::waiting(db)?, outbox::stuck(db)?))).await?;
    Ok(ticked)
}

/// Runs rounds until told to stop, or until nobody is left to tell it. A round that fails is logged; the next one tries again.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    tracing::info!("the worker started");
    while !*stop.borrow() {
        match tick(&app).await {
            Ok(ticked) if ticked.delivered + ticked.undelivered + ticked.jobs.values().sum::<usize>() > 0 => tracing::debug!(?ticked, "a round did something"),
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "a round of the worker failed"),
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => break,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
    tracing::info!("the worker stopped");
}

/// Does the timed deeds that are due at a moment, in the caller's transaction: for a past that is made up, such as the demo's.
pub fn catch_up(db: &mut Db, then: Moment) -> Result<()> {
    for job in EACH_ROUND {
        (job.run)(db, &Act::worker(then), BATCH)?;
    }
    Ok(())
}

/// Takes or renews a lease: whether `holder` may do what it names until `length` has passed. A lease that has run out is anyone's.
pub fn lease(db: &mut Db, name: &str, holder: &str, now: Moment, length: chrono::Duration) -> Result<bool> {
    store::lease(db, name, holder, now, now.plus(length))
}

/// Gives a lease back before its time; harmless where another holds it.
pub fn give_back(db: &mut Db, name: &str, holder: &str) -> Result<()> {
    store::give_back(db, name, holder)
}

async fn deliver(app: &App, ticked: &mut Ticked) {
    for _ in 0..BATCHES {
        match notices::deliver(&app.pool, app.clock.now(), BATCH).await {
            Ok(done) => {
                ticked.delivered += done.sent;
                ticked.undelivered += done.failed;
                if done.sent + done.failed == 0 {
                    return;
                }
            }
            Err(error) => return failed(ticked, "deliver", &error),
        }
    }
}

/// Seals what waits, batch by batch: one sealer at a time over all instances, since each batch hangs on the one before.
async fn seal(app: &App, ticked: &mut Ticked) {
    const NAME: &str = "seal_ledger";
    ticked.jobs.insert(NAME, 0);
    for _ in 0..BATCHES {
        let (holder, now, secrets) = (secrets::token(9), app.clock.now(), app.secrets.clone());
        let one = move |db: &mut Db| {
            if !ledger::waits(db)? || !lease(db, NAME, &holder, now, chrono::Duration::seconds(SEALING_SECONDS))? {
                return Ok(0);
            }
            let sealed = ledger::seal(db, &secrets, now)?;
            give_back(db, NAME, &holder)?;
            Ok(sealed)
        };
        match app.pool.write(one).await {
            Ok(0) => return,
            Ok(sealed) => *ticked.jobs.entry(NAME).or_default() += sealed,
            Err(error) => return failed(ticked, NAME, &error),
        }
    }
}

/// The lease is held by this round, not by the instance, and kept to its end: it is also what paces the housekeeping. It is given
/// back where more is left to do, so that the next round goes on.
async fn housekeep(app: &App, ticked: &mut Ticked) {
    const NAME: &str = "housekeeping";
    let (holder, now) = (secrets::token(9), app.clock.now());
    let taker = holder.clone();
    let length = chrono::Duration::minutes(HOUSEKEEPING_MINUTES);
    match app.pool.write(move |db| lease(db, NAME, &taker, now, length)).await {
        Ok(true) => {}
        Ok(false) => return,
        Err(error) => return failed(ticked, NAME, &error),
    }
    let mut more = false;
    for job in HOUSEKEEPING {
        more |= run_job(app, job, ticked).await;
    }
    match app.pool.truncate_log().await {
        Ok(done) => drop(ticked.jobs.insert("truncate_log", usize::from(done))),
        Err(error) => failed(ticked, "truncate_log", &error),
    }
    if more && let Err(error) = app.pool.write(move |db| give_back(db, NAME, &holder)).await {
        failed(ticked, NAME, &error);
    }
}

/// Runs a job batch by batch, each in a transaction of its own; says whether more is left.
async fn run_job(app: &App, job: &'static Job, ticked: &mut Ticked) -> bool {
    ticked.jobs.insert(job.name, 0);
    for _ in 0..BATCHES {
        let act = Act::worker(app.clock.now());
        match app.pool.write(move |db| (job.run)(db, &act, BATCH)).await {
            Ok(done) => {
                *ticked.jobs.entry(job.name).or_default() += done;
                if i64::try_from(done).unwrap_or(i64::MAX) < BATCH {
                    return false;
                }
            }
            Err(error) => {
                failed(ticked, job.name, &error);
                return false;
            }
        }
    }
    true
}

fn failed(ticked: &mut Ticked, name: &'static str, error: &crate::error::Error) {
    tracing::error!(job = name, %error, "a job of the worker failed");
    ticked.failed.push(name);
}
