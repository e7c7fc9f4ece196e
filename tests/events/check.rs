//! What stands in the way of an event, before anything is saved.

use serde_json::{Value, json};

use super::world::{Town, deed};
use crate::orders::world::{PLACE, make};
use crate::support::client::Client;
use crate::support::statements::db_lines;

impl Town {
    /// What would be planned, as far as it is checked.
    fn thought(&self, from: i64, until: i64) -> Value {
        json!({
            "organiser_id": self.centre, "expected": 30, "division_code": PLACE,
            "sessions": [{"venue_id": self.venue, "starts_at": self.world.hours(from), "ends_at": self.world.hours(until)}]
        })
    }
}

async fn checked(client: &Client, thought: &Value) -> Value {
    client.post("/events/check", thought.clone()).await.expect(200).json["sessions"].clone()
}

/// What stands in the way of the first session: level and code.
async fn codes(client: &Client, thought: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let session = checked(client, thought).await[0].clone();
    session["hints"].as_array().cloned().unwrap_or_default().iter().map(|hint| (text(&hint["level"]), text(&hint["code"]))).collect()
}

fn told(level: &str, code: &str) -> (String, String) {
    (level.to_owned(), code.to_owned())
}

#[actix_web::test]
async fn what_could_be_planned_has_nothing_in_its_way_and_nothing_is_saved() {
    let town = Town::new().await;
    assert_eq!(checked(&town.scheduler, &town.thought(2, 4)).await, json!([{"hints": [], "times": [], "rooms": []}]));
    let count = "SELECT CAST((SELECT count(*) FROM events) + (SELECT count(*) FROM bookings) AS TEXT) AS line";
    assert_eq!(db_lines(&mut town.world.app.db(), count), ["0"]);
}

#[actix_web::test]
async fn a_taken_venue_blocks_and_the_nearest_free_times_and_rooms_are_told() {
    let town = Town::new().await;
    let id = town.draft(2, 4).await;
    let session = checked(&town.world.app.scheduler("友谊镇").await, &town.thought(3, 5)).await[0].clone();
    let hint = &session["hints"][0];
    assert_eq!(
        (&hint["level"], &hint["code"], &hint["starts_at"], &hint["ends_at"]),
        (&json!("block"), &json!("venue_taken"), &json!(town.world.hours(2)), &json!(town.world.hours(4)))
    );
    // Eleven to one it is taken, and nothing is before it: one o'clock, then noon of the days after.
    let span = |from: i64| json!({"starts_at": town.world.hours(from), "ends_at": town.world.hours(from + 2)});
    assert_eq!(session["times"][0], span(4));
    assert_eq!((&session["times"][1], &session["times"][2]), (&span(24 + 3), &span(48 + 3)));
    // In the same township the free ones, the smallest first; then those of the county.
    let rooms: Vec<(&str, &str)> = session["rooms"]
        .as_array()
        .expect("rooms")
        .iter()
        .map(|room| (room["venue"].as_str().unwrap_or_default(), room["near"].as_str().unwrap_or_default()))
        .collect();
    assert_eq!(
        rooms,
        [
            ("学府社区新时代文明实践站活动室", "same_township"),
            ("县农业技术推广中心培训教室", "same_township"),
            ("友谊镇新时代文明实践所活动室", "same_township")
        ]
    );
    // Who is in charge of it is taken too.
    assert_eq!(codes(&town.scheduler, &town.thought(3, 5)).await, [told("block", "venue_taken"), told("block", "person_taken")]);
    // What is told to be free is free; what is told to block is refused.
    let mut event = town.event(3, 5);
    town.scheduler.post("/events", event.clone()).await.refused(409, "taken");
    event["sessions"][0]["starts_at"] = session["times"][0]["starts_at"].clone();
    event["sessions"][0]["ends_at"] = session["times"][0]["ends_at"].clone();
    town.scheduler.post("/events", event).await.expect(201);
    // The event itself is in its own way nowhere.
    let mut thought = town.thought(2, 4);
    thought["event_id"] = json!(id);
    assert_eq!(codes(&town.scheduler, &thought).await, []);
}

#[actix_web::test]
async fn what_is_small_shut_or_closed_warns_and_can_be_planned() {
    let town = Town::new().await;
    let version = town.scheduler.get(&format!("/venues/{}", town.venue)).await.etag();
    let hours = json!([{"weekday": 1, "opens": "08:00", "closes": "12:00"}, {"weekday": 2, "opens": "08:00", "closes": "18:00"}]);
    town.scheduler.post(&format!("/venues/{}/change", town.venue), json!({"hours": hours})).if_match(&version).await.expect(200);
    // It is Monday, nine o'clock.
    assert_eq!(codes(&town.scheduler, &town.thought(1, 3)).await, []);
    assert_eq!(codes(&town.scheduler, &town.thought(2, 4)).await, [told("warn", "outside_hours")]);
    let mut large = town.thought(1, 3);
    large["expected"] = json!(41);
    let session = checked(&town.scheduler, &large).await[0].clone();
    assert_eq!((&session["hints"][0]["code"], &session["hints"][0]["seats"], &session["times"]), (&json!("too_small"), &json!(40), &json!([])));
    assert!(session["rooms"].as_array().expect("rooms").iter().all(|room| room["seats"].as_i64() >= Some(41)));
    let version = town.scheduler.get(&format!("/venues/{}", town.venue)).await.etag();
    let days = json!({"from": "2026-03-03", "until": "2026-03-03", "reason": "消防检查"});
    town.scheduler.post(&format!("/venues/{}/close_days", town.venue), days).if_match(&version).await.expect(200);
    let session = checked(&town.scheduler, &town.thought(25, 27)).await[0].clone();
    let hint = &session["hints"][0];
    assert_eq!(
        (&hint["level"], &hint["code"], &hint["day"], &hint["reason"]),
        (&json!("warn"), &json!("closed_day"), &json!("2026-03-03"), &json!("消防检查"))
    );
    town.scheduler.post("/events", town.event(25, 27)).await.expect(201);
}

