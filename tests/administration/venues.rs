//! Venues, kept by their centre's schedulers.

use serde_json::{Value, json};

use crate::orders::world::{PLACE, World, make};
use crate::support::client::{Answer, Client};

fn venue(keeper: i64) -> Value {
    json!({"name": "繁荣社区新活动室", "organisation_id": keeper, "division_code": PLACE, "address": "繁荣社区二楼", "capacity": 40, "free_to_book": true, "phone": "0469-5812345"})
}

async fn deed(client: &Client, id: i64, verb: &str, body: Value) -> Answer {
    let etag = client.get(&format!("/venues/{id}")).await.expect(200).etag();
    client.post(&format!("/venues/{id}/{verb}"), body).if_match(&etag).await
}

#[actix_web::test]
async fn a_centres_scheduler_keeps_its_venues_and_no_others() {
    let world = World::new().await;
    let (own, other) = (world.app.scheduler("友谊镇").await, world.app.scheduler("兴隆镇").await);
    let centre = world.app.db_centre("友谊镇").0;
    other.post("/venues", venue(centre)).await.refused(403, "forbidden");
    let made = own.post("/venues", venue(centre)).await.expect(201);
    let id = made.id();
    assert_eq!((&made.json["phone"], &made.json["active"], &made.json["version"]), (&json!("0469-5812345"), &json!(true), &json!(1)));
    own.post("/venues", venue(centre)).await.expect(422);
    let found: String = "新活动室".bytes().map(|byte| format!("%{byte:02X}")).collect();
    assert_eq!(world.app.visitor().get(&format!("/venues?q={found}")).await.expect(200).items().len(), 1);
    assert_eq!(world.app.visitor().get(&format!("/venues?organisation_id={centre}&q={found}")).await.expect(200).items().len(), 1);
    assert_eq!(world.app.visitor().get(&format!("/venues?organisation_id={}&q={found}", world.department())).await.expect(200).items().len(), 0);

    deed(&other, id, "change", json!({"capacity": 50})).await.refused(403, "forbidden");
    let changed = deed(&own, id, "change", json!({"capacity": 50, "phone": null})).await.expect(200);
    assert_eq!((&changed.json["capacity"], &changed.json["phone"], &changed.json["address"]), (&json!(50), &Value::Null, &json!("繁荣社区二楼")));
    own.post(&format!("/venues/{id}/change"), json!({"capacity": 60})).if_match("\"1\"").await.refused(412, "stale");
    deed(&own, id, "change", json!({"capacity": 0})).await.expect(422);
    // It goes to another centre by who keeps both.
    deed(&own, id, "change", json!({"organisation_id": world.app.db_centre("兴隆镇").0})).await.refused(403, "forbidden");
    let keeper = world.app.system_administrator().await;
    let given = deed(&keeper, id, "change", json!({"organisation_id": world.app.db_centre("兴隆镇").0})).await.expect(200);
    assert_eq!(given.json["organisation_id"], world.app.db_centre("兴隆镇").0);
    deed(&other, id, "change", json!({"name": "兴隆镇活动室"})).await.expect(200);
}

#[actix_web::test]
async fn a_venue_is_closed_when_nobody_has_booked_it_and_nobody_books_it_then() {
    let world = World::new().await;
    let own = world.app.scheduler("友谊镇").await;
    let id = own.post("/venues", venue(world.app.db_centre("友谊镇").0)).await.expect(201).id();
    let order = world.claimed().await;
    let session = json!({"sessions": [{"starts_at": world.hours(2), "ends_at": world.hours(4), "venue_id": id}]});
    make(&world.leader, order, "schedule", session.clone()).await.expect(200);
    let booked = deed(&own, id, "close", json!({"on": "2026-03-02"})).await.refused(409, "still_booked");
    assert_eq!(booked.json["bookings"], 1);
    make(&world.leader, order, "postpone", json!({"reason": "place"})).await.expect(200);
    let closed = deed(&own, id, "close", json!({"on": "2026-03-02"})).await.expect(200);
    assert_eq!((&closed.json["active"], &closed.json["closed_on"]), (&json!(false), &json!("2026-03-02")));
    deed(&own, id, "close", json!({"on": "2026-03-02"})).await.refused(409, "closed_already");
    assert_eq!(make(&world.leader, order, "schedule", session.clone()).await.status, 422, "a closed venue takes no event");
    deed(&own, id, "reopen", json!({})).await.expect(200);
    make(&world.leader, order, "schedule", session).await.expect(200);
}

fn faults(answer: &Answer) -> Vec<(&str, &str)> {
    let all = answer.json["errors"].as_array().expect("faults");
    all.iter().map(|fault| (fault["pointer"].as_str().unwrap_or_default(), fault["code"].as_str().unwrap_or_default())).collect()
}

