//! What holds for the whole product.

mod architecture;
mod document;
mod schema;
mod workshop;
