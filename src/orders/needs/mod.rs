//! What each move needs from whoever makes it, as it comes in; checked here, once.

mod claiming;
mod dispatching;
mod ending;
mod fulfilment;
mod intake;
mod words;

pub use claiming::*;
pub use dispatching::*;
pub use ending::*;
pub use fulfilment::*;
pub use intake::*;
pub use words::*;

/// How many characters a line, a text and a long text may have.
const LINE: usize = 100;
const TEXT: usize = 500;
const LONG: usize = 4000;
