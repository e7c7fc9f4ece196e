//! Who sets terms, and who sees who registered.

use serde_json::{Value, json};

use super::world::{Hall, alone, make, visiting};

#[actix_web::test]
async fn who_plans_the_event_sets_its_terms_and_nobody_else_does() {
    let hall = Hall::new(9).await;
    let town = &hall.town;
    let path = format!("/events/{}/terms", hall.event);
    let set = |client: &crate::support::client::Client| client.post(&path, json!({"places": 5})).if_match("\"1\"");
    for client in [&town.world.resident, &town.world.leader, &town.world.officer, &town.world.county] {
        set(client).await.refused(403, "forbidden");
    }
    set(&town.world.app.visitor()).await.refused(401, "sign_in");
    let other = town.world.app.scheduler("友谊镇").await;
    let terms = set(&other).await.expect(200);
    assert_eq!((&terms.json["places"], terms.etag().as_str(), &terms.json["sets"]), (&json!(5), "\"2\"", &json!(true)));
    // What is closed has no terms.
    let mut closed = town.event(60, 62);
    closed["open"] = json!(false);
    let closed = town.scheduler.post("/events", closed).await.expect(201).id();
    town.scheduler.post(&format!("/events/{closed}/terms"), json!({"places": 5})).if_match("\"0\"").await.refused(409, "not_open");
    town.scheduler.post(&format!("/events/{closed}/terms"), json!({"places": 0})).if_match("\"0\"").await.expect(422);
    town.world.resident.get(&format!("/events/{closed}/terms")).await.refused(404, "not_found");
}

#[actix_web::test]
async fn those_who_hold_the_event_see_who_registered_masked_and_find_them_by_name_and_phone() {
    let hall = Hall::new(2).await;
    let town = &hall.town;
    let visitor = town.world.app.visitor();
    let mut body = visiting("13800001234", 1);
    let one = hall.register(&visitor, body.clone()).await.expect(201).id();
    body["contact_name"] = json!("赵_明");
    body["contact_phone"] = json!("13900005678");
    let two = hall.register(&visitor, body).await.expect(201).id();
    let (_, three) = hall.comes(1).await;
    let path = format!("/events/{}/registrations", hall.event);
    let found = async |query: &str| {
        let page = town.scheduler.get(&format!("{path}?{query}")).await.expect(200);
        page.items().iter().map(|item| item["id"].as_i64().unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(found("").await, [three, two, one]);
    assert_eq!(found("state=waiting").await, [three]);
    assert_eq!(found("q=%E8%B5%B5").await, [two]);
    assert_eq!(found("q=1234").await, [one]);
    assert_eq!(found("q=1380").await, Vec::<i64>::new(), "the last digits, not the first");
    assert_eq!(found("q=_").await, [two], "a sign is a sign");
    let page = town.scheduler.get(&format!("{path}?limit=2")).await.expect(200);
    let next = page.json["next"].as_str().expect("a next page").to_owned();
    assert_eq!(found(&format!("limit=2&after={next}")).await, [one]);
    town.scheduler.get(&format!("{path}?state=waiting&after={next}")).await.refused(400, "query_unreadable");
    for item in town.scheduler.get(&path).await.items() {
        assert_eq!((&item["contact"]["masked"], &item["under_14"]), (&json!(true), &Value::Null), "{item}");
    }
    assert_eq!(town.world.county.get(&path).await.expect(200).items().len(), 3, "a centre above");
    for client in [&town.world.resident, &town.world.leader] {
        client.get(&path).await.refused(403, "forbidden");
    }
    visitor.get(&path).await.refused(401, "sign_in");
    let counts = hall.terms(&town.scheduler).await["counts"].clone();
    assert_eq!(counts, json!([{"state": "registered", "registrations": 2, "heads": 2}, {"state": "waiting", "registrations": 1, "heads": 1}]));
}

#[actix_web::test]
async fn a_registration_is_nobody_elses() {
    let hall = Hall::new(2).await;
    let (_, id) = hall.comes(1).await;
    let world = &hall.town.world;
    let other = world.app.resident().await;
    for client in [&other, &world.leader, &world.officer] {
        client.get(&format!("/registrations/{id}")).await.refused(404, "not_found");
        make(client, id, "cancel").await.refused(404, "not_found");
        client.post(&format!("/registrations/{id}/contact"), json!({"reason": "好奇"})).await.refused(404, "not_found");
    }
    hall.town.scheduler.post(&format!("/registrations/{id}/contact"), json!({"reason": " "})).await.expect(422);
    // A neighbouring centre knows the event, and nothing of who comes.
    let neighbour = world.app.scheduler("兴隆镇").await;
    neighbour.get(&format!("/events/{}/registrations", hall.event)).await.refused(403, "forbidden");
    neighbour.get(&format!("/registrations/{id}")).await.refused(404, "not_found");
    hall.register(&neighbour, alone(1)).await.expect(201);
}
