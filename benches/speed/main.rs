//! What the README says of speed: `make bench`. The real server with 100,000 orders and real tokens, asked by 64 connections,
//! beside what the machine allows: the same bytes without sign-in and database (a), the same work without the web (b), the same
//! moves on one thread with one COMMIT each, with one for 32, or by pgbench (c).
//!
//! `BENCH_SECONDS`, `BENCH_RUNS` and `BENCH_ENGINES` shorten it; only a whole run writes `benches/RESULTS.md`.

#![expect(clippy::expect_used, clippy::panic, reason = "a measurement that cannot be made ends")]

mod fill;
mod inside;
mod load;
mod pgbench;
mod planned;
mod report;
#[path = "../../tests/support/cluster.rs"]
#[expect(dead_code, reason = "the suite uses more of it")]
mod cluster;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use actix_web::web::Bytes;
use actix_web::{HttpResponse, HttpServer};
use kepu::actor::{Act, Role};
use kepu::app::App;
use kepu::auth;
use kepu::clock::Clock;
use kepu::config::Config;
use kepu::db::{Engine, Place};
use kepu::organisations;
use kepu::people::{self, NewGrant, NewPerson};
use kepu::server::{self, say};
use kepu::web::{self, Shared};
use tempfile::TempDir;

use fill::{ORDERS, WAITING, waiting};
use load::{Answer, Asking, CONNECTIONS, Same, drive};
use report::{Report, What};

/// As the product has it.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The county's code.
pub const COUNTY: &str = "230522000000";
const PASSWORD: &str = "Clear-water-9";
const DISPATCHER: &str = "dispatcher";
/// The list: 20 that wait for dispatch, of those of the whole county.
const LIST: &str = "/api/v1/orders?state=submitted&limit=20";

/// Free times for an order, among 200 venues, 100 teams and 20,000 bookings.
fn slots() -> String {
    format!("/api/v1/orders/{}/slots?minutes=90", planned::CLAIMED)
}

