//! The access matrix: every route of the document, asked as everybody. The expectation is the snapshot beside this file, read
//! line by line against design, section 3; a new route changes it, so that nobody forgets to draw it.

use serde_json::json;

use super::people::{everybody, load_second_county};
use crate::bookings::keepers::room_of;
use crate::complaints::world::{about, complain};
use crate::orders::world::{PLACE, TEAM, World, make};

/// The rows of this world that are asked about.
struct Rows {
    order: i64,
    complaint: i64,
    centre: i64,
    team: i64,
    person: i64,
    /// Kept by the centre.
    venue: i64,
    /// Of that venue.
    space: i64,
    /// Of another venue of the centre; it waits for the centre's yes.
    booking: i64,
    /// Planned by the centre, published, and closed.
    event: i64,
    /// Of that event.
    session: i64,
    /// Kept by the centre.
    equipment: i64,
    /// That equipment, wished for by the team.
    loan: i64,
    /// Of who ordered, for an open event of the centre.
    registration: i64,
    campaign: i64,
    /// Filed by the hospital's team of an order of 繁荣社区.
    roster: i64,
    /// Made from another one, for a volunteer of the team.
    record: i64,
    /// Asked for by that volunteer.
    correction: i64,
}

/// What one asks, with the ids of this world in it. A version that never was stops every move behind the question of access.
fn asked(path: &str, rows: &Rows) -> String {
    let path = path.trim_start_matches("/api/v1");
    let id = match path.split('/').nth(1) {
        Some("orders") => rows.order.to_string(),
        Some("complaints") => rows.complaint.to_string(),
        Some("centres") => rows.centre.to_string(),
        Some("people") => rows.person.to_string(),
        Some("organisations") if path.ends_with("/check") || path.ends_with("/in_charge") => rows.team.to_string(),
        Some("organisations") => rows.centre.to_string(),
        Some("venues") => rows.venue.to_string(),
        Some("spaces") => rows.space.to_string(),
        Some("bookings") => rows.booking.to_string(),
        Some("rosters") => rows.roster.to_string(),
        Some("service_records") => rows.record.to_string(),
        Some("corrections") => rows.correction.to_string(),
        Some("events") => rows.event.to_string(),
        Some("sessions") => rows.session.to_string(),
        Some("equipment") => rows.equipment.to_string(),
        Some("loans") => rows.loan.to_string(),
        Some("registrations") => rows.registration.to_string(),
        Some("campaigns") => rows.campaign.to_string(),
        Some("plans") => "youyi-2021".to_owned(),
        _ => "1000000".to_owned(),
    };
    let path = path.replace("{id}", &id).replace("{code}", "T1");
    match path.as_str() {
        "/intake" => format!("{path}?division_code=230522100003"),
        "/hours/totals" => format!("{path}?by=team"),
        "/holidays" => format!("{path}?year=2026"),
        "/postponements/preview" => format!("{path}?division_code=230522100000&day=2026-03-02"),
        _ => path,
    }
}

/// How an answer reads in the matrix: `.` it may; else the number that says why not.
fn mark(status: u16) -> &'static str {
    match status {
        401 => "401",
        403 => "403",
        404 => "404",
        500.. => "!!!",
        _ => ".",
    }
}

/// A booking of 友谊镇's centre that waits for its yes.
async fn asked_for(world: &World) -> i64 {
    let room = room_of(world, "友谊镇", false).await;
    let session = json!({"sessions": [{"venue_id": room, "starts_at": world.hours(24), "ends_at": world.hours(26)}]});
    let order = world.claimed().await;
    make(&world.leader, order, "schedule", session).await.expect(200);
    let waiting = world.app.scheduler("友谊镇").await.get("/bookings?status=tentative").await.expect(200);
    waiting.items()[0]["id"].as_i64().expect("a booking")
}

/// A roster that waits, and a record with a correction that waits: of an order that was fulfilled. Five hours pass.
async fn hours_of(world: &World) -> (i64, i64, i64) {
    let volunteer = world.app.volunteer(TEAM).await;
    let id = volunteer.person().0;
    let order = world.fulfilled().await;
    let session = world.see(&world.leader, order).await.json["sessions"][0].clone();
    let line = json!({"person_id": id, "from": session["starts_at"], "until": session["ends_at"], "capacity": "volunteer"});
    let roster = json!({"session_id": session["id"], "content": "教老人急救", "lines": [line]});
    let first = world.leader.post("/rosters", roster.clone()).await.expect(201);
    world.officer.post(&format!("/rosters/{}/confirm", first.id()), json!({})).if_match("\"1\"").await.expect(200);
    let second = world.leader.post("/rosters", roster).await.expect(201).id();
    let hours = volunteer.get(&format!("/people/{id}/hours")).await.expect(200);
    let record = hours.json["records"]["items"][0]["id"].as_i64().expect("a record");
    let correction = volunteer.post(&format!("/service_records/{record}/corrections"), json!({"words": "少了半小时"})).await.expect(201).id();
    (second, record, correction)
}

