//! The code at the door.

use chrono::Duration;
use serde_json::{Value, json};

use super::world::{check_in, code, counts, device, session_of};
use crate::events::world::{Town, deed};
use crate::support::statements::db_lines;

#[actix_web::test]
async fn the_door_shows_a_code_from_an_hour_before_the_start_to_who_stands_there_and_to_nobody_else() {
    let town = Town::new().await;
    let session = session_of(&town.scheduler, town.published(2, 4).await).await;
    let path = format!("/sessions/{session}/door");
    let door = town.scheduler.get(&path).await.expect(200);
    assert_eq!((&door.json["code"], &door.json["opens_at"]), (&Value::Null, &json!(town.world.hours(1))));
    assert_eq!((&door.json["closes_at"], &door.json["venue"]), (&json!("2026-03-02T05:30:00Z"), &json!("镇文化活动室")));
    town.world.app.advance(Duration::minutes(60));
    let door = town.scheduler.get(&path).await.expect(200);
    assert!(door.json["code"].as_str().is_some_and(|code| code.len() == 6), "{door}");
    assert_eq!((&door.json["seconds_left"], &door.json["checked_in"]), (&json!(60), &json!(0)));
    town.world.app.visitor().get(&path).await.refused(401, "sign_in");
    for other in [&town.world.resident, &town.world.leader, &town.world.officer, &town.world.county, &town.world.town] {
        let refused = other.get(&path).await;
        let plans = refused.status == 200;
        // Who dispatches for the same centre plans its events too.
        assert_eq!(plans, std::ptr::eq(other, &raw const town.world.town), "{refused}");
        if !plans {
            refused.refused(403, "forbidden");
        }
    }
    // Half an hour after the end it is closed; and what was called off has no door.
    town.world.app.advance(Duration::minutes(210));
    assert_eq!(town.scheduler.get(&path).await.expect(200).json["code"], Value::Null);
    let off = town.published(1, 2).await;
    let session = session_of(&town.scheduler, off).await;
    let shown = code(&town.scheduler, session).await;
    deed(&town.scheduler, off, "cancel", json!({"reason": "大雪封路"})).await.expect(200);
    assert_eq!(town.scheduler.get(&format!("/sessions/{session}/door")).await.expect(200).json["code"], Value::Null);
    check_in(&town.world.resident, session, json!({"code": shown})).await.refused(404, "not_found");
    // Of a draft nobody else knows.
    let draft = session_of(&town.scheduler, town.draft(5, 6).await).await;
    town.world.resident.get(&format!("/sessions/{draft}/door")).await.refused(404, "not_found");
    town.scheduler.get("/sessions/1000000/door").await.refused(404, "not_found");
}

#[actix_web::test]
async fn an_account_or_a_device_counts_once_however_often_it_is_sent() {
    let town = Town::new().await;
    let session = session_of(&town.scheduler, town.published(1, 3).await).await;
    let shown = code(&town.scheduler, session).await;
    let (visitor, resident) = (town.world.app.visitor(), &town.world.resident);
    let first = check_in(resident, session, json!({"code": shown})).await.expect(200);
    assert_eq!((&first.json["title"], &first.json["heads"], &first.json["before"]), (&json!("家庭用电安全讲座"), &json!(1), &json!(false)));
    // From another device, with another company: the account has been counted.
    let again = check_in(resident, session, json!({"code": shown, "device": device("other"), "heads": 4})).await.expect(200);
    assert_eq!((&again.json["heads"], &again.json["before"]), (&json!(1), &json!(true)));
    let family = json!({"code": shown, "device": device("family"), "heads": 3});
    assert_eq!(check_in(&visitor, session, family.clone()).await.expect(200).json["before"], false);
    assert_eq!(check_in(&visitor.clone().at("192.0.2.77"), session, family).await.expect(200).json["before"], true);
    check_in(&visitor, session, json!({"code": shown, "device": device("single")})).await.expect(200);
    let seen = counts(&town.scheduler, session).await;
    assert_eq!((&seen["sessions"][0]["checked_in"], &seen["sessions"][0]["counted"], &seen["sessions"][0]["reported"]), (&json!(5), &json!(5), &Value::Null));
    assert_eq!((&seen["person_times"], &seen["persons"]), (&json!(5), &json!({"at_least": 5, "at_most": 5})));
    assert_eq!(town.scheduler.get(&format!("/sessions/{session}/door")).await.expect(200).json["checked_in"], 5);
    // Not without anything to be known by; not with more than a family.
    let nobody = check_in(&visitor, session, json!({"code": shown})).await.refused(422, "invalid_input");
    assert_eq!((&nobody.json["errors"][0]["pointer"], &nobody.json["errors"][0]["code"]), (&json!("/device"), &json!("missing")));
    check_in(&visitor, session, json!({"code": shown, "device": device("bus"), "heads": 40})).await.expect(422);
    check_in(&visitor, session, json!({"code": "12345", "device": device("bus")})).await.expect(422);
}

