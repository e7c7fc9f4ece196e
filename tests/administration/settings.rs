//! Settings of the county and the installation, and the calendar.

use serde_json::{Value, json};

use crate::orders::world::World;

/// The deadline of a stage.
fn deadline(settings: &Value, stage: &str, urgent: bool) -> Value {
    let rows = settings["deadlines"].as_array().expect("deadlines");
    rows.iter().find(|row| row["stage"] == stage && row["urgent"] == urgent).cloned().unwrap_or(Value::Null)
}

#[actix_web::test]
async fn a_deadline_is_changed_by_the_version_seen_and_holds_for_what_comes_in_from_then_on() {
    let world = World::new().await;
    let keeper = world.app.system_administrator().await;
    let before = world.submitted().await;
    let seen = keeper.get("/settings").await.expect(200);
    assert_eq!((&seen.json["name"], &seen.json["current_plan"]["code"], &seen.json["next_plan"]), (&json!("友谊县"), &json!("youyi-2021"), &Value::Null));
    assert_eq!(deadline(&seen.json, "submitted", false), json!({"stage": "submitted", "urgent": false, "amount": 1, "unit": "working_days"}));
    let body = json!({"phone": "0469-5812345", "deadlines": [{"stage": "submitted", "urgent": false, "amount": 6, "unit": "hours"}]});
    let changed = keeper.post("/settings/change", body.clone()).if_match(&seen.etag()).await.expect(200);
    assert_eq!((&changed.json["phone"], &deadline(&changed.json, "submitted", false)["amount"]), (&json!("0469-5812345"), &json!(6)));
    assert_eq!(deadline(&changed.json, "submitted", true), deadline(&seen.json, "submitted", true), "what is not named stays");
    keeper.post("/settings/change", body).if_match(&seen.etag()).await.refused(412, "stale");
    let after = world.submitted().await;
    assert_eq!(world.see(&world.town, after).await.json["due_at"], "2026-03-02T07:00:00Z");
    assert_eq!(world.see(&world.town, before).await.json["due_at"], "2026-03-03T16:00:00Z", "what was running runs on");

    let unknown = json!({"deadlines": [{"stage": "submitted", "urgent": false, "amount": 1, "unit": "days"}, {"stage": "nothing", "urgent": false, "amount": 1, "unit": "days"}]});
    let refused = keeper.post("/settings/change", unknown).if_match(&changed.etag()).await.expect(422);
    assert_eq!((&refused.json["errors"][0]["pointer"], refused.json["errors"].as_array().map(Vec::len)), (&json!("/deadlines/1/stage"), Some(1)));
    assert_eq!(keeper.get("/settings").await.expect(200).etag(), changed.etag(), "nothing of it was done");
    keeper
        .post("/settings/change", json!({"deadlines": [{"stage": "submitted", "urgent": false, "amount": 0, "unit": "days"}]}))
        .if_match(&changed.etag())
        .await
        .expect(422);
    let supervisor = world.app.supervisor().await;
    supervisor.get("/settings").await.expect(200);
    supervisor.post("/settings/change", json!({})).if_match(&changed.etag()).await.refused(403, "forbidden");
    world.town.get("/settings").await.refused(403, "forbidden");
    keeper.get("/settings?county=239901000000").await.refused(404, "not_found");
}

#[actix_web::test]
async fn a_years_holidays_are_replaced_and_deadlines_count_by_them() {
    let world = World::new().await;
    let keeper = world.app.system_administrator().await;
    let etag = keeper.get("/settings").await.expect(200).etag();
    let day = |day: &str, kind: &str| json!({"day": day, "kind": kind, "name": "试验"});
    let bad = json!({"year": 2026, "days": [day("2027-01-01", "off"), day("2026-03-03", "off"), day("2026-03-03", "off"), day("2026-03-04", "work")]});
    let refused = keeper.post("/holidays/replace", bad).if_match(&etag).await.expect(422);
    let told: Vec<(&str, &str)> = refused.json["errors"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|fault| (fault["pointer"].as_str().unwrap_or_default(), fault["code"].as_str().unwrap_or_default()))
        .collect();
    assert_eq!(told, [("/days/0/day", "other_year"), ("/days/2/day", "twice"), ("/days/3/kind", "no_weekend")]);
    let good = json!({"year": 2026, "days": [day("2026-03-03", "off"), day("2026-03-07", "work")]});
    let replaced = keeper.post("/holidays/replace", good.clone()).if_match(&etag).await.expect(200);
    assert_eq!(replaced.items().len(), 2);
    keeper.post("/holidays/replace", good).if_match(&etag).await.refused(412, "stale");
    assert_eq!(keeper.get("/settings").await.expect(200).etag(), replaced.etag());
    assert_eq!(world.app.visitor().get("/holidays?year=2026").await.expect(200).items().len(), 2);
    // A working day from Monday: Tuesday is off, so the close of Wednesday.
    let order = world.submitted().await;
    assert_eq!(world.see(&world.town, order).await.json["due_at"], "2026-03-04T16:00:00Z");
    let none = keeper.post("/holidays/replace", json!({"year": 2026, "days": []})).if_match(&replaced.etag()).await.expect(200);
    assert!(none.items().is_empty());
}

#[actix_web::test]
async fn budgets_and_retention_are_set_for_the_whole_installation_and_the_journal_is_kept_half_a_year() {
    let world = World::new().await;
    let keeper = world.app.system_administrator().await;
    let seen = keeper.get("/platform-settings").await.expect(200);
    let body = json!({"budgets": [{"deed": "submit", "per": "address", "allowed": 11, "minutes": 60}], "retention": [{"subject": "notices", "months": 6}]});
    let changed = keeper.post("/platform-settings/change", body.clone()).if_match(&seen.etag()).await.expect(200);
    assert!(changed.json["budgets"].as_array().expect("budgets").contains(&json!({"deed": "submit", "per": "address", "allowed": 11, "minutes": 60})));
    assert!(changed.json["retention"].as_array().expect("rules").contains(&json!({"subject": "notices", "months": 6})));
    keeper.post("/platform-settings/change", body).if_match(&seen.etag()).await.refused(412, "stale");
    let short = json!({"retention": [{"subject": "journal", "months": 5}, {"subject": "everything", "months": 1}]});
    let refused = keeper.post("/platform-settings/change", short).if_match(&changed.etag()).await.expect(422);
    let codes: Vec<&Value> = refused.json["errors"].as_array().into_iter().flatten().map(|fault| &fault["code"]).collect();
    assert_eq!(codes, [&json!("too_short"), &json!("unknown")]);
    let again =
        keeper.post("/platform-settings/change", json!({"retention": [{"subject": "journal", "months": 6}]})).if_match(&changed.etag()).await.expect(200);
    assert_ne!(again.etag(), changed.etag());
    world.app.security_administrator().await.get("/platform-settings").await.refused(403, "forbidden");
}
