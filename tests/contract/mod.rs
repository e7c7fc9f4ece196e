//! What holds for the whole product.

mod architecture;
mod schema;
mod workshop;
