//! 签到: the code at the door, the sheet on paper, and what both come to.

mod counts;
mod door;
pub mod world;
