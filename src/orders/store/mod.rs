//! The rows of orders. It decides nothing but who may know of a row; it joins the names that a reader needs.

mod beside;
mod children;
mod list;
mod narrow;
mod timed;
mod retention;
mod row;
mod write;

pub use beside::{Beside, Wanted, beside};
pub use children::*;
pub use list::{Filter, board, count_by_state, page};
pub use narrow::{AsRole, Narrow, own};
pub use retention::{EndedBefore, contacts_due, erase_contact};
pub use row::*;
pub use timed::*;
pub use write::*;
