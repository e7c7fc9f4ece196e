//! Whether the tables hold every change that was answered, and no half of any change.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use kepu::clock::Moment;
use kepu::db::{Db, Engine};
use kepu::schema::{bookings, event_sessions, events, idempotency_keys, journal, order_moves, orders, outbox};

use super::load::{Answered, Taken};
use crate::support::database::Database;
use crate::support::statements::db_lines;

/// How many outbox rows each change leaves: the centre hears of a new order; the department and the requester of a dispatch; the
/// requester of an acceptance; both of a claim; they and the centre of a schedule; they, the centre and the team of a postponement.
const TOLD: [(&str, i64); 6] = [("submit", 1), ("dispatch", 2), ("accept", 1), ("claim", 2), ("schedule", 3), ("postpone", 4)];

/// Ends the story unless each of these changes is there: in its order, its history, the journal, the outbox, the bookings and
/// under its key.
pub fn holds(db: &mut Db, answered: &[Answered]) {
    let versions: HashMap<i64, i64> = read(orders::table.select((orders::id, orders::version)).load(db));
    let history: HashSet<(i64, String, i64)> = read(order_moves::table.select((order_moves::order_id, order_moves::verb, order_moves::version)).load(db));
    let lines = journal::table.filter(journal::subject_kind.eq("order"));
    let lines = lines.select((journal::subject_id, journal::verb, journal::version.assume_not_null(), journal::actor_id.assume_not_null()));
    let lines: HashSet<(i64, String, i64, i64)> = read(lines.load(db));
    let told: Vec<(i64, String)> = read(outbox::table.filter(outbox::subject_kind.eq("order")).select((outbox::subject_id, outbox::notice)).load(db));
    let told: HashSet<(i64, String)> = told.into_iter().collect();
    let keys = idempotency_keys::table.select((idempotency_keys::scope, idempotency_keys::key, idempotency_keys::deed, idempotency_keys::subject_id));
    let keys: HashSet<(String, String, String, i64)> = read(keys.load(db));
    let booked = db_booked(db);
    for change in answered {
        let Answered { order, verb, version, person, key, taken } = change;
        assert!(versions.get(order).is_some_and(|found| found >= version), "the order is not there: {change:?}");
        assert!(history.contains(&(*order, (*verb).to_owned(), *version)), "it is not in the history: {change:?}");
        assert!(lines.contains(&(*order, (*verb).to_owned(), *version, *person)), "it is not in the journal: {change:?}");
        assert!(told.contains(&(*order, (*verb).to_owned())), "it left no word: {change:?}");
        let deed = if *verb == "submit" { "submit".to_owned() } else { format!("{verb} {order}") };
        assert!(keys.contains(&(format!("person {person}"), key.clone(), deed, *order)), "its key is not there: {change:?}");
        if let Some(Taken { venue, person, from, until }) = *taken {
            for (kind, resource) in [("space", venue), ("person", person)] {
                assert!(booked.contains(&(*order, kind.to_owned(), resource, from, until)), "the {kind} is not booked: {change:?}");
            }
        }
    }
}

/// Order, kind of resource, resource (of a space its venue), from, until; what was freed again as well.
fn db_booked(db: &mut Db) -> HashSet<(i64, String, i64, Moment, Moment)> {
    let held = bookings::table
        .inner_join(event_sessions::table.on(bookings::holder_kind.eq("event_session").and(event_sessions::id.eq(bookings::holder_id))))
        .inner_join(events::table.on(events::id.eq(event_sessions::event_id)));
    let booked = held.select((
        events::order_id.assume_not_null(),
        bookings::resource_kind,
        bookings::resource_id,
        event_sessions::venue_id,
        bookings::starts_at,
        bookings::ends_at,
    ));
    let booked: Vec<(i64, String, i64, Option<i64>, Moment, Moment)> = read(booked.load(db));
    let resource = |kind: &str, id: i64, venue: Option<i64>| venue.filter(|_| kind == "space").unwrap_or(id);
    booked.into_iter().map(|(order, kind, id, venue, from, until)| (order, kind.clone(), resource(&kind, id, venue), from, until)).collect()
}

fn read<T, C: FromIterator<T>>(found: QueryResult<Vec<T>>) -> C {
    found.expect("the tables can be read").into_iter().collect()
}

/// How many changes the tables hold, answered or not.
pub fn changes(db: &mut Db) -> usize {
    let lines: i64 = order_moves::table.count().get_result(db).expect("the history can be counted");
    usize::try_from(lines).expect("no fewer than none")
}

