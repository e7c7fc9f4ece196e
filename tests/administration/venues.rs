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