#[actix_web::test]
async fn every_route_answers_everybody_as_drawn() {
    let world = World::new().await;
    load_second_county(&world).await;
    let (roster, record, correction) = hours_of(&world).await;
    let order = world.claimed().await;
    let centre = world.app.db_centre("友谊镇").0;
    let people = everybody(&world).await;
    let person = people[2].1.person().0;
    let team = world.team();
    // About that order, by who ordered it; read after everybody is there, so that a centre above answers.
    let complaint = complain(&world.resident, about(order)).await;
    let venue = json!({"name": "活动室", "organisation_id": centre, "division_code": PLACE, "address": "一楼", "capacity": 40, "free_to_book": true});
    let venue = world.app.system_administrator().await.post("/venues", venue).await.expect(201);
    let (venue, space) = (venue.id(), venue.json["spaces"][0]["id"].as_i64().expect("a space"));
    let booking = asked_for(&world).await;
    let planner = world.app.scheduler("友谊镇").await;
    let event = json!({"organiser_id": centre, "title": "培训", "kind": "training", "audience": "general", "expected": 20, "division_code": PLACE, "address": "广场", "sessions": [{"starts_at": world.hours(50), "ends_at": world.hours(52)}]});
    let event = planner.post("/events", event).await.expect(201);
    let (event, session) = (event.id(), event.json["sessions"][0]["id"].as_i64().expect("a session"));
    planner.post(&format!("/events/{event}/publish"), json!({})).if_match("\"1\"").await.expect(200);
    let boards = json!({"organisation_id": centre, "name": "展板", "kind": "boards", "division_code": PLACE});
    let equipment = planner.post("/equipment", boards).await.expect(201).id();
    let day = world.hours(240)[..10].to_owned();
    let wish = json!({"borrower_id": team, "from_day": day, "until_day": day, "purpose": "进校园"});
    let loan = world.leader.post(&format!("/equipment/{equipment}/wish"), wish).await.expect(201).id();
    let open = json!({"organiser_id": centre, "title": "讲座", "kind": "lecture", "audience": "general", "expected": 20, "division_code": PLACE, "address": "广场", "open": true, "sessions": [{"starts_at": world.hours(60), "ends_at": world.hours(62)}]});
    let open = planner.post("/events", open).await.expect(201).id();
    planner.post(&format!("/events/{open}/publish"), json!({})).if_match("\"1\"").await.expect(200);
    planner.post(&format!("/events/{open}/terms"), json!({"places": 9})).if_match("\"0\"").await.expect(200);
    let body = json!({"heads": 1, "consent": {"version": "registration-2026-01", "given": "here"}});
    let registration = world.resident.post(&format!("/events/{open}/registrations"), body).await.expect(201).id();
    let campaign = world.app.visitor().get("/campaigns").await.expect(200).items()[0]["id"].as_i64().expect("a campaign");
    let rows = Rows {
        order,
        complaint,
        centre,
        team,
        person,
        venue,
        space,
        booking,
        event,
        session,
        equipment,
        loan,
        registration,
        campaign,
        roster,
        record,
        correction,
    };

    let document: serde_json::Value = serde_json::from_str(kepu::openapi::json()).expect("the document is JSON");
    let mut drawn = String::from("Columns: ");
    drawn.push_str(&people.iter().enumerate().map(|(n, (who, _))| format!("{} {who}", n + 1)).collect::<Vec<_>>().join(", "));
    drawn.push('\n');
    for (path, item) in document["paths"].as_object().expect("paths") {
        // Signing in and out has stories of its own, and would end the sessions that ask here.
        if path.contains("/auth/") || path.contains("/me/sessions") {
            continue;
        }
        for method in item.as_object().expect("methods").keys() {
            let shown = path.trim_start_matches("/api/v1");
            let mut path = asked(path, &rows);
            if path == "/orders/board" {
                path = format!("{path}?team_id={team}");
            }
            let mut line = format!("{method:<5}{shown:<30}");
            for (_, client) in &people {
                let answer = match method.as_str() {
                    "get" => client.get(&path).await,
                    _ => client.post(&path, json!({})).if_match("\"999999\"").await,
                };
                line.push_str(&format!("{:>4}", mark(answer.status)));
            }
            drawn.push_str(&line);
            drawn.push('\n');
        }
    }
    insta::assert_snapshot!("matrix", drawn);
}
