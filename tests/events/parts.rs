//! A fair and its stalls.

use serde_json::{Value, json};

use super::world::{Town, deed};
use crate::support::client::{Answer, Client};
use crate::support::statements::db_lines;

/// A stall of a fair, at the fair's place.
fn stall(town: &Town, fair: i64, title: &str, from: i64, until: i64) -> Value {
    let mut stall = town.event(from, until);
    stall["title"] = json!(title);
    stall["parent_id"] = json!(fair);
    stall
}

async fn added(town: &Town, fair: i64, title: &str, from: i64, until: i64) -> i64 {
    town.scheduler.post("/events", stall(town, fair, title, from, until)).await.expect(201).id()
}

/// How many bookings are held, of spaces and of persons.
fn held(town: &Town) -> Vec<String> {
    let sql =
        "SELECT resource_kind || ' ' || CAST(count(*) AS TEXT) AS line FROM bookings WHERE released_at IS NULL GROUP BY resource_kind ORDER BY resource_kind";
    db_lines(&mut town.world.app.db(), sql)
}

async fn seen(client: &Client, id: i64) -> Answer {
    client.get(&format!("/events/{id}")).await.expect(200)
}

fn titles(answer: &Answer) -> Vec<&str> {
    answer.json["parts"].as_array().expect("parts").iter().filter_map(|part| part["title"].as_str()).collect()
}

#[actix_web::test]
async fn twenty_stalls_stand_in_one_hall_which_is_booked_once_and_so_is_who_runs_the_fair() {
    let town = Town::new().await;
    let fair = town.draft(2, 8).await;
    for n in 1..=20 {
        added(&town, fair, &format!("{n}号摊位"), 2, 8).await;
    }
    assert_eq!(held(&town), ["person 1", "space 1"]);
    let whole = seen(&town.scheduler, fair).await;
    assert_eq!((titles(&whole).len(), &whole.json["takes_parts"], &whole.json["version"]), (20, &json!(true), &json!(1)));
    assert_eq!((&whole.json["parts"][0]["title"], &whole.json["parts"][0]["agreed"]), (&json!("1号摊位"), &json!(true)));
    // Everybody else finds the hall taken, and who runs the fair is taken elsewhere.
    town.scheduler.post("/events", town.event(3, 4)).await.refused(409, "taken");
    // A stall of another hall takes that one, and nobody is at two places.
    let hall = json!({"name": "镇小学操场", "organisation_id": town.centre, "division_code": crate::orders::world::PLACE, "address": "小学", "capacity": 300, "free_to_book": true});
    let hall = town.scheduler.post("/venues", hall).await.expect(201).id();
    let mut apart = stall(&town, fair, "户外实验", 3, 4);
    apart["sessions"][0]["venue_id"] = json!(hall);
    town.scheduler.post("/events", apart.clone()).await.refused(409, "taken");
    let second = town.world.app.scheduler("友谊镇").await;
    second.post("/events", apart).await.expect(201);
    assert_eq!(held(&town), ["person 2", "space 2"]);
}

#[actix_web::test]
async fn a_stall_outside_of_the_fairs_time_is_refused_in_words() {
    let town = Town::new().await;
    let mut fair = town.event(2, 8);
    fair["sessions"][0]["setup_minutes"] = json!(60);
    let fair = town.scheduler.post("/events", fair).await.expect(201).id();
    // While it is set up the hall is the fair's already; who runs it is not there yet, so somebody else is.
    town.scheduler.post("/events", stall(&town, fair, "早点布展", 1, 3)).await.refused(409, "taken");
    let second = town.world.app.scheduler("友谊镇").await;
    second.post("/events", stall(&town, fair, "早点布展", 1, 3)).await.expect(201);
    for (from, until) in [(0, 2), (7, 9), (9, 10)] {
        let refused = town.scheduler.post("/events", stall(&town, fair, "来晚了", from, until)).await.expect(422);
        let faults: Vec<&str> = refused.json["errors"].as_array().expect("faults").iter().filter_map(|fault| fault["code"].as_str()).collect();
        assert!(faults.contains(&"outside_parent"), "{from} to {until}: {refused}");
    }
    let of_a_stall = town.scheduler.post("/events", stall(&town, added(&town, fair, "一号", 2, 4).await, "二层", 2, 3)).await.expect(422);
    assert_eq!(of_a_stall.json["errors"][0]["code"], "no_whole");
    let nowhere = town.scheduler.post("/events", stall(&town, 9999, "没有", 2, 3)).await.expect(422);
    assert_eq!(nowhere.json["errors"][0]["code"], "unknown");
    // What has stalls is no stall.
    let other = town.published(10, 12).await;
    let mut under = town.event(2, 8);
    under["parent_id"] = json!(other);
    let refused = deed(&town.scheduler, fair, "change", under).await.expect(422);
    assert_eq!(refused.json["errors"][0]["code"], "has_parts");
}

