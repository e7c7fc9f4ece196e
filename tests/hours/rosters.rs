//! 花名册: what is filed, who confirms it, and what becomes of it.

use chrono::Duration;
use kepu::actor::Role;
use kepu::ids::OrganisationId;
use serde_json::{Value, json};

use super::world::{Service, answer, own_hours, person, sums};
use crate::events::world::deed;
use crate::orders::world::{PLACE, TEAM, World};
use crate::support::client::Client;

#[actix_web::test]
async fn each_volunteer_of_a_confirmed_roster_has_the_minutes_that_they_were_there_and_nobody_else_has_any() {
    let service = Service::new().await;
    let world = &service.world;
    let (paid, brief) = (world.app.volunteer(TEAM).await, &service.other);
    // Who came after the session began was not of the team then.
    let mut roster = service.roster();
    roster["lines"] = json!([service.line(&paid, 0, 120, "paid")]);
    let refused = world.leader.post("/rosters", roster.clone()).await.refused(422, "invalid_input");
    assert_eq!((&refused.json["errors"][0]["pointer"], &refused.json["errors"][0]["code"]), (&json!("/lines/0/person_id"), &json!("was_not_of_the_team")));
    // The leader was on duty; the way there counts for nobody; 71 of 120 minutes are less than three fifths.
    roster["lines"] = json!([
        service.line(&service.volunteer, -60, 72, "volunteer"),
        service.line(brief, 0, 71, "volunteer"),
        service.line(&world.leader, 0, 120, "on_duty")
    ]);
    let id = service.file(roster).await;
    let seen = world.officer.get(&format!("/rosters/{id}")).await.expect(200);
    assert_eq!((&seen.json["state"], &seen.json["class"], &seen.json["late"]), (&json!("filed"), &json!("roster"), &json!(false)));
    let minutes: Vec<&Value> = seen.json["lines"].as_array().expect("lines").iter().map(|line| &line["minutes"]).collect();
    assert_eq!(minutes, [&json!(72), &json!(0), &json!(120)]);
    assert_eq!(sums(&own_hours(&service.volunteer).await), [0; 4], "nothing counts before somebody confirms it");
    assert!(world.heard(&world.officer).await.contains(&"roster_filed".to_owned()));

    answer(&world.officer, id, "confirm", json!({})).await.expect(200);
    let hours = own_hours(&service.volunteer).await;
    assert_eq!(sums(&hours), [72, 72, 0, 0]);
    let record = &hours["records"]["items"][0];
    // The seven items of the law, and what they were made from.
    let told = ["title", "held_on", "place", "content", "unit", "class", "minutes"].map(|name| &record[name]);
    let expected =
        [json!("社区老人急救讲座，约40人"), json!("2026-03-02"), json!("友谊镇繁荣社区"), json!("教老人做心肺复苏"), json!(TEAM), json!("roster"), json!(72)];
    assert_eq!(told, expected.each_ref());
    assert_eq!((&record["in_charge"]["id"], &record["from"]), (&json!(person(&world.leader)), &json!(service.from.rfc3339())));
    assert_eq!((&record["filed_by"], &record["confirmed_by"]), (&json!(person(&world.leader)), &json!(person(&world.officer))));
    for nobody in [brief, &world.leader] {
        assert_eq!(sums(&own_hours(nobody).await), [0; 4]);
    }
    assert!(world.heard(&world.leader).await.contains(&"roster_confirmed".to_owned()));
}

#[actix_web::test]
async fn ones_own_hours_are_read_by_oneself_by_the_leader_and_masked_by_who_reads_the_countys_business() {
    let service = Service::new().await;
    service.confirmed(service.roster()).await;
    let world = &service.world;
    let path = format!("/people/{}/hours", person(&service.volunteer));
    for nobody in [&world.resident, &world.officer, &world.other_leader, &world.town, &service.other] {
        nobody.get(&path).await.refused(404, "not_found");
    }
    world.app.visitor().get(&path).await.expect(401);
    let whole = world.leader.get(&path).await.expect(200).json["person"]["name"].as_str().unwrap_or_default().to_owned();
    for reader in [world.app.supervisor().await, world.app.auditor().await] {
        let read = reader.get(&path).await.expect(200);
        let (name, listed) = (&read.json["person"]["name"], &read.json["records"]["items"][0]["person"]["name"]);
        assert!(name != &json!(whole) && name == listed && name.as_str().is_some_and(|name| name.ends_with("**")), "{read}");
        assert_eq!(sums(&read.json), [120, 120, 0, 0]);
        assert_eq!(reader.get("/service_records").await.expect(200).items().len(), 2);
    }
    assert_eq!(world.leader.get("/service_records").await.expect(200).items().len(), 2);
    assert_eq!(world.other_leader.get("/service_records").await.expect(200).items().len(), 0);
    world.officer.get("/service_records").await.refused(403, "forbidden");
}

