//! Stories of reports: every number is the length of the list behind it, and nothing is ranked.

mod behind;
mod plan;
mod statements;
mod waiting;
