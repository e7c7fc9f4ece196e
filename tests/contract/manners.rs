//! What every route does alike: the order of its checks, repeats, versions, and lists that do not ask once a row.

use serde_json::{Value, json};

use crate::orders::world::order;
use crate::support::app::TestApp;
use crate::support::client::Answer;

#[actix_web::test]
async fn a_request_is_judged_in_one_order() {
    let app = TestApp::start().await;
    let (keeper, resident) = (app.security_administrator().await, app.resident().await);
    let person = resident.account.as_ref().expect("a resident has an account").person();
    let (here, gone) = (format!("/people/{person}/lock"), "/people/999999/lock");
    // Who asks comes before all that is asked, then whether it is there, whether one may, which version one saw, and the body.
    app.visitor().post_raw(gone, "text/plain", "no JSON").await.refused(401, "sign_in");
    keeper.post_raw(gone, "text/plain", "no JSON").await.refused(404, "not_found");
    keeper.post_raw(&here, "text/plain", "no JSON").await.refused(428, "version_missing");
    assert_eq!(keeper.post_raw(&here, "text/plain", "no JSON").if_match("\"1\"").await.status, 415);
    assert_eq!(keeper.post_raw(&here, "application/json", "no JSON").if_match("\"1\"").await.status, 400);
    assert_eq!(keeper.post(&here, json!({"more": 1})).if_match("\"1\"").await.status, 422);
    keeper.post(&here, json!({})).if_match("\"7\"").await.refused(412, "stale");
    keeper.post(&here, json!({})).if_match("\"1\"").await.expect(200);
    // The present state speaks before the version.
    keeper.post(&here, json!({})).if_match("\"7\"").await.refused(409, "person_locked");
}

#[actix_web::test]
async fn what_is_missing_unknown_or_of_another_kind_is_pointed_at_and_never_said_back() {
    let app = TestApp::start().await;
    let visitor = app.visitor();
    let faults = |answer: Answer, status: u16| -> Vec<(String, String, String)> {
        let answer = answer.expect(status);
        let word = |fault: &Value, key: &str| fault[key].as_str().unwrap_or_default().to_owned();
        answer.json["errors"].as_array().into_iter().flatten().map(|fault| (word(fault, "pointer"), word(fault, "code"), word(fault, "detail"))).collect()
    };
    let fault = |pointer: &str, code: &str, detail: &str| vec![(pointer.to_owned(), code.to_owned(), detail.to_owned())];
    let mut body = order();
    body["windows"] = json!([{"from": "2026-03-05T01:00:00Z", "to": "2026-03-05T03:00:00Z"}]);
    let bent = |pointer: &str, value: Value| {
        let mut bent = body.clone();
        *bent.pointer_mut(pointer).expect("a field of the order") = value;
        bent
    };
    let without = |pointer: &str, field: &str| {
        let mut less = body.clone();
        less.pointer_mut(pointer).and_then(Value::as_object_mut).expect("an object of the order").remove(field);
        less
    };
    let unknown = bent("/consent", json!({"version": "2026-01", "given": "here", "王桂兰": 1}));
    for (body, expected) in [
        (without("", "attendees"), fault("/attendees", "missing", "This is needed.")),
        (without("/windows/0", "to"), fault("/windows/0/to", "missing", "This is needed.")),
        (unknown, fault("/consent/王桂兰", "unknown", "There is nothing of this name here; leave it out.")),
        (bent("/attendees", json!("王桂兰")), fault("/attendees", "wrong_type", "Give a whole number.")),
        (bent("/attendees", json!(1.5)), fault("/attendees", "wrong_type", "Give a whole number.")),
        (bent("/attendees", json!(3_000_000_000_i64)), fault("/attendees", "out_of_range", "Give a whole number.")),
        (bent("/title", Value::Null), fault("/title", "wrong_type", "Give a text.")),
        (bent("/windows", json!("王桂兰")), fault("/windows", "wrong_type", "Give a list.")),
        (bent("/consent", json!(7)), fault("/consent", "wrong_type", "Give an object.")),
        (bent("/consent/given", json!("王桂兰")), fault("/consent/given", "unknown_word", "One of: here, spoken, written.")),
        (bent("/windows/0/from", json!("王桂兰")), fault("/windows/0/from", "unusable", "a time as RFC 3339 is wanted, such as 2026-12-01T09:00:00+08:00")),
    ] {
        assert_eq!(faults(visitor.post("/orders", body).await, 422), expected);
    }
    let keeper = app.security_administrator().await;
    for (path, expected) in [
        ("/people?limit=many", fault("?limit", "wrong_type", "Give a whole number.")),
        ("/people?q=a&limit=", fault("?limit", "wrong_type", "Give a whole number.")),
        ("/people?limit=99999999999999999999", fault("?limit", "out_of_range", "Give a whole number.")),
        ("/people?limit=1&page=2", fault("?page", "unknown", "There is nothing of this name here; leave it out.")),
        ("/people?limit=1&limit=2", fault("?limit", "repeated", "Give it once.")),
        ("/grants?waiting=perhaps", fault("?waiting", "wrong_type", "Give true or false.")),
        ("/holidays", fault("?year", "missing", "This is needed.")),
        ("/holidays?year=1", fault("?year", "unusable", "a year from 1900 to 2200 is wanted")),
        ("/organisations?kind=club", fault("?kind", "unknown_word", "One of: centre, department, team, unit.")),
    ] {
        assert_eq!(faults(keeper.get(path).await, 400), expected, "{path}");
    }
}

