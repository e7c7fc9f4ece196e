//! What was answered stands: under SIGKILL, under a server that stops at once, under a disk that fails. `scripts/prove-guards`
//! shows that these fail without the guards they prove.

mod disk;
mod faults;
mod ledger;
mod load;
mod rounds;
mod syncs;
