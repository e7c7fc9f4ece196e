//! What to send after commit: which notice, about which row, to whom. Written in the deed's own transaction, rendered by
//! `notices`; it knows kinds and ids, no words and no personal values.

use diesel::prelude::*;

use crate::actor::{Act, Role};
use crate::clock::Moment;
use crate::db::Db;
use crate::error::Result;
use crate::ids::{ComplaintId, EventId, LoanId, OrderId, OrganisationId, PersonId, RegistrationId};
use crate::schema::outbox;
use crate::text_enum;

text_enum! {
    /// Whom an outbox row is for.
    pub enum ToKind { Person = "person", Role = "role", Requester = "requester" }
}

/// How often a row is tried before it is left alone; it stays counted in [`stuck`].
pub const TRIES: i32 = 10;

/// Whom to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    Person(PersonId),
    /// Everyone who holds this role in this organisation when the notice is rendered.
    Role(Role, OrganisationId),
    /// The person named in the contact of the order, the complainant, or who made the registration: by account, else by a call.
    Requester,
    /// Everyone who is registered for the event, or waits for a place, when the notice is rendered: each as a requester.
    Registered,
}

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    Order(OrderId),
    Complaint(ComplaintId),
    /// An event that is planned by itself; what happens to an order's is told of the order.
    Event(EventId),
    Loan(LoanId),
    Registration(RegistrationId),
}

impl About {
    /// What took place: the order that it served, else the event.
    pub fn served(order: Option<OrderId>, event: EventId) -> Self {
        order.map_or(Self::Event(event), Self::Order)
    }
}

impl From<OrderId> for About {
    fn from(id: OrderId) -> Self {
        Self::Order(id)
    }
}

impl From<EventId> for About {
    fn from(id: EventId) -> Self {
        Self::Event(id)
    }
}

impl From<RegistrationId> for About {
    fn from(id: RegistrationId) -> Self {
        Self::Registration(id)
    }
}

impl From<ComplaintId> for About {
    fn from(id: ComplaintId) -> Self {
        Self::Complaint(id)
    }
}

impl From<LoanId> for About {
    fn from(id: LoanId) -> Self {
        Self::Loan(id)
    }
}

/// A row to render.
#[derive(Debug, Clone, Queryable)]
pub struct Waiting {
    pub id: i64,
    pub created_at: Moment,
    pub notice: String,
    pub subject_kind: String,
    pub subject_id: i64,
    pub to_kind: ToKind,
    pub to_id: Option<i64>,
    pub to_role: Option<Role>,
}

/// Leaves word of something that happened to an order, a complaint, an event, a loan or a registration.
pub fn tell(db: &mut Db, act: &Act, notice: &str, about: impl Into<About>, to: To) -> Result<()> {
    let (subject_kind, subject_id) = match about.into() {
        About::Order(id) => ("order", id.0),
        About::Complaint(id) => ("complaint", id.0),
        About::Event(id) => ("event", id.0),
        About::Loan(id) => ("loan", id.0),
        About::Registration(id) => ("registration", id.0),
    };
    let (kind, id, role) = match to {
        To::Person(person) => (ToKind::Person, Some(person.0), None),
        To::Role(role, organisation) => (ToKind::Role, Some(organisation.0), Some(role)),
        To::Requester | To::Registered => (ToKind::Requester, None, None),
    };
    diesel::insert_into(outbox::table)
        .values((
            outbox::created_at.eq(act.now),
            outbox::notice.eq(notice),
            outbox::subject_kind.eq(subject_kind),
            outbox::subject_id.eq(subject_id),
            outbox::to_kind.eq(kind),
            outbox::to_id.eq(id),
            outbox::to_role.eq(role),
            outbox::tries.eq(0),
        ))
        .execute(db)?;
    Ok(())
}

/// Takes up to `most` rows that wait, for as long as the lease runs. Rows are taken by their state, never as "all above the
/// last id": ids do not commit in order.
pub fn take(db: &mut Db, now: Moment, most: i64, lease: chrono::Duration) -> Result<Vec<Waiting>> {
    let free = outbox::leased_until.is_null().or(outbox::leased_until.lt(now));
    let ids: Vec<i64> = outbox::table
        .filter(outbox::done_at.is_null())
        .filter(outbox::tries.lt(TRIES))
        .filter(free)
        .order(outbox::id)
        .limit(most)
        .select(outbox::id)
        .load(db)?;
    let mut taken = Vec::with_capacity(ids.len());
    for id in ids {
        // Compare-and-set: of two workers one gets the row.
        let free = outbox::leased_until.is_null().or(outbox::leased_until.lt(now));
        let got = diesel::update(outbox::table.filter(outbox::id.eq(id)).filter(outbox::done_at.is_null()).filter(free))
            .set((outbox::leased_until.eq(now.plus(lease)), outbox::tries.eq(outbox::tries + 1)))
            .execute(db)?;
        if got == 1 {
            taken.push(id);
        }
    }
    Ok(outbox::table
        .filter(outbox::id.eq_any(taken))
        .order(outbox::id)
        .select((outbox::id, outbox::created_at, outbox::notice, outbox::subject_kind, outbox::subject_id, outbox::to_kind, outbox::to_id, outbox::to_role))
        .load(db)?)
}

/// Marks a row as sent.
pub fn done(db: &mut Db, id: i64, now: Moment) -> Result<()> {
    diesel::update(outbox::table.find(id)).set(outbox::done_at.eq(now)).execute(db)?;
    Ok(())
}

/// How many rows wait to be sent.
pub fn waiting(db: &mut Db) -> Result<i64> {
    Ok(outbox::table.filter(outbox::done_at.is_null()).count().get_result(db)?)
}

/// How many rows were tried so often that they are left alone: somebody must look at them.
pub fn stuck(db: &mut Db) -> Result<i64> {
    Ok(outbox::table.filter(outbox::done_at.is_null()).filter(outbox::tries.ge(TRIES)).count().get_result(db)?)
}

/// Removes up to `most` rows that were sent before a moment.
pub fn forget(db: &mut Db, before: Moment, most: i64) -> Result<usize> {
    let sent = outbox::table.filter(outbox::done_at.is_not_null()).filter(outbox::done_at.lt(before));
    let ids: Vec<i64> = sent.order(outbox::done_at).limit(most).select(outbox::id).load(db)?;
    Ok(diesel::delete(outbox::table.filter(outbox::id.eq_any(ids))).execute(db)?)
}