/// The coming week, with 500 sessions.
fn week() -> String {
    let from = Clock::system().now().plus(chrono::Duration::days(7));
    format!("/api/v1/calendar?from={}&until={}", from.rfc3339(), from.plus(chrono::Duration::days(7)).rfc3339())
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

fn main() {
    let (seconds, runs) = (number("BENCH_SECONDS", 10), number("BENCH_RUNS", 5));
    let engines = std::env::var("BENCH_ENGINES").unwrap_or_else(|_| "sqlite postgres".to_owned());
    let whole = seconds == 10 && runs == 5 && engines == "sqlite postgres";
    let mut text = report::head(seconds, runs);
    say(&text);
    for engine in engines.split_whitespace() {
        let part = measure(engine == "postgres", Duration::from_secs(seconds), runs).table();
        say(&part);
        text.push_str(&part);
    }
    if whole {
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/RESULTS.md"), text).expect("benches/RESULTS.md can be written");
    }
}

/// All measurements on one engine, alternating.
fn measure(postgres: bool, long: Duration, runs: u64) -> Report {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let cluster = postgres.then(own_server);
    let url = cluster.as_ref().map_or_else(|| format!("sqlite://{}", folder.path().join("kepu.db").display()), |own| own.url("postgres"));
    let app = prepare(&folder, url);
    let engine = app.pool.engine();
    let address = serve(app.clone());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let warm = long / 5;
    let versions: Arc<Vec<AtomicI64>> = Arc::new((0..WAITING).map(|_| AtomicI64::new(1)).collect());
    let script = |name: &str| folder.path().join(name).with_extension("sql");
    if engine == Engine::Postgres {
        let token = sign_in(address, DISPATCHER);
        let scripts =
            [("list", pgbench::list_script(&app, &token, LIST)), ("one", pgbench::one_script(&app, &token)), ("move", pgbench::move_script(&app, &token))];
        for (name, text) in scripts {
            std::fs::write(script(name), text).expect("the script can be written");
        }
    }
    let only = std::env::var("BENCH_ONLY").unwrap_or_default();
    let mut report = Report::new(engine);
    for run in 0..runs {
        let (token, leader) = (sign_in(address, DISPATCHER), sign_in(address, planned::LEADER));
        let as_one =
            |path: &str, token: &str| -> Vec<Box<dyn Asking>> { (0..CONNECTIONS).map(|_| Box::new(Same(get(path, token))) as Box<dyn Asking>).collect() };
        let same = |path: &str| as_one(path, &token);
        for what in What::ALL {
            if !(only.is_empty() || only.split(' ').any(|name| name == what.name())) || (what.only_on().is_some_and(|on| on != engine)) {
                continue;
            }
            let measured = match what {
                What::ListFloor => drive(address, warm, long, same("/floor/list")),
                What::List => drive(address, warm, long, same(LIST)),
                What::ListInside => inside::list(&app, &token, LIST, cores, warm, long),
                What::ListBench => pgbench::run(&app, &script("list"), 16, long),
                What::OneFloor => drive(address, warm, long, same("/floor/one")),
                What::One => drive(address, warm, long, anyone(&token, run)),
                What::OneInside => inside::one(&app, &token, cores, warm, long),
                What::OneBench => pgbench::run(&app, &script("one"), 16, long),
                What::SlotsFloor => drive(address, warm, long, same("/floor/slots")),
                What::Slots => drive(address, warm, long, as_one(&slots(), &leader)),
                What::SlotsInside => inside::slots(&app, &leader, &slots(), cores, warm, long),
                What::WeekFloor => drive(address, warm, long, same("/floor/week")),
                What::Week => drive(address, warm, long, as_one(&week(), &leader)),
                What::WeekInside => inside::week(&app, &leader, &week(), cores, warm, long),
                What::Move => drive(address, warm, long, movers(&token, &versions)),
                What::MovesAlone => inside::moves(&app, &token, &versions, 1, warm, long),
                What::MovesTogether => inside::moves(&app, &token, &versions, 32, warm, long),
                What::MoveBench => {
                    let measured = pgbench::run(&app, &script("move"), 16, long);
                    // It has moved the orders on.
                    reread(&app, &versions);
                    measured
                }
            };
            report.add(what, measured);
        }
    }
    report
}

/// A PostgreSQL as in production: durable, vacuumed, with a quarter of a gigabyte of buffers.
fn own_server() -> cluster::Cluster {
    let own = cluster::Cluster::start(cluster::Durability::Durable);
    let mut db = Place::Postgres(own.url("postgres")).connect().expect("the server answers");
    for setting in ["shared_buffers = '256MB'", "autovacuum = on", "max_wal_size = '2GB'"] {
        diesel::connection::SimpleConnection::batch_execute(&mut db, &format!("ALTER SYSTEM SET {setting}")).expect("it can be set");
    }
    drop(db);
    own.kill();
    own.resume();
    own
}

/// An instance with the county, 100,000 orders, and a dispatcher of the county's centre.
fn prepare(folder: &TempDir, url: String) -> App {
    let given = [
        ("DATABASE_URL", url),
        ("KEPU_DATA_DIR", folder.path().display().to_string()),
        ("KEPU_SECRET", "the secret of every measurement, 40 letters".to_owned()),
        ("KEPU_ACCESS_MINUTES", "60".to_owned()),
        ("KEPU_LOG", "warn".to_owned()),
        ("KEPU_CONNECTIONS", number("BENCH_CONNECTIONS", 0).to_string()),
    ];
    let environment: BTreeMap<String, String> = given.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let config = Config::from_sources(&environment, Path::new("no such file")).expect("the settings hold");
    let (app, _) = server::open(config).expect("the database can be opened");
    kepu::seed::load(&app.pool, app.clock.now()).expect("the county can be loaded");
    let now = app.clock.now();
    let hash = auth::hash_password_now(8, 1, PASSWORD).expect("a password can be hashed");
    let made = app.pool.write_now(move |db| {
        let act = Act::machine(now);
        let county = kepu::divisions::find(db, COUNTY)?.expect("the county was loaded");
        let centre = organisations::centres_up(db, &county.path)?.into_iter().next().expect("the county has a centre");
        let new = NewPerson {
            name: "派单员".to_owned(),
            phone: None,
            user_name: Some(DISPATCHER.to_owned()),
            password_hash: hash.clone(),
            must_change_password: false,
            county: None,
            division_code: None,
        };
        let person = people::create(db, &act, new)?;
        people::grant(db, &act, NewGrant { person, role: Role::Dispatcher, organisation: Some(centre.id), from: now, until: None })?;
        Ok(())
    });
    made.expect("the dispatcher can be made");
    fill::fill(&mut app.pool.place().connect().expect("a connection can be made"), now);
    let hash = auth::hash_password_now(8, 1, PASSWORD).expect("a password can be hashed");
    app.pool.write_now(move |db| planned::fill(db, now, &hash)).expect("there is something to schedule around");
    if app.pool.engine() == Engine::Postgres {
        diesel::connection::SimpleConnection::batch_execute(&mut app.pool.place().connect().expect("a connection can be made"), "VACUUM ANALYZE")
            .expect("it can be vacuumed");
    }
    app
}

/// Serves as the product does, with a route more that answers constant bytes; the log is off, as at KEPU_LOG=warn.
fn serve(app: App) -> SocketAddr {
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let shared = Shared::from(app);
            let floors: Arc<std::sync::OnceLock<BTreeMap<&'static str, Bytes>>> = Arc::default();
            let known = floors.clone();
            let server = HttpServer::new(move || {
                let known = known.clone();
                let floor = move |name: actix_web::web::Path<String>| constant(known.get().and_then(|floors| floors.get(name.as_str()).cloned()));
                web::app(shared.clone()).route("/floor/{name}", actix_web::web::get().to(floor))
            })
            .bind(("127.0.0.1", 0))
            .expect("a port is free");
            let address = server.addrs()[0];
            let server = server.run();
            // The constant bytes are those of the real answers.
            let reading = tokio::task::spawn_blocking(move || {
                std::thread::spawn(move || {
                    let (token, leader) = (sign_in(address, DISPATCHER), sign_in(address, planned::LEADER));
                    let body = |path: &str, token: &str| {
                        let (status, _, body) = load::once(address, get(path, token));
                        assert_eq!(status, 200, "{path}: {}", String::from_utf8_lossy(&body));
                        Bytes::from(body)
                    };
                    let all = [
                        ("list", body(LIST, &token)),
                        ("one", body("/api/v1/orders/50001", &token)),
                        ("slots", body(&slots(), &leader)),
                        ("week", body(&week(), &leader)),
                    ];
                    floors.set(BTreeMap::from(all)).expect("they are set once");
                    tell.send(address).expect("it is waited for");
                })
                .join()
            });
            let (served, _) = tokio::join!(server, reading);
            served.expect("the server runs");
        });
    });
    told.recv().expect("the server starts")
}

