//! Registering, confirming, giving a place back.

use chrono::Duration;
use serde_json::{Value, json};

use super::world::{Hall, alone, make, visiting};
use crate::events::world::deed;
use crate::support::statements::db_lines;

#[actix_web::test]
async fn who_registers_has_a_place_and_the_event_says_how_many_are_left() {
    let hall = Hall::new(3).await;
    let (resident, id) = hall.comes(2).await;
    let own = resident.get(&format!("/registrations/{id}")).await.expect(200).json;
    assert_eq!((&own["state"], &own["heads"], &own["place_in_line"], &own["moves"]), (&json!("registered"), &json!(2), &Value::Null, &json!(["cancel"])));
    assert_eq!((&own["event"]["title"], &own["contact"]["masked"]), (&json!("家庭用电安全讲座"), &json!(false)));
    let terms = hall.terms(&resident).await;
    assert_eq!((&terms["places"], &terms["left"], &terms["waiting"], &terms["open"]), (&json!(3), &json!(1), &json!(0), &json!(true)));
    assert_eq!((&terms["own"]["id"], &terms["sets"], &terms["inside"], &terms["counts"]), (&json!(id), &json!(false), &json!(false), &json!([])));
    let visitor = hall.town.world.app.visitor();
    assert_eq!((&hall.terms(&visitor).await["left"], &hall.terms(&visitor).await["own"]), (&json!(1), &Value::Null));
    let mine = resident.get("/registrations/mine").await.expect(200);
    assert_eq!(mine.items().iter().map(|item| item["id"].clone()).collect::<Vec<_>>(), [json!(id)]);
    assert_eq!(make(&resident, id, "cancel").await.expect(200).json["state"], "cancelled");
    assert_eq!(hall.terms(&visitor).await["left"], 3);
    make(&resident, id, "cancel").await.refused(409, "not_now");
    // And comes after all.
    hall.register(&resident, alone(1)).await.expect(201);
}

#[actix_web::test]
async fn a_visitor_registers_with_name_and_phone_and_keeps_a_token_that_opens_it() {
    let hall = Hall::new(3).await;
    let visitor = hall.town.world.app.visitor();
    let refused = hall.register(&visitor, alone(1)).await.refused(422, "invalid_input");
    assert_eq!((&refused.json["errors"][0]["code"], &refused.json["errors"][1]["code"]), (&json!("name_missing"), &json!("phone_missing")));
    let made = hall.register(&visitor, visiting("138 0000 1234", 1)).await.expect(201);
    let (id, token) = (made.id(), made.json["track_token"].as_str().expect("a token").to_owned());
    let path = format!("/registrations/{id}");
    visitor.get(&path).await.refused(401, "sign_in");
    visitor.get(&path).header("Track-Token", "another").await.refused(401, "track_token_invalid");
    let own = visitor.get(&path).header("Track-Token", &token).await.expect(200).json;
    assert_eq!((&own["contact"]["phone"], &own["account"]), (&json!("13800001234"), &json!(false)));
    // It opens this one and no other.
    let (_, other) = hall.comes(1).await;
    visitor.get(&format!("/registrations/{other}")).header("Track-Token", &token).await.refused(404, "not_found");
    let cancelled = visitor.post(&format!("{path}/cancel"), json!({})).header("Track-Token", &token).await.expect(200);
    assert_eq!(cancelled.json["state"], "cancelled");
    let kept = db_lines(&mut hall.town.world.app.db(), &format!("SELECT track_hash AS line FROM registrations WHERE id = {id}"));
    assert_ne!(kept, [token], "the token itself is kept nowhere");
}

