//! Turns what an engine says into what a deed can answer. The engines name constraints differently (SQLite not at all),
//! so the kind of the error decides, never the constraint's name.

use diesel::result::{DatabaseErrorKind, Error as Diesel};

use crate::error::{Error, Kind, Refusal};

impl From<Diesel> for Error {
    fn from(error: Diesel) -> Self {
        match &error {
            Diesel::DatabaseError(kind, info) => {
                let message = info.message();
                match kind {
                    DatabaseErrorKind::SerializationFailure => Self::InTheWay(message.to_owned()),
                    // PostgreSQL's 40P01 has no kind of its own.
                    _ if message.contains("deadlock detected") => Self::InTheWay(message.to_owned()),
                    _ if message.contains("canceling statement due to lock timeout") => Self::InTheWay(message.to_owned()),
                    // PostgreSQL names the constraint in any language, SQLite's trigger the table.
                    _ if message.contains("presences_no_overlap") || message.contains("overlap:presences") => elsewhere(),
                    DatabaseErrorKind::ExclusionViolation => taken(),
                    _ if message.contains("overlap:bookings") => taken(),
                    _ if message.contains("full:registrations") => {
                        Refusal::new(Kind::Conflict, "full", "There are not so many places left. Look again, then register for the waiting list.").into()
                    }
                    _ if message.contains("level:events") => {
                        Refusal::new(Kind::Conflict, "parent_unfit", "The event that this is a part of has changed meanwhile. Look at it again.").into()
                    }
                    _ if message.contains("closed:events") => Refusal::new(
                        Kind::Conflict,
                        "stays_closed",
                        "What takes place in a school, or at the address of an order, is never open to everybody. Close it, or choose another place.",
                    )
                    .into(),
                    DatabaseErrorKind::UniqueViolation => {
                        Refusal::new(Kind::Conflict, "already_there", "There is one like this already. Look at it before you try again.").into()
                    }
                    _ => Self::Broken(error.to_string()),
                }
            }
            _ => Self::Broken(error.to_string()),
        }
    }
}

fn elsewhere() -> Error {
    Refusal::new(Kind::Conflict, "presence_overlaps", "Somebody is recorded elsewhere at that time. Look at their hours first.").into()
}

fn taken() -> Error {
    Refusal::new(Kind::Conflict, "taken", "The place or the person is taken at that time. Choose another time or place.").into()
}
