//! What happens to loans without anyone asking.

use super::lending::tell;
use super::{Loan, LoanState, loan_store};
use crate::actor::Act;
use crate::bookings;
use crate::db::{Anchor, Db, lock};
use crate::error::Result;
use crate::ids::LoanId;
use crate::journal::{self, Capacity, Subject};
use crate::organisations::advanced;

/// Does up to `most` of what is due: a wish that nobody has answered by the end of its first day lapses, and so does what was agreed
/// and never fetched; what is out after its last day is late. The worker alone calls it.
pub fn run_due(db: &mut Db, act: &Act, most: i64) -> Result<usize> {
    let mut done = 0;
    for id in loan_store::due(db, act.now, most)? {
        done += usize::from(pass(db, act, id)?);
    }
    Ok(done)
}

fn pass(db: &mut Db, act: &Act, id: LoanId) -> Result<bool> {
    let Some((_, of)) = loan_store::find(db, id)? else { return Ok(false) };
    lock(db, Anchor::Equipment(of.id.0))?;
    lock(db, Anchor::Loan(id.0))?;
    // It may have been answered, or given back, since it was found.
    let Some((loan, of)) = loan_store::find(db, id)?.filter(|(loan, _)| loan.due_at.is_some_and(|due| due <= act.now)) else { return Ok(false) };
    let subject = Subject { kind: "loan", id: id.0, version: None, county: Some(&loan.county) };
    let notice = if loan.state == LoanState::HandedOver {
        if !loan_store::mark_late(db, id, act.now)? {
            return Ok(false);
        }
        journal::record(db, act, "late_loan", subject, Capacity::default(), &["late_at"])?;
        "loan_late"
    } else {
        bookings::release_within(db, act.now, id)?;
        bookings::release_loan(db, act.now, id)?;
        advanced(loan_store::advance(db, &Loan { state: LoanState::Lapsed, due_at: None, ..loan.clone() })?)?;
        journal::record(db, act, "lapse_loan", subject, Capacity::default(), &["state"])?;
        "loan_lapse"
    };
    tell(db, act, notice, id, of.organisation_id)?;
    if loan.borrower != of.organisation_id {
        tell(db, act, notice, id, loan.borrower)?;
    }
    Ok(true)
}