#[actix_web::test]
async fn who_plans_the_fair_lets_others_in_and_they_plan_their_own_stall_from_then_on() {
    let town = Town::new().await;
    let world = &town.world;
    let fair = town.published(2, 8).await;
    // Nobody hangs a stall on another's fair.
    let mut own = stall(&town, fair, "义诊", 2, 8);
    own["organiser_id"] = json!(world.team());
    let refused = world.leader.post("/events", own.clone()).await.expect(422);
    assert_eq!(refused.json["errors"][0]["code"], "not_yours");
    let made = town.scheduler.post("/events", own.clone()).await.expect(201);
    assert_eq!(made.json["organiser"]["id"], json!(world.team()));
    assert_eq!(made.json["parent"], json!({"id": fair, "title": "家庭用电安全讲座"}));
    let id = made.id();
    assert_eq!(world.heard(&world.leader).await, ["event_entered"]);
    world.other_leader.get(&format!("/events/{id}")).await.refused(404, "not_found");
    let theirs = seen(&world.leader, id).await;
    assert_eq!(theirs.json["moves"], json!(["change", "publish", "cancel"]));
    // They put themselves in charge: now they are taken, and not the fair's planner a second time.
    own["description"] = json!("量血压、测血糖");
    deed(&world.leader, id, "change", own.clone()).await.expect(200);
    assert_eq!(held(&town), ["person 2", "space 1"]);
    deed(&world.leader, id, "publish", json!({})).await.expect(200);
    // The fair's planner calls it off; a fair of others is none of theirs.
    deed(&world.other_leader, id, "cancel", json!({"reason": "不行"})).await.refused(403, "forbidden");
    deed(&town.scheduler, id, "cancel", json!({"reason": "位置不够"})).await.expect(200);
    own["organiser_id"] = json!(world.department());
    world.leader.post("/events", own).await.refused(403, "forbidden");
}

#[actix_web::test]
async fn when_the_fair_moves_its_stalls_move_along_and_none_is_left_outside() {
    let town = Town::new().await;
    let fair = town.published(2, 8).await;
    let (first, last) = (added(&town, fair, "早场", 2, 4).await, added(&town, fair, "晚场", 6, 8).await);
    let moved = deed(&town.scheduler, fair, "change", town.event(26, 32)).await.expect(200);
    assert_eq!((&moved.json["parts"][0]["starts_at"], &moved.json["parts"][1]["ends_at"]), (&json!(town.world.hours(26)), &json!(town.world.hours(32))));
    assert_eq!(seen(&town.scheduler, last).await.json["sessions"][0]["starts_at"], json!(town.world.hours(30)));
    assert_eq!(held(&town), ["person 1", "space 1"]);
    // A shorter fair has no room for the late stall: nothing moves, and it is named.
    let refused = deed(&town.scheduler, fair, "change", town.event(26, 30)).await.refused(409, "parts_outside");
    assert_eq!(refused.json["parts"], json!([{"id": last, "title": "晚场"}]));
    assert_eq!(seen(&town.scheduler, fair).await.json["sessions"][0]["ends_at"], json!(town.world.hours(32)));
    deed(&town.scheduler, last, "cancel", json!({"reason": "改成白天"})).await.expect(200);
    let shorter = deed(&town.scheduler, fair, "change", town.event(26, 30)).await.expect(200);
    assert_eq!(titles(&shorter), ["早场"]);
    assert_eq!(seen(&town.scheduler, first).await.json["sessions"][0]["starts_at"], json!(town.world.hours(26)));
}

