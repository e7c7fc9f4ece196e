//! The only caller of timed deeds.
