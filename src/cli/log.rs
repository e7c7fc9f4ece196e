//! The log: lines or JSON on standard error, this product's own at the chosen level, others' warnings.

use tracing_subscriber::EnvFilter;

use crate::config::Config;

pub(super) fn start(config: &Config) {
    let filter = EnvFilter::new(format!("warn,kepu={0},request={0}", config.log));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start in one process keeps the first.
    let started = if config.log_json { log.json().flatten_event(true).try_init() } else { log.try_init() };
    drop(started);
}
