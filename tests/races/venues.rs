//! 排期 of one venue by many at once: of a room that one has alone, and of one that several share.

use std::collections::BTreeMap;

use chrono::Duration;
use diesel::prelude::*;
use kepu::clock::Moment;
use kepu::schema::{bookings, event_sessions, events, spaces};
use serde_json::json;

use super::arena::{Arena, CROWD, Shot, accepted_orders, no_deadlocks};
use crate::support::app::TestApp;
use crate::support::client::Client;

const ROUNDS: usize = 200;
const TEAMS: [&str; 2] = ["友谊县人民医院健康科技志愿服务队", "友谊县农技推广科技志愿服务队"];

/// Half of the crowd leads one team and half the other, each with an order of their own.
async fn claimed_by_all(app: &TestApp) -> (Vec<i64>, Vec<Client>) {
    let orders = accepted_orders(app, CROWD).await;
    let mut leaders = Vec::new();
    for (n, order) in orders.iter().enumerate() {
        let name = TEAMS[n % 2];
        let leader = app.leader(name).await;
        leader.post(&format!("/orders/{order}/claim"), json!({"team_id": app.db_organisation(name)})).if_match("\"3\"").await.expect(200);
        leaders.push(leader);
    }
    (orders, leaders)
}

/// Who has been scheduled before is moved to the round's day, so that bookings are freed and taken in one transaction.
#[actix_web::test]
async fn one_venue_is_never_booked_twice_by_two_teams_whose_spans_overlap() {
    let app = TestApp::start().await;
    let (orders, leaders) = claimed_by_all(&app).await;
    let rooms = app.visitor().get("/venues?limit=100").await.expect(200);
    let room = rooms.items()[0]["id"].as_i64().expect("an id");
    let space: i64 = spaces::table.filter(spaces::venue_id.eq(room)).select(spaces::id).first(&mut app.db()).expect("its space");
    let arena = Arena::open(&app, &leaders).await;
    let mut versions = vec![4; CROWD];
    // What each was last told is theirs.
    let mut held: BTreeMap<i64, (Moment, Moment)> = BTreeMap::new();
    for round in 0..ROUNDS {
        let day = app.app.clock.now().plus(Duration::days(1 + i64::try_from(round).expect("small")));
        // Spans of one to three hours that begin every seven minutes of five hours: each overlaps many others, none is like another.
        let span = |n: usize| {
            let n = i64::try_from((n * 13 + round * 5) % CROWD).expect("small");
            let from = day.plus(Duration::minutes(7 * n % 300));
            (from, from.plus(Duration::minutes(60 + 2 * n)))
        };
        let shots = (0..CROWD).map(|n| {
            let (from, until) = span(n);
            let body = json!({"sessions": [{"venue_id": room, "starts_at": from, "ends_at": until}]});
            Shot { path: format!("/orders/{}/schedule", orders[n]), seen: Some(versions[n]), key: None, body }
        });
        let replies = arena.at_once(shots.collect()).await;
        let mut won = 0;
        for (n, reply) in replies.iter().enumerate() {
            if reply.status == 200 {
                won += 1;
                versions[n] = reply.version.expect("an answer has its version");
                held.insert(orders[n], span(n));
            } else {
                assert_eq!((reply.status, &reply.json["code"]), (409, &json!("taken")), "client {n}: {}", reply.json);
                assert!(reply.json["holder"]["event_session_id"].is_i64(), "client {n} is not told who holds it: {}", reply.json);
            }
        }
        assert!((1..CROWD).contains(&won), "round {round}: {won} won");
        let found: Vec<(i64, Moment, Moment)> = bookings::table
            .inner_join(event_sessions::table.on(event_sessions::id.eq(bookings::holder_id)))
            .inner_join(events::table.on(events::id.eq(event_sessions::event_id)))
            .filter(bookings::resource_kind.eq("space"))
            .filter(bookings::resource_id.eq(space))
            .filter(bookings::released_at.is_null())
            .order(bookings::starts_at)
            .select((events::order_id.assume_not_null(), bookings::starts_at, bookings::ends_at))
            .load(&mut app.db())
            .expect("bookings can be read");
        for pair in found.windows(2) {
            assert!(pair[0].2 <= pair[1].1, "round {round}: two hold the venue at one time: {pair:?}");
        }
        assert_eq!(found.into_iter().map(|(order, from, until)| (order, (from, until))).collect::<BTreeMap<_, _>>(), held, "round {round}");
    }
    arena.close().await;
    no_deadlocks(&app);
}

