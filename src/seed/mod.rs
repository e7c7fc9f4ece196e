//! Loads the county's data files through the deeds.
