//! The suite's own tools do what the stories rely on.

use diesel::connection::SimpleConnection;
use kepu::actor::Role;
use kepu::db::{Engine, Place};

use crate::support::app::TestApp;
use crate::support::cluster::{Cluster, Durability};
use crate::support::database::{Database, engine};
use crate::support::statements::{db_explain, db_lines};

#[test]
fn what_one_test_writes_another_does_not_see() {
    let (one, other) = (Database::county(), Database::county());
    one.db_connect().batch_execute("INSERT INTO settings (name, value) VALUES ('whose', 'mine')").expect("a setting can be written");
    let ask = "SELECT value AS line FROM settings WHERE name = 'whose'";
    assert_eq!(db_lines(&mut one.db_connect(), ask), ["mine"]);
    assert!(db_lines(&mut other.db_connect(), ask).is_empty());
}

#[test]
fn statements_are_counted_for_the_database_they_were_put_to() {
    let (one, other) = (Database::county(), Database::county());
    let mut db = one.db_connect();
    other.statements().take();
    one.statements().take();
    db_lines(&mut db, "SELECT name AS line FROM settings");
    assert_eq!(one.statements().take(), ["SELECT name AS line FROM settings"]);
    assert!(one.statements().take().is_empty(), "what was taken is gone");
    assert!(other.statements().take().is_empty());
}

#[test]
fn the_plan_of_a_statement_names_the_index_it_uses() {
    let database = Database::county();
    let mut db = database.db_connect();
    assert!(db_explain(&mut db, "SELECT id FROM journal WHERE subject_kind = 'order' AND subject_id = 1").contains("journal_subject"));
    assert!(!db_explain(&mut db, "SELECT id FROM journal WHERE fields = 'x'").contains("journal_"));
}

#[test]
fn a_cluster_that_is_killed_comes_back_with_what_it_had_answered() {
    if engine() == Engine::Sqlite {
        return;
    }
    let cluster = Cluster::start(Durability::Durable);
    let place = Place::Postgres(cluster.url("postgres"));
    place.connect().expect("the server answers").batch_execute("CREATE TABLE kept AS SELECT 'yes' AS line").expect("a table can be made");
    cluster.kill();
    assert!(place.connect().is_err(), "the server is down");
    cluster.resume();
    assert_eq!(db_lines(&mut place.connect().expect("the server answers"), "SELECT line FROM kept"), ["yes"]);
}

#[actix_web::test]
async fn a_visitor_reaches_the_instance() {
    let app = TestApp::start().await;
    let visitor = app.visitor();
    visitor.get("/healthz").await.expect(200);
    visitor.get("/readyz").await.expect(200);
    visitor.get("/nowhere").await.refused(404, "not_found");
}

#[actix_web::test]
async fn everybody_signs_in_as_who_they_are() {
    let app = TestApp::start().await;
    let everybody = [
        (app.resident().await, ""),
        (app.dispatcher("友谊镇").await, "dispatcher"),
        (app.scheduler("繁荣社区").await, "scheduler"),
        (app.officer("县卫生健康局").await, "officer"),
        (app.leader("友谊县人民医院健康科技志愿服务队").await, "leader"),
        (app.volunteer("友谊县人民医院健康科技志愿服务队").await, "volunteer"),
        (app.supervisor().await, "supervisor"),
        (app.auditor().await, "auditor"),
        (app.system_administrator().await, "system_administrator"),
        (app.security_administrator().await, "security_administrator"),
    ];
    for (client, role) in &everybody {
        let me = client.get("/me").await.expect(200);
        assert_eq!(me.json["grants"][0]["role"].as_str().unwrap_or_default(), *role, "{me}");
    }
    // A month later nobody's sign-in stands; they sign in again by themselves.
    app.advance(chrono::Duration::days(31));
    everybody[1].0.get("/me").await.expect(200);
    app.visitor().get("/me").await.refused(401, "sign_in");
}

#[actix_web::test]
async fn somebody_can_hold_a_second_grant() {
    let app = TestApp::start().await;
    let dispatcher = app.dispatcher("友谊镇").await;
    app.grant(&dispatcher, Role::Scheduler, app.db_centre("繁荣社区")).await;
    let me = dispatcher.get("/me").await.expect(200);
    assert_eq!(me.json["grants"].as_array().map(Vec::len), Some(2), "{me}");
}
