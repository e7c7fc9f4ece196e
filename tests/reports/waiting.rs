//! Where orders wait.

use chrono::Duration;
use serde_json::{Value, json};

use super::behind::every_number_is_the_length_of_its_list;
use crate::orders::world::{World, make, order};

/// A row of a list, by one of its fields.
fn row<'a>(rows: &'a Value, field: &str, is: &Value) -> &'a Value {
    rows.as_array().expect("rows").iter().find(|row| row[field] == *is).unwrap_or_else(|| panic!("no {field} {is} in {rows}"))
}

/// One order in every stage, one of them late, and one that nobody took; the clock stands five days later.
async fn busy(world: &World) {
    world.submitted().await;
    let unmet = world.accepted().await;
    make(&world.officer, unmet, "give_up", json!({"reason": "附近没有急救老师有空"})).await.expect(200);
    world.dispatched().await;
    let disputed = world.fulfilled().await;
    make(&world.resident, disputed, "dispute", json!({"kind": "less_than_reported", "words": "只来了一半"})).await.expect(200);
    world.fulfilled().await;
    world.app.advance(Duration::days(5));
    world.app.work().await;
    world.submitted().await;
    world.submitted().await;
    world.accepted().await;
    world.claimed().await;
    world.scheduled().await;
}

#[actix_web::test]
async fn every_number_of_the_waiting_report_is_the_length_of_the_list_behind_it() {
    let world = World::new().await;
    busy(&world).await;
    let supervisor = world.app.supervisor().await;
    for (client, as_role) in [(&supervisor, "supervisor"), (&world.county, "dispatcher"), (&world.town, "dispatcher"), (&world.officer, "officer")] {
        let report = client.get("/reports/waiting").await.expect(200);
        assert_eq!(report.json["as_role"], as_role);
        let met = every_number_is_the_length_of_its_list(client, &report.json).await;
        assert!(met > 20, "{as_role}: only {met} numbers above 0");
        let counts: Vec<i64> = report.json["stages"].as_array().expect("stages").iter().map(|stage| stage["count"].as_i64().expect("a count")).collect();
        let (submitted, all) = if as_role == "officer" { (0, 6) } else { (3, 9) };
        assert_eq!(counts, [submitted, 1, 1, 1, 1, 1, 1], "{as_role}");
        assert_eq!((&report.json["open"]["count"], &report.json["unmet"]["count"]), (&json!(all), &json!(1)), "{as_role}");
    }
}

#[actix_web::test]
async fn a_stage_says_how_long_its_orders_have_waited_in_hours_and_working_days() {
    let world = World::new().await;
    let supervisor = world.app.supervisor().await;
    let stage = async |state: &str| {
        let report = supervisor.get("/reports/waiting").await.expect(200).json;
        row(&report["stages"], "state", &json!(state)).clone()
    };
    let none = stage("submitted").await;
    assert_eq!((&none["count"], &none["median_wait"], &none["longest_wait"]), (&json!(0), &Value::Null, &Value::Null));
    // Monday, Thursday, Friday at nine; then it is Monday at ten.
    world.submitted().await;
    world.app.advance(Duration::days(3));
    world.submitted().await;
    world.app.advance(Duration::days(1));
    world.submitted().await;
    world.app.advance(Duration::hours(3 * 24 + 1));
    let three = stage("submitted").await;
    assert_eq!(three["median_wait"], json!({"hours": 97, "working_days": 1}), "{three}");
    assert_eq!(three["longest_wait"], json!({"hours": 169, "working_days": 4}), "{three}");
    world.submitted().await;
    let four = stage("submitted").await;
    assert_eq!(four["median_wait"], json!({"hours": 73, "working_days": 0}), "of two in the middle the shorter: {four}");
}

#[actix_web::test]
async fn townships_stand_in_the_order_of_their_codes_with_the_farm_after_them_and_departments_in_the_plans() {
    let world = World::new().await;
    busy(&world).await;
    let mut on_the_farm = order();
    on_the_farm["division_code"] = json!(world.app.db_division("友谊场直社区"));
    world.resident.post("/orders", on_the_farm).await.expect(201);
    let mut at_the_county = order();
    at_the_county["division_code"] = json!("230522000000");
    world.resident.post("/orders", at_the_county).await.expect(201);
    let supervisor = world.app.supervisor().await;
    let report = supervisor.get("/reports/waiting").await.expect(200).json;
    every_number_is_the_length_of_its_list(&supervisor, &report).await;
    let townships = report["townships"].as_array().expect("townships");
    let place = |row: &Value| (row["jurisdiction"] == "farm", row["code"].as_str().unwrap_or_default().to_owned());
    assert!(townships.windows(2).all(|two| place(&two[0]) < place(&two[1])), "{townships:?}");
    assert_eq!(townships.iter().filter(|row| row["is_county"] == true).count(), 1);
    assert_eq!(row(&report["townships"], "is_county", &json!(true))["open"]["count"], 1);
    assert_eq!(townships.iter().filter(|row| row["jurisdiction"] == "farm").map(|row| row["open"]["count"].as_i64().unwrap_or_default()).sum::<i64>(), 1);
    // All townships of the county are there, those without an order too; a dispatcher sees those of the area.
    assert!(townships.iter().filter(|row| row["open"]["count"] == 0).count() > 8, "{townships:?}");
    let town = world.town.get("/reports/waiting").await.expect(200).json;
    let names: Vec<&str> = town["townships"].as_array().expect("townships").iter().map(|row| row["name"].as_str().unwrap_or_default()).collect();
    assert_eq!(names, ["友谊镇"]);

    let names: Vec<&str> = report["departments"].as_array().expect("departments").iter().map(|row| row["name"].as_str().unwrap_or("-")).collect();
    // As the plan's first programme names its lead units; the one with all the orders stands where the plan has it.
    let tasks = supervisor.get("/plans/youyi-2021/tasks").await.expect(200);
    let mut in_the_plan: Vec<&str> = Vec::new();
    for unit in tasks.items().iter().filter(|item| item["kind"] == "programme").flat_map(|item| item["lead_units"].as_array().expect("units")) {
        let name = unit["name"].as_str().unwrap_or_default();
        if names.contains(&name) && !in_the_plan.contains(&name) {
            in_the_plan.push(name);
        }
    }
    assert!(in_the_plan.len() > 5, "{in_the_plan:?}");
    assert_eq!(names[..in_the_plan.len()], in_the_plan);
    assert_eq!(names.last(), Some(&"-"), "what no department leads stands last");
    assert!(names[0] != "县卫生健康局", "the busiest is not the first: {names:?}");
    let busy = row(&report["departments"], "name", &json!("县卫生健康局"));
    assert_eq!((&busy["staffed"], &busy["open"]["count"]), (&json!(true), &json!(6)));
    assert_eq!(row(&report["departments"], "name", &json!("县农业农村局"))["staffed"], false, "no officer: marked");
}

