//! One's own account: how one reads the interface, and where one is signed in.

use std::future::IntoFuture;

use diesel::prelude::*;
use kepu::schema::sessions;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::people::PASSWORD;

#[actix_web::test]
async fn how_somebody_reads_is_kept_with_the_account() {
    let app = TestApp::start().await;
    let resident = app.resident().await;
    let me = resident.get("/me").await.expect(200);
    assert_eq!((&me.json["text_mode"], &me.json["language"]), (&json!("standard"), &json!("zh")));
    let large = resident.post("/me/preferences", json!({"text_mode": "largest"})).if_match(&me.etag()).await.expect(200);
    assert_eq!((&large.json["text_mode"], &large.json["language"]), (&json!("largest"), &json!("zh")));
    let english = resident.post("/me/preferences", json!({"language": "en"})).if_match(&large.etag()).await.expect(200);
    assert_eq!((&english.json["text_mode"], &english.json["language"]), (&json!("largest"), &json!("en")));
    assert_eq!(resident.get("/me").await.expect(200).json, english.json);
    resident.post("/me/preferences", json!({"language": "zh"})).if_match(&me.etag()).await.refused(412, "stale");
    resident.post("/me/preferences", json!({"language": "zh"})).await.refused(428, "version_missing");
    resident.post("/me/preferences", json!({})).if_match(&english.etag()).await.refused(422, "invalid_input");
    resident.post("/me/preferences", json!({"text_mode": "tiny"})).if_match(&english.etag()).await.refused(422, "invalid_input");
    let neighbour = app.resident().await;
    assert_eq!(neighbour.get("/me").await.expect(200).json["text_mode"], "standard");
}

#[actix_web::test]
async fn whoever_guesses_at_a_password_with_twenty_requests_at_once_has_no_more_guesses_than_one_by_one() {
    let app = TestApp::start().await;
    let resident = app.resident().await;
    // Signed in once, before the crowd.
    resident.get("/me").await.expect(200);
    let guess = |n: usize| resident.post("/auth/password", json!({"old": format!("not-this-one-{n}"), "new": "Another-water-8"})).into_future();
    let crowd: Vec<_> = (0..20).map(|n| actix_web::rt::spawn(guess(n))).collect();
    let (mut wrong, mut closed) = (0, 0);
    for answer in crowd {
        match answer.await.expect("an answer").status {
            422 => wrong += 1,
            429 => closed += 1,
            status => panic!("{status}"),
        }
    }
    // Two have their turn at one instant.
    assert!((5..=6).contains(&wrong) && wrong + closed == 20, "{wrong} were told that it is wrong");
    resident.post("/auth/password", json!({"old": PASSWORD, "new": "Another-water-8"})).await.refused(429, "locked_out");
    app.advance(chrono::Duration::minutes(16));
    resident.post("/auth/password", json!({"old": PASSWORD, "new": "Another-water-8"})).await.expect(204);
}

#[actix_web::test]
async fn a_sign_in_with_the_old_password_that_waits_for_its_turn_finds_the_door_shut_when_the_password_was_reset_meanwhile() {
    let app = TestApp::start().await;
    let (resident, administrator) = (app.resident().await, app.security_administrator().await);
    let account = resident.account.clone().expect("an account");
    administrator.get("/me").await.expect(200);
    resident.get("/me").await.expect(200);
    // Nobody has a turn to hash until this story says so.
    let turns = app.app.hashing.clone().acquire_many_owned(2).await.expect("turns");
    app.database.statements().take();
    let sign_in = app.visitor().post("/auth/login", json!({"login": account.login(), "password": PASSWORD}));
    let waiting = actix_web::rt::spawn(sign_in.into_future());
    let mut asked = Vec::new();
    while !asked.iter().any(|sql: &String| sql.contains("password_hash")) {
        tokio::task::yield_now().await;
        asked.extend(app.database.statements().take());
    }
    let (person, now) = (account.person(), app.app.clock.now());
    let reset = move |db: &mut kepu::db::Db| {
        let hash = kepu::auth::hash_password_now(8, 1, "Another-water-8")?;
        kepu::auth::reset_password(db, &kepu::actor::Act::machine(now), person, &hash)
    };
    app.app.pool.write(reset).await.expect("the password is reset");
    drop(turns);
    waiting.await.expect("an answer").refused(401, "wrong_login");
    let left: i64 = sessions::table
        .filter(sessions::person_id.eq(person))
        .filter(sessions::ended_at.is_null())
        .count()
        .get_result(&mut app.db())
        .expect("sessions can be counted");
    assert_eq!(left, 0);
}

#[actix_web::test]
async fn a_device_is_known_by_the_name_of_its_browser_and_system() {
    let app = TestApp::start().await;
    let resident = app.resident().await;
    let login = resident.account.as_ref().map(|account| account.login().to_owned()).unwrap_or_default();
    let phone = "Mozilla/5.0 (Linux; Android 14; PHZ110) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36";
    let sign_in = || app.visitor().post("/auth/login", json!({"login": login, "password": PASSWORD}));
    sign_in().header("User-Agent", phone).await.expect(200);
    sign_in().header("User-Agent", "a-script/1.0 (203.0.113.7)").await.expect(200);
    let sessions = resident.get("/me/sessions").await.expect(200);
    let names: Vec<Value> = sessions.items().iter().map(|session| session["device"].clone()).collect();
    // Newest first: the story's own sign-in says nothing of itself.
    assert_eq!(names, [json!(null), json!(null), json!("Chrome, Android")]);
    assert!(!sessions.text.contains("203.0.113.7") && !sessions.text.contains("PHZ110"), "{sessions}");
}
