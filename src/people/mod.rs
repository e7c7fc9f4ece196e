//! Persons, grants, consents, absence.
