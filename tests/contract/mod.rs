//! What holds for the whole product.

mod architecture;
mod document;
mod manners;
mod schema;
mod workshop;
