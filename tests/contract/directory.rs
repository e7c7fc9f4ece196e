//! The names and seats that a process keeps in memory are never older than the request they are used in.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use kepu::db::{Db, Engine};
use kepu::directory;
use kepu::ids::OrganisationId;
use kepu::schema::directory_version;

use crate::orders::world::World;
use crate::support::database::{Database, engine};
use crate::support::statements::db_lines;

fn db_version(db: &mut Db) -> String {
    directory_version::table.select(directory_version::version).first(db).expect("there is a version")
}

fn db_run(db: &mut Db, sql: &str) {
    db.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
}

#[test]
fn the_version_moves_on_with_each_name_and_place_and_with_nothing_else() {
    let database = Database::county();
    let mut db = database.db_connect();
    let moving = [
        "UPDATE organisations SET name = name || '改' WHERE kind = 'team'",
        "UPDATE organisations SET division_code = county WHERE kind = 'team'",
        "UPDATE teams SET kind = 'experts'",
        "UPDATE divisions SET short_name = short_name || '改' WHERE level = 'village'",
        "UPDATE divisions SET jurisdiction = 'farm' WHERE level = 'village'",
        "UPDATE plan_items SET title = '改' WHERE code = 'A1.1'",
        "UPDATE plans SET code = 'renamed'",
        "INSERT INTO organisations (county, kind, name, full_name, division_code) SELECT county, 'unit', '新单位', '新单位', division_code FROM organisations WHERE association",
        "DELETE FROM organisations WHERE name = '新单位'",
        "UPDATE deadlines SET amount = amount + 1 WHERE stage = 'submitted'",
        "DELETE FROM deadlines WHERE stage = 'reopen'",
        "INSERT INTO holidays (county, day, kind, name) SELECT code, CAST('2031-10-01' AS DATE), 'off', '国庆节' FROM counties",
        "DELETE FROM holidays",
        "UPDATE counties SET time_zone = 'Asia/Urumqi'",
    ];
    for sql in moving {
        let before = db_version(&mut db);
        db_run(&mut db, sql);
        assert_ne!(db_version(&mut db), before, "{sql}");
    }
    for sql in [
        "UPDATE organisations SET phone = '0469-5812345', version = version + 1",
        "UPDATE divisions SET name = name",
        "UPDATE plan_items SET seq = seq",
        "UPDATE counties SET phone = '0469'",
    ] {
        let before = db_version(&mut db);
        db_run(&mut db, sql);
        assert_eq!(db_version(&mut db), before, "{sql}");
    }
}

#[test]
fn what_a_transaction_takes_back_was_never_known() {
    let database = Database::county();
    let mut db = database.db_connect();
    let team = db_lines(&mut db, "SELECT CAST(min(id) AS TEXT) AS line FROM organisations WHERE kind = 'team'");
    let id = OrganisationId(team[0].parse().expect("a number"));
    let name = |db: &mut Db| {
        let version = db_version(db);
        directory::at(db, Some(&version)).expect("the directory can be read").name(id).map(str::to_owned).expect("the team has a name")
    };
    let before = name(&mut db);
    db_run(&mut db, &format!("BEGIN; UPDATE organisations SET name = '改名' WHERE id = {id}"));
    assert_eq!(name(&mut db), "改名");
    db_run(&mut db, "ROLLBACK");
    assert_eq!(name(&mut db), before);
    db_run(&mut db, &format!("UPDATE organisations SET name = '再改名' WHERE id = {id}"));
    assert_eq!(name(&mut db), "再改名");
}

/// Somebody else's connection changes a deadline, as another instance would.
#[actix_web::test]
async fn a_deadline_that_was_changed_counts_with_the_next_move() {
    let world = World::new().await;
    let first = world.submitted().await;
    let due = world.see(&world.town, first).await.json["due_at"].as_str().map(str::to_owned).expect("it has a deadline");
    db_run(&mut world.app.db(), "UPDATE deadlines SET amount = 90, unit = 'days' WHERE stage = 'submitted'");
    let second = world.submitted().await;
    let later = world.see(&world.town, second).await.json["due_at"].as_str().map(str::to_owned);
    assert_ne!(later.as_deref(), Some(due.as_str()));
    db_run(&mut world.app.db(), "DELETE FROM deadlines WHERE stage = 'submitted'");
    let third = world.submitted().await;
    assert!(world.see(&world.town, third).await.json["due_at"].is_null(), "a stage without a limit is never late");
}

/// Somebody else's connection changes the tables, as another instance would.
#[actix_web::test]
async fn a_new_name_and_a_moved_seat_count_with_the_next_request() {
    let world = World::new().await;
    let id = world.submitted().await;
    let seen = world.see(&world.town, id).await;
    let centre = seen.json["holding_centre"]["id"].as_i64().expect("a centre holds it");
    db_run(&mut world.app.db(), &format!("UPDATE organisations SET name = '改名的中心' WHERE id = {centre}"));
    assert_eq!(world.see(&world.town, id).await.json["holding_centre"]["name"], "改名的中心");
    assert_eq!(world.town.get("/orders").await.expect(200).items()[0]["holding_centre"]["name"], "改名的中心");
    // The dispatcher's centre moves to another township, and the order to another centre: neither place nor centre is theirs any more.
    let mut db = world.app.db();
    let other = db_lines(&mut db, &format!("SELECT CAST(id AS TEXT) AS line FROM organisations WHERE association AND id <> {centre}"));
    db_run(&mut db, &format!("UPDATE orders SET holding_centre_id = {} WHERE id = {id}", other[0]));
    world.town.get(&format!("/orders/{id}")).await.expect(200);
    let elsewhere = db_lines(&mut db, "SELECT division_code AS line FROM organisations WHERE name = '东建乡新时代文明实践所'");
    db_run(&mut db, "UPDATE organisations SET kind = 'unit' WHERE name = '东建乡新时代文明实践所'");
    db_run(&mut db, &format!("UPDATE organisations SET division_code = '{}' WHERE id = {centre}", elsewhere[0]));
    world.town.get(&format!("/orders/{id}")).await.refused(404, "not_found");
    assert!(world.town.get("/orders").await.expect(200).items().is_empty());
}

#[actix_web::test]
async fn a_connection_that_the_server_closed_is_given_to_nobody() {
    if engine() == Engine::Sqlite {
        return;
    }
    let world = World::new().await;
    let id = world.submitted().await;
    for _ in 0..3 {
        world.see(&world.town, id).await;
        let ended = db_lines(
            &mut world.app.db(),
            "SELECT pg_terminate_backend(pid, 5000)::text AS line FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
        );
        assert!(ended.contains(&"true".to_owned()), "the instance had a connection");
        world.see(&world.town, id).await;
    }
}
