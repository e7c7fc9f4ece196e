//! Doors, and who stands before them.

use serde_json::{Value, json};

use crate::support::client::{Answer, Client};

/// The first session of an event.
pub async fn session_of(client: &Client, event: i64) -> i64 {
    client.get(&format!("/events/{event}")).await.expect(200).json["sessions"][0]["id"].as_i64().expect("a session")
}

/// The six digits that a door shows now.
pub async fn code(keeper: &Client, session: i64) -> String {
    let door = keeper.get(&format!("/sessions/{session}/door")).await.expect(200);
    door.json["code"].as_str().unwrap_or_else(|| panic!("the door is closed: {door}")).to_owned()
}

/// A device that nobody knows.
pub fn device(name: &str) -> String {
    format!("{name:x>22}")
}

pub async fn check_in(client: &Client, session: i64, body: Value) -> Answer {
    client.post(&format!("/sessions/{session}/check_in"), body).await
}

/// The counts of an event, by one of its sessions.
pub async fn counts(client: &Client, session: i64) -> Value {
    client.get(&format!("/sessions/{session}/attendance")).await.expect(200).json
}

/// Types in so many from a sheet, at the version that is there.
pub async fn paper(client: &Client, session: i64, body: Value) -> Answer {
    let seen = client.get(&format!("/sessions/{session}/attendance")).await;
    let sessions = seen.json["sessions"].as_array().cloned().unwrap_or_default();
    let version = sessions.iter().find(|one| one["id"] == json!(session)).and_then(|one| one["version"].as_i64()).unwrap_or(0);
    client.post(&format!("/sessions/{session}/count_paper"), body).if_match(&format!("\"{version}\"")).await
}
