use diesel::prelude::*;

use super::*;
use crate::clock::Clock;
use crate::config::Config;
use crate::ids::OrderId;
use crate::notices::fixture::{Land, at, db_land, db_order, db_person};
use crate::outbox::To;
use crate::schema::{journal, notices as inbox, order_changes, order_contacts, order_moves, orders, retention_rules};
use crate::secrets::Secrets;

pub(super) fn app(land: &Land, now: &str) -> App {
    let config = Config::from_sources(&BTreeMap::new(), std::path::Path::new("/nowhere/kepu.toml")).expect("settings");
    App::new(land.pool.clone(), Clock::held(at(now)), Secrets::new("a secret of the tests, of some length", None), config)
}

/// The orders whose contact is still there.
async fn db_kept(land: &Land) -> Vec<i64> {
    let kept = land.pool.read(|db| {
        let kept = order_contacts::table.filter(order_contacts::phone.is_not_null());
        Ok(kept.order(order_contacts::order_id).select(order_contacts::order_id).load::<i64>(db)?)
    });
    kept.await.expect("contacts")
}

#[tokio::test]
async fn a_round_delivers_what_waits_and_a_second_one_finds_nothing() {
    let land = db_land();
    let app = app(&land, "2026-11-23T08:00:00Z");
    land.pool
        .write(|db| {
            let person = db_person(db, 1);
            db_order(db, 1, "submitted", Some(person), None);
            for _ in 0..250 {
                outbox::tell(db, &Act::worker(at("2026-11-23T08:00:00Z")), "submitted", OrderId(1), To::Requester)?;
            }
            Ok(())
        })
        .await
        .expect("told");
    let first = tick(&app).await.expect("a round");
    assert_eq!((first.delivered, first.undelivered, first.waiting, first.stuck), (250, 0, 0, 0));
    assert!(first.failed.is_empty() && first.jobs.contains_key("erase_contacts"));
    let second = tick(&app).await.expect("a round");
    assert_eq!(second.delivered, 0);
    assert!(!second.jobs.contains_key("erase_contacts"), "the housekeeping rests for ten minutes");
    let made = land.pool.read(|db| Ok(inbox::table.count().get_result::<i64>(db)?)).await.expect("a count");
    assert_eq!(made, 250);
}

#[test]
fn a_lease_is_held_by_one_until_it_runs_out_or_is_given_back() {
    let land = db_land();
    let now = at("2026-11-23T08:00:00Z");
    let minutes = chrono::Duration::minutes;
    let took = land.pool.write_now(move |db| {
        Ok([
            lease(db, "job", "a", now, minutes(10))?,
            lease(db, "job", "b", now, minutes(10))?,
            lease(db, "other job", "b", now, minutes(10))?,
            lease(db, "job", "a", now.plus(minutes(5)), minutes(10))?,
            lease(db, "job", "b", now.plus(minutes(14)), minutes(10))?,
            lease(db, "job", "b", now.plus(minutes(15)), minutes(10))?,
            lease(db, "job", "a", now.plus(minutes(16)), minutes(10))?,
            give_back(db, "job", "a").is_ok() && lease(db, "job", "a", now.plus(minutes(16)), minutes(10))?,
            give_back(db, "job", "b").is_ok() && lease(db, "job", "a", now.plus(minutes(16)), minutes(10))?,
        ])
    });
    assert_eq!(took.expect("asked"), [true, false, true, true, false, true, false, false, true]);
}

