//! The one suite. It runs once per engine: `KEPU_TEST_ENGINE=sqlite` (the default) or `postgres`.
//! A folder a domain, a file a story; `contract` holds what is true of the whole product.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

mod access;
mod contract;
mod kill;
mod orders;
mod races;
mod start;
mod walk;
mod docs;
