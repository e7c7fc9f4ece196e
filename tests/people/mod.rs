//! Stories of one's own account, and of what is shown before anyone has one.

mod before;
mod own;
