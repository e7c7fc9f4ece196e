//! Times at which an order could be held.

use serde_json::{Value, json};

use super::world::{PLACE, TEAM, World, make, order};
use crate::bookings::keepers::room_of;
use crate::support::client::Client;

/// An order of so many hours from now, claimed by the team.
async fn wished(world: &World, windows: &[(i64, i64)], audience: &str) -> i64 {
    let mut wish = order();
    wish["audience"] = json!(audience);
    wish["windows"] = windows.iter().map(|(from, to)| json!({"from": world.hours(*from), "to": world.hours(*to)})).collect();
    world.claimed_of(wish).await
}

async fn slots(client: &Client, id: i64, query: &str) -> Value {
    client.get(&format!("/orders/{id}/slots?{query}")).await.expect(200).json
}

/// The starts and venues of what is proposed.
fn told(found: &Value) -> Vec<(Value, Value)> {
    found["slots"].as_array().expect("slots").iter().map(|slot| (slot["starts_at"].clone(), slot["venue_id"].clone())).collect()
}

#[actix_web::test]
async fn the_leader_schedules_into_the_best_of_the_times_that_suit_the_requester() {
    let world = World::new().await;
    let room = room_of(&world, "友谊镇", true).await;
    // Tuesday, nine to twelve.
    let id = wished(&world, &[(24, 27)], "general").await;
    let found = slots(&world.leader, id, "minutes=90").await;
    let best = &found["slots"][0];
    assert_eq!(
        (&best["starts_at"], &best["ends_at"], &best["venue_id"]),
        (&json!(world.hours(24)), &json!(world.now().plus(chrono::Duration::minutes(24 * 60 + 90)).rfc3339()), &json!(room))
    );
    assert_eq!(
        (&best["reasons"], &best["in_charge"]["id"], &best["seats"]),
        (&json!(["same_division", "fits", "free_to_book"]), &json!(world.leader.person().0), &json!(40))
    );
    assert_eq!((&found["outside_windows"], &found["why"]), (&json!(false), &Value::Null));
    assert!(told(&found).contains(&(json!(world.hours(24)), Value::Null)), "the requester's own address as well");
    let session = json!({"venue_id": best["venue_id"], "starts_at": best["starts_at"], "ends_at": best["ends_at"], "in_charge": best["in_charge"]["id"]});
    make(&world.leader, id, "schedule", json!({"sessions": [session]})).await.expect(200);
    // What the order holds itself is in its own way nowhere.
    assert_eq!(slots(&world.leader, id, "minutes=90").await["slots"][0], *best);
    // Another order finds the room, and the leader, taken until half past ten: half an hour later it begins.
    let second = wished(&world, &[(24, 27)], "general").await;
    let found = slots(&world.leader, second, "minutes=90").await;
    assert_eq!(told(&found)[0], (best["ends_at"].clone(), json!(room)));
    // A volunteer of the team is free at nine, if they are not away.
    let volunteer = world.app.volunteer(TEAM).await;
    let away = json!({"from": world.hours(20), "until": world.hours(30)});
    let etag = volunteer.get("/me").await.etag();
    let gone = volunteer.post("/me/away", away).if_match(&etag).await.expect(200);
    assert_eq!(told(&slots(&world.leader, second, "minutes=90").await)[0], (best["ends_at"].clone(), json!(room)));
    volunteer.post("/me/away", json!({"clear": true})).if_match(&gone.etag()).await.expect(200);
    let found = slots(&world.leader, second, "minutes=90").await;
    let nine = found["slots"].as_array().expect("slots").iter().find(|slot| slot["starts_at"] == world.hours(24)).cloned().unwrap_or_default();
    assert_eq!((&nine["in_charge"]["id"], nine["venue_id"] == json!(room)), (&json!(volunteer.person().0), false));
}

#[actix_web::test]
async fn an_old_audience_comes_in_without_a_step_and_one_venue_alone_can_be_asked_for() {
    let world = World::new().await;
    let id = wished(&world, &[(24, 27)], "elderly").await;
    let venue = json!({"name": "老年活动室", "organisation_id": world.app.db_centre("友谊镇").0, "division_code": PLACE, "address": "一楼", "capacity": 45, "free_to_book": true, "step_free": true});
    let step_free = world.app.system_administrator().await.post("/venues", venue).await.expect(201).id();
    let steps = room_of(&world, "友谊镇", true).await;
    let found = slots(&world.leader, id, "").await;
    assert_eq!(
        (&found["slots"][0]["venue_id"], &found["slots"][0]["reasons"]),
        (&json!(step_free), &json!(["same_division", "fits", "step_free", "free_to_book"]))
    );
    let found = slots(&world.leader, id, &format!("venue_id={steps}&minutes=120")).await;
    assert!(told(&found).iter().all(|(_, venue)| venue == &json!(steps)) && !told(&found).is_empty());
}

