//! Who enters equipment, changes it and closes it.

use serde_json::{Value, json};

use super::world::{Fair, caravan, deed};
use crate::support::client::{Answer, Client};

async fn keep(client: &Client, id: i64, verb: &str, body: Value) -> Answer {
    let etag = client.get(&format!("/equipment/{id}")).await.etag();
    client.post(&format!("/equipment/{id}/{verb}"), body).if_match(&etag).await
}

#[actix_web::test]
async fn equipment_is_kept_by_the_people_of_its_home_and_a_system_administrator() {
    let fair = Fair::new().await;
    let home = fair.app.db_organisation("县科协").0;
    fair.youyi.post("/equipment", caravan(home, "别人的车")).await.refused(403, "forbidden");
    fair.app.resident().await.post("/equipment", caravan(home, "居民的车")).await.refused(403, "forbidden");
    fair.app.system_administrator().await.post("/equipment", caravan(home, "科普大篷车2号")).await.expect(201);
    let twice = fair.keeper.post("/equipment", caravan(home, "科普大篷车1号")).await.expect(422);
    assert_eq!((&twice.json["errors"][0]["pointer"], &twice.json["errors"][0]["code"]), (&json!("/name"), &json!("taken")));
    let changed = keep(&fair.keeper, fair.caravan, "change", json!({"notes": "随车展品24件", "floor_space": null})).await.expect(200);
    assert_eq!((&changed.json["notes"], &changed.json["floor_space"], &changed.json["version"]), (&json!("随车展品24件"), &Value::Null, &json!(2)));
    // Nothing changed is no change.
    assert_eq!(keep(&fair.keeper, fair.caravan, "change", json!({"notes": "随车展品24件"})).await.expect(200).json["version"], 2);
    keep(&fair.youyi, fair.caravan, "change", json!({"name": "我们的车"})).await.refused(403, "forbidden");
    // To another home only by who keeps both.
    let given = json!({"organisation_id": fair.town("友谊镇")});
    keep(&fair.keeper, fair.caravan, "change", given.clone()).await.refused(403, "forbidden");
    let given = keep(&fair.app.system_administrator().await, fair.caravan, "change", given).await.expect(200);
    assert_eq!(given.json["organisation_name"], "友谊镇新时代文明实践所");
}

#[actix_web::test]
async fn what_somebody_waits_for_or_has_is_not_closed_and_what_is_closed_is_not_lent() {
    let fair = Fair::new().await;
    let loan = fair.wished(&fair.youyi, "友谊镇", 3, 4).await;
    let still = keep(&fair.keeper, fair.caravan, "close", json!({})).await.refused(409, "still_lent");
    assert_eq!(still.json["loans"], 1);
    deed(&fair.youyi, loan, "withdraw", json!({})).await.expect(200);
    let closed = keep(&fair.keeper, fair.caravan, "close", json!({})).await.expect(200);
    assert_eq!(closed.json["active"], false);
    keep(&fair.keeper, fair.caravan, "close", json!({})).await.refused(409, "closed_already");
    fair.youyi.post(&format!("/equipment/{}/wish", fair.caravan), fair.wish("友谊镇", 3, 4)).await.refused(409, "equipment_closed");
    keep(&fair.keeper, fair.caravan, "reopen", json!({})).await.expect(200);
    keep(&fair.keeper, fair.caravan, "reopen", json!({})).await.refused(409, "not_closed");
    fair.wished(&fair.youyi, "友谊镇", 3, 4).await;
}

#[actix_web::test]
async fn an_organisation_that_keeps_equipment_or_has_some_on_loan_is_not_closed() {
    let fair = Fair::new().await;
    let keeper = fair.app.system_administrator().await;
    fair.agreed(3, 4).await;
    let close = async |id: i64| {
        let etag = keeper.get(&format!("/organisations/{id}")).await.etag();
        keeper.post(&format!("/organisations/{id}/close"), json!({"on": fair.day(0)})).if_match(&etag).await.refused(409, "still_needed")
    };
    assert_eq!(close(fair.app.db_organisation("县科协").0).await.json["equipment"], 1);
    assert_eq!(close(fair.town("友谊镇")).await.json["loans"], 1);
}
