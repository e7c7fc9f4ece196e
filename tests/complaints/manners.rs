//! How complaints are checked, counted, repeated and found; and that of two answers at once one stands.

use diesel::prelude::*;
use kepu::schema::{complaint_contacts, complaint_moves, complaints, journal, outbox};
use serde_json::{Value, json};

use super::world::{about, complain, listed, make, see, with_phone, words};
use crate::orders::world::World;
use crate::races::arena::{Arena, Shot};

#[actix_web::test]
async fn a_complaint_says_what_it_lacks() {
    let world = World::new().await;
    let visitor = world.app.visitor();
    let faults = async |body: Value| -> Vec<String> {
        let refused = visitor.post("/complaints", body).await.refused(422, "invalid_input");
        let faults = refused.json["errors"].as_array().cloned().unwrap_or_default();
        faults.iter().map(|fault| format!("{} {}", fault["pointer"].as_str().unwrap_or_default(), fault["code"].as_str().unwrap_or_default())).collect()
    };
    assert_eq!(faults(json!({"words": " "})).await, ["/words empty"]);
    assert_eq!(faults(json!({"words": "好".repeat(2001)})).await, ["/words too_long"]);
    assert_eq!(faults(json!({"words": "a", "page": "/orders?phone=13912345678"})).await, ["/page no_path"]);
    assert_eq!(faults(json!({"words": "a", "contact_phone": "abc", "consent": {"version": "2026-01", "given": "here"}})).await, ["/contact_phone no_phone"]);
    assert_eq!(faults(json!({"words": "a", "contact_name": "王桂兰"})).await, ["/consent consent_missing"]);
    assert_eq!(faults(json!({"words": "a", "consent": {"version": "1999", "given": "here"}})).await, ["/consent/version consent_unknown"]);
    assert_eq!(faults(json!({"words": "a", "order_id": 1, "order_number": "KP00000000"})).await, [" one_order"]);
    assert_eq!(faults(json!({"words": "a", "order_id": 1})).await, ["/order_id order_unknown"]);
    assert_eq!(faults(json!({"words": "a", "county": "239901000000"})).await, ["/county county_unknown"]);
    visitor.post("/complaints", json!({"words": "a"})).without_key().await.refused(400, "idempotency_key_missing");
    // A stranger's order is not there for whoever guesses its id.
    let order = world.submitted().await;
    world.app.resident().await.post("/complaints", about(order)).await.refused(422, "invalid_input");
}

#[actix_web::test]
async fn sending_a_complaint_twice_makes_one() {
    let world = World::new().await;
    let visitor = world.app.visitor();
    let send = || visitor.post("/complaints", with_phone()).key("the-key-of-this-complaint");
    let (first, again) = (send().await.expect(201), send().await.expect(201));
    assert_eq!((first.id(), &first.json["track_token"], first.location()), (again.id(), &again.json["track_token"], again.location()));
    let mut other = with_phone();
    other["words"] = json!("别的");
    visitor.post("/complaints", other).key("the-key-of-this-complaint").await.refused(422, "idempotency_key_reused");
    assert_eq!(complaints::table.count().get_result(&mut world.app.db()), Ok(1));
    let answer = || async { make_keyed(&world, first.id()).await };
    assert_eq!(answer().await.expect(200).etag(), answer().await.expect(200).etag());
}

async fn make_keyed(world: &World, id: i64) -> crate::support::client::Answer {
    world.county.post(&format!("/complaints/{id}/answer"), words("已改")).if_match("\"1\"").key("the-key-of-this-answer").await
}

#[actix_web::test]
async fn a_move_of_a_complaint_is_judged_in_one_order() {
    let world = World::new().await;
    let id = complain(&world.resident, json!({"words": "网页上的字太小"})).await;
    let (here, gone) = (format!("/complaints/{id}/answer"), "/complaints/999999/answer");
    let (visitor, stranger, county) = (world.app.visitor(), world.app.resident().await, &world.county);
    visitor.post_raw(gone, "text/plain", "no JSON").await.refused(401, "sign_in");
    stranger.post_raw(&here, "text/plain", "no JSON").await.refused(404, "not_found");
    county.post_raw(gone, "text/plain", "no JSON").await.refused(404, "not_found");
    world.resident.post_raw(&here, "text/plain", "no JSON").await.refused(403, "forbidden");
    county.post_raw(&here, "text/plain", "no JSON").await.refused(428, "version_missing");
    assert_eq!(county.post_raw(&here, "text/plain", "no JSON").if_match("\"7\"").await.status, 415);
    assert_eq!(county.post_raw(&here, "application/json", "no JSON").if_match("\"7\"").await.status, 400);
    assert_eq!(county.post(&here, words("")).if_match("\"7\"").await.status, 422);
    county.post(&here, words("已改")).if_match("\"7\"").await.refused(412, "stale");
    county.post(&here, words("已改")).if_match("\"1\"").await.expect(200);
    let late = county.post(&here, words("已改")).if_match("\"1\"").await.refused(409, "not_now");
    assert_eq!((&late.json["state"], &late.json["version"]), (&json!("answered"), &json!(2)));
}

