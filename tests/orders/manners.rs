//! How moves are checked and repeated, and what lists and searches take.

use diesel::prelude::*;
use kepu::schema::{journal, order_contacts, orders, outbox};
use serde_json::{Value, json};

use super::world::{OTHER_TEAM, World, make, order};

#[actix_web::test]
async fn a_move_is_judged_in_one_order() {
    let world = World::new().await;
    let id = world.submitted().await;
    let (here, gone) = (format!("/orders/{id}/reject"), "/orders/999999/reject");
    let (visitor, town, resident, stranger) = (world.app.visitor(), &world.town, &world.resident, world.app.resident().await);
    let good = json!({"reason": "重复"});
    visitor.post_raw(gone, "text/plain", "no JSON").await.refused(401, "sign_in");
    stranger.post_raw(&here, "text/plain", "no JSON").await.refused(404, "not_found");
    town.post_raw(gone, "text/plain", "no JSON").await.refused(404, "not_found");
    resident.post_raw(&here, "text/plain", "no JSON").await.refused(403, "forbidden");
    town.post_raw(&here, "text/plain", "no JSON").await.refused(428, "version_missing");
    assert_eq!(town.post_raw(&here, "text/plain", "no JSON").if_match("\"7\"").await.status, 415);
    assert_eq!(town.post_raw(&here, "application/json", "no JSON").if_match("\"7\"").await.status, 400);
    assert_eq!(town.post(&here, json!({"reason": ""})).if_match("\"7\"").await.status, 422);
    town.post(&here, good.clone()).if_match("\"7\"").await.refused(412, "stale");
    let first = town.post(&here, good.clone()).if_match("\"1\"").key("the-key-of-this-move").await.expect(200);
    // The present state speaks before the version; a repeat before both.
    town.post(&here, good.clone()).if_match("\"1\"").await.refused(409, "not_now");
    let again = town.post(&here, good.clone()).if_match("\"1\"").key("the-key-of-this-move").await.expect(200);
    assert_eq!(first.etag(), again.etag());
    town.post(&here, json!({"reason": "别的"})).if_match("\"1\"").key("the-key-of-this-move").await.refused(422, "idempotency_key_reused");
    let other = world.submitted().await;
    town.post(&format!("/orders/{other}/reject"), good).if_match("\"1\"").key("the-key-of-this-move").await.refused(422, "idempotency_key_reused");
    assert_eq!(world.state(other).await, "submitted");
}

#[actix_web::test]
async fn sending_an_order_twice_makes_one_and_the_keys_of_two_people_do_not_meet() {
    let world = World::new().await;
    let neighbour = world.app.resident().await;
    let send = |client: &crate::support::client::Client| client.post("/orders", order()).key("the-key-of-this-order");
    let (first, again) = (send(&world.resident).await.expect(201), send(&world.resident).await.expect(201));
    assert_eq!((first.id(), &first.json["track_token"]), (again.id(), &again.json["track_token"]));
    let theirs = send(&neighbour).await.expect(201);
    assert_ne!(first.id(), theirs.id());
    assert_ne!(first.json["track_token"], theirs.json["track_token"]);
    let mut other = order();
    other["attendees"] = json!(41);
    world.resident.post("/orders", other).key("the-key-of-this-order").await.refused(422, "idempotency_key_reused");
    world.resident.post("/orders", order()).without_key().await.expect(400);
    let rows: i64 = orders::table.count().get_result(&mut world.app.db()).expect("orders can be counted");
    assert_eq!(rows, 2);
}

