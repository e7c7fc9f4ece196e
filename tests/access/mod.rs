//! Who may ask what: the drawn matrix, and the border between two counties.

mod counties;
mod matrix;
pub mod people;