#[actix_web::test]
async fn what_a_visitor_with_a_phone_sends_again_from_another_network_makes_one_complaint() {
    let world = World::new().await;
    let send = |address: &str, body: serde_json::Value| world.app.visitor().at(address).post("/complaints", body).key("a-key-drawn-at-random");
    let first = send("198.51.100.1", with_phone()).await.expect(201);
    let again = send("203.0.113.7", with_phone()).await.expect(201);
    assert_eq!((first.id(), &first.json["track_token"]), (again.id(), &again.json["track_token"]));
    // Who names no phone is known by where they are alone.
    let nameless = json!({"words": "没有人接电话"});
    let one = send("198.51.100.1", nameless.clone()).await.expect(201);
    assert_eq!(send("198.51.100.1", nameless.clone()).await.expect(201).id(), one.id());
    assert_ne!(send("203.0.113.7", nameless).await.expect(201).id(), one.id());
}

#[actix_web::test]
async fn what_comes_without_an_account_has_a_budget_by_address_and_by_phone() {
    let world = World::new().await;
    let door = world.app.visitor();
    for n in 0..5 {
        door.clone().at(&format!("198.51.100.{n}")).post("/complaints", with_phone()).await.expect(201);
    }
    let spent = door.clone().at("198.51.100.9").post("/complaints", with_phone()).await.refused(429, "budget_used_up");
    assert!(spent.header("retry-after").is_some());
    let one = door.clone().at("203.0.113.1");
    for _ in 0..10 {
        one.post("/complaints", json!({"words": "没有人接电话"})).await.expect(201);
    }
    one.post("/complaints", json!({"words": "没有人接电话"})).await.refused(429, "budget_used_up");
    // An account has none.
    let resident = world.resident.clone().at("203.0.113.1");
    resident.post("/complaints", json!({"words": "没有人接电话"})).await.expect(201);
    let counted: i64 = complaints::table.count().get_result(&mut world.app.db()).expect("complaints can be counted");
    assert_eq!(counted, 16);
}

#[actix_web::test]
async fn numbers_and_phones_that_are_guessed_at_close() {
    let world = World::new().await;
    let visitor = world.app.visitor();
    for _ in 0..5 {
        visitor.post("/complaints", json!({"words": "a", "order_number": "KP12345678"})).await.refused(422, "invalid_input");
    }
    visitor.post("/complaints", json!({"words": "a", "order_number": "KP12345678"})).await.refused(429, "locked_out");
    visitor.post("/complaints", json!({"words": "没有人接电话"})).await.expect(201);
    let number = visitor.clone().at("203.0.113.2").post("/complaints", with_phone()).await.expect(201).json["number"].clone();
    let guess = |tail: &str| visitor.post("/complaints/track", json!({"number": number, "phone_tail": tail}));
    for tail in ["0000", "0001", "0002", "0003", "0004"] {
        guess(tail).await.refused(404, "nothing_found");
    }
    guess("5678").await.refused(429, "locked_out");
    world.app.advance(chrono::Duration::minutes(16));
    guess("5678").await.expect(200);
    // Who left no phone is found by the token alone.
    let bare = visitor.post("/complaints", json!({"words": "没有人接电话"})).await.expect(201).json["number"].clone();
    visitor.post("/complaints/track", json!({"number": bare, "phone_tail": "5678"})).await.refused(404, "nothing_found");
}

#[actix_web::test]
async fn complaints_are_found_by_words_and_numbers_page_by_page_and_an_auditor_reads_no_words() {
    let world = World::new().await;
    let (supervisor, auditor) = (world.app.supervisor().await, world.app.auditor().await);
    let small = complain(&world.resident, json!({"words": "网页上的字太小"})).await;
    let phone = complain(&world.resident, json!({"words": "站里电话没有人接"})).await;
    let number = see(&supervisor, small).await.json["number"].as_str().unwrap_or_default().to_owned();
    // 电话, then 老虎.
    assert_eq!(listed(&supervisor, "?q=%E7%94%B5%E8%AF%9D").await, [phone]);
    assert_eq!(listed(&supervisor, &format!("?q={number}")).await, [small]);
    assert_eq!(listed(&supervisor, "?q=%E8%80%81%E8%99%8E").await, Vec::<i64>::new());
    supervisor.get("/complaints?q=%20,").await.refused(400, "query_unreadable");
    let first = supervisor.get("/complaints?limit=1").await.expect(200);
    let next = first.json["next"].as_str().unwrap_or_default().to_owned();
    let second = supervisor.get(&format!("/complaints?limit=1&after={next}")).await.expect(200);
    assert_eq!((&first.items()[0]["id"], &second.items()[0]["id"], &second.json["next"]), (&json!(phone), &json!(small), &json!(null)));
    supervisor.get(&format!("/complaints?limit=1&late=true&after={next}")).await.refused(400, "query_unreadable");
    make(&world.county, phone, "answer", words("已增加人手")).await.expect(200);
    let counts = supervisor.get("/complaints/counts").await.expect(200);
    assert_eq!(counts.json, json!([{"state": "open", "count": 1}, {"state": "answered", "count": 1}]));
    let masked = see(&auditor, phone).await.expect(200);
    assert!(!masked.text.contains("电话没有人接") && !masked.text.contains("已增加人手"), "{masked}");
    assert_eq!(masked.json["parts"], json!(["auditor"]));
    let history = auditor.get(&format!("/complaints/{phone}/history")).await.expect(200);
    assert!(!history.text.contains("已增加人手"), "{history}");
    auditor.post(&format!("/complaints/{phone}/contact"), json!({"reason": "查"})).await.refused(403, "forbidden");
    assert_eq!(listed(&world.town, "").await, Vec::<i64>::new());
}

