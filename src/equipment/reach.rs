//! Who keeps equipment, who borrows it, and who may know of a loan.

use super::state::{self, Part, Standing};
use super::{Equipment, Loan, LoanVerb};
use crate::actor::{Act, Actor, Role, Seat};
use crate::auth;
use crate::clock::{COUNTY_ZONE, Moment};
use crate::error::{Kind, Refusal, Result};
use crate::ids::OrganisationId;
use crate::journal::Capacity;

/// In which roles somebody keeps and borrows equipment for the organisation that they hold the role in.
pub(super) const KEEPERS: [Role; 4] = [Role::Scheduler, Role::Dispatcher, Role::Officer, Role::Leader];

/// Whom somebody keeps and borrows equipment for, and as what.
pub(super) fn seats(actor: &Actor) -> impl Iterator<Item = (Role, &Seat)> {
    KEEPERS.into_iter().flat_map(|role| actor.seats(role).map(move |seat| (role, seat)))
}

/// As what somebody acts for an organisation.
fn capacity(actor: &Actor, organisation: OrganisationId) -> Option<Capacity> {
    let (role, _) = seats(actor).find(|(_, seat)| seat.organisation == organisation)?;
    Some(Capacity { role: Some(role), organisation: Some(organisation) })
}

/// Whether somebody plans with the county's equipment: sees what others wish for and have.
fn plans(actor: &Actor, county: &str) -> bool {
    seats(actor).any(|(_, seat)| seat.county == county) || actor.reads_all_of(county)
}

/// Whether the doer keeps equipment at all.
///
/// # Errors
/// 401; 403.
pub(super) fn may_keep(act: &Act) -> Result<()> {
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    if actor.has(Role::SystemAdministrator) || seats(actor).next().is_some() {
        return Ok(());
    }
    Err(not_kept())
}

/// Whether the doer keeps the equipment of an organisation: who schedules, dispatches, answers or leads there, and a system
/// administrator.
///
/// # Errors
/// 401; 403.
pub(super) fn may_keep_of(act: &Act, home: OrganisationId) -> Result<Capacity> {
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    if let Some(capacity) = capacity(actor, home) {
        return Ok(capacity);
    }
    if actor.has(Role::SystemAdministrator) {
        return Ok(Capacity { role: Some(Role::SystemAdministrator), organisation: None });
    }
    Err(not_kept())
}

fn not_kept() -> crate::error::Error {
    Refusal::forbidden("Equipment is kept by those who schedule, dispatch, answer or lead where it is at home.").into()
}

/// Whether the doer sees what is wished for in a county.
///
/// # Errors
/// 401; 403.
pub(super) fn may_plan(act: &Act, county: &str) -> Result<()> {
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    if plans(actor, county) {
        return Ok(());
    }
    Err(Refusal::forbidden("Wishes are for those who schedule, dispatch, answer or lead in this county.").into())
}

/// Whether the doer wishes for equipment at all.
///
/// # Errors
/// 401; 403.
pub(super) fn may_wish(act: &Act, county: &str) -> Result<()> {
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    if seats(actor).any(|(_, seat)| seat.county == county) {
        return Ok(());
    }
    Err(not_yours())
}

/// As what the doer wishes for an organisation.
///
/// # Errors
/// 401; 403.
pub(super) fn may_wish_for(act: &Act, county: &str, borrower: OrganisationId) -> Result<Capacity> {
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    let here = seats(actor).any(|(_, seat)| seat.organisation == borrower && seat.county == county);
    capacity(actor, borrower).filter(|_| here).ok_or_else(not_yours)
}

fn not_yours() -> crate::error::Error {
    Refusal::forbidden("Equipment is lent within its county, to who schedules, dispatches, answers or leads for the organisation that wishes.").into()
}

/// A loan that the caller may know of, with what they may do with it.
#[derive(Debug)]
pub struct Opened {
    pub loan: Loan,
    pub equipment: Equipment,
    keeper: Option<Capacity>,
    borrower: Option<Capacity>,
}

/// Opens a loan for somebody.
///
/// # Errors
/// 401; 404 for who plans nothing in its county.
pub(super) fn open(act: &Act, loan: Loan, equipment: Equipment) -> Result<Opened> {
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    if !plans(actor, &loan.county) {
        return Err(Refusal::not_found().into());
    }
    let (keeper, borrower) = (capacity(actor, equipment.organisation_id), capacity(actor, loan.borrower));
    Ok(Opened { loan, equipment, keeper, borrower })
}

impl Opened {
    fn standing(&self) -> Standing {
        let Loan { state, from_day, until_day, reported_at, .. } = &self.loan;
        Standing { state: *state, from_day: *from_day, until_day: *until_day, reported: reported_at.is_some() }
    }

    /// What this caller can do with it now.
    pub fn moves(&self, now: Moment) -> Vec<LoanVerb> {
        let parts = [(Part::Keeper, self.keeper), (Part::Borrower, self.borrower)];
        let parts: Vec<Part> = parts.into_iter().filter(|(_, held)| held.is_some()).map(|(part, _)| part).collect();
        state::moves(&self.standing(), &parts, now.day(COUNTY_ZONE))
    }

    /// As what this caller does this.
    ///
    /// # Errors
    /// 403.
    pub(super) fn allow(&self, verb: LoanVerb) -> Result<Capacity> {
        let (held, words) = match state::part(verb) {
            Some(Part::Keeper) => (self.keeper, "Only those who keep the equipment do this."),
            Some(Part::Borrower) => (self.borrower, "Only who wished for it does this."),
            None => (None, "Nobody does this."),
        };
        held.ok_or_else(|| Refusal::forbidden(words).into())
    }

    /// The state after it, if it can be done now.
    ///
    /// # Errors
    /// 409 with the code that says why not, and the state.
    pub(super) fn step(&self, verb: LoanVerb, now: Moment) -> Result<super::LoanState> {
        let step = state::step(verb, &self.standing(), now.day(COUNTY_ZONE));
        step.map_err(|(code, words)| Refusal::new(Kind::Conflict, code, words).with("loan_state", self.loan.state).into())
    }
}
