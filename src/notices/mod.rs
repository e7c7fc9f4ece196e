//! Renders what the outbox holds: inbox and call list.
