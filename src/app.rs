//! What a running instance holds, and nothing that another instance would have to know.

use std::sync::Arc;

use crate::clock::Clock;
use crate::config::Config;
use crate::db::Pool;
use crate::secrets::Secrets;

/// What every handler gets: where the data is, what time it is, the keys, the settings.
#[derive(Clone)]
pub struct App {
    pub pool: Pool,
    pub clock: Clock,
    pub secrets: Secrets,
    pub config: Arc<Config>,
    /// How many passwords are hashed at once: each takes 19 MiB or more.
    pub hashing: Arc<tokio::sync::Semaphore>,
}

impl App {
    pub fn new(pool: Pool, clock: Clock, secrets: Secrets, config: Config) -> Self {
        Self { pool, clock, secrets, config: Arc::new(config), hashing: Arc::new(tokio::sync::Semaphore::new(2)) }
    }
}
