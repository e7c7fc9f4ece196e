//! The rows of service records. They are added and never changed; whose they are stands apart, so that a person can be erased.

mod corrections;
mod holds;
mod read;
mod totals;
mod write;

pub use corrections::{
    Correction, NewCorrection, answer_correction, correction, corrections, corrections_due, insert_correction, move_correction_up, proposals, propose,
    reversal_of, settle_proposal, waits_for_answer,
};
pub use holds::{free, hold, is_held};
pub use read::{Beside, Wanted, beside, page, present, rows, sealable, waits_to_be_sealed, walk, whose};
pub use totals::{By, Sum, sums};
pub use write::{NewRecord, insert, insert_person, insert_presence, remove_presence, sealed};

use chrono::NaiveDate;
use diesel::Queryable;

use super::{RecordClass, RecordKind, SourceKind};
use crate::clock::Moment;
use crate::ids::{EventId, EventSessionId, OrderId, OrganisationId, PersonId, PlanItemId, RecordId};

/// A row of `service_records`, in the order of its columns.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Row {
    pub id: RecordId,
    pub county: String,
    pub kind: RecordKind,
    pub reverses: Option<RecordId>,
    pub source_kind: SourceKind,
    pub source: i64,
    pub event: EventId,
    pub session: EventSessionId,
    pub order: Option<OrderId>,
    pub plan_item: Option<PlanItemId>,
    pub team: OrganisationId,
    pub department: Option<OrganisationId>,
    pub place_path: String,
    pub township: Option<String>,
    pub title: String,
    pub held_on: NaiveDate,
    pub place: String,
    pub content: String,
    /// Below zero where it takes a credit back.
    pub minutes: i32,
    pub unit: String,
    pub in_charge: PersonId,
    pub year: i32,
    pub from: Moment,
    pub until: Moment,
    pub class: RecordClass,
    pub late: bool,
    pub filed_by: PersonId,
    pub confirmed_by: PersonId,
    pub reason: Option<String>,
    pub commitment: String,
    pub created_at: Moment,
}
