//! Every statement finds its rows by an index, on both engines; `tests/support/plans` says what that means and holds every other
//! story to it as well.

mod housekeeping;
mod lists;
mod rule;