#[actix_web::test]
async fn sending_twice_makes_one_and_another_body_under_the_key_is_refused() {
    let app = TestApp::start().await;
    let keeper = app.security_administrator().await;
    let enter = |name: &str| keeper.post("/people", json!({"name": name, "user_name": "wangfang"})).key("the-key-of-this-story");
    let first = enter("王芳").await.expect(201);
    let again = enter("王芳").await.expect(201);
    assert_eq!(first.location(), again.location());
    assert_eq!(first.etag(), again.etag());
    assert_eq!(keeper.get("/people?q=wangfang").await.expect(200).items().len(), 1);
    assert_eq!(keeper.get(&first.location()).await.expect(200).id(), first.json["person"]["id"]);
    enter("王放").await.refused(422, "idempotency_key_reused");
    keeper.post("/people", json!({"name": "王芳", "user_name": "wangfang2"})).without_key().await.expect(400);
}

#[actix_web::test]
async fn a_list_of_twenty_takes_as_many_statements_as_a_list_of_one() {
    let app = TestApp::start().await;
    let keeper = app.security_administrator().await;
    // The first call signs in as well.
    keeper.get("/people?limit=1").await.expect(200);
    app.dispatcher("友谊镇").await;
    let (one, few) = app.db_statements(keeper.get("/people?limit=1")).await;
    for _ in 0..19 {
        app.dispatcher("友谊镇").await;
    }
    let (twenty, many) = app.db_statements(keeper.get("/people?limit=20")).await;
    assert_eq!((one.items().len(), twenty.items().len()), (1, 20));
    assert!(!few.is_empty());
    assert_eq!(few.len(), many.len(), "\n{}", many.join("\n"));
}

#[actix_web::test]
async fn a_login_that_is_guessed_at_closes_for_a_while() {
    let app = TestApp::start().await;
    let resident = app.resident().await;
    let login = resident.account.as_ref().expect("a resident has an account").login().to_owned();
    let stranger = app.visitor().at("198.51.100.7");
    for _ in 0..5 {
        stranger.post("/auth/login", json!({"login": login, "password": "not-this-one-1"})).await.refused(401, "wrong_login");
    }
    let closed = stranger.post("/auth/login", json!({"login": login, "password": "not-this-one-1"})).await.refused(429, "locked_out");
    assert!(closed.header("retry-after").is_some());
}

#[actix_web::test]
async fn the_worker_has_nothing_to_do_in_a_quiet_county_and_does_not_fail_at_it() {
    let app = TestApp::start().await;
    app.work().await;
    app.advance(chrono::Duration::days(1));
    app.work().await;
}
