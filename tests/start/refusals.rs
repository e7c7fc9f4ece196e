//! What stops a start: each is told in one sentence that says what to do, and the exit code is not 0.

use std::net::TcpListener;
use std::process::Output;

use diesel::connection::SimpleConnection;

use super::running::{Home, complaint};

/// One line, and not a success.
fn refused(output: &Output, word: &str) {
    let text = complaint(output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains(word), "{text:?} names {word:?}");
    assert_eq!(text.lines().filter(|line| line.starts_with("kepu: ")).count(), 1, "one sentence: {text:?}");
}

#[test]
fn a_port_that_is_taken_is_told_with_its_number() {
    let home = Home::new();
    let _taken = TcpListener::bind(&home.listen).expect("the port is free");
    let port = home.listen.rsplit(':').next().expect("a port").to_owned();
    refused(&home.run(&["serve"]), &port);
}

#[test]
fn a_setting_that_does_not_exist_is_told_by_its_name() {
    let home = Home::new();
    let output = home.kepu(&["serve"]).env("KEPU_LISTNE", "127.0.0.1:1").output().expect("kepu can be run");
    refused(&output, "KEPU_LISTNE");
}

#[test]
fn a_folder_that_cannot_be_made_is_told_by_its_name() {
    let home = Home::new();
    std::fs::write(home.folder.path().join("data"), "a file where the folder should be").expect("a file");
    refused(&home.run(&["serve"]), "data");
}

#[test]
fn a_database_that_is_newer_than_the_binary_is_left_alone() {
    let home = Home::new();
    assert!(home.run(&["migrate"]).status.success());
    let mut db = home.database.db_connect();
    db.batch_execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')").expect("a migration of the future");
    refused(&home.run(&["serve"]), "newer");
}

#[test]
fn a_start_with_another_secret_than_the_database_knows_is_refused() {
    let home = Home::new();
    drop(home.serve());
    let output = home.kepu(&["serve"]).env("KEPU_SECRET", "another secret of thirty-two characters").output().expect("kepu can be run");
    refused(&output, "KEPU_SECRET");
}

#[test]
fn a_demo_is_never_poured_into_a_database_that_is_not_its_own() {
    let home = Home::new();
    drop(home.serve());
    refused(&home.run(&["serve", "--demo"]), "demo");
}

#[test]
fn wrong_usage_has_an_exit_code_of_its_own() {
    assert_eq!(Home::new().run(&["no-such-command"]).status.code(), Some(2));
}
