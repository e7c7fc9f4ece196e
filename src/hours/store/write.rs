//! What is written of a record, at once and for good.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::clock::Moment;
use crate::db::{self, Db};
use crate::error::Result;
use crate::hours::{RecordKind, Session, SourceKind, Span};
use crate::ids::{PersonId, RecordId};
use crate::schema::{presences, record_people, service_records, unsealed_records};

/// A record to be.
#[derive(Debug)]
pub struct NewRecord<'a> {
    pub session: &'a Session,
    pub kind: RecordKind,
    pub reverses: Option<RecordId>,
    pub source: (SourceKind, i64),
    pub township: Option<String>,
    pub held_on: NaiveDate,
    pub year: i32,
    pub span: Span,
    pub minutes: i32,
    pub reason: Option<&'a str>,
    pub commitment: String,
}

/// Adds a record, and has it wait to be sealed.
pub fn insert(db: &mut Db, now: Moment, new: &NewRecord<'_>) -> Result<RecordId> {
    use service_records as r;
    let NewRecord { session, kind, reverses, source, township, held_on, year, span, minutes, reason, commitment } = new;
    let id: RecordId = diesel::insert_into(r::table)
        .values((
            (r::county.eq(&session.county), r::kind.eq(kind), r::reverses_id.eq(reverses), r::source_kind.eq(source.0), r::source_id.eq(source.1)),
            (r::event_id.eq(session.event), r::session_id.eq(session.session), r::order_id.eq(session.order), r::plan_item_id.eq(session.plan_item)),
            (r::team_id.eq(session.team), r::department_id.eq(session.department), r::place_path.eq(&session.place_path), r::township_code.eq(township)),
            (r::title.eq(&session.title), r::held_on.eq(held_on), r::place.eq(&session.place), r::content.eq(&session.content), r::minutes.eq(minutes)),
            (r::unit.eq(&session.unit), r::in_charge_id.eq(session.in_charge), r::year.eq(year), r::from_at.eq(span.from), r::until_at.eq(span.until)),
            (r::class.eq(session.class), r::late.eq(session.late), r::filed_by.eq(session.filed_by), r::confirmed_by.eq(session.confirmed_by)),
            (r::reason.eq(reason), r::commitment.eq(commitment), r::created_at.eq(now)),
        ))
        .returning(r::id)
        .get_result(db)?;
    diesel::insert_into(unsealed_records::table).values(unsealed_records::record_id.eq(id)).execute(db)?;
    Ok(id)
}

/// Says whose a record is.
pub fn insert_person(db: &mut Db, record: RecordId, person: PersonId, salt: &str) -> Result<()> {
    diesel::insert_into(record_people::table)
        .values((record_people::record_id.eq(record), record_people::person_id.eq(person), record_people::salt.eq(salt)))
        .execute(db)?;
    Ok(())
}

/// Takes a person's time. The database refuses what overlaps.
pub fn insert_presence(db: &mut Db, record: RecordId, person: PersonId, span: Span) -> Result<()> {
    diesel::insert_into(presences::table)
        .values((presences::record_id.eq(record), presences::person_id.eq(person), presences::from_at.eq(span.from), presences::until_at.eq(span.until)))
        .execute(db)?;
    Ok(())
}

/// Gives a person's time back.
pub fn remove_presence(db: &mut Db, record: RecordId) -> Result<()> {
    diesel::delete(presences::table.filter(presences::record_id.eq(record))).execute(db)?;
    Ok(())
}

/// These wait no more.
pub fn sealed(db: &mut Db, ids: &[RecordId]) -> Result<usize> {
    Ok(diesel::delete(unsealed_records::table.filter(db::one_of(unsealed_records::record_id, ids))).execute(db)?)
}
