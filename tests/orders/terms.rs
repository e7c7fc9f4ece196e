//! How long something can still be done is the county's to say: its table of deadlines, not the code.

use chrono::Duration;
use kepu::actor::Act;
use kepu::db::Db;
use kepu::divisions::{self, Deadline, DeadlineUnit, StageRule};
use serde_json::json;

use super::world::{World, make};
use crate::support::people::COUNTY;

/// Sets how long a stage may last in the county.
async fn set(world: &World, stage: &str, amount: i32, unit: DeadlineUnit) {
    let (now, stage) = (world.now(), stage.to_owned());
    let deed = move |db: &mut Db| {
        let rule = StageRule { stage: stage.clone(), urgent: false, deadline: Deadline { amount, unit } };
        divisions::put_deadline(db, &Act::machine(now), COUNTY, &rule).map(|_| ())
    };
    world.app.app.pool.write(deed).await.unwrap_or_else(|error| panic!("{error}"));
}

async fn after(world: &World, by: Duration) {
    world.app.advance(by);
    world.app.work().await;
}

/// The moves that are open to the requester.
async fn open(world: &World, id: i64) -> Vec<String> {
    let seen = world.see(&world.resident, id).await;
    seen.json["moves"].as_array().into_iter().flatten().map(|verb| verb.as_str().unwrap_or_default().to_owned()).collect()
}

#[actix_web::test]
async fn an_end_can_be_reviewed_late_and_disputed_for_thirty_days_and_no_longer() {
    let world = World::new().await;
    let id = world.fulfilled().await;
    // Seven days later it closed unrated; the clock stands three hours after the event's end.
    after(&world, Duration::days(7)).await;
    assert_eq!((world.state(id).await.as_str(), open(&world, id).await), ("closed", vec!["review".to_owned(), "dispute".to_owned()]));
    after(&world, Duration::days(22)).await;
    assert_eq!(open(&world, id).await, ["review", "dispute"]);
    after(&world, Duration::days(2)).await;
    assert_eq!(open(&world, id).await, ["review"], "30 days after the event; 24 after it closed");
    after(&world, Duration::days(7)).await;
    assert!(open(&world, id).await.is_empty());
    make(&world.resident, id, "review", json!({"stars": 5})).await.refused(409, "not_now");
}

#[actix_web::test]
async fn the_countys_own_days_hold_instead_for_reviews_and_disputes() {
    let world = World::new().await;
    set(&world, "fulfilled", 2, DeadlineUnit::Days).await;
    set(&world, "review_late", 3, DeadlineUnit::Days).await;
    // Monday morning; the event ends at one in the afternoon. Two working days from then end at midnight of Wednesday.
    set(&world, "dispute", 2, DeadlineUnit::WorkingDays).await;
    let id = world.fulfilled().await;
    after(&world, Duration::hours(49)).await;
    assert_eq!((world.state(id).await.as_str(), open(&world, id).await), ("closed", vec!["review".to_owned(), "dispute".to_owned()]));
    after(&world, Duration::hours(12)).await;
    assert_eq!(open(&world, id).await, ["review"]);
    after(&world, Duration::hours(61)).await;
    assert!(open(&world, id).await.is_empty());
}

#[actix_web::test]
async fn what_was_turned_away_is_taken_up_again_for_half_a_year_or_as_long_as_the_county_says() {
    let world = World::new().await;
    let (id, other) = (world.submitted().await, world.submitted().await);
    for id in [id, other] {
        make(&world.town, id, "reject", json!({"reason": "重复"})).await.expect(200);
    }
    after(&world, Duration::days(180)).await;
    assert_eq!(open(&world, id).await, ["reopen"]);
    set(&world, "reopen", 20, DeadlineUnit::Days).await;
    assert!(open(&world, id).await.is_empty());
    set(&world, "reopen", 180, DeadlineUnit::Days).await;
    make(&world.resident, other, "reopen", json!({"reason": "今年还想要"})).await.expect(200);
    after(&world, Duration::hours(1)).await;
    make(&world.resident, id, "reopen", json!({"reason": "今年还想要"})).await.refused(409, "not_now");
}

#[actix_web::test]
async fn an_offer_stands_as_long_as_the_county_lets_it_and_no_longer_than_half_of_the_time_to_the_first_window() {
    let world = World::new().await;
    let offer = |by: Option<String>| json!({"team_id": world.team(), "answer_by": by});
    let stands_until = |answer: &crate::support::client::Answer| answer.json["offer"]["answer_by"].clone();
    let id = world.accepted().await;
    // Monday: two working days end with Wednesday.
    let (last, beyond) = ("2026-03-04T16:00:00Z", "2026-03-04T16:00:01Z");
    make(&world.officer, id, "offer", offer(Some(beyond.to_owned()))).await.refused(422, "invalid_input");
    let offered = make(&world.officer, id, "offer", offer(Some(last.to_owned()))).await.expect(200);
    assert_eq!(stands_until(&offered), last);
    make(&world.officer, id, "open", json!({})).await.expect(200);
    set(&world, "accepted_offer", 3, DeadlineUnit::Hours).await;
    let late = make(&world.officer, id, "offer", offer(Some(world.hours(4)))).await.refused(422, "invalid_input");
    let told = &late.json["errors"][0];
    assert_eq!((&told["pointer"], &told["code"]), (&json!("/answer_by"), &json!("answer_by_out_of_range")), "{}", late.json);
    let offered = make(&world.officer, id, "offer", offer(None)).await.expect(200);
    assert_eq!((stands_until(&offered), &offered.json["due_at"]), (json!(world.hours(3)), &json!(world.hours(3))));
    // It would suit in four hours: the team has two.
    let mut soon = super::world::order();
    soon["windows"] = json!([{"from": world.hours(4), "to": world.hours(6)}]);
    let id = world.resident.post("/orders", soon).await.expect(201).id();
    make(&world.town, id, "dispatch", world.dispatch()).await.expect(200);
    let accepted = make(&world.officer, id, "accept", json!({"offer_to_team_id": world.team()})).await.expect(200);
    assert_eq!(stands_until(&accepted), json!(world.hours(2)));
}

#[actix_web::test]
async fn a_question_stops_the_clock_as_long_as_the_county_lets_it() {
    let world = World::new().await;
    set(&world, "question", 6, DeadlineUnit::Hours).await;
    let id = world.submitted().await;
    let due = crate::support::database::moment(world.see(&world.town, id).await.json["due_at"].as_str().unwrap_or_default());
    make(&world.town, id, "ask", json!({"question": "活动室有投影吗？"})).await.expect(200);
    after(&world, Duration::hours(7)).await;
    let seen = world.see(&world.town, id).await;
    let later = crate::support::database::moment(seen.json["due_at"].as_str().unwrap_or_default());
    assert_eq!(later.since(due), Duration::hours(6));
}
