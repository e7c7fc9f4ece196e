//! What is counted of the requests, for Prometheus. Labels are templates and classes, never what a client sent.

use std::time::Duration;

use actix_web::http::{Method, StatusCode};
use prometheus::{HistogramOpts, HistogramVec, IntCounterVec, Opts, Registry, TextEncoder};

/// Bounds of the latency histogram, in seconds.
const BOUNDS: &[f64] = &[0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// The counters of one instance.
pub(super) struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
}

impl Default for Metrics {
    fn default() -> Self {
        let registry = Registry::new();
        let requests = made(IntCounterVec::new(
            Opts::new("kepu_requests_total", "Requests answered, by route, method and class of status."),
            &["route", "method", "class"],
        ));
        let opts = HistogramOpts::new("kepu_request_seconds", "How long answering took, by route and method.").buckets(BOUNDS.to_vec());
        let seconds = made(HistogramVec::new(opts, &["route", "method"]));
        made(registry.register(Box::new(requests.clone())));
        made(registry.register(Box::new(seconds.clone())));
        Self { registry, requests, seconds }
    }
}

fn made<T>(metric: prometheus::Result<T>) -> T {
    match metric {
        Ok(metric) => metric,
        Err(error) => unreachable!("the metrics' names are fixed and differ: {error}"),
    }
}

impl Metrics {
    /// Counts an answer.
    pub(super) fn count(&self, route: &str, method: &Method, status: StatusCode, took: Duration) {
        let method = named(method);
        self.requests.with_label_values(&[route, method, class(status)]).inc();
        self.seconds.with_label_values(&[route, method]).observe(took.as_secs_f64());
    }

    /// All counters in Prometheus's text format.
    pub(super) fn text(&self) -> String {
        TextEncoder::new().encode_to_string(&self.registry.gather()).unwrap_or_default()
    }
}

/// A method's name; what clients invent is `other`, so that they cannot make series.
fn named(method: &Method) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    KNOWN.into_iter().find(|known| *known == method.as_str()).unwrap_or("other")
}

fn class(status: StatusCode) -> &'static str {
    match status.as_u16() / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    }
}
