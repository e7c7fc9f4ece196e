//! Whole lives of orders.

use kepu::actor::Role;
use serde_json::{Value, json};

use super::world::{OTHER_TEAM, PLACE, World, make, make_by_token, order};

fn reason() -> Value {
    json!({"reason": "这里写明原因"})
}

#[actix_web::test]
async fn six_people_carry_an_order_from_submit_to_its_review() {
    let world = World::new().await;
    let id = world.fulfilled().await;
    let closed = make(&world.resident, id, "review", json!({"stars": 5, "words": "讲得明白"})).await.expect(200);
    assert_eq!((closed.json["state"].as_str(), closed.json["review"]["stars"].as_i64()), (Some("closed"), Some(5)));
    assert_eq!(world.verbs(id).await, ["submit", "dispatch", "accept", "claim", "schedule", "fulfil", "review"]);
    let history = world.town.get(&format!("/orders/{id}/history")).await.expect(200);
    let line = &history.json[1];
    assert_eq!((line["from"].as_str(), line["to"].as_str(), line["role"].as_str()), (Some("submitted"), Some("dispatched"), Some("dispatcher")), "{line}");
    assert_eq!(line["about"], "县卫生健康局");
    assert!(line["who"].is_string() && line["organisation"].as_str().is_some_and(|name| name.contains("友谊镇")), "{line}");
    assert!(history.json[0]["who"].is_null(), "a requester is not named: {history}");
    assert_eq!(closed.json["version"], 7);
}

#[actix_web::test]
async fn a_visitor_orders_and_follows_and_reviews_without_an_account() {
    let world = World::new().await;
    let visitor = world.app.visitor();
    let ordered = visitor.post("/orders", order()).await.expect(201);
    let (id, token) = (ordered.id(), ordered.json["track_token"].as_str().unwrap_or_default().to_owned());
    let number = ordered.json["number"].as_str().unwrap_or_default().to_owned();
    assert!(number.len() == 10 && number.starts_with("KP"), "{number}");
    visitor.get(&format!("/orders/{id}")).await.expect(401);
    let tracked = visitor.post("/track", json!({"number": number.to_lowercase(), "phone_tail": "5678"})).await.expect(200);
    assert_eq!((tracked.json["state"].as_str(), &tracked.json["order_id"]), (Some("submitted"), &Value::Null));
    assert!(!tracked.text.contains("王桂兰") && !tracked.text.contains("急救") && !tracked.text.contains("139"), "{tracked}");
    assert_eq!(visitor.post("/track", json!({"token": token})).await.expect(200).json["order_id"], id);
    make(&world.town, id, "dispatch", world.dispatch()).await.expect(200);
    make(&world.officer, id, "accept", json!({})).await.expect(200);
    make(&world.leader, id, "claim", json!({"team_id": world.team()})).await.expect(200);
    make(&world.leader, id, "schedule", world.session(2, 4)).await.expect(200);
    world.app.advance(chrono::Duration::hours(5));
    world.fulfil(id).await.expect(200);
    make_by_token(&visitor, &token, id, "review", json!({"stars": 4})).await.expect(200);
    visitor.get(&format!("/orders/{id}")).header("Track-Token", "not-this-one").await.expect(401);
    let other = world.submitted().await;
    visitor.get(&format!("/orders/{other}")).header("Track-Token", &token).await.expect(404);
    for _ in 0..5 {
        visitor.post("/track", json!({"number": number, "phone_tail": "0000"})).await.refused(404, "nothing_found");
    }
    visitor.post("/track", json!({"number": number, "phone_tail": "5678"})).await.expect(429);
    world.app.advance(chrono::Duration::minutes(16));
    visitor.post("/track", json!({"number": number, "phone_tail": "5678"})).await.expect(200);
}

