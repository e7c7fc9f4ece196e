//! 报名 by many at once: for the last places of an event, and giving them back while others wait.

use diesel::prelude::*;
use kepu::schema::registrations;
use serde_json::json;

use super::arena::{Arena, CROWD, Shot, no_deadlocks};
use crate::support::app::TestApp;
use crate::support::client::Client;

const ROUNDS: usize = 100;

/// An open event online of 友谊镇's centre, so many hours from now, with so many places.
pub async fn with_places(app: &TestApp, scheduler: &Client, hours: i64, places: i64) -> i64 {
    let at = |hours: i64| app.app.clock.now().plus(chrono::Duration::hours(hours)).rfc3339();
    let event = json!({
        "organiser_id": app.db_centre("友谊镇"), "title": "云上科普课", "kind": "lecture", "audience": "general", "expected": 30, "online": true,
        "division_code": "230522100003", "open": true, "sessions": [{"starts_at": at(hours), "ends_at": at(hours + 1)}]
    });
    let event = scheduler.post("/events", event).await.expect(201).id();
    scheduler.post(&format!("/events/{event}/publish"), json!({})).if_match("\"1\"").await.expect(200);
    scheduler.post(&format!("/events/{event}/terms"), json!({"places": places})).if_match("\"0\"").await.expect(200);
    event
}

/// State and heads of all registrations of an event, in the order of the line.
fn db_line(app: &TestApp, event: i64) -> Vec<(i64, String, i32)> {
    let rows = registrations::table.filter(registrations::event_id.eq(event)).order(registrations::id);
    rows.select((registrations::id, registrations::state, registrations::heads)).load(&mut app.db()).expect("registrations can be read")
}

fn taken(line: &[(i64, String, i32)]) -> i64 {
    line.iter().filter(|(_, state, _)| matches!(state.as_str(), "registered" | "offered")).map(|(_, _, heads)| i64::from(*heads)).sum()
}

/// In every other round each comes alone, so that it is known how many have a place; in the others one to three come together. Then
/// every other one gives up at the same instant, and the line moves up.
#[actix_web::test]
async fn of_64_who_register_at_once_no_more_have_a_place_than_there_are_and_the_others_wait_in_line() {
    let app = TestApp::start().await;
    let scheduler = app.scheduler("友谊镇").await;
    let mut crowd = Vec::new();
    for _ in 0..CROWD {
        crowd.push(app.resident().await);
    }
    let arena = Arena::open(&app, &crowd).await;
    for round in 0..ROUNDS {
        let alone = round % 2 == 0;
        let places = i64::try_from(1 + round % 9).expect("small") + if alone { 0 } else { 5 };
        let event = with_places(&app, &scheduler, 2 + 2 * i64::try_from(round).expect("small"), places).await;
        let heads = |n: usize| if alone { 1 } else { i64::try_from(1 + n % 3).expect("small") };
        let shots = (0..CROWD).map(|n| Shot {
            path: format!("/events/{event}/registrations"),
            seen: None,
            key: Some(format!("register-{round:0>4}-{n:0>4}")),
            body: json!({"heads": heads(n), "consent": {"version": "registration-2026-01", "given": "here"}}),
        });
        let replies = arena.at_once(shots.collect()).await;
        let mut with_place = 0;
        for (n, reply) in replies.iter().enumerate() {
            assert_eq!(reply.status, 201, "round {round}, client {n}: {}", reply.json);
            with_place += if reply.json["state"] == "registered" { heads(n) } else { 0 };
        }
        let line = db_line(&app, event);
        assert_eq!((line.len(), taken(&line)), (CROWD, with_place), "round {round}");
        assert!(with_place <= places, "round {round}: {with_place} of {places}");
        if alone {
            assert_eq!(with_place, places, "round {round}");
        }
        // Nobody waits who came before somebody with a place.
        let first_waits = line.iter().position(|(_, state, _)| state == "waiting").expect("more came than there are places");
        assert!(line[first_waits..].iter().all(|(_, state, _)| state == "waiting"), "round {round}");
        assert!(with_place + i64::from(line[first_waits].2) > places, "round {round}: the first in line would fit");
        let shots = replies.iter().enumerate().map(|(n, reply)| {
            let verb = if n % 2 == 0 { "cancel" } else { "confirm" };
            Shot { path: format!("/registrations/{}/{verb}", reply.json["id"]), seen: None, key: None, body: json!({}) }
        });
        let replies = arena.at_once(shots.collect()).await;
        for (n, reply) in replies.iter().enumerate() {
            let told = (reply.status, reply.json["code"].as_str());
            // Who confirms has been offered a place, or not yet.
            let expected = told == (200, None) || (n % 2 == 1 && told == (409, Some("not_now")));
            assert!(expected, "round {round}, client {n}: {}", reply.json);
        }
        let line = db_line(&app, event);
        let stays = line.iter().filter(|(_, state, _)| state != "cancelled").count();
        assert_eq!(stays, CROWD / 2, "round {round}");
        assert!(taken(&line) <= places, "round {round}: {} of {places}", taken(&line));
        if let Some((_, _, heads)) = line.iter().find(|(_, state, _)| state == "waiting") {
            assert!(taken(&line) + i64::from(*heads) > places, "round {round}: the first in line was not moved up");
        }
    }
    arena.close().await;
    no_deadlocks(&app);
}

#[actix_web::test]
async fn of_one_person_who_registers_64_times_at_once_one_registration_stands() {
    let app = TestApp::start().await;
    let (scheduler, resident) = (app.scheduler("友谊镇").await, app.resident().await);
    let arena = Arena::open(&app, &vec![resident; CROWD]).await;
    for round in 0..20 {
        let event = with_places(&app, &scheduler, 2 + 2 * round, 9).await;
        let shots = (0..CROWD).map(|n| Shot {
            path: format!("/events/{event}/registrations"),
            seen: None,
            key: Some(format!("register-{round:0>4}-{n:0>4}")),
            body: json!({"heads": 1, "consent": {"version": "registration-2026-01", "given": "here"}}),
        });
        let replies = arena.at_once(shots.collect()).await;
        let made = replies.iter().filter(|reply| reply.status == 201).count();
        let refused = replies.iter().filter(|reply| (reply.status, reply.json["code"].as_str()) == (409, Some("registered_already"))).count();
        assert_eq!((made, refused, db_line(&app, event).len()), (1, CROWD - 1, 1), "round {round}");
    }
    arena.close().await;
    no_deadlocks(&app);
}
