//! The rows of `loans`.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::needs::WishEquipment;
use super::{Equipment, Loan, LoanState};
use crate::bookings::{HolderKind, ResourceKind};
use crate::clock::Moment;
use crate::db::{Backend, Db};
use crate::error::Result;
use crate::ids::{EquipmentId, EventId, LoanId, OrganisationId, PersonId};
use crate::schema::{bookings, equipment, event_sessions, events, loans};
use crate::text_enum;
use crate::wire::Cursor;

text_enum! {
    /// On which side of a loan somebody stands.
    pub enum Side {
        /// Who wished for it.
        Borrowing = "borrowing",
        /// Who keeps it.
        Lending = "lending",
    }
}

/// States that a month's plan leaves out: nothing of them stands any more, and nobody said no.
const GONE: [LoanState; 2] = [LoanState::Withdrawn, LoanState::Lapsed];

/// A loan with what is lent.
pub(super) type Row = (Loan, Equipment);

pub(super) fn find(db: &mut Db, id: LoanId) -> Result<Option<Row>> {
    Ok(loans::table.inner_join(equipment::table).filter(loans::id.eq(id)).select((loans::all_columns, equipment::all_columns)).first(db).optional()?)
}

pub(super) fn insert(db: &mut Db, of: &Equipment, by: PersonId, at: Moment, due: Option<Moment>, wish: &WishEquipment) -> Result<LoanId> {
    let WishEquipment { borrower_id, from_day, until_day, purpose } = wish;
    Ok(diesel::insert_into(loans::table)
        .values((
            (loans::county.eq(&of.county), loans::equipment_id.eq(of.id), loans::borrower_id.eq(borrower_id), loans::purpose.eq(purpose.trim())),
            (loans::from_day.eq(from_day), loans::until_day.eq(until_day), loans::state.eq(LoanState::Wished)),
            (loans::wished_by.eq(by), loans::wished_at.eq(at), loans::due_at.eq(due)),
        ))
        .returning(loans::id)
        .get_result(db)?)
}

/// Writes what can change of a loan over the version that was read; says whether it was still there.
pub(super) fn advance(db: &mut Db, new: &Loan) -> Result<bool> {
    let moved = diesel::update(loans::table.filter(loans::id.eq(new.id)).filter(loans::version.eq(new.version)))
        .set((
            (loans::state.eq(new.state), loans::answer.eq(&new.answer), loans::due_at.eq(new.due_at)),
            (loans::handed_over_at.eq(new.handed_over_at), loans::condition_out.eq(&new.condition_out)),
            (loans::given_back_at.eq(new.given_back_at), loans::condition_back.eq(&new.condition_back)),
            (loans::reported_at.eq(new.reported_at), loans::attendance.eq(new.attendance), loans::remarks.eq(&new.remarks)),
            loans::version.eq(new.version + 1),
        ))
        .execute(db)?;
    Ok(moved == 1)
}

/// Marks what is out as late, once; it is no change that anybody must have seen.
pub(super) fn mark_late(db: &mut Db, id: LoanId, now: Moment) -> Result<bool> {
    let nothing: Option<Moment> = None;
    let out = loans::table.filter(loans::id.eq(id)).filter(loans::state.eq(LoanState::HandedOver)).filter(loans::late_at.is_null());
    Ok(diesel::update(out).set((loans::late_at.eq(now), loans::due_at.eq(nothing))).execute(db)? == 1)
}

/// What the worker looks at, oldest first.
pub(super) fn due(db: &mut Db, now: Moment, most: i64) -> Result<Vec<LoanId>> {
    Ok(loans::table.filter(loans::due_at.is_not_null()).filter(loans::due_at.le(now)).order(loans::due_at).limit(most).select(loans::id).load(db)?)
}

/// Who has a piece of equipment now.
pub(super) fn out(db: &mut Db, of: EquipmentId) -> Result<Option<(LoanId, OrganisationId)>> {
    let out = loans::table.filter(loans::equipment_id.eq(of)).filter(loans::state.eq(LoanState::HandedOver));
    Ok(out.select((loans::id, loans::borrower_id)).first(db).optional()?)
}

/// The loan by which an organisation has a piece of equipment on a day, agreed or handed over.
pub(super) fn lent_to(db: &mut Db, of: EquipmentId, borrower: OrganisationId, on: NaiveDate) -> Result<Option<Loan>> {
    Ok(loans::table
        .filter(loans::equipment_id.eq(of))
        .filter(loans::until_day.ge(on))
        .filter(loans::from_day.le(on))
        .filter(loans::borrower_id.eq(borrower))
        .filter(loans::state.eq_any([LoanState::Agreed, LoanState::HandedOver]))
        .order(loans::id)
        .first(db)
        .optional()?)
}

/// How many have a piece of equipment or wait for it.
pub(super) fn open(db: &mut Db, of: EquipmentId) -> Result<i64> {
    Ok(loans::table.filter(loans::equipment_id.eq(of)).filter(loans::state.eq_any(LoanState::OPEN)).count().get_result(db)?)
}