#[actix_web::test]
async fn what_a_visitor_sends_again_from_another_network_makes_one_order_and_shows_no_stranger_what_it_made() {
    let world = World::new().await;
    let send = |address: &str, body: Value, key: &str| world.app.visitor().at(address).post("/orders", body).key(key);
    let spelled = |phone: &str| {
        let mut body = order();
        body["contact_phone"] = json!(phone);
        body
    };
    let first = send("198.51.100.1", order(), "a-key-drawn-at-random").await.expect(201);
    let again = send("203.0.113.7", order(), "a-key-drawn-at-random").await.expect(201);
    assert_eq!((first.id(), &first.json["track_token"]), (again.id(), &again.json["track_token"]));
    // Who knows phone and words, but not the key, makes an order of their own; who has the key, but not every word, is refused.
    let other = send("203.0.113.7", order(), "a-key-of-another-person").await.expect(201);
    assert_ne!((first.id(), &first.json["track_token"]), (other.id(), &other.json["track_token"]));
    let mut words = order();
    words["address"] = json!("三号楼");
    send("203.0.113.7", words, "a-key-drawn-at-random").await.refused(422, "idempotency_key_reused");
    // The key of another phone is another key; that of the same phone in other signs has another body.
    let third = send("203.0.113.7", spelled("13987654321"), "a-key-drawn-at-random").await.expect(201);
    assert_ne!((first.id(), &first.json["track_token"]), (third.id(), &third.json["track_token"]));
    send("203.0.113.7", spelled("139-1234-5678"), "a-key-drawn-at-random").await.refused(422, "idempotency_key_reused");
    let rows: i64 = orders::table.count().get_result(&mut world.app.db()).expect("orders can be counted");
    assert_eq!(rows, 3);
}

#[actix_web::test]
async fn who_dispatches_for_two_places_orders_for_somebody_as_the_centre_of_that_persons_place() {
    let world = World::new().await;
    let both = world.app.dispatcher("兴隆镇").await;
    world.app.grant(&both, kepu::actor::Role::Dispatcher, world.app.db_centre("友谊镇")).await;
    let mut body = order();
    body["for_other"] = json!(true);
    let id = both.post("/orders", body).await.expect(201).id();
    let history = both.get(&format!("/orders/{id}/history")).await.expect(200);
    let (town, other) = (world.app.db_centre("友谊镇"), world.app.db_centre("兴隆镇"));
    assert_ne!(town, other);
    let lines: Vec<Option<kepu::ids::OrganisationId>> =
        journal::table.filter(journal::verb.eq("submit")).select(journal::organisation_id).load(&mut world.app.db()).expect("the journal can be read");
    assert_eq!(lines, [Some(town)], "{history}");
}

#[actix_web::test]
async fn numbers_are_looked_up_thirty_times_an_hour_from_one_address_and_a_link_as_often_as_one_likes() {
    let world = World::new().await;
    let visitor = world.app.visitor();
    let ordered = visitor.post("/orders", order()).await.expect(201);
    let right = json!({"number": ordered.json["number"], "phone_tail": "5678"});
    let numbers = std::iter::repeat_with(kepu::orders::rules::new_number);
    for (n, number) in numbers.enumerate().take(29) {
        // Orders and complaints count together.
        let (path, number) = if n % 2 == 0 { ("/track", number) } else { ("/complaints/track", number.replacen("KP", "TS", 1)) };
        visitor.post(path, json!({"number": number, "phone_tail": "5678"})).await.refused(404, "nothing_found");
    }
    visitor.post("/track", right.clone()).await.expect(200);
    let spent = visitor.post("/track", right.clone()).await.refused(429, "budget_used_up");
    assert!(spent.header("retry-after").is_some());
    visitor.clone().at("203.0.113.7").post("/track", right.clone()).await.expect(200);
    for _ in 0..3 {
        visitor.post("/track", json!({"token": ordered.json["track_token"]})).await.expect(200);
    }
    world.app.advance(chrono::Duration::minutes(61));
    visitor.post("/track", right).await.expect(200);
}

#[actix_web::test]
async fn a_list_of_twenty_orders_takes_as_many_statements_as_a_list_of_one() {
    let world = World::new().await;
    world.accepted().await;
    let path = "/orders?limit=20";
    let board = format!("/orders/board?team_id={}", world.team());
    let calls = format!("/centres/{}/calls?limit=20", world.app.db_centre("友谊镇"));
    let (supervisor, auditor) = (world.app.supervisor().await, world.app.auditor().await);
    // What is over is judged by more of the county's data than what is open; and a neighbour without a phone is called.
    let dispatcher = world.app.dispatcher("友谊镇").await;
    let turn_away = async || {
        let mut body = order();
        (body["for_other"], body["contact_phone"]) = (json!(true), Value::Null);
        let id = dispatcher.post("/orders", body).await.expect(201).id();
        make(&dispatcher, id, "reject", json!({"reason": "不在科普范围"})).await.expect(200);
    };
    turn_away().await;
    let readers = [
        (&world.resident, path),
        (&world.town, path),
        (&world.officer, path),
        (&supervisor, path),
        (&auditor, path),
        (&world.officer, "/orders?mine=false&overdue=false&q=%E6%80%A5%E6%95%91&limit=20"),
        (&world.leader, board.as_str()),
        (&world.town, "/notices?limit=100"),
        (&world.town, calls.as_str()),
    ];
    world.app.work().await;
    let mut few = Vec::new();
    for (reader, path) in readers {
        reader.get(path).await.expect(200);
        let (one, statements) = world.app.db_statements(reader.get(path)).await;
        assert_eq!(one.items().len(), one.items().len().max(1), "{path}: {one}");
        few.push(statements);
    }
    for _ in 0..19 {
        world.accepted().await;
        turn_away().await;
    }
    world.app.work().await;
    for ((reader, path), few) in readers.into_iter().zip(few) {
        let (many, statements) = world.app.db_statements(reader.get(path)).await;
        assert!(many.items().len() >= 20, "{path}: {}", many.items().len());
        assert_eq!(few.len(), statements.len(), "{path}\n{}", statements.join("\n"));
    }
}