#[actix_web::test]
async fn nobody_confirms_what_they_filed_or_their_own_hours_or_what_their_own_team_did() {
    let service = Service::new().await;
    let world = &service.world;
    let (department, town) = (OrganisationId(world.department()), world.app.db_centre("友谊镇"));
    let id = service.file(service.roster()).await;
    // Each has a second role by which they could.
    world.app.grant(&world.leader, Role::Officer, department).await;
    answer(&world.leader, id, "confirm", json!({})).await.refused(403, "filed_it");
    world.app.grant(&service.volunteer, Role::Dispatcher, town).await;
    answer(&service.volunteer, id, "confirm", json!({})).await.refused(403, "own_hours");
    let second = world.app.leader(TEAM).await;
    answer(&second, id, "confirm", json!({})).await.refused(403, "same_organisation");
    world.app.grant(&second, Role::Officer, department).await;
    answer(&second, id, "return", json!({"reason": "不对"})).await.refused(403, "same_organisation");
    for reader in [world.app.supervisor().await, world.app.auditor().await] {
        let seen = reader.get(&format!("/rosters/{id}")).await.expect(200);
        assert_eq!(seen.json["moves"], json!([]));
        assert!(seen.json["lines"][0]["person"]["name"].as_str().is_some_and(|name| name.ends_with("**")), "{seen}");
        answer(&reader, id, "confirm", json!({})).await.refused(403, "forbidden");
    }
    for stranger in [&world.other_leader, &world.app.officer("县农业农村局").await, &world.app.dispatcher("兴隆镇").await, &service.other] {
        stranger.get(&format!("/rosters/{id}")).await.refused(404, "not_found");
        answer(stranger, id, "confirm", json!({})).await.refused(404, "not_found");
    }
    assert_eq!(sums(&own_hours(&service.other).await), [0; 4]);
    // Who asked for it can; once.
    assert_eq!(world.resident.get("/rosters?state=filed").await.expect(200).items().len(), 1);
    let path = format!("/rosters/{id}/confirm");
    world.resident.post(&path, json!({})).await.refused(428, "version_missing");
    world.resident.post(&path, json!({})).if_match("\"7\"").await.refused(412, "stale");
    let done = world.resident.post(&path, json!({})).if_match("\"1\"").key("confirm-once").await.expect(200);
    assert_eq!((&done.json["state"], &done.json["answered_as"], &done.json["moves"]), (&json!("confirmed"), &json!("requester"), &json!([])));
    world.resident.post(&path, json!({})).if_match("\"1\"").key("confirm-once").await.expect(200);
    answer(&world.officer, id, "confirm", json!({})).await.refused(409, "roster_answered");
    answer(&world.officer, id, "return", json!({"reason": "不对"})).await.refused(409, "roster_answered");
    assert_eq!(sums(&own_hours(&service.other).await), [120, 120, 0, 0]);
}

#[actix_web::test]
async fn after_ten_working_days_only_a_back_entry_is_taken_and_it_stands_apart() {
    let service = Service::new().await;
    let world = &service.world;
    // The session was on a Monday: ten working days later, a Monday too, the roster is still in time.
    world.app.advance(Duration::days(14));
    let mut roster = service.roster();
    let id = service.file(roster.clone()).await;
    assert_eq!(world.officer.get(&format!("/rosters/{id}")).await.expect(200).json["late"], json!(false));
    answer(&world.officer, id, "return", json!({"reason": "少了一个人"})).await.expect(200);
    world.app.advance(Duration::days(1));
    world.leader.post("/rosters", roster.clone()).await.refused(409, "too_late_for_roster");
    roster["back_entry"] = json!(true);
    let refused = world.leader.post("/rosters", roster.clone()).await.refused(422, "invalid_input");
    assert_eq!(refused.json["errors"][0]["pointer"], json!("/reason"));
    roster["reason"] = json!("队长住院，没能按时登记");
    // Never more than the session lasted.
    roster["lines"] = json!([service.line(&service.volunteer, -300, 300, "volunteer")]);
    let id = service.confirmed(roster).await;
    let seen = world.officer.get(&format!("/rosters/{id}")).await.expect(200);
    assert_eq!((&seen.json["class"], &seen.json["late"]), (&json!("back_entry"), &json!(true)));
    assert_eq!(sums(&own_hours(&service.volunteer).await), [120, 0, 120, 0]);
}

/// What somebody has heard of rosters.
async fn heard(world: &World, client: &Client) -> Vec<String> {
    // Housekeeping comes last in a round; the next one carries what it leaves word of.
    world.app.work().await;
    world.heard(client).await.into_iter().filter(|kind| kind.starts_with("roster_")).collect()
}

