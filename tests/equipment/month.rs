//! The month of a piece of equipment, and the lists.

use serde_json::{Value, json};

use super::world::{Fair, caravan, deed};
use crate::support::client::{Answer, Client};

fn field(answer: &Answer, list: &str, field: &str) -> Vec<Value> {
    answer.json[list].as_array().into_iter().flatten().map(|item| item[field].clone()).collect()
}

async fn ids(client: &Client, query: &str) -> Vec<i64> {
    client.get(&format!("/loans?{query}")).await.expect(200).items().iter().filter_map(|item| item["id"].as_i64()).collect()
}

#[actix_web::test]
async fn those_who_plan_see_the_wishes_of_a_month_side_by_side_and_nobody_else_does() {
    let fair = Fair::new().await;
    let month = fair.day(10)[..7].to_owned();
    let (first, second, third) = (
        fair.wished(&fair.youyi, "友谊镇", 10, 12).await,
        fair.wished(&fair.xinglong, "兴隆镇", 9, 11).await,
        fair.wished(&fair.xinglong, "兴隆镇", 10, 10).await,
    );
    deed(&fair.keeper, first, "refuse", json!({"reason": "改到下个月吧"})).await.expect(200);
    deed(&fair.xinglong, third, "withdraw", json!({})).await.expect(200);
    let path = format!("/equipment/{}/month?month={month}", fair.caravan);
    let seen = fair.youyi.get(&path).await.expect(200);
    assert_eq!(field(&seen, "loans", "id"), [json!(second), json!(first)], "in the order of days, without what was withdrawn");
    assert_eq!(field(&seen, "loans", "answer"), [Value::Null, json!("改到下个月吧")]);
    assert_eq!(seen.json["equipment"]["name"], "科普大篷车1号");
    // Who may answer is told so.
    assert_eq!(field(&fair.keeper.get(&path).await.expect(200), "loans", "moves"), [json!(["agree", "refuse"]), json!([])]);
    assert_eq!(field(&fair.xinglong.get(&path).await.expect(200), "loans", "moves"), [json!(["withdraw"]), json!([])]);
    for (client, status) in [(fair.app.visitor(), 401), (fair.app.resident().await, 403), (fair.app.system_administrator().await, 403)] {
        client.get(&path).await.expect(status);
    }
    fair.app.supervisor().await.get(&path).await.expect(200);
    fair.youyi.get(&format!("/equipment/{}/month?month=2026-13", fair.caravan)).await.refused(400, "query_unreadable");
    fair.youyi.get("/equipment/999999/month").await.expect(404);
    let far = fair.youyi.get(&format!("/equipment/{}/month?month=2027-01", fair.caravan)).await.expect(200);
    assert_eq!((field(&far, "loans", "id"), &far.json["until_day"]), (vec![], &json!("2027-01-31")));
}

#[actix_web::test]
async fn everybody_reads_the_directory_and_finds_by_kind_home_place_and_name() {
    let fair = Fair::new().await;
    let boards = json!({"organisation_id": fair.town("友谊镇"), "name": "防灾减灾展板", "kind": "boards", "division_code": "230522100000"});
    let boards = fair.youyi.post("/equipment", boards).await.expect(201).id();
    let visitor = fair.app.visitor();
    let found = async |query: String| {
        let answer = visitor.get(&format!("/equipment?{query}")).await.expect(200);
        answer.items().iter().filter_map(|item| item["id"].as_i64()).collect::<Vec<_>>()
    };
    assert_eq!(found(String::new()).await, [boards, fair.caravan]);
    assert_eq!(found("kind=caravan".to_owned()).await, [fair.caravan]);
    assert_eq!(found(format!("organisation_id={}", fair.town("友谊镇"))).await, [boards]);
    assert_eq!(found("division=230522100000".to_owned()).await, [boards]);
    assert_eq!(found("q=%E5%B1%95%E6%9D%BF".to_owned()).await, [boards]);
    assert_eq!(found("closed=true".to_owned()).await, Vec::<i64>::new());
    let one = visitor.get(&format!("/equipment/{}", fair.caravan)).await.expect(200);
    assert_eq!((&one.json["organisation_name"], &one.json["needs_power"], &one.json["floor_space"]), (&json!("县科协"), &json!(true), &json!(60)));
    visitor.get("/equipment/999999").await.refused(404, "not_found");
}

#[actix_web::test]
async fn each_sees_the_loans_of_their_own_organisations_and_the_supervisor_the_countys() {
    let fair = Fair::new().await;
    let (youyi, xinglong) = (fair.wished(&fair.youyi, "友谊镇", 10, 12).await, fair.wished(&fair.xinglong, "兴隆镇", 13, 14).await);
    let boards = fair.youyi.post("/equipment", caravan(fair.town("友谊镇"), "展板")).await.expect(201).id();
    let own = fair.xinglong.post(&format!("/equipment/{boards}/wish"), fair.wish("兴隆镇", 5, 6)).await.expect(201).id();
    assert_eq!(ids(&fair.youyi, "").await, [own, youyi]);
    assert_eq!(ids(&fair.youyi, "side=borrowing").await, [youyi]);
    assert_eq!(ids(&fair.youyi, "side=lending").await, [own]);
    assert_eq!(ids(&fair.keeper, "").await, [xinglong, youyi]);
    assert_eq!(ids(&fair.app.supervisor().await, "").await, [own, xinglong, youyi]);
    assert_eq!(ids(&fair.keeper, "state=agreed").await, Vec::<i64>::new());
    assert_eq!(ids(&fair.xinglong, &format!("equipment_id={boards}")).await, [own]);
    let page = fair.keeper.get("/loans?limit=1").await.expect(200);
    let next = page.json["next"].as_str().expect("more follow").to_owned();
    assert_eq!(ids(&fair.keeper, &format!("limit=1&after={next}")).await, [youyi]);
    fair.app.resident().await.get("/loans").await.refused(403, "forbidden");
    fair.app.visitor().get("/loans").await.refused(401, "sign_in");
}
