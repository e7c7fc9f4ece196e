//! Pages of a list: newest first, keyset by an opaque cursor that is bound to its filters.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::error::{Error, Refusal};
use crate::secrets::{Purpose, Secrets, same};

/// How many rows a page has unless told otherwise, and at most.
const USUAL: i64 = 20;
const MOST: i64 = 100;

/// A page of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Give it back as `after` for the next page; null on the last.
    #[schema(example = "MTIz.x7Jm")]
    pub next: Option<String>,
}

/// The paging part of a query.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// How many rows, 20 unless told otherwise.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

/// Where a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Rows below this id; empty: from the newest.
    pub below: Option<i64>,
    pub limit: i64,
}

impl Cursor {
    /// Reads `limit` and `after`; `filters` are all other parameters, in one form.
    ///
    /// # Errors
    /// 400 for a limit out of range or a cursor of another list.
    pub fn read(secrets: &Secrets, limit: Option<i64>, after: Option<&str>, filters: &str) -> Result<Self, Error> {
        let limit = limit.unwrap_or(USUAL);
        if !(1..=MOST).contains(&limit) {
            return Err(Refusal::query("limit", "out_of_range", "A page has 1 to 100 rows.").into());
        }
        let Some(after) = after else { return Ok(Self { below: None, limit }) };
        let below = after.split_once('.').and_then(|(id, seal)| {
            let known = secrets.hashes(Purpose::Cursor, &[id, filters]);
            known.iter().any(|hash| same(&hash[..12], seal)).then(|| id.parse::<i64>().ok()).flatten()
        });
        let below = below.ok_or_else(|| Refusal::query("after", "other_list", "This cursor belongs to another list. Start again without `after`."))?;
        Ok(Self { below: Some(below), limit })
    }

    /// The cursor of the page after the one that ends with this id.
    pub fn next(secrets: &Secrets, last: i64, filters: &str) -> String {
        let id = last.to_string();
        let hash = secrets.hash(Purpose::Cursor, &[&id, filters]);
        format!("{id}.{}", &hash[..12])
    }
}