#[actix_web::test]
async fn a_list_of_twenty_complaints_takes_as_many_statements_as_a_list_of_one() {
    let world = World::new().await;
    let supervisor = world.app.supervisor().await;
    let order = world.dispatched().await;
    complain(&world.resident, about(order)).await;
    let first = listed(&supervisor, "").await;
    listed(&world.county, "").await;
    let mut few = Vec::new();
    for client in [&supervisor, &world.county] {
        few.push(world.app.db_statements(client.get("/complaints?limit=20")).await.1.len());
    }
    for _ in 0..19 {
        complain(&world.resident, about(order)).await;
    }
    for (client, few) in [&supervisor, &world.county].into_iter().zip(few) {
        let (page, many) = world.app.db_statements(client.get("/complaints?limit=20")).await;
        assert_eq!((first.len(), page.items().len()), (1, 20));
        assert!(few > 0);
        assert_eq!(few, many.len(), "\n{}", many.join("\n"));
    }
}

#[actix_web::test]
async fn no_name_and_no_phone_of_a_complaint_is_in_the_journal_the_outbox_or_a_list() {
    let world = World::new().await;
    let id = complain(&world.app.visitor(), with_phone()).await;
    world.county.post(&format!("/complaints/{id}/contact"), json!({"reason": "电话答复"})).await.expect(200);
    let db = &mut world.app.db();
    let lines: Vec<(String, String, String)> = journal::table
        .filter(journal::subject_kind.eq("complaint"))
        .order(journal::id)
        .select((journal::verb, journal::subject_kind, journal::fields))
        .load(db)
        .expect("the journal can be read");
    assert_eq!(lines.iter().map(|line| line.0.as_str()).collect::<Vec<_>>(), ["complain", "reveal_contact"]);
    let told: Vec<String> = outbox::table.select(outbox::notice).load(db).expect("the outbox can be read");
    let list = world.county.get("/complaints").await.expect(200);
    for text in [format!("{lines:?}"), format!("{told:?}"), list.text] {
        assert!(!text.contains("王桂兰") && !text.contains("13912345678") && !text.contains("5678"), "{text}");
    }
    let kept: Option<String> = complaint_contacts::table.find(id).select(complaint_contacts::phone).first(db).expect("the contact is there");
    assert_eq!(kept.as_deref(), Some("13912345678"));
}

#[actix_web::test]
async fn of_many_answers_at_once_one_stands_and_the_others_are_told_so() {
    const ANSWERING: usize = 16;
    let world = World::new().await;
    let mut people = Vec::new();
    for n in 0..ANSWERING {
        people.push(if n % 2 == 0 { world.app.dispatcher("友谊县").await } else { world.app.supervisor().await });
    }
    let arena = Arena::open(&world.app, &people).await;
    for round in 0..20 {
        let id = complain(&world.resident, json!({"words": format!("第 {round} 件")})).await;
        let shots =
            (0..ANSWERING).map(|n| Shot { path: format!("/complaints/{id}/answer"), seen: Some(1), key: None, body: words(&format!("答复 {n}")) }).collect();
        let replies = arena.at_once(shots).await;
        let won: Vec<usize> = (0..ANSWERING).filter(|n| replies[*n].status == 200).collect();
        assert_eq!(won.len(), 1, "round {round}");
        for (n, reply) in replies.iter().enumerate().filter(|(n, _)| *n != won[0]) {
            assert_eq!((reply.status, &reply.json["code"], &reply.json["state"]), (409, &json!("not_now"), &json!("answered")), "client {n}: {}", reply.json);
        }
        let answers = complaint_moves::table.filter(complaint_moves::complaint_id.eq(id)).filter(complaint_moves::verb.eq("answer"));
        let given: Vec<Option<String>> = answers.select(complaint_moves::note).load(&mut world.app.db()).expect("the history can be read");
        assert_eq!(given, [Some(format!("答复 {}", won[0]))]);
    }
    arena.close().await;
}
