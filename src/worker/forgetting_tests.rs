//! What is kept long enough goes, and what is not stays: sign-ins, sent notices, the journal.

use diesel::prelude::*;

use super::tests::app;
use super::*;
use crate::clock::Clock;
use crate::db::Db;
use crate::notices::fixture::{Land, at, db_land, db_person};
use crate::outbox::ToKind;
use crate::schema::{attempts, idempotency_keys, journal, outbox, refresh_tokens, retention_rules, sessions};

const NOW: &str = "2026-11-23T08:00:00Z";

/// A session with a token that was replaced, and one that was not: numbers ten times its own and one more.
fn db_session(db: &mut Db, id: i64, issued: &str, used: &str, ended: Option<&str>) {
    let person = sessions::person_id.eq(1);
    diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(id),
            person,
            sessions::client.eq("browser"),
            sessions::created_at.eq(at(issued)),
            sessions::used_at.eq(at(used)),
            sessions::ended_at.eq(ended.map(at)),
        ))
        .execute(db)
        .expect("a session");
    for (token, parent, issued, replaced) in [(10 * id, None, issued, Some(at(used))), (10 * id + 1, Some(10 * id), used, None)] {
        diesel::insert_into(refresh_tokens::table)
            .values((
                refresh_tokens::id.eq(token),
                refresh_tokens::session_id.eq(id),
                refresh_tokens::parent_id.eq(parent),
                refresh_tokens::hash.eq(token.to_string()),
                refresh_tokens::issued_at.eq(at(issued)),
                refresh_tokens::replaced_at.eq(replaced),
            ))
            .execute(db)
            .expect("a token");
    }
}

async fn db_sign_ins(land: &Land) -> (Vec<i64>, Vec<i64>) {
    let left = land.pool.read(|db| {
        Ok((
            sessions::table.order(sessions::id).select(sessions::id).load::<i64>(db)?,
            refresh_tokens::table.order(refresh_tokens::id).select(refresh_tokens::id).load::<i64>(db)?,
        ))
    });
    left.await.expect("read")
}

#[tokio::test]
async fn a_sign_in_goes_ninety_days_after_its_end_and_one_without_an_end_when_it_was_not_used_for_four_hundred() {
    let land = db_land();
    let app = app(&land, NOW);
    land.pool
        .write(|db| {
            db_person(db, 1);
            // Ended more than 90 days ago; ended since; used up to now; not used for less, and for more than 400 days.
            db_session(db, 1, "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", Some("2026-08-25T07:59:59Z"));
            db_session(db, 2, "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", Some("2026-08-25T08:00:01Z"));
            db_session(db, 3, "2026-01-01T00:00:00Z", "2026-11-23T07:00:00Z", None);
            db_session(db, 4, "2025-10-01T00:00:00Z", "2025-10-19T08:00:01Z", None);
            db_session(db, 5, "2025-10-01T00:00:00Z", "2025-10-19T07:59:59Z", None);
            Ok(())
        })
        .await
        .expect("sessions");
    let ticked = tick(&app).await.expect("a round");
    assert!(ticked.failed.is_empty(), "{:?}", ticked.failed);
    // Of a sign-in that goes on the replaced token goes and the last one stays; of one that is over both go.
    assert_eq!(db_sign_ins(&land).await, (vec![2, 3, 4], vec![31, 41]));
    assert_eq!((ticked.jobs["forget_refresh_tokens"], ticked.jobs["forget_sessions"]), (8, 2));
}

#[tokio::test]
async fn thousands_of_tokens_of_one_sign_in_go_batch_by_batch_and_then_the_sign_in() {
    let land = db_land();
    let app = app(&land, NOW);
    land.pool
        .write(|db| {
            db_person(db, 1);
            db_session(db, 1, "2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z", Some("2025-01-02T00:00:00Z"));
            for id in 100..2_100_i64 {
                let parent = (id > 100).then_some(id - 1);
                diesel::insert_into(refresh_tokens::table)
                    .values((
                        refresh_tokens::id.eq(id),
                        refresh_tokens::session_id.eq(1),
                        refresh_tokens::parent_id.eq(parent),
                        refresh_tokens::hash.eq(id.to_string()),
                        refresh_tokens::issued_at.eq(at("2025-01-01T00:00:00Z")),
                    ))
                    .execute(db)?;
            }
            Ok(())
        })
        .await
        .expect("tokens");
    let ticked = tick(&app).await.expect("a round");
    assert_eq!((ticked.failed.len(), ticked.jobs["forget_refresh_tokens"], ticked.jobs["forget_sessions"]), (0, 2_002, 1));
}

