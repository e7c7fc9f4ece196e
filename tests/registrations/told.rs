//! Who hears of what: by the inbox, else by a call of the centre that holds the event.

use serde_json::{Value, json};

use super::world::{Hall, make, visiting};
use crate::events::world::deed;
use crate::support::client::Client;

async fn inbox(client: &Client) -> Vec<(String, Value)> {
    let page = client.get("/notices").await.expect(200);
    page.items().iter().map(|item| (item["kind"].as_str().unwrap_or_default().to_owned(), item["event_id"].clone())).collect()
}

#[actix_web::test]
async fn who_moves_up_is_told_by_notice_or_else_called() {
    let hall = Hall::new(1).await;
    let (first, one) = hall.comes(1).await;
    let visitor = hall.town.world.app.visitor();
    let two = hall.register(&visitor, visiting("13800001234", 1)).await.expect(201).id();
    let (third, _) = hall.comes(1).await;
    make(&first, one, "cancel").await.expect(200);
    let app = &hall.town.world.app;
    app.work().await;
    let list = format!("/centres/{}/calls?open=true", hall.town.centre);
    let calls = hall.town.world.town.get(&list).await.expect(200);
    let call = calls.items()[0].clone();
    assert_eq!((&call["kind"], &call["registration_id"], &call["event_id"]), (&json!("registration_offered"), &json!(two), &json!(hall.event)));
    assert_eq!((&call["contact_name"], &call["contact_phone"], &call["order_id"]), (&json!("王**"), &json!("138****1234"), &Value::Null));
    assert_eq!(call["sentence"]["zh"], "您报名的活动“家庭用电安全讲座”有名额了，请在期限内确认参加，过时让给下一位。");
    // Whoever calls reads the number with a reason, and notes the answer.
    let whole = hall.town.world.town.post(&format!("/registrations/{two}/contact"), json!({"reason": "通知有名额"})).await.expect(200);
    assert_eq!(whole.json["phone"], "13800001234");
    hall.town.world.town.post(&format!("/calls/{}/done", call["id"]), json!({"result": "reached"})).await.expect(200);
    make(&hall.town.world.town, two, "confirm").await.expect(200);
    assert!(inbox(&third).await.is_empty());
    make(&hall.town.world.town, two, "cancel").await.expect(200);
    app.work().await;
    assert_eq!(inbox(&third).await, [("registration_offered".to_owned(), json!(hall.event))]);
    app.advance(chrono::Duration::hours(24));
    app.work().await;
    app.work().await;
    assert_eq!(inbox(&third).await[0].0, "registration_lapsed");
}

#[actix_web::test]
async fn all_who_are_registered_or_wait_hear_when_it_is_moved_or_called_off() {
    let hall = Hall::new(1).await;
    let (first, _) = hall.comes(1).await;
    let (second, _) = hall.comes(1).await;
    let (gone, three) = hall.comes(1).await;
    make(&gone, three, "cancel").await.expect(200);
    let visitor = hall.town.world.app.visitor();
    hall.register(&visitor, visiting("13800001234", 1)).await.expect(201);
    let app = &hall.town.world.app;
    let mut words = hall.town.event(48, 50);
    words["description"] = json!("不用带插座了");
    deed(&hall.town.scheduler, hall.event, "change", words).await.expect(200);
    app.work().await;
    app.work().await;
    assert!(inbox(&first).await.is_empty(), "other words are no other time");
    deed(&hall.town.scheduler, hall.event, "change", hall.town.event(52, 54)).await.expect(200);
    app.work().await;
    app.work().await;
    for client in [&first, &second] {
        assert_eq!(inbox(client).await, [("registration_event_changed".to_owned(), json!(hall.event))]);
    }
    deed(&hall.town.scheduler, hall.event, "cancel", json!({"reason": "大雪封路"})).await.expect(200);
    app.work().await;
    app.work().await;
    assert_eq!(inbox(&second).await[0].0, "registration_event_cancelled");
    assert!(inbox(&gone).await.is_empty());
    let calls = hall.town.world.town.get(&format!("/centres/{}/calls?open=true", hall.town.centre)).await.expect(200);
    let kinds: Vec<&Value> = calls.items().iter().map(|call| &call["kind"]).collect();
    assert_eq!(kinds, [&json!("registration_event_cancelled"), &json!("registration_event_changed")]);
}

#[actix_web::test]
async fn who_is_taken_off_the_list_by_the_organiser_hears_of_it() {
    let hall = Hall::new(1).await;
    let (resident, id) = hall.comes(1).await;
    make(&hall.town.scheduler, id, "cancel").await.expect(200);
    hall.town.world.app.work().await;
    assert_eq!(inbox(&resident).await, [("registration_cancelled".to_owned(), json!(hall.event))]);
}
