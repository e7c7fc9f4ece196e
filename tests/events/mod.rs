//! Events that are planned without an order, and the calendar of all.

mod calendar;
mod campaigns;
mod check;
mod parts;
mod planning;
mod postponing;
mod rights;
mod word;
pub mod world;
