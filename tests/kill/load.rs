//! Clients of the real binary that order and move orders as fast as they are answered, and tell what they were answered.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::mpsc::Sender;

use chrono::Duration;
use kepu::clock::{Clock, Moment};
use serde_json::{Value, json};

use crate::start::running::Home;
use crate::support::app::TestApp;
use crate::support::client::Client as Account;
use crate::support::database::Database;
use crate::support::http::{Socket, With};
use crate::support::people::PASSWORD;

/// What happens to every order, in this order; then its client makes a new one.
const LIFE: [&str; 7] = ["submit", "dispatch", "accept", "claim", "schedule", "postpone", "schedule"];

const PLACE: &str = "繁荣社区";
const DEPARTMENT: &str = "县科协";
const TEAM: &str = "友谊县人民医院健康科技志愿服务队";

/// A change that was answered with success.
#[derive(Debug, Clone)]
pub struct Answered {
    pub order: i64,
    pub verb: &'static str,
    /// The order's version after it.
    pub version: i64,
    /// Who made it.
    pub person: i64,
    pub key: String,
    /// What it took, where it scheduled.
    pub taken: Option<Taken>,
}

/// A venue and a person from a moment until another.
#[derive(Debug, Clone, Copy)]
pub struct Taken {
    pub venue: i64,
    pub person: i64,
    pub from: Moment,
    pub until: Moment,
}

/// Somebody, signed in at the instance.
#[derive(Debug, Clone)]
struct Person {
    id: i64,
    token: String,
}

/// What all clients know.
struct Facts {
    place: String,
    department: i64,
    team: i64,
    venues: Vec<i64>,
    /// No two sessions are planned for one hour.
    hours: AtomicI64,
    first_hour: Moment,
    /// Nobody begins anything more.
    halted: AtomicBool,
}

/// A home of the binary whose county has people enough for a load.
pub struct Stage {
    pub home: Home,
    facts: Arc<Facts>,
    /// Dispatcher, officer.
    staff: [(i64, String); 2],
    /// A resident and a leader for each client.
    pairs: Vec<[(i64, String); 2]>,
}

impl Stage {
    /// Makes people for so many clients.
    pub async fn set(database: Database, clients: usize) -> Self {
        let app = TestApp::over(database, &[]).await;
        let who = |client: &Account| client.account.as_ref().map(|account| (account.person().0, account.login().to_owned())).expect("an account");
        let staff = [who(&app.dispatcher("友谊县").await), who(&app.officer(DEPARTMENT).await)];
        let mut pairs = Vec::new();
        for _ in 0..clients {
            pairs.push([who(&app.resident_of(PLACE).await), who(&app.leader(TEAM).await)]);
        }
        let venues = app.visitor().get("/venues?limit=100").await.expect(200);
        let venues = venues.items().iter().filter_map(|venue| venue["id"].as_i64()).collect();
        let (place, department, team) = (app.db_division(PLACE), app.db_organisation(DEPARTMENT).0, app.db_organisation(TEAM).0);
        // The binary's clock runs; nobody's hour has begun before the story ends.
        let first_hour = Clock::system().now().plus(Duration::days(1));
        let facts = Arc::new(Facts { place, department, team, venues, hours: AtomicI64::new(0), first_hour, halted: AtomicBool::new(false) });
        Self { home: Home::over(app.database), facts, staff, pairs }
    }

    /// Lets every client end what it has begun and begin nothing more; or takes that back.
    pub fn halt(&self, halted: bool) {
        self.facts.halted.store(halted, Ordering::Relaxed);
    }

    /// Signs everybody in at the serving instance.
    pub fn clients(&self, answered: &Sender<Answered>) -> Vec<Client> {
        let mut socket = Socket::open(self.home.address()).expect("the instance listens");
        let mut sign_in = |(id, login): &(i64, String)| {
            let reply = socket.post("/auth/login", With::default(), &json!({"login": login, "password": PASSWORD})).expect("an answer");
            let token = reply.json["access_token"].as_str().unwrap_or_else(|| panic!("no access token: {}", reply.json)).to_owned();
            Person { id: *id, token }
        };
        let [dispatcher, officer] = self.staff.each_ref().map(&mut sign_in);
        let pairs = self.pairs.iter().map(|pair| pair.each_ref().map(&mut sign_in));
        let client = |(number, [resident, leader]): (usize, [Person; 2])| Client {
            facts: self.facts.clone(),
            number,
            made: 0,
            people: [resident, dispatcher.clone(), officer.clone(), leader],
            order: None,
            unanswered: None,
            answered: answered.clone(),
        };
        pairs.enumerate().map(client).collect()
    }
}

