//! 科普月, 防灾减灾日: yearly data, and what takes place as part of them.

use serde_json::{Value, json};

use super::world::{Town, deed};
use crate::support::client::{Answer, Client};

/// The names of a year's campaigns, in the order of their days.
fn names(answer: &Answer) -> Vec<&str> {
    answer.items().iter().filter_map(|campaign| campaign["name"].as_str()).collect()
}

fn by_name<'a>(answer: &'a Answer, name: &str) -> &'a Value {
    answer.items().iter().find(|campaign| campaign["name"] == name).expect("the campaign")
}

async fn replace(client: &Client, seen: &Answer, campaigns: Value) -> Answer {
    client.post("/campaigns/replace", json!({"year": 2026, "campaigns": campaigns})).if_match(&seen.etag()).await
}

/// As it stands, so that it stays.
fn entries(seen: &Answer) -> Vec<Value> {
    let entry =
        |it: &Value| json!({"id": it["id"], "name": it["name"], "from_day": it["from_day"], "until_day": it["until_day"], "announced": it["announced"]});
    seen.items().iter().map(entry).collect()
}

#[actix_web::test]
async fn the_years_campaigns_are_there_from_the_start_and_the_supervisor_sets_the_days_that_are_announced() {
    let town = Town::new().await;
    let visitor = town.world.app.visitor();
    let seen = visitor.get("/campaigns").await.expect(200);
    assert_eq!(names(&seen), ["防灾减灾日", "公众科学日", "全国科技活动周", "全国科技工作者日", "全国科普月", "食品安全宣传周", "双创活动周", "全国科普日"]);
    assert_eq!((&by_name(&seen, "防灾减灾日")["from_day"], &by_name(&seen, "防灾减灾日")["announced"]), (&json!("2026-05-12"), &json!(true)));
    assert_eq!(by_name(&seen, "全国科技活动周")["announced"], false);
    assert_eq!(names(&visitor.get("/campaigns?year=2025").await.expect(200)), [""; 0]);
    visitor.get("/campaigns?year=1").await.refused(400, "query_unreadable");

    let supervisor = town.world.app.supervisor().await;
    let mut wanted = entries(&seen);
    wanted[2]["from_day"] = json!("2026-05-22");
    wanted[2]["announced"] = json!(true);
    wanted.push(json!({"name": "县科技之冬", "from_day": "2026-12-20", "until_day": "2027-01-20", "announced": true}));
    town.scheduler.post("/campaigns/replace", json!({})).if_match(&seen.etag()).await.refused(403, "forbidden");
    let now = replace(&supervisor, &seen, json!(wanted)).await.expect(200);
    assert_eq!((&by_name(&now, "全国科技活动周")["from_day"], by_name(&now, "县科技之冬")["year"].clone()), (&json!("2026-05-22"), json!(2026)));
    assert_eq!(by_name(&now, "全国科技活动周")["id"], by_name(&seen, "全国科技活动周")["id"], "it is still the same");
    replace(&supervisor, &seen, json!(wanted)).await.refused(412, "stale");
    // Two change names; what is wrong is told at once.
    let mut swapped = entries(&now);
    swapped[0]["name"] = json!("公众科学日");
    swapped[1]["name"] = json!("防灾减灾日");
    let now = replace(&supervisor, &now, json!(swapped)).await.expect(200);
    let mut wrong = entries(&now);
    wrong[0]["until_day"] = json!("2026-01-01");
    wrong[1]["name"] = wrong[0]["name"].clone();
    let refused = replace(&supervisor, &now, json!(wrong)).await.expect(422);
    let codes: Vec<&str> = refused.json["errors"].as_array().expect("faults").iter().filter_map(|fault| fault["code"].as_str()).collect();
    assert_eq!(codes, ["ends_before_it_starts", "twice"]);
}