#[actix_web::test]
async fn a_dispatcher_orders_for_a_neighbour_without_a_phone_and_the_centre_calls_at_the_door() {
    let world = World::new().await;
    let mut body = order();
    body["for_other"] = json!(true);
    body["contact_phone"] = Value::Null;
    world.resident.post("/orders", body.clone()).await.refused(403, "forbidden");
    let entered = world.town.post("/orders", body).await.expect(201);
    assert_eq!((&entered.json["for_other"], &entered.json["channel"]), (&json!(true), &json!("desk")));
    assert!(!entered.json["parts"].as_array().is_some_and(|parts| parts.contains(&json!("requester"))), "{entered}");
    let id = entered.id();
    make(&world.town, id, "dispatch", world.dispatch()).await.expect(200);
    world.app.work().await;
    let centre = world.app.db_centre("友谊镇");
    let calls = world.town.get(&format!("/centres/{centre}/calls?open=true")).await.expect(200);
    assert_eq!(calls.items().iter().map(|line| (line["order_id"].as_i64(), line["kind"].as_str())).collect::<Vec<_>>(), [(Some(id), Some("dispatch"))]);
}

#[actix_web::test]
async fn an_offer_is_declined_and_then_the_order_is_open_to_all() {
    let world = World::new().await;
    let id = world.dispatched().await;
    make(&world.officer, id, "accept", json!({"offer_to_team_id": world.team()})).await.expect(200);
    let theirs = world.app.db_organisation(OTHER_TEAM).0;
    make(&world.other_leader, id, "claim", json!({"team_id": theirs})).await.expect(404);
    make(&world.leader, id, "decline", json!({})).await.expect(200);
    make(&world.other_leader, id, "claim", json!({"team_id": theirs})).await.expect(200);
    let late = make(&world.leader, id, "claim", json!({"team_id": world.team()})).await.refused(409, "not_now");
    assert_eq!(late.json["holder"]["name"], OTHER_TEAM);
}

#[actix_web::test]
async fn an_offer_lapses_by_itself() {
    let world = World::new().await;
    let id = world.dispatched().await;
    let answer_by = world.hours(3);
    make(&world.officer, id, "accept", json!({"offer_to_team_id": world.team(), "answer_by": answer_by})).await.expect(200);
    world.app.advance(chrono::Duration::hours(4));
    world.app.work().await;
    assert!(world.verbs(id).await.contains(&"expire_offer".to_owned()));
    let theirs = world.app.db_organisation(OTHER_TEAM).0;
    make(&world.other_leader, id, "claim", json!({"team_id": theirs})).await.expect(200);
}

#[actix_web::test]
async fn after_two_returns_the_county_centre_decides_who_leads_and_that_is_not_returned() {
    let world = World::new().await;
    let id = world.dispatched().await;
    make(&world.officer, id, "return", reason()).await.expect(200);
    make(&world.county, id, "decide_lead", world.dispatch()).await.refused(409, "not_now");
    make(&world.town, id, "dispatch", world.dispatch()).await.expect(200);
    make(&world.officer, id, "return", reason()).await.expect(200);
    make(&world.town, id, "decide_lead", world.dispatch()).await.refused(403, "forbidden");
    make(&world.county, id, "decide_lead", world.dispatch()).await.expect(200);
    make(&world.officer, id, "return", reason()).await.refused(409, "not_now");
    make(&world.officer, id, "accept", json!({})).await.expect(200);
}

#[actix_web::test]
async fn a_department_that_returned_an_order_reads_it_up_to_then_and_a_lost_answer_can_be_asked_for_again() {
    let world = World::new().await;
    let id = world.dispatched().await;
    let etag = world.see(&world.officer, id).await.etag();
    let back = || world.officer.post(&format!("/orders/{id}/return"), reason()).if_match(&etag).key("one-return-of-this-order");
    back().await.expect(200);
    back().await.expect(200);
    make(&world.town, id, "reject", reason()).await.expect(200);
    assert_eq!(world.see(&world.officer, id).await.json["state"], "submitted");
    let history = world.officer.get(&format!("/orders/{id}/history")).await.expect(200);
    assert_eq!(history.json.as_array().map(Vec::len), Some(3), "{history}");
}

#[actix_web::test]
async fn a_dispatcher_sends_it_to_another_department_and_the_co_units_stay() {
    let world = World::new().await;
    let id = world.submitted().await;
    let mut dispatch = world.dispatch();
    let (school, emergency) = (world.app.db_organisation("县教育和体育局").0, world.app.db_organisation("县应急局").0);
    dispatch["co_unit_ids"] = json!([school, emergency]);
    make(&world.town, id, "dispatch", dispatch).await.expect(200);
    let sent = make(&world.town, id, "redispatch", json!({"department_id": school, "reason": "改由教育局牵头"})).await.expect(200);
    assert_eq!((&sent.json["department"]["id"], &sent.json["co_units"][0]["id"]), (&json!(school), &json!(emergency)));
    assert_eq!(sent.json["co_units"].as_array().map(Vec::len), Some(1), "{sent}");
}

