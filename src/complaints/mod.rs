//! Complaints (投诉): anyone says what went wrong, about an order or about anything, and a level above it answers. The life of a
//! complaint is the table in [`state`]; each move is one function here.

mod answering;
mod complaining;
pub mod http;
mod looking;
pub mod needs;
mod reach;
pub mod rules;
pub mod state;
pub mod store;
mod timed;
mod view;

pub use answering::{answer, not_satisfied, withdraw};
pub use complaining::{Complained, complain, complain_counted};
pub use looking::{Tracked, reveal_contact, track, track_counted};
pub use timed::{erase_contacts, run_due};
