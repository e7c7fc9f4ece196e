//! A small county made directly in tables, for the tests of notices and worker.

use diesel::prelude::*;

use crate::actor::{Act, Actor, By, Grant, Jurisdiction, OrganisationKind, Role, Seat};
use crate::clock::Moment;
use crate::db::{self, Db, Place, Pool};
use crate::ids::{GrantId, OrganisationId, PersonId};
use crate::schema::{counties, divisions, grants, order_contacts, order_progress, orders, organisations, people};

/// A database of its own, gone with the value. County 230522000000 (centre 1), village 230522100201 (centre 2), farm
/// 230522400000 (centre 3), department 4.
pub(crate) struct Land {
    pub pool: Pool,
    _folder: tempfile::TempDir,
}

pub(crate) const COUNTY: &str = "230522000000";
pub(crate) const VILLAGE: &str = "230522100201";
const FARM: &str = "230522400000";

pub(crate) fn at(text: &str) -> Moment {
    Moment::parse(text).expect("a time")
}

pub(crate) fn db_land() -> Land {
    let folder = tempfile::tempdir().expect("a folder");
    let place = Place::Sqlite(folder.path().join("kepu.db"));
    db::migrate(&place).expect("a schema");
    db_county(&mut place.connect().expect("a connection"));
    let pool = Pool::open(place, 2).expect("a pool");
    Land { pool, _folder: folder }
}

fn db_county(db: &mut Db) {
    diesel::insert_into(counties::table)
        .values((counties::code.eq(COUNTY), counties::name.eq("友谊县"), counties::time_zone.eq("Asia/Shanghai"), counties::phone.eq("")))
        .execute(db)
        .expect("a county");
    db_division(db, COUNTY, "county", None, &format!("{COUNTY}."), Jurisdiction::County);
    db_division(db, VILLAGE, "village", Some(COUNTY), &format!("{COUNTY}.{VILLAGE}."), Jurisdiction::County);
    db_division(db, FARM, "township_like", Some(COUNTY), &format!("{COUNTY}.{FARM}."), Jurisdiction::Farm);
    for (id, kind, division) in [(1, "centre", COUNTY), (2, "centre", VILLAGE), (3, "centre", FARM), (4, "department", COUNTY)] {
        diesel::insert_into(organisations::table)
            .values((
                organisations::id.eq(id),
                organisations::county.eq(COUNTY),
                organisations::kind.eq(kind),
                organisations::name.eq(format!("organisation {id}")),
                organisations::full_name.eq(""),
                organisations::division_code.eq(division),
            ))
            .execute(db)
            .expect("an organisation");
    }
}

fn db_division(db: &mut Db, code: &str, level: &str, parent: Option<&str>, path: &str, jurisdiction: Jurisdiction) {
    diesel::insert_into(divisions::table)
        .values((
            divisions::code.eq(code),
            divisions::county.eq(COUNTY),
            divisions::name.eq(code),
            divisions::short_name.eq(code),
            divisions::level.eq(level),
            divisions::parent_code.eq(parent),
            divisions::path.eq(path),
            divisions::jurisdiction.eq(jurisdiction),
            divisions::valid_from.eq(at("2020-01-01T00:00:00Z").day(crate::clock::COUNTY_ZONE)),
        ))
        .execute(db)
        .expect("a division");
}

pub(crate) fn db_person(db: &mut Db, id: i64) -> PersonId {
    diesel::insert_into(people::table)
        .values((
            people::id.eq(id),
            people::county.eq(COUNTY),
            people::name.eq("某人"),
            people::user_name.eq(format!("person{id}")),
            people::password_hash.eq(""),
            people::created_at.eq(at("2026-01-01T00:00:00Z")),
        ))
        .execute(db)
        .expect("a person");
    PersonId(id)
}

pub(crate) fn db_grant(db: &mut Db, person: PersonId, role: Role, organisation: i64, from: &str, until: Option<&str>) {
    diesel::insert_into(grants::table)
        .values((
            grants::person_id.eq(person),
            grants::role.eq(role),
            grants::organisation_id.eq(organisation),
            grants::starts_at.eq(at(from)),
            grants::ends_at.eq(until.map(at)),
        ))
        .execute(db)
        .expect("a grant");
}

/// An order of the village, held by its centre, with the contact 王小明, 13812341234.
pub(crate) fn db_order(db: &mut Db, id: i64, state: &str, requester: Option<PersonId>, ended: Option<&str>) {
    let submitted = at("2025-01-01T00:00:00Z");
    diesel::insert_into(orders::table)
        .values((
            orders::id.eq(id),
            orders::number.eq(format!("KP{id:08}")),
            orders::county.eq(COUNTY),
            orders::division_code.eq(VILLAGE),
            orders::place_path.eq(format!("{COUNTY}.{VILLAGE}.")),
            orders::jurisdiction.eq(Jurisdiction::County),
            orders::state.eq(state),
            orders::title.eq("急救课"),
            orders::audience.eq("general"),
            orders::attendees.eq(30),
            orders::urgent.eq(false),
            orders::channel.eq("web"),
            orders::requester_id.eq(requester),
            orders::holding_centre_id.eq(2_i64),
            orders::submitted_at.eq(submitted),
            orders::stage_at.eq(submitted),
            orders::ended_at.eq(ended.map(at)),
        ))
        .execute(db)
        .expect("an order");
    diesel::insert_into(order_progress::table)
        .values((order_progress::order_id.eq(id), order_progress::details.eq(""), order_progress::track_hash.eq(format!("hash {id}"))))
        .execute(db)
        .expect("its progress");
    diesel::insert_into(order_contacts::table)
        .values((
            order_contacts::order_id.eq(id),
            order_contacts::name.eq("王小明"),
            order_contacts::phone.eq("13812341234"),
            order_contacts::address.eq("二组 5 号"),
        ))
        .execute(db)
        .expect("a contact");
}

/// A person acts who holds one role in one centre or department of the land.
pub(crate) fn acting(person: PersonId, role: Role, organisation: i64, now: Moment) -> Act {
    let (division, path, jurisdiction) = match organisation {
        2 => (VILLAGE, format!("{COUNTY}.{VILLAGE}."), Jurisdiction::County),
        3 => (FARM, format!("{COUNTY}.{FARM}."), Jurisdiction::Farm),
        _ => (COUNTY, format!("{COUNTY}."), Jurisdiction::County),
    };
    let seat = Seat {
        organisation: OrganisationId(organisation),
        name: String::new(),
        kind: if organisation == 4 { OrganisationKind::Department } else { OrganisationKind::Centre },
        county: COUNTY.to_owned(),
        division: division.to_owned(),
        path,
        jurisdiction,
        association: false,
    };
    let grants = vec![Grant { id: GrantId(1), role, seat: Some(seat) }];
    let actor = Actor { person, session: None, name: String::new(), county: Some(COUNTY.to_owned()), grants, must_change_password: false, has_merged: true };
    Act { by: By::Person(actor), now, request_id: None }
}
