//! What hangs on orders and most readers see: one statement for a page, or for one order.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamp};

use super::{Answer, AnswerKind, Contact};
use crate::clock::Moment;
use crate::db::{Clause, Db};
use crate::error::Result;
use crate::ids::{OrderId, OrganisationId};
use crate::{directory, on_engine};

/// What hangs on one order.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// The co-units by number and name, in the order in which they were named.
    pub co_units: Vec<(OrganisationId, String)>,
    /// Whom to meet and where; empty where it was not asked for.
    pub contact: Option<Contact>,
    pub answers: Vec<Answer>,
}

/// What to read: what cannot be there, or is not for the reader, is not asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    pub co_units: bool,
    /// Of one order that the reader serves; no list reads it.
    pub contact: bool,
    pub answers: bool,
}

const CO_UNIT: i32 = 1;
const CONTACT: i32 = 2;
const ANSWER: i32 = 3;

type RowSql = (BigInt, Integer, BigInt, BigInt, (Nullable<Text>, Nullable<Text>, Nullable<Text>), Nullable<Timestamp>);
type Row = (OrderId, i32, i64, i64, (Option<String>, Option<String>, Option<String>), Option<Moment>);

/// What hangs on these orders.
pub fn beside(db: &mut Db, ids: &[OrderId], wanted: Wanted) -> Result<HashMap<OrderId, Beside>> {
    let Some(question) = question(ids, wanted) else { return Ok(HashMap::new()) };
    let question = question.asked::<RowSql>();
    let mut rows: Vec<Row> = on_engine!(db, conn => question.load(conn))?;
    rows.sort_unstable_by_key(|(_, kind, seq, ..)| (*kind, *seq));
    let version = rows.iter().find(|(_, kind, ..)| *kind == CO_UNIT).and_then(|row| row.4.0.clone());
    let directory = match &version {
        Some(version) => Some(directory::at(db, Some(version))?),
        None => None,
    };
    let mut found: HashMap<OrderId, Beside> = HashMap::with_capacity(ids.len());
    for (order, kind, _, number, (first, second, third), at) in rows {
        let beside = found.entry(order).or_default();
        match (kind, at, first, second) {
            (CO_UNIT, ..) => {
                let id = OrganisationId(number);
                let name = directory.as_ref().and_then(|directory| directory.name(id)).unwrap_or_default();
                beside.co_units.push((id, name.to_owned()));
            }
            (CONTACT, _, name, phone) => beside.contact = Some(Contact { name, phone, address: third }),
            (ANSWER, Some(written_at), Some(kind), Some(text)) => {
                beside.answers.extend(AnswerKind::parse(&kind).map(|kind| Answer { kind, text, written_at }));
            }
            _ => {}
        }
    }
    Ok(found)
}

/// One part of the question a table, each along its key.
fn question(ids: &[OrderId], wanted: Wanted) -> Option<Clause> {
    const CO_UNITS: &str = "SELECT order_id, 1, id, organisation_id, (SELECT version FROM directory_version), CAST(NULL AS TEXT), CAST(NULL AS TEXT), \
                            CAST(NULL AS TIMESTAMP) FROM order_parties WHERE part = 'co_unit' AND until IS NULL AND ";
    const CONTACTS: &str = "SELECT order_id, 2, CAST(0 AS BIGINT), CAST(0 AS BIGINT), name, phone, address, CAST(NULL AS TIMESTAMP) FROM order_contacts WHERE ";
    const ANSWERS: &str = "SELECT order_id, 3, id, CAST(0 AS BIGINT), kind, text, CAST(NULL AS TEXT), written_at FROM order_answers WHERE ";
    let among = among(ids)?;
    let parts = [(wanted.co_units, CO_UNITS), (wanted.contact, CONTACTS), (wanted.answers, ANSWERS)];
    let parts = parts.into_iter().filter(|(wanted, _)| *wanted).map(|(_, words)| Clause::sql(words).with(among.clone()));
    parts.reduce(|all, part| all.then(" UNION ALL ").with(part))
}

/// That a row belongs to one of these orders. The list is filled up to a power of two with its last one, so that pages of any
/// length share a few statements.
fn among(ids: &[OrderId]) -> Option<Clause> {
    let last = ids.last()?;
    let mut all = Clause::sql("order_id IN (").bind(last.0);
    for n in 1..ids.len().next_power_of_two() {
        all = all.then(", ").bind(ids.get(n - 1).filter(|_| n < ids.len()).unwrap_or(last).0);
    }
    Some(all.then(")"))
}
