//! How large the database is, for the metrics.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::{Db, Place};
use crate::error::Result;

/// Sizes in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    pub database: i64,
    /// The write-ahead log, where the instance keeps one itself.
    pub wal: Option<i64>,
}

#[derive(QueryableByName)]
struct Bytes {
    #[diesel(sql_type = BigInt)]
    bytes: i64,
}

impl Place {
    /// How large the database at this place is.
    pub fn sizes(&self, db: &mut Db) -> Result<Sizes> {
        match (self, db) {
            (Self::Postgres(_), Db::Postgres(conn)) => {
                let found: Bytes = diesel::sql_query("SELECT pg_database_size(current_database()) AS bytes").get_result(conn)?;
                Ok(Sizes { database: found.bytes, wal: None })
            }
            (Self::Sqlite(path), _) => {
                let size = |path: &std::path::Path| std::fs::metadata(path).map_or(0, |file| i64::try_from(file.len()).unwrap_or(i64::MAX));
                let mut wal = path.as_os_str().to_owned();
                wal.push("-wal");
                Ok(Sizes { database: size(path), wal: Some(size(wal.as_ref())) })
            }
            (Self::Postgres(_), Db::Sqlite(_)) => Ok(Sizes { database: 0, wal: None }),
        }
    }
}
