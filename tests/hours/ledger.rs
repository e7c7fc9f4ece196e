//! The ledger: what somebody does past the product is named, and what cannot be known is said.

use chrono::Duration;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use kepu::db::Db;
use kepu::ledger::{Anchor, Verdict, verify};
use kepu::schema::service_records;
use serde_json::json;

use super::world::Service;
use crate::start::running::{Home, complaint};

/// What the guards of the tables are called on SQLite.
const GUARDED: [(&str, &[&str]); 5] = [
    ("service_records", &["update", "delete", "replace"]),
    ("ledger_batches", &["update", "delete", "replace"]),
    ("ledger_entries", &["update", "delete", "replace"]),
    ("ledger_keys", &["update", "delete", "replace"]),
    ("record_people", &["update"]),
];

/// Does something straight in the database, as its owner can: past every trigger and key.
fn db_past_guards(service: &Service, sql: &str) {
    let mut db = service.world.app.db();
    let first = match &db {
        Db::Sqlite(_) => {
            let drops = GUARDED.iter().flat_map(|(table, deeds)| deeds.iter().map(move |deed| format!("DROP TRIGGER IF EXISTS {table}_keeps_{deed};")));
            format!("PRAGMA foreign_keys = OFF; {}", drops.collect::<String>())
        }
        Db::Postgres(_) => "SET session_replication_role = replica;".to_owned(),
    };
    db.batch_execute(&format!("{first} {sql}")).expect("the owner of a database does as they like");
}

fn read(service: &Service, anchor: Option<&Anchor>) -> Verdict {
    let app = &service.world.app.app;
    verify(&mut service.world.app.db(), &app.secrets, app.clock.now(), anchor).expect("the ledger can be read")
}

/// What is wrong, in words.
fn wrong(service: &Service, anchor: Option<&Anchor>) -> Vec<String> {
    read(service, anchor).findings.iter().map(ToString::to_string).collect()
}

/// The head as everyone is told it.
async fn head(service: &Service) -> Anchor {
    let told = service.world.app.visitor().get("/ledger/head").await.expect(200);
    serde_json::from_value(json!({"number": told.json["number"], "hash": told.json["hash"]})).expect("a head")
}

/// Two batches of the same two people, two records each; gives the records' numbers.
async fn two_batches(service: &Service) -> Vec<i64> {
    let mut roster = service.roster();
    roster["lines"] = json!([service.line(&service.volunteer, 0, 120, "volunteer"), service.line(&service.other, 0, 120, "volunteer")]);
    service.confirmed(roster).await;
    service.world.app.work().await;
    let ids = |service: &Service| -> Vec<i64> {
        service_records::table.order(service_records::id).select(service_records::id).load(&mut service.world.app.db()).expect("records")
    };
    for record in ids(service) {
        service.world.officer.post(&format!("/service_records/{record}/reverse"), json!({"reason": "重新登记"})).await.expect(200);
    }
    service.world.app.work().await;
    ids(service)
}

#[actix_web::test]
async fn what_was_confirmed_is_sealed_within_a_minute_and_everyone_may_keep_the_head() {
    let service = Service::new().await;
    assert_eq!(head(&service).await, Anchor { number: 0, hash: "nothing".to_owned() });
    service.confirmed(service.roster()).await;
    let verdict = read(&service, None);
    assert_eq!((verdict.holds(), verdict.batches, verdict.waiting, verdict.waiting_long), (true, 0, 2, 0));
    service.world.app.advance(Duration::minutes(3));
    assert_eq!(read(&service, None).waiting_long, 2);
    service.world.app.work().await;
    let first = head(&service).await;
    assert_eq!(first.number, 1);
    let verdict = read(&service, Some(&first));
    assert!(verdict.holds(), "{verdict}");
    assert_eq!((verdict.batches, verdict.records, verdict.waiting, verdict.erased, verdict.other_keys), (1, 2, 0, 0, 0));
    assert!(read(&service, None).to_string().contains("Without an anchor it cannot be known"));
    // A round without anything new seals nothing.
    service.world.app.work().await;
    assert_eq!(head(&service).await, first);
    let hours = service.volunteer.get(&format!("/people/{}/hours", super::world::person(&service.volunteer))).await.expect(200);
    assert_eq!(hours.json["records"]["items"][0]["batch"], json!(1));
    // Erasing a person breaks nothing.
    service.world.app.db().batch_execute("DELETE FROM record_people").expect("whose they were can be erased");
    let verdict = read(&service, Some(&first));
    assert_eq!((verdict.holds(), verdict.erased), (true, 2));
}