#[actix_web::test]
async fn a_fair_that_is_called_off_takes_its_stalls_along_and_one_that_is_put_off_brings_them_back() {
    let town = Town::new().await;
    let fair = town.published(2, 8).await;
    let stalls = [added(&town, fair, "一号", 2, 8).await, added(&town, fair, "二号", 2, 4).await, added(&town, fair, "三号", 2, 8).await];
    for id in &stalls[..2] {
        deed(&town.scheduler, *id, "publish", json!({})).await.expect(200);
    }
    let off = deed(&town.scheduler, fair, "postpone", json!({"reason": "weather", "words": "大雪"})).await.expect(200);
    assert_eq!(off.json["state"], "postponed");
    assert_eq!(held(&town), [""; 0]);
    let states = |answer: &Answer| -> Vec<String> {
        answer.json["parts"].as_array().expect("parts").iter().map(|part| part["state"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(states(&off), ["postponed", "postponed", "draft"]);
    let back = deed(&town.scheduler, fair, "change", town.event(50, 56)).await.expect(200);
    assert_eq!((&back.json["state"], states(&back)), (&json!("published"), vec!["published".to_owned(), "published".to_owned(), "draft".to_owned()]));
    assert_eq!(seen(&town.scheduler, stalls[1]).await.json["sessions"][0]["ends_at"], json!(town.world.hours(52)));
    deed(&town.scheduler, fair, "cancel", json!({"reason": "大雪封路"})).await.expect(200);
    for id in stalls {
        let stall = seen(&town.scheduler, id).await;
        assert_eq!((&stall.json["state"], &stall.json["closing_words"]), (&json!("cancelled"), &json!("大雪封路")));
    }
    assert_eq!(held(&town), [""; 0]);
}

#[actix_web::test]
async fn a_visitor_finds_the_fair_in_the_calendar_and_its_published_stalls_on_its_page() {
    let town = Town::new().await;
    let fair = town.published(2, 8).await;
    let open = added(&town, fair, "一号", 2, 8).await;
    let draft = added(&town, fair, "还没定", 2, 8).await;
    deed(&town.scheduler, open, "publish", json!({})).await.expect(200);
    let visitor = town.world.app.visitor();
    assert_eq!(town.calendar(&visitor, "").await, [fair]);
    assert_eq!(town.calendar(&town.scheduler, "public=true").await, [fair]);
    assert_eq!(town.calendar(&town.scheduler, "").await, [fair, open, draft]);
    let page = seen(&visitor, fair).await;
    assert_eq!((titles(&page), &page.json["takes_parts"], &page.json["parts"][0]["in_charge"]), (vec!["一号"], &json!(false), &json!([])));
    assert_eq!(seen(&visitor, open).await.json["parent"]["id"], json!(fair));
}

#[actix_web::test]
async fn the_database_itself_lets_no_part_have_parts_and_no_living_part_be_of_what_is_called_off() {
    let town = Town::new().await;
    let fair = town.published(2, 8).await;
    let one = added(&town, fair, "一号", 2, 8).await;
    let other = town.published(10, 12).await;
    let pool = &town.world.app.app.pool;
    let asked = |sql: String| {
        pool.write(move |db| {
            use diesel::connection::SimpleConnection;
            db.batch_execute(&sql).map_err(kepu::error::Error::from)
        })
    };
    for sql in [
        format!("UPDATE events SET parent_id = {one} WHERE id = {other}"),
        format!("UPDATE events SET parent_id = {fair} WHERE id = {fair}"),
        format!("UPDATE events SET parent_id = {other} WHERE id = {fair}"),
        format!("UPDATE events SET state = 'cancelled' WHERE id = {fair}"),
        format!(
            "INSERT INTO events (county, title, state, created_at, parent_id) SELECT county, title, state, created_at, {one} FROM events WHERE id = {other}"
        ),
    ] {
        let done = asked(sql.clone()).await;
        assert!(done.as_ref().is_err_and(|error| error.is("parent_unfit")), "{sql}: {done:?}");
    }
    asked(format!("UPDATE events SET state = 'cancelled' WHERE id = {one}")).await.expect("a part is called off");
    asked(format!("UPDATE events SET state = 'cancelled' WHERE id = {fair}")).await.expect("no part is left");
    let late = asked(format!("UPDATE events SET parent_id = {fair} WHERE id = {other}")).await;
    assert!(late.as_ref().is_err_and(|error| error.is("parent_unfit")), "{late:?}");
}
