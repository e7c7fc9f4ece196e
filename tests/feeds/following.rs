//! What a calendar that was told of a session sees of it later.

use std::collections::BTreeSet;

use chrono::Duration;
use serde_json::json;

use super::world::{Session, path_of, read, said};
use crate::bookings::keepers::room_of;
use crate::events::world::{Town, deed};
use crate::orders::world::{World, make};

fn number(session: &Session) -> u32 {
    session["SEQUENCE"].parse().expect("a number")
}

#[actix_web::test]
async fn a_session_that_is_moved_keeps_its_name_and_one_that_is_left_out_is_called_off() {
    let town = Town::new().await;
    let visitor = town.world.app.visitor();
    let at = |from: i64, until: i64| json!({"venue_id": town.venue, "starts_at": town.world.hours(from), "ends_at": town.world.hours(until)});
    let mut event = town.event(2, 4);
    event["sessions"] = json!([at(2, 4), at(26, 28), at(50, 52)]);
    let id = town.scheduler.post("/events", event.clone()).await.expect(201).id();
    deed(&town.scheduler, id, "publish", json!({})).await.expect(200);
    let before = read(&visitor, "/calendar.ics").await;
    assert_eq!(before.iter().map(|session| session["UID"].clone()).collect::<BTreeSet<_>>().len(), 3);
    let report = town.scheduler.get(&format!("/events/{id}")).await.json["sessions"].clone();
    // The third goes; the second comes an hour later, at a later minute.
    town.world.app.advance(Duration::minutes(10));
    event["sessions"] = json!([at(2, 4), at(27, 29)]);
    event["sessions"][0] = json!({"venue_id": town.venue, "starts_at": report[0]["starts_at"], "ends_at": report[0]["ends_at"]});
    event["title"] = json!("家庭用电安全：动手课");
    let changed = deed(&town.scheduler, id, "change", event).await.expect(200);
    assert_eq!(changed.json["sessions"].as_array().map(Vec::len), Some(2), "what was left out is no session of it");
    let after = read(&visitor, "/calendar.ics").await;
    let seen: Vec<[&str; 3]> = after.iter().map(|session| said(session, ["UID", "DTSTART", "STATUS"])).collect();
    let uid = |n: usize| before[n]["UID"].as_str();
    assert_eq!(seen, [[uid(0), "20260302T030000Z", "CONFIRMED"], [uid(1), "20260303T041000Z", "CONFIRMED"], [uid(2), "20260304T030000Z", "CANCELLED"]]);
    for (old, new) in before.iter().zip(&after) {
        assert!(number(new) > number(old), "{new:?}");
        assert_eq!(said(new, ["LAST-MODIFIED", "DTSTAMP"]), ["20260302T011000Z"; 2]);
        assert_eq!(new["CREATED"], "20260302T010000Z");
    }
    // What was left out is not reported, and is told of for 60 days.
    town.world.app.advance(Duration::days(3));
    let sessions: Vec<_> = changed.json["sessions"].as_array().expect("sessions").iter().map(|s| json!({"id": s["id"], "attendance": 20})).collect();
    deed(&town.scheduler, id, "report", json!({"sessions": sessions})).await.expect(200);
    assert_eq!(read(&visitor, "/calendar.ics").await.len(), 3);
    town.world.app.advance(Duration::days(58));
    let left = read(&visitor, "/calendar.ics").await;
    assert_eq!(left.iter().map(|session| session["UID"].as_str()).collect::<Vec<_>>(), [uid(1)], "the first is over for more than 60 days, too");
}

#[actix_web::test]
async fn an_event_over_new_year_stands_at_its_minute_in_the_countys_last_night() {
    let town = Town::new().await;
    let mut event = town.event(2, 4);
    // Half past eleven in the evening of the county's New Year's Eve, until half past one.
    event["sessions"] = json!([{"venue_id": town.venue, "starts_at": "2026-12-31T15:30:00Z", "ends_at": "2026-12-31T17:30:00Z"}]);
    let id = town.scheduler.post("/events", event).await.expect(201).id();
    deed(&town.scheduler, id, "publish", json!({})).await.expect(200);
    let told = read(&town.world.app.visitor(), "/calendar.ics").await;
    assert_eq!(told.iter().map(|session| said(session, ["DTSTART", "DTEND"])).collect::<Vec<_>>(), [["20261231T153000Z", "20261231T173000Z"]]);
}

