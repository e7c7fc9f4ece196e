//! Calendars at a secret address.

use serde_json::{Value, json};

use super::world::{path_of, said, sessions, titles};
use crate::events::world::{Town, deed};
use crate::orders::world::make;
use crate::support::statements::db_lines;

#[actix_web::test]
async fn an_address_is_told_once_and_is_gone_when_it_is_given_up() {
    let town = Town::new().await;
    let world = &town.world;
    let visitor = world.app.visitor();
    world.app.visitor().post("/me/feeds", json!({"kind": "own"})).await.expect(401);
    let make = || world.leader.post("/me/feeds", json!({"kind": "own"})).key("my-own-calendar");
    let made = make().await.expect(201);
    let path = path_of(&made);
    assert_eq!(path_of(&make().await.expect(201)), path, "sent twice it is one");
    world.leader.post("/me/feeds", json!({"kind": "own"})).await.refused(409, "feed_there_already");
    let listed = world.leader.get("/me/feeds").await.expect(200);
    let one = &listed.items()[0];
    assert_eq!((listed.items().len(), &one["kind"], &one["works"], &one["address"]), (1, &json!("own"), &json!(true), &Value::Null));
    let secret = path.trim_start_matches("/feeds/").trim_end_matches(".ics");
    assert_eq!(secret.len(), 43);
    let kept = db_lines(&mut world.app.db(), "SELECT secret_hash AS line FROM feeds");
    assert!(kept.len() == 1 && kept[0] != secret, "only a hash is kept");
    let answer = visitor.get(&path).await.expect(200);
    assert_eq!(answer.header("cache-control"), Some("private, no-cache"));
    let packed = visitor.get(&path).header("Accept-Encoding", "gzip").await.expect(200);
    assert_eq!(packed.header("content-encoding"), None, "what is told to one is never compressed");
    visitor.get(&path).header("If-None-Match", &answer.etag()).await.expect(304);
    let id = made.id();
    world.officer.post(&format!("/me/feeds/{id}/revoke"), json!({})).await.refused(404, "not_found");
    visitor.get(&path).await.expect(200);
    let revoke = || world.leader.post(&format!("/me/feeds/{id}/revoke"), json!({})).key("give-it-up");
    assert!(revoke().await.expect(200).items().is_empty());
    revoke().await.expect(200);
    visitor.get(&path).await.refused(404, "not_found");
    visitor.get("/feeds/nobody-knows-it.ics").await.refused(404, "not_found");
    // A new one is another one.
    assert_ne!(path_of(&world.leader.post("/me/feeds", json!({"kind": "own"})).await.expect(201)), path);
}

#[actix_web::test]
async fn each_shows_what_its_owner_may_know_of_and_no_more() {
    let town = Town::new().await;
    let world = &town.world;
    let visitor = world.app.visitor();
    town.published(2, 4).await;
    town.draft(5, 6).await;
    let order = world.claimed().await;
    let session = json!({"sessions": [{"venue_id": town.venue, "starts_at": world.hours(8), "ends_at": world.hours(9), "clearing_minutes": 15}]});
    make(&world.leader, order, "schedule", session).await.expect(200);
    let of = |kind: &str, field: &str, id: i64| json!({"kind": kind, field: id});
    // A centre's: its drafts are there, and no order's event, which is the team's.
    let centre = path_of(&town.scheduler.post("/me/feeds", of("organisation", "organisation_id", town.centre)).await.expect(201));
    assert_eq!(titles(&visitor, &centre).await, ["家庭用电安全讲座", "（草稿）家庭用电安全讲座"]);
    // A team's: what it holds for an order.
    let team = path_of(&world.leader.post("/me/feeds", of("organisation", "organisation_id", world.team())).await.expect(201));
    assert_eq!(titles(&visitor, &team).await, ["社区老人急救讲座，约40人"]);
    // Who keeps the venue sees what it is taken for, and how long.
    let venue = path_of(&town.scheduler.post("/me/feeds", of("venue", "venue_id", town.venue)).await.expect(201));
    let told = sessions(&visitor.get(&venue).await);
    assert_eq!(told.len(), 3);
    assert_eq!(said(&told[2], ["SUMMARY", "DTSTART", "DTEND"]), ["社区老人急救讲座，约40人", "20260302T090000Z", "20260302T101500Z"]);
    // And nobody has one of what they have no part in.
    world.resident.post("/me/feeds", of("organisation", "organisation_id", town.centre)).await.refused(403, "forbidden");
    world.leader.post("/me/feeds", of("venue", "venue_id", town.venue)).await.refused(403, "forbidden");
    world.leader.post("/me/feeds", of("venue", "venue_id", 1_000_000)).await.expect(422);
    world.leader.post("/me/feeds", json!({"kind": "venue"})).await.expect(422);
    world.leader.post("/me/feeds", of("own", "venue_id", town.venue)).await.expect(422);
    // A volunteer of the team sees what is open, and what they are in charge of.
    let volunteer = world.app.volunteer(crate::orders::world::TEAM).await;
    let theirs = path_of(&volunteer.post("/me/feeds", of("organisation", "organisation_id", world.team())).await.expect(201));
    assert!(titles(&visitor, &theirs).await.is_empty());
}