#[actix_web::test]
async fn a_team_that_files_nothing_is_reminded_on_the_third_and_seventh_working_day_and_on_the_tenth_its_centre_is_told() {
    let service = Service::new().await;
    let world = &service.world;
    // From Monday afternoon: three working days have closed as Friday begins, and so on.
    for (days, leader, centre) in [(3, 0, 0), (1, 1, 0), (5, 1, 0), (1, 2, 0), (1, 2, 0), (3, 2, 0), (1, 2, 1), (5, 2, 1)] {
        world.app.advance(Duration::days(days));
        assert_eq!(heard(world, &world.leader).await, vec!["roster_wanted"; leader], "{}", world.now().rfc3339());
        assert_eq!(heard(world, &world.town).await, vec!["roster_late"; centre], "{}", world.now().rfc3339());
    }
}

#[actix_web::test]
async fn a_roster_is_filed_of_what_was_held_one_at_a_time_and_a_returned_one_makes_room_for_the_next() {
    let world = World::new().await;
    let volunteer = world.app.volunteer(TEAM).await;
    let order = world.scheduled().await;
    let told = world.see(&world.leader, order).await.json["sessions"][0].clone();
    let roster = json!({
        "session_id": told["id"], "content": "教老人做心肺复苏",
        "lines": [{"person_id": person(&volunteer), "from": told["starts_at"], "until": told["ends_at"], "capacity": "volunteer"}]
    });
    world.leader.post("/rosters", roster.clone()).await.refused(409, "session_not_held");
    world.app.advance(Duration::hours(5));
    world.leader.post("/rosters", roster.clone()).await.refused(409, "session_not_held");
    world.fulfil(order).await.expect(200);
    // Another team's leader has no session here, and who leads no team files nothing.
    let refused = world.other_leader.post("/rosters", roster.clone()).await.refused(422, "invalid_input");
    assert_eq!(refused.json["errors"][0]["pointer"], json!("/session_id"));
    world.resident.post("/rosters", roster.clone()).await.refused(403, "forbidden");
    world.leader.post("/rosters", roster.clone()).without_key().await.refused(400, "idempotency_key_missing");
    let first = world.leader.post("/rosters", roster.clone()).key("file-this-once").await.expect(201);
    assert_eq!(world.leader.post("/rosters", roster.clone()).key("file-this-once").await.expect(201).id(), first.id());
    world.leader.post("/rosters", roster.clone()).await.refused(409, "roster_waits");
    answer(&world.town, first.id(), "return", json!({"reason": "请写清楚做了什么"})).await.expect(200);
    assert!(world.heard(&world.leader).await.contains(&"roster_returned".to_owned()));
    let seen = world.leader.get(&first.location()).await.expect(200);
    assert_eq!((&seen.json["state"], &seen.json["words"]), (&json!("returned"), &json!("请写清楚做了什么")));
    let second = world.leader.post("/rosters", roster).await.expect(201).id();
    answer(&world.town, second, "confirm", json!({})).await.expect(200);
    assert_eq!(sums(&own_hours(&volunteer).await), [120, 120, 0, 0]);
    let waiting = |state: &str| format!("/rosters?state={state}");
    for (state, count) in [("filed", 0), ("confirmed", 1), ("returned", 1)] {
        assert_eq!(world.town.get(&waiting(state)).await.expect(200).items().len(), count, "{state}");
    }
}

#[actix_web::test]
async fn hours_of_an_event_without_an_order_are_confirmed_by_the_centre_above() {
    let world = World::new().await;
    let volunteer = world.app.volunteer(TEAM).await;
    let session = json!({"starts_at": world.hours(2), "ends_at": world.hours(4)});
    let event = json!({
        "organiser_id": world.team(), "title": "义诊", "kind": "other", "audience": "general", "expected": 30, "division_code": PLACE, "address": "文化广场",
        "sessions": [session]
    });
    let id = world.leader.post("/events", event).await.expect(201).id();
    let published = deed(&world.leader, id, "publish", json!({})).await.expect(200);
    let session = published.json["sessions"][0].clone();
    world.app.advance(Duration::hours(5));
    deed(&world.leader, id, "report", json!({"sessions": [{"id": session["id"], "attendance": 25}]})).await.expect(200);
    let roster = json!({
        "session_id": session["id"], "content": "量血压",
        "lines": [{"person_id": person(&volunteer), "from": session["starts_at"], "until": session["ends_at"], "capacity": "volunteer"}]
    });
    let roster = world.leader.post("/rosters", roster).await.expect(201).id();
    world.officer.get(&format!("/rosters/{roster}")).await.refused(404, "not_found");
    answer(&world.county, roster, "confirm", json!({})).await.expect(200);
    let hours = own_hours(&volunteer).await;
    assert_eq!(sums(&hours), [120, 120, 0, 0]);
    assert_eq!(hours["records"]["items"][0]["place"], json!("友谊镇繁荣社区 文化广场"));
}
