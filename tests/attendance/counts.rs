//! The sheet on paper, and what all counts come to.

use chrono::Duration;
use serde_json::{Value, json};

use super::world::{check_in, code, counts, device, paper, session_of};
use crate::events::world::{Town, deed};
use crate::orders::world::make;

#[actix_web::test]
async fn a_sheet_is_typed_in_as_a_number_within_ten_working_days_and_corrected_as_long() {
    let town = Town::new().await;
    let session = session_of(&town.scheduler, town.published(2, 4).await).await;
    let path = format!("/sessions/{session}/count_paper");
    paper(&town.scheduler, session, json!({"heads": 30})).await.refused(409, "not_begun");
    town.world.app.advance(Duration::hours(4));
    town.scheduler.post(&path, json!({"heads": 30})).await.refused(428, "version_missing");
    town.world.app.visitor().post(&path, json!({"heads": 30})).await.refused(401, "sign_in");
    paper(&town.world.resident, session, json!({"heads": 30})).await.refused(403, "forbidden");
    let parts = paper(&town.scheduler, session, json!({"heads": 30, "first_timers": 31, "children": -1})).await.refused(422, "invalid_input");
    let faults: Vec<&Value> = parts.json["errors"].as_array().expect("faults").iter().map(|fault| &fault["pointer"]).collect();
    assert_eq!(faults, ["/first_timers", "/children"]);
    let typed = paper(&town.scheduler, session, json!({"heads": 30, "first_timers": 12})).await.expect(200);
    assert_eq!(typed.etag(), "\"1\"");
    let sheet = &typed.json["sessions"][0]["paper"];
    assert_eq!((&sheet["heads"], &sheet["first_timers"], &sheet["children"]), (&json!(30), &json!(12), &Value::Null));
    // Two who type at one time: the second one looks first.
    town.scheduler.post(&path, json!({"heads": 31})).if_match("\"0\"").await.refused(412, "stale");
    let corrected = paper(&town.world.town, session, json!({"heads": 33, "children": 5})).await.expect(200);
    assert_eq!((corrected.etag().as_str(), &corrected.json["sessions"][0]["counted"]), ("\"2\"", &json!(33)));
    // The event was on Monday the 2nd: Monday the 16th is the last day.
    assert_eq!(corrected.json["sessions"][0]["paper_by"], "2026-03-16T16:00:00Z");
    town.world.app.advance(Duration::days(14));
    paper(&town.scheduler, session, json!({"heads": 34})).await.expect(200);
    town.world.app.advance(Duration::hours(12));
    paper(&town.scheduler, session, json!({"heads": 35})).await.refused(409, "paper_too_late");
    assert_eq!(counts(&town.scheduler, session).await["person_times"], 34);
}

#[actix_web::test]
async fn sent_twice_a_sheet_is_typed_in_once() {
    let town = Town::new().await;
    let session = session_of(&town.scheduler, town.published(1, 2).await).await;
    town.world.app.advance(Duration::hours(2));
    let send = || town.scheduler.post(&format!("/sessions/{session}/count_paper"), json!({"heads": 8})).if_match("\"0\"").key("the-same-sheet");
    send().await.expect(200);
    assert_eq!(send().await.expect(200).etag(), "\"1\"");
}

