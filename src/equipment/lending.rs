//! Wishing, answering, handing over and giving back. Every deed locks the equipment first, so that its loans are answered one after
//! the other.

use chrono::NaiveDate;

use super::changes::found;
use super::loan_store::{self, Use, Wanted};
use super::needs::{AgreeLoan, Condition, RefuseLoan, ReportLoan, WishEquipment};
use super::reach::{self, KEEPERS, Opened};
use super::{Equipment, Loan, LoanState, LoanVerb, rules};
use crate::actor::Act;
use crate::app::App;
use crate::auth;
use crate::bookings::{self, Holder, Resource};
use crate::clock::COUNTY_ZONE;
use crate::db::{Anchor, Db, lock};
use crate::error::{Kind, Refusal, Result};
use crate::idempotency;
use crate::ids::{EquipmentId, LoanId, OrganisationId};
use crate::journal::{self, Capacity, Subject};
use crate::organisations::{self, advanced};
use crate::outbox::{self, To};
use crate::wire::{Body, Change, Cursor, Faults, Nothing};

/// Wishes for equipment on some days. Any number of wishes stand side by side until the keeper answers.
///
/// # Errors
/// 401; 404; 403; 409 `equipment_closed`; 422 with all that cannot be used.
pub fn wish(db: &mut Db, app: &App, change: &Change<WishEquipment>, id: EquipmentId) -> Result<(Act, Opened)> {
    let act = auth::signed_in(db, app, &change.caller)?;
    let of = found(db, id)?;
    reach::may_wish(&act, &of.county)?;
    let body = change.body()?;
    let capacity = reach::may_wish_for(&act, &of.county, body.borrower_id)?;
    change.required_key()?;
    let (scope, deed) = (idempotency::scope(&act, ""), format!("wish_equipment {id}"));
    let loan = match idempotency::replay(db, &scope, &deed, change)? {
        Some(made) => LoanId(made),
        None => {
            let loan = wished(db, &act, &of, capacity, body)?;
            idempotency::remember(db, act.now, &scope, &deed, change, loan.0)?;
            loan
        }
    };
    let opened = look(db, &act, loan)?;
    Ok((act, opened))
}

fn wished(db: &mut Db, act: &Act, of: &Equipment, capacity: Capacity, wish: &WishEquipment) -> Result<LoanId> {
    let borrower = organisations::held_open(db, wish.borrower_id)?;
    // It may be closed at this very moment.
    lock(db, Anchor::Equipment(of.id.0))?;
    if !found(db, of.id)?.active {
        return Err(closed().into());
    }
    let today = act.now.day(COUNTY_ZONE);
    let mut faults = Faults::default();
    if wish.from_day < today {
        faults.add("/from_day", "in_the_past", "Choose today or a day to come.");
    }
    if wish.until_day > rules::latest(today) {
        faults.add("/until_day", "too_far", "Choose days within the next 18 months.");
    }
    if borrower.is_none() {
        faults.add("/borrower_id", "unknown", "This organisation is closed.");
    }
    faults.into_result()?;
    let person = act.person().ok_or_else(auth::sign_in_first)?;
    let id = loan_store::insert(db, of, person, act.now, rules::due(LoanState::Wished, wish.from_day, wish.until_day), wish)?;
    let fields = ["equipment_id", "borrower_id", "from_day", "until_day", "purpose", "state"];
    journal::record(db, act, "wish_equipment", Subject { kind: "loan", id: id.0, version: Some(1), county: Some(&of.county) }, capacity, &fields)?;
    tell(db, act, "loan_wish", id, of.organisation_id)?;
    Ok(id)
}

fn closed() -> Refusal {
    Refusal::new(Kind::Conflict, "equipment_closed", "This equipment is not lent any more. Choose another one.")
}

/// A loan as the caller may see it.
///
/// # Errors
/// 401; 404.
pub fn look(db: &mut Db, act: &Act, id: LoanId) -> Result<Opened> {
    let (loan, of) = loan_store::find(db, id)?.ok_or_else(Refusal::not_found)?;
    reach::open(act, loan, of)
}

