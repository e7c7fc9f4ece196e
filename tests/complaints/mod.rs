//! Stories of complaints: the table of moves, who answers, what time does, and who finds out what.

mod life;
mod manners;
mod table;
mod time;
pub mod world;
