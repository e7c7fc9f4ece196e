//! 确认 of one roster, and of one person's overlapping hours, by many at once.

use chrono::Duration;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use kepu::db::Db;
use kepu::error::Result;
use kepu::schema::{event_sessions, events, presences, roster_lines, rosters, service_records};
use serde_json::json;

use super::arena::{Arena, CROWD, Shot, no_deadlocks};
use crate::hours::world::{Service, own_hours, person, sums};
use crate::support::client::Client;
use crate::support::people::COUNTY;

/// Dispatchers of 友谊镇: each may confirm what took place there.
async fn dispatchers(service: &Service) -> Vec<Client> {
    let mut crowd = Vec::new();
    for _ in 0..CROWD {
        crowd.push(service.world.app.dispatcher("友谊镇").await);
    }
    crowd
}

#[actix_web::test]
async fn a_roster_that_64_confirm_at_once_is_credited_once() {
    let service = Service::new().await;
    let id = service.file(service.roster()).await;
    let arena = Arena::open(&service.world.app, &dispatchers(&service).await).await;
    let shots = (0..CROWD).map(|_| Shot { path: format!("/rosters/{id}/confirm"), seen: Some(1), key: None, body: json!({}) });
    let replies = arena.at_once(shots.collect()).await;
    let won = replies.iter().filter(|reply| reply.status == 200).count();
    for reply in replies.iter().filter(|reply| reply.status != 200) {
        assert_eq!((reply.status, &reply.json["code"]), (409, &json!("roster_answered")), "{}", reply.json);
    }
    assert_eq!(won, 1);
    arena.close().await;
    assert_eq!(service_records::table.count().get_result(&mut service.world.app.db()), Ok(2));
    for volunteer in [&service.volunteer, &service.other] {
        assert_eq!(sums(&own_hours(volunteer).await), [120, 120, 0, 0]);
    }
    no_deadlocks(&service.world.app);
}

/// A roster of an event of its own in 友谊镇, straight in the database: one person, for an hour that begins so many minutes after another's.
fn db_roster(service: &Service, number: i64) -> i64 {
    let app = &service.world.app;
    let mut db = app.db();
    let (from, leader, team) = (service.until.plus(Duration::minutes(number % 30)), person(&service.world.leader).0, service.team().0);
    let until = from.plus(Duration::hours(1));
    let path = kepu::divisions::find(&mut db, &app.db_division("友谊镇")).expect("divisions can be read").expect("the town").path;
    let event: i64 = diesel::insert_into(events::table)
        .values((
            (events::county.eq(COUNTY), events::title.eq("义诊"), events::state.eq("held"), events::created_at.eq(from), events::organiser_id.eq(team)),
            (events::place_path.eq(&path), events::published_at.eq(from)),
        ))
        .returning(events::id)
        .get_result(&mut db)
        .expect("an event");
    let span = (event_sessions::starts_at.eq(from), event_sessions::ends_at.eq(until));
    let session: i64 = diesel::insert_into(event_sessions::table)
        .values((span, event_sessions::event_id.eq(event), event_sessions::in_charge_id.eq(leader), event_sessions::state.eq("held")))
        .returning(event_sessions::id)
        .get_result(&mut db)
        .expect("a session");
    let roster: i64 = diesel::insert_into(rosters::table)
        .values((
            (rosters::county.eq(COUNTY), rosters::event_id.eq(event), rosters::session_id.eq(session), rosters::team_id.eq(team)),
            (rosters::place_path.eq(&path), rosters::jurisdiction.eq("county"), rosters::class.eq("roster"), rosters::late.eq(false)),
            (rosters::content.eq("量血压"), rosters::state.eq("filed"), rosters::filed_by.eq(leader), rosters::filed_at.eq(until)),
        ))
        .returning(rosters::id)
        .get_result(&mut db)
        .expect("a roster");
    let line = (roster_lines::roster_id.eq(roster), roster_lines::person_id.eq(person(&service.volunteer).0), roster_lines::capacity.eq("volunteer"));
    let span = (roster_lines::from_at.eq(from), roster_lines::until_at.eq(until), roster_lines::minutes.eq(60));
    diesel::insert_into(roster_lines::table).values((line, span)).execute(&mut db).expect("a line");
    roster
}

