//! The SQL of complaints.

mod list;
mod row;
mod write;

pub use list::{Filter, count_by_state, page};
pub use row::{Complaint, ComplaintRow, Contact, HistoryLine, acted_on, contact, find, find_by_number, find_by_track_hash, history, told_lines};
pub use write::{Line, advance, contacts_due, erase_contact, insert, insert_contact, insert_move, ring, rungs_due};
