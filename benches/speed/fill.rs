//! 100,000 orders of three years, written straight into the tables in one transaction a table: every table that belongs to an
//! order, so that no index is smaller than in a county that has used the product for long.

use chrono::Duration;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamp};
use kepu::actor::{Jurisdiction, OrganisationKind};
use kepu::clock::Moment;
use kepu::db::{self, Db, Engine};
use kepu::divisions::{self, Level};
use kepu::ids::PlanItemId;
use kepu::on_engine;
use kepu::organisations;
use kepu::schema::{organisations as table, plan_items};

use crate::COUNTY;

/// How many orders there are.
pub const ORDERS: i64 = 100_000;

/// Of 100 orders: the state, whether it has a department, whether it has a team, whether it has ended.
const STATES: [(&str, usize, i32, i32, i32); 10] = [
    ("submitted", 10, 0, 0, 0),
    ("dispatched", 5, 1, 0, 0),
    ("accepted", 5, 1, 0, 0),
    ("claimed", 3, 1, 1, 0),
    ("scheduled", 4, 1, 1, 0),
    ("fulfilled", 3, 1, 1, 0),
    ("closed", 60, 1, 1, 1),
    ("rejected", 3, 0, 0, 1),
    ("withdrawn", 3, 0, 0, 1),
    ("unmet", 4, 1, 0, 1),
];

/// What is asked for.
const TOPICS: [(&str, &str); 8] = [
    ("老年人急救知识讲座", "想请医生来讲讲心梗和噎食怎么急救，最好能上手练"),
    ("大豆病虫害防治培训", "今年大豆根腐病多，请农技站的老师到地里看看"),
    ("中小学生天文科普", "三年级两个班，想看天文望远镜，也想听月球的故事"),
    ("反诈骗宣传", "村里老人接到好几个冒充公检法的电话"),
    ("森林草原防火演练", "春防期间给护林员讲一次灭火器材的使用"),
    ("慢性病用药咨询", "高血压和糖尿病的药怎么吃，哪些不能一起吃"),
    ("智能手机使用培训", "教老人用手机挂号、缴费、视频通话"),
    ("黑土地保护讲座", "秸秆还田和少耕免耕怎么做，合作社的成员都来听"),
];

/// The number of one of the orders that wait for dispatch: there are [`WAITING`] of them.
pub const fn waiting(n: i64) -> i64 {
    (n / 10) * 100 + n % 10 + 1
}

/// How many orders wait for dispatch.
pub const WAITING: i64 = ORDERS / 10;

/// Fills a database that holds the county and nobody's order.
pub fn fill(db: &mut Db, now: Moment) {
    if db.engine() == Engine::Postgres {
        run(db, "SET statement_timeout = 0");
    }
    run(
        db,
        "BEGIN;
         CREATE TEMPORARY TABLE fill_states (k INTEGER PRIMARY KEY, state TEXT, lead INTEGER, team INTEGER, ended INTEGER);
         CREATE TEMPORARY TABLE fill_topics (k INTEGER PRIMARY KEY, title TEXT, details TEXT, words TEXT);
         CREATE TEMPORARY TABLE fill_places (k INTEGER PRIMARY KEY, code TEXT, path TEXT, centre BIGINT);
         CREATE TEMPORARY TABLE fill_units (k INTEGER PRIMARY KEY, department BIGINT, team BIGINT, item BIGINT);
         CREATE TEMPORARY TABLE fill_days (k INTEGER PRIMARY KEY, asked TIMESTAMP, due TIMESTAMP, opens TIMESTAMP, closes TIMESTAMP);",
    );
    let mut k = 0;
    for (state, share, lead, team, ended) in STATES {
        for _ in 0..share {
            k += 1;
            on_engine!(db, conn => diesel::sql_query("INSERT INTO fill_states VALUES ($1, $2, $3, $4, $5)")
                .bind::<Integer, _>(k % 100).bind::<Text, _>(state).bind::<Integer, _>(lead).bind::<Integer, _>(team).bind::<Integer, _>(ended)
                .execute(conn))
            .expect("a state can be written");
        }
    }
    for (k, (title, details)) in (0_i32..).zip(TOPICS) {
        let words = db::grams(&format!("{title} {details}"));
        on_engine!(db, conn => diesel::sql_query("INSERT INTO fill_topics VALUES ($1, $2, $3, $4)")
            .bind::<Integer, _>(k).bind::<Text, _>(title).bind::<Text, _>(details).bind::<Text, _>(&words).execute(conn))
        .expect("a topic can be written");
    }
    let places = places(db);
    let units = units(db);
    let days = days(db, now);
    let modulo = [("state", 100), ("topic", 8), ("place", places), ("unit", units), ("day", days)];
    let source = modulo
        .iter()
        .fold(format!("FROM n, fill_states s, fill_topics t, fill_places p, fill_units u, fill_days d WHERE n.i <= {ORDERS}"), |source, (what, of)| {
            format!("{source} AND {}.k = n.i % {of}", &what[..1])
        });
    let count = format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ORDERS})");
    // WITH after INSERT INTO is the one place that both engines take it in.
    let from = |columns: &str| format!("{count} SELECT {columns} {source}");
    run(
        db,
        &format!(
            "INSERT INTO orders (id, number, county, division_code, place_path, jurisdiction, state, version, title, audience, attendees, urgent, channel,
                holding_centre_id, department_id, summary, plan_item_id, outside_plan, team_id, submitted_at, stage_at, due_at, first_from, last_until, ended_at) {}",
            from(&format!(
                "n.i, 'KP' || CAST(10000000 + n.i AS TEXT), '{COUNTY}', p.code, p.path, 'county', s.state, 1, t.title, 'general', 10 + n.i % 90, n.i % 20 = 0, 'desk',
                 p.centre, CASE WHEN s.lead = 1 THEN u.department END, CASE WHEN s.lead = 1 THEN t.title END, CASE WHEN s.lead = 1 THEN u.item END, {no},
                 CASE WHEN s.team = 1 THEN u.team END, d.asked, d.asked, CASE WHEN s.ended = 0 THEN d.due END, d.opens, d.closes,
                 CASE WHEN s.ended = 1 THEN d.closes END",
                no = if db.engine() == Engine::Postgres { "FALSE" } else { "0" },
            )),
        ),
    );
    run(db, &format!("INSERT INTO order_progress (order_id, details, track_hash) {}", from("n.i, t.details, 'track ' || CAST(n.i AS TEXT)")));
    run(
        db,
        &format!(
            "INSERT INTO order_contacts (order_id, name, phone, address) {}",
            from("n.i, '王建国', '138' || CAST(10000000 + n.i AS TEXT), '村委会二楼活动室'")
        ),
    );
    run(db, &format!("INSERT INTO order_windows (order_id, starts_at, ends_at) {}", from("n.i, d.opens, d.closes")));
    run(db, &format!("INSERT INTO order_parties (order_id, organisation_id, part, since) {} AND s.lead = 1", from("n.i, u.department, 'lead', d.asked")));
    run(db, &format!("INSERT INTO order_parties (order_id, organisation_id, part, since) {} AND s.team = 1", from("n.i, u.team, 'team', d.asked")));
    run(db, &format!("INSERT INTO order_moves (order_id, verb, at, to_state, version) {}", from("n.i, 'submit', d.asked, 'submitted', 1")));
    run(
        db,
        &format!(
            "INSERT INTO journal (at, county, verb, subject_kind, subject_id, fields) {}",
            from(&format!("d.asked, '{COUNTY}', 'submit', 'order', n.i, ''"))
        ),
    );
    run(
        db,
        &format!(
            "INSERT INTO order_search (order_id, words, summary) {}",
            from("n.i, 'kp' || CAST(10000000 + n.i AS TEXT) || ' ' || t.words, 'kp' || CAST(10000000 + n.i AS TEXT)")
        ),
    );
    run(db, "COMMIT");
    if db.engine() == Engine::Postgres {
        // As its own vacuum would; on SQLite the product keeps no statistics, and neither do we.
        run(db, "VACUUM ANALYZE");
    } else {
        run(db, "PRAGMA wal_checkpoint(TRUNCATE)");
    }
}

