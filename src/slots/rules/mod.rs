//! Which times are free, and which of them are best; what who plans is warned of. Pure: days and hours are those of the county's zone.

mod beside;
mod propose;
mod room;
#[cfg(test)]
mod tests;
mod warnings;

pub use beside::{Around, other_rooms, other_times};
pub use propose::{Company, NoSlot, Proposed, Slot, SlotReason, Somebody, Wish, propose};
pub use room::{Nearness, Room, is_free};
pub use warnings::{full_day, too_far, too_small};
