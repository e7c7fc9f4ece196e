//! Records and sums as they are shown.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::super::store::{Beside, Row, Sum};
use super::super::{RecordClass, RecordKind};
use crate::clock::Moment;
use crate::directory::Directory;
use crate::ids::{EventId, EventSessionId, OrderId, OrganisationId, PersonId, RecordId};
use crate::people::masked_name;
use crate::wire::Page;

/// Somebody beside a record.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RecordPerson {
    pub id: PersonId,
    /// Masked for those who read the county's.
    #[schema(example = "李明")]
    pub name: String,
}

/// The task of a plan that a record counts for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RecordTask {
    #[schema(example = "youyi-2021")]
    pub plan: String,
    #[schema(example = "A4.2")]
    pub task: String,
    pub title: String,
}

/// A service record, with the seven items that the law asks for (民政部令67号, Art 7): title, date, place, content, minutes, unit, person
/// in charge.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ServiceRecordView {
    pub id: RecordId,
    pub kind: RecordKind,
    /// The record that it takes back.
    pub reverses: Option<RecordId>,
    /// By which record it was taken back.
    pub reversed_by: Option<RecordId>,
    /// Null where the person was erased.
    pub person: Option<RecordPerson>,
    #[schema(example = "社区老人急救讲座，约40人")]
    pub title: String,
    /// The day, by the county's calendar.
    pub held_on: NaiveDate,
    #[schema(example = "友谊镇繁荣社区")]
    pub place: String,
    pub content: String,
    /// Whole minutes; below zero where it takes a record back.
    pub minutes: i32,
    pub unit: String,
    pub in_charge: RecordPerson,
    pub team_id: OrganisationId,
    pub event_id: EventId,
    pub session_id: EventSessionId,
    pub order_id: Option<OrderId>,
    pub plan_task: Option<RecordTask>,
    pub from: Moment,
    pub until: Moment,
    pub class: RecordClass,
    /// Filed after 10 working days.
    pub late: bool,
    pub filed_by: PersonId,
    pub confirmed_by: PersonId,
    /// Why it takes a record back.
    pub reason: Option<String>,
    /// Whether it is doubted now, and in no total.
    pub held: bool,
    /// Since when taking it back is proposed: a dispute was upheld.
    pub reversal_proposed_at: Option<Moment>,
    /// In which batch of the ledger it is sealed; null for a minute or so.
    pub batch: Option<i64>,
    pub created_at: Moment,
}

impl ServiceRecordView {
    pub fn of(row: Row, beside: &Beside, names: &BTreeMap<PersonId, String>, directory: &Directory, masked: bool) -> Self {
        let named = |id: PersonId, masked: bool| {
            let name = names.get(&id).map(String::as_str).unwrap_or_default();
            RecordPerson { id, name: if masked { masked_name(name) } else { name.to_owned() } }
        };
        let task = row.plan_item.and_then(|id| directory.task(id)).cloned();
        Self {
            reversed_by: beside.reversed.get(&row.id).copied(),
            person: beside.people.get(&row.id).map(|(person, _)| named(*person, masked)),
            in_charge: named(row.in_charge, masked),
            held: beside.held.contains(&row.event),
            reversal_proposed_at: beside.proposed.get(&row.id).copied(),
            batch: beside.sealed.get(&row.id).copied(),
            plan_task: task.map(|task| RecordTask { plan: task.plan, task: task.code, title: task.title }),
            id: row.id,
            kind: row.kind,
            reverses: row.reverses,
            title: row.title,
            held_on: row.held_on,
            place: row.place,
            content: row.content,
            minutes: row.minutes,
            unit: row.unit,
            team_id: row.team,
            event_id: row.event,
            session_id: row.session,
            order_id: row.order,
            from: row.from,
            until: row.until,
            class: row.class,
            late: row.late,
            filed_by: row.filed_by,
            confirmed_by: row.confirmed_by,
            reason: row.reason,
            created_at: row.created_at,
        }
    }
}

/// Sums of minutes: back-entries apart, reversals taken off, what is held in none of the others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Split {
    /// All that counts: rosters and back-entries.
    pub minutes: i64,
    pub roster_minutes: i64,
    pub back_entry_minutes: i64,
    /// Doubted now.
    pub held_minutes: i64,
}

impl Split {
    pub fn of<'a>(sums: impl IntoIterator<Item = &'a Sum>) -> Self {
        let mut split = Self::default();
        for sum in sums {
            split.minutes += sum.minutes;
            split.held_minutes += sum.held;
            match sum.class {
                RecordClass::Roster => split.roster_minutes += sum.minutes,
                RecordClass::BackEntry => split.back_entry_minutes += sum.minutes,
            }
        }
        split
    }
}

/// Somebody's hours.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HoursView {
    pub person: RecordPerson,
    pub sums: Split,
    pub records: Page<ServiceRecordView>,
}
