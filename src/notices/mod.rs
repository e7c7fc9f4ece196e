//! Renders what the outbox holds: a notice in the inbox of each person concerned, and a line on the holding centre's call
//! list where no inbox can be reached.

pub mod http;
mod store;
mod words;

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;

use serde::Deserialize;
use utoipa::ToSchema;

use crate::actor::{Act, Actor, OrganisationKind, Role};
use crate::clock::Moment;
use crate::db::{Db, Pool};
use crate::error::{Kind, Refusal, Result};
use crate::idempotency;
use crate::ids::{CallLineId, ComplaintId, EventId, LoanId, NoticeId, OrderId, OrganisationId, PersonId, RegistrationId};
use crate::journal::{self, Capacity};
use crate::organisations;
use crate::outbox::{self, To, ToKind, Waiting};
use crate::people;
use crate::wire::{Body, Change, Cursor, Faults};

pub use store::{CallResult, Notice};
pub use words::Sentence;

/// For how long a worker holds the rows it took.
const LEASE_SECONDS: i64 = 60;

/// What came of a batch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delivered {
    pub sent: usize,
    /// Rows that could not be rendered: they are tried again when their lease has run out.
    pub failed: usize,
}

/// Writes what an outbox row stands for: notices, or a call line. Doing it twice makes no more of them.
///
/// # Errors
/// A refusal where the row names something that is not there.
pub fn render(db: &mut Db, now: Moment, row: &Waiting) -> Result<()> {
    match (row.to_kind, row.to_id, row.to_role) {
        (ToKind::Person, Some(person), _) => match store::can_read(db, PersonId(person))? {
            Some(_) => notify(db, row, PersonId(person)),
            None => Err(unusable("person")),
        },
        (ToKind::Role, Some(organisation), Some(role)) => {
            for person in store::holders(db, role, OrganisationId(organisation), now)? {
                notify(db, row, person)?;
            }
            Ok(())
        }
        (ToKind::Requester, _, _) if row.subject_kind == "order" => {
            let order = store::order(db, row.subject_id)?.ok_or_else(|| unusable("order"))?;
            match order.requester {
                Some(person) if store::can_read(db, person)? == Some(true) => notify(db, row, person),
                // No account, or one that is locked: somebody has to call.
                _ => store::add_call(db, row, order.holding_centre),
            }
        }
        (ToKind::Requester, _, _) if row.subject_kind == "complaint" => {
            let complaint = store::complaint(db, row.subject_id)?.ok_or_else(|| unusable("complaint"))?;
            match complaint.complainant {
                Some(person) if store::can_read(db, person)? == Some(true) => notify(db, row, person),
                _ if complaint.phone.is_some() => store::add_call(db, row, complaint.answering),
                // Who left no number reads the answer by the token.
                _ => Ok(()),
            }
        }
        (ToKind::Requester, _, _) if row.subject_kind == "registration" => registrant(db, row),
        // One row for each who is registered: each is rendered, and tried again, by itself.
        (ToKind::Requester, _, _) if row.subject_kind == "event" => {
            store::registered(db, row.subject_id)?.into_iter().try_for_each(|id| outbox::tell(db, &Act::worker(row.created_at), &row.notice, id, To::Requester))
        }
        _ => Err(unusable("recipient")),
    }
}

/// Who registered reads of it where they have an account; else the centre that holds the event, or the nearest one, calls.
fn registrant(db: &mut Db, row: &Waiting) -> Result<()> {
    let found = store::registration(db, row.subject_id)?.ok_or_else(|| unusable("registration"))?;
    if let Some(person) = found.person
        && store::can_read(db, person)? == Some(true)
    {
        let (subject_kind, subject) = ("event", found.event);
        return store::add_notice(db, &store::NewNotice { outbox: row.id, person, kind: &row.notice, subject_kind, subject, at: row.created_at });
    }
    if found.phone.is_none() {
        return Ok(());
    }
    let organiser = match found.organiser {
        Some(organiser) => organisations::get(db, organiser)?.filter(|organiser| organiser.kind == OrganisationKind::Centre),
        None => None,
    };
    let centre = match organiser {
        Some(centre) => centre,
        None => {
            let near = organisations::centres_up(db, &found.place_path)?;
            near.into_iter().find(|centre| centre.jurisdiction == found.jurisdiction).ok_or_else(|| unusable("centre"))?
        }
    };
    store::add_call(db, row, centre.id)
}

fn notify(db: &mut Db, row: &Waiting, person: PersonId) -> Result<()> {
    let Waiting { id, created_at, notice, subject_kind, subject_id, .. } = row;
    store::add_notice(db, &store::NewNotice { outbox: *id, person, kind: notice, subject_kind, subject: *subject_id, at: *created_at })
}

