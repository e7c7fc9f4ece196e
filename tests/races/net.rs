//! What stands behind the locks: the store writes over nothing that it has not seen, and the database itself refuses to take one
//! thing twice. Where the locks hold, neither is ever needed; so each is asked by itself.

use chrono::Duration;
use diesel::prelude::*;
use kepu::clock::Moment;
use kepu::db::Db;
use kepu::error::{Error, Result};
use kepu::ids::OrderId;
use kepu::orders::store;
use kepu::schema::{bookings, order_moves, orders, registration_terms, registrations, spaces};
use serde_json::json;

use super::arena::accepted_orders;
use super::registrations::with_places;
use crate::support::app::TestApp;

#[actix_web::test]
async fn an_order_that_has_moved_on_since_it_was_read_is_not_written_over() {
    let app = TestApp::start().await;
    let order = accepted_orders(&app, 1).await[0];
    let mut read = store::find(&mut app.db(), OrderId(order)).expect("orders can be read").expect("the order");
    read.row.title = "旧的标题".to_owned();
    let team = "友谊县人民医院健康科技志愿服务队";
    let leader = app.leader(team).await;
    leader.post(&format!("/orders/{order}/claim"), json!({"team_id": app.db_organisation(team)})).if_match("\"3\"").await.expect(200);
    let written = app.app.pool.write(move |db| store::advance(db, &mut read.clone())).await;
    assert!(written.as_ref().is_err_and(|error| error.is("busy")), "{written:?}");
    let now: (String, i64) = orders::table.find(order).select((orders::state, orders::version)).first(&mut app.db()).expect("the order");
    assert_eq!(now, ("claimed".to_owned(), 4));
    assert_eq!(order_moves::table.filter(order_moves::order_id.eq(order)).count().get_result(&mut app.db()), Ok(4));
}

