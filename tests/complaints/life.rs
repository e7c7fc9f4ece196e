//! Whole complaints: who answers what, and who never does.

use kepu::actor::Role;
use serde_json::json;

use super::world::{about, complain, listed, make, moves, see, with_phone, words};
use crate::orders::world::World;

#[actix_web::test]
async fn what_a_town_dispatched_is_answered_by_the_county_and_the_supervisor_has_the_last_word() {
    let world = World::new().await;
    let supervisor = world.app.supervisor().await;
    let order = world.dispatched().await;
    let id = complain(&world.resident, about(order)).await;
    let seen = see(&world.county, id).await.expect(200);
    assert_eq!((&seen.json["level"], &seen.json["order"]["id"], &seen.json["page"]), (&json!("centre"), &json!(order), &json!("/orders/12")));
    assert_eq!(seen.json["answering"]["id"], world.app.db_centre("友谊县").0);
    // The supervisor reads it, but the centre answers; whoever dispatched it may not even know of it.
    assert_eq!(moves(&supervisor, id).await, Vec::<String>::new());
    see(&world.town, id).await.refused(404, "not_found");
    assert_eq!(moves(&world.county, id).await, ["answer"]);
    assert!(world.heard(&world.county).await.contains(&"complaint_complain".to_owned()));
    let answered = make(&world.county, id, "answer", words("已改约周五")).await.expect(200);
    assert_eq!((&answered.json["state"], &answered.json["answers"][0]["words"]), (&json!("answered"), &json!("已改约周五")));
    assert!(world.heard(&world.resident).await.contains(&"complaint_answer".to_owned()));
    assert_eq!(moves(&world.resident, id).await, ["not_satisfied"]);
    let again = make(&world.resident, id, "not_satisfied", words("周五也没有人来")).await.expect(200);
    assert_eq!((&again.json["state"], &again.json["level"], &again.json["answering"]["name"]), (&json!("escalated"), &json!("supervisor"), &json!("县科协")));
    make(&world.county, id, "answer", words("再答一次")).await.refused(409, "not_now");
    assert!(world.heard(&supervisor).await.contains(&"complaint_not_satisfied".to_owned()));
    let last = make(&supervisor, id, "answer", words("已由县里另派一队")).await.expect(200);
    assert_eq!(
        (&last.json["state"], &last.json["answers"][1]["final"], last.json["answers"].as_array().map(Vec::len)),
        (&json!("final"), &json!(true), Some(2))
    );
    assert_eq!(last.json["not_satisfied"]["words"], "周五也没有人来");
    make(&world.resident, id, "not_satisfied", words("还是不行")).await.refused(409, "not_now");
    let history = world.resident.get(&format!("/complaints/{id}/history")).await.expect(200);
    let lines: Vec<_> = history.json.as_array().into_iter().flatten().map(|line| (line["verb"].clone(), line["role"].clone(), line["to"].clone())).collect();
    let drawn = [
        ("complain", json!(null), "open"),
        ("answer", json!("dispatcher"), "answered"),
        ("not_satisfied", json!(null), "escalated"),
        ("answer", json!("supervisor"), "final"),
    ];
    assert_eq!(lines, drawn.map(|(verb, role, to)| (json!(verb), role, json!(to))));
    assert_eq!(history.json[1]["who"], json!(null), "the complainant is told the role and the centre, no name");
}

#[actix_web::test]
async fn what_the_county_dispatched_is_answered_by_the_supervisor_alone() {
    let world = World::new().await;
    let supervisor = world.app.supervisor().await;
    let order = world.submitted().await;
    crate::orders::world::make(&world.county, order, "dispatch", world.dispatch()).await.expect(200);
    let other = world.app.dispatcher("友谊县").await;
    let id = complain(&world.resident, about(order)).await;
    for dispatcher in [&world.county, &world.town, &other] {
        see(dispatcher, id).await.refused(404, "not_found");
        assert!(!listed(dispatcher, "").await.contains(&id));
    }
    assert_eq!(see(&supervisor, id).await.json["level"], "supervisor");
    make(&supervisor, id, "answer", words("已核实")).await.expect(200);
}

#[actix_web::test]
async fn whoever_entered_or_touched_the_order_is_passed_over_for_another_one_above() {
    let world = World::new().await;
    let order = world.dispatched().await;
    // The county's dispatcher has had a hand in it.
    crate::orders::world::make(&world.county, order, "ask", json!({"question": "有投影吗？"})).await.expect(200);
    let id = complain(&world.resident, about(order)).await;
    let seen = see(&world.resident, id).await.expect(200);
    assert_eq!(seen.json["level"], "supervisor", "nobody else dispatches for the county");
    see(&world.county, id).await.refused(404, "not_found");
    let colleague = world.app.dispatcher("友谊县").await;
    let second = complain(&world.resident, about(order)).await;
    assert_eq!(see(&world.resident, second).await.json["level"], "centre");
    see(&world.county, second).await.refused(404, "not_found");
    make(&colleague, second, "answer", words("已核实")).await.expect(200);
    // A supervisor who dispatches elsewhere and acted on it is no judge of it either.
    let supervisor = world.app.supervisor().await;
    world.app.grant(&supervisor, Role::Dispatcher, world.app.db_centre("友谊镇")).await;
    crate::orders::world::make(&supervisor, order, "set_urgency", json!({"urgent": true, "reason": "汛期"})).await.expect(200);
    see(&supervisor, id).await.refused(404, "not_found");
}