#[actix_web::test]
async fn the_database_refuses_to_change_or_remove_what_was_recorded_and_sealed() {
    let service = Service::new().await;
    two_batches(&service).await;
    let mut db = service.world.app.db();
    for (table, column) in
        [("service_records", "minutes = 600"), ("ledger_batches", "hash = 'x'"), ("ledger_entries", "batch_number = 9"), ("ledger_keys", "algorithm = 'none'")]
    {
        for sql in [format!("UPDATE {table} SET {column}"), format!("DELETE FROM {table}")] {
            let refused = db.batch_execute(&sql);
            assert!(refused.as_ref().is_err_and(|error| error.to_string().contains(&format!("insert_only:{table}"))), "{sql}: {refused:?}");
        }
        let whole = match &db {
            Db::Sqlite(_) => format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"),
            Db::Postgres(_) => format!("TRUNCATE {table} CASCADE"),
        };
        let refused = db.batch_execute(&whole);
        assert!(refused.as_ref().is_err_and(|error| error.to_string().contains("insert_only:")), "{whole}: {refused:?}");
    }
    let refused = db.batch_execute("UPDATE record_people SET salt = 'x'");
    assert!(refused.as_ref().is_err_and(|error| error.to_string().contains("insert_only:record_people")), "{refused:?}");
}

