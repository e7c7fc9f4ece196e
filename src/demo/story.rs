//! What a story of the demo consists of.

use crate::orders::needs::PostponeReason;
use crate::orders::store::{Audience, Channel, DisputeKind};

/// A moment of a story, told from now.
#[derive(Debug, Clone, Copy)]
pub(super) enum When {
    /// So many working days from today (before it where negative), at an hour and minute of the county's clock.
    Day(i32, u32, u32),
    /// So many minutes ago.
    Ago(i64),
}

/// An order and what became of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Story {
    /// One word, by which others refer to it.
    pub key: &'static str,
    pub title: &'static str,
    pub details: &'static str,
    pub audience: Audience,
    pub attendees: i32,
    /// A division's code.
    pub place: &'static str,
    pub address: &'static str,
    pub contact: (&'static str, &'static str),
    pub urgent: bool,
    /// Working days from today, and the hours between which it would suit; empty: any time.
    pub windows: &'static [(i32, u32, u32)],
    pub submitted: When,
    /// A login; a dispatcher's orders for the contact (代点单); empty: a visitor.
    pub by: &'static str,
    pub channel: Channel,
    pub then: &'static [Step],
}

/// When, by whom (a login), what.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step(pub When, pub &'static str, pub Deed);

/// A session: working days from today, hour, minute, minutes long; a venue's name, or empty for the order's own address.
pub(super) type Slot = (i32, u32, u32, i64, &'static str);

/// A move with what it needs; organisations by their names, orders by their stories' keys.
#[derive(Debug, Clone, Copy)]
pub(super) enum Deed {
    /// Lead, co-units, plan task (empty: outside the plan), summary.
    Dispatch(&'static str, &'static [&'static str], &'static str, &'static str),
    /// As a dispatch, by the county's centre after two returns.
    DecideLead(&'static str, &'static [&'static str], &'static str, &'static str),
    Redispatch(&'static str, &'static str),
    /// Why, and whose it is (empty: unknown).
    Return(&'static str, &'static str),
    Reject(&'static str),
    Merge(&'static str),
    Transfer(&'static str, &'static str),
    SetUrgency(bool, &'static str),
    Ask(&'static str),
    Reply(&'static str),
    Answer(&'static str),
    Accept,
    AcceptFor(&'static str),
    Decline,
    Claim(&'static str),
    Propose(&'static [Slot]),
    Schedule(&'static [Slot]),
    /// The keeper says yes to all that waits for it.
    ConfirmVenues,
    Postpone(PostponeReason, &'static str),
    Release(&'static str),
    /// How many came to each session, and what was done.
    Fulfil(&'static [i32], &'static str),
    Review(i32, &'static str),
    Dispute(DisputeKind, &'static str),
    Settle(&'static str),
    Dismiss(&'static str),
    RevealContact(&'static str),
    Withdraw,
    GiveUp(&'static str),
    Reopen(&'static str),
}
