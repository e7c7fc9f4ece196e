//! Where the data lies, and how a connection to it is opened and set up.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::{Db, server_url};
use crate::error::{Error, Result};

/// The two engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// Where the data lies, chosen by the scheme of `DATABASE_URL` alone: the enum's own `establish` would fall through from a
/// PostgreSQL that is down to a file named `postgres://…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A file.
    Sqlite(std::path::PathBuf),
    /// A `postgres://` URL.
    Postgres(String),
}

impl Place {
    /// Reads a `DATABASE_URL`.
    pub fn parse(url: &str) -> std::result::Result<Self, String> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            if path.is_empty() {
                return Err("DATABASE_URL names no file: write sqlite://data/kepu.db".to_owned());
            }
            return Ok(Self::Sqlite(path.into()));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(server_url::with_roots(url)));
        }
        Err("DATABASE_URL must begin with sqlite:// or postgres://".to_owned())
    }

    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// The file that holds the data, where this machine alone holds it; empty where a server does.
    pub fn file(&self) -> Option<&std::path::Path> {
        match self {
            Self::Sqlite(path) => Some(path),
            Self::Postgres(_) => None,
        }
    }

    /// What is unsafe about the way to the data, in one sentence.
    pub fn warning(&self) -> Option<String> {
        match self {
            Self::Sqlite(_) => None,
            Self::Postgres(url) => server_url::warning(url),
        }
    }

    /// A connection that may write.
    pub fn connect(&self) -> Result<Db> {
        match self {
            Self::Sqlite(path) => {
                let mut conn = SqliteConnection::establish(&path.to_string_lossy()).map_err(|error| Error::Broken(format!("{}: {error}", path.display())))?;
                // The time-out comes first: the switch to WAL itself may have to wait.
                conn.batch_execute(
                    "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                     PRAGMA cache_size = -4000; PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = MEMORY;",
                )?;
                Ok(Db::Sqlite(conn))
            }
            Self::Postgres(url) => {
                let mut conn = PgConnection::establish(url).map_err(|error| Error::Broken(error.to_string()))?;
                conn.batch_execute("SET TIME ZONE 'UTC'; SET statement_timeout = '10s'; SET lock_timeout = '5s'; SET client_min_messages = warning;")?;
                Ok(Db::Postgres(conn))
            }
        }
    }
}

/// Opens connections for asking: on SQLite they refuse to write.
#[derive(Clone)]
pub(super) struct Opener(Place);

impl Opener {
    pub(super) fn new(place: Place) -> Self {
        Self(place)
    }

    fn open(&self) -> Result<Db> {
        let mut db = self.0.connect()?;
        if let Db::Sqlite(conn) = &mut db {
            // What is read at random is read where the system holds it, instead of being copied page by page for each connection.
            conn.batch_execute("PRAGMA query_only = ON; PRAGMA mmap_size = 1073741824")?;
        }
        Ok(db)
    }

    /// A connection that was used before, if it is still good, else a new one. A file's connection does not go away; a server's
    /// does with the server, and the first request after that shall not be the one to find out.
    pub(super) fn renew(&self, kept: Option<Db>) -> Result<Db> {
        match kept {
            Some(Db::Sqlite(conn)) => Ok(Db::Sqlite(conn)),
            Some(Db::Postgres(mut conn)) => {
                if super::postgres::still_good(&mut conn) {
                    Ok(Db::Postgres(conn))
                } else {
                    self.open()
                }
            }
            None => self.open(),
        }
    }
}
