//! The API's conventions, once: who calls, what version they saw, which key makes a repeat harmless, how a body is read and
//! how a refusal is told. Domains' `http.rs` files use these and nothing else of the web framework but its routes.

mod caller;
mod change;
mod packed;
mod page;
mod problem;
mod refusals;
mod reply;
mod unread;

pub use caller::{Ask, Caller, NOTED, Noted, REQUEST_ID, query_refusal, request_id};
pub use change::{Body, Change, Faults, Nothing, Seen, given};
pub use packed::{gzip, takes, takes_packed};
pub use page::{Cursor, Page, PageQuery};
pub use problem::{Problem, problem_response};
pub use refusals::{AskRefusals, ChangeRefusals, EntryRefusals, MoveAnswers, OwnRefusals, VersionedRefusals};
pub use reply::{Created, Open, Private, Public, Subscribed, Versioned};
pub use unread::{body_fault, query_fault, words};
