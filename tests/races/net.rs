//! What stands behind the locks: the store writes over nothing that it has not seen, and the database itself refuses to take one
//! thing twice. Where the locks hold, neither is ever needed; so each is asked by itself.

use chrono::Duration;
use diesel::prelude::*;
use kepu::db::Db;
use kepu::error::{Error, Result};
use kepu::ids::OrderId;
use kepu::orders::store;
use kepu::schema::{bookings, order_moves, orders};
use serde_json::json;

use super::arena::accepted_orders;
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

#[actix_web::test]
async fn the_database_itself_takes_nothing_twice() {
    let app = TestApp::start().await;
    let now = app.app.clock.now();
    let book = move |from: i64, until: i64, resource: i64| {
        move |db: &mut Db| -> Result<()> {
            let (from, until) = (now.plus(Duration::minutes(from)), now.plus(Duration::minutes(until)));
            diesel::insert_into(bookings::table)
                .values((
                    (bookings::county.eq("230522000000"), bookings::resource_kind.eq("venue"), bookings::resource_id.eq(resource)),
                    (bookings::starts_at.eq(from), bookings::ends_at.eq(until), bookings::holder_kind.eq("event_session")),
                    (bookings::holder_id.eq(1_i64), bookings::status.eq("confirmed"), bookings::created_at.eq(now)),
                ))
                .execute(db)?;
            Ok(())
        }
    };
    let pool = &app.app.pool;
    pool.write(book(60, 120, 1)).await.expect("it is free");
    for (from, until) in [(0, 61), (119, 180), (60, 120), (80, 90), (0, 240)] {
        let twice = pool.write(book(from, until, 1)).await;
        assert!(twice.as_ref().is_err_and(|error| error.is("taken")), "{from} to {until}: {twice:?}");
    }
    pool.write(book(0, 60, 1)).await.expect("back to back before");
    pool.write(book(120, 180, 1)).await.expect("back to back after");
    pool.write(book(60, 120, 2)).await.expect("another room");
    // Moved into what is taken, and freed.
    let room = || bookings::table.filter(bookings::resource_kind.eq("venue")).filter(bookings::resource_id.eq(1_i64));
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
    pool.write(book(80, 90, 1)).await.expect("what was freed can be taken");
}
