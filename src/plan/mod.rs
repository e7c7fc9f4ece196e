//! Plans, items, the units that answer for them, targets.
