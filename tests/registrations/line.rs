//! The line: who waits, who moves up, and by when they confirm.

use chrono::Duration;
use serde_json::json;

use super::world::{Hall, alone, make, visiting};

#[actix_web::test]
async fn who_comes_too_late_waits_and_moves_up_when_a_place_is_given_back() {
    let hall = Hall::new(1).await;
    let (first, one) = hall.comes(1).await;
    let (second, two) = hall.comes(1).await;
    let (third, three) = hall.comes(1).await;
    let seen = third.get(&format!("/registrations/{three}")).await.expect(200).json;
    assert_eq!((&seen["state"], &seen["place_in_line"]), (&json!("waiting"), &json!(2)));
    assert_eq!(hall.terms(&first).await["waiting"], 2);
    make(&second, two, "confirm").await.refused(409, "not_now");
    make(&first, one, "cancel").await.expect(200);
    // In the same moment, with a day to confirm.
    let offered = second.get(&format!("/registrations/{two}")).await.expect(200).json;
    assert_eq!(
        (&offered["state"], &offered["confirm_by"], &offered["moves"]),
        (&json!("offered"), &json!(hall.town.world.hours(24)), &json!(["confirm", "cancel"]))
    );
    assert_eq!(third.get(&format!("/registrations/{three}")).await.json["place_in_line"], 1);
    assert_eq!(hall.terms(&first).await["left"], 0, "an offered place is held");
    // Who comes new waits behind those who wait.
    let (_, four) = hall.comes(1).await;
    assert_eq!(hall.state(four).await, "waiting");
    assert_eq!(make(&second, two, "confirm").await.expect(200).json["state"], "registered");
    assert_eq!(hall.state(three).await, "waiting");
}

#[actix_web::test]
async fn what_is_not_confirmed_in_time_goes_to_the_next_in_line() {
    let hall = Hall::with(json!({"places": 1, "confirm_hours": 6})).await;
    let (first, one) = hall.comes(1).await;
    let (second, two) = hall.comes(1).await;
    let (third, three) = hall.comes(1).await;
    make(&first, one, "cancel").await.expect(200);
    let app = &hall.town.world.app;
    app.advance(Duration::hours(6) - Duration::seconds(1));
    app.work().await;
    assert_eq!(hall.state(two).await, "offered");
    app.advance(Duration::seconds(1));
    // Before the worker comes by it is too late already.
    make(&second, two, "confirm").await.refused(409, "confirm_over");
    app.work().await;
    assert_eq!((hall.state(two).await.as_str(), hall.state(three).await.as_str()), ("lapsed", "offered"));
    let next = third.get(&format!("/registrations/{three}")).await.expect(200).json;
    assert_eq!(next["confirm_by"], json!(hall.town.world.hours(6)));
    // Who missed it waits again, at the end.
    let again = hall.register(&second, alone(1)).await.expect(201);
    assert_eq!((&again.json["state"], &again.json["place_in_line"]), (&json!("waiting"), &json!(1)));
}

#[actix_web::test]
async fn nobody_has_longer_to_confirm_than_until_it_begins_and_nobody_moves_up_after() {
    let hall = Hall::new(1).await;
    let (first, one) = hall.comes(1).await;
    let (second, two) = hall.comes(1).await;
    let (_, three) = hall.comes(1).await;
    let begins = first.get(&format!("/registrations/{one}")).await.json["event"]["starts_at"].clone();
    let app = &hall.town.world.app;
    app.advance(Duration::hours(47));
    make(&first, one, "cancel").await.expect(200);
    assert_eq!(second.get(&format!("/registrations/{two}")).await.json["confirm_by"], begins);
    app.advance(Duration::hours(2));
    make(&second, two, "confirm").await.refused(409, "begun_already");
    app.work().await;
    assert_eq!((hall.state(two).await.as_str(), hall.state(three).await.as_str()), ("lapsed", "waiting"));
}

