//! What a deed that fails does to the deeds that share its commit, and to those after it.

use actix_web::ResponseError;
use diesel::connection::SimpleConnection;
use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, join_all};
use kepu::db::{Db, Engine, Pool};
use kepu::error::{Error, Kind, Refusal, Result};
use std::sync::Mutex;
use std::sync::mpsc::{Sender, channel};

use crate::support::database::{Database, engine};
use crate::support::statements::db_lines;

type Deed = LocalBoxFuture<'static, Result<()>>;

/// A deed that writes down its name.
fn put(db: &mut Db, name: &str) -> Result<()> {
    Ok(db.batch_execute(&format!("INSERT INTO settings (name, value) VALUES ('{name}', 'put')"))?)
}

fn send(pool: &Pool, deed: impl Fn(&mut Db) -> Result<()> + Send + 'static) -> Deed {
    let pool = pool.clone();
    async move { pool.write(deed).await }.boxed_local()
}

/// The names that are there.
fn db_names(database: &Database) -> Vec<String> {
    db_lines(&mut database.db_connect(), "SELECT name AS line FROM settings WHERE value = 'put' ORDER BY name")
}

/// Keeps the writer busy until it is let go, so that what is sent meanwhile shares one commit on SQLite.
fn hold(pool: &Pool) -> (Sender<()>, Deed) {
    let ((begin, begun), (go, held)) = (channel(), channel());
    let held = Mutex::new(held);
    let mut deed = send(pool, move |_| {
        begin.send(()).expect("the story waits");
        held.lock().expect("nobody panicked").recv().expect("the story lets it go");
        Ok(())
    });
    assert!((&mut deed).now_or_never().is_none(), "it waits to be let go");
    begun.recv().expect("it has begun");
    (go, deed)
}

/// Makes all of these come to the writer while it is busy; gives what each is answered.
async fn at_once(pool: &Pool, deeds: Vec<Deed>) -> Vec<Result<()>> {
    let (go, held) = hold(pool);
    let mut all = join_all(deeds);
    // Once asked, each stands in the queue.
    assert!((&mut all).now_or_never().is_none(), "they wait");
    go.send(()).expect("the writer waits");
    held.await.expect("it did nothing");
    all.await
}

/// The HTTP status of each.
fn statuses(answers: &[Result<()>]) -> Vec<u16> {
    answers.iter().map(|answer| answer.as_ref().map_or_else(|error| error.status_code().as_u16(), |()| 200)).collect()
}

fn refuse(db: &mut Db) -> Result<()> {
    put(db, "refused")?;
    Err(Refusal::new(Kind::Conflict, "no", "No.").into())
}

#[actix_web::test]
async fn a_deed_that_panics_or_is_refused_is_undone_and_those_beside_it_are_kept() {
    let database = Database::county();
    let pool = database.pool(8);
    let panicking = |db: &mut Db| {
        put(db, "panicked")?;
        panic!("injected")
    };
    let deeds = vec![send(&pool, |db| put(db, "before")), send(&pool, panicking), send(&pool, refuse), send(&pool, |db| put(db, "after"))];
    assert_eq!(statuses(&at_once(&pool, deeds).await), [200, 500, 409, 200]);
    assert_eq!(db_names(&database), ["after", "before"]);
    pool.write(|db| put(db, "later")).await.expect("the writer goes on");
    assert_eq!(db_names(&database), ["after", "before", "later"]);
}

#[actix_web::test]
async fn where_the_disk_is_full_the_whole_commit_is_undone_all_are_told_to_come_back_and_the_writer_goes_on() {
    if engine() != Engine::Sqlite {
        return;
    }
    let database = Database::county();
    let pool = database.pool(2);
    // Holds for the writer's present connection alone.
    let fill = |db: &mut Db| {
        db.batch_execute("PRAGMA max_page_count = 1")?;
        Ok(db.batch_execute("INSERT INTO settings (name, value) VALUES ('large', hex(zeroblob(1000000)))")?)
    };
    let deeds = vec![send(&pool, |db| put(db, "before")), send(&pool, refuse), send(&pool, fill), send(&pool, |db| put(db, "after"))];
    let answers = at_once(&pool, deeds).await;
    assert_eq!(statuses(&answers), [503; 4], "a refusal as well may rest on what was undone: {answers:?}");
    for answer in &answers {
        let refusal = answer.as_ref().err().and_then(Error::refusal);
        assert!(refusal.is_some_and(|refusal| refusal.retry_after.is_some()), "it says when to come back: {answer:?}");
    }
    assert!(db_names(&database).is_empty());
    // A new connection has no such limit.
    let large = |db: &mut Db| Ok(db.batch_execute("INSERT INTO settings (name, value) VALUES ('large', hex(zeroblob(1000000)))")?);
    pool.write(large).await.expect("the writer goes on with a new connection");
    pool.write(|db| put(db, "later")).await.expect("and goes on");
    assert_eq!(db_names(&database), ["later"]);
}

/// SQLite ends a transaction by itself when the disk fails beneath it; PostgreSQL refuses all that follows in it.
#[actix_web::test]
async fn a_deed_that_lets_the_failure_of_its_transaction_pass_is_not_acknowledged() {
    let database = Database::county();
    let pool = database.pool(2);
    let unaware = |db: &mut Db| {
        put(db, "unaware")?;
        let ended = match db.engine() {
            Engine::Sqlite => db.batch_execute("ROLLBACK"),
            Engine::Postgres => db.batch_execute("SELECT 1 / 0"),
        };
        drop(ended);
        Ok(())
    };
    let answer = pool.write(unaware).await;
    assert!(statuses(&[answer])[0] >= 500);
    assert!(db_names(&database).is_empty());
    pool.write(|db| put(db, "later")).await.expect("the writer goes on");
    assert_eq!(db_names(&database), ["later"]);
}
