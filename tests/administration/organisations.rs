//! Founding, changing, closing organisations.

use kepu::actor::Role;
use kepu::ids::OrganisationId;
use serde_json::{Value, json};

use crate::orders::world::{World, make};
use crate::support::client::{Answer, Client};

const COUNTY: &str = "230522000000";

/// Changes an organisation at the version that is there now.
async fn deed(client: &Client, id: i64, verb: &str, body: Value) -> Answer {
    let etag = client.get(&format!("/organisations/{id}")).await.expect(200).etag();
    client.post(&format!("/organisations/{id}/{verb}"), body).if_match(&etag).await
}

/// The pointers and codes of the faults of a refused input.
fn faults(answer: &Answer) -> Vec<(String, String)> {
    let text = |fault: &Value, field: &str| fault[field].as_str().unwrap_or_default().to_owned();
    answer.json["errors"].as_array().into_iter().flatten().map(|fault| (text(fault, "pointer"), text(fault, "code"))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(pointer, code)| ((*pointer).to_owned(), (*code).to_owned())).collect()
}

#[actix_web::test]
async fn a_department_is_founded_found_by_its_other_spelling_and_changed_by_the_version_seen() {
    let world = World::new().await;
    let keeper = world.app.system_administrator().await;
    let body = json!({"kind": "department", "name": "县气候中心", "full_name": "友谊县气候中心", "aliases": ["气候办"], "phone": "0469-5812345", "division_code": COUNTY, "fields": ["health"]});
    let made = keeper.post("/organisations", body.clone()).key("one-department").await.expect(201);
    let id = made.id();
    assert_eq!(made.location(), format!("/api/v1/organisations/{id}"));
    assert_eq!(keeper.post("/organisations", body).key("one-department").await.expect(201).id(), id, "sending twice makes one");
    let spelled: String = "气候办".bytes().map(|byte| format!("%{byte:02X}")).collect();
    let found = world.app.visitor().get(&format!("/organisations?q={spelled}")).await.expect(200);
    assert_eq!((found.items().len(), &found.items()[0]["phone"]), (1, &json!("0469-5812345")));

    let old = made.etag();
    let changed =
        keeper.post(&format!("/organisations/{id}/change"), json!({"name": "县气候局", "phone": null, "aliases": ["气候局"]})).if_match(&old).await.expect(200);
    assert_eq!((&changed.json["name"], &changed.json["phone"], &changed.json["aliases"]), (&json!("县气候局"), &Value::Null, &json!(["气候局"])));
    assert_eq!((&changed.json["full_name"], &changed.json["fields"]), (&json!("友谊县气候中心"), &json!(["health"])), "what is left out stays");
    keeper.post(&format!("/organisations/{id}/change"), json!({"name": "县气候所"})).if_match(&old).await.refused(412, "stale");
    keeper.post(&format!("/organisations/{id}/change"), json!({"name": "县气候所"})).await.refused(428, "version_missing");
    // Nothing that differs: no new version, no line in the journal.
    assert_eq!(deed(&keeper, id, "change", json!({"name": "县气候局"})).await.expect(200).etag(), changed.etag());
    let journal = world.app.auditor().await.get(&format!("/journal?kind=organisation&row_id={id}")).await.expect(200);
    let verbs: Vec<(&str, &Value)> = journal.items().iter().map(|line| (line["verb"].as_str().unwrap_or_default(), &line["fields"])).collect();
    assert_eq!(verbs[0], ("change_organisation", &json!(["name", "phone", "aliases"])));
    assert_eq!((verbs.len(), verbs[1].0), (2, "create_organisation"));
}

#[actix_web::test]
async fn what_cannot_be_is_told_field_by_field() {
    let world = World::new().await;
    let keeper = world.app.system_administrator().await;
    let bad = json!({"kind": "team", "name": "县农业农村局", "aliases": ["县科协", "县文化和旅游局"], "phone": "call us", "division_code": COUNTY, "team": {"host_id": 1, "kind": "volunteer", "languages": ["中文"]}});
    let answer = keeper.post("/organisations", bad).await.expect(422);
    assert_eq!(faults(&answer), pairs(&[("/phone", "unusable"), ("/team/languages/0", "unusable")]), "first what can be seen without looking anything up");
    let unknown = json!({"kind": "team", "name": "新队", "aliases": ["县文化和旅游局"], "division_code": COUNTY, "fields": ["health", "nothing"],
        "team": {"host_id": world.team(), "kind": "volunteer", "reach": ["230522100000", "239901000000"]}});
    let answer = keeper.post("/organisations", unknown).await.expect(422);
    assert_eq!(faults(&answer), pairs(&[("/aliases/0", "taken"), ("/fields/1", "unknown"), ("/team/host_id", "unknown"), ("/team/reach/1", "unknown")]));
    let centre = json!({"kind": "centre", "name": "另一个中心", "division_code": COUNTY, "team": {"host_id": 1, "kind": "volunteer"}});
    assert_eq!(faults(&keeper.post("/organisations", centre).await.expect(422)), pairs(&[("/team", "not_a_team"), ("/division_code", "taken")]));
    let nowhere = json!({"kind": "unit", "name": "某单位", "division_code": "230522999999"});
    assert_eq!(faults(&keeper.post("/organisations", nowhere).await.expect(422)), pairs(&[("/division_code", "unknown")]));
    let twice = json!({"kind": "department", "name": "县农业农村局", "division_code": COUNTY});
    assert_eq!(faults(&keeper.post("/organisations", twice).await.expect(422)), pairs(&[("/name", "taken")]));
    let stays = deed(&keeper, world.app.db_centre("友谊镇").0, "change", json!({"division_code": COUNTY})).await.expect(422);
    assert_eq!(faults(&stays), pairs(&[("/division_code", "stays")]));
}

