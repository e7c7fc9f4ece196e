//! What there is to schedule around: 200 venues, 100 teams with two people each, and 10,000 sessions of the coming twenty weeks, 500 a
//! week, which take a room and a person each: 20,000 bookings. And an order that a team has claimed, with its leader.

use chrono::{Duration, NaiveTime};
use diesel::prelude::*;
use kepu::actor::{Act, Jurisdiction, OrganisationKind, Role, TeamKind};
use kepu::bookings::{ResourceKind, Status};
use kepu::clock::{COUNTY_ZONE, Moment};
use kepu::db::Db;
use kepu::divisions::{self, Level};
use kepu::error::Result;
use kepu::ids::{EventId, EventSessionId, OrderId, OrganisationId, PersonId, SpaceId, VenueId};
use kepu::organisations::{self, NewOrganisation, NewTeam};
use kepu::people::{self, NewGrant, NewPerson};
use kepu::schema::{bookings, event_sessions, events, orders, organisations as table};
use kepu::venues::{self, NewVenue};

use crate::COUNTY;

const VENUES: i64 = 200;
const TEAMS: i64 = 100;
const SESSIONS: i64 = 10_000;
/// Twenty weeks.
const DAYS: i64 = 140;

/// An order that a team has claimed: times are looked for.
pub const CLAIMED: i64 = 21;

/// Who signs in to look for them.
pub const LEADER: &str = "leader";

/// Fills a database that holds the county and its orders.
pub fn fill(db: &mut Db, now: Moment, hash: &str) -> Result<()> {
    let act = Act::machine(now);
    let team: OrganisationId = orders::table.find(OrderId(CLAIMED)).select(orders::team_id.assume_not_null()).first(db)?;
    person(db, &act, LEADER, hash, Role::Leader, team)?;
    let places: Vec<(String, String)> = divisions::of_county(db, COUNTY)?
        .into_iter()
        .filter(|place| place.jurisdiction == Jurisdiction::County && matches!(place.level, Level::Village | Level::Community))
        .map(|place| (place.code, place.path))
        .collect();
    let keeper: OrganisationId = table::table.filter(table::kind.eq(OrganisationKind::Centre)).order(table::id).select(table::id).first(db)?;
    let mut rooms = Vec::new();
    for (n, (code, _)) in (0..VENUES).zip(places.iter().cycle()) {
        rooms.push(room(db, &act, keeper, n, code)?);
    }
    let mut crew = Vec::new();
    for n in 0..TEAMS {
        let team = founded(db, &act, keeper, n)?;
        for nth in 0..2 {
            crew.push((team, person(db, &act, &format!("member{n}x{nth}"), hash, Role::Volunteer, team)?));
        }
    }
    let first = now.day(COUNTY_ZONE);
    for (n, ((venue, space), (team, person))) in (0..SESSIONS).zip(rooms.iter().cycle().zip(crew.iter().cycle())) {
        // The rooms and people come round every 200 sessions, the days every 140: those that meet are an hour apart.
        let hour = u32::try_from(8 + n / (DAYS * 10)).unwrap_or(8);
        let day = first + Duration::days(1 + n % DAYS);
        let starts = Moment::local(COUNTY_ZONE, day, NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default());
        let (code, path) = &places[usize::try_from(n).unwrap_or(0) % places.len()];
        session(db, now, (*team, *person), (*venue, *space), (code, path), (starts, starts.plus(Duration::hours(1))))?;
    }
    Ok(())
}

fn person(db: &mut Db, act: &Act, name: &str, hash: &str, role: Role, organisation: OrganisationId) -> Result<PersonId> {
    let new = NewPerson {
        name: "队员".to_owned(),
        phone: None,
        user_name: Some(name.to_owned()),
        password_hash: hash.to_owned(),
        must_change_password: false,
        county: None,
        division_code: None,
    };
    let person = people::create(db, act, new)?;
    people::grant(db, act, NewGrant { person, role, organisation: Some(organisation), from: act.now, until: None })?;
    Ok(person)
}

fn room(db: &mut Db, act: &Act, keeper: OrganisationId, n: i64, division: &str) -> Result<(VenueId, SpaceId)> {
    let new = NewVenue {
        county: COUNTY.to_owned(),
        organisation_id: keeper,
        name: format!("活动室{n}"),
        division_code: division.to_owned(),
        address: "一楼".to_owned(),
        capacity: i32::try_from(30 + n % 90).unwrap_or(30),
        free_to_book: n % 3 != 0,
        kind: None,
    };
    let (venue, _) = venues::put(db, act, &new)?;
    let space = venues::spaces(db, venue)?.first().map_or(SpaceId(0), |space| space.id);
    Ok((venue, space))
}

fn founded(db: &mut Db, act: &Act, host: OrganisationId, n: i64) -> Result<OrganisationId> {
    let new = NewOrganisation {
        county: COUNTY.to_owned(),
        kind: OrganisationKind::Team,
        name: format!("科技志愿服务队{n}"),
        full_name: format!("友谊县科技志愿服务队{n}"),
        division_code: COUNTY.to_owned(),
        association: false,
        aliases: Vec::new(),
        fields: Vec::new(),
    };
    let (id, _) = organisations::put_organisation(db, act, &new)?;
    let team = NewTeam { id, host, kind: TeamKind::Volunteer, intro: String::new(), languages: Vec::new(), reach: vec![COUNTY.to_owned()] };
    organisations::put_team(db, act, COUNTY, &team)?;
    Ok(id)
}

/// A session with its room and its person, both booked.
fn session(
    db: &mut Db,
    now: Moment,
    (team, person): (OrganisationId, PersonId),
    (venue, space): (VenueId, SpaceId),
    (code, path): (&str, &str),
    (starts, ends): (Moment, Moment),
) -> Result<()> {
    let event: EventId = diesel::insert_into(events::table)
        .values((
            (events::county.eq(COUNTY), events::title.eq("家庭用电安全讲座"), events::state.eq("planned"), events::created_at.eq(now)),
            (events::organiser_id.eq(team), events::division_code.eq(code), events::place_path.eq(path), events::expected.eq(30)),
            (events::open.eq(true), events::published_at.eq(now)),
        ))
        .returning(events::id)
        .get_result(db)?;
    let session: EventSessionId = diesel::insert_into(event_sessions::table)
        .values((
            (event_sessions::event_id.eq(event), event_sessions::starts_at.eq(starts), event_sessions::ends_at.eq(ends)),
            (event_sessions::venue_id.eq(venue), event_sessions::space_id.eq(space), event_sessions::in_charge_id.eq(person)),
            event_sessions::state.eq("planned"),
        ))
        .returning(event_sessions::id)
        .get_result(db)?;
    for (kind, id) in [(ResourceKind::Space, space.0), (ResourceKind::Person, person.0)] {
        diesel::insert_into(bookings::table)
            .values((
                (bookings::county.eq(COUNTY), bookings::resource_kind.eq(kind), bookings::resource_id.eq(id)),
                (bookings::starts_at.eq(starts), bookings::ends_at.eq(ends), bookings::holder_kind.eq("event_session"), bookings::holder_id.eq(session)),
                (bookings::status.eq(Status::Confirmed), bookings::created_at.eq(now)),
            ))
            .execute(db)?;
    }
    Ok(())
}