/// The loans of the organisations that somebody works for, kept or borrowed, newest first: one more than the page holds. Whoever
/// reads the county's business sees the county's.
///
/// # Errors
/// 401; 403 for whoever has nothing to do with loans.
pub fn list(db: &mut Db, act: &Act, wanted: &Wanted, cursor: Cursor) -> Result<Vec<Opened>> {
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    let own: Vec<OrganisationId> = reach::seats(actor).map(|(_, seat)| seat.organisation).collect();
    let counties: Vec<&str> =
        actor.grants.iter().filter_map(|grant| grant.seat.as_ref()).map(|seat| seat.county.as_str()).filter(|county| actor.reads_all_of(county)).collect();
    if own.is_empty() && counties.is_empty() {
        return Err(Refusal::forbidden("Loans are for those who schedule, dispatch, answer or lead.").into());
    }
    let rows = loan_store::list(db, &own, &counties, wanted, cursor)?;
    rows.into_iter().map(|(loan, of)| reach::open(act, loan, of)).collect()
}

/// What is wished for, agreed and used of a piece of equipment in a month.
#[derive(Debug)]
pub struct Month {
    pub equipment: Equipment,
    pub first: NaiveDate,
    pub last: NaiveDate,
    /// In the order of days.
    pub loans: Vec<Opened>,
    /// In the order of time.
    pub uses: Vec<Use>,
}

/// The month of a piece of equipment that the caller may plan with.
///
/// # Errors
/// 401; 404 for who plans nothing in its county.
pub fn month(db: &mut Db, act: &Act, equipment: Equipment, (first, last): (NaiveDate, NaiveDate)) -> Result<Month> {
    let loans = loan_store::between(db, equipment.id, first, last)?;
    let lent: Vec<LoanId> = loans.iter().map(|loan| loan.id).collect();
    let uses = loan_store::uses(db, equipment.id, &lent, rules::span(first, last))?;
    let loans = loans.into_iter().map(|loan| reach::open(act, loan, equipment.clone())).collect::<Result<_>>()?;
    Ok(Month { equipment, first, last, loans, uses })
}

/// A piece of equipment, for those who plan with it.
///
/// # Errors
/// 401; 404; 403.
pub fn to_plan_with(db: &mut Db, act: &Act, id: EquipmentId) -> Result<Equipment> {
    let of = found(db, id)?;
    reach::may_plan(act, &of.county)?;
    Ok(of)
}

/// Does something with a loan once: in the one order of the API, 401, 404, 403, 428, the body, a repeat, 409, 412. The deed says
/// what becomes of the row, and which fields it changed.
fn perform<B: Body>(
    db: &mut Db,
    app: &App,
    change: &Change<B>,
    id: LoanId,
    verb: LoanVerb,
    deed: impl FnOnce(&mut Db, &Act, &Opened, &B, &mut Loan) -> Result<&'static [&'static str]>,
) -> Result<(Act, Opened)> {
    let act = auth::signed_in(db, app, &change.caller)?;
    let of = look(db, &act, id)?.equipment.id;
    lock(db, Anchor::Equipment(of.0))?;
    lock(db, Anchor::Loan(id.0))?;
    let seen = look(db, &act, id)?;
    let capacity = seen.allow(verb)?;
    let version = change.seen()?;
    let body = change.body()?;
    idempotency::once(db, &act, change, &format!("{verb}_loan"), id.0, |db| {
        let state = seen.step(verb, act.now)?;
        version.matches(seen.loan.version)?;
        let mut new = seen.loan.clone();
        if state != new.state {
            new.state = state;
            new.due_at = rules::due(state, new.from_day, new.until_day);
        }
        let fields = deed(db, &act, &seen, body, &mut new)?;
        advanced(loan_store::advance(db, &new)?)?;
        let subject = Subject { kind: "loan", id: id.0, version: Some(new.version + 1), county: Some(&new.county) };
        journal::record(db, &act, &format!("{verb}_loan"), subject, capacity, fields)?;
        if seen.equipment.organisation_id == new.borrower {
            // Who lends to themselves knows.
            return Ok(());
        }
        let other = if matches!(verb, LoanVerb::Withdraw | LoanVerb::Report) { seen.equipment.organisation_id } else { new.borrower };
        tell(db, &act, &format!("loan_{verb}"), id, other)
    })?;
    let opened = look(db, &act, id)?;
    Ok((act, opened))
}

