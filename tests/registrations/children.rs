//! Children under 14: a number, their guardian's consent, and who reads it.

use serde_json::{Value, json};

use super::world::{Hall, alone, guardian, visiting};
use crate::support::client::{Answer, Client};
use crate::support::statements::db_lines;

async fn reveal(client: &Client, id: i64) -> Answer {
    client.post(&format!("/registrations/{id}/contact"), json!({"reason": "通知改地点"})).await
}

#[actix_web::test]
async fn for_children_their_guardian_consents_to_words_of_their_own_which_are_kept() {
    let hall = Hall::new(30).await;
    let resident = hall.town.world.app.resident().await;
    let mut body = alone(3);
    body["under_14"] = json!(2);
    let refused = hall.register(&resident, body.clone()).await.refused(422, "invalid_input");
    assert_eq!((&refused.json["errors"][0]["pointer"], &refused.json["errors"][0]["code"]), (&json!("/guardian"), &json!("guardian_missing")));
    body["guardian"] = json!({"consent": {"version": "registration-2026-01", "given": "here"}});
    assert_eq!(hall.register(&resident, body.clone()).await.refused(422, "invalid_input").json["errors"][0]["code"], "consent_unknown");
    body["guardian"] = guardian();
    let id = hall.register(&resident, body).await.expect(201).id();
    let kept = db_lines(
        &mut hall.town.world.app.db(),
        &format!("SELECT text || ' ' || version || ' ' || given AS line FROM consents WHERE registration_id = {id} ORDER BY id"),
    );
    assert_eq!(kept, ["registration registration-2026-01 here", "guardian guardian-2026-01 here"]);
    assert_eq!(resident.get(&format!("/registrations/{id}")).await.json["under_14"], 2);
    let words = hall.town.world.app.visitor().get("/consents/current?kind=guardian").await.expect(200);
    assert_eq!((&words.json["version"], &words.json["zh"]["title"]), (&json!("guardian-2026-01"), &json!("不满 14 周岁孩子参加活动：监护人同意书")));
    // More children than people, or a child's name, there cannot be.
    let mut more = alone(1);
    more["under_14"] = json!(2);
    more["guardian"] = guardian();
    let other = hall.town.world.app.resident().await;
    assert_eq!(hall.register(&other, more).await.refused(422, "invalid_input").json["errors"][0]["pointer"], "/under_14");
}

#[actix_web::test]
async fn staff_read_it_only_after_somebody_else_has_approved_it_for_the_event() {
    let hall = Hall::new(60).await;
    let visitor = hall.town.world.app.visitor();
    // A school class: a number, and the teacher who brings it.
    let mut body = visiting("13800001234", 31);
    body["under_14"] = json!(30);
    body["guardian"] = guardian();
    body["guardian"]["name"] = json!("李老师");
    let id = hall.register(&visitor, body).await.expect(201).id();
    let town = &hall.town;
    let seen = town.scheduler.get(&format!("/registrations/{id}")).await.expect(200).json;
    assert_eq!((&seen["under_14"], &seen["contact"]["name"], &seen["contact"]["phone"]), (&Value::Null, &json!("王**"), &json!("138****1234")));
    let before = reveal(&town.scheduler, id).await.expect(200).json;
    assert_eq!((&before["phone"], &before["children"]), (&json!("13800001234"), &Value::Null));
    // One's own yes is none.
    let path = format!("/events/{}/approve_reading", hall.event);
    town.scheduler.post(&path, json!({})).await.expect(200);
    assert_eq!(reveal(&town.scheduler, id).await.expect(200).json["children"], Value::Null);
    town.scheduler.post(&path, json!({})).await.refused(409, "approved_already");
    // That of a centre above is one, with its name.
    town.world.leader.post(&path, json!({})).await.refused(403, "forbidden");
    town.world.resident.post(&path, json!({})).await.refused(403, "forbidden");
    town.world.app.advance(chrono::Duration::minutes(1));
    let approved = town.world.county.post(&path, json!({})).await.expect(200).json;
    assert_eq!(approved["readings"].as_array().map(Vec::len), Some(2));
    assert_eq!(approved["readings"][1]["organisation"], "友谊县新时代文明实践中心");
    let after = reveal(&town.scheduler, id).await.expect(200).json;
    assert_eq!(after["children"], json!({"under_14": 30, "guardian_name": "李老师"}));
    let lines = "SELECT verb || ' ' || fields AS line FROM journal WHERE verb IN ('approve_reading', 'reveal_contact') ORDER BY id";
    let read = "reveal_contact contact_name contact_phone";
    assert_eq!(
        db_lines(&mut town.world.app.db(), lines),
        [read, "approve_reading under_14", read, "approve_reading under_14", &format!("{read} under_14 guardian_name")]
    );
    // Nobody who only comes is told who approved.
    assert_eq!(hall.terms(&visitor).await["readings"], json!([]));
}

#[actix_web::test]
async fn three_months_after_the_event_nobody_knows_any_more_who_came() {
    let hall = Hall::new(9).await;
    let visitor = hall.town.world.app.visitor();
    let mut body = visiting("13800001234", 2);
    body["under_14"] = json!(1);
    body["guardian"] = guardian();
    body["guardian"]["name"] = json!("李老师");
    let id = hall.register(&visitor, body).await.expect(201).id();
    let app = &hall.town.world.app;
    let kept = || {
        let sql = "SELECT coalesce(c.name, '-') || ' ' || coalesce(c.phone, '-') || ' ' || coalesce(c.guardian_name, '-') || ' ' || CASE WHEN r.phone_key IS NULL THEN '-' ELSE 'key' END AS line FROM registration_contacts c JOIN registrations r ON r.id = c.registration_id";
        db_lines(&mut app.db(), sql)
    };
    // It begins on the fourth of March at nine and ends two hours later.
    app.advance(chrono::Duration::days(2 + 92) + chrono::Duration::hours(2) - chrono::Duration::minutes(1));
    app.work().await;
    assert_eq!(kept(), ["王桂兰 13800001234 李老师 key"]);
    app.advance(chrono::Duration::minutes(11));
    app.work().await;
    assert_eq!(kept(), ["- - - -"]);
    let gone = db_lines(&mut app.db(), "SELECT CAST(subject_id AS TEXT) || ' ' || fields AS line FROM journal WHERE verb = 'erase_contact'");
    assert_eq!(gone, [format!("{id} name phone guardian_name")]);
}