#[actix_web::test]
async fn a_team_hears_of_its_fourth_on_a_day_and_of_a_way_that_is_short() {
    let town = Town::new().await;
    let world = &town.world;
    let mut thought = json!({"organiser_id": world.team(), "expected": 10, "division_code": "230522101000", "sessions": [{"starts_at": world.hours(9), "ends_at": world.hours(10)}]});
    assert_eq!(codes(&world.leader, &thought).await, []);
    for from in [1, 4, 7] {
        let order = world.claimed().await;
        make(&world.leader, order, "schedule", world.session(from, from + 1)).await.expect(200);
    }
    let session = checked(&world.leader, &thought).await[0].clone();
    assert_eq!((&session["hints"][0]["code"], &session["hints"][0]["day"]), (&json!("full_day"), &json!("2026-03-02")));
    // Half an hour after the one of 繁荣社区, in 兴隆镇.
    thought["sessions"][0]["starts_at"] = json!(world.now().plus(chrono::Duration::minutes(8 * 60 + 30)).rfc3339());
    let session = checked(&world.leader, &thought).await[0].clone();
    assert_eq!((&session["hints"][0]["code"], &session["hints"][0]["minutes"]), (&json!("short_gap"), &json!(30)));
    // Who says how long the way is has thought of it.
    thought["sessions"][0]["travel_minutes"] = json!(20);
    assert_eq!(codes(&world.leader, &thought).await, [told("warn", "full_day")]);
}

#[actix_web::test]
async fn two_sessions_of_one_event_are_not_in_each_others_way_unseen() {
    let town = Town::new().await;
    let mut thought = town.thought(2, 4);
    let second = json!({"venue_id": town.venue, "starts_at": town.world.hours(3), "ends_at": town.world.hours(5)});
    thought["sessions"].as_array_mut().expect("sessions").push(second);
    let sessions = checked(&town.scheduler, &thought).await;
    assert_eq!((&sessions[0]["hints"][0]["code"], &sessions[0]["hints"][0]["session"]), (&json!("overlaps"), &json!(2)));
    assert_eq!((&sessions[1]["hints"][0]["code"], &sessions[1]["hints"][0]["session"]), (&json!("overlaps"), &json!(1)));
}

#[actix_web::test]
async fn only_who_plans_for_an_organiser_asks_and_of_others_nothing_is_told() {
    let town = Town::new().await;
    let thought = town.thought(2, 4);
    town.world.app.visitor().post("/events/check", thought.clone()).await.refused(401, "sign_in");
    for other in [&town.world.resident, &town.world.leader, &town.world.officer] {
        other.post("/events/check", thought.clone()).await.refused(403, "forbidden");
    }
    // The hours of somebody who is none of theirs are not told.
    let order = town.world.claimed().await;
    make(&town.world.leader, order, "schedule", town.world.session(2, 4)).await.expect(200);
    let mut stranger = thought.clone();
    stranger["sessions"][0]["in_charge"] = json!(town.world.leader.person().0);
    let session = checked(&town.scheduler, &stranger).await[0].clone();
    assert_eq!((&session["hints"][0]["code"], &session["hints"][0]["starts_at"]), (&json!("not_of_the_organiser"), &Value::Null));
    // An event that they do not plan.
    let id = town.published(6, 8).await;
    let mut others = json!({"event_id": id, "organiser_id": town.world.team(), "expected": 3, "sessions": thought["sessions"]});
    town.world.leader.post("/events/check", others.clone()).await.refused(403, "forbidden");
    others["event_id"] = json!(999_999);
    town.world.leader.post("/events/check", others).await.refused(404, "not_found");
    town.scheduler.post("/events/check", json!({"organiser_id": town.centre, "expected": 3, "sessions": []})).await.refused(422, "invalid_input");
}

#[actix_web::test]
async fn twenty_sessions_among_many_bookings_take_as_many_statements_as_one() {
    let town = Town::new().await;
    town.draft(2, 4).await;
    let thought = town.thought(3, 5);
    let (one, few) = town.world.app.db_statements(town.scheduler.post("/events/check", thought.clone())).await;
    one.expect(200);
    let mut many = thought.clone();
    let session = thought["sessions"][0].clone();
    many["sessions"] = (0..20).map(|_| session.clone()).collect();
    for from in [6, 9, 12, 30] {
        let id = town.draft(from, from + 2).await;
        deed(&town.scheduler, id, "publish", json!({})).await.expect(200);
    }
    let (twenty, statements) = town.world.app.db_statements(town.scheduler.post("/events/check", many)).await;
    assert_eq!(twenty.expect(200).json["sessions"].as_array().map(Vec::len), Some(20));
    assert_eq!(few.len(), statements.len(), "{}", statements.join("\n"));
}
