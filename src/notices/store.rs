//! The SQL of notices and call lines.

use diesel::prelude::*;

use crate::actor::{Jurisdiction, Role};
use crate::clock::Moment;
use crate::db::{Backend, Db};
use crate::error::Result;
use crate::ids::{CallLineId, ComplaintId, EventId, LoanId, NoticeId, OrderId, OrganisationId, PersonId, RegistrationId};
use crate::on_engine;
use crate::outbox::Waiting;
use crate::schema::{
    call_lines, complaint_contacts, complaints, divisions, equipment, events, grants, loans, notices, order_contacts, orders, organisations, people,
    registration_contacts, registrations,
};
use crate::text_enum;
use crate::wire::Cursor;

use super::Subject;

text_enum! {
    /// How a call ended.
    pub enum CallResult {
        Reached = "reached",
        NotReached = "not_reached",
        WrongNumber = "wrong_number",
        /// Somebody went to the door instead.
        Visited = "visited",
    }
}

/// What rendering must know of an order.
#[derive(Debug, Queryable)]
pub(super) struct OrderSubject {
    pub requester: Option<PersonId>,
    pub holding_centre: OrganisationId,
}

pub(super) fn order(db: &mut Db, order: i64) -> Result<Option<OrderSubject>> {
    Ok(orders::table.find(order).select((orders::requester_id, orders::holding_centre_id)).first(db).optional()?)
}

/// What rendering must know of a complaint.
#[derive(Debug, Queryable)]
pub(super) struct ComplaintSubject {
    pub complainant: Option<PersonId>,
    pub answering: OrganisationId,
    pub phone: Option<String>,
}

pub(super) fn complaint(db: &mut Db, complaint: i64) -> Result<Option<ComplaintSubject>> {
    Ok(complaints::table
        .left_join(complaint_contacts::table)
        .filter(complaints::id.eq(complaint))
        .select((complaints::complainant_id, complaints::answering_id, complaint_contacts::phone.nullable()))
        .first(db)
        .optional()?)
}

/// What rendering must know of a registration.
#[derive(Debug, Queryable)]
pub(super) struct RegistrationSubject {
    pub person: Option<PersonId>,
    pub event: i64,
    /// Who holds the event.
    pub organiser: Option<OrganisationId>,
    pub place_path: String,
    pub jurisdiction: Jurisdiction,
    pub phone: Option<String>,
}

pub(super) fn registration(db: &mut Db, registration: i64) -> Result<Option<RegistrationSubject>> {
    Ok(registrations::table
        .inner_join(events::table.on(events::id.eq(registrations::event_id)))
        .left_join(registration_contacts::table)
        .filter(registrations::id.eq(registration))
        .select((registrations::person_id, events::id, events::organiser_id, events::place_path, events::jurisdiction, registration_contacts::phone.nullable()))
        .first(db)
        .optional()?)
}

/// Who is registered for an event, offered a place or waiting for one.
pub(super) fn registered(db: &mut Db, event: i64) -> Result<Vec<RegistrationId>> {
    Ok(registrations::table
        .filter(registrations::event_id.eq(event))
        .filter(registrations::ended_at.is_null())
        .order(registrations::id)
        .select(registrations::id)
        .load(db)?)
}

/// Whether a person can read an inbox: an account that exists and is not locked.
pub(super) fn can_read(db: &mut Db, person: PersonId) -> Result<Option<bool>> {
    Ok(people::table.find(person).select(people::locked_at.is_null()).first(db).optional()?)
}

/// Who holds a role in an organisation now and is not locked.
pub(super) fn holders(db: &mut Db, role: Role, organisation: OrganisationId, now: Moment) -> Result<Vec<PersonId>> {
    Ok(grants::table
        .inner_join(people::table.on(people::id.eq(grants::person_id)))
        .filter(grants::organisation_id.eq(organisation))
        .filter(grants::role.eq(role))
        .filter(grants::starts_at.le(now))
        .filter(grants::ends_at.is_null().or(grants::ends_at.gt(now)))
        .filter(grants::needs_second.eq(false).or(grants::second_at.is_not_null()))
        .filter(people::locked_at.is_null())
        .order(people::id)
        .select(people::id)
        .distinct()
        .load(db)?)
}

/// A notice to add, once per outbox row and person.
pub(super) struct NewNotice<'a> {
    pub outbox: i64,
    pub person: PersonId,
    pub kind: &'a str,
    pub subject_kind: &'a str,
    pub subject: i64,
    pub at: Moment,
}