#[actix_web::test]
async fn a_merged_order_comes_back_by_itself_when_the_other_is_given_up() {
    let world = World::new().await;
    let (target, joined) = (world.submitted().await, world.submitted().await);
    make(&world.town, joined, "merge", json!({"into_order_id": joined})).await.expect(422);
    make(&world.town, joined, "merge", json!({"into_order_id": target})).await.expect(200);
    assert_eq!(world.state(joined).await, "merged");
    make(&world.town, target, "dispatch", world.dispatch()).await.expect(200);
    make(&world.town, target, "give_up", reason()).await.expect(200);
    assert_eq!(world.state(joined).await, "submitted");
    assert_eq!(world.verbs(joined).await, ["submit", "merge", "unmerge"]);
}

#[actix_web::test]
async fn the_requester_of_a_merged_order_follows_and_reviews_the_other_but_reads_no_one_elses_words() {
    let world = World::new().await;
    let target = world.submitted().await;
    let (neighbour, visitor) = (world.app.resident().await, world.app.visitor());
    let theirs = neighbour.post("/orders", order()).await.expect(201).id();
    let guest = visitor.post("/orders", order()).await.expect(201);
    let token = guest.json["track_token"].as_str().unwrap_or_default().to_owned();
    neighbour.get(&format!("/orders/{target}")).await.expect(404);
    for joined in [theirs, guest.id()] {
        make(&world.town, joined, "merge", json!({"into_order_id": target})).await.expect(200);
    }
    let seen = world.see(&neighbour, target).await;
    assert!(!seen.text.contains("王桂兰") && !seen.text.contains("高血压") && seen.json["contact"].is_null(), "{seen}");
    make(&neighbour, target, "withdraw", json!({})).await.refused(403, "forbidden");
    neighbour.post(&format!("/orders/{target}/contact"), reason()).await.refused(403, "forbidden");
    make(&world.town, target, "dispatch", world.dispatch()).await.expect(200);
    make(&world.officer, target, "answer", json!({"text": "周三有急救课，欢迎来"})).await.expect(200);
    visitor.get(&format!("/orders/{target}")).header("Track-Token", &token).await.expect(200);
    make(&neighbour, target, "review", json!({"stars": 5})).await.expect(200);
    make_by_token(&visitor, &token, target, "dispute", json!({"kind": "poor", "words": "没有答到点上"})).await.expect(200);
}

#[actix_web::test]
async fn one_venue_has_one_event_at_a_time_and_what_is_put_off_frees_it() {
    let world = World::new().await;
    let (first, second) = (world.claimed().await, world.accepted().await);
    let theirs = world.app.db_organisation(OTHER_TEAM).0;
    make(&world.other_leader, second, "claim", json!({"team_id": theirs})).await.expect(200);
    let venues = world.leader.get("/venues").await.expect(200);
    let venue = venues.items().iter().find(|venue| venue["free_to_book"] == true).unwrap_or_else(|| panic!("{venues}"))["id"].clone();
    let at = |from: i64, until: i64| json!({"sessions": [{"venue_id": venue, "starts_at": world.hours(from), "ends_at": world.hours(until)}]});
    let planned = make(&world.leader, first, "schedule", at(24, 26)).await.expect(200);
    let taken = make(&world.other_leader, second, "schedule", at(25, 27)).await.refused(409, "taken");
    assert_eq!(taken.json["holder"]["event_session_id"], planned.json["sessions"][0]["id"]);
    make(&world.other_leader, second, "schedule", at(26, 27)).await.expect(200);
    make(&world.leader, first, "postpone", json!({"reason": "weather", "words": "大雪封路"})).await.expect(200);
    make(&world.other_leader, second, "schedule", at(25, 27)).await.expect(200);
    make(&world.other_leader, second, "release", reason()).await.expect(200);
    make(&world.leader, first, "schedule", at(25, 27)).await.expect(200);
    assert_eq!((world.state(first).await.as_str(), world.state(second).await.as_str()), ("scheduled", "accepted"));
}

