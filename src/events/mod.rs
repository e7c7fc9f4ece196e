//! Events and their sessions.