fn run(db: &mut Db, sql: &str) {
    db.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// The villages and communities of the county with the centre above each; gives how many.
fn places(db: &mut Db) -> i32 {
    let all = divisions::of_county(db, COUNTY).expect("divisions can be read");
    let mut k = 0;
    for place in all.iter().filter(|place| place.jurisdiction == Jurisdiction::County && matches!(place.level, Level::Village | Level::Community)) {
        let centre = organisations::centres_up(db, &place.path).expect("centres can be read").into_iter().next().expect("every place has a centre").id;
        on_engine!(db, conn => diesel::sql_query("INSERT INTO fill_places VALUES ($1, $2, $3, $4)")
            .bind::<Integer, _>(k).bind::<Text, _>(&place.code).bind::<Text, _>(&place.path).bind::<BigInt, _>(centre.0).execute(conn))
        .expect("a place can be written");
        k += 1;
    }
    k
}

/// Departments, teams and plan tasks, in rows of one each; gives how many.
fn units(db: &mut Db) -> i32 {
    let of = |db: &mut Db, kind: OrganisationKind| -> Vec<kepu::ids::OrganisationId> {
        table::table
            .filter(table::county.eq(COUNTY))
            .filter(table::kind.eq(kind))
            .order(table::id)
            .select(table::id)
            .load(db)
            .expect("organisations can be read")
    };
    let (departments, teams) = (of(db, OrganisationKind::Department), of(db, OrganisationKind::Team));
    let items: Vec<PlanItemId> = plan_items::table.order(plan_items::id).select(plan_items::id).load(db).expect("plan items can be read");
    for k in 0..61_i32 {
        let at = |length: usize| usize::try_from(k).unwrap_or(0) % length.max(1);
        on_engine!(db, conn => diesel::sql_query("INSERT INTO fill_units VALUES ($1, $2, $3, $4)")
            .bind::<Integer, _>(k)
            .bind::<BigInt, _>(departments[at(departments.len())].0)
            .bind::<Nullable<BigInt>, _>(teams.get(at(teams.len())).map(|id| id.0))
            .bind::<Nullable<BigInt>, _>(items.get(at(items.len())).map(|id| id.0))
            .execute(conn))
        .expect("units can be written");
    }
    61
}

/// Days on which orders came in: three years of them; gives how many.
fn days(db: &mut Db, now: Moment) -> i32 {
    const DAYS: i32 = 1009;
    for k in 0..DAYS {
        let asked = now.minus(Duration::days(i64::from(k)));
        let (opens, closes) = (asked.plus(Duration::days(10)), asked.plus(Duration::days(12)));
        on_engine!(db, conn => diesel::sql_query("INSERT INTO fill_days VALUES ($1, $2, $3, $4, $5)")
            .bind::<Integer, _>(k).bind::<Timestamp, _>(asked).bind::<Timestamp, _>(now.plus(Duration::days(2)))
            .bind::<Timestamp, _>(opens).bind::<Timestamp, _>(closes).execute(conn))
        .expect("a day can be written");
    }
    DAYS
}
