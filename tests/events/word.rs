//! Who hears what of an event that is planned by itself.

use chrono::Duration;
use serde_json::{Value, json};

use super::world::{Town, deed};
use crate::bookings::keepers::room_of;
use crate::support::client::Client;

/// What somebody heard of events, newest first: the kind, and the sentence.
async fn heard(town: &Town, client: &Client) -> Vec<(String, String)> {
    town.world.app.work().await;
    let inbox = client.get("/notices?limit=100").await.expect(200);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    inbox.items().iter().filter(|notice| notice["event_id"] != Value::Null).map(|notice| (text(&notice["kind"]), text(&notice["sentence"]["zh"]))).collect()
}

async fn kinds(town: &Town, client: &Client) -> Vec<String> {
    heard(town, client).await.into_iter().map(|(kind, _)| kind).collect()
}

/// Planned by 友谊镇 in a room of 兴隆镇's centre that waits for a yes; gives the event and its booking.
async fn asked(town: &Town, keeper: &Client, room: i64, from: i64) -> (i64, i64) {
    let mut event = town.event(from, from + 2);
    event["sessions"][0]["venue_id"] = json!(room);
    let event = town.scheduler.post("/events", event).await.expect(201).id();
    let waiting = keeper.get("/bookings?status=tentative").await.expect(200);
    (event, waiting.items()[0]["id"].as_i64().expect("a booking"))
}

#[actix_web::test]
async fn who_keeps_the_venue_of_a_planned_event_is_asked_and_who_planned_it_hears_the_answer() {
    let town = Town::new().await;
    let keeper = town.world.app.scheduler("兴隆镇").await;
    let second = town.world.app.dispatcher("友谊镇").await;
    let room = room_of(&town.world, "兴隆镇", false).await;
    let (_, booking) = asked(&town, &keeper, room, 240).await;
    assert_eq!(
        heard(&town, &keeper).await,
        [("event_venue_asked".to_owned(), "活动“家庭用电安全讲座”申请使用贵单位的场地，请在期限内确认或谢绝。".to_owned())]
    );
    let seen = keeper.get("/bookings").await.expect(200).items()[0].clone();
    assert_eq!((&seen["organiser"]["id"], &seen["team"], &seen["attendees"]), (&json!(town.centre), &Value::Null, &json!(30)));
    keeper.post(&format!("/bookings/{booking}/confirm"), json!({})).await.expect(200);
    let (_, booking) = asked(&town, &keeper, room, 244).await;
    keeper.post(&format!("/bookings/{booking}/refuse"), json!({"reason": "那天要检修"})).await.expect(200);
    asked(&town, &keeper, room, 248).await;
    town.world.app.advance(Duration::days(3));
    // All who plan for the organiser hear it, not only who planned it.
    for planner in [&town.scheduler, &second] {
        assert_eq!(kinds(&town, planner).await, ["event_venue_lapsed", "event_venue_refused", "event_venue_confirmed"]);
    }
    assert_eq!(kinds(&town, &town.world.leader).await, Vec::<String>::new());
}

#[actix_web::test]
async fn who_is_put_in_charge_hears_it_and_what_becomes_of_it_and_who_planned_it_hears_their_yes() {
    let town = Town::new().await;
    let (first, second) = (town.world.app.scheduler("友谊镇").await, town.world.app.dispatcher("友谊镇").await);
    let in_charge_of = |client: &Client, from: i64| {
        let mut event = town.event(from, from + 2);
        event["sessions"][0]["in_charge"] = json!(client.person().0);
        event
    };
    let id = town.scheduler.post("/events", in_charge_of(&first, 2)).await.expect(201).id();
    assert_eq!(heard(&town, &first).await, [("event_in_charge_asked".to_owned(), "想请您负责活动“家庭用电安全讲座”，请看看时间地点，答应一声。".to_owned())]);
    deed(&first, id, "agree", json!({})).await.expect(200);
    assert_eq!(kinds(&town, &town.scheduler).await, ["event_agreed"]);
    // Another title: who said yes to this time has said it, and hears of the change.
    let mut renamed = in_charge_of(&first, 2);
    renamed["title"] = json!("用电安全");
    let changed = deed(&town.scheduler, id, "change", renamed).await.expect(200);
    assert_eq!(changed.json["sessions"][0]["in_charge"]["agreed"], true);
    assert_eq!(kinds(&town, &first).await, ["event_in_charge_changed", "event_in_charge_asked"]);
    // Another time is asked for anew.
    let moved = deed(&town.scheduler, id, "change", in_charge_of(&first, 6)).await.expect(200);
    assert_eq!(moved.json["sessions"][0]["in_charge"]["agreed"], false);
    assert_eq!(kinds(&town, &first).await[0], "event_in_charge_asked");
    // Somebody else is in charge, and it is called off.
    deed(&town.scheduler, id, "change", in_charge_of(&second, 6)).await.expect(200);
    assert_eq!(kinds(&town, &first).await[0], "event_not_in_charge");
    deed(&town.scheduler, id, "cancel", json!({"reason": "大雪封路"})).await.expect(200);
    assert_eq!(kinds(&town, &second).await, ["event_cancelled", "event_in_charge_asked"]);
    assert_eq!(kinds(&town, &town.scheduler).await, ["event_agreed"], "nobody hears of what they did themselves");
}

#[actix_web::test]
async fn who_plans_for_an_organiser_sees_who_may_be_in_charge_for_it() {
    let town = Town::new().await;
    let second = town.world.app.dispatcher("友谊镇").await;
    let path = format!("/organisations/{}/in_charge", town.centre);
    let listed = town.scheduler.get(&path).await.expect(200);
    let ids: Vec<i64> = listed.json.as_array().cloned().unwrap_or_default().iter().filter_map(|member| member["id"].as_i64()).collect();
    let mut expected = vec![town.world.town.person().0, town.scheduler.person().0, second.person().0];
    expected.sort_unstable();
    assert_eq!(ids, expected);
    for other in [&town.world.leader, &town.world.officer, &town.world.county, &town.world.resident] {
        other.get(&path).await.refused(403, "forbidden");
    }
    town.world.app.visitor().get(&path).await.refused(401, "sign_in");
    // Whoever is listed can be named.
    for person in ids {
        let mut event = town.event(2, 4);
        event["sessions"][0]["in_charge"] = json!(person);
        let id = town.scheduler.post("/events", event).await.expect(201).id();
        deed(&town.scheduler, id, "cancel", json!({"reason": "试试"})).await.expect(200);
    }
}
