//! What holds for the whole product.

mod architecture;
mod directory;
mod document;
mod manners;
mod readme;
mod schema;
mod workshop;
