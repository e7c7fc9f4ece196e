//! What the worker removes, on both engines: found by an index, and gone.

use diesel::connection::SimpleConnection;
use serde_json::json;

use crate::orders::world::{World, make};
use crate::support::plans;
use crate::support::statements::db_lines;

/// How many rows a table has, of those that a condition names.
fn db_count(world: &World, of: &str) -> String {
    db_lines(&mut world.app.db(), &format!("SELECT CAST(count(*) AS TEXT) AS line FROM {of}")).concat()
}

#[actix_web::test]
async fn what_was_kept_long_enough_is_found_by_an_index_and_goes() {
    let world = World::new().await;
    let id = world.fulfilled().await;
    make(&world.resident, id, "review", json!({"stars": 5})).await.expect(200);
    world.app.work().await;
    let person = world.resident.person().0;
    let old = "'2020-01-01 00:00:00'";
    world
        .app
        .db()
        .batch_execute(&format!(
            "UPDATE orders SET ended_at = {old} WHERE id = {id};
             INSERT INTO journal (at, verb, subject_kind, subject_id, fields) VALUES ({old}, 'try', 'order', 1, '');
             INSERT INTO outbox (created_at, notice, subject_kind, subject_id, to_kind, done_at) VALUES ({old}, 'submit', 'order', 1, 'requester', {old});
             INSERT INTO notices (outbox_id, person_id, notice, subject_kind, subject_id, created_at) VALUES (1000000, {person}, 'submit', 'order', 1, {old});
             INSERT INTO sessions (id, person_id, client, created_at, used_at) VALUES (1000000, {person}, 'app', {old}, {old});
             INSERT INTO refresh_tokens (id, session_id, hash, issued_at, replaced_at) VALUES (1000000, 1000000, 'a', {old}, {old});
             INSERT INTO refresh_tokens (session_id, parent_id, hash, issued_at) VALUES (1000000, 1000000, 'b', {old});
             INSERT INTO attempts (bucket, used, since) VALUES ('a', 1, {old});
             INSERT INTO idempotency_keys (scope, key, deed, body_hash, subject_id, created_at) VALUES ('a', 'b', 'c', '', 1, {old});"
        ))
        .expect("old rows can be written");
    let olds = [
        format!("journal WHERE at = {old}"),
        format!("outbox WHERE done_at = {old}"),
        format!("notices WHERE created_at = {old}"),
        "sessions WHERE id = 1000000".to_owned(),
        "refresh_tokens WHERE session_id = 1000000".to_owned(),
        "attempts WHERE bucket = 'a'".to_owned(),
        "idempotency_keys WHERE key = 'b'".to_owned(),
        format!("order_contacts WHERE order_id = {id} AND erased_at IS NULL"),
    ];
    assert!(olds.iter().all(|of| db_count(&world, of) != "0"));
    let (kept, signed_in) = (db_count(&world, "outbox"), db_count(&world, "sessions"));
    world.app.advance(chrono::Duration::minutes(10));
    world.app.database.statements().take_product();
    world.app.work().await;
    let left: Vec<&String> = olds.iter().filter(|of| db_count(&world, of) != "0").collect();
    assert!(left.is_empty(), "{left:?}");
    assert_eq!(db_count(&world, "journal WHERE verb = 'forget'"), "1");
    assert_eq!(db_count(&world, "orders"), "1", "the order stays");
    let one_less = |count: String| (count.parse::<i64>().unwrap_or(0) - 1).to_string();
    assert_eq!((db_count(&world, "outbox"), db_count(&world, "sessions")), (one_less(kept), one_less(signed_in)), "what is young stays");
    plans::hold(&world.app.database.statements().take_product());
}
