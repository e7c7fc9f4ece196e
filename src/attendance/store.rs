//! The rows of `check_ins` and `paper_counts`.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as Diesel};
use diesel::sql_types::BigInt;

use super::needs::PaperCount;
use crate::clock::Moment;
use crate::db::{Clause, Db};
use crate::error::{Error, Result};
use crate::ids::{EventId, EventSessionId, PersonId};
use crate::on_engine;
use crate::schema::{check_ins, event_sessions, paper_counts};

/// What was counted on the sheet of a session.
#[derive(Debug, Clone, Queryable)]
pub struct Paper {
    pub session: EventSessionId,
    pub heads: i32,
    pub first_timers: Option<i32>,
    pub children: Option<i32>,
    pub entered_by: PersonId,
    pub entered_at: Moment,
    pub version: i64,
}

/// Counts a mark at a session; false where it has been counted. Of many that come at once the database lets one in.
pub fn check_in(db: &mut Db, session: EventSessionId, mark: &str, heads: i32, now: Moment) -> Result<bool> {
    let row = (check_ins::session_id.eq(session), check_ins::mark.eq(mark), check_ins::heads.eq(heads), check_ins::created_at.eq(now));
    let added = on_engine!(db, conn => diesel::insert_into(check_ins::table).values(row).on_conflict_do_nothing().execute(conn));
    match added {
        // The event was changed meanwhile, and has another session in its place.
        Err(Diesel::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _)) => Err(Error::InTheWay("the session is gone".to_owned())),
        added => Ok(added? == 1),
    }
}

/// Whether one of these marks has been counted at a session, and with how many heads.
pub fn counted(db: &mut Db, session: EventSessionId, marks: &[String]) -> Result<Option<i32>> {
    Ok(check_ins::table.filter(check_ins::session_id.eq(session)).filter(check_ins::mark.eq_any(marks)).select(check_ins::heads).first(db).optional()?)
}

/// How many are checked in to each session of an event; a session without any is left out.
pub fn checked_in(db: &mut Db, event: EventId) -> Result<BTreeMap<EventSessionId, i64>> {
    let question = Clause::sql(
        "SELECT check_ins.session_id, CAST(sum(check_ins.heads) AS BIGINT) FROM check_ins JOIN event_sessions ON event_sessions.id = check_ins.session_id \
         WHERE event_sessions.event_id = ",
    )
    .bind(event.0)
    .then(" GROUP BY check_ins.session_id")
    .asked::<(BigInt, BigInt)>();
    let rows: Vec<(EventSessionId, i64)> = on_engine!(db, conn => question.load(conn))?;
    Ok(rows.into_iter().collect())
}

/// How many different persons are checked in to an event: who came to several sessions is one, with the largest company they had.
pub fn known_persons(db: &mut Db, event: EventId) -> Result<i64> {
    let question = Clause::sql(
        "SELECT CAST(coalesce(sum(each_one.heads), 0) AS BIGINT), CAST(0 AS BIGINT) FROM (SELECT max(check_ins.heads) AS heads FROM check_ins \
         JOIN event_sessions ON event_sessions.id = check_ins.session_id WHERE event_sessions.event_id = ",
    )
    .bind(event.0)
    .then(" GROUP BY check_ins.mark) AS each_one")
    .asked::<(BigInt, BigInt)>();
    let rows: Vec<(i64, i64)> = on_engine!(db, conn => question.load(conn))?;
    Ok(rows.first().map_or(0, |row| row.0))
}

/// What was typed in from the sheets of an event's sessions.
pub fn papers(db: &mut Db, event: EventId) -> Result<BTreeMap<EventSessionId, Paper>> {
    let rows: Vec<Paper> =
        paper_counts::table.inner_join(event_sessions::table).filter(event_sessions::event_id.eq(event)).select(paper_counts::all_columns).load(db)?;
    Ok(rows.into_iter().map(|paper| (paper.session, paper)).collect())
}

/// Writes what stands on a sheet, where its version is still the one that was read (none: 0); says whether it was.
pub fn set_paper(db: &mut Db, session: EventSessionId, seen: i64, count: &PaperCount, by: PersonId, now: Moment) -> Result<bool> {
    let PaperCount { heads, first_timers, children } = count;
    let values = (
        paper_counts::heads.eq(heads),
        paper_counts::first_timers.eq(first_timers),
        paper_counts::children.eq(children),
        paper_counts::entered_by.eq(by),
        paper_counts::entered_at.eq(now),
    );
    let written = if seen == 0 {
        on_engine!(db, conn => diesel::insert_into(paper_counts::table)
            .values((paper_counts::session_id.eq(session), values))
            .on_conflict_do_nothing()
            .execute(conn))?
    } else {
        diesel::update(paper_counts::table.filter(paper_counts::session_id.eq(session)).filter(paper_counts::version.eq(seen)))
            .set((values, paper_counts::version.eq(paper_counts::version + 1)))
            .execute(db)?
    };
    Ok(written == 1)
}
