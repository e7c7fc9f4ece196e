//! What home page and form need before anyone has signed in: who reads here, and the notice that one consents to.

use chrono::Duration;
use serde_json::{Value, json};

use crate::orders::world::{World, order};
use crate::support::app::TestApp;
use crate::support::people::{COUNTY, PASSWORD};

#[actix_web::test]
async fn the_county_and_its_centre_are_named_before_anything_is_typed() {
    let app = TestApp::start().await;
    let visitor = app.visitor();
    let home = visitor.get("/intake").await.expect(200);
    assert_eq!(home.json["county"], json!({"code": COUNTY, "name": "友谊县"}));
    assert_eq!(home.json["county_centre"], json!({"id": app.db_centre("友谊县").0, "name": "友谊县新时代文明实践中心", "phone": null}));
    assert_eq!((&home.json["centre"], &home.json["consent_version"]), (&json!(null), &json!("2026-01")), "nobody dispatches yet");
    app.dispatcher("友谊县").await;
    assert_eq!(visitor.get("/intake").await.expect(200).json["centre"]["id"], app.db_centre("友谊县").0);
    let place = visitor.get("/intake?division_code=230522502503").await.expect(200);
    assert_eq!((&place.json["as_a_service"], &place.json["county"]["name"]), (&json!(true), &json!("友谊县")));
    visitor.get("/intake?division_code=999999999999").await.refused(404, "not_found");
    visitor.get("/intake?county=230522100000").await.refused(404, "not_found");
    visitor.get("/intake?county=1").await.refused(400, "query_unreadable");
}

#[actix_web::test]
async fn the_notice_says_who_what_why_how_long_and_which_rights_in_both_languages() {
    let app = TestApp::start().await;
    let notice = app.visitor().get("/consents/current").await.expect(200);
    assert_eq!((&notice.json["version"], &notice.json["valid_from"]), (&json!("2026-01"), &json!("2026-01-01")));
    let keys =
        |language: &str| -> Vec<Value> { notice.json[language]["sections"].as_array().into_iter().flatten().map(|section| section["key"].clone()).collect() };
    assert_eq!(keys("zh"), ["who", "what", "purpose", "retention", "sharing", "rights", "contact"]);
    assert_eq!(keys("zh"), keys("en"));
    assert!(notice.json["zh"]["sections"][0]["text"].as_str().is_some_and(|text| text.starts_with("友谊县新时代文明实践中心")), "{notice}");
    assert!(!notice.text.contains('{') || !notice.text.contains("{county}") && !notice.text.contains("{phone}"), "{notice}");
    assert_eq!(notice.header("cache-control"), Some("public, max-age=300"));
    app.visitor().get("/consents/current?county=999999999999").await.refused(404, "not_found");
}

#[actix_web::test]
async fn a_consent_names_a_version_that_exists_and_an_older_one_still_counts() {
    let world = World::new().await;
    let mut body = order();
    body["consent"]["version"] = json!("1999-01");
    let refused = world.resident.post("/orders", body).await.refused(422, "invalid_input");
    assert_eq!((&refused.json["errors"][0]["pointer"], &refused.json["errors"][0]["code"]), (&json!("/consent/version"), &json!("consent_unknown")));
    let register = |version: &str, phone: &str| {
        let body = json!({"phone": phone, "password": PASSWORD, "name": "王芳", "division_code": crate::orders::world::PLACE, "consents": [{"text": "notice", "version": version}]});
        world.app.visitor().post("/auth/register", body)
    };
    let refused = register("1999-01", "13912340001").await.refused(422, "invalid_input");
    assert_eq!(refused.json["errors"][0]["code"], "consent_unknown");
    register("2026-01", "13912340001").await.expect(201);
    // A new version takes over on its day; who had the page open consented to the one before.
    let now = world.now();
    let next = kepu::people::ConsentText {
        kind: kepu::people::ConsentKind::Notice,
        version: "2026-02".to_owned(),
        valid_from: now.plus(Duration::days(7)).day(kepu::clock::COUNTY_ZONE),
        title: "告知书".to_owned(),
        title_en: "Notice".to_owned(),
        sections: Vec::new(),
    };
    let (pool, act) = (&world.app.app.pool, kepu::actor::Act::machine(now));
    let (put, bent) = (next.clone(), kepu::people::ConsentText { title: "改过的告知书".to_owned(), ..next });
    let act_again = act.clone();
    pool.write(move |db| kepu::people::put_consent_text(db, &act, &put)).await.expect("a new version is added");
    let changed = pool.write(move |db| kepu::people::put_consent_text(db, &act_again, &bent)).await;
    assert!(changed.is_err_and(|error| error.is("consent_text_changed")), "a version that was shown stays as it is");
    let current = async || world.app.visitor().get("/consents/current").await.expect(200).json["version"].clone();
    assert_eq!(current().await, "2026-01");
    world.app.advance(Duration::days(7));
    assert_eq!(current().await, "2026-02");
    assert_eq!(world.app.visitor().get("/intake").await.expect(200).json["consent_version"], "2026-02");
    world.resident.post("/orders", order()).await.expect(201);
}