#[tokio::test]
async fn a_contact_is_erased_twelve_months_after_the_end_three_if_refused_and_not_a_day_before() {
    let land = db_land();
    land.pool
        .write(|db| {
            let end = Some("2025-11-23T08:00:00Z");
            for (order, state, ended) in [
                (1, "closed", end),
                (2, "unmet", end),
                (3, "rejected", end),
                (4, "withdrawn", end),
                (5, "fulfilled", None),
                (6, "disputed", None),
                (7, "merged", end),
            ] {
                db_order(db, order, state, None, ended);
            }
            diesel::update(orders::table.find(7)).set(orders::merged_into.eq(1)).execute(db)?;
            for (id, order) in [(1_i64, 1_i64), (2, 5)] {
                diesel::insert_into(order_moves::table)
                    .values((
                        order_moves::id.eq(id),
                        order_moves::order_id.eq(order),
                        order_moves::verb.eq("amend"),
                        order_moves::at.eq(at("2025-11-20T08:00:00Z")),
                        order_moves::to_state.eq("submitted"),
                        order_moves::version.eq(2),
                    ))
                    .execute(db)?;
                for field in ["contact_phone", "title"] {
                    diesel::insert_into(order_changes::table)
                        .values((order_changes::move_id.eq(id), order_changes::field.eq(field), order_changes::old.eq("old"), order_changes::new.eq("new")))
                        .execute(db)?;
                }
            }
            Ok(())
        })
        .await
        .expect("orders");
    let app = app(&land, "2026-02-22T08:00:00Z");
    tick(&app).await.expect("a round");
    assert_eq!(db_kept(&land).await, [1, 2, 3, 4, 5, 6, 7], "a day before three months");
    app.clock.advance(chrono::Duration::days(1) + chrono::Duration::seconds(1));
    tick(&app).await.expect("a round");
    assert_eq!(db_kept(&land).await, [1, 2, 5, 6, 7], "after three months");
    app.clock.advance(at("2026-11-22T08:00:00Z").since(app.clock.now()));
    tick(&app).await.expect("a round");
    assert_eq!(db_kept(&land).await, [1, 2, 5, 6, 7], "a day before twelve months");
    app.clock.advance(chrono::Duration::days(1) + chrono::Duration::seconds(1));
    tick(&app).await.expect("a round");
    app.clock.advance(chrono::Duration::minutes(10));
    let last = tick(&app).await.expect("a round");
    assert_eq!(db_kept(&land).await, [5, 6], "after twelve months, and then what was merged into it");
    assert_eq!(last.jobs.get("erase_contacts"), Some(&1));
    let (lines, changes, count) = land
        .pool
        .read(|db| {
            let lines = journal::table.filter(journal::verb.eq("erase_contact")).order(journal::id).select((journal::subject_id, journal::fields));
            let changes = order_changes::table.order((order_changes::move_id, order_changes::field));
            Ok((
                lines.load::<(i64, String)>(db)?,
                changes.select((order_changes::move_id, order_changes::field, order_changes::old)).load::<(i64, String, Option<String>)>(db)?,
                orders::table.count().get_result::<i64>(db)?,
            ))
        })
        .await
        .expect("read");
    assert_eq!(lines.iter().map(|(order, _)| *order).collect::<Vec<_>>(), [3, 4, 1, 2, 7]);
    assert!(lines.iter().all(|(_, fields)| fields == "name phone address"));
    let old = |text: &str| Some(text.to_owned());
    assert_eq!(
        changes,
        [
            (1, "contact_phone".to_owned(), None),
            (1, "title".to_owned(), old("old")),
            (2, "contact_phone".to_owned(), old("old")),
            (2, "title".to_owned(), old("old")),
        ]
    );
    assert_eq!(count, 7, "the orders stay");
}

#[tokio::test]
async fn the_months_of_a_rule_hold_instead_and_notices_go_only_by_a_rule() {
    let land = db_land();
    let app = app(&land, "2026-11-23T08:00:00Z");
    land.pool
        .write(|db| {
            let person = db_person(db, 1);
            db_order(db, 1, "closed", Some(person), Some("2026-09-01T00:00:00Z"));
            outbox::tell(db, &Act::worker(at("2020-01-01T00:00:00Z")), "closed", OrderId(1), To::Requester)
        })
        .await
        .expect("an order");
    tick(&app).await.expect("a round");
    let left = land.pool.read(|db| Ok(inbox::table.count().get_result::<i64>(db)?)).await.expect("a count");
    assert_eq!((db_kept(&land).await, left), (vec![1], 1));
    land.pool
        .write(|db| {
            for (subject, months) in [("contacts_ended", 2), ("notices", 24)] {
                diesel::insert_into(retention_rules::table).values((retention_rules::subject.eq(subject), retention_rules::months.eq(months))).execute(db)?;
            }
            Ok(())
        })
        .await
        .expect("rules");
    app.clock.advance(chrono::Duration::minutes(10));
    tick(&app).await.expect("a round");
    let left = land.pool.read(|db| Ok(inbox::table.count().get_result::<i64>(db)?)).await.expect("a count");
    assert_eq!((db_kept(&land).await, left), (vec![], 0));
}

#[tokio::test]
async fn the_worker_stops_when_it_is_told() {
    let land = db_land();
    let (tell, told) = watch::channel(false);
    let worker = tokio::spawn(run(app(&land, "2026-11-23T08:00:00Z"), told));
    tell.send(true).expect("a worker that listens");
    tokio::time::timeout(Duration::from_secs(5), worker).await.expect("in time").expect("no panic");
}
