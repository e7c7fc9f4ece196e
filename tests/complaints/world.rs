//! What the stories of complaints share.

use serde_json::{Value, json};

use crate::support::client::{Answer, Client};

/// A complaint about an order, without a contact.
pub fn about(order: i64) -> Value {
    json!({"words": "约好的讲座没有人来，也没有人打电话", "order_id": order, "page": "/orders/12"})
}

/// A complaint about nothing in particular, with a phone.
pub fn with_phone() -> Value {
    json!({"words": "网页上的字太小", "contact_name": "王桂兰", "contact_phone": "13912345678", "consent": {"version": "2026-01", "given": "here"}})
}

/// Sends a complaint; gives its id.
pub async fn complain(client: &Client, body: Value) -> i64 {
    client.post("/complaints", body).await.expect(201).id()
}

pub async fn see(client: &Client, id: i64) -> Answer {
    client.get(&format!("/complaints/{id}")).await
}

/// Makes a move at the version that the caller sees; where the caller sees nothing, at version 1.
pub async fn make(client: &Client, id: i64, verb: &str, body: Value) -> Answer {
    let seen = see(client, id).await;
    let etag = seen.header("etag").unwrap_or("\"1\"").to_owned();
    client.post(&format!("/complaints/{id}/{verb}"), body).if_match(&etag).await
}

pub fn words(words: &str) -> Value {
    json!({"words": words})
}

/// The verbs that are open to somebody.
pub async fn moves(client: &Client, id: i64) -> Vec<String> {
    let seen = see(client, id).await.expect(200);
    let moves = seen.json["moves"].as_array().cloned().unwrap_or_default();
    moves.iter().map(|verb| verb.as_str().unwrap_or_default().to_owned()).collect()
}

/// The ids of a list.
pub async fn listed(client: &Client, query: &str) -> Vec<i64> {
    let page = client.get(&format!("/complaints{query}")).await.expect(200);
    page.items().iter().map(|item| item["id"].as_i64().unwrap_or_default()).collect()
}