/// How a client's run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It made as many changes as it should, or was halted.
    Done,
    /// The connection broke.
    Gone,
    /// The instance was there and could not do it: 5xx.
    Unavailable(u16),
}

/// One client: an order after another, a change after another.
pub struct Client {
    facts: Arc<Facts>,
    number: usize,
    /// How many requests it made.
    made: usize,
    /// Resident, dispatcher, officer, leader.
    people: [Person; 4],
    /// The order it is at, its version, and how far it is in [`LIFE`].
    order: Option<(i64, i64, usize)>,
    /// What was sent and not answered: sent again, under the same key, before anything else.
    unanswered: Option<Request>,
    answered: Sender<Answered>,
}

/// A change to ask for.
#[derive(Clone)]
struct Request {
    verb: &'static str,
    path: String,
    person: Person,
    seen: Option<i64>,
    key: String,
    body: Value,
    taken: Option<Taken>,
}

impl Client {
    /// The token of somebody who may read what this client made.
    pub fn reader(&self) -> &str {
        &self.people[0].token
    }

    /// Whether it waits for an answer that did not come.
    pub fn lost_an_answer(&self) -> bool {
        self.unanswered.is_some()
    }

    /// Makes changes until so many are answered, or the instance fails it.
    ///
    /// # Panics
    /// Where a change is refused: nobody is in its way.
    pub fn run(&mut self, address: SocketAddr, most: usize) -> End {
        let Ok(mut socket) = Socket::open(address) else { return End::Gone };
        for _ in 0..most {
            if self.facts.halted.load(Ordering::Relaxed) {
                break;
            }
            let request = self.unanswered.take().unwrap_or_else(|| self.next());
            let end = self.send(&mut socket, &request);
            if end != End::Done {
                self.unanswered = Some(request);
                return end;
            }
        }
        End::Done
    }

    /// Sends what was not answered once more, until it is.
    pub fn settle(&mut self, address: SocketAddr) -> End {
        if self.unanswered.is_some() { self.run(address, 1) } else { End::Done }
    }

    fn send(&mut self, socket: &mut Socket, request: &Request) -> End {
        let with = With { token: Some(&request.person.token), seen: request.seen, key: Some(&request.key) };
        let reply = match socket.post(&request.path, with, &request.body) {
            Err(_) => return End::Gone,
            Ok(reply) if reply.status >= 500 => return End::Unavailable(reply.status),
            Ok(reply) => reply,
        };
        let wanted = if request.verb == "submit" { 201 } else { 200 };
        assert_eq!(reply.status, wanted, "{} {:?}: {}", request.path, request.body, reply.json);
        let (order, version) = (reply.json["id"].as_i64().expect("an id"), reply.version.expect("a version"));
        let step = self.order.map_or(0, |(_, _, step)| step);
        self.order = (step + 1 < LIFE.len()).then_some((order, version, step + 1));
        let answered = Answered { order, verb: request.verb, version, person: request.person.id, key: request.key.clone(), taken: request.taken };
        self.answered.send(answered).expect("the story listens");
        End::Done
    }

    /// The next change of its order.
    fn next(&mut self) -> Request {
        let (id, version, step) = self.order.unwrap_or_default();
        let (verb, facts) = (LIFE[step], &self.facts);
        let mut taken = None;
        let (who, body) = match verb {
            "submit" => {
                let consent = json!({"version": "2026-01", "given": "here"});
                let details = format!("第{}位居民的第{}次请求", self.number, self.made);
                let asked = json!({"title": "请一场急救讲座", "details": details, "audience": "elderly", "attendees": 40, "division_code": facts.place,
                    "address": "三号楼二单元501", "contact_name": "王桂兰", "contact_phone": "13912345678", "consent": consent});
                (0, asked)
            }
            "dispatch" => (1, json!({"department_id": facts.department, "outside_plan": true, "summary": "社区老人急救讲座"})),
            "accept" => (2, json!({})),
            "claim" => (3, json!({"team_id": facts.team})),
            "schedule" => {
                let from = facts.first_hour.plus(Duration::hours(facts.hours.fetch_add(1, Ordering::Relaxed)));
                let until = from.plus(Duration::hours(1));
                let venue = facts.venues[self.number % facts.venues.len()];
                taken = Some(Taken { venue, person: self.people[3].id, from, until });
                (3, json!({"sessions": [{"venue_id": venue, "starts_at": from, "ends_at": until}]}))
            }
            _ => (3, json!({"reason": "weather"})),
        };
        self.made += 1;
        let path = if verb == "submit" { "/orders".to_owned() } else { format!("/orders/{id}/{verb}") };
        let seen = (verb != "submit").then_some(version);
        let key = format!("client-{}-request-{}", self.number, self.made);
        Request { verb, path, person: self.people[who].clone(), seen, key, body, taken }
    }
}
