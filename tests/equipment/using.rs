//! Events that take equipment: at home the equipment itself, elsewhere the loan.

use serde_json::{Value, json};

use super::world::{Fair, deed};
use crate::support::client::{Answer, Client};

/// An event in a square of 友谊镇, on a day from now, with the caravan.
fn event(fair: &Fair, organiser: i64, day: i64, from: u32, until: u32) -> Value {
    json!({
        "organiser_id": organiser, "title": "大篷车进广场", "kind": "exhibition", "audience": "general", "expected": 200, "division_code": "230522100000",
        "address": "友谊镇文化广场", "open": true,
        "sessions": [{"starts_at": fair.at(day, from), "ends_at": fair.at(day, until), "equipment_ids": [fair.caravan], "setup_minutes": 60}]
    })
}

async fn plan(client: &Client, event: Value) -> Answer {
    client.post("/events", event).await
}

fn faults(answer: &Answer) -> Vec<(String, String)> {
    let word = |fault: &Value, field: &str| fault[field].as_str().unwrap_or_default().to_owned();
    answer.json["errors"].as_array().into_iter().flatten().map(|fault| (word(fault, "pointer"), word(fault, "code"))).collect()
}

#[actix_web::test]
async fn an_event_at_home_takes_the_equipment_and_nobody_borrows_it_then() {
    let fair = Fair::new().await;
    let home = fair.app.db_organisation("县科协").0;
    let made = plan(&fair.keeper, event(&fair, home, 10, 9, 11)).await.expect(201);
    assert_eq!(made.json["sessions"][0]["equipment"], json!([{"id": fair.caravan, "name": "科普大篷车1号"}]));
    let loan = fair.wished(&fair.youyi, "友谊镇", 10, 12).await;
    let taken = deed(&fair.keeper, loan, "agree", json!({})).await.refused(409, "taken");
    assert_eq!(taken.json["holder"]["event_session_id"], made.json["sessions"][0]["id"]);
    // The month says by whom it is taken, and what for only where everybody may know.
    let path = format!("/equipment/{}/month?month={}", fair.caravan, &fair.day(10)[..7]);
    let uses = |answer: &Answer| (answer.json["uses"][0]["title"].clone(), answer.json["uses"][0]["organiser"]["name"].clone());
    assert_eq!(uses(&fair.youyi.get(&path).await.expect(200)), (Value::Null, json!("县科协")));
    let id = made.id();
    fair.keeper.post(&format!("/events/{id}/publish"), json!({})).if_match("\"1\"").await.expect(200);
    assert_eq!(uses(&fair.youyi.get(&path).await.expect(200)).0, "大篷车进广场");
    fair.keeper.post(&format!("/events/{id}/cancel"), json!({"reason": "大雪封路"})).if_match("\"2\"").await.expect(200);
    deed(&fair.keeper, loan, "agree", json!({})).await.expect(200);
}

#[actix_web::test]
async fn a_borrowers_event_takes_its_loan_and_two_of_them_never_meet() {
    let fair = Fair::new().await;
    let town = fair.town("友谊镇");
    let refused = plan(&fair.youyi, event(&fair, town, 10, 9, 11)).await.expect(422);
    assert_eq!(faults(&refused), [("/sessions/0/equipment_ids/0".to_owned(), "not_lent".to_owned())]);
    let loan = fair.agreed(10, 12).await;
    let first = plan(&fair.youyi, event(&fair, town, 10, 9, 11)).await.expect(201);
    assert_eq!(first.json["sessions"][0]["equipment"][0]["id"], fair.caravan);
    // Somebody else of the town, at another place, at the same time.
    let second = fair.app.dispatcher("友谊镇").await;
    let taken = plan(&second, event(&fair, town, 10, 10, 12)).await.refused(409, "taken");
    assert_eq!((&taken.json["resource"], &taken.json["holder"]["event_session_id"]), (&json!("loan"), &first.json["sessions"][0]["id"]));
    plan(&second, event(&fair, town, 10, 12, 13)).await.expect(201);
    // Set-up is time, too: it begins on the day before the loan.
    let early = plan(&second, event(&fair, town, 10, 0, 2)).await.expect(422);
    assert_eq!(faults(&early)[0].1, "not_lent");
    // While events are planned with it, it is neither withdrawn nor refused.
    let used = deed(&fair.youyi, loan, "withdraw", json!({})).await.refused(409, "still_used");
    assert_eq!(used.json["sessions"], 2);
    deed(&fair.keeper, loan, "refuse", json!({"reason": "车坏了"})).await.refused(409, "still_used");
    // What is at home elsewhere is nobody's to take.
    plan(&fair.xinglong, event(&fair, fair.town("兴隆镇"), 10, 15, 16)).await.expect(422);
}

#[actix_web::test]
async fn what_goes_back_early_is_taken_from_the_events_that_counted_on_it() {
    let fair = Fair::new().await;
    let town = fair.town("友谊镇");
    let loan = fair.out(5).await;
    let made = plan(&fair.youyi, event(&fair, town, 3, 9, 11)).await.expect(201);
    fair.app.advance(chrono::Duration::days(1));
    deed(&fair.keeper, loan, "give_back", json!({"condition": "发电机坏了，提前收回"})).await.expect(200);
    let seen = fair.youyi.get(&format!("/events/{}", made.id())).await.expect(200);
    assert_eq!(seen.json["sessions"][0]["equipment"], json!([]));
}

#[actix_web::test]
async fn equipment_that_is_unknown_or_named_twice_is_told() {
    let fair = Fair::new().await;
    let home = fair.app.db_organisation("县科协").0;
    let mut one = event(&fair, home, 10, 9, 11);
    one["sessions"][0]["equipment_ids"] = json!([fair.caravan, fair.caravan]);
    assert_eq!(faults(&plan(&fair.keeper, one.clone()).await.expect(422)), [("/sessions/0/equipment_ids/1".to_owned(), "repeated".to_owned())]);
    one["sessions"][0]["equipment_ids"] = json!([fair.caravan, 999_999]);
    assert_eq!(faults(&plan(&fair.keeper, one).await.expect(422)), [("/sessions/0/equipment_ids/1".to_owned(), "equipment_unknown".to_owned())]);
}