#[actix_web::test]
async fn an_order_that_is_scheduled_anew_is_the_same_session_and_one_that_was_put_off_is_called_off() {
    let world = World::new().await;
    let order = world.scheduled().await;
    let feed = path_of(&world.leader.post("/me/feeds", json!({"kind": "own"})).await.expect(201));
    let visitor = world.app.visitor();
    let first = read(&visitor, &feed).await;
    assert_eq!(said(&first[0], ["SUMMARY", "LOCATION", "CLASS"]), ["社区老人急救讲座，约40人", "在点单的地址（见点单）", "PRIVATE"]);
    make(&world.leader, order, "schedule", world.session(5, 7)).await.expect(200);
    let moved = read(&visitor, &feed).await;
    assert_eq!(moved.len(), 1);
    assert_eq!((&moved[0]["UID"], moved[0]["DTSTART"].as_str()), (&first[0]["UID"], "20260302T060000Z"));
    assert!(number(&moved[0]) > number(&first[0]));
    make(&world.leader, order, "postpone", json!({"reason": "weather"})).await.expect(200);
    let off = read(&visitor, &feed).await;
    assert_eq!((off.len(), off[0]["STATUS"].as_str()), (1, "CANCELLED"));
    make(&world.leader, order, "schedule", world.session(9, 11)).await.expect(200);
    let anew = read(&visitor, &feed).await;
    assert_eq!(anew.iter().map(|session| session["STATUS"].as_str()).collect::<Vec<_>>(), ["CANCELLED", "CONFIRMED"]);
    assert_ne!(anew[0]["UID"], anew[1]["UID"]);
    let text = visitor.get(&feed).await.text;
    assert!(!text.contains("三号楼") && !text.contains("王桂兰") && !text.contains("张三"), "{text}");
}

#[actix_web::test]
async fn what_the_keeper_says_changes_what_the_calendar_says() {
    let world = World::new().await;
    let keeper = world.app.scheduler("友谊镇").await;
    let room = room_of(&world, "友谊镇", false).await;
    let order = world.claimed().await;
    let session = json!({"sessions": [{"venue_id": room, "starts_at": world.hours(240), "ends_at": world.hours(242)}]});
    make(&world.leader, order, "schedule", session.clone()).await.expect(200);
    let feed = path_of(&world.leader.post("/me/feeds", json!({"kind": "own"})).await.expect(201));
    let visitor = world.app.visitor();
    let asked = read(&visitor, &feed).await;
    assert_eq!(said(&asked[0], ["STATUS", "SUMMARY"]), ["TENTATIVE", "（场地待确认）社区老人急救讲座，约40人"]);
    let calendar = keeper.get("/calendar").await.expect(200);
    assert_eq!(calendar.items()[0]["venue_status"], "tentative");
    world.app.advance(Duration::minutes(5));
    let booking = keeper.get("/bookings?status=tentative").await.expect(200).items()[0]["id"].clone();
    keeper.post(&format!("/bookings/{booking}/confirm"), json!({})).await.expect(200);
    let told = read(&visitor, &feed).await;
    assert_eq!(said(&told[0], ["STATUS", "LAST-MODIFIED"]), ["CONFIRMED", "20260302T010500Z"]);
    assert!(number(&told[0]) > number(&asked[0]));
    // Moved within the same room it is asked for anew, and has one booking that counts.
    let later = json!({"sessions": [{"venue_id": room, "starts_at": world.hours(264), "ends_at": world.hours(266)}]});
    make(&world.leader, order, "schedule", later).await.expect(200);
    assert_eq!(keeper.get("/calendar").await.expect(200).items().iter().map(|item| item["venue_status"].clone()).collect::<Vec<_>>(), ["tentative"]);
    assert_eq!(world.see(&world.leader, order).await.json["sessions"].as_array().map(Vec::len), Some(1));
    assert_eq!(read(&visitor, &format!("/venues/{room}/calendar.ics")).await.len(), 1);
}
