//! A disk that fails under the real binary: from one moment on the system takes no more of any file.

use std::process::{Command, Stdio};
use std::sync::mpsc::channel;

use kepu::db::Engine;

use super::ledger;
use super::load::{End, Stage};
use crate::start::running::Serving;
use crate::support::database::{Database, engine};
use crate::support::http::Socket;

/// By default the signal that comes with such an error ends the process; a disk sends none.
const DEAF: [&str; 4] = ["sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"];

/// Lets a process write no file past so many bytes: SQLite is told of an I/O error. `unlimited` takes it back.
fn limit(serving: &Serving, bytes: &str) {
    let limited = Command::new("prlimit").args([&format!("--pid={}", serving.process()), &format!("--fsize={bytes}:")]).status();
    assert!(limited.is_ok_and(|status| status.success()), "prlimit (Debian's package util-linux) works on our own processes");
}

#[actix_web::test]
async fn while_the_disk_fails_changes_are_told_to_come_back_and_reading_goes_on_and_nothing_that_was_answered_is_lost() {
    if engine() != Engine::Sqlite {
        return;
    }
    let stage = Stage::set(Database::county(), 4).await;
    let serving = Serving::start(stage.home.under(&DEAF, &["serve"]), Stdio::null());
    let (tell, answers) = channel();
    let mut clients = stage.clients(&tell);
    let address = stage.home.address();
    let mut ledger = Vec::new();
    for round in 0..3 {
        let running: Vec<_> = clients
            .into_iter()
            .map(|mut client| {
                std::thread::spawn(move || {
                    let end = client.run(address, usize::MAX);
                    (client, end)
                })
            })
            .collect();
        ledger.extend(answers.iter().take(40));
        limit(&serving, "4096");
        clients = running
            .into_iter()
            .map(|client| {
                let (client, end) = client.join().expect("no change was refused");
                assert_eq!(end, End::Unavailable(503), "round {round}");
                client
            })
            .collect();
        ledger.extend(answers.try_iter());
        for client in &mut clients {
            assert_eq!(client.settle(address), End::Unavailable(503), "it still fails");
            let read = Socket::open(address).and_then(|mut socket| socket.get("/orders?limit=1", client.reader())).expect("an answer");
            assert_eq!(read.status, 200, "{}", read.json);
        }
        let db = &mut stage.home.database.db_connect();
        ledger::holds(db, &ledger);
        ledger::is_whole(&stage.home.database);
        limit(&serving, "unlimited");
        for client in &mut clients {
            assert_eq!(client.settle(address), End::Done, "the instance writes again by itself");
        }
        ledger.extend(answers.try_iter());
        assert_eq!(ledger::changes(db), ledger.len(), "every change was made once");
        ledger::is_whole(&stage.home.database);
    }
}
