//! 签到 by one account from many devices at one instant.

use chrono::Duration;
use diesel::prelude::*;
use kepu::db::Db;
use kepu::error::Result;
use kepu::schema::check_ins;
use serde_json::json;

use super::arena::{Arena, CROWD, Shot, no_deadlocks};
use crate::attendance::world::code;
use crate::orders::world::PLACE;
use crate::support::app::TestApp;
use crate::support::client::Client;

const EVENTS: i64 = 5;
const SESSIONS: i64 = 20;

/// As many sessions as there are rounds, of half a minute each, so that all their doors are open at once.
async fn doors(app: &TestApp, scheduler: &Client) -> Vec<i64> {
    let centre = app.db_centre("友谊镇").0;
    let mut doors = Vec::new();
    for event in 0..EVENTS {
        let span = |n: i64| {
            let from = app.app.clock.now().plus(Duration::seconds(60 + 30 * (event * SESSIONS + n)));
            json!({"starts_at": from, "ends_at": from.plus(Duration::seconds(30))})
        };
        let body = json!({
            "organiser_id": centre, "title": "科普集市", "kind": "open_day", "audience": "general", "expected": 200, "division_code": PLACE, "address": "广场",
            "sessions": (0..SESSIONS).map(span).collect::<Vec<_>>()
        });
        let made = scheduler.post("/events", body).await.expect(201);
        scheduler.post(&format!("/events/{}/publish", made.id()), json!({})).if_match("\"1\"").await.expect(200);
        doors.extend(made.json["sessions"].as_array().expect("sessions").iter().filter_map(|one| one["id"].as_i64()));
    }
    doors
}

#[actix_web::test]
async fn one_account_that_checks_in_64_times_at_once_is_counted_once() {
    let app = TestApp::start().await;
    let (scheduler, resident) = (app.scheduler("友谊镇").await, app.resident().await);
    let doors = doors(&app, &scheduler).await;
    let arena = Arena::open(&app, &vec![resident; CROWD]).await;
    for session in doors {
        let shown = code(&scheduler, session).await;
        let heads = |n: usize| i32::try_from(1 + n % 3).expect("small");
        let shots = (0..CROWD).map(|n| {
            let body = json!({"code": shown, "heads": heads(n)});
            Shot { path: format!("/sessions/{session}/check_in"), seen: None, key: None, body }
        });
        let replies = arena.at_once(shots.collect()).await;
        let first: Vec<usize> = (0..CROWD).filter(|n| replies[*n].status == 200 && replies[*n].json["before"] == false).collect();
        let [first] = first.as_slice() else { panic!("session {session}: {} were told that they came first", first.len()) };
        for reply in &replies {
            assert_eq!((reply.status, &reply.json["heads"]), (200, &json!(heads(*first))), "session {session}: {}", reply.json);
        }
        let kept: Vec<i32> = check_ins::table.filter(check_ins::session_id.eq(session)).select(check_ins::heads).load(&mut app.db()).expect("check-ins");
        assert_eq!(kept, [heads(*first)], "session {session}");
    }
    arena.close().await;
    no_deadlocks(&app);
}

#[actix_web::test]
async fn the_database_itself_counts_no_mark_twice() {
    let app = TestApp::start().await;
    let session = doors(&app, &app.scheduler("友谊镇").await).await[0];
    let now = app.app.clock.now();
    let put = move |mark: &'static str| {
        move |db: &mut Db| -> Result<()> {
            let row = (check_ins::session_id.eq(session), check_ins::mark.eq(mark), check_ins::heads.eq(1), check_ins::created_at.eq(now));
            diesel::insert_into(check_ins::table).values(row).execute(db)?;
            Ok(())
        }
    };
    let pool = &app.app.pool;
    pool.write(put("one")).await.expect("nobody is there");
    pool.write(put("other")).await.expect("another one");
    let twice = pool.write(put("one")).await;
    assert!(twice.as_ref().is_err_and(|error| error.is("already_there")), "{twice:?}");
}
