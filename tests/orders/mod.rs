//! Stories of orders: the table of moves, whole lives, and what time does to them.

mod in_charge;
mod life;
mod manners;
mod offers;
mod slots;
mod table;
mod terms;
mod time;
pub mod world;
