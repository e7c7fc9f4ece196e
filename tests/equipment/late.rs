//! What happens when nobody answers, nobody comes for it, or it does not come back.

use chrono::Duration;
use serde_json::{Value, json};

use super::world::{Fair, deed};

fn kinds(heard: &[(String, String)]) -> Vec<&str> {
    heard.iter().map(|(kind, _)| kind.as_str()).collect()
}

#[actix_web::test]
async fn what_is_not_given_back_in_time_is_marked_once_and_both_hear_of_it() {
    let fair = Fair::new().await;
    let loan = fair.out(0).await;
    let etag = fair.keeper.get(&format!("/loans/{loan}")).await.etag();
    fair.app.work().await;
    assert_eq!(fair.keeper.get(&format!("/loans/{loan}")).await.json["late_at"], Value::Null);
    fair.app.advance(Duration::days(1));
    assert!(kinds(&fair.heard(&fair.keeper).await).contains(&"loan_late"));
    assert_eq!(kinds(&fair.heard(&fair.youyi).await).iter().filter(|kind| **kind == "loan_late").count(), 1);
    let late = fair.keeper.get(&format!("/loans/{loan}")).await;
    assert!(late.json["late_at"].is_string(), "{late}");
    assert_eq!(late.etag(), etag, "a mark is no change that anybody must have seen");
    fair.app.advance(Duration::days(1));
    assert_eq!(kinds(&fair.heard(&fair.youyi).await).iter().filter(|kind| **kind == "loan_late").count(), 1, "once");
    deed(&fair.keeper, loan, "give_back", json!({"condition": "完好"})).await.expect(200);
}

#[actix_web::test]
async fn a_wish_lapses_when_nobody_has_answered_by_the_end_of_its_first_day() {
    let fair = Fair::new().await;
    let loan = fair.wished(&fair.youyi, "友谊镇", 0, 5).await;
    fair.app.work().await;
    assert_eq!(fair.youyi.get(&format!("/loans/{loan}")).await.json["state"], "wished");
    fair.app.advance(Duration::days(1));
    assert_eq!(kinds(&fair.heard(&fair.youyi).await), ["loan_lapse"]);
    assert_eq!(fair.youyi.get(&format!("/loans/{loan}")).await.json["state"], "lapsed");
    deed(&fair.keeper, loan, "agree", json!({})).await.refused(409, "not_now");
}

#[actix_web::test]
async fn what_was_agreed_and_never_fetched_lapses_after_its_last_day() {
    let fair = Fair::new().await;
    let loan = fair.agreed(1, 2).await;
    fair.app.advance(Duration::days(2));
    fair.app.work().await;
    assert_eq!(fair.youyi.get(&format!("/loans/{loan}")).await.json["state"], "agreed");
    fair.app.advance(Duration::days(1));
    assert_eq!(kinds(&fair.heard(&fair.youyi).await), ["loan_lapse", "loan_agree"]);
    assert_eq!(fair.youyi.get(&format!("/loans/{loan}")).await.json["state"], "lapsed");
}
