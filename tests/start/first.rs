//! The first start.

use std::os::unix::fs::PermissionsExt;

use diesel::prelude::*;
use kepu::schema::{divisions, people};

use super::running::{Home, command};

#[test]
fn the_first_start_loads_the_county_and_leaves_the_first_password_in_a_private_file() {
    let home = Home::new();
    let serving = home.serve();
    let file = home.folder.path().join("data/first-password.txt");
    assert!(serving.said.iter().any(|line| line.contains("data/first-password.txt")), "it says where the password is: {:?}", serving.said);
    assert_eq!(std::fs::metadata(&file).expect("the password's file").permissions().mode() & 0o777, 0o600);
    let text = std::fs::read_to_string(&file).expect("the password");
    assert_eq!(text.split_whitespace().next(), Some("admin"));
    let mut db = home.database.db_connect();
    assert_eq!(divisions::table.count().get_result::<i64>(&mut db).expect("a count"), 79);
    assert_eq!(people::table.count().get_result::<i64>(&mut db).expect("a count"), 1);
}

#[test]
fn a_second_start_makes_no_second_administrator_and_reminds_of_the_first() {
    let home = Home::new();
    drop(home.serve());
    let before = std::fs::read(home.folder.path().join("data/first-password.txt")).expect("the password");
    let serving = home.serve();
    assert!(serving.said.iter().any(|line| line.contains("has not signed in yet")), "{:?}", serving.said);
    assert_eq!(std::fs::read(home.folder.path().join("data/first-password.txt")).expect("the password"), before);
}

#[test]
fn without_any_setting_everything_lies_in_the_folder_data_with_a_secret_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let migrated = command(folder.path(), &["migrate"]).output().expect("kepu can be run");
    assert!(migrated.status.success(), "{}", super::running::complaint(&migrated));
    assert!(folder.path().join("data/kepu.db").is_file());
    assert_eq!(std::fs::metadata(folder.path().join("data/kepu.db")).expect("the database").permissions().mode() & 0o777, 0o600);
}

#[test]
fn the_settings_are_shown_with_their_origin_and_no_secret() {
    let home = Home::new();
    let shown = home.run(&["config"]);
    let text = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.status.success());
    assert!(!text.contains("thirty-two"), "{text}");
    let listen = text.lines().find(|line| line.starts_with("KEPU_LISTEN ")).expect("the setting");
    assert!(listen.contains(&home.listen) && listen.contains("environment"), "{listen}");
    let workers = text.lines().find(|line| line.starts_with("KEPU_WORKERS ")).expect("the setting");
    assert!(workers.contains("default"), "{workers}");
}
