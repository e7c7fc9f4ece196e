//! The SQL of registrations.

mod beside;
mod list;
mod row;
mod write;

pub use beside::{Contact, Figures, Frame, Reading, contact, figures, frames, readings};
pub use list::{Filter, Listed, listed, mine, of_person, places_in_line};
pub use row::{Registration, Terms, due, find, find_by_track_hash, line, live_of, somebody_waits, taken, terms};
pub use write::{Line, NewRegistration, advance, contacts_due, erase_contact, insert, insert_contact, insert_move, insert_reading, put_terms};