#[actix_web::test]
async fn search_finds_two_characters_and_more_and_to_others_the_summary_alone() {
    let world = World::new().await;
    let mut body = order();
    body["title"] = json!("想听科普讲座");
    let id = world.resident.post("/orders", body).await.expect(201).id();
    let mut dispatch = world.dispatch();
    dispatch["summary"] = json!("社区老人学急救，约40人");
    make(&world.town, id, "dispatch", dispatch).await.expect(200);
    make(&world.officer, id, "accept", json!({})).await.expect(200);
    make(&world.leader, id, "claim", json!({"team_id": world.team()})).await.expect(200);
    for (reader, word, hits) in [
        (&world.town, "急救", 1),
        (&world.town, "科普讲座", 1),
        (&world.town, "高血压", 1),
        (&world.town, "手机", 0),
        (&world.resident, "科普讲座", 1),
        (&world.leader, "急救", 1),
        (&world.leader, "高血压", 0),
        (&world.leader, "科普讲座", 0),
        (&world.other_leader, "急救", 0),
    ] {
        let encoded: String = word.bytes().map(|byte| format!("%{byte:02X}")).collect();
        assert_eq!(reader.get(&format!("/orders?q={encoded}")).await.expect(200).items().len(), hits, "{word}");
    }
}

#[actix_web::test]
async fn a_contact_is_masked_and_revealed_with_a_reason_and_stands_in_no_journal_or_notice() {
    let world = World::new().await;
    let id = world.claimed().await;
    let masked = world.see(&world.officer, id).await;
    assert_eq!((&masked.json["contact"]["name"], &masked.json["contact"]["phone"]), (&json!("王**"), &json!("139****5678")), "{masked}");
    assert!(masked.json["contact"]["address"].is_null());
    world.officer.post(&format!("/orders/{id}/contact"), json!({})).await.expect(422);
    world.other_leader.post(&format!("/orders/{id}/contact"), json!({"reason": "看看"})).await.expect(404);
    let whole = world.leader.post(&format!("/orders/{id}/contact"), json!({"reason": "约时间"})).await.expect(200);
    assert_eq!((&whole.json["name"], &whole.json["phone"], &whole.json["address"]), (&json!("王桂兰"), &json!("13912345678"), &json!("三号楼二单元501")));
    assert_eq!(world.verbs(id).await.last().map(String::as_str), Some("reveal_contact"));
    world.app.work().await;
    let inbox = world.town.get("/notices").await.expect(200).text;
    let mut db = world.app.db();
    let lines: Vec<(String, String)> = journal::table.select((journal::verb, journal::fields)).load(&mut db).expect("the journal can be read");
    assert!(lines.iter().any(|(verb, _)| verb == "reveal_contact"));
    let told: Vec<String> = outbox::table.select(outbox::notice).load(&mut db).expect("the outbox can be read");
    for text in [format!("{lines:?}"), format!("{told:?}"), inbox] {
        assert!(!text.contains("王桂兰") && !text.contains("13912345678") && !text.contains("高血压") && !text.contains("二单元"), "{text}");
    }
    let kept: i64 = order_contacts::table.count().get_result(&mut db).expect("contacts can be counted");
    assert_eq!(kept, 1);
    assert!(world.app.db_organisation(OTHER_TEAM).0 > 0);
}
