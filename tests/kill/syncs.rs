//! SIGKILL loses nothing that the system still holds in memory, so it cannot show that an answer waits for the disk. The calls that
//! the binary makes to the system can: strace shows them in their order.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::sync::mpsc::channel;

use kepu::db::Engine;

use super::load::{End, Stage};
use crate::start::running::Serving;
use crate::support::database::{Database, engine};

/// Shows what is written, synced, received and sent by all threads: files by their names, the beginning of what passes. It detaches
/// itself, so that the process we start is the binary's own, and writes to the binary's standard error.
const STRACE: [&str; 10] = ["strace", "-D", "-f", "-q", "-y", "-s", "40", "--seccomp-bpf", "-e", "trace=write,pwrite64,fsync,fdatasync,recvfrom,sendto,writev"];

/// What matters of the calls, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    /// A change came in through this socket.
    Asked(u32),
    /// A part of the write-ahead log was handed to the system.
    Written,
    /// The log is on the disk.
    Synced,
    /// The answer to a change begins to go out through this socket.
    Answered(u32),
}

/// Reads a trace: a call counts where it begins if it lets something out, where it ends if it waits for something.
fn events(lines: &[String]) -> Vec<Event> {
    let mut begun: HashMap<String, String> = HashMap::new();
    let mut events = Vec::new();
    for line in lines {
        let (thread, call) = line.strip_prefix("[pid ").and_then(|rest| rest.split_once("] ")).unwrap_or(("", line));
        let thread = thread.trim().to_owned();
        let resumed = call.strip_prefix("<... ").and_then(|rest| rest.split_once(" resumed>"));
        if let Some(head) = call.strip_suffix(" <unfinished ...>") {
            events.extend(begins(head));
            begun.insert(thread, head.to_owned());
        } else if let Some((_, tail)) = resumed {
            let head = begun.remove(&thread).unwrap_or_default();
            events.extend(ends(&(head + tail)));
        } else {
            events.extend(begins(call));
            events.extend(ends(call));
        }
    }
    events
}

/// The number of the file that a call is about.
fn file(call: &str) -> u32 {
    let number = call.split_once('(').and_then(|(_, rest)| rest.split_once('<')).map_or("", |(number, _)| number);
    number.parse().unwrap_or_else(|_| panic!("no file in: {call}"))
}

fn begins(call: &str) -> Option<Event> {
    let name = call.split('(').next().unwrap_or_default();
    match name {
        "write" | "pwrite64" if call.contains("-wal>") => Some(Event::Written),
        "sendto" | "writev" | "write" if call.contains("\"HTTP/1.1 20") => Some(Event::Answered(file(call))),
        _ => None,
    }
}

fn ends(call: &str) -> Option<Event> {
    let name = call.split('(').next().unwrap_or_default();
    match name {
        "fsync" | "fdatasync" if call.contains("-wal>") && call.ends_with("= 0") => Some(Event::Synced),
        "recvfrom" if call.contains("\"POST /api/v1/orders") => Some(Event::Asked(file(call))),
        _ => None,
    }
}

/// What lay between the coming in of each change and its answer.
fn spans(events: &[Event]) -> Vec<&[Event]> {
    let mut asked: HashMap<u32, usize> = HashMap::new();
    let mut spans = Vec::new();
    for (at, event) in events.iter().enumerate() {
        match event {
            Event::Asked(socket) => drop(asked.insert(*socket, at)),
            Event::Answered(socket) => spans.extend(asked.remove(socket).map(|from| &events[from..at])),
            Event::Written | Event::Synced => {}
        }
    }
    spans
}

/// Whether something was written, and the disk had it after that.
fn reached_the_disk(span: &[Event]) -> bool {
    let written = span.iter().position(|event| *event == Event::Written);
    written.is_some_and(|written| span[written..].contains(&Event::Synced))
}

/// Lets so many clients make so many changes each at a binary that is watched; gives what it did.
async fn watch(clients: usize, changes: usize) -> Vec<Event> {
    let stage = Stage::set(Database::county(), clients).await;
    let mut command = stage.home.under(&STRACE, &["serve"]);
    // The trace has standard error to itself.
    command.env("KEPU_LOG", "error");
    let mut serving = Serving::start(command, Stdio::piped());
    assert!(serving.said.last().is_some_and(|line| line.starts_with("kepu serves")), "strace (Debian's package of this name) cannot watch: {:?}", serving.said);
    let trace = BufReader::new(serving.complaints()).lines();
    let trace = std::thread::spawn(move || trace.map_while(Result::ok).collect::<Vec<String>>());
    let (tell, answers) = channel();
    let address = stage.home.address();
    let running: Vec<_> = stage.clients(&tell).into_iter().map(|mut client| std::thread::spawn(move || client.run(address, changes))).collect();
    for client in running {
        assert_eq!(client.join().expect("no change was refused"), End::Done);
    }
    serving.kill();
    assert_eq!(answers.try_iter().count(), clients * changes);
    events(&trace.join().expect("the trace ends with the binary"))
}

fn syncs(events: &[Event]) -> usize {
    events.iter().filter(|event| **event == Event::Synced).count()
}

#[actix_web::test]
async fn no_change_is_answered_before_the_disk_has_it() {
    if engine() != Engine::Sqlite {
        return;
    }
    // One after another, each has a commit of its own.
    let alone = watch(1, 70).await;
    let found = spans(&alone);
    assert_eq!(found.len(), 70, "every change is in the trace");
    for (n, span) in found.iter().enumerate() {
        assert!(reached_the_disk(span), "change {n} was answered before the disk had it: {span:?}");
    }
    // Several at once share commits, and wait for them all the same.
    let crowd = watch(8, 35).await;
    let found = spans(&crowd);
    assert_eq!(found.len(), 8 * 35, "every change is in the trace");
    for (n, span) in found.iter().enumerate() {
        assert!(reached_the_disk(span), "change {n} of many was answered before the disk had it: {span:?}");
    }
    let (one, many) = (syncs(&alone), syncs(&crowd));
    eprintln!("70 changes one after another: {one} syncs; 280 changes of 8 clients: {many} syncs; none was answered before its own");
    assert!(many < 280, "changes that come at once share a commit");
}
