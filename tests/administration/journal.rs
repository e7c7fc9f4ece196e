//! The journal, for the auditor.

use serde_json::{Value, json};

use crate::orders::world::{World, make};

#[actix_web::test]
async fn the_auditor_reads_who_did_what_to_which_row_and_no_value() {
    let world = World::new().await;
    crate::access::people::load_second_county(&world).await;
    let auditor = world.app.auditor().await;
    let order = world.submitted().await;
    world.app.advance(chrono::Duration::hours(1));
    make(&world.town, order, "dispatch", world.dispatch()).await.expect(200);
    let lines = auditor.get(&format!("/journal?kind=order&row_id={order}")).await.expect(200);
    let verbs: Vec<&Value> = lines.items().iter().map(|line| &line["verb"]).collect();
    assert_eq!(verbs, [&json!("dispatch"), &json!("submit")]);
    let town = world.town.account.as_ref().expect("an account").person().0;
    assert_eq!((&lines.items()[0]["actor_id"], &lines.items()[0]["version"], &lines.items()[0]["role"]), (&json!(town), &json!(2), &json!("dispatcher")));
    assert!(!lines.text.contains("王桂兰") && !lines.text.contains("急救"), "{lines}");

    let count = async |query: &str| auditor.get(&format!("/journal?limit=100&{query}")).await.expect(200).items().len();
    assert_eq!(count(&format!("kind=order&actor_id={town}")).await, 1);
    assert_eq!(count("kind=order&from=2026-03-02T01:30:00Z").await, 1);
    assert_eq!(count("kind=order&until=2026-03-02T01:30:00Z").await, 1);
    // Page by page, each line once.
    let whole = auditor.get("/journal?limit=100").await.expect(200);
    let first = auditor.get("/journal?limit=2").await.expect(200);
    let next = first.json["next"].as_str().expect("a next page").to_owned();
    let second = auditor.get(&format!("/journal?limit=2&after={next}")).await.expect(200);
    let ids = |items: &[Value]| items.iter().map(|line| line["id"].as_i64().unwrap_or_default()).collect::<Vec<_>>();
    assert_eq!([ids(first.items()), ids(second.items())].concat(), ids(&whole.items()[..4]));
    assert!(whole.items().iter().all(|line| line["county"] != "239901000000"), "nothing of another county");
    auditor.get("/journal?row_id=1").await.expect(400);
    auditor.get(&format!("/journal?limit=2&kind=order&after={next}")).await.expect(400);
    for client in [&world.county, &world.app.supervisor().await, &world.app.security_administrator().await] {
        client.get("/journal").await.refused(403, "forbidden");
    }
}
