//! The chain from 点单 to 评单.

mod retention;

pub use retention::{EndedBefore, erase_contacts};
