//! Copies of the whole database: made while it is in use, brought back into an empty place.

use std::path::Path;

use crate::db::{self, Place};
use crate::error::Result;

/// Copies the database into a new file, complete as of one instant; nobody has to stop working meanwhile. The file holds
/// personal data and is readable by its owner alone; the secret is not in it and is kept apart.
///
/// # Errors
/// Where the file exists or cannot be written, or the copy does not pass its check.
pub fn backup(place: &Place, file: &Path) -> Result<()> {
    db::copy_to(place, file)
}

/// Brings a copy back, into an empty place only: nothing that is there can be lost.
///
/// # Errors
/// Where the place holds data, or the file is damaged, not kepu's, or newer than this binary.
pub fn restore(place: &Place, file: &Path) -> Result<()> {
    db::restore_from(place, file)
}