/// Writes a booking past all that deeds look at.
fn put(kind: &'static str, resource: i64, places: Option<i32>, now: Moment, from: i64, until: i64) -> impl Fn(&mut Db) -> Result<()> + Send + 'static {
    move |db| {
        let (from, until) = (now.plus(Duration::minutes(from)), now.plus(Duration::minutes(until)));
        diesel::insert_into(bookings::table)
            .values((
                (bookings::county.eq("230522000000"), bookings::resource_kind.eq(kind), bookings::resource_id.eq(resource), bookings::places.eq(places)),
                (bookings::starts_at.eq(from), bookings::ends_at.eq(until), bookings::holder_kind.eq("event_session")),
                (bookings::holder_id.eq(1_i64), bookings::status.eq("confirmed"), bookings::created_at.eq(now)),
            ))
            .execute(db)?;
        Ok(())
    }
}

#[actix_web::test]
async fn of_two_workers_that_find_the_same_order_without_a_date_one_asks_for_new_times() {
    let app = TestApp::start().await;
    let (order, now) = (OrderId(accepted_orders(&app, 1).await[0]), app.app.clock.now());
    let ask = || app.app.pool.write(move |db| store::ask_new_times(db, order, now));
    assert_eq!((ask().await.expect("it is written"), ask().await.expect("it is written")), (true, false));
}

#[actix_web::test]
async fn the_database_itself_takes_nothing_twice() {
    let app = TestApp::start().await;
    let now = app.app.clock.now();
    let pool = &app.app.pool;
    let rooms: Vec<i64> = spaces::table.order(spaces::id).limit(2).select(spaces::id).load(&mut app.db()).expect("spaces can be read");
    let (one, other) = (rooms[0], rooms[1]);
    let book = move |from: i64, until: i64, resource: i64| put("space", resource, None, now, from, until);
    pool.write(book(60, 120, one)).await.expect("it is free");
    for (from, until) in [(0, 61), (119, 180), (60, 120), (80, 90), (0, 240)] {
        let twice = pool.write(book(from, until, one)).await;
        assert!(twice.as_ref().is_err_and(|error| error.is("taken")), "{from} to {until}: {twice:?}");
    }
    pool.write(book(0, 60, one)).await.expect("back to back before");
    pool.write(book(120, 180, one)).await.expect("back to back after");
    pool.write(book(60, 120, other)).await.expect("another room");
    // A person is in one place at a time, and is no space of the same number.
    pool.write(put("person", one, None, now, 60, 120)).await.expect("nobody has taken them");
    let twice = pool.write(put("person", one, None, now, 90, 150)).await;
    assert!(twice.as_ref().is_err_and(|error| error.is("taken")), "{twice:?}");
    // Moved into what is taken, and freed.
    let room = move || bookings::table.filter(bookings::resource_kind.eq("space")).filter(bookings::resource_id.eq(one));
    let shift = move |db: &mut Db| -> Result<()> {
        diesel::update(room().filter(bookings::starts_at.eq(now))).set(bookings::ends_at.eq(now.plus(Duration::minutes(70)))).execute(db)?;
        Ok(())
    };
    let shifted = pool.write(shift).await;
    assert!(shifted.as_ref().is_err_and(|error: &Error| error.is("taken")), "{shifted:?}");
    pool.write(move |db| {
        diesel::update(room()).set(bookings::released_at.eq(now)).execute(db)?;
        Ok(())
    })
    .await
    .expect("freed");
    pool.write(book(80, 90, one)).await.expect("what was freed can be taken");
}

#[actix_web::test]
async fn the_database_itself_gives_no_place_too_many_and_nobody_shares_what_another_has_alone() {
    let app = TestApp::start().await;
    let (pool, now) = (&app.app.pool, app.app.clock.now());
    let rooms: Vec<i64> = spaces::table.order(spaces::id).limit(2).select(spaces::id).load(&mut app.db()).expect("spaces can be read");
    let (hall, room) = (rooms[0], rooms[1]);
    diesel::update(spaces::table.find(hall)).set(spaces::places.eq(5)).execute(&mut app.db()).expect("it has five places");
    let share = move |from: i64, until: i64, places: i32| put("space", hall, Some(places), now, from, until);
    pool.write(share(0, 60, 3)).await.expect("three of five");
    pool.write(share(30, 90, 2)).await.expect("five of five for half an hour");
    pool.write(share(60, 120, 3)).await.expect("five of five again, as the first three go");
    // One instant is enough, wherever it lies in the span.
    for (from, until, places) in [(0, 31, 1), (59, 60, 1), (89, 200, 1), (-60, 240, 1), (120, 180, 6)] {
        let full = pool.write(share(from, until, places)).await;
        assert!(full.as_ref().is_err_and(|error| error.is("taken")), "{places} from {from} to {until}: {full:?}");
    }
    pool.write(share(-30, 30, 2)).await.expect("five of five for the first half hour");
    pool.write(share(90, 240, 2)).await.expect("five of five for the last");
    // Alone beside others, and others beside one who is alone.
    for (from, until) in [(0, 10), (239, 300), (-60, 400)] {
        let alone = pool.write(put("space", hall, None, now, from, until)).await;
        assert!(alone.as_ref().is_err_and(|error| error.is("taken")), "alone from {from} to {until}: {alone:?}");
    }
    pool.write(put("space", hall, None, now, 240, 300)).await.expect("back to back, alone");
    let beside = pool.write(share(299, 310, 1)).await;
    assert!(beside.as_ref().is_err_and(|error| error.is("taken")), "{beside:?}");
    // A room that one has alone has no places.
    let shared = pool.write(put("space", room, Some(1), now, 0, 60)).await;
    assert!(shared.as_ref().is_err_and(|error| error.is("taken")), "{shared:?}");
    // A booking that grows.
    let grown = pool.write(move |db| {
        let hall = bookings::table.filter(bookings::resource_kind.eq("space")).filter(bookings::resource_id.eq(hall));
        let first = hall.filter(bookings::starts_at.eq(now.plus(Duration::minutes(30))));
        diesel::update(first).set(bookings::places.eq(3)).execute(db)?;
        Ok(())
    });
    let grown = grown.await;
    assert!(grown.as_ref().is_err_and(|error: &Error| error.is("taken")), "{grown:?}");
}

/// Writes a registration past all that deeds look at.
fn come(event: i64, state: &'static str, heads: i32, now: Moment) -> impl Fn(&mut Db) -> Result<i64> + Send + 'static {
    move |db| {
        let confirm_by = (state == "offered").then_some(now);
        Ok(diesel::insert_into(registrations::table)
            .values((
                (registrations::event_id.eq(event), registrations::county.eq("230522000000"), registrations::state.eq(state), registrations::heads.eq(heads)),
                (registrations::under_14.eq(0), registrations::registered_at.eq(now), registrations::confirm_by.eq(confirm_by)),
            ))
            .returning(registrations::id)
            .get_result(db)?)
    }
}

#[actix_web::test]
async fn the_database_itself_gives_no_place_at_an_event_too_many() {
    let app = TestApp::start().await;
    let (pool, now) = (&app.app.pool, app.app.clock.now());
    let scheduler = app.scheduler("友谊镇").await;
    let (event, other) = (with_places(&app, &scheduler, 2, 5).await, with_places(&app, &scheduler, 4, 5).await);
    pool.write(come(event, "registered", 3, now)).await.expect("three of five");
    pool.write(come(event, "offered", 2, now)).await.expect("an offered place is taken");
    for state in ["registered", "offered"] {
        let full = pool.write(come(event, state, 1, now)).await;
        assert!(full.as_ref().is_err_and(|error| error.is("full")), "{state}: {full:?}");
    }
    let waiting = pool.write(come(event, "waiting", 1, now)).await.expect("anyone can wait");
    pool.write(come(other, "registered", 5, now)).await.expect("another event");
    let up = pool.write(move |db| {
        diesel::update(registrations::table.find(waiting)).set(registrations::state.eq("registered")).execute(db)?;
        Ok(())
    });
    let up = up.await;
    assert!(up.as_ref().is_err_and(|error: &Error| error.is("full")), "{up:?}");
    let grown = pool.write(move |db| {
        let first = registrations::table.filter(registrations::event_id.eq(event)).filter(registrations::state.eq("registered"));
        diesel::update(first).set(registrations::heads.eq(4)).execute(db)?;
        Ok(())
    });
    let grown = grown.await;
    assert!(grown.as_ref().is_err_and(|error: &Error| error.is("full")), "{grown:?}");
    let places = move |places: i32| {
        move |db: &mut Db| -> Result<()> {
            diesel::update(registration_terms::table.find(event)).set(registration_terms::places.eq(places)).execute(db)?;
            Ok(())
        }
    };
    let fewer = pool.write(places(4)).await;
    assert!(fewer.as_ref().is_err_and(|error| error.is("full")), "{fewer:?}");
    pool.write(places(6)).await.expect("more");
    pool.write(come(event, "registered", 1, now)).await.expect("one more");
}