#[tokio::test]
async fn what_was_sent_is_forgotten_after_thirty_days_and_what_waits_never() {
    let land = db_land();
    let app = app(&land, NOW);
    land.pool
        .write(|db| {
            for (id, done) in [(1_i64, Some("2026-10-24T07:59:59Z")), (2, Some("2026-10-24T08:00:01Z")), (3, None)] {
                diesel::insert_into(outbox::table)
                    .values((
                        outbox::id.eq(id),
                        outbox::created_at.eq(at("2020-01-01T00:00:00Z")),
                        outbox::notice.eq("closed"),
                        outbox::subject_kind.eq("order"),
                        outbox::subject_id.eq(1),
                        outbox::to_kind.eq(ToKind::Requester),
                        outbox::tries.eq(crate::outbox::TRIES),
                        outbox::done_at.eq(done.map(at)),
                    ))
                    .execute(db)?;
            }
            Ok(())
        })
        .await
        .expect("rows");
    tick(&app).await.expect("a round");
    let left = land.pool.read(|db| Ok(outbox::table.order(outbox::id).select(outbox::id).load::<i64>(db)?)).await.expect("read");
    assert_eq!(left, [2, 3]);
}

#[tokio::test]
async fn old_attempts_go_and_young_ones_stay() {
    let land = db_land();
    let app = app(&land, NOW);
    land.pool
        .write(|db| {
            for (bucket, since) in [("old", "2026-11-21T07:59:59Z"), ("young", "2026-11-22T12:00:00Z")] {
                diesel::insert_into(attempts::table).values((attempts::bucket.eq(bucket), attempts::used.eq(1), attempts::since.eq(at(since)))).execute(db)?;
            }
            Ok(())
        })
        .await
        .expect("rows");
    tick(&app).await.expect("a round");
    let left = land.pool.read(|db| Ok(attempts::table.select(attempts::bucket).load::<String>(db)?)).await.expect("read");
    assert_eq!(left, ["young"]);
}

#[tokio::test]
async fn a_flood_of_keys_and_attempts_goes_batch_by_batch_and_what_a_round_leaves_goes_in_the_next() {
    let land = db_land();
    let app = app(&land, NOW);
    // More than a round takes of one job, and a young one of each.
    let most = i64::try_from(BATCHES).expect("small") * BATCH;
    land.pool
        .write(move |db| {
            for n in 0..=most + 50 {
                let since = at(if n == 0 { "2026-11-23T07:00:00Z" } else { "2026-11-20T08:00:00Z" }).plus(chrono::Duration::seconds(n));
                let (name, number) = (format!("number {n}"), n);
                diesel::insert_into(attempts::table).values((attempts::bucket.eq(&name), attempts::used.eq(1), attempts::since.eq(since))).execute(db)?;
                diesel::insert_into(idempotency_keys::table)
                    .values((
                        idempotency_keys::scope.eq(format!("visitor {}", n % 7)),
                        idempotency_keys::key.eq(&name),
                        idempotency_keys::deed.eq("submit"),
                        idempotency_keys::body_hash.eq("hash"),
                        idempotency_keys::subject_id.eq(number),
                        idempotency_keys::created_at.eq(since),
                    ))
                    .execute(db)?;
            }
            Ok(())
        })
        .await
        .expect("rows");
    let left = async || {
        let counted = land.pool.read(|db| {
            let attempts: Vec<String> = attempts::table.order(attempts::since).select(attempts::bucket).load(db)?;
            let keys: Vec<String> = idempotency_keys::table.order(idempotency_keys::created_at).select(idempotency_keys::key).load(db)?;
            Ok((attempts, keys))
        });
        counted.await.expect("read")
    };
    let ticked = tick(&app).await.expect("a round");
    assert!(ticked.failed.is_empty(), "{:?}", ticked.failed);
    let all = usize::try_from(most).expect("small");
    assert_eq!((ticked.jobs["forget_attempts"], ticked.jobs["forget_idempotency_keys"]), (all, all));
    let (attempts, keys) = left().await;
    assert_eq!((attempts.len(), keys.len()), (51, 51), "one batch in each transaction, so many of them in a round");
    assert_eq!(
        (attempts[0].as_str(), keys[0].as_str()),
        (format!("number {}", most + 1).as_str(), format!("number {}", most + 1).as_str()),
        "the oldest first"
    );
    // The next round, without waiting for ten minutes.
    let ticked = tick(&app).await.expect("a round");
    assert_eq!((ticked.jobs["forget_attempts"], ticked.jobs["forget_idempotency_keys"]), (50, 50));
    assert_eq!(left().await, (vec!["number 0".to_owned()], vec!["number 0".to_owned()]));
}

