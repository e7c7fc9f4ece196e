//! Which plan counts, and the values of its targets.

use serde_json::{Value, json};

use crate::orders::world::World;

#[actix_web::test]
async fn a_targets_value_is_entered_with_its_day_and_source_by_the_supervisor_and_stands_in_the_report() {
    let world = World::new().await;
    let supervisor = world.app.supervisor().await;
    let path = "/plans/youyi-2021/targets/T1/values";
    let value = |day: &str, value: f64| json!({"measured_on": day, "value": value, "source": "2025年县级抽样调查"});
    world.app.system_administrator().await.post(path, value("2025-12-01", 12.6)).await.refused(403, "forbidden");
    let first = supervisor.post(path, value("2025-12-01", 12.6)).key("the-key-of-a-value").await.expect(201);
    let again = supervisor.post(path, value("2025-12-01", 12.6)).key("the-key-of-a-value").await.expect(201);
    assert_eq!(first.json["values"], json!([{"measured_on": "2025-12-01", "value": 12.6, "source": "2025年县级抽样调查"}]));
    assert_eq!(first.json["values"], again.json["values"], "sending twice enters one");
    supervisor.post(path, value("2024-12-01", 11.0)).await.expect(201);
    supervisor.post(path, value("2026-03-03", 13.0)).await.expect(422);
    supervisor.post(path, value("2025-12-01", -1.0)).await.expect(422);
    supervisor.post(path, json!({"measured_on": "2025-12-01", "value": 1.0, "source": " "})).await.expect(422);
    supervisor.post("/plans/youyi-2021/targets/T9/values", value("2025-12-01", 1.0)).await.refused(404, "not_found");
    let report = supervisor.get("/reports/plan").await.expect(200).json;
    let target = &report["targets"][0];
    assert_eq!((&target["latest"]["value"], target["values"].as_array().map(Vec::len)), (&json!(12.6), Some(2)), "the last day counts, not the last entry");
    assert_eq!(report["targets"][2]["latest"], Value::Null);
}

#[actix_web::test]
async fn the_supervisor_says_from_which_day_a_plan_counts() {
    let world = World::new().await;
    crate::access::people::load_second_county(&world).await;
    let supervisor = world.app.supervisor().await;
    let path = "/plans/youyi-2021/set_current";
    world.county.post(path, json!({"from": "2026-04-01"})).await.refused(403, "forbidden");
    supervisor.post(path, json!({"from": "2020-12-31"})).await.expect(422);
    supervisor.post("/plans/linjiang-2026/set_current", json!({"from": "2026-04-01"})).await.refused(404, "not_found");
    let plan = supervisor.post(path, json!({"from": "2026-04-01"})).await.expect(200);
    assert_eq!((&plan.json["code"], &plan.json["current"]), (&json!("youyi-2021"), &json!(true)));
    let settings = supervisor.get("/settings").await.expect(200);
    assert_eq!((&settings.json["next_plan"]["from"], &settings.json["current_plan"]["code"]), (&json!("2026-04-01"), &json!("youyi-2021")));
}