/// How many sessions of its home are to come that take a piece of equipment.
pub(super) fn taken_by_sessions(db: &mut Db, of: EquipmentId, now: Moment) -> Result<i64> {
    Ok(bookings::table
        .filter(bookings::resource_kind.eq(ResourceKind::Equipment))
        .filter(bookings::resource_id.eq(of.0))
        .filter(bookings::holder_kind.eq(HolderKind::Session))
        .filter(bookings::released_at.is_null())
        .filter(bookings::ends_at.gt(now))
        .count()
        .get_result(db)?)
}

/// The wishes and loans of a piece of equipment that touch some days, in the order of days: what was refused too.
pub(super) fn between(db: &mut Db, of: EquipmentId, first: NaiveDate, last: NaiveDate) -> Result<Vec<Loan>> {
    Ok(loans::table
        .filter(loans::equipment_id.eq(of))
        .filter(loans::until_day.ge(first))
        .filter(loans::from_day.le(last))
        .filter(loans::state.ne_all(GONE))
        .order((loans::from_day, loans::id))
        .load(db)?)
}

/// A session for which a piece of equipment is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    pub event: EventId,
    /// Empty unless everybody may know of it.
    pub title: Option<String>,
    pub organiser: Option<OrganisationId>,
    /// With set-up and clearing.
    pub from: Moment,
    pub until: Moment,
}

/// A session as it is read: its event, whether that is open and published, its organiser, its span.
type UseRow = (EventId, String, bool, Option<Moment>, Option<OrganisationId>, (Moment, Moment));

/// The sessions for which a piece of equipment, or one of its loans, is taken within a span, in the order of time.
pub(super) fn uses(db: &mut Db, of: EquipmentId, lent: &[LoanId], (from, until): (Moment, Moment)) -> Result<Vec<Use>> {
    let mut all = Vec::new();
    let lent: Vec<i64> = lent.iter().map(|loan| loan.0).collect();
    for (kind, ids) in [(ResourceKind::Equipment, vec![of.0]), (ResourceKind::Loan, lent)] {
        let found: Vec<UseRow> = bookings::table
            .inner_join(event_sessions::table.on(event_sessions::id.eq(bookings::holder_id)))
            .inner_join(events::table.on(events::id.eq(event_sessions::event_id)))
            .filter(bookings::resource_kind.eq(kind))
            .filter(bookings::resource_id.eq_any(ids))
            .filter(bookings::holder_kind.eq(HolderKind::Session))
            .filter(bookings::released_at.is_null())
            .filter(bookings::ends_at.gt(from))
            .filter(bookings::starts_at.lt(until))
            .order((bookings::starts_at, bookings::id))
            .select((events::id, events::title, events::open, events::published_at, events::organiser_id, (bookings::starts_at, bookings::ends_at)))
            .load(db)?;
        all.extend(found.into_iter().map(|(event, title, open, published, organiser, (from, until))| {
            let public = open && published.is_some();
            Use { event, title: Some(title).filter(|_| public), organiser, from, until }
        }));
    }
    all.sort_by_key(|taken| (taken.from, taken.event));
    Ok(all)
}

/// Which loans of those one may know of.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub state: Option<LoanState>,
    pub equipment: Option<EquipmentId>,
    pub side: Option<Side>,
}

/// A page of the loans that some organisations keep or borrow, or of a county's, newest first: one more than the page holds.
pub(super) fn list(db: &mut Db, own: &[OrganisationId], counties: &[&str], wanted: &Wanted, cursor: Cursor) -> Result<Vec<Row>> {
    let kept: Vec<EquipmentId> = equipment::table.filter(equipment::organisation_id.eq_any(own)).select(equipment::id).load(db)?;
    let mut query = loans::table
        .inner_join(equipment::table)
        .select((loans::all_columns, equipment::all_columns))
        .order(loans::id.desc())
        .limit(cursor.limit + 1)
        .into_boxed::<Backend>();
    query = match wanted.side {
        Some(Side::Borrowing) => query.filter(loans::borrower_id.eq_any(own)),
        Some(Side::Lending) => query.filter(loans::equipment_id.eq_any(kept)),
        None if counties.is_empty() => query.filter(loans::borrower_id.eq_any(own).or(loans::equipment_id.eq_any(kept))),
        None => query.filter(loans::county.eq_any(counties.to_vec()).or(loans::borrower_id.eq_any(own)).or(loans::equipment_id.eq_any(kept))),
    };
    if let Some(state) = wanted.state {
        query = query.filter(loans::state.eq(state));
    }
    if let Some(of) = wanted.equipment {
        query = query.filter(loans::equipment_id.eq(of));
    }
    if let Some(below) = cursor.below {
        query = query.filter(loans::id.lt(below));
    }
    Ok(query.load(db)?)
}
