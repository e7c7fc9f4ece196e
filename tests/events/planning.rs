//! From the draft to the report.

use serde_json::{Value, json};

use super::world::{Town, deed};
use crate::orders::world::{PLACE, make};
use crate::support::statements::db_lines;

#[actix_web::test]
async fn a_draft_takes_its_place_and_its_person_and_nobody_else_knows_of_it() {
    let town = Town::new().await;
    let made = town.scheduler.post("/events", town.event(2, 4)).await.expect(201);
    assert_eq!((&made.json["state"], &made.json["version"]), (&json!("draft"), &json!(1)));
    assert_eq!(made.json["moves"], json!(["change", "publish", "cancel"]));
    assert_eq!(made.json["sessions"][0]["venue"], "镇文化活动室");
    let id = made.id();
    for (client, status) in [(&town.world.app.visitor(), 404), (&town.world.resident, 404), (&town.world.leader, 404), (&town.world.officer, 404)] {
        client.get(&format!("/events/{id}")).await.expect(status);
    }
    // Its venue is taken for everybody.
    let order = town.world.claimed().await;
    let session =
        |from: i64, until: i64| json!({"sessions": [{"venue_id": town.venue, "starts_at": town.world.hours(from), "ends_at": town.world.hours(until)}]});
    make(&town.world.leader, order, "schedule", session(3, 5)).await.refused(409, "taken");
    make(&town.world.leader, order, "schedule", session(4, 6)).await.expect(200);
    // And who is in charge of it too.
    town.scheduler.post("/events", town.event(3, 5)).await.refused(409, "taken");
    let mut elsewhere = town.event(3, 5);
    elsewhere["sessions"][0] = json!({"starts_at": town.world.hours(3), "ends_at": town.world.hours(5)});
    elsewhere["address"] = json!("文化广场");
    town.scheduler.post("/events", elsewhere).await.refused(409, "taken");
}

#[actix_web::test]
async fn sent_twice_it_is_planned_once() {
    let town = Town::new().await;
    let send = || town.scheduler.post("/events", town.event(2, 4)).header("Idempotency-Key", "the-same-key-1");
    let (first, second) = (send().await.expect(201), send().await.expect(201));
    assert_eq!(first.id(), second.id());
    assert_eq!(db_lines(&mut town.world.app.db(), "SELECT CAST(count(*) AS TEXT) AS line FROM events"), ["1"]);
}

#[actix_web::test]
async fn what_is_published_stands_for_everybody_until_it_is_called_off_with_a_reason() {
    let town = Town::new().await;
    let id = town.published(2, 4).await;
    let visitor = town.world.app.visitor();
    let seen = visitor.get(&format!("/events/{id}")).await.expect(200);
    assert_eq!(
        (&seen.json["state"], &seen.json["title"], &seen.json["organiser"]["name"]),
        (&json!("published"), &json!("家庭用电安全讲座"), &json!("友谊镇新时代文明实践所"))
    );
    assert_eq!((&seen.json["sessions"][0]["in_charge"], &seen.json["moves"]), (&Value::Null, &json!([])), "who comes needs no name");
    deed(&town.scheduler, id, "publish", json!({})).await.refused(409, "published_already");
    deed(&town.scheduler, id, "cancel", json!({"reason": ""})).await.expect(422);
    let off = deed(&town.scheduler, id, "cancel", json!({"reason": "大雪封路"})).await.expect(200);
    assert_eq!((&off.json["state"], &off.json["moves"]), (&json!("cancelled"), &json!([])));
    let seen = visitor.get(&format!("/events/{id}")).await.expect(200);
    assert_eq!((&seen.json["state"], &seen.json["closing_words"]), (&json!("cancelled"), &json!("大雪封路")));
    // What it held is free again.
    town.draft(2, 4).await;
}

#[actix_web::test]
async fn it_is_changed_as_a_whole_and_may_stay_where_it_was() {
    let town = Town::new().await;
    let id = town.published(2, 4).await;
    let etag = town.scheduler.get(&format!("/events/{id}")).await.etag();
    let mut longer = town.event(3, 6);
    longer["title"] = json!("家庭用电安全：动手课");
    let changed = town.scheduler.post(&format!("/events/{id}/change"), longer.clone()).if_match(&etag).await.expect(200);
    assert_eq!((&changed.json["title"], &changed.json["sessions"].as_array().map(Vec::len)), (&json!("家庭用电安全：动手课"), &Some(1)));
    assert_eq!(changed.json["sessions"][0]["starts_at"], longer["sessions"][0]["starts_at"]);
    town.scheduler.post(&format!("/events/{id}/change"), longer).if_match(&etag).await.refused(412, "stale");
    // Another one stands in the way: nothing of the first is lost.
    let mut other = town.event(8, 10);
    other["sessions"][0]["travel_minutes"] = json!(0);
    town.scheduler.post("/events", other).await.expect(201);
    deed(&town.scheduler, id, "change", town.event(9, 11)).await.refused(409, "taken");
    let seen = town.scheduler.get(&format!("/events/{id}")).await.expect(200);
    assert_eq!((&seen.json["version"], &seen.json["sessions"][0]["ends_at"]), (&changed.json["version"], &changed.json["sessions"][0]["ends_at"]));
}