#[actix_web::test]
async fn what_is_about_no_order_is_answered_by_the_county_centre_or_the_supervisor_and_never_by_its_own_complainant() {
    let world = World::new().await;
    let supervisor = world.app.supervisor().await;
    let id = complain(&world.resident, json!({"words": "网页上的字太小"})).await;
    assert_eq!(see(&world.resident, id).await.json["level"], "county");
    see(&world.town, id).await.refused(404, "not_found");
    assert_eq!((moves(&world.county, id).await, moves(&supervisor, id).await), (vec!["answer".to_owned()], vec!["answer".to_owned()]));
    let own = complain(&world.county, json!({"words": "值班太多"})).await;
    assert_eq!(moves(&world.county, own).await, ["withdraw"]);
    make(&world.county, own, "answer", words("自己答自己")).await.refused(403, "forbidden");
    assert_eq!((listed(&world.county, "").await, listed(&world.county, "?mine=true").await), (vec![id], vec![own]));
    make(&supervisor, own, "answer", words("已增加人手")).await.expect(200);
}

#[actix_web::test]
async fn a_complaint_is_taken_back_while_it_waits() {
    let world = World::new().await;
    let id = complain(&world.resident, json!({"words": "找不到入口"})).await;
    let gone = make(&world.resident, id, "withdraw", json!({})).await.expect(200);
    assert_eq!((&gone.json["state"], &gone.json["moves"], &gone.json["due_at"]), (&json!("withdrawn"), &json!([]), &json!(null)));
    assert!(world.heard(&world.county).await.contains(&"complaint_withdraw".to_owned()));
    make(&world.county, id, "answer", words("已改")).await.refused(409, "not_now");
}

#[actix_web::test]
async fn a_visitor_reads_the_answer_by_number_and_phone_or_by_the_token_which_opens_the_moves_too() {
    let world = World::new().await;
    let visitor = world.app.visitor();
    let made = visitor.post("/complaints", with_phone()).await.expect(201);
    let (id, number, token) = (made.id(), made.json["number"].clone(), made.json["track_token"].as_str().unwrap_or_default().to_owned());
    visitor.get(&format!("/complaints/{id}")).await.refused(401, "sign_in");
    let masked = see(&world.county, id).await.expect(200);
    assert_eq!(masked.json["contact"], json!({"name": "王**", "phone": "139****5678", "masked": true}));
    let whole = world.county.post(&format!("/complaints/{id}/contact"), json!({"reason": "电话答复"})).await.expect(200);
    assert_eq!(whole.json, json!({"name": "王桂兰", "phone": "13912345678", "masked": false}));
    make(&world.county, id, "answer", words("已加大字体")).await.expect(200);
    world.app.work().await;
    let centre = world.app.db_centre("友谊县").0;
    let calls = world.county.get(&format!("/centres/{centre}/calls?open=true")).await.expect(200);
    let line = &calls.items()[0];
    assert_eq!(
        (&line["complaint_id"], &line["complaint_number"], &line["order_id"], &line["kind"]),
        (&json!(id), &number, &json!(null), &json!("complaint_answer"))
    );
    assert_eq!(line["contact_phone"], "139****5678");
    let by_number = visitor.post("/complaints/track", json!({"number": number, "phone_tail": "5678"})).await.expect(200);
    assert_eq!((&by_number.json["answers"][0]["words"], &by_number.json["complaint_id"]), (&json!("已加大字体"), &json!(null)));
    assert!(!by_number.text.contains("王桂兰") && !by_number.text.contains("139") && !by_number.text.contains("网页上的字太小"), "{by_number}");
    let by_token = visitor.post("/complaints/track", json!({"token": token})).await.expect(200);
    assert_eq!(by_token.json["complaint_id"], id);
    let own = visitor.get(&format!("/complaints/{id}")).header("Track-Token", &token).await.expect(200);
    assert_eq!((&own.json["contact"]["phone"], &own.json["moves"]), (&json!("13912345678"), &json!(["not_satisfied"])));
    let path = format!("/complaints/{id}/not_satisfied");
    visitor.post(&path, words("还是小")).header("Track-Token", &token).if_match(&own.etag()).await.expect(200);
    // The supervisors answer now, and call from a list of their own.
    let supervisor = world.app.supervisor().await;
    make(&supervisor, id, "answer", words("已加特大字")).await.expect(200);
    world.app.work().await;
    let association = world.app.db_organisation("县科协").0;
    let theirs = supervisor.get(&format!("/centres/{association}/calls")).await.expect(200);
    assert_eq!(theirs.items().iter().map(|line| line["complaint_id"].clone()).collect::<Vec<_>>(), [json!(id)]);
    world.county.get(&format!("/centres/{association}/calls")).await.refused(404, "not_found");
    // The order's routes do not know a complaint's token, nor the other way round.
    visitor.get("/orders/1").header("Track-Token", &token).await.refused(401, "track_token_invalid");
}

#[actix_web::test]
async fn an_orders_link_and_slip_are_enough_to_complain_about_it() {
    let world = World::new().await;
    let visitor = world.app.visitor();
    let made = visitor.post("/orders", crate::orders::world::order()).await.expect(201);
    let token = made.json["track_token"].as_str().unwrap_or_default().to_owned();
    let number = made.json["number"].as_str().unwrap_or_default().to_owned();
    visitor.post("/complaints", about(made.id())).await.refused(422, "invalid_input");
    let by_token = visitor.post("/complaints", about(made.id())).header("Track-Token", &token).await.expect(201);
    assert_eq!(by_token.json["order"], json!({"id": null, "number": number}));
    let typed = number.to_lowercase().replace("kp", "kp ");
    let by_number = visitor.post("/complaints", json!({"words": "没有人来", "order_number": typed})).await.expect(201);
    assert_eq!(by_number.json["order"]["number"], number.as_str());
    assert_eq!(listed(&world.county, &format!("?q={number}")).await, [by_number.id(), by_token.id()]);
}
