//! Backups: made while serving, brought back into an empty place.

use diesel::prelude::*;
use kepu::schema::{divisions, journal, plan_items};

use super::running::{Home, complaint};

#[test]
fn a_backup_made_while_serving_brings_everything_back_into_an_empty_place() {
    let home = Home::new();
    let serving = home.serve();
    let file = home.folder.path().join("copy.kepu");
    let path = file.display().to_string();
    let made = home.run(&["backup", &path]);
    assert!(made.status.success(), "{}", complaint(&made));
    drop(serving);

    let other = Home::new();
    let restored = other.run(&["restore", &path]);
    assert!(restored.status.success(), "{}", complaint(&restored));
    let counted = |home: &Home| {
        let mut db = home.database.db_connect();
        let divisions: i64 = divisions::table.count().get_result(&mut db).expect("a count");
        let items: i64 = plan_items::table.count().get_result(&mut db).expect("a count");
        let lines: i64 = journal::table.count().get_result(&mut db).expect("a count");
        (divisions, items, lines)
    };
    assert_eq!(counted(&other), counted(&home));
    // What was brought back serves, under the same secret.
    let serving = other.serve();
    assert!(serving.said.last().is_some_and(|line| line.starts_with("kepu serves at ")), "{:?}", serving.said);
}

#[test]
fn a_backup_overwrites_no_file_and_a_restore_no_database() {
    let home = Home::new();
    assert!(home.run(&["migrate"]).status.success());
    let file = home.folder.path().join("copy.kepu").display().to_string();
    assert!(home.run(&["backup", &file]).status.success());
    let again = home.run(&["backup", &file]);
    assert!(!again.status.success() && complaint(&again).contains("there already"), "{}", complaint(&again));
    let onto = home.run(&["restore", &file]);
    assert!(!onto.status.success(), "{}", complaint(&onto));
}

#[test]
fn a_file_that_is_no_backup_is_refused() {
    let home = Home::new();
    let file = home.folder.path().join("notes.txt");
    std::fs::write(&file, "not a database").expect("a file");
    let output = home.run(&["restore", &file.display().to_string()]);
    assert!(!output.status.success(), "{}", complaint(&output));
    assert_eq!(complaint(&output).lines().count(), 1, "{}", complaint(&output));
}