/// A refusal, not a failure: it undoes this row alone and leaves the database's other work as it is.
fn unusable(what: &str) -> crate::error::Error {
    Refusal::new(Kind::Conflict, "outbox_unusable", format!("The outbox row names no usable {what}.")).into()
}

/// Takes up to `most` waiting rows and renders them. Normally one commit carries them all; where one row cannot be rendered,
/// each gets a commit of its own, so that a bad row blocks no other. It keeps its lease, and its try counts.
pub async fn deliver(pool: &Pool, now: Moment, most: i64) -> Result<Delivered> {
    let rows = pool.write(move |db| outbox::take(db, now, most, chrono::Duration::seconds(LEASE_SECONDS))).await?;
    if rows.is_empty() {
        return Ok(Delivered::default());
    }
    let (batch, taken) = (rows.clone(), rows.len());
    if pool.write(move |db| batch.iter().try_for_each(|row| send(db, now, row))).await.is_ok() {
        return Ok(Delivered { sent: taken, failed: 0 });
    }
    let mut done = Delivered::default();
    for row in rows {
        let id = row.id;
        match pool.write(move |db| send(db, now, &row)).await {
            Ok(()) => done.sent += 1,
            Err(error) => {
                tracing::warn!(outbox = id, %error, "a notice could not be rendered");
                done.failed += 1;
            }
        }
    }
    Ok(done)
}

fn send(db: &mut Db, now: Moment, row: &Waiting) -> Result<()> {
    render(db, now, row)?;
    outbox::done(db, row.id, now)
}

/// A page of a person's inbox, newest first.
#[derive(Debug)]
pub struct Inbox {
    pub notices: Vec<Notice>,
    /// Whether older ones follow.
    pub more: bool,
    /// How many of all the person's notices are unread.
    pub unread: i64,
}

/// The caller's own notices: `unread` picks the unread ones (true) or the read ones (false).
pub fn list_notices(db: &mut Db, act: &Act, unread: Option<bool>, cursor: Cursor) -> Result<Inbox> {
    let person = signed_in(act)?.person;
    let (notices, more) = cut(store::inbox(db, person, unread, cursor)?, cursor);
    Ok(Inbox { notices, more, unread: store::unread(db, person)? })
}

/// Marks one of the caller's own notices as read; again makes no difference.
///
/// # Errors
/// 404 where it is none of theirs.
pub fn read_notice(db: &mut Db, act: &Act, id: NoticeId) -> Result<Notice> {
    let person = signed_in(act)?.person;
    if store::mark_read(db, person, Some(id), act.now)? > 0 {
        let subject = journal::Subject { kind: "notice", id: id.0, version: None, county: None };
        journal::record(db, act, "read_notice", subject, Capacity::default(), &["read_at"])?;
    }
    store::notice(db, person, id)?.ok_or_else(|| Refusal::not_found().into())
}

/// Marks all of the caller's notices as read, and says how many were not.
pub fn read_all_notices(db: &mut Db, act: &Act) -> Result<usize> {
    let person = signed_in(act)?.person;
    let read = store::mark_read(db, person, None, act.now)?;
    if read > 0 {
        let subject = journal::Subject { kind: "person", id: person.0, version: None, county: None };
        journal::record(db, act, "read_all_notices", subject, Capacity::default(), &["read_at"])?;
    }
    Ok(read)
}

/// Removes up to `most` notices of before a moment, read or not; the worker calls it.
pub fn forget(db: &mut Db, before: Moment, most: i64) -> Result<usize> {
    store::remove_before(db, before, most)
}

/// A call list that the caller may work on.
#[derive(Debug)]
pub struct CallDesk {
    centre: store::Centre,
    /// The organisation by whose grant the caller is here, and the role.
    seat: OrganisationId,
    role: Role,
}

/// What a notice or a call is about, with its number or title; a loan goes by the name of what is lent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    Order(OrderId, String),
    Complaint(ComplaintId, String),
    /// An event, with its title.
    Event(EventId, String),
    Loan(LoanId, String),
}

/// A line of a call list: whom to ring about what, masked. The whole number is got by the subject's own journalled reveal.
#[derive(Debug, Clone)]
pub struct CallLine {
    pub id: CallLineId,
    pub about: Option<Subject>,
    /// Whose places it is about, where it is about a registration.
    pub registration: Option<RegistrationId>,
    pub kind: String,
    pub created_at: Moment,
    /// Empty once the contact was erased.
    pub contact_name: Option<String>,
    /// Empty where none was given: then somebody goes to the door.
    pub contact_phone: Option<String>,
    pub done_at: Option<Moment>,
    pub result: Option<CallResult>,
}

