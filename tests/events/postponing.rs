//! 延期: of one event, and of all of a day.

use serde_json::{Value, json};

use super::world::{Town, deed};
use crate::orders::world::make;
use crate::support::client::{Answer, Client};
use crate::support::statements::db_lines;

const TOWN: &str = "230522100000";
/// The day on which the clock stands.
const TODAY: &str = "2026-03-02";

fn snow(day: &str) -> Value {
    json!({"division_code": TOWN, "day": day, "reason": "weather", "words": "大雪封路"})
}

async fn preview(client: &Client, day: &str) -> Answer {
    client.get(&format!("/postponements/preview?division_code={TOWN}&day={day}")).await
}

/// The events of a list, with why they stay.
fn events(answer: &Answer, list: &str) -> Vec<(i64, String)> {
    let line = |item: &Value| (item["event_id"].as_i64().unwrap_or_default(), item["why"].as_str().unwrap_or_default().to_owned());
    answer.json[list].as_array().expect("a list").iter().map(line).collect()
}

#[actix_web::test]
async fn what_is_put_off_stands_without_a_time_and_is_published_again_with_its_new_one() {
    let town = Town::new().await;
    let id = town.published(2, 4).await;
    let off = deed(&town.scheduler, id, "postpone", json!({"reason": "illness", "words": "讲课老师病了"})).await.expect(200);
    assert_eq!((&off.json["state"], &off.json["postponed_for"], &off.json["moves"]), (&json!("postponed"), &json!("illness"), &json!(["change", "cancel"])));
    let visitor = town.world.app.visitor();
    let seen = visitor.get(&format!("/events/{id}")).await.expect(200);
    assert_eq!((&seen.json["state"], &seen.json["closing_words"]), (&json!("postponed"), &json!("讲课老师病了")));
    assert!(town.calendar(&visitor, "").await.is_empty());
    deed(&town.scheduler, id, "postpone", json!({"reason": "illness"})).await.refused(409, "postponed_already");
    deed(&town.scheduler, id, "publish", json!({})).await.refused(409, "postponed");
    // What it held is free.
    let other = town.draft(2, 4).await;
    deed(&town.scheduler, other, "postpone", json!({"reason": "other"})).await.refused(409, "not_published");
    // Days later it gets a new time, and everybody finds it again.
    town.world.app.advance(chrono::Duration::hours(24));
    deed(&town.scheduler, id, "report", json!({"sessions": [{"id": 1, "attendance": 1}]})).await.refused(409, "postponed");
    let again = deed(&town.scheduler, id, "change", town.event(2, 4)).await.expect(200);
    assert_eq!((&again.json["state"], &again.json["postponed_for"], &again.json["closing_words"]), (&json!("published"), &Value::Null, &Value::Null));
    assert_eq!(town.calendar(&visitor, "").await, [id]);
    deed(&town.scheduler, id, "postpone", json!({"reason": "snow"})).await.expect(422);
}

#[actix_web::test]
async fn snow_puts_off_all_that_takes_place_in_a_town_on_a_day_and_says_what_it_could_not() {
    let town = Town::new().await;
    let world = &town.world;
    // An order's event at the requester's, in two hours; a lecture; a draft; a course that goes on tomorrow; what has begun.
    let begun = town.published(1, 3).await;
    let order = world.scheduled().await;
    let lecture = town.published(5, 6).await;
    let draft = town.draft(7, 8).await;
    let mut course = town.event(9, 10);
    course["sessions"] = json!([course["sessions"][0], {"venue_id": town.venue, "starts_at": world.hours(33), "ends_at": world.hours(34)}]);
    let course = town.scheduler.post("/events", course).await.expect(201).id();
    deed(&town.scheduler, course, "publish", json!({})).await.expect(200);
    let tomorrow = town.published(26, 27).await;
    world.app.advance(chrono::Duration::minutes(70));

    let event = town.calendar(&world.leader, "").await.into_iter().find(|id| ![begun, lecture, course, tomorrow].contains(id)).expect("the order's event");
    let dispatcher = world.app.dispatcher("友谊镇").await;
    let looked = preview(&dispatcher, TODAY).await.expect(200);
    let stays = vec![(begun, "begun_already".to_owned()), (course, "other_days".to_owned())];
    assert_eq!(looked.json["id"], Value::Null);
    assert_eq!(events(&looked, "left"), stays);
    assert_eq!(events(&looked, "postponed"), [(event, String::new()), (lecture, String::new())]);
    assert_eq!(looked.json["postponed"][0]["order_id"], json!(order));
    assert_eq!(world.state(order).await, "scheduled", "to look changes nothing");

    let send = || dispatcher.post("/postponements", snow(TODAY)).key("the-snow-of-monday");
    let done = send().await.expect(200);
    assert_eq!(events(&done, "postponed"), [(event, String::new()), (lecture, String::new())]);
    assert_eq!((events(&done, "left"), &done.json["division"], &done.json["reason"]), (stays, &json!("友谊镇"), &json!("weather")));
    assert_eq!(world.state(order).await, "claimed");
    assert_eq!(world.heard(&world.leader).await.first().map(String::as_str), Some("postpone"), "who holds the order is told");
    let seen = world.app.visitor().get(&format!("/events/{lecture}")).await.expect(200);
    assert_eq!((&seen.json["state"], &seen.json["postponed_for"], &seen.json["closing_words"]), (&json!("postponed"), &json!("weather"), &json!("大雪封路")));
    for (id, state) in [(draft, "draft"), (course, "published"), (tomorrow, "published")] {
        assert_eq!(town.scheduler.get(&format!("/events/{id}")).await.json["state"], state);
    }
    // Sent twice it is done once; a second deed finds nothing.
    let again = send().await.expect(200);
    assert_eq!(again.json["id"], done.json["id"]);
    assert_eq!(events(&again, "postponed"), events(&done, "postponed"));
    dispatcher.post("/postponements", snow(TODAY)).await.refused(409, "nothing_to_postpone");
    let journal = "SELECT verb || ' ' || fields AS line FROM journal WHERE subject_kind = 'postponement'";
    assert_eq!(db_lines(&mut world.app.db(), journal), ["postpone_day events"]);
    let words = "SELECT note AS line FROM order_moves WHERE verb = 'postpone'";
    assert_eq!(db_lines(&mut world.app.db(), words), ["weather: 大雪封路"]);
}

