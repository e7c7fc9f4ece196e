//! Events that are planned without an order, and the calendar of all.

mod calendar;
mod check;
mod planning;
mod rights;
mod word;
pub mod world;
