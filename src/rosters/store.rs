//! The rows of `rosters` and `roster_lines`.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::state::{AnsweredAs, RosterState};
use crate::actor::{Act, Actor, Jurisdiction, Role, TeamKind};
use crate::clock::Moment;
use crate::db::{Clause, Db};
use crate::divisions;
use crate::error::Result;
use crate::events::SessionState;
use crate::hours::{Participation, RecordClass};
use crate::ids::{EventId, EventSessionId, OrderId, OrganisationId, PersonId, RosterId, RosterLineId};
use crate::on_engine;
use crate::schema::{event_sessions, events, organisations, people, roster_lines, roster_reminders, rosters, teams};
use crate::wire::Cursor;

/// A row of `rosters`, in the order of its columns.
#[derive(Debug, Clone, Queryable)]
pub struct Row {
    pub id: RosterId,
    pub county: String,
    pub event: EventId,
    pub session: EventSessionId,
    pub order: Option<OrderId>,
    pub team: OrganisationId,
    /// Which department answered for the order as it was filed.
    pub department: Option<OrganisationId>,
    pub requester: Option<PersonId>,
    pub place_path: String,
    pub jurisdiction: Jurisdiction,
    pub class: RecordClass,
    /// Filed after 10 working days.
    pub late: bool,
    /// Why it is entered later than it should be.
    pub reason: Option<String>,
    pub content: String,
    pub state: RosterState,
    pub version: i64,
    pub filed_by: PersonId,
    pub filed_at: Moment,
    pub answered_by: Option<PersonId>,
    pub answered_as: Option<AnsweredAs>,
    pub answered_at: Option<Moment>,
    /// Why it was returned.
    pub words: Option<String>,
}

/// A roster with what a reader needs beside it.
#[derive(Debug, Clone, Queryable)]
pub struct Roster {
    pub row: Row,
    pub title: String,
    pub starts_at: Moment,
    pub ends_at: Moment,
    pub team_name: String,
    pub filed_by_name: String,
}

/// A line of a roster.
#[derive(Debug, Clone, Queryable)]
pub struct Line {
    pub id: RosterLineId,
    pub roster: RosterId,
    pub person: PersonId,
    pub name: String,
    pub capacity: Participation,
    pub from: Moment,
    pub until: Moment,
    /// What counts of it.
    pub minutes: i32,
}

/// The joined columns of a roster; a macro, since their type has no short name.
macro_rules! joined {
    () => {
        rosters::table
            .inner_join(events::table.on(events::id.eq(rosters::event_id)))
            .inner_join(event_sessions::table.on(event_sessions::id.eq(rosters::session_id)))
            .inner_join(organisations::table.on(organisations::id.eq(rosters::team_id)))
            .inner_join(people::table.on(people::id.eq(rosters::filed_by)))
            .select((rosters::all_columns, events::title, event_sessions::starts_at, event_sessions::ends_at, organisations::name, people::name))
    };
}

/// A roster by its number, whoever asks: reach is judged on what it gives.
pub fn find(db: &mut Db, id: RosterId) -> Result<Option<Roster>> {
    Ok(joined!().filter(rosters::id.eq(id)).first(db).optional()?)
}

/// The lines of some rosters, in the order in which they were filed.
pub fn lines(db: &mut Db, ids: &[RosterId]) -> Result<Vec<Line>> {
    Ok(roster_lines::table
        .inner_join(people::table)
        .filter(roster_lines::roster_id.eq_any(ids))
        .order(roster_lines::id)
        .select((
            roster_lines::id,
            roster_lines::roster_id,
            roster_lines::person_id,
            people::name,
            roster_lines::capacity,
            roster_lines::from_at,
            roster_lines::until_at,
            roster_lines::minutes,
        ))
        .load(db)?)
}

/// A roster to be.
#[derive(Debug)]
pub struct NewRoster<'a> {
    pub county: &'a str,
    pub event: EventId,
    pub session: EventSessionId,
    pub order: Option<OrderId>,
    pub team: OrganisationId,
    pub department: Option<OrganisationId>,
    pub requester: Option<PersonId>,
    pub place_path: &'a str,
    pub jurisdiction: Jurisdiction,
    pub class: RecordClass,
    pub late: bool,
    pub reason: Option<&'a str>,
    pub content: &'a str,
    pub filed_by: PersonId,
}

