//! What was recorded in error, what is doubted, and what a volunteer asks to have corrected.

use chrono::Duration;
use serde_json::{Value, json};

use super::world::{Service, answer, own_hours, person, sums};
use crate::orders::world::make;
use crate::support::client::Client;

async fn record_of(client: &Client) -> i64 {
    own_hours(client).await["records"]["items"][0]["id"].as_i64().expect("a record")
}

#[actix_web::test]
async fn a_record_is_taken_back_by_a_row_of_its_own_once_and_the_corrected_one_fits() {
    let service = Service::new().await;
    let world = &service.world;
    service.confirmed(service.roster()).await;
    let record = record_of(&service.volunteer).await;
    // Nobody is in two places at a time: the same hours are not credited again.
    let mut again = service.roster();
    again["lines"] = json!([service.line(&service.volunteer, 0, 90, "volunteer")]);
    again["back_entry"] = json!(true);
    again["reason"] = json!("提前走了");
    let corrected = service.file(again).await;
    let refused = answer(&world.town, corrected, "confirm", json!({})).await.refused(409, "presence_overlaps");
    assert_eq!(refused.json["person_id"], json!(person(&service.volunteer)));

    let path = format!("/service_records/{record}/reverse");
    let reason = json!({"reason": "核对签到表，提前走了"});
    for (who, status, code) in [
        (&service.volunteer, 403, "own_hours"),
        (&world.leader, 403, "forbidden"),
        (&world.other_leader, 404, "not_found"),
        (&world.resident, 404, "not_found"),
        (&world.app.dispatcher("兴隆镇").await, 404, "not_found"),
        (&world.app.auditor().await, 403, "forbidden"),
    ] {
        who.post(&path, reason.clone()).await.refused(status, code);
    }
    world.officer.post(&path, json!({"reason": " "})).await.refused(422, "invalid_input");
    let done = world.officer.post(&path, reason.clone()).key("take-it-back").await.expect(200);
    assert!(done.json["reversed_by"].is_i64(), "{done}");
    world.officer.post(&path, reason.clone()).key("take-it-back").await.expect(200);
    world.officer.post(&path, reason.clone()).await.refused(409, "reversed_already");
    let reversal = done.json["reversed_by"].as_i64().expect("a record");
    world.officer.post(&format!("/service_records/{reversal}/reverse"), reason).await.refused(409, "not_a_credit");
    let hours = own_hours(&service.volunteer).await;
    assert_eq!(sums(&hours), [0; 4]);
    let rows: Vec<(&Value, &Value)> = hours["records"]["items"].as_array().expect("records").iter().map(|row| (&row["kind"], &row["minutes"])).collect();
    assert_eq!(rows, [(&json!("reversal"), &json!(-120)), (&json!("credit"), &json!(120))]);

    answer(&world.town, corrected, "confirm", json!({})).await.expect(200);
    assert_eq!(sums(&own_hours(&service.volunteer).await), [90, 0, 90, 0]);
    assert_eq!(sums(&own_hours(&service.other).await), [120, 120, 0, 0], "the other's stand");
}

#[actix_web::test]
async fn what_a_dispute_says_did_not_take_place_counts_for_nobody_until_it_is_decided() {
    let service = Service::new().await;
    let world = &service.world;
    let mut first = service.roster();
    first["lines"] = json!([service.line(&service.volunteer, 0, 120, "volunteer")]);
    service.confirmed(first).await;
    let mut second = service.roster();
    second["lines"] = json!([service.line(&service.other, 0, 120, "volunteer")]);
    let waiting = service.file(second.clone()).await;
    make(&world.resident, service.order, "dispute", json!({"kind": "less_than_reported", "words": "只来了一个小时"})).await.expect(200);
    let hours = own_hours(&service.volunteer).await;
    assert_eq!((sums(&hours), &hours["records"]["items"][0]["held"]), ([0, 0, 0, 120], &json!(true)));
    answer(&world.officer, waiting, "confirm", json!({})).await.refused(409, "hours_held");
    make(&world.county, service.order, "dismiss", json!({"words": "签到表和照片都在"})).await.expect(200);
    assert_eq!(sums(&own_hours(&service.volunteer).await), [120, 120, 0, 0]);
    answer(&world.officer, waiting, "confirm", json!({})).await.expect(200);
    assert_eq!(sums(&own_hours(&service.other).await), [120, 120, 0, 0]);
}

