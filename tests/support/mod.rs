//! What every story stands on: a database of its own, an instance with a held clock, and clients of every kind.

pub mod app;
pub mod client;
pub mod cluster;
pub mod database;
pub mod http;
pub mod people;
pub mod plans;
pub mod statements;