#[actix_web::test]
async fn once_an_event_for_a_person_and_for_a_phone() {
    let hall = Hall::new(9).await;
    let (resident, _) = hall.comes(1).await;
    hall.register(&resident, alone(1)).await.refused(409, "registered_already");
    let visitor = hall.town.world.app.visitor();
    hall.register(&visitor, visiting("13800001234", 1)).await.expect(201);
    hall.register(&visitor, visiting("138-0000-1234", 2)).await.refused(409, "registered_already");
    // The same phone, by somebody who signed in meanwhile.
    let other = hall.town.world.app.resident().await;
    let mut body = alone(1);
    body["contact_phone"] = json!("13800001234");
    hall.register(&other, body).await.refused(409, "registered_already");
    // Of another event it says nothing.
    let next = hall.town.published(60, 62).await;
    let path = format!("/events/{next}/terms");
    hall.town.scheduler.post(&path, json!({"places": 5})).if_match("\"0\"").await.expect(200);
    visitor.post(&format!("/events/{next}/registrations"), visiting("13800001234", 1)).await.expect(201);
}

#[actix_web::test]
async fn sent_twice_it_is_one_registration_and_the_visitor_is_given_the_same_token() {
    let hall = Hall::new(9).await;
    let visitor = hall.town.world.app.visitor();
    let path = format!("/events/{}/registrations", hall.event);
    let send = || visitor.post(&path, visiting("13800001234", 1)).key("the-same-key-1");
    let (first, second) = (send().await.expect(201), send().await.expect(201));
    assert_eq!((first.id(), &first.json["track_token"]), (second.id(), &second.json["track_token"]));
    visitor.post(&path, visiting("13800001234", 2)).key("the-same-key-1").await.refused(422, "idempotency_key_reused");
    visitor.post(&path, visiting("13800001235", 1)).without_key().await.refused(400, "idempotency_key_missing");
}

#[actix_web::test]
async fn only_for_what_is_open_and_to_come_and_has_terms_one_registers() {
    let hall = Hall::new(2).await;
    let resident = hall.town.world.app.resident().await;
    let town = &hall.town;
    let register = |event: i64| resident.post(&format!("/events/{event}/registrations"), alone(1));
    let without = town.published(60, 62).await;
    register(without).await.refused(409, "no_registration");
    let draft = town.draft(64, 66).await;
    register(draft).await.refused(404, "not_found");
    // Whoever comes with more than there are places in all never gets in.
    let refused = hall.register(&resident, alone(3)).await.refused(422, "invalid_input");
    assert_eq!(refused.json["errors"][0]["code"], "more_than_places");
    let mut old = alone(1);
    old["consent"]["version"] = json!("2026-01");
    assert_eq!(hall.register(&resident, old).await.refused(422, "invalid_input").json["errors"][0]["code"], "consent_unknown", "those are other words");
    let closes = town.world.hours(24);
    hall.set(json!({"places": 2, "closes_at": closes})).await.expect(200);
    let (early, id) = hall.comes(1).await;
    town.world.app.advance(Duration::hours(24));
    register(hall.event).await.refused(409, "registration_closed");
    assert_eq!(hall.terms(&resident).await["open"], false);
    // Giving a place back is possible until it begins.
    town.world.app.advance(Duration::hours(25));
    make(&early, id, "cancel").await.refused(409, "begun_already");
    hall.set(json!({"places": 5})).await.refused(409, "begun_already");
}

#[actix_web::test]
async fn of_an_event_that_was_called_off_nothing_can_be_done_any_more() {
    let hall = Hall::new(1).await;
    let (resident, id) = hall.comes(1).await;
    deed(&hall.town.scheduler, hall.event, "cancel", json!({"reason": "大雪封路"})).await.expect(200);
    let own = resident.get(&format!("/registrations/{id}")).await.expect(200).json;
    assert_eq!((&own["event"]["cancelled"], &own["moves"]), (&json!(true), &json!([])));
    make(&resident, id, "cancel").await.refused(409, "cancelled_already");
    hall.set(json!({"places": 5})).await.refused(409, "cancelled_already");
    let late = hall.town.world.app.resident().await;
    hall.register(&late, alone(1)).await.refused(409, "registration_closed");
}
