//! Events that are planned without an order, and the calendar of all.

mod calendar;
mod planning;
mod rights;
pub mod world;
