//! What time does to orders: every rung of the ladder, moved clock and worker's round.

use chrono::Duration;
use serde_json::{Value, json};

use super::world::{World, make, order};

/// Moves the clock on and lets the worker do a round.
async fn after(world: &World, by: Duration) {
    world.app.advance(by);
    world.app.work().await;
}

async fn holder(world: &World, id: i64) -> Value {
    world.see(&world.county, id).await.json["holding_centre"]["id"].clone()
}

#[actix_web::test]
async fn what_waits_for_dispatch_is_told_to_the_centre_above_and_at_twice_its_time_moves_up() {
    let world = World::new().await;
    let id = world.submitted().await;
    let etag = world.see(&world.county, id).await.etag();
    // Monday morning: one working day ends at midnight of Tuesday.
    after(&world, Duration::hours(41)).await;
    let seen = world.see(&world.county, id).await;
    assert_eq!((&seen.json["late"], seen.etag()), (&json!(true), etag), "lateness is no change of the order");
    assert!(world.heard(&world.county).await.contains(&"late_submitted".to_owned()));
    assert_eq!(holder(&world, id).await, world.app.db_centre("友谊镇").0);
    after(&world, Duration::hours(24)).await;
    assert_eq!(holder(&world, id).await, world.app.db_centre("友谊县").0);
    assert_eq!(world.verbs(id).await, ["submit", "move_up"]);
    // The new holder has a time of its own; nobody is above the county.
    after(&world, Duration::hours(1)).await;
    assert_eq!(world.verbs(id).await, ["submit", "move_up"]);
    make(&world.county, id, "dispatch", world.dispatch()).await.expect(200);
}

#[actix_web::test]
async fn an_order_that_was_late_and_is_passed_on_moves_up_only_at_twice_the_time_of_who_has_it_now() {
    let world = World::new().await;
    let neighbour = world.app.dispatcher("兴隆镇").await;
    let id = world.submitted().await;
    after(&world, Duration::hours(41)).await;
    let there = world.app.db_centre("兴隆镇").0;
    make(&world.town, id, "transfer", json!({"centre_id": there, "reason": "兴隆镇的村民"})).await.expect(200);
    // Wednesday, two in the morning: one working day ends at midnight of Thursday, two at midnight of Friday.
    after(&world, Duration::hours(47)).await;
    assert_eq!((holder(&world, id).await, world.verbs(id).await), (json!(there), vec!["submit".to_owned(), "transfer".to_owned()]));
    assert_eq!(world.see(&neighbour, id).await.json["late"], true);
    after(&world, Duration::hours(24)).await;
    assert_eq!(holder(&world, id).await, world.app.db_centre("友谊县").0);
}

#[actix_web::test]
async fn the_county_association_accepts_for_a_department_that_waited_twice_its_time() {
    let world = World::new().await;
    let (deputy, id) = (world.app.officer("县科协").await, world.dispatched().await);
    deputy.get(&format!("/orders/{id}")).await.expect(404);
    // Monday: two working days end at midnight of Wednesday, four at midnight of Friday.
    after(&world, Duration::hours(65)).await;
    assert!(world.heard(&world.officer).await.contains(&"late_dispatched".to_owned()));
    deputy.get(&format!("/orders/{id}")).await.expect(404);
    after(&world, Duration::hours(48)).await;
    assert!(deputy.get("/orders").await.expect(200).items().iter().any(|order| order["id"] == id));
    make(&deputy, id, "accept", json!({})).await.expect(200);
    let history = world.town.get(&format!("/orders/{id}/history")).await.expect(200);
    let line = history.json.as_array().and_then(|lines| lines.last()).cloned().unwrap_or_default();
    assert_eq!((line["note"].as_str(), line["organisation"].as_str()), (Some("代领"), Some("县科协")), "{line}");
}

#[actix_web::test]
async fn an_order_that_no_team_takes_is_told_every_week_until_one_does() {
    let world = World::new().await;
    let id = world.accepted().await;
    let told = async |world: &World| world.heard(&world.officer).await.iter().filter(|kind| *kind == "late_accepted").count();
    // Monday: five working days end at midnight of the next Monday.
    after(&world, Duration::hours(24 * 7 + 16)).await;
    assert_eq!(told(&world).await, 1);
    assert!(world.heard(&world.resident).await.contains(&"nobody_yet".to_owned()));
    after(&world, Duration::days(6)).await;
    assert_eq!(told(&world).await, 1);
    after(&world, Duration::days(1)).await;
    assert_eq!(told(&world).await, 2);
    make(&world.leader, id, "claim", json!({"team_id": world.team()})).await.expect(200);
}

#[actix_web::test]
async fn what_nobody_reviews_closes_after_a_week_and_can_be_reviewed_for_thirty_days() {
    let world = World::new().await;
    let id = world.fulfilled().await;
    after(&world, Duration::days(6)).await;
    assert_eq!(world.state(id).await, "fulfilled");
    after(&world, Duration::days(1) + Duration::minutes(1)).await;
    assert_eq!(world.state(id).await, "closed");
    world.app.advance(Duration::days(29));
    make(&world.resident, id, "review", json!({"stars": 3})).await.expect(200);
    let other = world.fulfilled().await;
    after(&world, Duration::days(8)).await;
    world.app.advance(Duration::days(31));
    make(&world.resident, other, "review", json!({"stars": 3})).await.refused(409, "not_now");
}

