//! The directory of venues: what belongs to a page's rows is read with one statement each, never row by row.

use std::collections::HashMap;

use diesel::prelude::*;

use super::Venue;
use super::store::placed;
use crate::db::{Backend, Db};
use crate::divisions;
use crate::error::Result;
use crate::ids::{OrganisationId, VenueId};
use crate::organisations::containing;
use crate::schema::{divisions as places, organisations, venues};
use crate::wire::Cursor;

/// Which venues are asked for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub county: String,
    /// Those in this division or below it.
    pub division: Option<String>,
    /// Those that it keeps.
    pub keeper: Option<OrganisationId>,
    /// Part of a name or an address.
    pub q: Option<String>,
    /// Only those that are closed; else only those that are not.
    pub closed: bool,
}

/// A page of the county's venues with the names of their keepers and divisions, newest first, one row more than asked for.
pub(super) fn listed(db: &mut Db, wanted: &Wanted, cursor: Cursor) -> Result<Vec<(Venue, String, String)>> {
    let mut query = placed()
        .filter(venues::county.eq(&wanted.county))
        .filter(venues::active.eq(!wanted.closed))
        .order(venues::id.desc())
        .limit(cursor.limit + 1)
        .into_boxed::<Backend>();
    if let Some(below) = cursor.below {
        query = query.filter(venues::id.lt(below));
    }
    if let Some(keeper) = wanted.keeper {
        query = query.filter(venues::organisation_id.eq(keeper));
    }
    if let Some(q) = &wanted.q {
        let part = containing(q);
        query = query.filter(venues::name.like(part.clone()).escape('\\').or(venues::address.like(part).escape('\\')));
    }
    if let Some(code) = &wanted.division {
        let Some(division) = divisions::find(db, code)? else { return Ok(Vec::new()) };
        let end = divisions::after_subtree(&division.path);
        query = query.filter(places::path.ge(division.path)).filter(places::path.lt(end));
    }
    let rows: Vec<Venue> = query.load(db)?;
    with_names(db, rows)
}

/// One venue with the names of its keeper and division, active or not.
pub(super) fn one(db: &mut Db, id: VenueId) -> Result<Option<(Venue, String, String)>> {
    let found = super::get(db, id)?;
    Ok(with_names(db, found.into_iter().collect())?.pop())
}

fn with_names(db: &mut Db, rows: Vec<Venue>) -> Result<Vec<(Venue, String, String)>> {
    let keepers: Vec<OrganisationId> = rows.iter().map(|venue| venue.organisation_id).collect();
    let keepers: HashMap<OrganisationId, String> =
        organisations::table.filter(organisations::id.eq_any(keepers)).select((organisations::id, organisations::name)).load(db)?.into_iter().collect();
    let codes: Vec<&str> = rows.iter().map(|venue| venue.division_code.as_str()).collect();
    let names: HashMap<String, String> =
        places::table.filter(places::code.eq_any(codes)).select((places::code, places::short_name)).load::<(String, String)>(db)?.into_iter().collect();
    let name = |venue: &Venue| (keepers.get(&venue.organisation_id).cloned().unwrap_or_default(), names.get(&venue.division_code).cloned().unwrap_or_default());
    Ok(rows.into_iter().map(|venue| (name(&venue), venue)).map(|((keeper, place), venue)| (venue, keeper, place)).collect())
}
