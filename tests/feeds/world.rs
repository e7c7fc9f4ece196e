//! A calendar as a program reads it: unfolded, unescaped, by its sessions.

use std::collections::BTreeMap;

use crate::support::client::{Answer, Client};

/// The properties of a session, without their parameters.
pub type Session = BTreeMap<String, String>;

/// The sessions of a calendar, in its order.
#[track_caller]
pub fn sessions(answer: &Answer) -> Vec<Session> {
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/calendar; charset=utf-8")), "{answer}");
    let mut sessions = Vec::new();
    for line in answer.text.replace("\r\n ", "").split("\r\n") {
        match line.split_once(':') {
            Some(("BEGIN", "VEVENT")) => sessions.push(Session::new()),
            Some((name, value)) => {
                let name = name.split(';').next().unwrap_or_default().to_owned();
                if let Some(session) = sessions.last_mut() {
                    session.entry(name).or_insert_with(|| value.replace("\\,", ",").replace("\\;", ";").replace("\\n", "\n"));
                }
            }
            None => assert_eq!(line, ""),
        }
    }
    sessions
}

/// What a session says under some names.
pub fn said<'a, const N: usize>(session: &'a Session, names: [&str; N]) -> [&'a str; N] {
    names.map(|name| session.get(name).map_or("", String::as_str))
}

/// A calendar, read anew.
pub async fn read(client: &Client, path: &str) -> Vec<Session> {
    sessions(&client.get(path).await)
}

/// The titles of a calendar.
pub async fn titles(client: &Client, path: &str) -> Vec<String> {
    read(client, path).await.into_iter().map(|mut session| session.remove("SUMMARY").unwrap_or_default()).collect()
}

/// A secret address without the part that names the instance.
#[track_caller]
pub fn path_of(made: &Answer) -> String {
    let address = made.json["address"].as_str().unwrap_or_else(|| panic!("no address: {made}"));
    address.split_once("/api/v1").unwrap_or_else(|| panic!("a strange address: {made}")).1.to_owned()
}
