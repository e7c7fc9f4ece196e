//! What is taken when, and what its keepers say.

pub mod keepers;
mod spans;
