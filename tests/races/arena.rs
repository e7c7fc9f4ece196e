//! An instance that serves on a port, and as many clients as a story wants, each on a thread and a connection of its own.

use std::net::SocketAddr;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Barrier};

use actix_web::HttpServer;
use actix_web::dev::ServerHandle;
use actix_web::http::KeepAlive;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use kepu::app::App;
use kepu::db::{Db, Engine};
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::client::Client;
use crate::support::cluster;
use crate::support::database::engine;
use crate::support::http::{Reply, Socket, With};

/// How many come at once.
pub const CROWD: usize = 64;

/// A request that one of the crowd makes.
pub struct Shot {
    pub path: String,
    /// The version that they saw.
    pub seen: Option<i64>,
    pub key: Option<String>,
    pub body: Value,
}

/// The serving instance and its crowd.
pub struct Arena {
    server: ServerHandle,
    crowd: Vec<(Sender<Shot>, Receiver<Reply>)>,
}

impl Arena {
    /// Serves the story's database with enough connections for a real crowd, and signs everybody in.
    pub async fn open(app: &TestApp, people: &[Client]) -> Self {
        let App { clock, secrets, config, .. } = app.app.clone();
        let wide = App::new(app.database.pool(24), clock, secrets, (*config).clone());
        let shared = kepu::web::Shared::from(wide);
        // As the product keeps them: who waits for the others is not cut off.
        let kept = KeepAlive::Timeout(std::time::Duration::from_secs(75));
        let server =
            HttpServer::new(move || kepu::web::app(shared.clone())).keep_alive(kept).workers(4).disable_signals().bind("127.0.0.1:0").expect("a port is free");
        let address = server.addrs()[0];
        let running = server.run();
        let handle = running.handle();
        actix_web::rt::spawn(running);
        let start = Arc::new(Barrier::new(people.len()));
        let mut crowd = Vec::new();
        for person in people {
            let token = person.account.as_ref().expect("a visitor has no token").token().await;
            crowd.push(stand(address, token, start.clone()));
        }
        Self { server: handle, crowd }
    }

    /// Everybody shoots at one instant; the answers are in the crowd's order.
    pub async fn at_once(&self, shots: Vec<Shot>) -> Vec<Reply> {
        for ((shoot, _), shot) in self.crowd.iter().zip(shots) {
            shoot.send(shot).expect("the thread waits");
        }
        let mut replies = Vec::with_capacity(self.crowd.len());
        for (_, replied) in &self.crowd {
            // The server's own tasks run on this thread as well.
            loop {
                match replied.try_recv() {
                    Ok(reply) => break replies.push(reply),
                    Err(std::sync::mpsc::TryRecvError::Empty) => actix_web::rt::time::sleep(std::time::Duration::from_millis(1)).await,
                    Err(gone) => panic!("a client's connection broke: {gone}"),
                }
            }
        }
        replies
    }

    pub async fn close(self) {
        drop(self.crowd);
        self.server.stop(false).await;
    }
}

/// One of the crowd: waits for its shot, then for the others, and shoots.
fn stand(address: SocketAddr, token: String, start: Arc<Barrier>) -> (Sender<Shot>, Receiver<Reply>) {
    let (shoot, shots) = channel::<Shot>();
    let (reply, replies) = channel();
    std::thread::spawn(move || {
        let mut socket = Socket::open(address).expect("the instance listens");
        for shot in shots {
            start.wait();
            let with = With { token: Some(&token), seen: shot.seen, key: shot.key.as_deref() };
            let answer = socket.post(&shot.path, with, &shot.body).unwrap_or_else(|error| panic!("{}: {error}", shot.path));
            if reply.send(answer).is_err() {
                break;
            }
        }
    });
    (shoot, replies)
}

/// So many accepted orders, open to all teams; each at version 3.
pub async fn accepted_orders(app: &TestApp, count: usize) -> Vec<i64> {
    let (dispatcher, officer) = (app.dispatcher("友谊县").await, app.officer("县科协").await);
    let department = app.db_organisation("县科协");
    let code = app.db_division("爱林村");
    let mut orders = Vec::new();
    for _ in 0..count {
        let body = json!({
            "title": "请一场急救讲座", "audience": "elderly", "attendees": 40, "division_code": code, "contact_name": "王桂兰", "for_other": true,
            "consent": {"version": "2026-01", "given": "spoken"},
        });
        let order = dispatcher.post("/orders", body).await.expect(201);
        let path = format!("/orders/{}", order.id());
        let body = json!({"department_id": department, "outside_plan": true, "summary": "急救讲座"});
        let sent = dispatcher.post(&format!("{path}/dispatch"), body).if_match(&order.etag()).await.expect(200);
        let accepted = officer.post(&format!("{path}/accept"), json!({})).if_match(&sent.etag()).await.expect(200);
        assert_eq!(accepted.etag(), "\"3\"");
        orders.push(order.id());
    }
    orders
}

/// Ends the story where PostgreSQL had to break a deadlock. The instance must be gone, since counts are flushed by then.
pub fn no_deadlocks(app: &TestApp) {
    #[derive(QueryableByName)]
    struct Deadlocks {
        #[diesel(sql_type = BigInt)]
        deadlocks: i64,
    }
    if engine() != Engine::Postgres {
        return;
    }
    if let Some(log) = cluster::log() {
        assert!(!log.contains("deadlock detected"), "the server's log has a deadlock");
    }
    if let Db::Postgres(conn) = &mut app.db() {
        let found: Deadlocks =
            diesel::sql_query("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()").get_result(conn).expect("statistics can be read");
        assert_eq!(found.deadlocks, 0);
    }
}
