//! A room, and when it can be had.

use chrono_tz::Tz;

use crate::bookings::{self, Held};
use crate::clock::Span;
use crate::ids::{SpaceId, VenueId};
use crate::text_enum;
use crate::venues::rules::{closed_on, outside_hours};
use crate::venues::{Closure, Hours};

/// A space of a venue, with what decides when it can be had.
#[derive(Debug, Clone)]
pub struct Room {
    pub venue: VenueId,
    pub venue_name: String,
    /// The code of its division.
    pub division: String,
    pub division_name: String,
    pub space: SpaceId,
    pub space_name: String,
    pub seats: i32,
    /// How many places several can share; empty: one has it alone.
    pub places: Option<i32>,
    pub step_free: bool,
    /// Else its keeper is asked.
    pub free_to_book: bool,
    /// None: no fixed hours.
    pub week: Vec<Hours>,
    /// Those that are not over.
    pub closures: Vec<Closure>,
    /// What it is taken for, in the order of time.
    pub held: Vec<Held>,
}

text_enum! {
    /// How near one place is to another.
    pub enum Nearness {
        /// In the same community or village.
        SameDivision = "same_division",
        /// In the same township.
        SameTownship = "same_township",
        /// Elsewhere in the county.
        SameCounty = "same_county",
    }
}

impl Nearness {
    /// Between two divisions, by their codes: nine digits name the township, twelve the community or village.
    pub fn between(one: &str, other: &str) -> Self {
        let township = |code: &str| code.get(..9).map(str::to_owned);
        if one == other {
            Self::SameDivision
        } else if township(one).is_some() && township(one) == township(other) {
            Self::SameTownship
        } else {
            Self::SameCounty
        }
    }
}

impl Room {
    /// Whether it is open all through a span: in its hours, and on no closed day.
    pub fn is_open(&self, span: Span, zone: Tz) -> bool {
        !outside_hours(&self.week, span, zone) && closed_on(&self.closures, span, zone).is_none()
    }

    /// Whether so many of its places, or all of it, can be had all through a span.
    pub fn is_free(&self, span: Span, places: Option<i32>) -> bool {
        bookings::in_the_way(&self.held, span, places, self.places.unwrap_or(0)).is_none()
    }
}

/// Whether nothing is held in a span.
pub fn is_free(held: &[Held], span: Span) -> bool {
    bookings::in_the_way(held, span, None, 0).is_none()
}
