//! Where things are: the county's divisions, its calendar and deadlines.
