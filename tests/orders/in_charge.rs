//! Who is in charge of a session: who may be, and where somebody is who is taken.

use serde_json::{Value, json};

use super::world::{OTHER_TEAM, TEAM, World, make};
use crate::support::client::Client;

/// The ids that the route lists.
async fn listed(client: &Client, team: i64) -> Vec<i64> {
    let answer = client.get(&format!("/organisations/{team}/in_charge")).await.expect(200);
    let members = answer.json.as_array().cloned().unwrap_or_default();
    assert!(members.iter().all(|member| member["name"].as_str().is_some_and(|name| !name.is_empty())), "{answer}");
    members.iter().filter_map(|member| member["id"].as_i64()).collect()
}

async fn scheduled_by(world: &World, client: &Client, id: i64, in_charge: i64) -> u16 {
    let session = json!({"starts_at": world.hours(24), "ends_at": world.hours(26), "in_charge": in_charge});
    make(client, id, "schedule", json!({"sessions": [session]})).await.status
}

#[actix_web::test]
async fn whoever_is_listed_may_be_in_charge_and_nobody_else() {
    let world = World::new().await;
    let (second, volunteer) = (world.app.leader(TEAM).await, world.app.volunteer(TEAM).await);
    let (stranger, elsewhere) = (world.app.resident().await, world.app.volunteer(OTHER_TEAM).await);
    let id = world.claimed().await;
    let mut team = vec![world.leader.person().0, second.person().0, volunteer.person().0];
    team.sort_unstable();
    assert_eq!(listed(&world.leader, world.team()).await, team);
    for member in &team {
        assert_eq!(scheduled_by(&world, &world.leader, id, *member).await, 200);
    }
    for other in [stranger.person().0, elsewhere.person().0, world.officer.person().0] {
        assert_eq!(scheduled_by(&world, &world.leader, id, other).await, 422);
    }
    let path = format!("/organisations/{}/in_charge", world.team());
    world.app.visitor().get(&path).await.refused(401, "sign_in");
    for other in [&volunteer, &world.other_leader, &world.town, &stranger] {
        other.get(&path).await.refused(403, "forbidden");
    }
    world.leader.get(&format!("/organisations/{}/in_charge", world.department())).await.refused(403, "forbidden");
    world.leader.get("/organisations/999999/in_charge").await.refused(404, "not_found");
}

#[actix_web::test]
async fn of_a_staff_group_its_officers_may_be_in_charge_and_see_who_may() {
    let world = World::new().await;
    let second = world.app.officer("县卫生健康局").await;
    let staff = kepu::organisations::staff_group_of(&mut world.app.db(), world.app.db_organisation("县卫生健康局")).expect("groups can be read");
    let staff = staff.map_or(0, |staff| staff.0);
    let mut officers = vec![world.officer.person().0, second.person().0];
    officers.sort_unstable();
    assert_eq!(listed(&world.officer, staff).await, officers);
    let id = world.accepted().await;
    make(&world.officer, id, "claim", json!({"team_id": staff})).await.expect(200);
    assert_eq!(scheduled_by(&world, &world.officer, id, second.person().0).await, 200);
}

#[actix_web::test]
async fn who_is_taken_is_where_the_asker_may_know_of_it_and_else_only_taken() {
    let world = World::new().await;
    let volunteer = world.app.volunteer(TEAM).await;
    world.app.grant(&volunteer, kepu::actor::Role::Volunteer, world.app.db_organisation(OTHER_TEAM)).await;
    let (first, second, third) = (world.claimed().await, world.claimed().await, world.accepted().await);
    make(&world.other_leader, third, "claim", json!({"team_id": world.app.db_organisation(OTHER_TEAM)})).await.expect(200);
    assert_eq!(scheduled_by(&world, &world.leader, first, volunteer.person().0).await, 200);
    let session = json!({"starts_at": world.hours(25), "ends_at": world.hours(27), "in_charge": volunteer.person().0});
    let body = json!({"sessions": [session]});
    // The leader of the same team reaches the order that the volunteer is at.
    let told = make(&world.leader, second, "schedule", body.clone()).await.refused(409, "taken").json["holder"].clone();
    assert_eq!(told["order"], json!({"id": first, "number": world.see(&world.leader, first).await.json["number"], "team": TEAM}));
    assert_eq!((&told["starts_at"], &told["ends_at"]), (&json!(world.hours(24)), &json!(world.hours(26))));
    // That of another team does not, though it is the same person.
    let told = make(&world.other_leader, third, "schedule", body).await.refused(409, "taken").json["holder"].clone();
    assert_eq!((&told["order"], &told["starts_at"]), (&Value::Null, &json!(world.hours(24))));
}
