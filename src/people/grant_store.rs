//! The SQL of grants.

use diesel::prelude::*;

use super::rules::Target;
use crate::actor::{Grant, Jurisdiction, OrganisationKind, Role, Seat};
use crate::clock::Moment;
use crate::db::{Backend, Db};
use crate::directory::{self, Directory};
use crate::error::Result;
use crate::ids::{GrantId, OrganisationId, PersonId};
use crate::schema::{divisions, grants, organisations, people, teams};

/// A grant as stored.
#[derive(Debug, Clone, Queryable)]
pub struct GrantRow {
    pub id: GrantId,
    pub person: PersonId,
    pub role: Role,
    pub organisation: Option<OrganisationId>,
    pub from: Moment,
    pub until: Option<Moment>,
    pub granted_by: Option<PersonId>,
    pub needs_second: bool,
    pub second_by: Option<PersonId>,
    pub second_at: Option<Moment>,
    pub ended_by: Option<PersonId>,
}

impl GrantRow {
    /// Whether it still waits for the second administrator's yes.
    pub fn waits(&self) -> bool {
        self.needs_second && self.second_at.is_none()
    }

    /// Whether it is over.
    pub fn is_over(&self, now: Moment) -> bool {
        self.until.is_some_and(|until| until <= now)
    }
}

/// A grant with the names to show.
#[derive(Debug, Clone, Queryable)]
pub struct GrantListed {
    pub grant: GrantRow,
    pub person_name: String,
    pub organisation_name: Option<String>,
}

/// A grant to be.
#[derive(Debug, Clone)]
pub struct NewGrant {
    pub person: PersonId,
    pub role: Role,
    /// Empty for the platform's own roles.
    pub organisation: Option<OrganisationId>,
    pub from: Moment,
    pub until: Option<Moment>,
}

type SeatRow = (OrganisationId, String, OrganisationKind, String, String, String, Jurisdiction, bool);

fn seat((organisation, name, kind, county, division, path, jurisdiction, association): SeatRow) -> Seat {
    Seat { organisation, name, kind, county, division, path, jurisdiction, association }
}

/// A grant as it is read at each request: the number, the role, in which organisation.
pub type Held = (GrantId, Role, Option<OrganisationId>);

/// Begun, not over, and with a second yes where one is needed.
macro_rules! in_force {
    ($now:expr) => {{
        use $crate::schema::grants;
        grants::starts_at
            .le($now)
            .and(grants::ends_at.is_null().or(grants::ends_at.gt($now)))
            .and(grants::needs_second.eq(false).or(grants::second_at.is_not_null()))
    }};
}
pub(crate) use in_force as grants_in_force;

/// A grant with its seat.
pub fn seated(directory: &Directory, (id, role, organisation): Held) -> Grant {
    Grant { id, role, seat: organisation.and_then(|id| directory.seat(id)).cloned() }
}

/// The grants in force of a person, with their seats.
pub(super) fn in_force(db: &mut Db, person: PersonId, now: Moment) -> Result<Vec<Grant>> {
    let rows: Vec<(Held, Option<String>)> = grants::table
        .filter(grants::person_id.eq(person))
        .filter(in_force!(now))
        .order(grants::id)
        .select(((grants::id, grants::role, grants::organisation_id), directory::version()))
        .load(db)?;
    let Some((_, version)) = rows.first() else { return Ok(Vec::new()) };
    let directory = directory::at(db, version.as_deref())?;
    Ok(rows.into_iter().map(|(held, _)| seated(&directory, held)).collect())
}

pub(super) fn insert(db: &mut Db, new: &NewGrant, by: Option<PersonId>, needs_second: bool) -> Result<GrantId> {
    Ok(diesel::insert_into(grants::table)
        .values((
            grants::person_id.eq(new.person),
            grants::role.eq(new.role),
            grants::organisation_id.eq(new.organisation),
            grants::starts_at.eq(new.from),
            grants::ends_at.eq(new.until),
            grants::granted_by.eq(by),
            grants::needs_second.eq(needs_second),
        ))
        .returning(grants::id)
        .get_result(db)?)
}

pub(super) fn find(db: &mut Db, id: GrantId) -> Result<Option<GrantRow>> {
    Ok(grants::table.find(id).first(db).optional()?)
}

/// The grants of a person that are not over, those that wait or begin later among them.
pub(super) fn open_of(db: &mut Db, person: PersonId, now: Moment) -> Result<Vec<GrantRow>> {
    Ok(grants::table.filter(grants::person_id.eq(person)).filter(grants::ends_at.is_null().or(grants::ends_at.gt(now))).order(grants::id).load(db)?)
}

pub(super) fn confirm(db: &mut Db, id: GrantId, by: Option<PersonId>, now: Moment) -> Result<()> {
    diesel::update(grants::table.find(id)).set((grants::second_by.eq(by), grants::second_at.eq(now))).execute(db)?;
    Ok(())
}

pub(super) fn end(db: &mut Db, id: GrantId, by: Option<PersonId>, now: Moment) -> Result<()> {
    diesel::update(grants::table.find(id)).set((grants::ends_at.eq(now), grants::ended_by.eq(by))).execute(db)?;
    Ok(())
}

