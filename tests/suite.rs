//! The one suite. It runs once per engine: `KEPU_TEST_ENGINE=sqlite` (the default) or `postgres`.
//! A folder a domain, a file a story; `contract` holds what is true of the whole product.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

mod access;
mod administration;
mod attendance;
mod bookings;
mod complaints;
mod contract;
mod equipment;
mod events;
mod feeds;
mod hours;
mod kill;
mod orders;
mod people;
mod plans;
mod races;
mod registrations;
mod reports;
mod start;
mod walk;
mod docs;