#[actix_web::test]
async fn an_upheld_dispute_proposes_to_take_each_record_back_and_nothing_more_is_confirmed() {
    let service = Service::new().await;
    let world = &service.world;
    let mut first = service.roster();
    first["lines"] = json!([service.line(&service.volunteer, 0, 120, "volunteer")]);
    service.confirmed(first.clone()).await;
    first["lines"] = json!([service.line(&service.other, 0, 120, "volunteer")]);
    let waiting = service.file(first).await;
    make(&world.resident, service.order, "dispute", json!({"kind": "did_not_take_place", "words": "没有人来"})).await.expect(200);
    make(&world.county, service.order, "uphold", json!({"words": "电话核实，确实没来"})).await.expect(200);
    answer(&world.officer, waiting, "confirm", json!({})).await.refused(409, "session_not_held");
    let hours = own_hours(&service.volunteer).await;
    let record = &hours["records"]["items"][0];
    assert_eq!(sums(&hours), [0, 0, 0, 120]);
    assert!(record["reversal_proposed_at"].is_string(), "{record}");
    world.app.supervisor().await.post(&format!("/service_records/{}/reverse", record["id"]), json!({"reason": "异议成立"})).await.expect(200);
    let hours = own_hours(&service.volunteer).await;
    assert_eq!((sums(&hours), &hours["records"]["items"][1]["reversal_proposed_at"]), ([0; 4], &Value::Null));
}

#[actix_web::test]
async fn a_volunteers_correction_is_answered_by_the_team_and_after_five_working_days_by_the_centre_above_too() {
    let service = Service::new().await;
    let world = &service.world;
    let mut roster = service.roster();
    roster["lines"] = json!([service.line(&service.volunteer, 0, 90, "volunteer"), service.line(&service.other, 0, 120, "volunteer")]);
    service.confirmed(roster).await;
    let record = record_of(&service.volunteer).await;
    // There is no time limit for asking.
    world.app.advance(Duration::days(400));
    let path = format!("/service_records/{record}/corrections");
    let words = json!({"words": "我待了两个小时，只记了九十分钟"});
    service.other.post(&path, words.clone()).await.refused(404, "not_found");
    world.leader.post(&path, words.clone()).await.refused(404, "not_found");
    let asked = service.volunteer.post(&path, words.clone()).await.expect(201);
    service.volunteer.post(&path, words).await.refused(409, "correction_waits");
    assert!(world.heard(&world.leader).await.contains(&"correction_asked".to_owned()));
    let path = format!("/corrections/{}/answer", asked.id());
    let yes = json!({"agreed": true, "answer": "核对了签到表，确实是两小时"});
    service.volunteer.post(&path, yes.clone()).await.refused(403, "own_hours");
    // The centre above has nothing to say before the team's time is over.
    world.county.post(&path, yes.clone()).await.refused(404, "not_found");
    assert_eq!(world.county.get("/corrections?waiting=true").await.expect(200).items().len(), 0);
    world.app.advance(Duration::days(8));
    assert!(world.heard(&world.town).await.contains(&"correction_late".to_owned()), "the nearest centre above the place");
    assert_eq!(world.county.get("/corrections?waiting=true").await.expect(200).items().len(), 1);
    let done = world.county.post(&path, yes.clone()).await.expect(200);
    assert_eq!((&done.json["agreed"], &done.json["answer"]), (&json!(true), &yes["answer"]));
    world.leader.post(&path, yes).await.refused(409, "correction_answered");
    assert!(world.heard(&service.volunteer).await.contains(&"correction_answered".to_owned()));
    // It was taken back in the same deed, and is filed anew.
    assert_eq!(sums(&own_hours(&service.volunteer).await), [0; 4]);
    let mut anew = service.roster();
    anew["lines"] = json!([service.line(&service.volunteer, 0, 120, "volunteer")]);
    anew["back_entry"] = json!(true);
    anew["reason"] = json!("更正");
    service.confirmed(anew).await;
    assert_eq!(sums(&own_hours(&service.volunteer).await), [120, 0, 120, 0]);
}
