//! The whole chain, walked by the requests that people have really written.

mod cast;
mod requests;
