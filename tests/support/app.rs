//! An instance as the product builds it, over a database of its own and with the clock held.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::rc::Rc;

use actix_web::test::{TestRequest, init_service, read_body, try_call_service};
use chrono::Duration;
use kepu::app::App;
use kepu::clock::Clock;
use kepu::config::Config;
use kepu::db::{Db, Place};
use kepu::secrets::Secrets;
use serde_json::Value;

use super::client::{Answer, Client, Door};
use super::database::{Database, START, moment};
use super::people::Count;

/// An instance under test. The clock stands at nine in the morning of Monday, 2 March 2026, until it is moved.
pub struct TestApp {
    pub app: App,
    /// Last, so that the pool goes before its database.
    pub database: Database,
    door: Door,
    pub(super) people: Count,
}

impl TestApp {
    /// With the county's data files and nobody in it.
    pub async fn start() -> Self {
        Self::with(&[]).await
    }

    /// With these settings beside the defaults.
    pub async fn with(settings: &[(&str, &str)]) -> Self {
        Self::over(Database::county(), settings).await
    }

    /// Over a database that holds the county.
    pub async fn over(database: Database, settings: &[(&str, &str)]) -> Self {
        let url = match database.place() {
            Place::Sqlite(path) => format!("sqlite://{}", path.display()),
            Place::Postgres(url) => url.clone(),
        };
        let mut environment: BTreeMap<String, String> = BTreeMap::from([("DATABASE_URL".to_owned(), url)]);
        environment.extend(settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let config = Config::from_sources(&environment, Path::new("no such file")).expect("the settings hold");
        let app = App::new(database.pool(4), Clock::held(moment(START)), Secrets::new("the secret of every test, 32 characters", None), config);
        let service = Rc::new(init_service(kepu::web::app(app.clone())).await);
        let door: Door = Rc::new(move |request: TestRequest| {
            let service = service.clone();
            Box::pin(async move {
                let response =
                    try_call_service(&*service, request.to_request()).await.unwrap_or_else(|error| panic!("a route gave an error, no answer: {error}"));
                let (status, headers) = (response.status().as_u16(), response.headers().clone());
                let bytes = read_body(response).await;
                let text = String::from_utf8_lossy(&bytes).into_owned();
                let json = serde_json::from_str(&text).unwrap_or(Value::Null);
                Answer { status, headers, bytes, text, json }
            })
        });
        Self { app, database, door, people: Count::default() }
    }

    /// Somebody without an account.
    pub fn visitor(&self) -> Client {
        Client { door: self.door.clone(), account: None, address: SocketAddr::new(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)), 40_000) }
    }

    /// Moves the clock on.
    pub fn advance(&self, by: Duration) {
        self.app.clock.advance(by);
    }

    /// Lets the worker do one round, and fails where a part of it failed.
    pub async fn work(&self) {
        let ticked = kepu::worker::tick(&self.app).await.expect("the worker's round ends");
        assert!(ticked.failed.is_empty() && ticked.undelivered == 0, "{ticked:?}");
    }

    /// A connection beside the product's own.
    pub fn db(&self) -> Db {
        self.database.db_connect()
    }

    /// How many statements a call takes, the reading of who calls among them.
    pub async fn db_statements(&self, call: impl IntoFuture<Output = Answer>) -> (Answer, Vec<String>) {
        let scope = self.database.statements();
        scope.take();
        let answer = call.await;
        (answer, scope.take())
    }
}