#[actix_web::test]
async fn nothing_is_fulfilled_before_its_end_and_what_was_not_held_is_put_off() {
    let world = World::new().await;
    let id = world.scheduled().await;
    world.fulfil(id).await.refused(409, "not_now");
    world.app.advance(chrono::Duration::hours(3));
    make(&world.resident, id, "withdraw", json!({})).await.refused(409, "not_now");
    make(&world.leader, id, "release", reason()).await.refused(409, "not_now");
    world.app.advance(chrono::Duration::hours(3));
    let session = world.see(&world.leader, id).await.json["sessions"][0]["id"].clone();
    let nobody = json!({"sessions": [{"id": session, "attendance": 0}], "report": "没有人来"});
    make(&world.leader, id, "fulfil", nobody).await.expect(422);
    make(&world.officer, id, "fulfil", json!({"sessions": [{"id": session, "attendance": 3}], "report": "报"})).await.refused(409, "not_now");
    make(&world.leader, id, "postpone", json!({"reason": "illness"})).await.expect(200);
    make(&world.leader, id, "schedule", world.session(2, 4)).await.expect(200);
    world.app.advance(chrono::Duration::hours(5));
    world.fulfil(id).await.expect(200);
}

#[actix_web::test]
async fn an_upheld_dispute_has_the_order_served_and_reviewed_again() {
    let world = World::new().await;
    let id = world.fulfilled().await;
    make(&world.resident, id, "review", json!({"stars": 2})).await.expect(200);
    let dispute = json!({"kind": "did_not_take_place", "words": "那天没有人来"});
    make(&world.resident, id, "dispute", dispute.clone()).await.expect(200);
    make(&world.town, id, "uphold", json!({"words": "属实"})).await.refused(403, "forbidden");
    make(&world.county, id, "uphold", json!({"words": "属实"})).await.expect(200);
    make(&world.leader, id, "claim", json!({"team_id": world.team()})).await.expect(200);
    make(&world.leader, id, "schedule", world.session(2, 4)).await.expect(200);
    world.app.advance(chrono::Duration::hours(5));
    world.fulfil(id).await.expect(200);
    let again = make(&world.resident, id, "review", json!({"stars": 5})).await.expect(200);
    assert_eq!(again.json["review"]["stars"], 5);
    make(&world.resident, id, "dispute", dispute).await.refused(409, "not_now");
}

#[actix_web::test]
async fn the_supervisor_decides_what_the_county_centre_dispatched_itself() {
    let world = World::new().await;
    let (supervisor, id) = (world.app.supervisor().await, world.submitted().await);
    make(&world.county, id, "dispatch", world.dispatch()).await.expect(200);
    make(&world.officer, id, "answer", json!({"text": "见附件"})).await.expect(200);
    make(&world.resident, id, "dispute", json!({"kind": "poor", "words": "答非所问"})).await.expect(200);
    make(&world.county, id, "dismiss", json!({"words": "已答复"})).await.refused(403, "forbidden");
    let seen = world.see(&supervisor, id).await;
    assert_eq!(seen.json["disputes"][0]["words"], "答非所问");
    make(&supervisor, id, "dismiss", json!({"words": "已答复"})).await.expect(200);
    assert_eq!(world.state(id).await, "fulfilled");
}

#[actix_web::test]
async fn what_was_given_up_is_opened_again_by_its_requester_once() {
    let world = World::new().await;
    let id = world.dispatched().await;
    for _ in 0..1 {
        make(&world.town, id, "give_up", reason()).await.expect(200);
        make(&world.resident, id, "reopen", reason()).await.expect(200);
    }
    make(&world.town, id, "give_up", reason()).await.refused(409, "not_now");
    make(&world.town, id, "reject", reason()).await.expect(200);
    make(&world.resident, id, "reopen", reason()).await.refused(409, "not_now");
    make(&world.town, id, "reopen", reason()).await.expect(200);
}