#[actix_web::test]
async fn reports_are_for_supervisor_dispatcher_and_officer_each_in_a_role_of_their_own() {
    let world = World::new().await;
    world.app.visitor().get("/reports/waiting").await.refused(401, "sign_in");
    for client in [&world.resident, &world.leader, &world.app.auditor().await, &world.app.system_administrator().await] {
        client.get("/reports/waiting").await.refused(403, "forbidden");
        client.get("/reports/unmet").await.refused(403, "forbidden");
        client.get("/reports/plan").await.refused(403, "forbidden");
    }
    world.town.get("/reports/waiting?as_role=supervisor").await.refused(403, "forbidden");
    world.town.get("/reports/waiting?as_role=nobody").await.expect(400);
    world.town.get("/reports/plan").await.refused(403, "forbidden");
    // A list as somebody one is not is empty, and one that names no place cannot be narrowed to it.
    world.submitted().await;
    assert_eq!(world.town.get("/orders?as_role=dispatcher").await.expect(200).items().len(), 1);
    assert!(world.town.get("/orders?as_role=supervisor").await.expect(200).items().is_empty());
    assert!(world.resident.get("/orders?as_role=officer").await.expect(200).items().is_empty());
    world.town.get("/orders?only_here=true").await.expect(400);
}

#[actix_web::test]
async fn the_unmet_stand_with_their_reasons_page_by_page() {
    let world = World::new().await;
    let mut ids = Vec::new();
    for reason in ["没有老师", "时间对不上", "附近没有急救老师有空"] {
        let id = world.accepted().await;
        make(&world.officer, id, "give_up", json!({"reason": reason})).await.expect(200);
        ids.push(id);
        world.app.advance(Duration::days(1));
    }
    let supervisor = world.app.supervisor().await;
    let first = supervisor.get("/reports/unmet?limit=2").await.expect(200);
    let shown: Vec<(i64, &str)> =
        first.items().iter().map(|row| (row["id"].as_i64().unwrap_or_default(), row["reason"].as_str().unwrap_or_default())).collect();
    assert_eq!(shown, [(ids[2], "附近没有急救老师有空"), (ids[1], "时间对不上")]);
    let row = &first.items()[0];
    assert_eq!((&row["title"], &row["department"]["name"], &row["given_up_by_role"]), (&Value::Null, &json!("县卫生健康局"), &json!("officer")), "{row}");
    assert_eq!((&row["division_path"], &row["given_up_at"]), (&json!(["友谊镇", "繁荣社区"]), &json!("2026-03-04T01:00:00Z")));
    let next = first.json["next"].as_str().expect("there is a next page").to_owned();
    let second = supervisor.get(&format!("/reports/unmet?limit=2&after={next}")).await.expect(200);
    assert_eq!((second.items().len(), second.items()[0]["id"].as_i64(), &second.json["next"]), (1, Some(ids[0]), &Value::Null));
    supervisor.get(&format!("/reports/unmet?limit=2&from=2026-01-01&after={next}")).await.expect(400);
    let count = async |query: &str| supervisor.get(&format!("/reports/unmet?{query}")).await.expect(200).items().len();
    assert_eq!(count("from=2026-03-03&until=2026-03-03").await, 1);
    assert_eq!(count("from=2026-03-05").await, 0);
    assert_eq!(count(&format!("department_id={}", world.department())).await, 3);
    assert_eq!(count("division=230522101000").await, 0);
    // The requester's words are the dispatcher's to read, and another town's orders nobody's there.
    assert_eq!(world.town.get("/reports/unmet").await.expect(200).items()[0]["title"], "请一场急救讲座");
    let other = world.app.dispatcher("兴隆镇").await;
    assert!(other.get("/reports/unmet").await.expect(200).items().is_empty());
    // What is taken up again is unmet no more.
    make(&world.town, ids[0], "reopen", json!({"reason": "现在有老师了"})).await.expect(200);
    assert_eq!(count("").await, 2);
}
