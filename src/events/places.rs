//! Where a session takes place: the space that is named, or the venue's first, and whether its keeper is asked.

use chrono::Duration;

use super::Place;
use super::needs::ScheduledSession;
use crate::clock::{COUNTY_ZONE, Calendar, Moment};
use crate::db::Db;
use crate::directory::{self, Limit};
use crate::error::{Refusal, Result};
use crate::venues::{self, Venue};

/// The stage of the county's deadlines that says how long a keeper may take to say yes to a booking; two working days where the
/// county says nothing.
const KEEPER: &str = "booking";
const USUAL_ANSWER: Limit = Limit::WorkingDays(2);

/// The place of the n-th session, which takes it from a moment on, with its venue; nothing where none is wished for.
///
/// # Errors
/// 422 where it cannot be had.
pub fn place(db: &mut Db, county: &str, now: Moment, n: usize, wanted: &ScheduledSession, from: Moment) -> Result<Option<(Place, Venue)>> {
    let fault = |field: &str, code: &str, detail: &str| Refusal::fault(format!("/sessions/{n}/{field}"), code, detail);
    if wanted.venue_id.is_none() && wanted.space_id.is_none() {
        return match wanted.places {
            Some(_) => Err(fault("places", "no_space", "Only a space has places to share: name a venue or a space.").into()),
            None => Ok(None),
        };
    }
    let Some((venue, space)) = venues::bookable(db, wanted.venue_id, wanted.space_id)?.filter(|(venue, _)| venue.county == county) else {
        return Err(match wanted.space_id {
            Some(_) => fault("space_id", "space_unknown", "There is no such open space in this county, or it is not of this venue."),
            None => fault("venue_id", "venue_unknown", "There is no such venue in this county, or it is closed."),
        }
        .into());
    };
    match (wanted.places, space.places) {
        (Some(_), None) => return Err(fault("places", "not_shared", "This space is not shared: one has it alone.").into()),
        (Some(places), Some(there_are)) if places > there_are => {
            return Err(fault("places", "too_many", &format!("This space has {there_are} places.")).into());
        }
        _ => {}
    }
    let answer_by = if venue.free_to_book { None } else { Some(answers_by(db, county, now, from)?) };
    let keeper = answer_by.map(|_| venue.organisation_id);
    Ok(Some((Place { venue: venue.id, space: space.id, places: wanted.places, answer_by, keeper, held_by_parent: false }, venue)))
}

/// Until when the keeper of a venue says yes or no to a booking that begins at a moment.
fn answers_by(db: &mut Db, county: &str, now: Moment, begins: Moment) -> Result<Moment> {
    let directory = directory::current(db)?;
    let after = match directory.county(county) {
        Some(rules) => rules.limit(KEEPER, false).unwrap_or(USUAL_ANSWER).after(&rules.calendar, now),
        None => USUAL_ANSWER.after(&Calendar::plain(COUNTY_ZONE), now),
    };
    // Never later than half of the time left until it would be used, so that another place can still be looked for.
    Ok(after.min(now.plus((begins.since(now) / 2).max(Duration::zero()))))
}