/// Ends the story where a change is there in part. All changes of these stories are made by people, with a key.
///
/// On a connection of its own: the integrity check of SQLite's full-text index trusts what its connection remembers of it, and
/// finds damage where another connection has written since.
pub fn is_whole(database: &Database) {
    let db = &mut database.db_connect();
    for (what, sql) in HALVES {
        let found = db_lines(db, sql);
        assert!(found.is_empty(), "{what}: {found:?}");
    }
    for (verb, rows) in TOLD {
        let made = format!("(SELECT count(*) FROM order_moves m WHERE m.order_id = o.id AND m.verb = '{verb}')");
        let told = format!("(SELECT count(*) FROM outbox w WHERE w.subject_kind = 'order' AND w.subject_id = o.id AND w.notice = '{verb}')");
        let found = db_lines(db, &format!("SELECT 'order ' || o.id AS line FROM orders o WHERE {told} <> {rows} * {made}"));
        assert!(found.is_empty(), "{rows} are told of each {verb}, but not of: {found:?}");
    }
    if db.engine() == Engine::Sqlite {
        assert_eq!(db_lines(db, "SELECT integrity_check AS line FROM pragma_integrity_check"), ["ok"]);
        assert!(db_lines(db, "SELECT \"table\" || ' ' || rowid AS line FROM pragma_foreign_key_check").is_empty());
    }
}

/// What would be half of a change, and how it is found.
const HALVES: [(&str, &str); 10] = [
    (
        "a version without its line in the history",
        "SELECT 'order ' || o.id AS line FROM orders o WHERE o.version <> (SELECT count(*) FROM order_moves m WHERE m.order_id = o.id) \
         OR o.version <> (SELECT count(DISTINCT m.version) FROM order_moves m WHERE m.order_id = o.id)",
    ),
    (
        "a state that the history did not lead to",
        "SELECT 'order ' || o.id AS line FROM orders o WHERE NOT EXISTS \
         (SELECT 1 FROM order_moves m WHERE m.order_id = o.id AND m.version = o.version AND m.to_state = o.state)",
    ),
    (
        "a version without its line in the journal",
        "SELECT 'order ' || o.id AS line FROM orders o WHERE o.version <> \
         (SELECT count(*) FROM journal j WHERE j.subject_kind = 'order' AND j.subject_id = o.id AND j.version BETWEEN 1 AND o.version)",
    ),
    (
        "a version without its key",
        "SELECT 'order ' || o.id AS line FROM orders o WHERE o.version <> (SELECT count(*) FROM idempotency_keys k WHERE k.subject_id = o.id)",
    ),
    (
        "an order without what belongs to it",
        "SELECT 'order ' || o.id AS line FROM orders o WHERE NOT EXISTS (SELECT 1 FROM order_progress p WHERE p.order_id = o.id) \
         OR NOT EXISTS (SELECT 1 FROM order_contacts c WHERE c.order_id = o.id) OR NOT EXISTS (SELECT 1 FROM order_search s WHERE s.order_id = o.id) \
         OR NOT EXISTS (SELECT 1 FROM consents c WHERE c.order_id = o.id)",
    ),
    (
        "an order whose parties are not those of its state",
        "SELECT 'order ' || o.id AS line FROM orders o WHERE \
         (o.state <> 'submitted') <> EXISTS (SELECT 1 FROM order_parties p WHERE p.order_id = o.id AND p.part = 'lead') \
         OR (o.state IN ('claimed', 'scheduled')) <> EXISTS (SELECT 1 FROM order_parties p WHERE p.order_id = o.id AND p.part = 'team')",
    ),
    (
        "a scheduled order without its venue and its person, or another with them",
        "SELECT 'order ' || o.id AS line FROM orders o WHERE (CASE WHEN o.state = 'scheduled' THEN 2 ELSE 0 END) <> \
         (SELECT count(*) FROM events e JOIN event_sessions s ON s.event_id = e.id AND s.state = 'planned' \
         JOIN bookings b ON b.holder_id = s.id AND b.released_at IS NULL WHERE e.order_id = o.id AND e.state = 'planned')",
    ),
    (
        "a booking without a session, or a session without bookings",
        "SELECT 'booking ' || b.id AS line FROM bookings b WHERE NOT EXISTS (SELECT 1 FROM event_sessions s WHERE s.id = b.holder_id) \
         UNION ALL SELECT 'session ' || s.id FROM event_sessions s WHERE (SELECT count(*) FROM bookings b WHERE b.holder_id = s.id) <> 2",
    ),
    (
        "an event without its lines in the journal, or without its session",
        "SELECT 'event ' || e.id AS line FROM events e WHERE (CASE WHEN e.state = 'cancelled' THEN 2 ELSE 1 END) <> \
         (SELECT count(*) FROM journal j WHERE j.subject_kind = 'event' AND j.subject_id = e.id) \
         OR NOT EXISTS (SELECT 1 FROM event_sessions s WHERE s.event_id = e.id)",
    ),
    (
        "one thing taken twice at one time",
        "SELECT 'bookings ' || a.id || ' and ' || b.id AS line FROM bookings a JOIN bookings b ON b.id > a.id AND b.resource_kind = a.resource_kind \
         AND b.resource_id = a.resource_id AND b.starts_at < a.ends_at AND b.ends_at > a.starts_at WHERE a.released_at IS NULL AND b.released_at IS NULL",
    ),
];