#[actix_web::test]
async fn where_the_windows_leave_nothing_times_soon_are_told_and_that_they_are_outside() {
    let world = World::new().await;
    let id = wished(&world, &[(24, 25)], "general").await;
    let found = slots(&world.leader, id, "minutes=90").await;
    assert_eq!((&found["outside_windows"], found["slots"].as_array().map(Vec::len)), (&json!(true), Some(8)));
    // It is nine o'clock now.
    assert_eq!(found["slots"][0]["starts_at"], world.now().plus(chrono::Duration::minutes(30)).rfc3339());
    // Nobody said when: nothing is outside.
    let free = world.claimed().await;
    assert_eq!(slots(&world.leader, free, "").await["outside_windows"], false);
}

#[actix_web::test]
async fn who_schedules_or_proposes_asks_and_only_the_team_learns_who_is_free() {
    let world = World::new().await;
    let scheduler = world.app.scheduler("友谊镇").await;
    let id = world.claimed().await;
    for who in [&scheduler, &world.officer, &world.resident] {
        let found = slots(who, id, "").await;
        assert_eq!((found["slots"].as_array().map(Vec::len), &found["slots"][0]["in_charge"]), (Some(8), &Value::Null));
    }
    let path = format!("/orders/{id}/slots");
    world.app.visitor().get(&path).await.refused(401, "sign_in");
    world.other_leader.get(&path).await.refused(404, "not_found");
    world.town.get(&path).await.refused(403, "forbidden");
    for query in ["minutes=5", "minutes=x", "equipment_ids=1,x", "equipment_ids=1,2,3,4,5,6,7,8,9,10,11", "colour=red"] {
        world.leader.get(&format!("{path}?{query}")).await.refused(400, "query_unreadable");
    }
    assert_eq!(slots(&world.leader, id, "equipment_ids=1,2").await["slots"].as_array().map(Vec::len), Some(8));
    let early = world.accepted().await;
    world.officer.get(&format!("/orders/{early}/slots")).await.refused(409, "not_now");
}

#[actix_web::test]
async fn a_schedule_is_checked_before_it_is_sent() {
    let world = World::new().await;
    let room = room_of(&world, "友谊镇", true).await;
    let (first, second) = (world.claimed().await, world.claimed().await);
    let at = |from: i64| json!({"sessions": [{"venue_id": room, "starts_at": world.hours(from), "ends_at": world.hours(from + 2)}]});
    let check = async |client: &Client, id: i64, from: i64| client.post(&format!("/orders/{id}/check_schedule"), at(from)).await;
    assert_eq!(check(&world.leader, first, 24).await.expect(200).json["sessions"][0]["hints"], json!([]));
    make(&world.leader, first, "schedule", at(24)).await.expect(200);
    assert_eq!(check(&world.leader, first, 25).await.expect(200).json["sessions"][0]["hints"], json!([]), "its own time is free for it");
    let told = check(&world.leader, second, 25).await.expect(200).json["sessions"][0].clone();
    assert_eq!((&told["hints"][0]["code"], &told["hints"][1]["code"]), (&json!("venue_taken"), &json!("person_taken")));
    assert_eq!(told["times"][0]["starts_at"], world.hours(26));
    make(&world.leader, second, "schedule", at(26)).await.expect(200);
    check(&world.officer, second, 25).await.refused(403, "forbidden");
    check(&world.other_leader, second, 25).await.refused(404, "not_found");
    check(&world.app.visitor(), second, 25).await.refused(401, "sign_in");
}

#[actix_web::test]
async fn among_many_venues_and_bookings_it_takes_as_many_statements_as_among_few() {
    let world = World::new().await;
    let id = wished(&world, &[(24, 27)], "general").await;
    let path = format!("/orders/{id}/slots");
    world.leader.get(&path).await.expect(200);
    let (_, few) = world.app.db_statements(world.leader.get(&path)).await;
    for n in 0..4 {
        let room = json!({"name": format!("活动室{n}"), "organisation_id": world.app.db_centre("友谊镇").0, "division_code": PLACE, "address": "一楼", "capacity": 40, "free_to_book": true});
        let room = world.app.system_administrator().await.post("/venues", room).await.expect(201).id();
        world.app.volunteer(TEAM).await;
        let other = world.claimed().await;
        let session = json!({"sessions": [{"venue_id": room, "starts_at": world.hours(30 + 3 * n), "ends_at": world.hours(32 + 3 * n)}]});
        make(&world.leader, other, "schedule", session).await.expect(200);
    }
    world.leader.get(&path).await.expect(200);
    let (answer, many) = world.app.db_statements(world.leader.get(&path)).await;
    answer.expect(200);
    assert_eq!(few.len(), many.len(), "{}", many.join("\n"));
}
