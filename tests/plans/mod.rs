//! Every statement finds its rows by an index, on both engines; `tests/support/plans` says what that means and holds every other
//! story to it as well.

mod lists;
mod rule;