/// A line to be.
#[derive(Debug, Clone, Copy)]
pub struct NewLine {
    pub person: PersonId,
    pub capacity: Participation,
    pub from: Moment,
    pub until: Moment,
    pub minutes: i32,
}

pub fn insert(db: &mut Db, act: &Act, new: &NewRoster<'_>, lines: &[NewLine]) -> Result<RosterId> {
    use rosters as r;
    let NewRoster { county, event, session, order, team, department, requester, place_path, jurisdiction, class, late, reason, content, filed_by } = *new;
    let id: RosterId = diesel::insert_into(r::table)
        .values((
            (r::county.eq(county), r::event_id.eq(event), r::session_id.eq(session), r::order_id.eq(order), r::team_id.eq(team)),
            (r::department_id.eq(department), r::requester_id.eq(requester), r::place_path.eq(place_path), r::jurisdiction.eq(jurisdiction)),
            (r::class.eq(class), r::late.eq(late), r::reason.eq(reason), r::content.eq(content)),
            (r::state.eq(RosterState::Filed), r::filed_by.eq(filed_by), r::filed_at.eq(act.now)),
        ))
        .returning(r::id)
        .get_result(db)?;
    for NewLine { person, capacity, from, until, minutes } in lines {
        use roster_lines as l;
        diesel::insert_into(l::table)
            .values((
                (l::roster_id.eq(id), l::person_id.eq(person), l::capacity.eq(capacity)),
                (l::from_at.eq(from), l::until_at.eq(until), l::minutes.eq(minutes)),
            ))
            .execute(db)?;
    }
    Ok(id)
}

/// Whether a roster of this session and team waits.
pub fn waits(db: &mut Db, session: EventSessionId, team: OrganisationId) -> Result<bool> {
    let waiting = rosters::table.filter(rosters::session_id.eq(session)).filter(rosters::team_id.eq(team)).filter(rosters::state.eq(RosterState::Filed));
    Ok(diesel::select(diesel::dsl::exists(waiting)).get_result(db)?)
}

/// Answers a roster that still waits at this version; says whether it did.
pub fn answer(db: &mut Db, act: &Act, roster: &Row, to: RosterState, by: PersonId, answers_as: AnsweredAs, words: Option<&str>) -> Result<bool> {
    let here = rosters::table.filter(rosters::id.eq(roster.id)).filter(rosters::version.eq(roster.version)).filter(rosters::state.eq(RosterState::Filed));
    let answered = diesel::update(here)
        .set((
            (rosters::state.eq(to), rosters::version.eq(rosters::version + 1), rosters::answered_by.eq(by)),
            (rosters::answered_as.eq(answers_as), rosters::answered_at.eq(act.now), rosters::words.eq(words)),
        ))
        .execute(db)?;
    Ok(answered == 1)
}

/// Which rosters of those in reach.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    pub state: Option<RosterState>,
    pub session: Option<EventSessionId>,
}

/// What somebody files, answers or reads, as one condition; who asked for it answers it as well.
fn reach(actor: &Actor) -> Clause {
    let mut all = Clause::sql("rosters.requester_id = ").bind(actor.person.0);
    for grant in &actor.grants {
        let Some(seat) = &grant.seat else { continue };
        let here = match grant.role {
            Role::Leader => Clause::sql("rosters.team_id = ").bind(seat.organisation.0),
            Role::Officer => Clause::sql("rosters.department_id = ").bind(seat.organisation.0),
            Role::Dispatcher => {
                divisions::subtree("rosters.place_path", &seat.path).and(Clause::sql("rosters.jurisdiction = ").bind(seat.jurisdiction.as_str()))
            }
            Role::Supervisor | Role::Auditor => Clause::sql("rosters.county = ").bind(seat.county.as_str()),
            Role::Scheduler | Role::Volunteer | Role::SystemAdministrator | Role::SecurityAdministrator => continue,
        };
        all = all.or(here);
    }
    all
}

