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

/// How long a stage may last, as the county's data say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    WorkingDays(u32),
    Hours(i64),
    Days(i64),
}

impl Limit {
    /// When it ends that began at a moment.
    pub fn after(self, calendar: &Calendar, from: Moment) -> Moment {
        match self {
            Self::WorkingDays(days) => calendar.after_working_days(from, days),
            Self::Hours(hours) => from.plus(Duration::hours(hours)),
            Self::Days(days) => from.plus(Duration::days(days)),
        }
    }

    /// How long it is at least, wherever it begins: so many working days are never shorter than as many days.
    pub fn at_least(self) -> Duration {
        match self {
            Self::WorkingDays(days) => Duration::days(i64::from(days)),
            Self::Hours(hours) => Duration::hours(hours),
            Self::Days(days) => Duration::days(days),
        }
    }

    /// The same limit twice over.
    pub fn twice(self) -> Self {
        match self {
            Self::WorkingDays(days) => Self::WorkingDays(days * 2),
            Self::Hours(hours) => Self::Hours(hours * 2),
            Self::Days(days) => Self::Days(days * 2),
        }
    }
}

impl From<Deadline> for Limit {
    fn from(Deadline { amount, unit }: Deadline) -> Self {
        match unit {
            DeadlineUnit::WorkingDays => Self::WorkingDays(u32::try_from(amount).unwrap_or(1)),
            DeadlineUnit::Hours => Self::Hours(i64::from(amount)),
            DeadlineUnit::Days => Self::Days(i64::from(amount)),
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

    /// The same as a limit.
    pub fn limit(&self, stage: &str, urgent: bool) -> Option<Limit> {
        self.deadline(stage, urgent).map(Limit::from)
    }
}
