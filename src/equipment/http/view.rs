//! Equipment and loans as they are shown: organisations by name, no persons.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::super::{Equipment, EquipmentKind, Loan, LoanState, LoanVerb, Month, Opened, Use};
use crate::actor::Act;
use crate::clock::Moment;
use crate::directory::Directory;
use crate::ids::{EquipmentId, EventId, LoanId, OrganisationId};

/// A piece of equipment that travels, or a set that travels together.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EquipmentView {
    pub id: EquipmentId,
    #[schema(example = "科普大篷车1号")]
    pub name: String,
    pub kind: EquipmentKind,
    /// Its home: who schedules, dispatches, answers or leads there keeps it.
    pub organisation_id: OrganisationId,
    pub organisation_name: String,
    /// Where it stands when it is at home.
    pub division_code: String,
    pub division_name: String,
    pub needs_power: bool,
    /// Square metres; null: it needs no place of its own.
    pub floor_space: Option<i32>,
    /// What belongs to it, and what else it needs.
    pub notes: String,
    /// Whether it is lent.
    pub active: bool,
    /// For `If-Match`.
    pub version: i64,
}

fn named(directory: &Directory, id: OrganisationId) -> String {
    directory.name(id).unwrap_or_default().to_owned()
}

impl EquipmentView {
    pub fn of(directory: &Directory, equipment: Equipment) -> Self {
        let Equipment { id, county: _, organisation_id, name, kind, division_code, needs_power, floor_space, notes, active, version } = equipment;
        Self {
            id,
            name,
            kind,
            organisation_id,
            organisation_name: named(directory, organisation_id),
            division_name: directory.place(&division_code).unwrap_or_default().to_owned(),
            division_code,
            needs_power,
            floor_space,
            notes,
            active,
            version,
        }
    }
}

/// An organisation that lends or borrows.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LoanParty {
    pub id: OrganisationId,
    #[schema(example = "友谊镇新时代文明实践所")]
    pub name: String,
}

impl LoanParty {
    fn of(directory: &Directory, id: OrganisationId) -> Self {
        Self { id, name: named(directory, id) }
    }
}

/// What is lent.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LentEquipment {
    pub id: EquipmentId,
    #[schema(example = "科普大篷车1号")]
    pub name: String,
    pub kind: EquipmentKind,
}

/// A wish for some days, and what became of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LoanView {
    pub id: LoanId,
    pub equipment: LentEquipment,
    /// Where it is at home: who answers.
    pub keeper: LoanParty,
    pub borrower: LoanParty,
    /// By the county's calendar.
    pub from_day: NaiveDate,
    /// The last day.
    pub until_day: NaiveDate,
    pub purpose: String,
    pub state: LoanState,
    pub wished_at: Moment,
    /// The keeper's words: why it was refused, or what the borrower should know.
    pub answer: Option<String>,
    pub handed_over_at: Option<Moment>,
    /// In what condition it went.
    pub condition_out: Option<String>,
    pub given_back_at: Option<Moment>,
    /// In what condition it came back.
    pub condition_back: Option<String>,
    /// When the borrower gave feedback.
    pub reported_at: Option<Moment>,
    /// Person-times, as the borrower tells.
    pub attendance: Option<i32>,
    pub remarks: Option<String>,
    /// When it was marked as not given back in time; null: it was in time, or is not due.
    pub late_at: Option<Moment>,
    /// For `If-Match`.
    pub version: i64,
    /// What the reader can do with it now.
    pub moves: Vec<LoanVerb>,
}

impl LoanView {
    pub fn of(directory: &Directory, act: &Act, opened: Opened) -> Self {
        let moves = opened.moves(act.now);
        let Opened { loan, equipment, .. } = opened;
        let Loan { id, county: _, equipment: _, borrower, from_day, until_day, purpose, state, wished_by: _, wished_at, answer, .. } = loan;
        let Loan { handed_over_at, condition_out, given_back_at, condition_back, reported_at, attendance, remarks, due_at: _, late_at, version, .. } = loan;
        Self {
            id,
            keeper: LoanParty::of(directory, equipment.organisation_id),
            equipment: LentEquipment { id: equipment.id, name: equipment.name, kind: equipment.kind },
            borrower: LoanParty::of(directory, borrower),
            from_day,
            until_day,
            purpose,
            state,
            wished_at,
            answer,
            handed_over_at,
            condition_out,
            given_back_at,
            condition_back,
            reported_at,
            attendance,
            remarks,
            late_at,
            version,
            moves,
        }
    }
}

/// A session of an event for which it is taken.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EquipmentUse {
    /// Null unless everybody may know of the event.
    pub event_id: Option<EventId>,
    pub title: Option<String>,
    pub organiser: Option<LoanParty>,
    /// Set-up and clearing included.
    pub starts_at: Moment,
    pub ends_at: Moment,
}

/// What is wished for, agreed and used of a piece of equipment in a month.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EquipmentMonth {
    pub equipment: EquipmentView,
    #[schema(example = "2026-12")]
    pub month: String,
    /// The first day of the month, and the last.
    pub from_day: NaiveDate,
    pub until_day: NaiveDate,
    /// Wishes and loans that touch the month, in the order of their days: what was refused too, with the reason.
    pub loans: Vec<LoanView>,
    /// In the order of time.
    pub uses: Vec<EquipmentUse>,
}

impl EquipmentMonth {
    pub fn of(directory: &Directory, act: &Act, text: String, month: Month) -> Self {
        let Month { equipment, first, last, loans, uses } = month;
        let used = |Use { event, title, organiser, from, until }: Use| EquipmentUse {
            event_id: title.is_some().then_some(event),
            title,
            organiser: organiser.map(|id| LoanParty::of(directory, id)),
            starts_at: from,
            ends_at: until,
        };
        Self {
            equipment: EquipmentView::of(directory, equipment),
            month: text,
            from_day: first,
            until_day: last,
            loans: loans.into_iter().map(|opened| LoanView::of(directory, act, opened)).collect(),
            uses: uses.into_iter().map(used).collect(),
        }
    }
}
