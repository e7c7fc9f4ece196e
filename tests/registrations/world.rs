//! An open event with so many places, and people who want them.

use serde_json::{Value, json};

use crate::events::world::Town;
use crate::support::client::{Answer, Client};

/// An open event of 友谊镇's centre, two days from now.
pub struct Hall {
    pub town: Town,
    pub event: i64,
}

impl Hall {
    /// With so many places, and a strict line.
    pub async fn new(places: i32) -> Self {
        Self::with(json!({"places": places})).await
    }

    pub async fn with(terms: Value) -> Self {
        let town = Town::new().await;
        let event = town.published(48, 50).await;
        let hall = Self { town, event };
        hall.set(terms).await.expect(200);
        hall
    }

    /// Sets the terms at the version that stands.
    pub async fn set(&self, terms: Value) -> Answer {
        let path = format!("/events/{}/terms", self.event);
        let etag = self.town.scheduler.get(&path).await.expect(200).etag();
        self.town.scheduler.post(&path, terms).if_match(&etag).await
    }

    pub async fn terms(&self, client: &Client) -> Value {
        client.get(&format!("/events/{}/terms", self.event)).await.expect(200).json
    }

    pub async fn register(&self, client: &Client, body: Value) -> Answer {
        client.post(&format!("/events/{}/registrations", self.event), body).await
    }

    /// A resident who has registered so many; the client and the registration's id.
    pub async fn comes(&self, heads: i32) -> (Client, i64) {
        let resident = self.town.world.app.resident().await;
        let made = self.register(&resident, alone(heads)).await.expect(201);
        (resident, made.id())
    }

    pub async fn state(&self, id: i64) -> String {
        let seen = self.town.scheduler.get(&format!("/registrations/{id}")).await.expect(200);
        seen.json["state"].as_str().unwrap_or_default().to_owned()
    }
}

/// Somebody signed in, with so many.
pub fn alone(heads: i32) -> Value {
    json!({"heads": heads, "consent": {"version": "registration-2026-01", "given": "here"}})
}

/// A visitor with this phone, with so many.
pub fn visiting(phone: &str, heads: i32) -> Value {
    let mut body = alone(heads);
    body["contact_name"] = json!("王桂兰");
    body["contact_phone"] = json!(phone);
    body
}

/// What a guardian consents to.
pub fn guardian() -> Value {
    json!({"consent": {"version": "guardian-2026-01", "given": "here"}})
}

pub async fn make(client: &Client, id: i64, verb: &str) -> Answer {
    client.post(&format!("/registrations/{id}/{verb}"), json!({})).await
}
