//! Calendars that other programs subscribe to.

mod following;
mod open_orders;
mod public;
mod secret;
mod world;