#[actix_web::test]
async fn a_late_report_is_given_by_the_officer() {
    let world = World::new().await;
    let id = world.scheduled().await;
    after(&world, Duration::days(8)).await;
    let session = world.see(&world.officer, id).await.json["sessions"][0]["id"].clone();
    make(&world.officer, id, "fulfil", json!({"sessions": [{"id": session, "attendance": 12}], "report": "已电话核实"})).await.expect(200);
}

#[actix_web::test]
async fn a_question_stops_the_clock_until_its_answer() {
    let world = World::new().await;
    let id = world.submitted().await;
    let due = world.see(&world.town, id).await.json["due_at"].clone();
    let asked = make(&world.town, id, "ask", json!({"question": "活动室有投影吗？"})).await.expect(200);
    assert_eq!(asked.json["paused"], true);
    after(&world, Duration::days(3)).await;
    let paused = world.see(&world.resident, id).await;
    assert_eq!((&paused.json["late"], &paused.json["questions"][0]["question"]), (&json!(false), &json!("活动室有投影吗？")));
    let replied = make(&world.resident, id, "reply", json!({"answer": "有"})).await.expect(200);
    let moment = |value: &Value| crate::support::database::moment(value.as_str().unwrap_or_default());
    assert_eq!(moment(&replied.json["due_at"]).since(moment(&due)), Duration::days(3));
    after(&world, Duration::hours(41)).await;
    assert_eq!(world.see(&world.town, id).await.json["late"], true);
}

#[actix_web::test]
async fn a_question_stops_the_clock_for_five_working_days_at_most_and_can_still_be_answered() {
    let world = World::new().await;
    let id = world.submitted().await;
    make(&world.town, id, "ask", json!({"question": "活动室有投影吗？"})).await.expect(200);
    after(&world, Duration::days(9)).await;
    after(&world, Duration::days(2)).await;
    assert_eq!(world.see(&world.town, id).await.json["late"], true);
    let due = world.see(&world.town, id).await.json["due_at"].clone();
    let replied = make(&world.resident, id, "reply", json!({"answer": "有"})).await.expect(200);
    assert_eq!(replied.json["due_at"], due);
}

#[actix_web::test]
async fn when_the_last_dispatcher_leaves_what_waits_moves_up() {
    let world = World::new().await;
    let id = world.submitted().await;
    let account = world.town.account.clone().unwrap_or_else(|| panic!("an account"));
    let person = account.person();
    let now = world.now();
    let until = now.plus(Duration::days(30));
    let deed = move |db: &mut kepu::db::Db| {
        let person = kepu::people::find(db, person)?.unwrap_or_else(|| panic!("gone"));
        kepu::people::set_away(db, &kepu::actor::Act::machine(now), &person, Some(now), Some(until))
    };
    world.app.app.pool.write(deed).await.unwrap_or_else(|error| panic!("{error}"));
    world.app.work().await;
    assert_eq!(holder(&world, id).await, world.app.db_centre("友谊县").0);
    assert!(world.heard(&world.county).await.contains(&"move_up".to_owned()));
    assert!(world.heard(&world.resident).await.contains(&"move_up".to_owned()));
}

#[actix_web::test]
async fn when_the_last_window_passes_the_requester_is_asked_for_new_times_once() {
    let world = World::new().await;
    let mut body = order();
    body["windows"] = json!([{"from": world.hours(10), "to": world.hours(12)}]);
    let id = world.resident.post("/orders", body).await.expect(201).id();
    // No deadline is later than half of the time to the first window.
    let seen = world.see(&world.resident, id).await;
    assert_eq!(crate::support::database::moment(seen.json["due_at"].as_str().unwrap_or_default()).since(world.now()), Duration::hours(5));
    after(&world, Duration::hours(13)).await;
    let asked = async |world: &World| world.heard(&world.resident).await.iter().filter(|kind| *kind == "new_times_wanted").count();
    assert_eq!(asked(&world).await, 1);
    after(&world, Duration::hours(13)).await;
    assert_eq!(asked(&world).await, 1);
    let times = json!({"windows": [{"from": world.hours(20), "to": world.hours(22)}]});
    make(&world.resident, id, "amend", times).await.expect(200);
    after(&world, Duration::hours(23)).await;
    assert_eq!(asked(&world).await, 2);
}

#[actix_web::test]
async fn an_offered_order_that_is_withdrawn_leaves_the_worker_nothing_to_do() {
    let world = World::new().await;
    let id = world.dispatched().await;
    make(&world.officer, id, "accept", json!({"offer_to_team_id": world.team()})).await.expect(200);
    make(&world.resident, id, "withdraw", json!({})).await.expect(200);
    assert!(world.heard(&world.leader).await.contains(&"withdraw".to_owned()));
    after(&world, Duration::days(5)).await;
    assert_eq!(world.verbs(id).await.last().map(String::as_str), Some("withdraw"));
}

#[actix_web::test]
async fn a_contact_is_erased_a_year_after_the_end_and_the_order_stays() {
    let world = World::new().await;
    let id = world.fulfilled().await;
    make(&world.resident, id, "review", json!({"stars": 5})).await.expect(200);
    let rejected = world.submitted().await;
    make(&world.town, rejected, "reject", json!({"reason": "重复"})).await.expect(200);
    let open = world.submitted().await;
    let phone = async |id: i64| world.see(&world.resident, id).await.json["contact"]["phone"].clone();
    after(&world, Duration::days(100)).await;
    assert_eq!((phone(id).await, phone(rejected).await), (json!("13912345678"), Value::Null));
    after(&world, Duration::days(270)).await;
    assert_eq!((phone(id).await, phone(open).await), (Value::Null, json!("13912345678")));
    assert_eq!(world.state(id).await, "closed");
}