#[actix_web::test]
async fn each_way_of_touching_a_record_past_the_product_is_named() {
    let service = Service::new().await;
    let ids = two_batches(&service).await;
    let [one, two, three, four] = ids.as_slice() else { panic!("{ids:?}") };
    assert_eq!(wrong(&service, None), Vec::<String>::new());
    let stranger = super::world::person(&service.world.resident);
    let copy = |id: &i64| format!("CREATE TABLE kept AS SELECT * FROM service_records WHERE id = {id};");
    let entry = |id: &i64| format!("CREATE TABLE kept_entry AS SELECT * FROM ledger_entries WHERE record_id = {id};");
    // What is done, what is said of it, and how it is undone.
    let ways: Vec<(String, Vec<String>, String)> = vec![
        (
            format!("UPDATE service_records SET minutes = 600 WHERE id = {one}"),
            vec![format!("record {one} was changed after it was sealed in batch 1")],
            format!("UPDATE service_records SET minutes = 120 WHERE id = {one}"),
        ),
        (
            format!("UPDATE service_records SET until_at = '2026-03-02 05:30:00' WHERE id = {four}"),
            vec![format!("record {four} was changed after it was sealed in batch 2")],
            format!("UPDATE service_records SET until_at = (SELECT until_at FROM service_records WHERE id = {two}) WHERE id = {four}"),
        ),
        (
            format!("UPDATE service_records SET class = 'back_entry' WHERE id = {two}"),
            vec![format!("record {two} was changed after it was sealed in batch 1")],
            format!("UPDATE service_records SET class = 'roster' WHERE id = {two}"),
        ),
        (
            format!(
                "CREATE TABLE kept AS SELECT * FROM record_people WHERE record_id = {one}; UPDATE record_people SET person_id = {stranger} WHERE record_id = {one}"
            ),
            vec![format!("record {one} was given to another person than it was sealed for")],
            format!("DELETE FROM record_people WHERE record_id = {one}; INSERT INTO record_people SELECT * FROM kept; DROP TABLE kept"),
        ),
        (
            format!("{} DELETE FROM service_records WHERE id = {two}", copy(two)),
            vec![format!("record {two} is missing: it stood at place 2 of batch 1")],
            "INSERT INTO service_records SELECT * FROM kept; DROP TABLE kept".to_owned(),
        ),
        (
            format!("{} {} DELETE FROM ledger_entries WHERE record_id = {three}; DELETE FROM service_records WHERE id = {three}", copy(three), entry(three)),
            vec!["a record is missing: it stood at place 1 of batch 2".to_owned()],
            "INSERT INTO service_records SELECT * FROM kept; INSERT INTO ledger_entries SELECT * FROM kept_entry; DROP TABLE kept; DROP TABLE kept_entry"
                .to_owned(),
        ),
        (
            format!("{} UPDATE kept SET id = 999999, source_id = 999999; INSERT INTO service_records SELECT * FROM kept; DROP TABLE kept", copy(one)),
            vec!["record 999999 was inserted: it stands in no batch and does not wait to be sealed".to_owned()],
            "DELETE FROM service_records WHERE id = 999999".to_owned(),
        ),
        (
            format!(
                "{} UPDATE kept SET id = 999999, source_id = 999999; INSERT INTO service_records SELECT * FROM kept; DROP TABLE kept; \
                 INSERT INTO ledger_entries (record_id, batch_number, place, row_hash) VALUES (999999, 1, 3, 'x')",
                copy(one)
            ),
            vec!["record 999999 was inserted at place 3 of batch 1".to_owned(), "record 999999 was changed after it was sealed in batch 1".to_owned()],
            "DELETE FROM ledger_entries WHERE record_id = 999999; DELETE FROM service_records WHERE id = 999999".to_owned(),
        ),
        (
            format!(
                "UPDATE ledger_entries SET place = 9 WHERE record_id = {one}; UPDATE ledger_entries SET place = 1 WHERE record_id = {two}; UPDATE ledger_entries SET place = 2 WHERE record_id = {one}"
            ),
            vec![format!("record {one} was reordered: it does not belong at place 2 of batch 1")],
            format!(
                "UPDATE ledger_entries SET place = 9 WHERE record_id = {one}; UPDATE ledger_entries SET place = 2 WHERE record_id = {two}; UPDATE ledger_entries SET place = 1 WHERE record_id = {one}"
            ),
        ),
    ];
    for (done, said, undone) in ways {
        db_past_guards(&service, &done);
        assert_eq!(wrong(&service, None), said, "{done}");
        db_past_guards(&service, &undone);
        assert_eq!(wrong(&service, None), Vec::<String>::new(), "undone: {done}");
    }
}

#[actix_web::test]
async fn whoever_changes_a_batch_without_the_key_is_found_out() {
    let service = Service::new().await;
    two_batches(&service).await;
    let said = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<Vec<String>>();
    let changed = "is not what was hashed: its row or the hashes of its records were changed";
    let forged = "is not signed by the key that it names";
    db_past_guards(&service, "CREATE TABLE kept AS SELECT * FROM ledger_batches");
    let ways: [(&str, &[&str]); 5] = [
        ("UPDATE ledger_batches SET sealed_at = '2025-01-01 00:00:00' WHERE number = 2", &[&format!("batch 2 {changed}")]),
        (
            "UPDATE ledger_batches SET hash = 'x' WHERE number = 1",
            &[&format!("batch 1 {changed}"), &format!("batch 1 {forged}"), "batch 2 does not follow from the batch before it"],
        ),
        ("UPDATE ledger_batches SET signature = 'AAAA' WHERE number = 2", &[&format!("batch 2 {forged}")]),
        (
            "UPDATE ledger_batches SET previous_hash = 'x' WHERE number = 2",
            &["batch 2 does not follow from the batch before it", &format!("batch 2 {changed}")],
        ),
        // Its records are in no batch that anybody reads any more, and are not named one by one: they stand in its entries.
        ("DELETE FROM ledger_batches WHERE number = 1", &["batch 1 is missing"]),
    ];
    for (done, expected) in ways {
        db_past_guards(&service, done);
        assert_eq!(wrong(&service, None), said(expected), "{done}");
        db_past_guards(&service, "DELETE FROM ledger_batches; INSERT INTO ledger_batches SELECT * FROM kept");
        assert_eq!(wrong(&service, None), Vec::<String>::new(), "undone: {done}");
    }
    // A key of somebody else's under the name of the one that signed.
    db_past_guards(&service, "UPDATE ledger_keys SET public_key = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'");
    assert_eq!(wrong(&service, None), said(&[&format!("batch 1 {forged}"), &format!("batch 2 {forged}")]));
}

