//! A session that was held, and those who were there.

use kepu::clock::Moment;
use kepu::ids::{OrganisationId, PersonId};
use serde_json::{Value, json};

use crate::orders::world::{TEAM, World};
use crate::support::client::{Answer, Client};

/// An order of 繁荣社区 that the hospital's team fulfilled, with two volunteers of the team.
pub struct Service {
    pub world: World,
    pub order: i64,
    pub session: i64,
    /// When the session was: two hours.
    pub from: Moment,
    pub until: Moment,
    pub volunteer: Client,
    pub other: Client,
}

/// The number of who this client is.
pub fn person(client: &Client) -> PersonId {
    client.account.as_ref().expect("a visitor is nobody").person()
}

impl Service {
    pub async fn new() -> Self {
        let world = World::new().await;
        let (volunteer, other) = (world.app.volunteer(TEAM).await, world.app.volunteer(TEAM).await);
        let order = world.fulfilled().await;
        let told = world.see(&world.leader, order).await.json["sessions"][0].clone();
        let at = |name: &str| Moment::parse(told[name].as_str().unwrap_or_default()).expect("a time");
        let (session, from, until) = (told["id"].as_i64().expect("a session"), at("starts_at"), at("ends_at"));
        Self { world, order, session, from, until, volunteer, other }
    }

    pub fn team(&self) -> OrganisationId {
        OrganisationId(self.world.team())
    }

    /// Somebody's line: from so many minutes after the beginning until so many.
    pub fn line(&self, client: &Client, from: i64, until: i64, capacity: &str) -> Value {
        let at = |minutes: i64| self.from.plus(chrono::Duration::minutes(minutes)).rfc3339();
        json!({"person_id": person(client), "from": at(from), "until": at(until), "capacity": capacity})
    }

    /// Both volunteers, all the time.
    pub fn roster(&self) -> Value {
        json!({
            "session_id": self.session, "content": "教老人做心肺复苏",
            "lines": [self.line(&self.volunteer, 0, 120, "volunteer"), self.line(&self.other, 0, 120, "volunteer")]
        })
    }

    pub async fn file(&self, roster: Value) -> i64 {
        self.world.leader.post("/rosters", roster).await.expect(201).id()
    }

    /// Files a roster and has the department confirm it.
    pub async fn confirmed(&self, roster: Value) -> i64 {
        let id = self.file(roster).await;
        answer(&self.world.officer, id, "confirm", json!({})).await.expect(200);
        id
    }
}

/// Answers a roster at the version that the caller sees.
pub async fn answer(client: &Client, id: i64, verb: &str, body: Value) -> Answer {
    let seen = client.get(&format!("/rosters/{id}")).await;
    let etag = seen.header("etag").unwrap_or("\"1\"").to_owned();
    client.post(&format!("/rosters/{id}/{verb}"), body).if_match(&etag).await
}

/// What a client's own hours are.
pub async fn own_hours(client: &Client) -> Value {
    client.get(&format!("/people/{}/hours", person(client))).await.expect(200).json
}

/// Minutes that count, of rosters, of back-entries, and held.
pub fn sums(hours: &Value) -> [i64; 4] {
    ["minutes", "roster_minutes", "back_entry_minutes", "held_minutes"].map(|name| hours["sums"][name].as_i64().expect("minutes"))
}
