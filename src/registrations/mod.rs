//! Registering for open events (报名): who has a place, who waits for one, and how the line moves up by itself. The life of a
//! registration is the table in [`state`]. Whatever changes how many places are taken locks the event first; the database counts
//! the places once more by itself.

pub mod http;
mod moving;
pub mod needs;
mod reach;
mod reading;
mod registering;
pub mod rules;
pub mod state;
mod store;
mod terms;
mod timed;

pub use moving::{cancel, confirm};
pub use reading::{Revealed, approve_reading, list_registrations, look, may_list, my_registrations, reveal_contact};
pub use registering::{Made, register_for_event};
pub use terms::{TermsSeen, read_terms, set_terms};
pub use timed::{erase_contacts, run_due};

use crate::actor::Act;
use crate::db::Db;
use crate::error::Result;
use crate::ids::RegistrationId;
use crate::journal::{self, Capacity, Subject};

/// A registration as its reader sees it.
#[derive(Debug, Clone)]
pub struct Seen {
    pub listed: store::Listed,
    pub frame: store::Frame,
    pub part: state::RegistrationPart,
    /// Where it stands in the line, from 1 on; nothing where it does not wait.
    pub place_in_line: Option<i32>,
    pub moves: Vec<state::RegistrationVerb>,
}

fn record(db: &mut Db, act: &Act, verb: state::RegistrationVerb, county: &str, id: RegistrationId, capacity: Capacity, fields: &[&str]) -> Result<()> {
    let subject = Subject { kind: "registration", id: id.0, version: None, county: Some(county) };
    journal::record(db, act, verb.as_str(), subject, capacity, fields)
}