impl From<store::CallRow> for CallLine {
    fn from(row: store::CallRow) -> Self {
        let store::CallRow { id, centre: _, order, complaint, registration, event, kind, created_at, done_at, result, contacts } = row;
        let (order_contact, complaint_contact, registration_contact) = contacts;
        let name = order_contact.0.or(complaint_contact.0).or(registration_contact.0);
        let phone = order_contact.1.or(complaint_contact.1).or(registration_contact.1);
        Self {
            id,
            about: store::about(order, complaint, event, (None, None)),
            registration,
            kind,
            created_at,
            contact_name: name.as_deref().map(people::masked_name),
            contact_phone: phone.as_deref().map(people::masked_phone),
            done_at,
            result,
        }
    }
}

/// What became of a call.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallDone {
    pub result: CallResult,
}

impl Body for CallDone {
    fn check(&self, _: &mut Faults) {}
}

/// The call list of a centre, for the dispatchers of that centre or of one above it on the same side of the border; that of the
/// county association, for its supervisors.
///
/// # Errors
/// 404 out of reach; 403 for a scheduler, who sees the centre but not its calls.
pub fn call_desk(db: &mut Db, act: &Act, centre: OrganisationId) -> Result<CallDesk> {
    let actor = signed_in(act)?;
    let centre = store::centre(db, centre)?.ok_or_else(Refusal::not_found)?;
    if centre.association {
        // The association's own list holds what supervisors answer.
        let supervises = actor.is(Role::Supervisor, centre.id);
        return if supervises { Ok(CallDesk { seat: centre.id, role: Role::Supervisor, centre }) } else { Err(Refusal::not_found().into()) };
    }
    let seat = |role| actor.seats(role).find(|seat| seat.covers(&centre.path, centre.jurisdiction)).map(|seat| seat.organisation);
    match (seat(Role::Dispatcher), seat(Role::Scheduler)) {
        (Some(seat), _) => Ok(CallDesk { centre, seat, role: Role::Dispatcher }),
        (None, Some(_)) => Err(Refusal::forbidden("Only a dispatcher works on the call list. Ask one of this centre.").into()),
        (None, None) => Err(Refusal::not_found().into()),
    }
}

/// A page of a call list, newest first, and whether older lines follow: `open` picks the open ones (true) or the done ones (false).
pub fn list_calls(db: &mut Db, desk: &CallDesk, open: Option<bool>, cursor: Cursor) -> Result<(Vec<CallLine>, bool)> {
    let (rows, more) = cut(store::calls(db, desk.centre.id, open, cursor)?, cursor);
    Ok((rows.into_iter().map(CallLine::from).collect(), more))
}

/// Notes what became of a call and ends its line, also when nobody was reached: no new line is made.
///
/// # Errors
/// 404 and 403 as [`call_desk`]; 409 where the line is done already.
pub fn done_call(db: &mut Db, act: &Act, id: CallLineId, change: &Change<CallDone>) -> Result<CallLine> {
    let line = store::call(db, id)?.ok_or_else(Refusal::not_found)?;
    let desk = call_desk(db, act, line.centre)?;
    let result = change.body()?.result;
    idempotency::once(db, act, change, "done_call", id.0, |db| end_call(db, act, &desk, id, result))?;
    Ok(store::call(db, id)?.ok_or_else(Refusal::not_found)?.into())
}

fn end_call(db: &mut Db, act: &Act, desk: &CallDesk, id: CallLineId, result: CallResult) -> Result<()> {
    if !store::end_call(db, id, act.person(), result, act.now)? {
        return Err(Refusal::new(Kind::Conflict, "call_done", "This call is done already. Look at its result on the list.").into());
    }
    let subject = journal::Subject { kind: "call_line", id: id.0, version: None, county: Some(&desk.centre.county) };
    let capacity = Capacity { role: Some(desk.role), organisation: Some(desk.seat) };
    journal::record(db, act, "done_call", subject, capacity, &["done_at", "result"])
}

fn signed_in(act: &Act) -> Result<&Actor> {
    act.actor().ok_or_else(|| Refusal::new(Kind::Unauthenticated, "sign_in", "Sign in to do this.").into())
}

/// Cuts the one row too many that says there are more.
fn cut<T>(mut rows: Vec<T>, cursor: Cursor) -> (Vec<T>, bool) {
    let limit = usize::try_from(cursor.limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    (rows, more)
}