#[actix_web::test]
async fn of_64_overlapping_presences_of_one_person_that_are_confirmed_at_once_one_is_credited() {
    let service = Service::new().await;
    let ids: Vec<i64> = (0..CROWD).map(|n| db_roster(&service, i64::try_from(n).expect("small"))).collect();
    let arena = Arena::open(&service.world.app, &dispatchers(&service).await).await;
    let shots = ids.iter().map(|id| Shot { path: format!("/rosters/{id}/confirm"), seen: Some(1), key: None, body: json!({}) });
    let replies = arena.at_once(shots.collect()).await;
    let won = replies.iter().filter(|reply| reply.status == 200).count();
    for reply in replies.iter().filter(|reply| reply.status != 200) {
        assert_eq!((reply.status, &reply.json["code"]), (409, &json!("presence_overlaps")), "{}", reply.json);
        assert_eq!(reply.json["person_id"], json!(person(&service.volunteer)), "who it is, is told: {}", reply.json);
    }
    assert_eq!(won, 1);
    arena.close().await;
    let mut db = service.world.app.db();
    assert_eq!((presences::table.count().get_result(&mut db), service_records::table.count().get_result(&mut db)), (Ok(1), Ok(1)));
    assert_eq!(sums(&own_hours(&service.volunteer).await), [60, 60, 0, 0]);
    no_deadlocks(&service.world.app);
}

#[actix_web::test]
async fn the_database_itself_lets_nobody_be_in_two_places_and_counts_no_line_and_no_reversal_twice() {
    let service = Service::new().await;
    service.confirmed(service.roster()).await;
    let pool = &service.world.app.app.pool;
    let ids: Vec<i64> = service_records::table.order(service_records::id).select(service_records::id).load(&mut service.world.app.db()).expect("records");
    let (one, other) = (ids[0], ids[1]);
    let (who, until) = (person(&service.volunteer).0, service.until);
    let present = move |from: i64, long: i64| {
        move |db: &mut Db| -> Result<()> {
            // The other's record stands for one that a deed would have made.
            diesel::delete(presences::table.filter(presences::record_id.eq(other))).execute(db)?;
            let from = until.plus(Duration::minutes(from));
            let row = (presences::record_id.eq(other), presences::person_id.eq(who), presences::from_at.eq(from));
            diesel::insert_into(presences::table).values((row, presences::until_at.eq(from.plus(Duration::minutes(long))))).execute(db)?;
            Ok(())
        }
    };
    for (from, long) in [(-1, 60), (-120, 120), (-60, 10), (-180, 61), (-240, 480)] {
        let twice = pool.write(present(from, long)).await;
        assert!(twice.as_ref().is_err_and(|error| error.is("presence_overlaps")), "{from} for {long}: {twice:?}");
    }
    pool.write(present(-240, 120)).await.expect("back to back before");
    pool.write(present(0, 60)).await.expect("back to back after");
    let moved = move |db: &mut Db| -> Result<()> {
        diesel::update(presences::table.filter(presences::record_id.eq(other))).set(presences::from_at.eq(until.minus(Duration::minutes(1)))).execute(db)?;
        Ok(())
    };
    let moved = pool.write(moved).await;
    assert!(moved.as_ref().is_err_and(|error| error.is("presence_overlaps")), "{moved:?}");

    let again = |change: String| {
        move |db: &mut Db| -> Result<()> {
            let copy = format!("CREATE TEMPORARY TABLE again AS SELECT * FROM service_records WHERE id = {one}; UPDATE again SET {change}");
            db.batch_execute(&format!("{copy}; INSERT INTO service_records SELECT * FROM again; DROP TABLE again"))?;
            Ok(())
        }
    };
    let twice = pool.write(again("id = 900000".to_owned())).await;
    assert!(twice.as_ref().is_err_and(|error| error.is("already_there")), "the line's record a second time: {twice:?}");
    let reversal = |id: i64| format!("id = {id}, kind = 'reversal', reverses_id = {one}, minutes = -120, reason = '错了'");
    pool.write(again(reversal(900_001))).await.expect("taken back");
    let twice = pool.write(again(reversal(900_002))).await;
    assert!(twice.as_ref().is_err_and(|error| error.is("already_there")), "taken back a second time: {twice:?}");
}
