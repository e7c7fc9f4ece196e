//! The binary as somebody starts it: what it says, makes and refuses.

mod backup;
mod first;
mod refusals;
pub mod running;
