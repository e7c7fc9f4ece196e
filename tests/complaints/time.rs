//! What time does to complaints, with the clock held.

use chrono::Duration;
use serde_json::json;

use super::world::{about, complain, listed, make, moves, see, with_phone, words};
use crate::orders::world::World;

#[actix_web::test]
async fn an_answer_is_late_after_fifteen_working_days_and_the_supervisor_is_told_and_may_give_it() {
    let world = World::new().await;
    let supervisor = world.app.supervisor().await;
    let order = world.dispatched().await;
    let id = complain(&world.resident, about(order)).await;
    let seen = see(&world.county, id).await.expect(200);
    // Monday, 2 March: the fifteenth working day after it is Monday, 23 March; it ends at midnight in the county.
    assert_eq!(seen.json["due_at"], "2026-03-23T16:00:00Z");
    assert_eq!(seen.json["answer_by"], "2026-06-02T01:00:00Z");
    world.app.advance(Duration::days(21) + Duration::hours(14));
    world.app.work().await;
    assert_eq!((listed(&supervisor, "?late=true").await, moves(&supervisor, id).await), (vec![], vec![]));
    world.app.advance(Duration::hours(2));
    world.app.work().await;
    let late = see(&world.county, id).await.expect(200);
    assert_eq!((&late.json["late"], &late.json["age_days"], late.etag()), (&json!(true), &json!(21), seen.etag()), "lateness is no change of the complaint");
    assert_eq!(listed(&supervisor, "?late=true&state=open").await, [id]);
    let told = world.heard(&supervisor).await;
    assert_eq!(told.iter().filter(|kind| *kind == "complaint_late").count(), 1, "{told:?}");
    assert!(world.heard(&world.county).await.contains(&"complaint_late".to_owned()));
    // Once more two weeks before three months are over, and never again.
    world.app.advance(Duration::days(54));
    let told = world.heard(&supervisor).await;
    assert!(!told.contains(&"complaint_three_months".to_owned()), "{told:?}");
    world.app.advance(Duration::days(3));
    world.app.work().await;
    world.app.advance(Duration::days(60));
    let told = world.heard(&supervisor).await;
    assert_eq!(told.iter().filter(|kind| *kind == "complaint_three_months").count(), 1, "{told:?}");
    make(&supervisor, id, "answer", words("已办")).await.expect(200);
    assert_eq!(see(&world.county, id).await.json["late"], false);
}

#[actix_web::test]
async fn the_last_answer_has_a_time_of_its_own() {
    let world = World::new().await;
    let supervisor = world.app.supervisor().await;
    let id = complain(&world.resident, json!({"words": "网页上的字太小"})).await;
    make(&world.county, id, "answer", words("已加大字体")).await.expect(200);
    world.app.advance(Duration::days(14));
    let seen = make(&world.resident, id, "not_satisfied", words("还是小")).await.expect(200);
    // Monday, 16 March: fifteen working days over 清明, a day off on Monday, 6 April.
    assert_eq!(seen.json["due_at"], "2026-04-07T16:00:00Z");
    world.app.advance(Duration::days(23));
    world.app.work().await;
    assert_eq!(listed(&supervisor, "?late=true&state=escalated").await, [id]);
    assert!(world.heard(&supervisor).await.contains(&"complaint_late".to_owned()));
    assert!(!world.heard(&world.county).await.contains(&"complaint_late".to_owned()), "it is out of the centre's hands");
}

#[actix_web::test]
async fn an_answer_can_be_disagreed_with_for_thirty_days() {
    let world = World::new().await;
    let first = complain(&world.resident, json!({"words": "网页上的字太小"})).await;
    make(&world.county, first, "answer", words("已加大字体")).await.expect(200);
    world.app.advance(Duration::days(30));
    assert_eq!(moves(&world.resident, first).await, ["not_satisfied"]);
    world.app.advance(Duration::minutes(1));
    assert_eq!(moves(&world.resident, first).await, Vec::<String>::new());
    make(&world.resident, first, "not_satisfied", words("还是小")).await.refused(409, "not_now");
}

#[actix_web::test]
async fn a_contact_is_erased_a_year_after_the_answer_and_three_months_after_it_was_taken_back() {
    let world = World::new().await;
    let (answered, withdrawn) = (complain(&world.resident, with_phone()).await, complain(&world.resident, with_phone()).await);
    let waiting = complain(&world.resident, with_phone()).await;
    make(&world.county, answered, "answer", words("已加大字体")).await.expect(200);
    make(&world.resident, withdrawn, "withdraw", json!({})).await.expect(200);
    let kept = async |world: &World| {
        let mut kept = Vec::new();
        for id in [answered, withdrawn, waiting] {
            kept.push(!see(&world.resident, id).await.expect(200).json["contact"].is_null());
        }
        kept
    };
    world.app.advance(Duration::days(91));
    world.app.work().await;
    assert_eq!(kept(&world).await, [true, true, true]);
    world.app.advance(Duration::days(2));
    world.app.work().await;
    assert_eq!(kept(&world).await, [true, false, true]);
    world.app.advance(Duration::days(273));
    world.app.work().await;
    assert_eq!(kept(&world).await, [false, false, true]);
}
