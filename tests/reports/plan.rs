//! What was done under the plan.

use serde_json::{Value, json};

use super::behind::every_number_is_the_length_of_its_list;
use crate::orders::world::{World, make};

/// Fulfilled under a task of the plan.
async fn fulfilled_under(world: &World, task: &str) -> i64 {
    let id = world.submitted().await;
    let dispatch = json!({"department_id": world.department(), "plan_task": {"plan": "youyi-2021", "task": task}, "summary": "社区老人急救讲座，约40人"});
    make(&world.town, id, "dispatch", dispatch).await.expect(200);
    make(&world.officer, id, "accept", json!({})).await.expect(200);
    make(&world.leader, id, "claim", json!({"team_id": world.team()})).await.expect(200);
    make(&world.leader, id, "schedule", world.session(2, 4)).await.expect(200);
    world.app.advance(chrono::Duration::hours(5));
    world.fulfil(id).await.expect(200);
    id
}

fn item<'a>(report: &'a Value, code: &str) -> &'a Value {
    report["items"].as_array().expect("items").iter().find(|item| item["code"] == code).unwrap_or_else(|| panic!("no {code}"))
}

#[actix_web::test]
async fn the_plan_counts_orders_sessions_and_attendance_and_says_what_cannot_be_counted() {
    let world = World::new().await;
    let supervisor = world.app.supervisor().await;
    let empty = supervisor.get("/reports/plan").await.expect(200).json;
    assert_eq!((&empty["plan"]["code"], &empty["plan"]["current"], &empty["plan"]["past_term"]), (&json!("youyi-2021"), &json!(true), &json!(true)));
    assert_eq!(item(&empty, "A4.2")["work"]["attendance"], 0, "nothing yet is 0");
    for code in ["P1.1", "P3.1", "A5.3"] {
        assert_eq!((&item(&empty, code)["countable"], &item(&empty, code)["work"]), (&json!(false), &Value::Null), "what cannot be counted is not 0");
    }
    let tasks = supervisor.get("/plans/youyi-2021/tasks").await.expect(200);
    let codes = |items: &[Value]| items.iter().map(|item| item["code"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>();
    assert_eq!(codes(empty["items"].as_array().expect("items")), codes(tasks.items()), "the plan's order");

    fulfilled_under(&world, "A4.2").await;
    fulfilled_under(&world, "A2.2").await;
    let upheld = fulfilled_under(&world, "A4.2").await;
    make(&world.resident, upheld, "dispute", json!({"kind": "did_not_take_place", "words": "没有人来"})).await.expect(200);
    make(&world.county, upheld, "uphold", json!({"words": "查实，没有举办"})).await.expect(200);
    world.fulfilled().await;
    world.submitted().await;
    let report = supervisor.get("/reports/plan?plan=youyi-2021").await.expect(200).json;
    let met = every_number_is_the_length_of_its_list(&supervisor, &report).await;
    assert!(met > 12, "only {met} numbers above 0");
    let work = |code: &str| item(&report, code)["work"].clone();
    // What did not take place is no session and no attendance; its order waits for a team again.
    assert_eq!((&work("A4.2")["sessions_held"], &work("A4.2")["attendance"], &work("A4.2")["total"]["count"]), (&json!(1), &json!(38), &json!(2)));
    assert_eq!((&work("A4")["attendance"], &work("A4")["total"]["count"]), (&json!(38), &json!(2)), "a programme sums its tasks");
    assert_eq!((&report["outside_plan"]["attendance"], &report["outside_plan"]["total"]["count"]), (&json!(38), &json!(1)));

    let targets = report["targets"].as_array().expect("targets");
    assert_eq!(targets.iter().map(|target| target["code"].as_str().unwrap_or_default()).collect::<Vec<_>>(), ["T1", "T2", "T3"]);
    assert_eq!((&targets[1]["counted"]["value"], &targets[1]["goal"]), (&json!(38.0), &json!(400.0)), "counted under A2.2");
    assert_eq!((&targets[0]["counted"], &targets[0]["latest"]), (&Value::Null, &Value::Null), "a survey's number is entered, never counted here");
    supervisor.get("/reports/plan?plan=linjiang-2026").await.refused(404, "not_found");
}
