//! The directory of venues: what belongs to a page's rows is read with one statement each, never row by row.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::store::{closures_of, hours_of, placed, spaces_of};
use super::{Closure, Hours, Space, Venue, VenueKind};
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
    pub kind: Option<VenueKind>,
    /// Part of a name or an address.
    pub q: Option<String>,
    /// Only those that are closed; else only those that are not.
    pub closed: bool,
}

/// A venue with what belongs to it.
#[derive(Debug, Clone)]
pub struct Listed {
    pub venue: Venue,
    pub keeper_name: String,
    pub division_name: String,
    /// In the order of the week; none: no fixed hours.
    pub hours: Vec<Hours>,
    /// Those that are not over.
    pub closures: Vec<Closure>,
    /// Closed ones too.
    pub spaces: Vec<Space>,
}

/// A page of the county's venues with what belongs to them, newest first, one row more than asked for.
pub(super) fn listed(db: &mut Db, wanted: &Wanted, cursor: Cursor, today: NaiveDate) -> Result<Vec<Listed>> {
    let mut query = placed()
        .filter(venues::county.eq(&wanted.county))
        .filter(venues::active.eq(!wanted.closed))
        .order(venues::id.desc())
        .limit(cursor.limit + 1)
        .into_boxed::<Backend>();
    if let Some(below) = cursor.below {
        query = query.filter(venues::id.lt(below));
    }
    if let Some(kind) = wanted.kind {
        query = query.filter(venues::kind.eq(kind));
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
    with_belongings(db, rows, today)
}

/// The venues of a county that can be booked, or one of them, with what belongs to them.
pub(super) fn open(db: &mut Db, county: &str, one: Option<VenueId>, today: NaiveDate) -> Result<Vec<Listed>> {
    let mut query = placed().filter(venues::county.eq(county)).filter(venues::active.eq(true)).order(venues::id).into_boxed::<Backend>();
    if let Some(one) = one {
        query = query.filter(venues::id.eq(one));
    }
    let rows: Vec<Venue> = query.load(db)?;
    with_belongings(db, rows, today)
}

/// One venue with what belongs to it, active or not.
pub(super) fn one(db: &mut Db, id: VenueId, today: NaiveDate) -> Result<Option<Listed>> {
    let found = super::get(db, id)?;
    Ok(with_belongings(db, found.into_iter().collect(), today)?.pop())
}

fn with_belongings(db: &mut Db, rows: Vec<Venue>, today: NaiveDate) -> Result<Vec<Listed>> {
    let ids: Vec<VenueId> = rows.iter().map(|venue| venue.id).collect();
    let keepers: Vec<OrganisationId> = rows.iter().map(|venue| venue.organisation_id).collect();
    let keepers: HashMap<OrganisationId, String> =
        organisations::table.filter(organisations::id.eq_any(keepers)).select((organisations::id, organisations::name)).load(db)?.into_iter().collect();
    let codes: Vec<&str> = rows.iter().map(|venue| venue.division_code.as_str()).collect();
    let names: HashMap<String, String> =
        places::table.filter(places::code.eq_any(codes)).select((places::code, places::short_name)).load::<(String, String)>(db)?.into_iter().collect();
    let mut hours = grouped(hours_of(db, &ids)?);
    let mut closures = grouped(closures_of(db, &ids, today)?.into_iter().map(|closure| (closure.venue_id, closure)).collect());
    let mut spaces = grouped(spaces_of(db, &ids)?.into_iter().map(|space| (space.venue_id, space)).collect());
    Ok(rows
        .into_iter()
        .map(|venue| Listed {
            keeper_name: keepers.get(&venue.organisation_id).cloned().unwrap_or_default(),
            division_name: names.get(&venue.division_code).cloned().unwrap_or_default(),
            hours: hours.remove(&venue.id).unwrap_or_default(),
            closures: closures.remove(&venue.id).unwrap_or_default(),
            spaces: spaces.remove(&venue.id).unwrap_or_default(),
            venue,
        })
        .collect())
}

fn grouped<T>(rows: Vec<(VenueId, T)>) -> HashMap<VenueId, Vec<T>> {
    let mut groups: HashMap<VenueId, Vec<T>> = HashMap::new();
    for (id, value) in rows {
        groups.entry(id).or_default().push(value);
    }
    groups
}