#[actix_web::test]
async fn it_ends_with_the_role_that_it_was_made_for_and_with_the_account() {
    let town = Town::new().await;
    let world = &town.world;
    let visitor = world.app.visitor();
    town.published(2, 4).await;
    let own = path_of(&town.scheduler.post("/me/feeds", json!({"kind": "own"})).await.expect(201));
    let centre = json!({"kind": "organisation", "organisation_id": town.centre});
    let centre = path_of(&town.scheduler.post("/me/feeds", centre).await.expect(201));
    let venue = path_of(&town.scheduler.post("/me/feeds", json!({"kind": "venue", "venue_id": town.venue})).await.expect(201));
    for path in [&own, &centre, &venue] {
        assert_eq!(titles(&visitor, path).await.len(), 1);
    }
    let person = town.scheduler.person().0;
    let security = world.app.security_administrator().await;
    let grant = security.get(&format!("/grants?person_id={person}")).await.expect(200).items()[0]["id"].clone();
    security.post(&format!("/grants/{grant}/end"), json!({})).await.expect(200);
    for path in [&centre, &venue] {
        visitor.get(path).await.refused(404, "not_found");
    }
    assert_eq!(titles(&visitor, &own).await.len(), 1, "they are still in charge");
    let works: Vec<Value> = town.scheduler.get("/me/feeds").await.expect(200).items().iter().map(|feed| feed["works"].clone()).collect();
    assert_eq!(works, [true, false, false]);
    db_lines(&mut world.app.db(), &format!("UPDATE people SET locked_at = created_at WHERE id = {person} RETURNING 'x' AS line"));
    visitor.get(&own).await.refused(404, "not_found");
}

#[actix_web::test]
async fn a_year_of_many_takes_as_many_statements_as_one() {
    let town = Town::new().await;
    let visitor = town.world.app.visitor();
    let id = town.published(2, 4).await;
    let venue = json!({"kind": "venue", "venue_id": town.venue});
    let paths = [
        "/calendar.ics".to_owned(),
        format!("/venues/{}/calendar.ics", town.venue),
        format!("/organisations/{}/calendar.ics", town.centre),
        path_of(&town.scheduler.post("/me/feeds", json!({"kind": "own"})).await.expect(201)),
        path_of(&town.scheduler.post("/me/feeds", venue).await.expect(201)),
    ];
    let mut few = Vec::new();
    for path in &paths {
        // The first reading also fills what is kept in memory.
        visitor.get(path).await.expect(200);
        few.push(town.world.app.db_statements(visitor.get(path)).await.1.len());
    }
    let mut event = town.event(30, 31);
    let at = |n: i64| json!({"venue_id": town.venue, "starts_at": town.world.hours(30 + 24 * n), "ends_at": town.world.hours(31 + 24 * n)});
    event["sessions"] = (0..20).map(at).collect();
    let many = town.scheduler.post("/events", event).await.expect(201).id();
    deed(&town.scheduler, many, "publish", json!({})).await.expect(200);
    for (path, few) in paths.iter().zip(few) {
        let (answer, statements) = town.world.app.db_statements(visitor.get(path)).await;
        assert_eq!((sessions(&answer).len(), statements.len()), (21, few), "{path}: {}", statements.join("\n"));
    }
    deed(&town.scheduler, id, "cancel", json!({"reason": "大雪封路"})).await.expect(200);
}