const SHARED_ROUNDS: usize = 100;
const PLACES: i32 = 10;

/// In every other round all want one place of one hour, so that it is known how many get it; in the others one to three places for
/// spans that overlap. Set-up and clearing are of different lengths.
#[actix_web::test]
async fn of_64_who_want_places_of_a_shared_space_at_once_no_more_get_them_than_there_are() {
    let app = TestApp::start().await;
    let (orders, leaders) = claimed_by_all(&app).await;
    let rooms = app.visitor().get("/venues?limit=100").await.expect(200);
    let room = rooms.items()[0]["id"].as_i64().expect("an id");
    let hall = (spaces::venue_id.eq(room), spaces::name.eq("展厅"), spaces::capacity.eq(200), spaces::places.eq(PLACES));
    let space: i64 = diesel::insert_into(spaces::table).values(hall).returning(spaces::id).get_result(&mut app.db()).expect("a space");
    let arena = Arena::open(&app, &leaders).await;
    let mut versions = vec![4; CROWD];
    let mut held: BTreeMap<i64, (i32, Moment, Moment)> = BTreeMap::new();
    for round in 0..SHARED_ROUNDS {
        let day = app.app.clock.now().plus(Duration::days(1 + i64::try_from(round).expect("small")));
        let all_alike = round % 2 == 0;
        // Places, start, end, set-up.
        let wish = |n: usize| {
            let n = i64::try_from((n * 13 + round * 5) % CROWD).expect("small");
            if all_alike {
                return (1, day.plus(Duration::minutes(60)), day.plus(Duration::minutes(120)), n);
            }
            let from = day.plus(Duration::minutes(7 * n % 300));
            (i32::try_from(1 + n % 3).expect("small"), from, from.plus(Duration::minutes(60 + 2 * n)), 0)
        };
        let shots = (0..CROWD).map(|n| {
            let (places, from, until, setup) = wish(n);
            let body = json!({"sessions": [{"space_id": space, "places": places, "starts_at": from, "ends_at": until, "setup_minutes": setup}]});
            Shot { path: format!("/orders/{}/schedule", orders[n]), seen: Some(versions[n]), key: None, body }
        });
        let replies = arena.at_once(shots.collect()).await;
        let mut won = 0;
        for (n, reply) in replies.iter().enumerate() {
            if reply.status == 200 {
                won += 1;
                versions[n] = reply.version.expect("an answer has its version");
                let (places, from, until, setup) = wish(n);
                held.insert(orders[n], (places, from.minus(Duration::minutes(setup)), until));
            } else {
                assert_eq!((reply.status, &reply.json["code"]), (409, &json!("taken")), "client {n}: {}", reply.json);
                let left = reply.json["places_left"].as_i64();
                assert!(left.is_some_and(|left| left < i64::from(wish(n).0)), "client {n} is not told what is left: {}", reply.json);
                assert!(reply.json["holder"]["event_session_id"].is_i64(), "client {n} is not told who is there: {}", reply.json);
            }
        }
        if all_alike {
            assert_eq!(won, PLACES, "round {round}");
        } else {
            assert!((1..i32::try_from(CROWD).expect("small")).contains(&won), "round {round}: {won} won");
        }
        let found: Vec<(i64, i32, Moment, Moment)> = bookings::table
            .inner_join(event_sessions::table.on(event_sessions::id.eq(bookings::holder_id)))
            .inner_join(events::table.on(events::id.eq(event_sessions::event_id)))
            .filter(bookings::resource_kind.eq("space"))
            .filter(bookings::resource_id.eq(space))
            .filter(bookings::released_at.is_null())
            .select((events::order_id.assume_not_null(), bookings::places.assume_not_null(), bookings::starts_at, bookings::ends_at))
            .load(&mut app.db())
            .expect("bookings can be read");
        for (_, _, at, _) in &found {
            let taken: i32 = found.iter().filter(|(_, _, from, until)| from <= at && at < until).map(|(_, places, _, _)| places).sum();
            assert!(taken <= PLACES, "round {round}: {taken} places are taken at {}", at.rfc3339());
        }
        assert_eq!(found.into_iter().map(|(order, places, from, until)| (order, (places, from, until))).collect::<BTreeMap<_, _>>(), held, "round {round}");
    }
    arena.close().await;
    no_deadlocks(&app);
}