/// A page of rosters within reach, newest first: one more than asked for tells that there is a next page.
pub fn page(db: &mut Db, actor: &Actor, filter: Filter, cursor: Cursor) -> Result<Vec<Roster>> {
    let mut all = reach(actor);
    if let Some(state) = filter.state {
        all = all.and(match state {
            // As the partial index has it: a value would not find it.
            RosterState::Filed => Clause::sql("rosters.state = 'filed'"),
            state => Clause::sql("rosters.state = ").bind(state.as_str()),
        });
    }
    if let Some(session) = filter.session {
        all = all.and(Clause::sql("rosters.session_id = ").bind(session.0));
    }
    if let Some(below) = cursor.below {
        all = all.and(Clause::sql("rosters.id < ").bind(below));
    }
    let question = Clause::sql("SELECT rosters.id FROM rosters WHERE ").with(all).then(" ORDER BY rosters.id DESC LIMIT ").bind(cursor.limit + 1);
    let question = question.asked::<BigInt>();
    let ids: Vec<RosterId> = on_engine!(db, conn => question.load(conn))?;
    Ok(joined!().filter(rosters::id.eq_any(ids)).order(rosters::id.desc()).load(db)?)
}

/// A session that was held, of which nobody has said who was there.
#[derive(Debug, Clone)]
pub struct Unfiled {
    pub session: EventSessionId,
    pub event: EventId,
    pub order: Option<OrderId>,
    pub team: OrganisationId,
    pub county: String,
    pub place_path: String,
    pub ends_at: Moment,
    /// How often the team was reminded.
    pub rung: i32,
}

/// A session, its event, order and team, its county and place, its end, and how far the team was reminded.
type UnfiledRow = (EventSessionId, EventId, Option<OrderId>, OrganisationId, String, String, Moment, Option<i32>);

/// The sessions of volunteers' teams between two moments of which no roster waits or was confirmed, and which are not given up yet.
pub fn unfiled(db: &mut Db, from: Moment, until: Moment) -> Result<Vec<Unfiled>> {
    let filed = rosters::table.filter(rosters::session_id.eq(event_sessions::id)).filter(rosters::state.ne(RosterState::Returned));
    let rows: Vec<UnfiledRow> = event_sessions::table
        .inner_join(events::table)
        .inner_join(teams::table.on(teams::organisation_id.nullable().eq(events::organiser_id)))
        .left_join(roster_reminders::table.on(roster_reminders::session_id.eq(event_sessions::id)))
        .filter(event_sessions::starts_at.gt(from))
        .filter(event_sessions::starts_at.lt(until))
        .filter(event_sessions::state.eq(SessionState::Held))
        .filter(teams::kind.ne(TeamKind::Staff))
        .filter(diesel::dsl::not(diesel::dsl::exists(filed)))
        .order((event_sessions::starts_at, event_sessions::id))
        .select((
            event_sessions::id,
            events::id,
            events::order_id,
            teams::organisation_id,
            events::county,
            events::place_path,
            event_sessions::ends_at,
            roster_reminders::rung.nullable(),
        ))
        .load(db)?;
    let unfiled = |(session, event, order, team, county, place_path, ends_at, rung): (_, _, _, _, _, _, _, Option<i32>)| Unfiled {
        session,
        event,
        order,
        team,
        county,
        place_path,
        ends_at,
        rung: rung.unwrap_or(0),
    };
    Ok(rows.into_iter().map(unfiled).filter(|unfiled| unfiled.rung < 3).collect())
}

/// Notes that a team was reminded; says whether nobody was faster.
pub fn set_reminded(db: &mut Db, session: EventSessionId, before: i32, now: i32) -> Result<bool> {
    use roster_reminders as r;
    let noted = if before == 0 {
        on_engine!(db, conn => diesel::insert_into(r::table).values((r::session_id.eq(session), r::rung.eq(now))).on_conflict_do_nothing().execute(conn))?
    } else {
        diesel::update(r::table.filter(r::session_id.eq(session)).filter(r::rung.eq(before))).set(r::rung.eq(now)).execute(db)?
    };
    Ok(noted == 1)
}
