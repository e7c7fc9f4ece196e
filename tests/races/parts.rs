//! A fair is called off while others add stalls to it.

use std::collections::BTreeMap;

use serde_json::json;

use super::arena::{Arena, CROWD, Shot, no_deadlocks};
use crate::orders::world::PLACE;
use crate::support::app::TestApp;
use crate::support::statements::db_lines;

const ROUNDS: i64 = 40;

/// All plan for one centre. The first calls the fair off; who comes before is called off with it, who comes later is told so.
#[actix_web::test]
async fn of_64_who_add_stalls_to_a_fair_while_it_is_called_off_none_is_left_with_a_stall() {
    let app = TestApp::start().await;
    let mut planners = Vec::new();
    for _ in 0..CROWD {
        planners.push(app.scheduler("友谊镇").await);
    }
    let centre = app.db_centre("友谊镇").0;
    let arena = Arena::open(&app, &planners).await;
    let mut told: BTreeMap<(u16, String), usize> = BTreeMap::new();
    for round in 0..ROUNDS {
        let at = |hours: i64| app.app.clock.now().plus(chrono::Duration::days(1 + round) + chrono::Duration::hours(hours));
        let event = |title: String, parent: Option<i64>| {
            json!({"organiser_id": centre, "title": title, "kind": "other", "audience": "general", "expected": 0, "division_code": PLACE, "address": "文化广场",
                   "parent_id": parent, "sessions": [{"starts_at": at(0), "ends_at": at(6)}]})
        };
        let fair = planners[0].post("/events", event(format!("第{round}场大集"), None)).await.expect(201).id();
        let shot = |n: usize| match n {
            0 => Shot { path: format!("/events/{fair}/cancel"), seen: Some(1), key: None, body: json!({"reason": "大雪封路"}) },
            _ => Shot { path: "/events".to_owned(), seen: None, key: Some(format!("stall-{round}-{n:0>4}")), body: event(format!("{n}号"), Some(fair)) },
        };
        let replies = arena.at_once((0..CROWD).map(shot).collect()).await;
        for (n, reply) in replies.iter().enumerate() {
            let code = reply.json["errors"][0]["code"].as_str().or(reply.json["code"].as_str()).unwrap_or_default().to_owned();
            let expected: &[(u16, &str)] = if n == 0 { &[(200, "")] } else { &[(201, ""), (422, "not_planned")] };
            assert!(expected.contains(&(reply.status, code.as_str())), "round {round}, client {n}: {}", reply.json);
            *told.entry((reply.status, code)).or_default() += 1;
        }
        let db = &mut app.db();
        let living = format!("SELECT title AS line FROM events WHERE parent_id = {fair} AND state <> 'cancelled'");
        assert_eq!(db_lines(db, &living), [""; 0], "round {round}: stalls of a fair that was called off");
        assert_eq!(db_lines(db, "SELECT CAST(id AS TEXT) AS line FROM bookings WHERE released_at IS NULL"), [""; 0], "round {round}");
    }
    assert!(told.contains_key(&(201, String::new())) && told.contains_key(&(422, "not_planned".to_owned())), "nobody raced: {told:?}");
    arena.close().await;
    no_deadlocks(&app);
}
