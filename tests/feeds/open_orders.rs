//! An order's event is closed, unless its requester agreed that others may come.

use kepu::db::Db;
use kepu::error::Result;
use serde_json::{Value, json};

use super::world::titles;
use crate::events::world::Town;
use crate::orders::world::{make, order};
use crate::support::client::Client;
use crate::support::statements::db_lines;

/// An order whose requester says at once whether others may come, claimed by the team.
async fn claimed(town: &Town, others_may_come: bool) -> i64 {
    let mut body = order();
    body["others_may_come"] = json!(others_may_come);
    town.world.claimed_of(body).await
}

fn at(town: &Town, venue: i64, from: i64) -> Value {
    json!({"sessions": [{"venue_id": venue, "starts_at": town.world.hours(from), "ends_at": town.world.hours(from + 1)}]})
}

/// What everybody finds of it, on the public page and in the feed.
async fn public(town: &Town, visitor: &Client) -> (usize, Vec<String>) {
    (town.calendar(visitor, "").await.len(), titles(visitor, "/calendar.ics").await)
}

async fn school(town: &Town) -> i64 {
    let school = json!({"name": "第一小学报告厅", "organisation_id": town.centre, "division_code": crate::orders::world::PLACE, "address": "一楼", "capacity": 90, "free_to_book": true});
    let school = town.scheduler.post("/venues", school).await.expect(201).id();
    db_lines(&mut town.world.app.db(), &format!("UPDATE venues SET kind = 'school' WHERE id = {school} RETURNING name AS line"));
    school
}

#[actix_web::test]
async fn others_come_only_where_the_requester_agreed_and_never_to_a_home_or_a_school() {
    let town = Town::new().await;
    let (world, visitor) = (&town.world, town.world.app.visitor());
    let school = school(&town).await;
    let refused = claimed(&town, false).await;
    make(&world.leader, refused, "schedule", at(&town, town.venue, 2)).await.expect(200);
    assert_eq!(public(&town, &visitor).await, (0, vec![]));
    let agreed = claimed(&town, true).await;
    assert_eq!(world.see(&world.leader, agreed).await.json["others_may_come"], true);
    make(&world.leader, agreed, "schedule", world.session(20, 21)).await.expect(200);
    assert_eq!(public(&town, &visitor).await, (0, vec![]), "at the order's own address");
    make(&world.leader, agreed, "schedule", at(&town, school, 20)).await.expect(200);
    assert_eq!(public(&town, &visitor).await, (0, vec![]), "in a school");
    make(&world.leader, agreed, "schedule", at(&town, town.venue, 20)).await.expect(200);
    assert_eq!(public(&town, &visitor).await, (1, vec!["社区老人急救讲座，约40人".to_owned()]));
    let event = town.calendar(&visitor, "").await[0];
    let seen = visitor.get(&format!("/events/{event}")).await.expect(200);
    assert_eq!((&seen.json["order_id"], &seen.json["description"], &seen.json["state"]), (&Value::Null, &json!(""), &json!("published")));
    assert!(!seen.text.contains("王桂兰") && !seen.text.contains("张三"));
    // Of one that has some sessions at home nobody is told of the others.
    let (hall, home) = (at(&town, town.venue, 30), world.session(40, 41));
    let both = json!({"sessions": [hall["sessions"][0], home["sessions"][0]]});
    make(&world.leader, agreed, "schedule", both).await.expect(200);
    assert_eq!(public(&town, &visitor).await, (0, vec![]));
    visitor.get(&format!("/events/{event}")).await.refused(404, "not_found");
}

#[actix_web::test]
async fn the_requester_thinks_again_and_it_is_so_at_once() {
    let town = Town::new().await;
    let (world, visitor) = (&town.world, town.world.app.visitor());
    let order = claimed(&town, true).await;
    make(&world.leader, order, "schedule", at(&town, town.venue, 2)).await.expect(200);
    assert_eq!(public(&town, &visitor).await.0, 1);
    make(&world.leader, order, "amend", json!({"others_may_come": false})).await.refused(403, "forbidden");
    make(&world.resident, order, "amend", json!({"others_may_come": false})).await.expect(200);
    assert_eq!(public(&town, &visitor).await, (0, vec![]));
    make(&world.resident, order, "amend", json!({"others_may_come": true})).await.expect(200);
    assert_eq!(public(&town, &visitor).await.0, 1);
    // At home it stays closed, whatever they say.
    make(&world.leader, order, "schedule", world.session(5, 6)).await.expect(200);
    make(&world.resident, order, "amend", json!({"others_may_come": true})).await.expect(200);
    assert_eq!(public(&town, &visitor).await, (0, vec![]));
}

#[actix_web::test]
async fn the_database_itself_opens_no_home_and_no_school() {
    let town = Town::new().await;
    let world = &town.world;
    let school = school(&town).await;
    let order = claimed(&town, false).await;
    make(&world.leader, order, "schedule", world.session(2, 3)).await.expect(200);
    let mut closed = town.event(6, 7);
    closed["open"] = json!(false);
    closed["sessions"][0]["venue_id"] = json!(school);
    let closed = town.scheduler.post("/events", closed).await.expect(201).id();
    let open = town.draft(9, 10).await;
    let write = |sql: String| {
        world.app.app.pool.write(move |db: &mut Db| -> Result<()> {
            use diesel::connection::SimpleConnection;
            Ok(db.batch_execute(&sql)?)
        })
    };
    let of_order = db_lines(&mut world.app.db(), &format!("SELECT CAST(id AS TEXT) AS line FROM events WHERE order_id = {order}"));
    for sql in [
        format!("UPDATE events SET open = TRUE WHERE id = {}", of_order[0]),
        format!("UPDATE events SET open = TRUE WHERE id = {closed}"),
        format!("UPDATE event_sessions SET venue_id = {school} WHERE event_id = {open}"),
        format!(
            "INSERT INTO event_sessions (event_id, starts_at, ends_at, in_charge_id, state, venue_id) \
             SELECT event_id, starts_at, ends_at, in_charge_id, state, {school} FROM event_sessions WHERE event_id = {open}"
        ),
    ] {
        let done = write(sql.clone()).await;
        assert!(done.as_ref().is_err_and(|error| error.is("stays_closed")), "{sql}: {done:?}");
    }
    write(format!("UPDATE events SET open = FALSE WHERE id = {open}")).await.expect("what is open may be closed");
    write(format!("UPDATE event_sessions SET venue_id = {school} WHERE event_id = {open}")).await.expect("and be moved to a school then");
}
