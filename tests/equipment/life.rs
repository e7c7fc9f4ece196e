//! From the wish to the feedback.

use serde_json::{Value, json};

use super::world::{Fair, deed};
use crate::support::statements::db_lines;

#[actix_web::test]
async fn two_wishes_stand_side_by_side_and_one_is_agreed_and_the_other_refused_with_a_reason() {
    let fair = Fair::new().await;
    let first = fair.wished(&fair.youyi, "友谊镇", 10, 12).await;
    let second = fair.wished(&fair.xinglong, "兴隆镇", 12, 14).await;
    assert!(fair.heard(&fair.keeper).await.contains(&("loan_wish".to_owned(), "科普大篷车1号".to_owned())));
    let agreed = deed(&fair.keeper, first, "agree", json!({"words": "请带驾驶员来取"})).await.expect(200);
    assert_eq!((&agreed.json["state"], &agreed.json["answer"], &agreed.json["version"]), (&json!("agreed"), &json!("请带驾驶员来取"), &json!(2)));
    // The twelfth day is taken; who has it is told, and a no needs a reason.
    let taken = deed(&fair.keeper, second, "agree", json!({})).await.refused(409, "taken");
    assert_eq!((&taken.json["resource"], &taken.json["holder"]["loan_id"]), (&json!("equipment"), &json!(first)), "{taken}");
    deed(&fair.keeper, second, "refuse", json!({"reason": " "})).await.expect(422);
    let refused = deed(&fair.keeper, second, "refuse", json!({"reason": "这几天已答应友谊镇"})).await.expect(200);
    assert_eq!((&refused.json["state"], &refused.json["moves"]), (&json!("refused"), &json!([])));
    assert_eq!(fair.xinglong.get(&format!("/loans/{second}")).await.expect(200).json["answer"], "这几天已答应友谊镇");
    assert_eq!(fair.heard(&fair.youyi).await, [("loan_agree".to_owned(), "科普大篷车1号".to_owned())]);
    assert_eq!(fair.heard(&fair.xinglong).await, [("loan_refuse".to_owned(), "科普大篷车1号".to_owned())]);
    // Back to back is fine.
    let third = fair.wished(&fair.xinglong, "兴隆镇", 13, 14).await;
    deed(&fair.keeper, third, "agree", json!({})).await.expect(200);
}

#[actix_web::test]
async fn the_caravan_is_handed_over_given_back_and_told_of() {
    let fair = Fair::new().await;
    let loan = fair.agreed(1, 3).await;
    let seen = fair.youyi.get(&format!("/loans/{loan}")).await.expect(200);
    assert_eq!((&seen.json["moves"], &seen.json["keeper"]["name"]), (&json!(["withdraw"]), &json!("县科协")));
    let out = deed(&fair.keeper, loan, "hand_over", json!({"condition": "展品20件齐全"})).await.expect(200);
    assert_eq!((&out.json["state"], &out.json["condition_out"], &out.json["moves"]), (&json!("handed_over"), &json!("展品20件齐全"), &json!(["give_back"])));
    deed(&fair.youyi, loan, "withdraw", json!({})).await.refused(409, "not_now");
    deed(&fair.youyi, loan, "give_back", json!({"condition": "好的"})).await.refused(403, "forbidden");
    fair.app.advance(chrono::Duration::days(2));
    let back = deed(&fair.keeper, loan, "give_back", json!({"condition": "3号展台插头松动"})).await.expect(200);
    assert_eq!((&back.json["state"], &back.json["condition_back"], &back.json["late_at"]), (&json!("given_back"), &json!("3号展台插头松动"), &Value::Null));
    deed(&fair.youyi, loan, "report", json!({"attendance": -1, "remarks": "好"})).await.expect(422);
    let told = deed(&fair.youyi, loan, "report", json!({"attendance": 640, "remarks": "走了6所学校"})).await.expect(200);
    assert_eq!((&told.json["attendance"], &told.json["remarks"], &told.json["moves"]), (&json!(640), &json!("走了6所学校"), &json!([])));
    deed(&fair.youyi, loan, "report", json!({"attendance": 700, "remarks": "再写一次"})).await.refused(409, "reported_already");
    assert_eq!(fair.heard(&fair.keeper).await.first(), Some(&("loan_report".to_owned(), "科普大篷车1号".to_owned())));
    assert_eq!(fair.heard(&fair.youyi).await.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), ["loan_give_back", "loan_hand_over", "loan_agree"]);
    let verbs = db_lines(&mut fair.app.db(), &format!("SELECT verb AS line FROM journal WHERE subject_kind = 'loan' AND subject_id = {loan} ORDER BY id"));
    assert_eq!(verbs, ["wish_equipment", "agree_loan", "hand_over_loan", "give_back_loan", "report_loan"]);
}

#[actix_web::test]
async fn what_came_back_early_is_free_for_the_days_that_are_left() {
    let fair = Fair::new().await;
    let loan = fair.out(5).await;
    let next = fair.wished(&fair.xinglong, "兴隆镇", 3, 4).await;
    deed(&fair.keeper, next, "agree", json!({})).await.refused(409, "taken");
    fair.app.advance(chrono::Duration::days(2));
    deed(&fair.keeper, loan, "give_back", json!({"condition": "完好"})).await.expect(200);
    deed(&fair.keeper, next, "agree", json!({})).await.expect(200);
}

