//! Who plans for whom, and who may call off.

use serde_json::json;

use super::world::{Town, deed};

#[actix_web::test]
async fn each_plans_for_their_own_organisation_and_for_no_other() {
    let town = Town::new().await;
    let world = &town.world;
    let mut event = town.event(2, 4);
    for client in [&world.leader, &world.officer] {
        client.post("/events", event.clone()).await.refused(403, "forbidden");
    }
    world.resident.post("/events", event.clone()).await.refused(403, "forbidden");
    world.app.visitor().post("/events", event.clone()).await.expect(401);
    event["sessions"] = json!([{"starts_at": world.hours(2), "ends_at": world.hours(4)}]);
    event["address"] = json!("文化广场");
    event["organiser_id"] = json!(world.team());
    world.leader.post("/events", event.clone()).await.expect(201);
    event["organiser_id"] = json!(world.department());
    world.officer.post("/events", event.clone()).await.expect(201);
    // What was planned for one is not given to another by who plans for the first alone.
    let id = town.draft(6, 8).await;
    let mut taken = town.event(6, 8);
    taken["organiser_id"] = json!(world.department());
    deed(&town.scheduler, id, "change", taken).await.refused(403, "forbidden");
}

#[actix_web::test]
async fn the_centres_above_call_off_what_takes_place_in_their_area_and_change_nothing_else() {
    let town = Town::new().await;
    let id = town.published(2, 4).await;
    let world = &town.world;
    let seen = world.county.get(&format!("/events/{id}")).await.expect(200);
    assert_eq!(seen.json["moves"], json!(["postpone", "cancel"]));
    deed(&world.county, id, "change", town.event(3, 5)).await.refused(403, "forbidden");
    let elsewhere = world.app.scheduler("兴隆镇").await;
    assert_eq!(elsewhere.get(&format!("/events/{id}")).await.expect(200).json["moves"], json!([]));
    deed(&elsewhere, id, "cancel", json!({"reason": "不行"})).await.refused(403, "forbidden");
    deed(&world.county, id, "cancel", json!({"reason": "大雪封路"})).await.expect(200);
}

#[actix_web::test]
async fn what_happens_to_an_orders_event_happens_through_the_order() {
    let town = Town::new().await;
    let world = &town.world;
    let order = world.scheduled().await;
    let seen = town.calendar(&town.scheduler, "").await;
    assert_eq!(seen.len(), 1, "the scheduler of the place knows of it");
    let id = seen[0];
    let event = world.leader.get(&format!("/events/{id}")).await.expect(200);
    assert_eq!((&event.json["order_id"], &event.json["state"], &event.json["open"]), (&json!(order), &json!("published"), &json!(false)));
    assert_eq!((&event.json["moves"], &event.json["address"]), (&json!([]), &serde_json::Value::Null));
    deed(&world.leader, id, "cancel", json!({"reason": "不去了"})).await.refused(403, "forbidden");
    // Closed: no visitor, no resident, no other team knows of it.
    for client in [&world.app.visitor(), &world.other_leader, &world.resident] {
        client.get(&format!("/events/{id}")).await.refused(404, "not_found");
        assert!(town.calendar(client, "").await.is_empty());
    }
}