pub(super) fn holders(db: &mut Db, role: Role, organisation: OrganisationId, now: Moment) -> Result<Vec<PersonId>> {
    Ok(grants::table
        .inner_join(people::table.on(people::id.eq(grants::person_id)))
        .filter(grants::role.eq(role))
        .filter(grants::organisation_id.eq(organisation))
        .filter(in_force!(now))
        .filter(people::locked_at.is_null())
        .order(people::id)
        .select(people::id)
        .distinct()
        .load(db)?)
}

pub(super) fn has_present_holder(db: &mut Db, role: Role, organisation: OrganisationId, now: Moment) -> Result<bool> {
    let present = people::away_from.is_null().or(people::away_from.gt(now)).or(people::away_until.le(now));
    Ok(grants::table
        .inner_join(people::table.on(people::id.eq(grants::person_id)))
        .filter(grants::role.eq(role))
        .filter(grants::organisation_id.eq(organisation))
        .filter(in_force!(now))
        .filter(people::locked_at.is_null())
        .filter(present)
        .select(people::id)
        .first::<PersonId>(db)
        .optional()?
        .is_some())
}

pub(super) fn is_staff(db: &mut Db, person: PersonId, now: Moment) -> Result<bool> {
    Ok(grants::table
        .filter(grants::person_id.eq(person))
        .filter(grants::role.ne(Role::Volunteer))
        .filter(in_force!(now))
        .select(grants::id)
        .first::<GrantId>(db)
        .optional()?
        .is_some())
}

/// An organisation as a grant's place.
pub(super) fn target(db: &mut Db, id: OrganisationId) -> Result<Option<Target>> {
    Ok(targets(db, &[id], &[], &[])?.pop())
}

/// Organisations as places of grants: these, the teams that some host, and the centres of some counties.
pub(super) fn targets(db: &mut Db, ids: &[OrganisationId], hosts: &[OrganisationId], counties: &[String]) -> Result<Vec<Target>> {
    let rows: Vec<(SeatRow, Option<OrganisationId>)> = organisations::table
        .inner_join(divisions::table)
        .left_join(teams::table.on(teams::organisation_id.eq(organisations::id)))
        .filter(
            organisations::id
                .eq_any(ids.to_vec())
                .nullable()
                .or(teams::host_id.nullable().eq_any(hosts.to_vec()))
                .or(organisations::kind.eq(OrganisationKind::Centre).and(organisations::county.eq_any(counties.to_vec())).nullable()),
        )
        .order(organisations::id)
        .select((
            (
                organisations::id,
                organisations::name,
                organisations::kind,
                organisations::county,
                organisations::division_code,
                divisions::path,
                divisions::jurisdiction,
                organisations::association,
            ),
            teams::host_id.nullable(),
        ))
        .load(db)?;
    Ok(rows.into_iter().map(|(row, host)| Target { seat: seat(row), host }).collect())
}

/// Which grants a list shows.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// Only of these organisations; empty: of all.
    pub organisations: Option<Vec<OrganisationId>>,
    /// Only of this person.
    pub person: Option<PersonId>,
    /// Only those that wait for a second yes.
    pub waiting: bool,
    /// Those that are over, too.
    pub ended: bool,
    pub below: Option<i64>,
    pub most: i64,
}

pub(super) fn list(db: &mut Db, shown: &Shown, now: Moment) -> Result<Vec<GrantListed>> {
    let mut query = grants::table
        .inner_join(people::table.on(people::id.eq(grants::person_id)))
        .left_join(organisations::table.on(grants::organisation_id.eq(organisations::id.nullable())))
        .select((grants::all_columns, people::name, organisations::name.nullable()))
        .into_boxed::<Backend>();
    if let Some(ids) = &shown.organisations {
        query = query.filter(grants::organisation_id.eq_any(ids.clone()));
    }
    if let Some(person) = shown.person {
        query = query.filter(grants::person_id.eq(person));
    }
    if shown.waiting {
        query = query.filter(grants::needs_second.eq(true)).filter(grants::second_at.is_null());
    }
    if !shown.ended {
        query = query.filter(grants::ends_at.is_null().or(grants::ends_at.gt(now)));
    }
    if let Some(below) = shown.below {
        query = query.filter(grants::id.lt(below));
    }
    Ok(query.order(grants::id.desc()).limit(shown.most).load(db)?)
}

/// The grants of several people that are not over.
pub(super) fn open_of_many(db: &mut Db, ids: &[PersonId], now: Moment) -> Result<Vec<GrantListed>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(grants::table
        .inner_join(people::table.on(people::id.eq(grants::person_id)))
        .left_join(organisations::table.on(grants::organisation_id.eq(organisations::id.nullable())))
        .select((grants::all_columns, people::name, organisations::name.nullable()))
        .filter(grants::person_id.eq_any(ids.to_vec()))
        .filter(grants::ends_at.is_null().or(grants::ends_at.gt(now)))
        .order(grants::id)
        .load(db)?)
}
