//! Many at one instant, on real sockets and threads. `scripts/prove-guards` shows that these fail without the guards they prove.

pub mod arena;
mod check_ins;
mod claims;
mod closing;
mod equipment;
mod hours;
mod net;
mod parts;
mod registrations;
mod twins;
mod venues;