#[actix_web::test]
async fn what_was_scanned_without_a_network_is_counted_by_the_minute_in_which_it_was_scanned() {
    let town = Town::new().await;
    let session = session_of(&town.scheduler, town.published(1, 2).await).await;
    let visitor = town.world.app.visitor();
    let shown = code(&town.scheduler, session).await;
    let sent = |name: &str, waited: i64| json!({"code": shown, "device": device(name), "waited_seconds": waited});
    town.world.app.advance(Duration::seconds(179));
    check_in(&visitor, session, sent("slow", 0)).await.expect(200);
    town.world.app.advance(Duration::seconds(1));
    check_in(&visitor, session, sent("late", 0)).await.refused(409, "code_not_valid");
    check_in(&visitor, session, sent("late", 180)).await.expect(200);
    // Two days later it still counts, and the event may have been reported meanwhile.
    town.world.app.advance(Duration::days(2));
    check_in(&visitor, session, sent("home", 2 * 86_400 + 180)).await.expect(200);
    let closed = check_in(&visitor, session, sent("never", 0)).await.refused(409, "door_closed");
    assert_eq!((&closed.json["opens_at"], &closed.json["closes_at"]), (&json!("2026-03-02T01:00:00Z"), &json!("2026-03-02T03:30:00Z")));
    check_in(&visitor, session, sent("before", 2 * 86_400 + 181)).await.refused(409, "door_closed");
    town.world.app.advance(Duration::days(1));
    check_in(&visitor, session, sent("older", 3 * 86_400 + 180)).await.refused(409, "sent_too_late");
    assert_eq!(counts(&town.scheduler, session).await["person_times"], 3);
}

#[actix_web::test]
async fn six_digits_are_not_guessed_by_trying() {
    let town = Town::new().await;
    let session = session_of(&town.scheduler, town.published(1, 2).await).await;
    let shown = code(&town.scheduler, session).await;
    let wrong = if shown == "000000" { "000001" } else { "000000" };
    let (one, other) = (town.world.app.visitor(), town.world.app.visitor().at("192.0.2.99"));
    for _ in 0..20 {
        check_in(&one, session, json!({"code": wrong, "device": device("guess")})).await.refused(409, "code_not_valid");
    }
    let closed = check_in(&one, session, json!({"code": shown, "device": device("guess")})).await.refused(429, "budget_used_up");
    assert_eq!(closed.header("retry-after"), Some("901"));
    // Whoever is signed in there waits too; elsewhere nobody does.
    check_in(&town.world.resident, session, json!({"code": shown})).await.refused(429, "budget_used_up");
    check_in(&other, session, json!({"code": shown, "device": device("guest")})).await.expect(200);
    town.world.app.advance(Duration::minutes(15));
    let shown = code(&town.scheduler, session).await;
    check_in(&one, session, json!({"code": shown, "device": device("guess")})).await.expect(200);
    // From ever new addresses one is no better off.
    let wrong = if shown == "000000" { "000001" } else { "000000" };
    for n in 0..280 {
        let visitor = town.world.app.visitor().at(&format!("198.51.100.{}", n % 250));
        check_in(&visitor, session, json!({"code": wrong, "device": device("guess")})).await.refused(409, "code_not_valid");
    }
    check_in(&other, session, json!({"code": shown, "device": device("third")})).await.refused(429, "budget_used_up");
}

#[actix_web::test]
async fn nothing_is_kept_of_who_it_was_and_nothing_ties_one_event_to_another() {
    let town = Town::new().await;
    let (visitor, resident) = (town.world.app.visitor(), &town.world.resident);
    for from in [1, 3] {
        let session = session_of(&town.scheduler, town.published(from, from + 1).await).await;
        town.world.app.advance(Duration::hours(i64::from(from == 3) * 2));
        let shown = code(&town.scheduler, session).await;
        check_in(&visitor, session, json!({"code": shown, "device": device("phone")})).await.expect(200);
        check_in(resident, session, json!({"code": shown})).await.expect(200);
    }
    let marks = db_lines(&mut town.world.app.db(), "SELECT mark AS line FROM check_ins ORDER BY id");
    assert_eq!(marks.len(), 4);
    assert!(marks.iter().all(|mark| mark.len() == 43 && !mark.contains("phone")), "{marks:?}");
    assert_eq!(marks.iter().collect::<std::collections::BTreeSet<_>>().len(), 4, "{marks:?}");
    let journal = "SELECT verb || ' ' || subject_kind || ' ' || fields AS line FROM journal WHERE verb = 'check_in' ORDER BY id";
    assert_eq!(db_lines(&mut town.world.app.db(), journal), ["check_in event_session heads"; 4]);
}

#[actix_web::test]
async fn an_event_to_which_somebody_has_come_is_not_changed_any_more() {
    let town = Town::new().await;
    let id = town.published(1, 3).await;
    let session = session_of(&town.scheduler, id).await;
    let shown = code(&town.scheduler, session).await;
    check_in(&town.world.resident, session, json!({"code": shown})).await.expect(200);
    deed(&town.scheduler, id, "change", town.event(5, 6)).await.refused(409, "people_came");
    assert_eq!(session_of(&town.scheduler, id).await, session);
    town.world.app.advance(Duration::hours(4));
    let report = json!({"sessions": [{"id": session, "attendance": 9}]});
    deed(&town.scheduler, id, "report", report).await.expect(200);
}
