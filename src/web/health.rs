//! Whether the instance lives, whether it can serve, and how it does; for supervisors of processes, not for people.

use actix_web::{HttpResponse, get, web};

use super::Shared;
use crate::db;
use crate::error::{Error, Kind, Refusal, Result};
use crate::outbox;

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(alive).service(ready).service(numbers);
}

/// The process answers.
#[get("/healthz")]
async fn alive() -> &'static str {
    "ok\n"
}

/// The database answers and has this binary's schema.
#[get("/readyz")]
async fn ready(shared: web::Data<Shared>) -> Result<&'static str> {
    match shared.app.pool.read(db::pending).await {
        Ok(false) => Ok("ready\n"),
        Ok(true) => Err(not_ready("The database has another schema than this binary; run `kepu migrate` with the newest one.")),
        Err(error @ Error::Refused(_)) => Err(error),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            Err(not_ready("The database does not answer."))
        }
    }
}

fn not_ready(detail: &str) -> Error {
    Refusal::new(Kind::Unavailable, "not_ready", detail).retry_after(5).into()
}

/// Counters and sizes in Prometheus's text format. What the database cannot tell is left out.
#[get("/metrics")]
async fn numbers(shared: web::Data<Shared>) -> HttpResponse {
    let mut text = shared.metrics.text();
    let mut gauge =
        |name: &str, about: &str, value: i64| text.push_str(&format!("# HELP kepu_{name} {about}\n# TYPE kepu_{name} gauge\nkepu_{name} {value}\n"));
    gauge("writer_queue", "Deeds that wait for the writer.", i64::try_from(shared.app.pool.waiting()).unwrap_or(i64::MAX));
    let place = shared.app.pool.place().clone();
    if let Ok((sizes, waiting)) = shared.app.pool.read(move |db| Ok((place.sizes(db)?, outbox::waiting(db)?))).await {
        gauge("database_bytes", "Size of the database.", sizes.database);
        if let Some(wal) = sizes.wal {
            gauge("wal_bytes", "Size of the write-ahead log.", wal);
        }
        gauge("outbox_waiting", "Notices that wait to be rendered.", waiting);
    }
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text)
}
