//! Signing up, in and out; sessions; budgets.
