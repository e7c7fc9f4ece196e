//! The caravan of 县科协 and two towns that want it.

use chrono::Duration;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::client::{Answer, Client};
use crate::support::people::COUNTY;

pub struct Fair {
    pub app: TestApp,
    /// Answers for 县科协, where the caravan is at home.
    pub keeper: Client,
    /// Schedules for 友谊镇.
    pub youyi: Client,
    /// Schedules for 兴隆镇.
    pub xinglong: Client,
    pub caravan: i64,
}

impl Fair {
    pub async fn new() -> Self {
        let app = TestApp::start().await;
        let (keeper, youyi, xinglong) = (app.officer("县科协").await, app.scheduler("友谊镇").await, app.scheduler("兴隆镇").await);
        let caravan = keeper.post("/equipment", caravan(app.db_organisation("县科协").0, "科普大篷车1号")).await.expect(201).id();
        Self { app, keeper, youyi, xinglong, caravan }
    }

    pub fn town(&self, name: &str) -> i64 {
        self.app.db_centre(name).0
    }

    /// The day so many days from today, by the county's calendar.
    pub fn day(&self, from_now: i64) -> String {
        self.app.app.clock.now().plus(Duration::days(from_now)).day(kepu::clock::COUNTY_ZONE).to_string()
    }

    /// The moment of a time of that day in the county.
    pub fn at(&self, from_now: i64, hour: u32) -> String {
        format!("{}T{hour:0>2}:00:00+08:00", self.day(from_now))
    }

    pub fn wish(&self, town: &str, from: i64, until: i64) -> Value {
        json!({"borrower_id": self.town(town), "from_day": self.day(from), "until_day": self.day(until), "purpose": "全镇中小学巡展"})
    }

    /// Wishes for the caravan; gives the loan's number.
    pub async fn wished(&self, client: &Client, town: &str, from: i64, until: i64) -> i64 {
        client.post(&format!("/equipment/{}/wish", self.caravan), self.wish(town, from, until)).await.expect(201).id()
    }

    /// A loan of 友谊镇 that the keeper has agreed to.
    pub async fn agreed(&self, from: i64, until: i64) -> i64 {
        let loan = self.wished(&self.youyi, "友谊镇", from, until).await;
        deed(&self.keeper, loan, "agree", json!({})).await.expect(200);
        loan
    }

    /// A loan of 友谊镇 that was handed over today.
    pub async fn out(&self, until: i64) -> i64 {
        let loan = self.agreed(0, until).await;
        deed(&self.keeper, loan, "hand_over", json!({"condition": "展品20件齐全"})).await.expect(200);
        loan
    }

    /// The notices in somebody's inbox, newest first, after a round of the worker: what happened, and to what.
    pub async fn heard(&self, client: &Client) -> Vec<(String, String)> {
        self.app.work().await;
        let inbox = client.get("/notices?limit=100").await.expect(200);
        let word = |notice: &Value, field: &str| notice[field].as_str().unwrap_or_default().to_owned();
        inbox.items().iter().map(|notice| (word(notice, "kind"), word(notice, "equipment"))).collect()
    }
}

/// A caravan as its home enters it.
pub fn caravan(home: i64, name: &str) -> Value {
    json!({
        "organisation_id": home, "name": name, "kind": "caravan", "division_code": COUNTY, "needs_power": true, "floor_space": 60,
        "notes": "随车展品20件，需要停车位"
    })
}

/// Does something with a loan at the version that the caller sees.
pub async fn deed(client: &Client, loan: i64, verb: &str, body: Value) -> Answer {
    let seen = client.get(&format!("/loans/{loan}")).await;
    let etag = seen.header("etag").unwrap_or("\"1\"").to_owned();
    client.post(&format!("/loans/{loan}/{verb}"), body).if_match(&etag).await
}
