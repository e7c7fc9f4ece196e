//! The people and the words that the stories share.

use kepu::clock::Moment;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::client::{Answer, Client};

/// 繁荣社区.
pub const PLACE: &str = "230522100003";
pub const TEAM: &str = "友谊县人民医院健康科技志愿服务队";
pub const OTHER_TEAM: &str = "友谊县疾控卫生科技志愿服务队";

/// Everybody who has to do with an order of 繁荣社区.
pub struct World {
    pub app: TestApp,
    pub resident: Client,
    /// Dispatches for 友谊镇.
    pub town: Client,
    /// Dispatches for the county.
    pub county: Client,
    /// Answers for 县卫生健康局.
    pub officer: Client,
    pub leader: Client,
    pub other_leader: Client,
}

impl World {
    pub async fn new() -> Self {
        let app = TestApp::start().await;
        let (resident, town, county) = (app.resident().await, app.dispatcher("友谊镇").await, app.dispatcher("友谊县").await);
        let (officer, leader, other_leader) = (app.officer("县卫生健康局").await, app.leader(TEAM).await, app.leader(OTHER_TEAM).await);
        Self { app, resident, town, county, officer, leader, other_leader }
    }

    pub fn department(&self) -> i64 {
        self.app.db_organisation("县卫生健康局").0
    }

    pub fn team(&self) -> i64 {
        self.app.db_organisation(TEAM).0
    }

    pub fn now(&self) -> Moment {
        self.app.app.clock.now()
    }

    /// A moment so many hours from now.
    pub fn hours(&self, hours: i64) -> String {
        self.now().plus(chrono::Duration::hours(hours)).rfc3339()
    }

    /// Submits an order of the resident; gives its id.
    pub async fn submitted(&self) -> i64 {
        self.resident.post("/orders", order()).await.expect(201).id()
    }

    pub async fn dispatched(&self) -> i64 {
        let id = self.submitted().await;
        make(&self.town, id, "dispatch", self.dispatch()).await.expect(200);
        id
    }

    pub async fn accepted(&self) -> i64 {
        let id = self.dispatched().await;
        make(&self.officer, id, "accept", json!({})).await.expect(200);
        id
    }

    pub async fn claimed(&self) -> i64 {
        self.claimed_of(order()).await
    }

    /// What the resident orders, claimed by the team.
    pub async fn claimed_of(&self, order: Value) -> i64 {
        let id = self.resident.post("/orders", order).await.expect(201).id();
        make(&self.town, id, "dispatch", self.dispatch()).await.expect(200);
        make(&self.officer, id, "accept", json!({})).await.expect(200);
        make(&self.leader, id, "claim", json!({"team_id": self.team()})).await.expect(200);
        id
    }

    /// Scheduled for two hours from now, for two hours.
    pub async fn scheduled(&self) -> i64 {
        let id = self.claimed().await;
        make(&self.leader, id, "schedule", self.session(2, 4)).await.expect(200);
        id
    }

    /// Fulfilled; the clock stands five hours later.
    pub async fn fulfilled(&self) -> i64 {
        let id = self.scheduled().await;
        self.app.advance(chrono::Duration::hours(5));
        self.fulfil(id).await.expect(200);
        id
    }

    pub async fn fulfil(&self, id: i64) -> Answer {
        let session = self.see(&self.leader, id).await.json["sessions"][0]["id"].clone();
        make(&self.leader, id, "fulfil", json!({"sessions": [{"id": session, "attendance": 38}], "report": "人人上手练了"})).await
    }

    pub fn dispatch(&self) -> Value {
        json!({"department_id": self.department(), "outside_plan": true, "summary": "社区老人急救讲座，约40人"})
    }

    pub fn session(&self, from: i64, until: i64) -> Value {
        json!({"sessions": [{"starts_at": self.hours(from), "ends_at": self.hours(until)}]})
    }

    pub async fn see(&self, client: &Client, id: i64) -> Answer {
        client.get(&format!("/orders/{id}")).await.expect(200)
    }

    /// Where the order stands, as the county's dispatcher sees it.
    pub async fn state(&self, id: i64) -> String {
        self.see(&self.county, id).await.json["state"].as_str().unwrap_or_default().to_owned()
    }

    /// The verbs of the order's history, oldest first.
    pub async fn verbs(&self, id: i64) -> Vec<String> {
        let history = self.county.get(&format!("/orders/{id}/history")).await.expect(200);
        let lines = history.json.as_array().cloned().unwrap_or_default();
        lines.iter().map(|line| line["verb"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The kinds of notices in somebody's inbox about an order, newest first, after a round of the worker.
    pub async fn heard(&self, client: &Client) -> Vec<String> {
        self.app.work().await;
        let inbox = client.get("/notices?limit=100").await.expect(200);
        inbox.items().iter().map(|notice| notice["kind"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

/// An order as a resident of 繁荣社区 sends it.
pub fn order() -> Value {
    json!({
        "title": "请一场急救讲座", "details": "张三老人有高血压，想学心肺复苏", "audience": "elderly", "attendees": 40, "division_code": PLACE,
        "address": "三号楼二单元501", "contact_name": "王桂兰", "contact_phone": "13912345678", "consent": {"version": "2026-01", "given": "here"}
    })
}

/// Makes a move at the version that the caller sees; where the caller sees nothing, at version 1.
pub async fn make(client: &Client, id: i64, verb: &str, body: Value) -> Answer {
    let seen = client.get(&format!("/orders/{id}")).await;
    let etag = seen.header("etag").unwrap_or("\"1\"").to_owned();
    client.post(&format!("/orders/{id}/{verb}"), body).if_match(&etag).await
}

/// The requester without an account: every call carries the token.
pub async fn make_by_token(visitor: &Client, token: &str, id: i64, verb: &str, body: Value) -> Answer {
    let seen = visitor.get(&format!("/orders/{id}")).header("Track-Token", token).await.expect(200);
    visitor.post(&format!("/orders/{id}/{verb}"), body).header("Track-Token", token).if_match(&seen.etag()).await
}
