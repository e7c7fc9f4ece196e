//! 待确认: what the keeper of a venue says, or does not say in time.

use chrono::Duration;
use serde_json::{Value, json};

use crate::orders::world::{OTHER_TEAM, PLACE, World, make};
use crate::support::client::Client;

/// A new room of a centre.
pub async fn room_of(world: &World, centre: &str, free_to_book: bool) -> i64 {
    let keeper = world.app.db_centre(centre).0;
    let room =
        json!({"name": "待确认活动室", "organisation_id": keeper, "division_code": PLACE, "address": "一楼", "capacity": 40, "free_to_book": free_to_book});
    world.app.system_administrator().await.post("/venues", room).await.expect(201).id()
}

fn at(world: &World, room: i64, from: i64, until: i64) -> Value {
    json!({"sessions": [{"venue_id": room, "starts_at": world.hours(from), "ends_at": world.hours(until)}]})
}

/// What waits for somebody's yes.
async fn waiting(keeper: &Client) -> Vec<Value> {
    keeper.get("/bookings?status=tentative").await.expect(200).items().clone()
}

async fn venue_status(world: &World, order: i64) -> Value {
    world.see(&world.leader, order).await.json["sessions"][0]["venue_status"].clone()
}

#[actix_web::test]
async fn a_keeper_says_yes_once_and_those_who_wait_hear_of_it() {
    let world = World::new().await;
    let keeper = world.app.scheduler("友谊镇").await;
    let other = world.app.scheduler("兴隆镇").await;
    let room = room_of(&world, "友谊镇", false).await;
    let order = world.claimed().await;
    make(&world.leader, order, "schedule", at(&world, room, 240, 242)).await.expect(200);
    assert_eq!(venue_status(&world, order).await, "tentative");
    assert!(world.heard(&keeper).await.contains(&"venue_asked".to_owned()));
    let asked = waiting(&keeper).await;
    let [booking] = asked.as_slice() else { panic!("{asked:?}") };
    // Two working days after a Monday morning: as Wednesday ends in the county.
    let told = (&booking["venue"]["id"], &booking["title"], &booking["attendees"], &booking["answer_by"], &booking["team"]["id"]);
    assert_eq!(told, (&json!(room), &json!("社区老人急救讲座，约40人"), &json!(40), &json!("2026-03-04T16:00:00Z"), &json!(world.team())));
    let path = format!("/bookings/{}/confirm", booking["id"]);
    assert_eq!(waiting(&other).await.len(), 0);
    other.post(&path, json!({})).await.refused(404, "not_found");
    world.leader.post(&path, json!({})).await.refused(404, "not_found");
    world.resident.get("/bookings").await.refused(403, "forbidden");
    let done = keeper.post(&path, json!({})).key("say-yes-once").await.expect(200);
    assert_eq!((&done.json["status"], &done.json["answer_by"]), (&json!("confirmed"), &Value::Null));
    keeper.post(&path, json!({})).key("say-yes-once").await.expect(200);
    assert_eq!(keeper.post(&path, json!({})).await.refused(409, "not_now").json["booking_status"], "confirmed");
    keeper.post(&format!("/bookings/{}/refuse", booking["id"]), json!({"reason": "另有安排"})).await.refused(409, "not_now");
    assert_eq!(venue_status(&world, order).await, "confirmed");
    for who in [&world.leader, &world.officer] {
        assert!(world.heard(who).await.contains(&"venue_confirmed".to_owned()));
    }
    assert_eq!((waiting(&keeper).await.len(), keeper.get("/bookings").await.expect(200).items().len()), (0, 1));
    // Days later it still stands.
    world.app.advance(Duration::days(5));
    world.app.work().await;
    assert_eq!(venue_status(&world, order).await, "confirmed");
}

#[actix_web::test]
async fn a_no_frees_the_place_and_the_session_keeps_its_time() {
    let world = World::new().await;
    let keeper = world.app.dispatcher("友谊镇").await;
    let room = room_of(&world, "友谊镇", false).await;
    let (order, second) = (world.claimed().await, world.accepted().await);
    make(&world.other_leader, second, "claim", json!({"team_id": world.app.db_organisation(OTHER_TEAM).0})).await.expect(200);
    let planned = make(&world.leader, order, "schedule", at(&world, room, 240, 242)).await.expect(200);
    make(&world.other_leader, second, "schedule", at(&world, room, 241, 243)).await.refused(409, "taken");
    let booking = waiting(&keeper).await[0]["id"].clone();
    keeper.post(&format!("/bookings/{booking}/refuse"), json!({"reason": " "})).await.expect(422);
    let done = keeper.post(&format!("/bookings/{booking}/refuse"), json!({"reason": "那天要检修"})).await.expect(200);
    assert_eq!((&done.json["outcome"], &done.json["reason"]), (&json!("refused"), &json!("那天要检修")));
    assert_eq!(keeper.post(&format!("/bookings/{booking}/confirm"), json!({})).await.refused(409, "not_now").json["booking_status"], "refused");
    let now = world.see(&world.leader, order).await;
    assert_eq!((&now.json["state"], &now.json["sessions"][0]["venue_status"]), (&json!("scheduled"), &json!("refused")));
    assert_eq!(now.json["sessions"][0]["starts_at"], planned.json["sessions"][0]["starts_at"]);
    assert!(world.heard(&world.leader).await.contains(&"venue_refused".to_owned()));
    make(&world.other_leader, second, "schedule", at(&world, room, 241, 243)).await.expect(200);
    // The first moves to where it is free.
    make(&world.leader, order, "schedule", at(&world, room, 244, 246)).await.expect(200);
    assert_eq!(venue_status(&world, order).await, "tentative");
}

#[actix_web::test]
async fn a_booking_that_nobody_answers_lapses_after_two_working_days_and_sooner_where_it_is_soon() {
    let world = World::new().await;
    let keeper = world.app.scheduler("友谊镇").await;
    let room = room_of(&world, "友谊镇", false).await;
    let order = world.claimed().await;
    make(&world.leader, order, "schedule", at(&world, room, 240, 242)).await.expect(200);
    // Monday nine o'clock; Wednesday ends 63 hours later.
    world.app.advance(Duration::minutes(63 * 60 - 1));
    world.app.work().await;
    assert_eq!(venue_status(&world, order).await, "tentative");
    world.app.advance(Duration::minutes(1));
    world.app.work().await;
    assert_eq!(venue_status(&world, order).await, "lapsed");
    assert!(world.heard(&world.leader).await.contains(&"venue_lapsed".to_owned()));
    assert_eq!(waiting(&keeper).await.len(), 0);
    // What is soon is answered in half of the time that is left.
    make(&world.leader, order, "schedule", at(&world, room, 4, 6)).await.expect(200);
    let answer_by = waiting(&keeper).await[0]["answer_by"].clone();
    assert_eq!(answer_by, world.hours(2));
    // Put off, nobody waits for an answer.
    make(&world.leader, order, "postpone", json!({"reason": "weather"})).await.expect(200);
    assert_eq!(waiting(&keeper).await.len(), 0);
    world.app.advance(Duration::hours(3));
    world.app.work().await;
}
