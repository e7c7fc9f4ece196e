//! What takes place in a span of time.

use serde_json::{Value, json};

use super::world::{Town, deed};
use crate::support::statements::db_lines;

#[actix_web::test]
async fn the_public_calendar_has_what_is_open_and_published_and_nothing_else() {
    let town = Town::new().await;
    let visitor = town.world.app.visitor();
    let open = town.published(2, 4).await;
    let mut closed = town.event(5, 6);
    closed["open"] = json!(false);
    let closed = town.scheduler.post("/events", closed).await.expect(201).id();
    deed(&town.scheduler, closed, "publish", json!({})).await.expect(200);
    let draft = town.draft(7, 8).await;
    assert_eq!(town.calendar(&visitor, "").await, [open]);
    assert_eq!(town.calendar(&town.scheduler, "").await, [open, closed, draft]);
    assert_eq!(town.calendar(&town.scheduler, "public=true").await, [open]);
    let supervisor = town.world.app.supervisor().await;
    assert_eq!(town.calendar(&supervisor, "").await, [open, closed], "a draft is of those who plan it");
    let item = visitor.get("/calendar").await.expect(200).json["items"][0].clone();
    assert_eq!((&item["in_charge"], &item["order_id"]), (&Value::Null, &Value::Null));
    assert_eq!((&item["venue"], &item["division"]), (&json!("镇文化活动室"), &json!("繁荣社区")));
    deed(&town.scheduler, open, "cancel", json!({"reason": "大雪封路"})).await.expect(200);
    assert!(town.calendar(&visitor, "").await.is_empty());
}

#[actix_web::test]
async fn a_session_is_in_every_span_that_it_touches_and_in_no_other() {
    let town = Town::new().await;
    let id = town.published(24, 48).await;
    let at = |hours: i64| town.world.hours(hours);
    for (from, until, there) in [(0, 24, false), (0, 25, true), (30, 31, true), (47, 60, true), (48, 60, false)] {
        let found = town.calendar(&town.scheduler, &format!("from={}&until={}", at(from), at(until))).await;
        assert_eq!(found == [id], there, "{from} to {until}");
    }
    let visitor = town.world.app.visitor();
    visitor.get(&format!("/calendar?from={}&until={}", at(5), at(5))).await.refused(400, "query_unreadable");
    visitor.get(&format!("/calendar?from={}&until={}", at(0), at(24 * 63))).await.refused(400, "query_unreadable");
}

#[actix_web::test]
async fn it_is_narrowed_by_place_venue_organiser_and_kind() {
    let town = Town::new().await;
    let id = town.published(2, 4).await;
    let visitor = town.world.app.visitor();
    let (venue, centre) = (town.venue, town.centre);
    let narrow = [
        ("division=230522100000".to_owned(), true),
        ("division=230522101000".to_owned(), false),
        (format!("venue_id={venue}"), true),
        (format!("venue_id={}", venue + 1), false),
        (format!("organiser_id={centre}"), true),
        (format!("organiser_id={}", town.world.team()), false),
        ("kind=lecture".to_owned(), true),
        ("kind=contest".to_owned(), false),
    ];
    for (query, there) in narrow {
        assert_eq!(town.calendar(&visitor, &query).await == [id], there, "{query}");
    }
    visitor.get("/calendar?division=999999999999").await.refused(400, "query_unreadable");
}

#[actix_web::test]
async fn a_month_of_many_takes_as_many_statements_as_one() {
    let town = Town::new().await;
    let id = town.published(2, 4).await;
    let (one, few) = town.world.app.db_statements(town.scheduler.get("/calendar")).await;
    let more = "INSERT INTO event_sessions (event_id, starts_at, ends_at, in_charge_id, state, venue_id) SELECT event_id, starts_at, ends_at, in_charge_id, state, venue_id FROM event_sessions";
    for _ in 0..5 {
        db_lines(&mut town.world.app.db(), &format!("{more} WHERE event_id = {id} RETURNING 'x' AS line"));
    }
    let (many, statements) = town.world.app.db_statements(town.scheduler.get("/calendar")).await;
    let length = |answer: &crate::support::client::Answer| answer.json["items"].as_array().map(Vec::len);
    assert_eq!((length(&one), length(&many)), (Some(1), Some(32)));
    assert_eq!(few.len(), statements.len(), "{}", statements.join("\n"));
}
