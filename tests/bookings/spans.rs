//! How long a session takes its place and who is in charge, and what others see of it.

use serde_json::json;

use super::keepers::room_of;
use crate::orders::world::{OTHER_TEAM, World, make};

#[actix_web::test]
async fn set_up_clearing_and_the_way_are_taken_too_and_back_to_back_is_fine() {
    let world = World::new().await;
    let room = room_of(&world, "友谊镇", true).await;
    let (first, second) = (world.claimed().await, world.accepted().await);
    let theirs = world.app.db_organisation(OTHER_TEAM).0;
    make(&world.other_leader, second, "claim", json!({"team_id": theirs})).await.expect(200);
    let at = |from: i64, until: i64| {
        json!({"sessions": [{
            "venue_id": room, "starts_at": world.hours(from), "ends_at": world.hours(until), "setup_minutes": 60, "clearing_minutes": 30, "travel_minutes": 90,
        }]})
    };
    make(&world.leader, first, "schedule", at(24, 26)).await.expect(200);
    // Two hours between the two: one of set-up and half of one of clearing fit in, another hour less does not.
    let taken = make(&world.other_leader, second, "schedule", at(27, 29)).await.refused(409, "taken");
    assert_eq!((&taken.json["resource"], &taken.json["holder"]["ends_at"]), (&json!("space"), &json!("2026-03-03T03:30:00Z")));
    make(&world.other_leader, second, "schedule", at(28, 30)).await.expect(200);
    // The leader of the first is still on the way home.
    let third = world.claimed().await;
    let soon = json!({"sessions": [{"starts_at": world.hours(27), "ends_at": world.hours(28)}]});
    let busy = make(&world.leader, third, "schedule", soon).await.refused(409, "taken");
    assert_eq!((&busy.json["resource"], &busy.json["holder"]["ends_at"]), (&json!("person"), &json!("2026-03-03T04:30:00Z")));

    let told = world.app.visitor().get(&format!("/venues/{room}/occupied")).await.expect(200);
    let space = world.app.visitor().get(&format!("/venues/{room}")).await.json["spaces"][0]["id"].clone();
    let spans = json!([
        {"space_id": space, "starts_at": "2026-03-03T00:00:00Z", "ends_at": "2026-03-03T03:30:00Z", "places": null},
        {"space_id": space, "starts_at": "2026-03-03T04:00:00Z", "ends_at": "2026-03-03T07:30:00Z", "places": null},
    ]);
    assert_eq!(told.json, spans, "spans alone, nothing of whose");
    let asked = |from: &str, until: &str| format!("/venues/{room}/occupied?from={from}&until={until}");
    let some = world.app.visitor().get(&asked("2026-03-03T03:30:00Z", "2026-03-03T04:30:00Z")).await.expect(200);
    assert_eq!(some.json.as_array().map(Vec::len), Some(1));
    world.app.visitor().get(&asked("2026-03-03T00:00:00Z", "2026-05-04T00:00:01Z")).await.refused(400, "query_unreadable");
    world.app.visitor().get(&asked("2026-03-03T00:00:00Z", "2026-03-03T00:00:00Z")).await.refused(400, "query_unreadable");
    world.app.visitor().get(&asked("2026-03-03T00:00:00Z", "2026-05-04T00:00:00Z")).await.expect(200);
    world.app.visitor().get("/venues/1000000/occupied").await.refused(404, "not_found");
}