#[actix_web::test]
async fn a_new_team_claims_after_the_county_association_has_checked_it() {
    let world = World::new().await;
    let (keeper, supervisor) = (world.app.system_administrator().await, world.app.supervisor().await);
    let body = json!({"kind": "team", "name": "友谊县气象科技志愿服务队", "division_code": COUNTY, "fields": ["health"],
        "team": {"host_id": world.department(), "kind": "volunteer", "intro": "看天", "languages": ["zh", "ko"], "reach": [COUNTY]}});
    let team = keeper.post("/organisations", body).await.expect(201);
    let id = team.id();
    assert_eq!((&team.json["team"]["checked"], &team.json["team"]["reach"][0]["code"]), (&json!(false), &json!(COUNTY)));
    let leader = world.app.with_grant(Role::Leader, OrganisationId(id)).await;
    let order = world.accepted().await;
    assert_eq!(make(&leader, order, "claim", json!({"team_id": id})).await.status, 409);
    deed(&keeper, id, "check", json!({})).await.refused(403, "forbidden");
    assert_eq!(deed(&supervisor, id, "check", json!({})).await.expect(200).json["team"]["checked"], true);
    deed(&supervisor, id, "check", json!({})).await.refused(409, "checked_already");
    deed(&supervisor, world.department(), "check", json!({})).await.refused(404, "not_found");
    make(&leader, order, "claim", json!({"team_id": id})).await.expect(200);

    let moved = json!({"team": {"host_id": world.app.db_organisation("县农业农村局").0, "reach": ["230522101000"], "intro": "看天，也看地"}});
    let changed = deed(&keeper, id, "change", moved).await.expect(200);
    assert_eq!((&changed.json["team"]["host_name"], &changed.json["team"]["reach"][0]["name"]), (&json!("县农业农村局"), &json!("兴隆镇")));
    assert_eq!(changed.json["team"]["languages"], json!(["zh", "ko"]));
}

#[actix_web::test]
async fn an_organisation_is_closed_when_nothing_hangs_on_it_and_can_be_opened_again() {
    let world = World::new().await;
    let keeper = world.app.system_administrator().await;
    let order = world.accepted().await;
    let id = world.department();
    let needed = deed(&keeper, id, "close", json!({"on": "2026-03-02"})).await.refused(409, "still_needed");
    assert_eq!((&needed.json["orders"], &needed.json["grants"]), (&json!(1), &json!(1)), "{needed}");
    make(&world.officer, order, "give_up", json!({"reason": "没有老师"})).await.expect(200);

    let spare = keeper.post("/organisations", json!({"kind": "department", "name": "县某局", "division_code": COUNTY})).await.expect(201).id();
    deed(&keeper, spare, "close", json!({"on": "2026-03-03"})).await.expect(422);
    let closed = deed(&keeper, spare, "close", json!({"on": "2026-02-28"})).await.expect(200);
    assert_eq!((&closed.json["active"], &closed.json["closed_on"]), (&json!(false), &json!("2026-02-28")));
    deed(&keeper, spare, "close", json!({"on": "2026-02-28"})).await.refused(409, "closed_already");
    let named = |answer: Answer| answer.items().iter().any(|item| item["id"] == spare);
    assert!(!named(world.app.visitor().get("/organisations?kind=department&limit=100").await.expect(200)));
    assert!(named(world.app.visitor().get("/organisations?kind=department&closed=true").await.expect(200)));
    let dispatched = json!({"department_id": spare, "outside_plan": true, "summary": "社区老人急救讲座"});
    let order = world.submitted().await;
    assert_eq!(make(&world.town, order, "dispatch", dispatched).await.status, 422, "nothing is dispatched to a closed department");
    assert_eq!(deed(&keeper, spare, "reopen", json!({})).await.expect(200).json["closed_on"], Value::Null);
    deed(&keeper, spare, "reopen", json!({})).await.refused(409, "not_closed");
}