#[actix_web::test]
async fn an_event_names_its_campaign_and_is_found_by_it_and_the_campaign_does_not_go_from_under_it() {
    let town = Town::new().await;
    let seen = town.scheduler.get("/campaigns").await.expect(200);
    let (month, day) = (by_name(&seen, "全国科普月")["id"].clone(), by_name(&seen, "防灾减灾日")["id"].clone());
    let mut event = town.event(2, 4);
    event["campaign_id"] = month.clone();
    let made = town.scheduler.post("/events", event.clone()).await.expect(201);
    assert_eq!(made.json["campaign"], json!({"id": month, "name": "全国科普月"}));
    deed(&town.scheduler, made.id(), "publish", json!({})).await.expect(200);
    let other = town.published(5, 6).await;
    let visitor = town.world.app.visitor();
    assert_eq!(town.calendar(&visitor, &format!("campaign_id={month}")).await, [made.id()]);
    assert_eq!(town.calendar(&visitor, &format!("campaign_id={day}")).await, [0; 0]);
    assert_eq!(town.calendar(&visitor, "").await, [made.id(), other]);
    event["campaign_id"] = json!(999);
    let refused = town.scheduler.post("/events", event).await.expect(422);
    assert_eq!((&refused.json["errors"][0]["pointer"], &refused.json["errors"][0]["code"]), (&json!("/campaign_id"), &json!("unknown")));

    let administrator = town.world.app.system_administrator().await;
    let without = |name: &str| -> Vec<Value> { entries(&seen).into_iter().filter(|entry| entry["name"] != name).collect() };
    let refused = replace(&administrator, &seen, json!(without("全国科普月"))).await.refused(409, "campaign_in_use");
    assert_eq!(refused.json["name"], "全国科普月");
    let now = replace(&administrator, &seen, json!(without("防灾减灾日"))).await.expect(200);
    assert_eq!(now.items().len(), 7);
}

#[actix_web::test]
async fn a_campaigns_activities_stand_in_one_list_before_with_who_is_expected_and_after_with_who_came() {
    let town = Town::new().await;
    let seen = town.scheduler.get("/campaigns").await.expect(200);
    let month = by_name(&seen, "全国科普月")["id"].clone();
    let plan = |from: i64, until: i64| {
        let mut event = town.event(from, until);
        event["campaign_id"] = month.clone();
        event
    };
    let mut twice = plan(2, 4);
    twice["sessions"] = json!([twice["sessions"][0], {"venue_id": town.venue, "starts_at": town.world.hours(5), "ends_at": town.world.hours(6)}]);
    let lecture = town.scheduler.post("/events", twice).await.expect(201).id();
    deed(&town.scheduler, lecture, "publish", json!({})).await.expect(200);
    let draft = town.scheduler.post("/events", plan(8, 9)).await.expect(201).id();
    let off = town.scheduler.post("/events", plan(10, 11)).await.expect(201).id();
    deed(&town.scheduler, off, "cancel", json!({"reason": "不办了"})).await.expect(200);
    let list = format!("/campaigns/{month}/activities");
    for (client, status) in [(&town.world.app.visitor(), 401), (&town.world.resident, 403)] {
        client.get(&list).await.expect(status);
    }
    town.scheduler.get("/campaigns/999/activities").await.refused(404, "not_found");
    let ids = |answer: &Answer| -> Vec<i64> { answer.json["items"].as_array().expect("items").iter().filter_map(|item| item["event_id"].as_i64()).collect() };
    let before = town.scheduler.get(&list).await.expect(200);
    assert_eq!((ids(&before), &before.json["campaign"]["name"]), (vec![lecture, draft], &json!("全国科普月")));
    let first = &before.json["items"][0];
    assert_eq!((&first["kind"], &first["sessions"], &first["expected"], &first["attendance"]), (&json!("lecture"), &json!(2), &json!(30), &Value::Null));
    assert_eq!((&first["venue"], &first["organiser"]["name"]), (&json!("镇文化活动室"), &json!("友谊镇新时代文明实践所")));
    assert_eq!((&first["starts_at"], &first["ends_at"]), (&json!(town.world.hours(2)), &json!(town.world.hours(6))));

    town.world.app.advance(chrono::Duration::hours(7));
    let sessions = town.scheduler.get(&format!("/events/{lecture}")).await.json["sessions"].clone();
    let report = json!({"sessions": [{"id": sessions[0]["id"], "attendance": 41}, {"id": sessions[1]["id"], "attendance": 12}]});
    deed(&town.scheduler, lecture, "report", report).await.expect(200);
    let supervisor = town.world.app.supervisor().await;
    let after = supervisor.get(&list).await.expect(200);
    assert_eq!(ids(&after), [lecture], "a draft is of those who plan it");
    assert_eq!((&after.json["items"][0]["state"], &after.json["items"][0]["attendance"]), (&json!("held"), &json!(53)));
}