#[actix_web::test]
async fn a_fair_is_put_off_with_its_stalls() {
    let town = Town::new().await;
    let fair = town.published(2, 8).await;
    let mut stall = town.event(3, 4);
    stall["parent_id"] = json!(fair);
    let stall = town.scheduler.post("/events", stall).await.expect(201).id();
    deed(&town.scheduler, stall, "publish", json!({})).await.expect(200);
    let done = town.scheduler.post("/postponements", snow(TODAY)).await.expect(200);
    assert_eq!(events(&done, "postponed"), [(fair, String::new()), (stall, String::new())]);
    for id in [fair, stall] {
        assert_eq!(town.scheduler.get(&format!("/events/{id}")).await.json["state"], "postponed");
    }
}

#[actix_web::test]
async fn a_day_is_put_off_by_the_centres_of_that_area_and_by_nobody_else() {
    let town = Town::new().await;
    let world = &town.world;
    let id = town.published(2, 4).await;
    preview(&world.app.visitor(), TODAY).await.refused(401, "sign_in");
    let elsewhere = world.app.scheduler("兴隆镇").await;
    for client in [&world.resident, &world.leader, &world.officer, &world.app.supervisor().await, &elsewhere] {
        preview(client, TODAY).await.refused(403, "forbidden");
        client.post("/postponements", snow(TODAY)).await.refused(403, "forbidden");
    }
    preview(&town.scheduler, "2026-03-01").await.refused(400, "query_unreadable");
    let past = town.scheduler.post("/postponements", snow("2026-03-01")).await.expect(422);
    assert_eq!(past.json["errors"][0]["code"], "in_the_past");
    let nowhere = json!({"division_code": "999999999999", "day": TODAY, "reason": "weather"});
    assert_eq!(town.scheduler.post("/postponements", nowhere).await.expect(422).json["errors"][0]["pointer"], "/division_code");
    town.scheduler.post("/postponements", snow(TODAY)).without_key().await.refused(400, "idempotency_key_missing");
    // The county's dispatcher may too; of the day before midnight only.
    assert_eq!(events(&preview(&world.county, "2026-03-03").await.expect(200), "postponed"), []);
    let done = world.county.post("/postponements", snow(TODAY)).await.expect(200);
    assert_eq!(events(&done, "postponed"), [(id, String::new())]);
}

#[actix_web::test]
async fn a_day_ends_at_the_countys_midnight() {
    let town = Town::new().await;
    // The clock stands at nine: midnight is in 15 hours.
    let evening = town.published(13, 15).await;
    let night = town.published(15, 16).await;
    let second = town.world.app.scheduler("友谊镇").await;
    let mut over = town.event(14, 16);
    over["sessions"] = json!([{"starts_at": town.world.hours(14), "ends_at": town.world.hours(16)}]);
    over["address"] = json!("文化广场");
    let over = second.post("/events", over).await.expect(201).id();
    deed(&second, over, "publish", json!({})).await.expect(200);
    let today = preview(&town.scheduler, TODAY).await.expect(200);
    assert_eq!((events(&today, "postponed"), events(&today, "left")), (vec![(evening, String::new())], vec![(over, "other_days".to_owned())]));
    let tomorrow = preview(&town.scheduler, "2026-03-03").await.expect(200);
    assert_eq!((events(&tomorrow, "postponed"), events(&tomorrow, "left")), (vec![(night, String::new())], vec![(over, "other_days".to_owned())]));
    // By an order of another day nothing of this one moves.
    let order = town.world.claimed().await;
    make(&town.world.leader, order, "schedule", town.world.session(30, 32)).await.expect(200);
    assert_eq!(events(&preview(&town.scheduler, TODAY).await.expect(200), "postponed"), [(evening, String::new())]);
}
