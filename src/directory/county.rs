//! What a county sets for itself and every deed reads: its working days, and how long a stage may last.

use std::collections::HashMap;

use chrono::Duration;
use diesel::Queryable;
use serde::Serialize;

use crate::clock::{COUNTY_ZONE, Calendar, Moment};
use crate::text_enum;

text_enum! {
    /// In what a deadline is counted.
    pub enum DeadlineUnit {
        /// Working days of the county's calendar.
        WorkingDays = "working_days",
        /// Clock hours, day and night.
        Hours = "hours",
        /// Days of the calendar.
        Days = "days",
    }
}

text_enum! {
    /// A weekday off, or a weekend day worked instead.
    pub enum HolidayKind { Off = "off", Work = "work" }
}

/// How long a stage may last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Queryable)]
pub struct Deadline {
    pub amount: i32,
    pub unit: DeadlineUnit,
}

impl Deadline {
    /// When it ends that began at a moment.
    pub fn after(self, calendar: &Calendar, from: Moment) -> Moment {
        match self.unit {
            DeadlineUnit::WorkingDays => calendar.after_working_days(from, u32::try_from(self.amount).unwrap_or(1)),
            DeadlineUnit::Hours => from.plus(Duration::hours(i64::from(self.amount))),
            DeadlineUnit::Days => from.plus(Duration::days(i64::from(self.amount))),
        }
    }
}

/// The calendar and the deadlines of one county.
#[derive(Debug, Clone)]
pub struct CountyRules {
    pub calendar: Calendar,
    /// By stage: for what is not urgent, and for what is.
    pub(super) deadlines: HashMap<String, [Option<Deadline>; 2]>,
}

impl CountyRules {
    pub(super) fn in_zone(name: &str) -> Self {
        Self { calendar: Calendar::plain(name.parse().unwrap_or(COUNTY_ZONE)), deadlines: HashMap::new() }
    }

    /// How long a stage may last; empty where it has no limit.
    pub fn deadline(&self, stage: &str, urgent: bool) -> Option<Deadline> {
        self.deadlines.get(stage)?[usize::from(urgent)]
    }
}
