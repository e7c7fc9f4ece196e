//! Which resource is taken when, by whom.