#[actix_web::test]
async fn person_times_and_persons_are_told_apart_and_what_is_not_known_is_said_to_be_so() {
    let town = Town::new().await;
    let mut event = town.event(1, 2);
    let second = json!({"venue_id": town.venue, "starts_at": town.world.hours(2), "ends_at": town.world.hours(3)});
    event["sessions"].as_array_mut().expect("sessions").push(second);
    let made = town.scheduler.post("/events", event).await.expect(201);
    let id = made.id();
    deed(&town.scheduler, id, "publish", json!({})).await.expect(200);
    let [first, second] = [0, 1].map(|n| made.json["sessions"][n]["id"].as_i64().expect("a session"));
    let nothing = counts(&town.scheduler, first).await;
    assert_eq!((&nothing["person_times"], &nothing["persons"], &nothing["sessions"][0]["counted"]), (&Value::Null, &Value::Null, &Value::Null));
    let (visitor, resident) = (town.world.app.visitor(), &town.world.resident);
    let shown = code(&town.scheduler, first).await;
    check_in(resident, first, json!({"code": shown})).await.expect(200);
    check_in(&visitor, first, json!({"code": shown, "device": device("family"), "heads": 3})).await.expect(200);
    town.world.app.advance(Duration::hours(1));
    let shown = code(&town.scheduler, second).await;
    check_in(resident, second, json!({"code": shown})).await.expect(200);
    check_in(&visitor, second, json!({"code": shown, "device": device("family"), "heads": 2})).await.expect(200);
    let seen = counts(&town.scheduler, second).await;
    assert_eq!((&seen["person_times"], &seen["persons"]), (&json!(7), &json!({"at_least": 4, "at_most": 4})));
    // Who stands on the sheets may have come twice.
    town.world.app.advance(Duration::hours(2));
    paper(&town.scheduler, first, json!({"heads": 10})).await.expect(200);
    paper(&town.scheduler, second, json!({"heads": 6})).await.expect(200);
    let seen = counts(&town.scheduler, first).await;
    assert_eq!((&seen["person_times"], &seen["persons"]), (&json!(23), &json!({"at_least": 14, "at_most": 20})));
    assert_eq!(seen["sessions"].as_array().expect("sessions").iter().map(|one| &one["counted"]).collect::<Vec<_>>(), [14, 9]);
    // What is reported stands beside what was counted.
    let report = json!({"sessions": [{"id": first, "attendance": 15}, {"id": second, "attendance": 9}]});
    deed(&town.scheduler, id, "report", report).await.expect(200);
    let seen = counts(&town.scheduler, first).await;
    assert_eq!((&seen["person_times"], &seen["sessions"][0]["reported"], &seen["sessions"][0]["counted"]), (&json!(24), &json!(15), &json!(14)));
    assert_eq!(seen["persons"], json!({"at_least": 15, "at_most": 21}));
}

#[actix_web::test]
async fn who_knows_how_many_came_is_who_plans_it_is_in_charge_or_looks_after_the_area() {
    let town = Town::new().await;
    let session = session_of(&town.scheduler, town.published(1, 2).await).await;
    let path = format!("/sessions/{session}/attendance");
    town.world.app.visitor().get(&path).await.refused(401, "sign_in");
    town.world.resident.get(&path).await.refused(403, "forbidden");
    town.world.leader.get(&path).await.refused(403, "forbidden");
    assert_eq!(counts(&town.scheduler, session).await["counts"], true);
    // The county's dispatcher knows, and the supervisor; they were not there.
    assert_eq!(counts(&town.world.county, session).await["counts"], false);
    assert_eq!(counts(&town.world.app.supervisor().await, session).await["counts"], false);
    town.world.county.get(&format!("/sessions/{session}/door")).await.refused(403, "forbidden");
}

#[actix_web::test]
async fn at_an_orders_session_the_team_that_holds_it_and_the_department_that_answers_for_it_count() {
    let town = Town::new().await;
    let world = &town.world;
    let order = world.claimed().await;
    make(&world.leader, order, "schedule", world.session(1, 3)).await.expect(200);
    let session = world.see(&world.leader, order).await.json["sessions"][0]["id"].as_i64().expect("a session");
    let door = world.leader.get(&format!("/sessions/{session}/door")).await.expect(200);
    assert_eq!((&door.json["order_id"], &door.json["title"], &door.json["address"]), (&json!(order), &json!("社区老人急救讲座，约40人"), &Value::Null));
    let shown = code(&world.officer, session).await;
    for stranger in [&world.other_leader, &town.world.app.officer("县农业农村局").await] {
        stranger.get(&format!("/sessions/{session}/door")).await.refused(404, "not_found");
    }
    // Who ordered it knows of it, and is counted like anybody who stands at the door.
    world.resident.get(&format!("/sessions/{session}/door")).await.refused(403, "forbidden");
    check_in(&world.resident, session, json!({"code": shown})).await.expect(200);
    world.app.advance(Duration::hours(4));
    paper(&world.officer, session, json!({"heads": 20})).await.expect(200);
    assert_eq!(counts(&world.leader, session).await["sessions"][0]["counted"], 21);
    // The centre knows, and who ordered it; whether an order was fulfilled is told by its number.
    for reader in [&world.town, &world.resident] {
        assert_eq!(counts(reader, session).await["counts"], false);
    }
    world.fulfil(order).await.expect(200);
    let seen = counts(&world.leader, session).await;
    assert_eq!((&seen["person_times"], &seen["sessions"][0]["counted"]), (&json!(38), &json!(21)));
}
