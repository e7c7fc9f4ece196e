//! The same work without the web: what the engine and our own code allow on this machine.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use actix_web::FromRequest;
use actix_web::test::TestRequest;
use diesel::connection::SimpleConnection;
use kepu::app::App;
use kepu::db::{Db, Engine};
use kepu::events;
use kepu::events::http::CalendarQuery;
use kepu::ids::OrderId;
use kepu::orders;
use kepu::orders::http::OrdersQuery;
use kepu::orders::http::slots::SlotsQuery;
use kepu::orders::needs::SetUrgency;
use kepu::wire::{Ask, Caller, Change};

use crate::fill::{ORDERS, WAITING, waiting};
use crate::load::Measured;
use crate::{Random, move_body};

/// The list, by so many threads with a connection each.
pub fn list(app: &App, token: &str, query: &'static str, threads: usize, warm: Duration, long: Duration) -> Measured {
    readers(app, threads, warm, long, |app| {
        let ask = asking(token, query);
        let app = app.clone();
        move |db: &mut Db| orders::http::listed(db, &app, &ask).is_ok_and(|page| serde_json::to_vec(&page).is_ok_and(|bytes| !bytes.is_empty()))
    })
}

/// One order at random, by so many threads with a connection each.
pub fn one(app: &App, token: &str, threads: usize, warm: Duration, long: Duration) -> Measured {
    let mut seed = 0;
    readers(app, threads, warm, long, |app| {
        let caller = caller(token);
        let app = app.clone();
        seed += 1;
        let mut random = Random(seed);
        move |db: &mut Db| {
            let id = OrderId(random.below(ORDERS) + 1);
            orders::http::looked_up(db, &app, &caller, id).is_ok_and(|seen| serde_json::to_vec(&seen.body).is_ok_and(|bytes| !bytes.is_empty()))
        }
    })
}

/// Free times for the claimed order, by so many threads with a connection each.
pub fn slots(app: &App, token: &str, query: &str, threads: usize, warm: Duration, long: Duration) -> Measured {
    readers(app, threads, warm, long, |app| {
        let ask: Ask<SlotsQuery> = question(token, query);
        let app = app.clone();
        move |db: &mut Db| {
            let found = orders::http::slots::found(db, &app, &ask, OrderId(crate::planned::CLAIMED));
            found.is_ok_and(|found| serde_json::to_vec(&found).is_ok_and(|bytes| !bytes.is_empty()))
        }
    })
}

/// A week of the calendar, by so many threads with a connection each.
pub fn week(app: &App, token: &str, query: &str, threads: usize, warm: Duration, long: Duration) -> Measured {
    readers(app, threads, warm, long, |app| {
        let ask: Ask<CalendarQuery> = question(token, query);
        let app = app.clone();
        move |db: &mut Db| events::http::calendar(db, &app, &ask).is_ok_and(|week| serde_json::to_vec(&week).is_ok_and(|bytes| !bytes.is_empty()))
    })
}

fn readers<W>(app: &App, threads: usize, warm: Duration, long: Duration, mut work: impl FnMut(&App) -> W) -> Measured
where
    W: FnMut(&mut Db) -> bool + Send,
{
    let works: Vec<W> = (0..threads).map(|_| work(app)).collect();
    let begin = Instant::now() + warm;
    let end = begin + long;
    let (mut took, mut errors) = (Vec::new(), 0);
    std::thread::scope(|scope| {
        let running: Vec<_> = works
            .into_iter()
            .map(|mut work| {
                scope.spawn(move || {
                    let mut db = app.pool.place().connect().expect("a connection can be made");
                    let (mut took, mut errors) = (Vec::with_capacity(1 << 18), 0);
                    loop {
                        let started = Instant::now();
                        if started >= end {
                            return (took, errors);
                        }
                        let done = work(&mut db);
                        if started >= begin {
                            if done { took.push(started.elapsed()) } else { errors += 1 }
                        }
                    }
                })
            })
            .collect();
        for thread in running {
            let (some, failed) = thread.join().expect("a reader ends");
            took.extend(some);
            errors += failed;
        }
    });
    Measured::of(took, long, errors)
}

/// Moves on one thread, so many in one COMMIT: the deed itself, and so the very statements of the route.
pub fn moves(app: &App, token: &str, versions: &Arc<Vec<AtomicI64>>, together: i64, warm: Duration, long: Duration) -> Measured {
    let mut db = app.pool.place().connect().expect("a connection can be made");
    let begin = if db.engine() == Engine::Sqlite { "BEGIN IMMEDIATE" } else { "BEGIN" };
    let (mut took, mut errors, mut spent, mut n) = (Vec::new(), 0, Duration::ZERO, 0);
    let until = Instant::now() + warm + long;
    let warm_until = Instant::now() + warm;
    while Instant::now() < until {
        // The requests are made outside of the time: they come from elsewhere.
        let batch: Vec<(OrderId, usize, Change<SetUrgency>)> = (0..together)
            .map(|_| {
                n = (n + 1) % WAITING;
                let at = usize::try_from(n).unwrap_or(0);
                (OrderId(waiting(n)), at, change(token, versions[at].load(Ordering::Relaxed)))
            })
            .collect();
        let started = Instant::now();
        db.batch_execute(begin).expect("a transaction begins");
        for (id, at, change) in &batch {
            let done = orders::set_urgency(&mut db, app, change, *id).and_then(|(act, opened)| orders::http::versioned(&mut db, &act, opened));
            match done {
                Ok(seen) => versions[*at].store(seen.version, Ordering::Relaxed),
                Err(_) => errors += 1,
            }
        }
        db.batch_execute("COMMIT").expect("it is durable");
        if started >= warm_until {
            let once = started.elapsed();
            spent += once;
            took.extend(batch.iter().map(|_| once));
        }
    }
    Measured::of(took, spent, errors)
}

/// A question for a list as it comes in.
pub fn asking(token: &str, query: &str) -> Ask<OrdersQuery> {
    question(token, query)
}

fn question<Q: serde::de::DeserializeOwned + 'static>(token: &str, query: &str) -> Ask<Q> {
    from_request(TestRequest::get().uri(query).insert_header(("Authorization", format!("Bearer {token}"))))
}

/// Who asks, by their token.
pub fn caller(token: &str) -> Caller {
    from_request(TestRequest::get().insert_header(("Authorization", format!("Bearer {token}"))))
}

/// A move as it comes in.
pub fn change(token: &str, version: i64) -> Change<SetUrgency> {
    from_request(
        TestRequest::post()
            .insert_header(("Authorization", format!("Bearer {token}")))
            .insert_header(("If-Match", format!("\"{version}\"")))
            .insert_header(("Content-Type", "application/json"))
            .set_payload(move_body(version)),
    )
}

fn from_request<T: FromRequest>(request: TestRequest) -> T {
    let (request, mut payload) = request.to_http_parts();
    let ready = futures_util::FutureExt::now_or_never(T::from_request(&request, &mut payload));
    match ready {
        Some(Ok(made)) => made,
        _ => panic!("the request can be read at once"),
    }
}
