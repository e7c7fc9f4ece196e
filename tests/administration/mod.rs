//! Stories of administration: who keeps what, and what stays when something is closed.

mod journal;
mod organisations;
mod plan;
mod settings;
mod venues;