#[actix_web::test]
async fn it_is_fetched_on_the_day_before_at_the_earliest_and_never_while_another_has_it() {
    let fair = Fair::new().await;
    let first = fair.out(1).await;
    let next = fair.wished(&fair.xinglong, "兴隆镇", 2, 3).await;
    deed(&fair.keeper, next, "agree", json!({})).await.expect(200);
    let condition = json!({"condition": "完好"});
    deed(&fair.keeper, next, "hand_over", condition.clone()).await.refused(409, "too_early");
    fair.app.advance(chrono::Duration::days(2));
    let out = deed(&fair.keeper, next, "hand_over", condition.clone()).await.refused(409, "still_out");
    assert_eq!((&out.json["loan_id"], &out.json["borrower_id"]), (&json!(first), &json!(fair.town("友谊镇"))));
    deed(&fair.keeper, first, "give_back", condition.clone()).await.expect(200);
    deed(&fair.keeper, next, "hand_over", condition).await.expect(200);
}

#[actix_web::test]
async fn what_is_withdrawn_or_refused_after_a_yes_is_free_again() {
    let fair = Fair::new().await;
    let first = fair.agreed(10, 12).await;
    deed(&fair.youyi, first, "withdraw", json!({})).await.expect(200);
    assert_eq!(fair.heard(&fair.keeper).await.first().map(|(kind, _)| kind.clone()), Some("loan_withdraw".to_owned()));
    let second = fair.agreed(10, 12).await;
    deed(&fair.keeper, second, "refuse", json!({"reason": "车坏了，在修"})).await.expect(200);
    let third = fair.wished(&fair.xinglong, "兴隆镇", 12, 12).await;
    deed(&fair.keeper, third, "agree", json!({})).await.expect(200);
}

#[actix_web::test]
async fn all_that_cannot_be_wished_for_is_told() {
    let fair = Fair::new().await;
    let path = format!("/equipment/{}/wish", fair.caravan);
    let codes = async |wish: Value| {
        let refused = fair.youyi.post(&path, wish).await.expect(422);
        refused.json["errors"].as_array().into_iter().flatten().map(|fault| fault["code"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(codes(fair.wish("友谊镇", -1, 3)).await, ["in_the_past"]);
    assert_eq!(codes(fair.wish("友谊镇", 3, 2)).await, ["ends_before_it_starts"]);
    assert_eq!(codes(fair.wish("友谊镇", 3, 95)).await, ["too_long"]);
    assert_eq!(codes(fair.wish("友谊镇", 600, 602)).await, ["too_far"]);
    // Today, and for 92 days, can be had.
    fair.youyi.post(&path, fair.wish("友谊镇", 0, 91)).await.expect(201);
    // For another organisation than one's own, and as nobody who plans.
    fair.youyi.post(&path, fair.wish("兴隆镇", 3, 4)).await.refused(403, "forbidden");
    fair.app.resident().await.post(&path, fair.wish("友谊镇", 3, 4)).await.refused(403, "forbidden");
    fair.app.visitor().post(&path, fair.wish("友谊镇", 3, 4)).await.refused(401, "sign_in");
}

#[actix_web::test]
async fn sent_twice_it_is_wished_for_once() {
    let fair = Fair::new().await;
    let send = || fair.youyi.post(&format!("/equipment/{}/wish", fair.caravan), fair.wish("友谊镇", 3, 4)).header("Idempotency-Key", "the-same-wish-1");
    let (first, second) = (send().await.expect(201), send().await.expect(201));
    assert_eq!((first.id(), first.location()), (second.id(), format!("/api/v1/loans/{}", first.id())));
    assert_eq!(db_lines(&mut fair.app.db(), "SELECT CAST(count(*) AS TEXT) AS line FROM loans"), ["1"]);
}

#[actix_web::test]
async fn a_deed_on_a_loan_is_judged_in_the_one_order() {
    let fair = Fair::new().await;
    let loan = fair.wished(&fair.youyi, "友谊镇", 3, 4).await;
    let path = format!("/loans/{loan}/refuse");
    let no = json!({"reason": "在修"});
    fair.app.visitor().post(&path, no.clone()).if_match("\"1\"").await.refused(401, "sign_in");
    fair.app.resident().await.post(&path, no.clone()).if_match("\"1\"").await.refused(404, "not_found");
    fair.xinglong.post(&path, no.clone()).if_match("\"1\"").await.refused(403, "forbidden");
    fair.keeper.post(&path, no.clone()).await.refused(428, "version_missing");
    fair.keeper.post(&path, json!({})).if_match("\"1\"").await.expect(422);
    fair.keeper.post(&path, no.clone()).if_match("\"7\"").await.refused(412, "stale");
    let send = || fair.keeper.post(&path, no.clone()).if_match("\"1\"").header("Idempotency-Key", "the-same-no-1");
    send().await.expect(200);
    // A repeat is no second deed.
    assert_eq!(send().await.expect(200).json["version"], 2);
    let late = deed(&fair.keeper, loan, "agree", json!({})).await.refused(409, "not_now");
    assert_eq!(late.json["loan_state"], "refused");
}
