//! Sums are those of the records, by whatever they are taken.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use kepu::schema::{event_sessions, events, hour_holds, plan_items, record_people, service_records};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::world::{Service, own_hours, person, sums};
use crate::orders::world::{OTHER_TEAM, TEAM};
use crate::support::client::Client;
use crate::support::people::COUNTY;

/// A record as it is drawn: whose, of which event, task, team, department and township, in which year, of which class, how long, and whether
/// it was taken back.
type Drawn = (usize, usize, Option<usize>, usize, Option<usize>, Option<usize>, i32, bool, i32, bool);

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    let some = || proptest::option::of(0_usize..3);
    let one = (0_usize..3, 0_usize..3, some(), 0_usize..2, some(), some(), 2024_i32..2027, any::<bool>(), 1_i32..600, any::<bool>());
    proptest::collection::vec(one, 1..60)
}

/// What the records say, told by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Told {
    minutes: i64,
    roster: i64,
    back_entry: i64,
    held: i64,
}

/// The choices that are drawn from.
struct Land {
    people: Vec<i64>,
    /// The last one is held.
    events: Vec<(i64, i64)>,
    /// With the programme of each.
    items: Vec<(i64, i64)>,
    teams: Vec<i64>,
    departments: Vec<i64>,
    townships: Vec<String>,
}

fn land(service: &Service) -> Land {
    let app = &service.world.app;
    let mut db = app.db();
    let now = app.app.clock.now();
    let events = (0..3)
        .map(|_| {
            let event: i64 = diesel::insert_into(events::table)
                .values((events::county.eq(COUNTY), events::title.eq("讲座"), events::state.eq("held"), events::created_at.eq(now)))
                .returning(events::id)
                .get_result(&mut db)
                .expect("an event");
            let until = now.plus(chrono::Duration::hours(1));
            let session = (event_sessions::event_id.eq(event), event_sessions::starts_at.eq(now), event_sessions::ends_at.eq(until));
            let session: i64 = diesel::insert_into(event_sessions::table)
                .values((session, event_sessions::in_charge_id.eq(person(&service.world.leader).0), event_sessions::state.eq("held")))
                .returning(event_sessions::id)
                .get_result(&mut db)
                .expect("a session");
            (event, session)
        })
        .collect::<Vec<(i64, i64)>>();
    let held = (hour_holds::event_id.eq(events[2].0), hour_holds::from_at.eq(now));
    diesel::insert_into(hour_holds::table).values(held).execute(&mut db).expect("a hold");
    let items: Vec<(i64, Option<i64>)> = plan_items::table
        .filter(plan_items::parent_id.is_not_null())
        .order(plan_items::id)
        .select((plan_items::id, plan_items::parent_id))
        .load(&mut db)
        .expect("tasks");
    // Two of one programme, and one of another.
    let (first, last) = (items[0], items[items.len() - 1]);
    let second = *items.iter().find(|(id, parent)| *parent == first.1 && *id != first.0).expect("a programme has tasks");
    Land {
        people: [&service.volunteer, &service.other, &service.world.leader].map(|client| person(client).0).to_vec(),
        events,
        items: [first, second, last].map(|(id, parent)| (id, parent.expect("a programme"))).to_vec(),
        teams: [TEAM, OTHER_TEAM].map(|name| app.db_organisation(name).0).to_vec(),
        departments: ["县卫生健康局", "县科协", "县农业农村局"].map(|name| app.db_organisation(name).0).to_vec(),
        townships: ["友谊镇", "兴隆镇", "龙山镇"].map(|name| app.db_division(name)).to_vec(),
    }
}

/// Writes a drawn record, and what takes it back; gives what counts of it.
fn put(service: &Service, land: &Land, number: i64, drawn: &Drawn) -> i64 {
    let (who, event, item, team, department, township, year, back_entry, minutes, reversed) = *drawn;
    let mut db = service.world.app.db();
    let now = service.world.app.app.clock.now();
    let (event, session) = land.events[event];
    let (leader, officer) = (person(&service.world.leader).0, person(&service.world.officer).0);
    let mut insert = |kind: &str, reverses: Option<i64>, minutes: i32, filed_by: i64| -> i64 {
        use service_records as r;
        let record: i64 = diesel::insert_into(r::table)
            .values((
                (r::county.eq(COUNTY), r::kind.eq(kind), r::reverses_id.eq(reverses), r::source_kind.eq("roster_line"), r::source_id.eq(number)),
                (r::event_id.eq(event), r::session_id.eq(session), r::plan_item_id.eq(item.map(|item| land.items[item].0)), r::team_id.eq(land.teams[team])),
                (r::department_id.eq(department.map(|department| land.departments[department])), r::place_path.eq("")),
                (r::township_code.eq(township.map(|township| land.townships[township].clone())), r::title.eq("讲座"), r::place.eq("镇里")),
                (r::held_on.eq(NaiveDate::from_ymd_opt(year, 6, 1).expect("a day")), r::content.eq("讲课"), r::minutes.eq(minutes), r::unit.eq("队")),
                (r::in_charge_id.eq(leader), r::year.eq(year), r::from_at.eq(now), r::until_at.eq(now.plus(chrono::Duration::hours(1)))),
                (r::class.eq(if back_entry { "back_entry" } else { "roster" }), r::late.eq(false), r::filed_by.eq(filed_by), r::confirmed_by.eq(officer)),
                (r::reason.eq(reverses.map(|_| "错了")), r::commitment.eq("x"), r::created_at.eq(now)),
            ))
            .returning(r::id)
            .get_result(&mut db)
            .expect("a record");
        let whose = (record_people::record_id.eq(record), record_people::person_id.eq(land.people[who]), record_people::salt.eq("x"));
        diesel::insert_into(record_people::table).values(whose).execute(&mut db).expect("whose it is");
        record
    };
    let credit = insert("credit", None, minutes, leader);
    if reversed {
        insert("reversal", Some(credit), -minutes, officer);
        return 0;
    }
    i64::from(minutes)
}