#[actix_web::test]
async fn a_venue_says_what_it_is_and_when_it_is_open() {
    let world = World::new().await;
    let own = world.app.scheduler("友谊镇").await;
    let mut new = venue(world.app.db_centre("友谊镇").0);
    new["kind"] = json!("practice_centre");
    new["projector"] = json!(true);
    let made = own.post("/venues", new).await.expect(201);
    let id = made.id();
    assert_eq!((&made.json["kind"], &made.json["projector"], &made.json["step_free"]), (&json!("practice_centre"), &json!(true), &json!(false)));
    assert_eq!((&made.json["hours"], &made.json["closures"]), (&json!([]), &json!([])));
    let main = json!([{"id": made.json["spaces"][0]["id"], "venue_id": id, "name": "主场地", "capacity": 40, "places": null, "active": true, "version": 1}]);
    assert_eq!(made.json["spaces"], main, "every venue has a space");
    let week = json!([{"weekday": 2, "opens": "13:00", "closes": "24:00"}, {"weekday": 1, "opens": "08:30", "closes": "12:00"}]);
    let changed = deed(&own, id, "change", json!({"hours": week, "step_free": true, "kind": "library", "capacity": 45})).await.expect(200);
    let sorted = json!([{"weekday": 1, "opens": "08:30", "closes": "12:00"}, {"weekday": 2, "opens": "13:00", "closes": "24:00"}]);
    assert_eq!((&changed.json["hours"], &changed.json["step_free"], &changed.json["version"]), (&sorted, &json!(true), &json!(2)));
    assert_eq!(changed.json["spaces"][0]["capacity"], 45, "its one space is as large as it is");
    assert_eq!(deed(&own, id, "change", json!({"hours": sorted})).await.expect(200).json["version"], 2, "nothing has changed");
    let wrong = json!({"hours": [
        {"weekday": 8, "opens": "08:00", "closes": "12:00"}, {"weekday": 1, "opens": "24:00", "closes": "25:00"}, {"weekday": 1, "opens": "09:00", "closes": "09:00"},
    ]});
    let told = deed(&own, id, "change", wrong).await.expect(422);
    let expected =
        [("/hours/0/weekday", "out_of_range"), ("/hours/1/opens", "no_time"), ("/hours/1/closes", "no_time"), ("/hours/2/closes", "ends_before_it_starts")];
    assert_eq!(faults(&told), expected);
    let twice = json!({"hours": [{"weekday": 1, "opens": "08:00", "closes": "12:00"}, {"weekday": 1, "opens": "11:00", "closes": "13:00"}]});
    assert_eq!(faults(&deed(&own, id, "change", twice).await.expect(422)), [("/hours/1", "overlaps")]);
    assert_eq!(deed(&own, id, "change", json!({"hours": []})).await.expect(200).json["hours"], json!([]));
    let found = |kind: &'static str| format!("/venues?kind={kind}&organisation_id={}&limit=100", world.app.db_centre("友谊镇").0);
    assert_eq!(world.app.visitor().get(&found("library")).await.expect(200).items()[0]["id"], id);
    assert!(world.app.visitor().get(&found("practice_centre")).await.expect(200).items().iter().all(|venue| venue["id"] != id));
    world.app.visitor().get("/venues?kind=palace").await.refused(400, "query_unreadable");

    let closed = deed(&own, id, "close_days", json!({"from": "2026-03-10", "until": "2026-03-12", "reason": "检修"})).await.expect(200);
    let closure = &closed.json["closures"][0];
    assert_eq!((&closure["from"], &closure["until"], &closure["reason"]), (&json!("2026-03-10"), &json!("2026-03-12"), &json!("检修")));
    let over = json!({"from": "2026-02-01", "until": "2026-03-01", "reason": "检修"});
    assert_eq!(faults(&deed(&own, id, "close_days", over).await.expect(422)), [("/until", "in_the_past")]);
    let back = json!({"from": "2026-03-12", "until": "2026-03-10", "reason": " "});
    assert_eq!(faults(&deed(&own, id, "close_days", back).await.expect(422)), [("/until", "ends_before_it_starts"), ("/reason", "empty")]);
    own.post(&format!("/venues/{id}/close_days"), json!({"from": "2026-04-10", "until": "2026-04-12", "reason": "检修"}))
        .if_match("\"1\"")
        .await
        .refused(412, "stale");
    let opened = deed(&own, id, "open_days", json!({"closure_id": closure["id"]})).await.expect(200);
    assert_eq!(opened.json["closures"], json!([]));
    assert_eq!(faults(&deed(&own, id, "open_days", json!({"closure_id": closure["id"]})).await.expect(422)), [("/closure_id", "unknown")]);
}

