//! 服务时长: rosters that another organisation confirms, records that are never edited, and the ledger that they are sealed in.

mod ledger;
mod mending;
mod rosters;
mod totals;
pub mod world;