async fn constant(bytes: Option<Bytes>) -> HttpResponse {
    HttpResponse::Ok().insert_header(("Cache-Control", "private, no-store")).content_type("application/json").body(bytes.unwrap_or_default())
}

fn get(path: &str, token: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: kepu\r\nAccept: application/json\r\nAuthorization: Bearer {token}\r\n\r\n").into_bytes()
}

fn post(path: &str, headers: &str, body: &str) -> Vec<u8> {
    format!("POST {path} HTTP/1.1\r\nHost: kepu\r\nContent-Type: application/json\r\nContent-Length: {}\r\n{headers}\r\n{body}", body.len()).into_bytes()
}

/// A token as everyone gets it.
fn sign_in(address: SocketAddr, who: &str) -> String {
    let body = format!(r#"{{"login":"{who}","password":"{PASSWORD}"}}"#);
    let (status, _, body) = load::once(address, post("/api/v1/auth/login", "", &body));
    let answer: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
    answer["access_token"].as_str().unwrap_or_else(|| panic!("signing in answered {status}: {answer}")).to_owned()
}

/// The move: urgent or not, by turns.
pub fn move_body(version: i64) -> String {
    format!(r#"{{"urgent":{},"reason":"汛期将至"}}"#, version % 2 == 1)
}

/// Small and fast, and the same in every run.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, most: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap_or(0) % most
    }
}

/// Connections that each read orders at random.
fn anyone(token: &str, run: u64) -> Vec<Box<dyn Asking>> {
    struct Anyone(Random, String);
    impl Asking for Anyone {
        fn ask(&mut self, to: &mut Vec<u8>) {
            to.extend_from_slice(&get(&format!("/api/v1/orders/{}", self.0.below(ORDERS) + 1), &self.1));
        }
    }
    (0..CONNECTIONS as u64).map(|n| Box::new(Anyone(Random(run * 1000 + n), token.to_owned())) as Box<dyn Asking>).collect()
}

/// Connections that each move orders of their own, one after another.
fn movers(token: &str, versions: &Arc<Vec<AtomicI64>>) -> Vec<Box<dyn Asking>> {
    struct Mover {
        at: usize,
        token: String,
        versions: Arc<Vec<AtomicI64>>,
    }
    impl Asking for Mover {
        fn ask(&mut self, to: &mut Vec<u8>) {
            self.at = if self.at + CONNECTIONS < self.versions.len() { self.at + CONNECTIONS } else { self.at % CONNECTIONS };
            let version = self.versions[self.at].load(Ordering::Relaxed);
            let id = waiting(i64::try_from(self.at).unwrap_or(0));
            let headers = format!("Authorization: Bearer {}\r\nIf-Match: \"{version}\"\r\n", self.token);
            to.extend_from_slice(&post(&format!("/api/v1/orders/{id}/set_urgency"), &headers, &move_body(version)));
        }
        fn answered(&mut self, answer: &Answer<'_>) {
            if let Some(version) = answer.version() {
                self.versions[self.at].store(version, Ordering::Relaxed);
            }
        }
    }
    (0..CONNECTIONS).map(|at| Box::new(Mover { at, token: token.to_owned(), versions: versions.clone() }) as Box<dyn Asking>).collect()
}

/// Reads all versions anew.
fn reread(app: &App, versions: &Arc<Vec<AtomicI64>>) {
    use diesel::prelude::*;
    use kepu::schema::orders;
    let found: Vec<(i64, i64)> =
        app.pool.read_now(|db| Ok(orders::table.select((orders::id, orders::version)).filter(orders::version.gt(1)).load(db)?)).expect("versions can be read");
    for (id, version) in found {
        let n = (id - 1) / 100 * 10 + (id - 1) % 100;
        if let Some(known) = usize::try_from(n).ok().and_then(|n| versions.get(n)) {
            known.store(version, Ordering::Relaxed);
        }
    }
}