/// Makes a change of a space at the version that is there now.
async fn deed_in(client: &Client, space: i64, verb: &str, body: Value) -> Answer {
    let etag = client.get(&format!("/spaces/{space}")).await.expect(200).etag();
    client.post(&format!("/spaces/{space}/{verb}"), body).if_match(&etag).await
}

#[actix_web::test]
async fn the_spaces_of_a_venue_are_kept_and_no_place_that_is_booked_is_taken_away() {
    let world = World::new().await;
    let (own, other) = (world.app.scheduler("友谊镇").await, world.app.scheduler("兴隆镇").await);
    let made = own.post("/venues", venue(world.app.db_centre("友谊镇").0)).await.expect(201);
    let (id, main) = (made.id(), made.json["spaces"][0]["id"].as_i64().expect("an id"));
    let spaces = format!("/venues/{id}/spaces");
    let hall = json!({"name": "展厅", "capacity": 200, "places": 20});
    other.post(&spaces, hall.clone()).await.refused(403, "forbidden");
    let first = own.post(&spaces, hall.clone()).key("one-hall-only").await.expect(201);
    let space = first.id();
    assert_eq!((first.location(), &first.json["places"]), (format!("/api/v1/spaces/{space}"), &json!(20)));
    assert_eq!(own.post(&spaces, hall.clone()).key("one-hall-only").await.expect(201).id(), space, "sending twice makes one");
    assert_eq!(faults(&own.post(&spaces, hall).await.expect(422)), [("/name", "taken")]);
    let wrong = own.post(&spaces, json!({"name": "", "capacity": 0, "places": 0})).await.expect(422);
    assert_eq!(faults(&wrong), [("/name", "empty"), ("/capacity", "out_of_range"), ("/places", "out_of_range")]);

    let order = world.claimed().await;
    let session = |places: Value| json!({"sessions": [{"starts_at": world.hours(2), "ends_at": world.hours(4), "space_id": space, "places": places, "clearing_minutes": 30}]});
    assert_eq!(faults(&make(&world.leader, order, "schedule", session(json!(21))).await.expect(422)), [("/sessions/0/places", "too_many")]);
    let planned = make(&world.leader, order, "schedule", session(json!(12))).await.expect(200);
    let held = &planned.json["sessions"][0];
    assert_eq!((&held["space"], &held["places"], &held["venue_id"], &held["clearing_minutes"]), (&json!("展厅"), &json!(12), &json!(id), &json!(30)));
    assert_eq!(held["venue_status"], "confirmed");
    deed_in(&other, space, "change", json!({"capacity": 100})).await.refused(403, "forbidden");
    for places in [json!(11), Value::Null] {
        assert_eq!(deed_in(&own, space, "change", json!({"places": places})).await.refused(409, "still_booked").json["bookings"], 1);
    }
    assert_eq!(deed_in(&own, space, "change", json!({"places": 12, "name": "大展厅"})).await.expect(200).json["version"], 2);
    own.post(&format!("/spaces/{space}/change"), json!({"places": 30})).if_match("\"1\"").await.refused(412, "stale");
    deed_in(&own, space, "close", json!({})).await.refused(409, "still_booked");
    deed(&own, id, "close", json!({"on": "2026-03-02"})).await.refused(409, "still_booked");
    make(&world.leader, order, "postpone", json!({"reason": "place"})).await.expect(200);
    assert_eq!(deed_in(&own, space, "change", json!({"places": null})).await.expect(200).json["places"], Value::Null);
    assert_eq!(faults(&make(&world.leader, order, "schedule", session(json!(1))).await.expect(422)), [("/sessions/0/places", "not_shared")]);
    assert_eq!(deed_in(&own, space, "close", json!({})).await.expect(200).json["active"], false);
    deed_in(&own, space, "close", json!({})).await.refused(409, "closed_already");
    deed_in(&own, main, "close", json!({})).await.refused(409, "last_space");
    assert_eq!(faults(&make(&world.leader, order, "schedule", session(Value::Null)).await.expect(422)), [("/sessions/0/space_id", "space_unknown")]);
    deed_in(&own, space, "reopen", json!({})).await.expect(200);
    deed_in(&own, space, "reopen", json!({})).await.refused(409, "not_closed");
    make(&world.leader, order, "schedule", session(Value::Null)).await.expect(200);
    let nowhere = json!({"sessions": [{"starts_at": world.hours(2), "ends_at": world.hours(4), "places": 3, "travel_minutes": 2000}]});
    assert_eq!(faults(&make(&world.leader, order, "schedule", nowhere).await.expect(422)), [("/sessions/0/travel_minutes", "out_of_range")]);
}
