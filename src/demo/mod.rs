//! People for every role and orders in every state.

use crate::app::App;
use crate::error::Result;

/// Fills a demo's database.
pub fn load(_app: &App) -> Result<()> {
    Ok(())
}
