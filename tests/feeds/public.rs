//! What everybody may subscribe to.

use std::io::Read;

use flate2::read::GzDecoder;
use serde_json::json;

use super::world::{read, said, sessions, titles};
use crate::events::world::{Town, deed};
use crate::orders::world::make;

#[actix_web::test]
async fn the_public_calendar_has_what_is_open_and_published_and_nothing_else() {
    let town = Town::new().await;
    let visitor = town.world.app.visitor();
    let open = town.published(2, 4).await;
    let mut closed = town.event(5, 6);
    closed["open"] = json!(false);
    closed["title"] = json!("内部培训");
    let closed = town.scheduler.post("/events", closed).await.expect(201).id();
    deed(&town.scheduler, closed, "publish", json!({})).await.expect(200);
    town.draft(7, 8).await;
    town.world.scheduled().await;
    let told = read(&visitor, "/calendar.ics").await;
    let [session] = told.as_slice() else { panic!("{told:?}") };
    // Nine in the morning of Monday, 2 March 2026, in UTC: two hours later.
    assert_eq!(
        said(session, ["SUMMARY", "DTSTART", "DTEND", "STATUS", "SEQUENCE", "CLASS"]),
        ["家庭用电安全讲座", "20260302T030000Z", "20260302T050000Z", "CONFIRMED", "1", "PUBLIC"]
    );
    assert_eq!(said(session, ["LOCATION", "DESCRIPTION"]), ["镇文化活动室 镇政府一楼", "带上家里的旧插座\n举办：友谊镇新时代文明实践所"]);
    assert!(session["URL"].ends_with(&format!("/events/{open}")), "{session:?}");
    // Whoever may know of more sees no more here.
    assert_eq!(titles(&town.scheduler, "/calendar.ics").await.len(), 1);
    for (query, there) in [("division=230522100000", 1), ("division=230522101000", 0), ("kind=lecture", 1), ("kind=contest", 0)] {
        assert_eq!(titles(&visitor, &format!("/calendar.ics?{query}")).await.len(), there, "{query}");
    }
    visitor.get("/calendar.ics?division=999999999999").await.refused(400, "query_unreadable");
    let (centre, team) = (town.centre, town.world.team());
    assert_eq!(titles(&visitor, &format!("/organisations/{centre}/calendar.ics")).await, ["家庭用电安全讲座"]);
    assert!(titles(&visitor, &format!("/organisations/{team}/calendar.ics")).await.is_empty(), "an order's event is closed");
    visitor.get("/organisations/1000000/calendar.ics").await.refused(404, "not_found");
}

#[actix_web::test]
async fn a_venues_calendar_says_of_what_is_closed_only_that_it_is_taken() {
    let town = Town::new().await;
    let visitor = town.world.app.visitor();
    let open = town.published(2, 4).await;
    let order = town.world.claimed().await;
    let session = json!({"sessions": [{"venue_id": town.venue, "starts_at": town.world.hours(6), "ends_at": town.world.hours(8), "setup_minutes": 30}]});
    make(&town.world.leader, order, "schedule", session).await.expect(200);
    let path = format!("/venues/{}/calendar.ics", town.venue);
    let answer = visitor.get(&path).await;
    let told = sessions(&answer);
    let seen: Vec<[&str; 4]> = told.iter().map(|session| said(session, ["SUMMARY", "DTSTART", "DTEND", "STATUS"])).collect();
    assert_eq!(
        seen,
        [
            ["家庭用电安全讲座", "20260302T030000Z", "20260302T050000Z", "CONFIRMED"],
            // From the set-up on.
            ["已占用", "20260302T063000Z", "20260302T090000Z", "CONFIRMED"]
        ]
    );
    assert_eq!(said(&told[1], ["DESCRIPTION", "URL", "LOCATION"]), ["", "", "镇文化活动室"]);
    assert!(!answer.text.contains("急救") && !answer.text.contains("王桂兰"), "{}", answer.text);
    // What is called off is told as such, and no more of what was closed.
    make(&town.world.leader, order, "postpone", json!({"reason": "weather"})).await.expect(200);
    deed(&town.scheduler, open, "cancel", json!({"reason": "大雪封路"})).await.expect(200);
    let told = read(&visitor, &path).await;
    let seen: Vec<[&str; 2]> = told.iter().map(|session| said(session, ["SUMMARY", "STATUS"])).collect();
    assert_eq!(seen, [["（已取消）家庭用电安全讲座", "CANCELLED"], ["（已取消）已占用", "CANCELLED"]]);
    visitor.get("/venues/1000000/calendar.ics").await.refused(404, "not_found");
}

#[actix_web::test]
async fn whoever_has_it_as_it_is_now_is_told_so_and_not_sent_it() {
    let town = Town::new().await;
    let visitor = town.world.app.visitor();
    let id = town.published(2, 4).await;
    let first = visitor.get("/calendar.ics").await.expect(200);
    let tag = first.etag();
    town.world.app.advance(chrono::Duration::minutes(10));
    let again = visitor.get("/calendar.ics").header("If-None-Match", &tag).await.expect(304);
    assert_eq!((again.text.as_str(), again.etag()), ("", tag.clone()));
    let packed = visitor.get("/calendar.ics").header("Accept-Encoding", "gzip").await.expect(200);
    let mut text = String::new();
    GzDecoder::new(packed.bytes.as_ref()).read_to_string(&mut text).expect("it is gzip");
    assert_eq!((text, packed.header("content-encoding")), (first.text, Some("gzip")));
    assert_ne!(packed.etag(), tag, "each form has a tag of its own");
    visitor.get("/calendar.ics").header("Accept-Encoding", "gzip").header("If-None-Match", &packed.etag()).await.expect(304);
    deed(&town.scheduler, id, "change", town.event(5, 6)).await.expect(200);
    visitor.get("/calendar.ics").header("If-None-Match", &tag).await.expect(200);
}

#[actix_web::test]
async fn an_open_event_is_put_into_a_calendar_by_itself() {
    let town = Town::new().await;
    let visitor = town.world.app.visitor();
    let (open, draft) = (town.published(2, 4).await, town.draft(5, 6).await);
    assert_eq!(titles(&visitor, &format!("/events/{open}/calendar.ics")).await, ["家庭用电安全讲座"]);
    for client in [&visitor, &town.scheduler] {
        client.get(&format!("/events/{draft}/calendar.ics")).await.refused(404, "not_found");
    }
}
