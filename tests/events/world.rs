//! Who plans, and what.

use serde_json::{Value, json};

use crate::orders::world::{PLACE, World};
use crate::support::client::{Answer, Client};

/// A planner of 友谊镇's centre with a venue of the centre.
pub struct Town {
    pub world: World,
    pub scheduler: Client,
    pub centre: i64,
    pub venue: i64,
}

impl Town {
    pub async fn new() -> Self {
        let world = World::new().await;
        let scheduler = world.app.scheduler("友谊镇").await;
        let centre = world.app.db_centre("友谊镇").0;
        let venue =
            json!({"name": "镇文化活动室", "organisation_id": centre, "division_code": PLACE, "address": "镇政府一楼", "capacity": 40, "free_to_book": true});
        let venue = scheduler.post("/venues", venue).await.expect(201).id();
        Self { world, scheduler, centre, venue }
    }

    /// An event in the centre's venue, from an hour from now on until another.
    pub fn event(&self, from: i64, until: i64) -> Value {
        json!({
            "organiser_id": self.centre, "title": "家庭用电安全讲座", "description": "带上家里的旧插座", "kind": "lecture", "audience": "general", "expected": 30,
            "division_code": PLACE, "open": true, "sessions": [{"venue_id": self.venue, "starts_at": self.world.hours(from), "ends_at": self.world.hours(until)}]
        })
    }

    pub async fn draft(&self, from: i64, until: i64) -> i64 {
        self.scheduler.post("/events", self.event(from, until)).await.expect(201).id()
    }

    pub async fn published(&self, from: i64, until: i64) -> i64 {
        let id = self.draft(from, until).await;
        deed(&self.scheduler, id, "publish", json!({})).await.expect(200);
        id
    }

    /// The ids of the events in the calendar of the coming month.
    pub async fn calendar(&self, client: &Client, query: &str) -> Vec<i64> {
        let answer = client.get(&format!("/calendar?{query}")).await.expect(200);
        answer.json["items"].as_array().cloned().unwrap_or_default().iter().filter_map(|item| item["event_id"].as_i64()).collect()
    }
}

/// Does something with an event at the version that the caller sees.
pub async fn deed(client: &Client, id: i64, verb: &str, body: Value) -> Answer {
    let seen = client.get(&format!("/events/{id}")).await;
    let etag = seen.header("etag").unwrap_or("\"1\"").to_owned();
    client.post(&format!("/events/{id}/{verb}"), body).if_match(&etag).await
}