/// The keeper says yes: the equipment is taken for these days.
///
/// # Errors
/// 409 `taken` with who has it then, `equipment_closed`, `not_now`, `over`.
pub fn agree(db: &mut Db, app: &App, change: &Change<AgreeLoan>, id: LoanId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, LoanVerb::Agree, |db, act, seen, body, new| {
        if !seen.equipment.active {
            return Err(closed().into());
        }
        let (from, until) = rules::span(new.from_day, new.until_day);
        let resource = Resource::Equipment(seen.equipment.id);
        let wish = bookings::Wish { resource, places: None, from, until, holder: Holder::Loan(id), answer_by: None };
        bookings::book(db, act.now, &new.county, wish)?;
        new.answer = body.words.as_deref().map(str::trim).filter(|words| !words.is_empty()).map(str::to_owned);
        Ok(&["state", "answer"])
    })
}

/// The keeper says no, with a reason; also after a yes, before it is handed over.
///
/// # Errors
/// 409 `not_now`, `still_used`.
pub fn refuse(db: &mut Db, app: &App, change: &Change<RefuseLoan>, id: LoanId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, LoanVerb::Refuse, |db, act, _, body, new| {
        free(db, act, id)?;
        new.answer = Some(body.reason.trim().to_owned());
        Ok(&["state", "answer"])
    })
}

/// Who wished does not need it any more.
///
/// # Errors
/// 409 `not_now`, `still_used`.
pub fn withdraw(db: &mut Db, app: &App, change: &Change<Nothing>, id: LoanId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, LoanVerb::Withdraw, |db, act, _, _, _| {
        free(db, act, id)?;
        Ok(&["state"])
    })
}

/// The keeper hands it over, and notes in what condition.
///
/// # Errors
/// 409 `still_out` with the loan that has it, `not_now`, `too_early`, `over`.
pub fn hand_over(db: &mut Db, app: &App, change: &Change<Condition>, id: LoanId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, LoanVerb::HandOver, |db, act, seen, body, new| {
        if let Some((out, borrower)) = loan_store::out(db, seen.equipment.id)? {
            let words = "Somebody else still has it. Take it back first.";
            return Err(Refusal::new(Kind::Conflict, "still_out", words).with("loan_id", out).with("borrower_id", borrower).into());
        }
        (new.handed_over_at, new.condition_out) = (Some(act.now), Some(body.condition.trim().to_owned()));
        Ok(&["state", "handed_over_at", "condition_out"])
    })
}

/// The keeper has it back, and notes in what condition: the days that are left are free again.
///
/// # Errors
/// 409 `not_now`.
pub fn give_back(db: &mut Db, app: &App, change: &Change<Condition>, id: LoanId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, LoanVerb::GiveBack, |db, act, _, body, new| {
        bookings::release_within(db, act.now, id)?;
        bookings::release_loan(db, act.now, id)?;
        (new.given_back_at, new.condition_back) = (Some(act.now), Some(body.condition.trim().to_owned()));
        Ok(&["state", "given_back_at", "condition_back"])
    })
}

/// The borrower's feedback: how many came, and how it was.
///
/// # Errors
/// 409 `not_now`, `reported_already`.
pub fn report(db: &mut Db, app: &App, change: &Change<ReportLoan>, id: LoanId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, LoanVerb::Report, |_, act, _, body, new| {
        (new.reported_at, new.attendance, new.remarks) = (Some(act.now), Some(body.attendance), Some(body.remarks.trim().to_owned()));
        Ok(&["reported_at", "attendance", "remarks"])
    })
}

/// Frees the days of a loan that will not be.
fn free(db: &mut Db, act: &Act, id: LoanId) -> Result<()> {
    let sessions = bookings::within(db, id, act.now)?;
    if let Some(first) = sessions.first() {
        let words = "Events are planned with it. Let them do without it first.";
        let refusal = Refusal::new(Kind::Conflict, "still_used", words).with("sessions", sessions.len()).with("starts_at", first.from);
        return Err(refusal.into());
    }
    bookings::release_loan(db, act.now, id)
}

/// Those who keep and borrow for an organisation hear of it: which of these roles it has depends on what it is.
pub(super) fn tell(db: &mut Db, act: &Act, notice: &str, id: LoanId, organisation: OrganisationId) -> Result<()> {
    KEEPERS.into_iter().try_for_each(|role| outbox::tell(db, act, notice, id, To::Role(role, organisation)))
}