/// What the product says by a key.
async fn asked(client: &Client, query: &str) -> (Told, BTreeMap<String, Told>) {
    let answer = client.get(&format!("/hours/totals?{query}")).await.expect(200);
    let told = |value: &Value| {
        let [minutes, roster, back_entry, held] = sums(value);
        Told { minutes, roster, back_entry, held }
    };
    let items = answer.json["items"].as_array().expect("items").iter();
    (told(&answer.json), items.map(|item| (item["key"].as_str().unwrap_or("none").to_owned(), told(item))).collect())
}

#[actix_web::test]
async fn every_total_is_the_sum_of_its_records_whatever_they_are() {
    let service = Service::new().await;
    let (supervisor, land) = (service.world.app.supervisor().await, land(&service));
    let mut runner = TestRunner::deterministic();
    let mut all: Vec<(Drawn, i64)> = Vec::new();
    for round in 0..6 {
        let tree = drawn().new_tree(&mut runner).expect("records are drawn");
        for one in tree.current() {
            let number = i64::try_from(all.len()).expect("small") + 1;
            let counts = put(&service, &land, number, &one);
            all.push((one, counts));
        }
        let none = || "none".to_owned();
        let key = |by: &str, one: &Drawn| match by {
            "team" => land.teams[one.3].to_string(),
            "department" => one.4.map_or_else(none, |department| land.departments[department].to_string()),
            "plan_task" => one.2.map_or_else(none, |item| land.items[item].0.to_string()),
            "programme" => one.2.map_or_else(none, |item| land.items[item].1.to_string()),
            "township" => one.5.map_or_else(none, |township| land.townships[township].clone()),
            "year" => one.6.to_string(),
            "class" => if one.7 { "back_entry" } else { "roster" }.to_owned(),
            "volunteer" => land.people[one.0].to_string(),
            other => panic!("{other}"),
        };
        for by in ["team", "department", "plan_task", "programme", "township", "year", "class", "volunteer"] {
            for (year, team) in [(None, None), (Some(2025), None), (None, Some(1)), (Some(2026), Some(0))] {
                if by == "volunteer" && team.is_none() {
                    continue;
                }
                let wanted = all.iter().filter(|(one, _)| year.is_none_or(|year| one.6 == year) && team.is_none_or(|team| one.3 == team));
                let (mut whole, mut expected) = (Told::default(), BTreeMap::<String, Told>::new());
                for (one, counts) in wanted {
                    for told in [&mut whole, expected.entry(key(by, one)).or_default()] {
                        match (one.1 == 2, one.7) {
                            (true, _) => told.held += counts,
                            (false, true) => (told.minutes, told.back_entry) = (told.minutes + counts, told.back_entry + counts),
                            (false, false) => (told.minutes, told.roster) = (told.minutes + counts, told.roster + counts),
                        }
                    }
                }
                let mut query = format!("by={by}");
                query.extend(year.map(|year| format!("&year={year}")));
                query.extend(team.map(|team| format!("&team_id={}", land.teams[team])));
                assert_eq!(asked(&supervisor, &query).await, (whole, expected), "round {round}: {query}");
            }
        }
    }
    // A volunteer's own sums are those of the records, too.
    let mine = all.iter().filter(|(one, _)| one.0 == 0 && one.1 != 2).map(|(_, counts)| counts).sum::<i64>();
    assert_eq!(own_hours(&service.volunteer).await["sums"]["minutes"], json!(mine));
    let (leader, other) = (&service.world.leader, &service.world.other_leader);
    let of = |team: usize| all.iter().filter(|(one, _)| one.3 == team && one.1 != 2).map(|(_, counts)| counts).sum::<i64>();
    assert_eq!((asked(leader, "by=team").await.0.minutes, asked(other, "by=team").await.0.minutes), (of(0), of(1)));
    assert_eq!(asked(leader, &format!("by=volunteer&team_id={}", land.teams[1])).await.0, Told::default(), "another team's are not theirs");
    leader.get("/hours/totals?by=volunteer").await.refused(400, "query_unreadable");
    service.world.resident.get("/hours/totals?by=team").await.refused(403, "forbidden");
}