#[actix_web::test]
async fn what_was_ordered_changes_until_dispatch_its_times_until_the_claim_the_contact_until_it_is_done() {
    let world = World::new().await;
    let id = world.submitted().await;
    let title = json!({"title": "请两场急救讲座"});
    let times = json!({"windows": [{"from": world.hours(200), "to": world.hours(204)}]});
    let contact = json!({"contact_phone": "139 8765 4321"});
    make(&world.resident, id, "amend", title.clone()).await.expect(200);
    make(&world.town, id, "dispatch", world.dispatch()).await.expect(200);
    make(&world.resident, id, "amend", title).await.refused(409, "amend_closed");
    make(&world.resident, id, "amend", times.clone()).await.expect(200);
    make(&world.officer, id, "accept", json!({})).await.expect(200);
    make(&world.leader, id, "claim", json!({"team_id": world.team()})).await.expect(200);
    make(&world.resident, id, "amend", times).await.refused(409, "amend_closed");
    make(&world.resident, id, "amend", contact.clone()).await.expect(200);
    make(&world.leader, id, "schedule", world.session(2, 4)).await.expect(200);
    world.app.advance(chrono::Duration::hours(5));
    world.fulfil(id).await.expect(200);
    make(&world.resident, id, "amend", contact).await.refused(409, "not_now");
    let history = world.town.get(&format!("/orders/{id}/history")).await.expect(200);
    let change = &history.json[1]["changes"][0];
    assert_eq!((change["field"].as_str(), change["old"].as_str(), change["new"].as_str()), (Some("title"), Some("请一场急救讲座"), Some("请两场急救讲座")));
    assert!(!history.text.contains("8765"), "{history}");
}

#[actix_web::test]
async fn an_order_of_the_farm_is_held_by_the_county_centre_as_a_service() {
    let world = World::new().await;
    let farm = "230522502401";
    let intake = world.app.visitor().get(&format!("/intake?division_code={farm}")).await.expect(200);
    assert_eq!((&intake.json["as_a_service"], &intake.json["centre"]["id"]), (&json!(true), &json!(world.app.db_centre("友谊县").0)));
    let mut body = order();
    body["division_code"] = json!(farm);
    let id = world.app.visitor().post("/orders", body).await.expect(201).id();
    world.town.get(&format!("/orders/{id}")).await.expect(404);
    assert!(world.county.get("/orders").await.expect(200).items().iter().any(|order| order["id"] == id));
    make(&world.county, id, "dispatch", world.dispatch()).await.expect(200);
}

#[actix_web::test]
async fn where_nobody_dispatches_it_is_said_before_anything_is_typed() {
    let app = crate::support::app::TestApp::start().await;
    let visitor = app.visitor();
    assert!(visitor.get(&format!("/intake?division_code={PLACE}")).await.expect(200).json["centre"].is_null());
    visitor.post("/orders", order()).await.refused(409, "nobody_dispatches");
}

#[actix_web::test]
async fn an_order_that_is_passed_to_another_town_shows_in_its_list() {
    let world = World::new().await;
    let (id, neighbour) = (world.submitted().await, world.app.dispatcher("兴隆镇").await);
    let centre = world.app.db_centre("兴隆镇").0;
    neighbour.get(&format!("/orders/{id}")).await.expect(404);
    make(&world.town, id, "transfer", json!({"centre_id": world.app.db_centre("友谊镇").0, "reason": "同一个"})).await.expect(422);
    make(&world.town, id, "transfer", json!({"centre_id": centre, "reason": "活动在邻镇办"})).await.expect(200);
    assert_eq!(neighbour.get("/orders").await.expect(200).items().len(), 1);
    make(&neighbour, id, "dispatch", world.dispatch()).await.expect(200);
}

#[actix_web::test]
async fn officers_claim_for_their_own_staff_group() {
    let world = World::new().await;
    let id = world.accepted().await;
    let staff = kepu::organisations::staff_group_of(&mut world.app.db(), world.app.db_organisation("县卫生健康局")).expect("groups can be read");
    let staff = staff.unwrap_or_else(|| panic!("no staff group")).0;
    let claimed = make(&world.officer, id, "claim", json!({"team_id": staff})).await.expect(200);
    assert_eq!(claimed.json["team"]["id"], staff);
    make(&world.officer, id, "schedule", world.session(2, 4)).await.expect(200);
}

#[actix_web::test]
async fn a_review_by_telephone_is_not_taken_by_who_dispatched() {
    let world = World::new().await;
    let id = world.fulfilled().await;
    make(&world.town, id, "review", json!({"stars": 5})).await.refused(403, "forbidden");
    let reviewed = make(&world.county, id, "review", json!({"stars": 3})).await.expect(200);
    assert_eq!(reviewed.json["review"]["by_phone"], true);
    world.app.grant(&world.resident, Role::Volunteer, world.app.db_organisation(OTHER_TEAM)).await;
}
