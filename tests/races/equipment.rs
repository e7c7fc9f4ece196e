//! One piece of equipment, and 64 wishes that are answered at one instant.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};
use diesel::prelude::*;
use kepu::clock::{COUNTY_ZONE, Moment};
use kepu::db::Db;
use kepu::error::Result;
use kepu::schema::{bookings, loans};
use serde_json::json;

use super::arena::{Arena, CROWD, Shot, no_deadlocks};
use crate::equipment::world::{Fair, deed};
use crate::support::client::Client;

const ROUNDS: usize = 8;
/// How far the rounds lie from each other, in days: no wish of one reaches into the next.
const APART: i64 = 50;

/// Every wish is of one to five days that begin on one of forty: each overlaps many others, and many are like each other.
#[actix_web::test]
async fn of_64_wishes_for_overlapping_days_that_are_agreed_to_at_once_no_two_are_had_for_one_day() {
    let fair = Fair::new().await;
    let today = fair.app.app.clock.now().day(COUNTY_ZONE);
    let span = |round: usize, n: usize| {
        let n = i64::try_from((n * 13 + round * 5) % CROWD).expect("small");
        let from = 1 + APART * i64::try_from(round).expect("small") + n % 40;
        (from, from + n % 5)
    };
    // All before the crowd stands there: connections that wait for long are closed.
    let mut wished = Vec::new();
    for round in 0..ROUNDS {
        let mut wishes = Vec::new();
        for n in 0..CROWD {
            let (from, until) = span(round, n);
            let (client, town) = if n % 2 == 0 { (&fair.youyi, "友谊镇") } else { (&fair.xinglong, "兴隆镇") };
            wishes.push(fair.wished(client, town, from, until).await);
        }
        wished.push(wishes);
    }
    let keepers: Vec<Client> = (0..CROWD).map(|_| fair.keeper.clone()).collect();
    let arena = Arena::open(&fair.app, &keepers).await;
    for (round, wishes) in wished.iter().enumerate() {
        let shots = wishes.iter().map(|loan| Shot { path: format!("/loans/{loan}/agree"), seen: Some(1), key: None, body: json!({}) });
        let replies = arena.at_once(shots.collect()).await;
        let mut held: BTreeMap<i64, (NaiveDate, NaiveDate)> = BTreeMap::new();
        for (n, reply) in replies.iter().enumerate() {
            if reply.status == 200 {
                let (from, until) = span(round, n);
                held.insert(wishes[n], (today + Duration::days(from), today + Duration::days(until)));
            } else {
                assert_eq!((reply.status, &reply.json["code"]), (409, &json!("taken")), "wish {n}: {}", reply.json);
                assert!(reply.json["holder"]["loan_id"].is_i64(), "wish {n} is not told who has it: {}", reply.json);
            }
        }
        assert!((4..CROWD).contains(&held.len()), "round {round}: {} won", held.len());
        let agreed: Vec<(i64, NaiveDate, NaiveDate)> = loans::table
            .filter(loans::state.eq("agreed"))
            .filter(loans::id.eq_any(wishes))
            .order(loans::from_day)
            .select((loans::id, loans::from_day, loans::until_day))
            .load(&mut fair.app.db())
            .expect("loans can be read");
        for pair in agreed.windows(2) {
            assert!(pair[0].2 < pair[1].1, "round {round}: two have it on one day: {pair:?}");
        }
        assert_eq!(agreed.into_iter().map(|(loan, from, until)| (loan, (from, until))).collect::<BTreeMap<_, _>>(), held, "round {round}");
    }
    arena.close().await;
    no_deadlocks(&fair.app);
}

/// Writes a booking of equipment past all that deeds look at.
fn put(kind: &'static str, resource: i64, now: Moment, from: i64, until: i64) -> impl Fn(&mut Db) -> Result<()> + Send + 'static {
    move |db| {
        diesel::insert_into(bookings::table)
            .values((
                (bookings::county.eq("230522000000"), bookings::resource_kind.eq(kind), bookings::resource_id.eq(resource)),
                (bookings::starts_at.eq(now.plus(Duration::days(from))), bookings::ends_at.eq(now.plus(Duration::days(until)))),
                (bookings::holder_kind.eq("loan"), bookings::holder_id.eq(1_i64), bookings::status.eq("confirmed"), bookings::created_at.eq(now)),
            ))
            .execute(db)?;
        Ok(())
    }
}

#[actix_web::test]
async fn the_database_itself_lends_nothing_twice_and_lets_nothing_out_twice() {
    let fair = Fair::new().await;
    let (pool, now) = (fair.app.app.pool.clone(), fair.app.app.clock.now());
    for kind in ["equipment", "loan"] {
        pool.write(put(kind, fair.caravan, now, 10, 12)).await.expect("it is free");
        for (from, until) in [(9, 11), (11, 13), (10, 12), (0, 30)] {
            let twice = pool.write(put(kind, fair.caravan, now, from, until)).await;
            assert!(twice.as_ref().is_err_and(|error| error.is("taken")), "{kind} {from} to {until}: {twice:?}");
        }
        pool.write(put(kind, fair.caravan, now, 12, 14)).await.expect("back to back after");
    }
    // Out of the house once, whatever the days say.
    let first = fair.wished(&fair.youyi, "友谊镇", 20, 21).await;
    let second = fair.wished(&fair.xinglong, "兴隆镇", 22, 23).await;
    deed(&fair.keeper, first, "agree", json!({})).await.expect(200);
    let out = |loan: i64| {
        pool.write(move |db| {
            diesel::update(loans::table.find(loan)).set(loans::state.eq("handed_over")).execute(db)?;
            Ok(())
        })
    };
    out(first).await.expect("the first has it");
    let twice = out(second).await;
    assert!(twice.as_ref().is_err_and(|error| error.is("already_there")), "{twice:?}");
}
