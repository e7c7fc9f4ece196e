//! What holds for the whole product.

mod architecture;
mod directory;
mod document;
mod manners;
mod packed;
mod readme;
mod schema;
mod workshop;
