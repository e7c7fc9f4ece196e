//! Equipment that travels: wished for side by side, answered, handed over and given back.

mod keeping;
mod late;
mod life;
mod month;
mod using;
pub mod world;