/// Adds a line to the journal.
fn db_line(db: &mut Db, id: i64, then: Moment) {
    diesel::insert_into(journal::table)
        .values((
            journal::id.eq(id),
            journal::at.eq(then),
            journal::verb.eq("try"),
            journal::subject_kind.eq("order"),
            journal::subject_id.eq(id),
            journal::fields.eq(""),
        ))
        .execute(db)
        .expect("a line");
}

async fn db_lines(land: &Land) -> Vec<(i64, String)> {
    let lines = land.pool.read(|db| Ok(journal::table.order(journal::at).select((journal::subject_id, journal::verb)).load::<(i64, String)>(db)?));
    lines.await.expect("read")
}

fn tried(id: i64) -> (i64, String) {
    (id, "try".to_owned())
}

#[tokio::test]
async fn a_line_of_the_journal_goes_after_three_years_or_as_the_rule_says_and_never_within_six_months() {
    let land = db_land();
    // A year when every line here is older than six months by the database's own clock too.
    let app = app(&land, "2024-06-15T08:00:00Z");
    land.pool
        .write(|db| {
            for (id, then) in [(1, "2021-06-15T07:59:59Z"), (2, "2021-06-15T08:00:01Z"), (3, "2023-12-11T07:59:59Z"), (4, "2023-12-11T08:20:00Z")] {
                db_line(db, id, at(then));
            }
            Ok(())
        })
        .await
        .expect("lines");
    tick(&app).await.expect("a round");
    let forgot = (1, "forget".to_owned());
    assert_eq!(db_lines(&land).await, [tried(2), tried(3), tried(4), forgot.clone()], "three years, and a line says so");
    land.pool
        .write(|db| {
            diesel::insert_into(retention_rules::table).values((retention_rules::subject.eq("journal"), retention_rules::months.eq(1))).execute(db)?;
            Ok(())
        })
        .await
        .expect("a rule");
    app.clock.advance(chrono::Duration::minutes(10));
    let ticked = tick(&app).await.expect("a round");
    assert!(ticked.failed.is_empty(), "{:?}", ticked.failed);
    let left: Vec<_> = db_lines(&land).await.into_iter().filter(|(_, verb)| verb == "try").collect();
    assert_eq!(left, [tried(4)], "a rule of one month keeps six");
}

#[tokio::test]
async fn a_clock_that_runs_ahead_removes_no_young_line_and_the_round_says_that_it_failed() {
    let land = db_land();
    let app = app(&land, "2099-01-01T00:00:00Z");
    land.pool
        .write(|db| {
            db_line(db, 1, Clock::system().now());
            Ok(())
        })
        .await
        .expect("a line");
    let ticked = tick(&app).await.expect("a round");
    assert_eq!(ticked.failed, ["forget_journal"]);
    assert_eq!(db_lines(&land).await, [tried(1)]);
}

#[tokio::test]
async fn the_housekeeping_leaves_no_log_beside_the_database() {
    let land = db_land();
    let app = app(&land, NOW);
    let log = land.pool.place().file().expect("a file").with_extension("db-wal");
    land.pool
        .write(|db| {
            db_person(db, 1);
            Ok(())
        })
        .await
        .expect("a row");
    assert!(std::fs::metadata(&log).expect("a log").len() > 0);
    let ticked = tick(&app).await.expect("a round");
    assert_eq!((ticked.jobs["truncate_log"], std::fs::metadata(&log).expect("a log").len()), (1, 0));
}