pub(super) fn add_notice(db: &mut Db, new: &NewNotice<'_>) -> Result<()> {
    on_engine!(db, conn => diesel::insert_into(notices::table)
        .values((
            notices::outbox_id.eq(new.outbox),
            notices::person_id.eq(new.person),
            notices::notice.eq(new.kind),
            notices::subject_kind.eq(new.subject_kind),
            notices::subject_id.eq(new.subject),
            notices::created_at.eq(new.at),
        ))
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(())
}

/// Adds a line to a centre's call list, once per outbox row.
pub(super) fn add_call(db: &mut Db, row: &Waiting, centre: OrganisationId) -> Result<()> {
    let of = |kind: &str| Some(row.subject_id).filter(|_| row.subject_kind == kind);
    on_engine!(db, conn => diesel::insert_into(call_lines::table)
        .values((
            call_lines::outbox_id.eq(row.id),
            call_lines::centre_id.eq(centre),
            call_lines::order_id.eq(of("order")),
            call_lines::complaint_id.eq(of("complaint")),
            call_lines::registration_id.eq(of("registration")),
            call_lines::notice.eq(&row.notice),
            call_lines::created_at.eq(row.created_at),
        ))
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(())
}

/// The id of a row and its number or title, where there is one.
type Numbered<Id> = (Option<Id>, Option<String>);

/// What a row is about.
pub(super) fn about(order: Numbered<OrderId>, complaint: Numbered<ComplaintId>, event: Numbered<EventId>, loan: Numbered<LoanId>) -> Option<Subject> {
    match (order, complaint, event, loan) {
        ((Some(id), Some(number)), ..) => Some(Subject::Order(id, number)),
        (_, (Some(id), Some(number)), ..) => Some(Subject::Complaint(id, number)),
        (_, _, (Some(id), Some(title)), _) => Some(Subject::Event(id, title)),
        (.., (Some(id), Some(name))) => Some(Subject::Loan(id, name)),
        _ => None,
    }
}

/// A notice as its reader sees it.
#[derive(Debug, Clone, Queryable)]
pub struct Notice {
    pub id: NoticeId,
    pub kind: String,
    pub created_at: Moment,
    pub read_at: Option<Moment>,
    pub(super) order: Numbered<OrderId>,
    pub(super) complaint: Numbered<ComplaintId>,
    pub(super) event: Numbered<EventId>,
    /// By the name of what is lent.
    pub(super) loan: Numbered<LoanId>,
}

/// The joined columns of a notice; a macro, since their type has no short name.
macro_rules! notice_rows {
    () => {
        notices::table
            .left_join(orders::table.on(orders::id.eq(notices::subject_id).and(notices::subject_kind.eq("order"))))
            .left_join(complaints::table.on(complaints::id.eq(notices::subject_id).and(notices::subject_kind.eq("complaint"))))
            .left_join(events::table.on(events::id.eq(notices::subject_id).and(notices::subject_kind.eq("event"))))
            .left_join(loans::table.on(loans::id.eq(notices::subject_id).and(notices::subject_kind.eq("loan"))))
            .left_join(equipment::table.on(equipment::id.nullable().eq(loans::equipment_id.nullable())))
            .select((
                notices::id,
                notices::notice,
                notices::created_at,
                notices::read_at,
                (orders::id.nullable(), orders::number.nullable()),
                (complaints::id.nullable(), complaints::number.nullable()),
                (events::id.nullable(), events::title.nullable()),
                (loans::id.nullable(), equipment::name.nullable()),
            ))
    };
}

/// One more than the page holds, so that the caller sees whether there is a next one.
pub(super) fn inbox(db: &mut Db, person: PersonId, unread: Option<bool>, cursor: Cursor) -> Result<Vec<Notice>> {
    let mut query = notice_rows!().filter(notices::person_id.eq(person)).order(notices::id.desc()).limit(cursor.limit + 1).into_boxed::<Backend>();
    query = match unread {
        Some(true) => query.filter(notices::read_at.is_null()),
        Some(false) => query.filter(notices::read_at.is_not_null()),
        None => query,
    };
    if let Some(below) = cursor.below {
        query = query.filter(notices::id.lt(below));
    }
    Ok(query.load(db)?)
}

pub(super) fn notice(db: &mut Db, person: PersonId, id: NoticeId) -> Result<Option<Notice>> {
    Ok(notice_rows!().filter(notices::id.eq(id)).filter(notices::person_id.eq(person)).first(db).optional()?)
}

pub(super) fn unread(db: &mut Db, person: PersonId) -> Result<i64> {
    Ok(notices::table.filter(notices::person_id.eq(person)).filter(notices::read_at.is_null()).count().get_result(db)?)
}

/// Marks one notice as read, or all of a person's; says how many were unread.
pub(super) fn mark_read(db: &mut Db, person: PersonId, one: Option<NoticeId>, now: Moment) -> Result<usize> {
    let mine = notices::table.filter(notices::person_id.eq(person)).filter(notices::read_at.is_null());
    Ok(match one {
        Some(id) => diesel::update(mine.filter(notices::id.eq(id))).set(notices::read_at.eq(now)).execute(db)?,
        None => diesel::update(mine).set(notices::read_at.eq(now)).execute(db)?,
    })
}

/// Removes up to `most` notices of before a moment.
pub(super) fn remove_before(db: &mut Db, before: Moment, most: i64) -> Result<usize> {
    let ids: Vec<i64> = notices::table.filter(notices::created_at.lt(before)).order(notices::created_at).limit(most).select(notices::id).load(db)?;
    Ok(diesel::delete(notices::table.filter(notices::id.eq_any(ids))).execute(db)?)
}

/// Where a centre is, as far as reach needs it.
#[derive(Debug, Queryable)]
pub(super) struct Centre {
    pub id: OrganisationId,
    pub county: String,
    pub path: String,
    pub jurisdiction: Jurisdiction,
    /// The county association, which has a list of its own: that of what supervisors answer.
    pub association: bool,
}

pub(super) fn centre(db: &mut Db, id: OrganisationId) -> Result<Option<Centre>> {
    Ok(organisations::table
        .inner_join(divisions::table)
        .filter(organisations::id.eq(id))
        .filter(organisations::kind.eq("centre").or(organisations::association.eq(true)))
        .select((organisations::id, organisations::county, divisions::path, divisions::jurisdiction, organisations::association))
        .first(db)
        .optional()?)
}

/// A line of a call list, with the contact as it is stored: only [`super`] may let it out, masked.
#[derive(Debug, Clone, Queryable)]
pub(super) struct CallRow {
    pub id: CallLineId,
    pub centre: OrganisationId,
    pub order: Numbered<OrderId>,
    pub complaint: Numbered<ComplaintId>,
    pub registration: Option<RegistrationId>,
    pub event: Numbered<EventId>,
    pub kind: String,
    pub created_at: Moment,
    pub done_at: Option<Moment>,
    pub result: Option<CallResult>,
    /// Name and phone: of the order, the complaint, the registration.
    pub contacts: (Whom, Whom, Whom),
}

/// Name and phone.
pub(super) type Whom = (Option<String>, Option<String>);

/// The joined columns of a call line; a macro, since their type has no short name.
macro_rules! call_rows {
    () => {
        call_lines::table
            .left_join(orders::table)
            .left_join(order_contacts::table.on(order_contacts::order_id.nullable().eq(call_lines::order_id)))
            .left_join(complaints::table.on(complaints::id.nullable().eq(call_lines::complaint_id)))
            .left_join(complaint_contacts::table.on(complaint_contacts::complaint_id.nullable().eq(call_lines::complaint_id)))
            .left_join(registrations::table.on(registrations::id.nullable().eq(call_lines::registration_id)))
            .left_join(registration_contacts::table.on(registration_contacts::registration_id.nullable().eq(call_lines::registration_id)))
            .left_join(events::table.on(events::id.nullable().eq(registrations::event_id.nullable())))
            .select((
                call_lines::id,
                call_lines::centre_id,
                (call_lines::order_id, orders::number.nullable()),
                (call_lines::complaint_id, complaints::number.nullable()),
                call_lines::registration_id,
                (events::id.nullable(), events::title.nullable()),
                call_lines::notice,
                call_lines::created_at,
                call_lines::done_at,
                call_lines::result,
                (
                    (order_contacts::name.nullable(), order_contacts::phone.nullable()),
                    (complaint_contacts::name.nullable(), complaint_contacts::phone.nullable()),
                    (registration_contacts::name.nullable(), registration_contacts::phone.nullable()),
                ),
            ))
    };
}

/// One more than the page holds.
pub(super) fn calls(db: &mut Db, centre: OrganisationId, open: Option<bool>, cursor: Cursor) -> Result<Vec<CallRow>> {
    let mut query = call_rows!().filter(call_lines::centre_id.eq(centre)).order(call_lines::id.desc()).limit(cursor.limit + 1).into_boxed::<Backend>();
    query = match open {
        Some(true) => query.filter(call_lines::done_at.is_null()),
        Some(false) => query.filter(call_lines::done_at.is_not_null()),
        None => query,
    };
    if let Some(below) = cursor.below {
        query = query.filter(call_lines::id.lt(below));
    }
    Ok(query.load(db)?)
}

pub(super) fn call(db: &mut Db, id: CallLineId) -> Result<Option<CallRow>> {
    Ok(call_rows!().filter(call_lines::id.eq(id)).first(db).optional()?)
}

/// Ends an open line; false where another was faster.
pub(super) fn end_call(db: &mut Db, id: CallLineId, by: Option<PersonId>, result: CallResult, now: Moment) -> Result<bool> {
    let ended = diesel::update(call_lines::table.filter(call_lines::id.eq(id)).filter(call_lines::done_at.is_null()))
        .set((call_lines::done_at.eq(now), call_lines::done_by.eq(by), call_lines::result.eq(result)))
        .execute(db)?;
    Ok(ended == 1)
}