#[actix_web::test]
async fn after_its_last_end_a_number_is_enough_and_it_counts_once() {
    let town = Town::new().await;
    let id = town.published(2, 4).await;
    let session = town.scheduler.get(&format!("/events/{id}")).await.json["sessions"][0]["id"].clone();
    let report = json!({"sessions": [{"id": session, "attendance": 52}], "words": "来了52人"});
    deed(&town.scheduler, id, "report", report.clone()).await.refused(409, "not_over");
    town.world.app.advance(chrono::Duration::hours(3));
    deed(&town.scheduler, id, "change", town.event(5, 6)).await.refused(409, "begun_already");
    town.world.app.advance(chrono::Duration::hours(2));
    deed(&town.scheduler, id, "report", json!({"sessions": [{"id": session, "attendance": 0}]})).await.expect(422);
    let held = deed(&town.scheduler, id, "report", report.clone()).await.expect(200);
    assert_eq!((&held.json["state"], &held.json["sessions"][0]["attendance"]), (&json!("held"), &json!(52)));
    // One that was moved before is reported by the sessions that it has now.
    let moved = town.published(2, 4).await;
    deed(&town.scheduler, moved, "change", town.event(3, 5)).await.expect(200);
    let session = town.scheduler.get(&format!("/events/{moved}")).await.json["sessions"][0]["id"].clone();
    town.world.app.advance(chrono::Duration::hours(6));
    deed(&town.scheduler, moved, "report", json!({"sessions": [{"id": session, "attendance": 9}]})).await.expect(200);
    deed(&town.scheduler, id, "report", report).await.refused(409, "held_already");
    let seen = town.world.app.visitor().get(&format!("/events/{id}")).await.expect(200);
    assert_eq!((&seen.json["sessions"][0]["attendance"], &seen.json["closing_words"]), (&Value::Null, &Value::Null));
}

#[actix_web::test]
async fn who_is_put_in_charge_by_others_is_asked_first() {
    let town = Town::new().await;
    let second = town.world.app.scheduler("友谊镇").await;
    let person = second.person().0;
    let mut event = town.event(2, 4);
    event["sessions"][0]["in_charge"] = json!(person);
    let made = town.scheduler.post("/events", event).await.expect(201);
    assert_eq!(made.json["sessions"][0]["in_charge"]["agreed"], false);
    let id = made.id();
    deed(&town.scheduler, id, "publish", json!({})).await.refused(409, "not_agreed");
    deed(&town.scheduler, id, "agree", json!({})).await.refused(403, "forbidden");
    let said = deed(&second, id, "agree", json!({})).await.expect(200);
    assert_eq!(said.json["sessions"][0]["in_charge"]["agreed"], true);
    deed(&second, id, "agree", json!({})).await.refused(409, "agreed_already");
    deed(&town.scheduler, id, "publish", json!({})).await.expect(200);
    // They hear that it is called off; who calls it off knows.
    let mut off = town.event(8, 10);
    off["sessions"][0]["in_charge"] = json!(person);
    let called_off = town.scheduler.post("/events", off).await.expect(201).id();
    deed(&town.scheduler, called_off, "cancel", json!({"reason": "大雪封路"})).await.expect(200);
    assert_eq!(town.world.heard(&town.scheduler).await, ["event_agreed"]);
    let inbox = second.get("/notices").await.expect(200);
    let told = &inbox.items()[0];
    assert_eq!((&told["kind"], &told["event_id"], &told["order_id"]), (&json!("event_cancelled"), &json!(called_off), &Value::Null));
    assert_eq!(told["sentence"]["zh"], "活动“家庭用电安全讲座”已取消，请查看原因。");
    // Nobody is put in charge who is none of theirs.
    let stranger = town.world.leader.person().0;
    let mut event = town.event(6, 8);
    event["sessions"][0]["in_charge"] = json!(stranger);
    let refused = town.scheduler.post("/events", event).await.expect(422);
    assert_eq!(refused.json["errors"][0]["code"], "not_of_the_organiser");
}

#[actix_web::test]
async fn all_that_cannot_be_used_is_told_at_once() {
    let town = Town::new().await;
    let mut event = town.event(-2, 4);
    event["division_code"] = json!("999999999999");
    event["plan_task"] = json!({"plan": "youyi-2021", "task": "Z9"});
    event["sessions"][0].as_object_mut().expect("a session").remove("venue_id");
    let refused = town.scheduler.post("/events", event).await.expect(422);
    let faults: Vec<(String, String)> = refused.json["errors"]
        .as_array()
        .expect("faults")
        .iter()
        .map(|fault| (fault["pointer"].as_str().unwrap_or_default().to_owned(), fault["code"].as_str().unwrap_or_default().to_owned()))
        .collect();
    let told = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
    let expected = [
        told("/division_code", "unknown"),
        told("/plan_task", "unknown"),
        told("/sessions/0/starts_at", "in_the_past"),
        told("/sessions/0/venue_id", "nowhere"),
    ];
    assert_eq!(faults, expected);
    // A school's rooms are never open to everybody.
    let school =
        json!({"name": "第一小学报告厅", "organisation_id": town.centre, "division_code": PLACE, "address": "一楼", "capacity": 90, "free_to_book": true});
    let school = town.scheduler.post("/venues", school).await.expect(201).id();
    db_lines(&mut town.world.app.db(), &format!("UPDATE venues SET kind = 'school' WHERE id = {school} RETURNING name AS line"));
    let mut event = town.event(2, 4);
    event["sessions"][0]["venue_id"] = json!(school);
    let refused = town.scheduler.post("/events", event.clone()).await.expect(422);
    assert_eq!(refused.json["errors"][0]["code"], "school_is_closed");
    event["open"] = json!(false);
    town.scheduler.post("/events", event).await.expect(201);
}
