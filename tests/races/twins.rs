//! One request sent many times at one instant, as by an impatient network: it makes one.

use diesel::prelude::*;
use kepu::schema::{feeds, grants, idempotency_keys, journal, order_moves, orders, outbox};
use serde_json::json;

use super::arena::{Arena, CROWD, Shot, no_deadlocks};
use crate::support::app::TestApp;

const ROUNDS: usize = 30;

#[actix_web::test]
async fn one_key_sent_64_times_at_once_makes_one_order_and_one_move_and_all_are_shown_it() {
    let app = TestApp::start().await;
    let dispatcher = app.dispatcher("友谊县").await;
    let (department, code) = (app.db_organisation("县科协"), app.db_division("爱林村"));
    let arena = Arena::open(&app, &vec![dispatcher; CROWD]).await;
    for round in 0..ROUNDS {
        let body = json!({
            "title": format!("请一场急救讲座{round}"), "audience": "elderly", "attendees": 40, "division_code": code, "contact_name": "王桂兰",
            "for_other": true, "consent": {"version": "2026-01", "given": "spoken"},
        });
        let shot = |_| Shot { path: "/orders".to_owned(), seen: None, key: Some(format!("order-{round:0>8}")), body: body.clone() };
        let made = arena.at_once((0..CROWD).map(shot).collect()).await;
        let id = made[0].json["id"].as_i64().unwrap_or_else(|| panic!("round {round}: {}", made[0].json));
        for reply in &made {
            assert_eq!((reply.status, reply.json["id"].as_i64(), reply.version), (201, Some(id), Some(1)), "round {round}: {}", reply.json);
        }
        let body = json!({"department_id": department, "outside_plan": true, "summary": "急救讲座"});
        let path = format!("/orders/{id}/dispatch");
        let shot = |_| Shot { path: path.clone(), seen: Some(1), key: Some(format!("dispatch-{round:0>8}")), body: body.clone() };
        for reply in arena.at_once((0..CROWD).map(shot).collect()).await {
            assert_eq!((reply.status, reply.version), (200, Some(2)), "round {round}: {}", reply.json);
        }
    }
    arena.close().await;
    let db = &mut app.db();
    let rounds = i64::try_from(ROUNDS).expect("small");
    assert_eq!(orders::table.count().get_result(db), Ok(rounds));
    assert_eq!(order_moves::table.count().get_result(db), Ok(2 * rounds));
    assert_eq!(journal::table.filter(journal::subject_kind.eq("order")).count().get_result(db), Ok(2 * rounds));
    assert_eq!(idempotency_keys::table.count().get_result(db), Ok(2 * rounds));
    assert_eq!(outbox::table.filter(outbox::notice.eq("submit")).count().get_result(db), Ok(rounds));
    no_deadlocks(&app);
}

#[actix_web::test]
async fn one_key_sent_64_times_at_once_gives_one_grant() {
    let app = TestApp::start().await;
    let administrator = app.security_administrator().await;
    let centre = app.db_centre("繁荣社区");
    let arena = Arena::open(&app, &vec![administrator; CROWD]).await;
    for round in 0..ROUNDS {
        let person = app.resident().await.account.expect("an account").person();
        let body = json!({"person_id": person, "role": "dispatcher", "organisation_id": centre});
        let shot = |_| Shot { path: "/grants".to_owned(), seen: None, key: Some(format!("grant-{round:0>8}")), body: body.clone() };
        let given = arena.at_once((0..CROWD).map(shot).collect()).await;
        for reply in &given {
            assert_eq!((reply.status, &reply.json["id"]), (201, &given[0].json["id"]), "round {round}: {}", reply.json);
        }
    }
    arena.close().await;
    let rounds = i64::try_from(ROUNDS).expect("small");
    assert_eq!(grants::table.filter(grants::organisation_id.eq(centre)).count().get_result(&mut app.db()), Ok(rounds));
    no_deadlocks(&app);
}

#[actix_web::test]
async fn of_64_who_want_a_secret_address_of_one_calendar_at_once_one_gets_it() {
    let app = TestApp::start().await;
    let leader = app.leader("友谊县人民医院健康科技志愿服务队").await;
    let arena = Arena::open(&app, &vec![leader.clone(); CROWD]).await;
    for round in 0..ROUNDS {
        let shot = |n| Shot { path: "/me/feeds".to_owned(), seen: None, key: Some(format!("feed-{round:0>4}-{n:0>4}")), body: json!({"kind": "own"}) };
        let replies = arena.at_once((0..CROWD).map(shot).collect()).await;
        let made: Vec<i64> = replies.iter().filter(|reply| reply.status == 201).filter_map(|reply| reply.json["id"].as_i64()).collect();
        let [one] = made.as_slice() else { panic!("round {round}: {made:?}") };
        for reply in replies.iter().filter(|reply| reply.status != 201) {
            assert_eq!(
                (reply.status, &reply.json["code"], &reply.json["feed_id"]),
                (409, &json!("feed_there_already"), &json!(one)),
                "round {round}: {}",
                reply.json
            );
        }
        leader.post(&format!("/me/feeds/{one}/revoke"), json!({})).await.expect(200);
    }
    arena.close().await;
    assert_eq!(feeds::table.count().get_result(&mut app.db()), Ok(0));
    no_deadlocks(&app);
}