#[actix_web::test]
async fn an_end_that_was_cut_or_a_ledger_written_anew_shows_with_an_anchor_and_is_said_to_be_unknowable_without() {
    let service = Service::new().await;
    let ids = two_batches(&service).await;
    let anchor = head(&service).await;
    assert_eq!(anchor.number, 2);
    assert!(read(&service, Some(&anchor)).holds());
    let reversals = format!("({}, {})", ids[2], ids[3]);
    db_past_guards(
        &service,
        &format!(
            "DELETE FROM ledger_entries WHERE batch_number = 2; DELETE FROM ledger_batches WHERE number = 2; DELETE FROM record_people WHERE record_id IN {reversals}; \
             DELETE FROM service_records WHERE id IN {reversals}"
        ),
    );
    let without = read(&service, None);
    assert!(without.holds() && without.to_string().contains("cannot be known whether batches after the last one were cut off"), "{without}");
    assert_eq!(wrong(&service, Some(&anchor)), ["the end was cut: the anchor names batch 2, the last one is 1"]);

    // Whoever has the secret writes all of it anew, with more hours in it.
    let first = head(&service).await;
    db_past_guards(
        &service,
        &format!(
            "DELETE FROM ledger_entries; DELETE FROM ledger_batches; UPDATE service_records SET minutes = 119 WHERE id = {}; \
             INSERT INTO unsealed_records SELECT id FROM service_records",
            ids[0]
        ),
    );
    service.world.app.advance(Duration::minutes(1));
    service.world.app.work().await;
    assert!(read(&service, None).holds());
    assert_eq!(wrong(&service, Some(&first)), ["batch 1 is not the one that the anchor names: the ledger was written anew"]);
}

#[test]
fn the_command_reads_the_ledger_and_fails_where_it_does_not_hold() {
    let home = Home::new();
    let read = home.run(&["verify-ledger"]);
    assert!(read.status.success(), "{}", complaint(&read));
    let said = String::from_utf8_lossy(&read.stdout).into_owned();
    assert!(said.contains("0 batches with 0 records were read") && said.contains("Without an anchor it cannot be known"), "{said}");
    let file = home.folder.path().join("head.json");
    std::fs::write(&file, r#"{"number": 3, "hash": "abc", "sealed_at": null, "signature": null, "key": null}"#).expect("a file");
    let path = file.display().to_string();
    let cut = home.run(&["verify-ledger", "--anchor", &path]);
    let said = String::from_utf8_lossy(&cut.stdout).into_owned();
    assert!(!cut.status.success() && said.contains("the end was cut: the anchor names batch 3, the last one is 0"), "{said}");
    std::fs::write(&file, "not a head").expect("a file");
    let strange = home.run(&["verify-ledger", "--anchor", &path]);
    assert!(!strange.status.success() && complaint(&strange).contains("is no head of the ledger"), "{}", complaint(&strange));
}
