//! Until when an offered or opened order waits: its deadline follows the offer and the opening.

use chrono::Duration;
use kepu::clock::Moment;
use serde_json::{Value, json};

use super::world::{World, make};
use crate::support::client::Answer;
use crate::support::database::moment;

/// Moves the clock on and lets the worker do a round.
async fn after(world: &World, by: Duration) {
    world.app.advance(by);
    world.app.work().await;
}

/// Until when it waits and whether it is marked late.
fn due(seen: &Answer) -> (Moment, bool) {
    (moment(seen.json["due_at"].as_str().unwrap_or_default()), seen.json["late"] == true)
}

async fn offer(world: &World, id: i64) -> Answer {
    make(&world.officer, id, "offer", json!({"team_id": world.team()})).await.expect(200)
}

#[actix_web::test]
async fn an_offer_that_is_made_late_waits_as_long_as_one_that_is_made_at_once_and_is_open_to_all_for_a_whole_time_when_it_ends() {
    let world = World::new().await;
    let id = world.accepted().await;
    // Monday; five working days end with the next Monday. On Friday it is offered: two working days end with Tuesday.
    after(&world, Duration::days(4)).await;
    let offered = offer(&world, id).await;
    assert_eq!(due(&offered), (moment("2026-03-10T16:00:00Z"), false));
    assert_eq!(moment(offered.json["offer"]["answer_by"].as_str().unwrap_or_default()), moment("2026-03-10T16:00:00Z"));
    // Past the time that it had when it was accepted, and within the offer's.
    after(&world, Duration::hours(4 * 24 - 1)).await;
    assert_eq!(due(&world.see(&world.officer, id).await), (moment("2026-03-10T16:00:00Z"), false));
    // On Wednesday the worker opens it: five working days end with the next Wednesday.
    after(&world, Duration::days(1)).await;
    let opened = world.see(&world.officer, id).await;
    assert_eq!((&opened.json["state"], &opened.json["offer"]), (&json!("accepted"), &Value::Null));
    assert_eq!(due(&opened), (moment("2026-03-18T16:00:00Z"), false));
    after(&world, Duration::days(8)).await;
    assert_eq!(due(&world.see(&world.officer, id).await), (moment("2026-03-18T16:00:00Z"), true));
}

#[actix_web::test]
async fn an_offer_that_the_officer_or_the_team_ends_leaves_the_others_their_whole_time_too() {
    let world = World::new().await;
    for verb in ["open", "decline"] {
        let id = world.accepted().await;
        let who = if verb == "open" { &world.officer } else { &world.leader };
        let start = world.now();
        offer(&world, id).await;
        world.app.advance(Duration::days(1));
        make(who, id, verb, json!({})).await.expect(200);
        let (until, late) = due(&world.see(&world.officer, id).await);
        // From Tuesday on, five working days end with the next Tuesday; from Wednesday on with the next Wednesday.
        let days = 8 + i64::from(verb == "decline");
        assert_eq!((until, late), (moment("2026-03-02T16:00:00Z").plus(Duration::days(days)), false), "{verb} after {start:?}");
    }
}

#[actix_web::test]
async fn an_order_that_nobody_took_in_time_stays_marked_and_is_told_every_week_however_often_it_is_offered() {
    let world = World::new().await;
    let id = world.accepted().await;
    let told = async |world: &World| world.heard(&world.resident).await.iter().filter(|kind| *kind == "nobody_yet").count();
    after(&world, Duration::hours(24 * 7 + 16)).await;
    assert_eq!((due(&world.see(&world.officer, id).await).1, told(&world).await), (true, 1));
    // Tuesday of the second week: the offer ends with Thursday, the opening after it with the next Friday.
    assert_eq!(due(&offer(&world, id).await), (moment("2026-03-12T16:00:00Z"), true));
    after(&world, Duration::days(3)).await;
    assert_eq!(due(&world.see(&world.officer, id).await), (moment("2026-03-20T16:00:00Z"), true));
    assert_eq!(told(&world).await, 1);
    after(&world, Duration::days(4)).await;
    assert_eq!(told(&world).await, 2, "a week after the first word");
    after(&world, Duration::days(7)).await;
    assert_eq!((due(&world.see(&world.officer, id).await).1, told(&world).await), (true, 3));
    make(&world.leader, id, "claim", json!({"team_id": world.team()})).await.expect(200);
    assert!(!due(&world.see(&world.officer, id).await).1, "claimed: the next stage is not late");
}
