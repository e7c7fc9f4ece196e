//! Registering for open events: places, the line, children, who reads what.

mod children;
mod life;
mod line;
mod rights;
mod told;
pub mod world;