#[actix_web::test]
async fn the_line_is_strict_and_a_group_that_gives_up_lets_the_others_through() {
    let hall = Hall::new(4).await;
    hall.comes(2).await;
    let (group, big) = hall.comes(3).await;
    let (_, small) = hall.comes(1).await;
    assert_eq!((hall.state(big).await.as_str(), hall.state(small).await.as_str()), ("waiting", "waiting"), "two places are free, and the group stands first");
    make(&group, big, "cancel").await.expect(200);
    assert_eq!(hall.state(small).await, "offered");
}

#[actix_web::test]
async fn where_the_terms_say_so_those_who_fit_pass_a_group_that_does_not_and_it_keeps_its_place() {
    let hall = Hall::with(json!({"places": 4, "pass_over": true})).await;
    let (first, one) = hall.comes(2).await;
    let (_, big) = hall.comes(3).await;
    let (_, small) = hall.comes(1).await;
    assert_eq!((hall.state(big).await.as_str(), hall.state(small).await.as_str()), ("waiting", "registered"));
    make(&first, one, "cancel").await.expect(200);
    assert_eq!(hall.state(big).await, "offered");
}

#[actix_web::test]
async fn more_places_let_those_in_line_move_up_and_never_are_there_fewer_than_are_taken() {
    let hall = Hall::new(2).await;
    hall.comes(2).await;
    let (_, two) = hall.comes(2).await;
    let (_, three) = hall.comes(1).await;
    hall.set(json!({"places": 4})).await.expect(200);
    assert_eq!((hall.state(two).await.as_str(), hall.state(three).await.as_str()), ("offered", "waiting"));
    let refused = hall.set(json!({"places": 3})).await.refused(409, "fewer_than_taken");
    assert_eq!(refused.json["taken"], 4);
    // Who saw older terms is told so.
    let path = format!("/events/{}/terms", hall.event);
    hall.town.scheduler.post(&path, json!({"places": 9})).if_match("\"1\"").await.refused(412, "stale");
    hall.town.scheduler.post(&path, json!({"places": 9})).await.refused(428, "version_missing");
}

#[actix_web::test]
async fn at_the_registrants_word_the_organiser_confirms_and_cancels_for_them() {
    let hall = Hall::new(1).await;
    let (_, one) = hall.comes(1).await;
    let visitor = hall.town.world.app.visitor();
    let two = hall.register(&visitor, visiting("13800001234", 1)).await.expect(201).id();
    make(&hall.town.scheduler, one, "cancel").await.expect(200);
    assert_eq!(make(&hall.town.scheduler, two, "confirm").await.expect(200).json["state"], "registered");
    make(&hall.town.world.leader, two, "cancel").await.refused(404, "not_found");
    // A centre above may, too: it calls those whom no notice reaches.
    make(&hall.town.world.county, two, "cancel").await.expect(200);
}

#[actix_web::test]
async fn a_long_line_takes_as_many_statements_to_look_at_as_a_short_one() {
    let hall = Hall::new(1).await;
    let (resident, _) = hall.comes(1).await;
    hall.comes(1).await;
    let app = &hall.town.world.app;
    let path = format!("/events/{}/registrations", hall.event);
    let (few, before) = app.db_statements(hall.town.scheduler.get(&path)).await;
    for _ in 0..8 {
        hall.comes(1).await;
    }
    let (many, after) = app.db_statements(hall.town.scheduler.get(&path)).await;
    assert_eq!((few.items().len(), many.items().len()), (2, 10));
    assert_eq!(before.len(), after.len(), "{}", after.join("\n"));
    let (_, before) = app.db_statements(resident.get("/registrations/mine")).await;
    let next = hall.town.published(60, 62).await;
    hall.town.scheduler.post(&format!("/events/{next}/terms"), json!({"places": 1})).if_match("\"0\"").await.expect(200);
    resident.post(&format!("/events/{next}/registrations"), alone(1)).await.expect(201);
    let (mine, after) = app.db_statements(resident.get("/registrations/mine")).await;
    assert_eq!((mine.items().len(), before.len()), (2, after.len()));
}
