//! Every list, by each of its filters, as everybody: what is asked when nobody looks.

use serde_json::Value;

use crate::access::people::{everybody, load_second_county};
use crate::orders::world::World;
use crate::support::plans;

/// A value that a parameter takes.
fn value(world: &World, path: &str, name: &str, schema: &Value) -> String {
    match (name, schema["type"].as_str(), schema["enum"][0].as_str()) {
        (_, _, Some(word)) => word.to_owned(),
        ("department_id" | "organisation_id" | "organiser_id", ..) => world.department().to_string(),
        ("team_id", ..) => world.team().to_string(),
        ("person_id" | "actor_id", ..) => world.officer.person().0.to_string(),
        ("division" | "division_code" | "parent", ..) => "230522100000".to_owned(),
        ("county", ..) => "230522000000".to_owned(),
        ("state", ..) if path.starts_with("/complaints") => "open".to_owned(),
        ("state", ..) => "claimed".to_owned(),
        ("q", ..) => "%E6%80%A5%E6%95%91".to_owned(),
        ("year", ..) => "2026".to_owned(),
        ("limit" | "row_id" | "session_id" | "plan_item_id" | "venue_id" | "equipment_id" | "campaign_id", ..) => "1".to_owned(),
        ("day", ..) => "2026-03-02".to_owned(),
        ("kind", ..) if path.starts_with("/calendar") => "lecture".to_owned(),
        ("kind", ..) => "order".to_owned(),
        ("month", ..) => "2026-03".to_owned(),
        ("plan", ..) => "youyi-2021".to_owned(),
        ("by", ..) => "team".to_owned(),
        ("minutes", ..) => "90".to_owned(),
        ("equipment_ids", ..) => "1,2".to_owned(),
        ("from" | "until", ..) if path.starts_with("/reports") => "2026-03-02".to_owned(),
        ("from" | "until", ..) => "2026-03-02T00:00:00Z".to_owned(),
        (_, Some("boolean"), _) => "true".to_owned(),
        _ => panic!("what does {name} take?"),
    }
}

#[actix_web::test]
async fn every_list_by_every_filter_as_everybody_finds_its_rows_by_an_index() {
    let world = World::new().await;
    load_second_county(&world).await;
    world.claimed().await;
    world.fulfilled().await;
    world.app.work().await;
    let people = everybody(&world).await;
    let centre = world.app.db_centre("友谊镇").0;
    world.app.database.statements().take_product();

    let document: Value = serde_json::from_str(kepu::openapi::json()).expect("the document is JSON");
    let mut lists = 0;
    for (path, item) in document["paths"].as_object().expect("paths") {
        let parameters = item["get"]["parameters"].as_array().cloned().unwrap_or_default();
        let query: Vec<&Value> = parameters.iter().filter(|parameter| parameter["in"] == "query" && parameter["name"] != "after").collect();
        let path = path.trim_start_matches("/api/v1").replace("centres/{id}", &format!("centres/{centre}")).replace("{id}", "youyi-2021");
        let needed: Vec<String> = query
            .iter()
            .filter(|parameter| parameter["required"] == true)
            .map(|parameter| parameter["name"].as_str().unwrap_or_default())
            .map(|name| format!("{name}={}", value(&world, &path, name, &Value::Null)))
            .collect();
        for parameter in &query {
            lists += 1;
            let name = parameter["name"].as_str().unwrap_or_default();
            let mut asked = needed.clone();
            // These say something about another.
            match name {
                "row_id" => asked.push("kind=order".to_owned()),
                "only_here" => asked.push("division=230522100000".to_owned()),
                _ => {}
            }
            if parameter["required"] != true {
                asked.push(format!("{name}={}", value(&world, &path, name, &parameter["schema"])));
            }
            for (who, client) in &people {
                let first = client.get(&format!("{path}?{}", asked.join("&"))).await;
                assert!(matches!(first.status, 200 | 401 | 403 | 404), "{who} {path} {asked:?}: {first}");
                if let Some(next) = first.json["next"].as_str() {
                    client.get(&format!("{path}?{}&after={next}", asked.join("&"))).await.expect(200);
                }
            }
        }
    }
    let asked = world.app.database.statements().take_product();
    assert!(lists > 40, "{lists} ways to ask are in the document");
    assert!(asked.len() > 60, "only {} different statements were asked", asked.len());
    plans::hold(&asked);
}
