//! A team says who was there.

use super::needs::FileRoster;
use super::reach::{Opened, files_for};
use super::store::{self, NewLine, NewRoster};
use super::{centre_above, lock, look, of_hours, record};
use crate::actor::{Act, Role, TeamKind};
use crate::app::App;
use crate::auth;
use crate::clock::Moment;
use crate::db::Db;
use crate::divisions;
use crate::error::{Kind, Refusal, Result};
use crate::events;
use crate::hours::{self, Participation, RecordClass, Span};
use crate::idempotency;
use crate::ids::{OrganisationId, PersonId, RosterId};
use crate::journal::Capacity;
use crate::orders;
use crate::organisations::{self, Team};
use crate::outbox::{self, About, To};
use crate::people;
use crate::wire::{Change, Faults};

/// Records are entered within so many working days (民政部令67号, Art 11).
const IN_TIME_DAYS: u32 = 10;

/// Files a roster of a session that the caller's team held.
///
/// # Errors
/// 401; 403 for whoever leads no team; 409 `session_not_held`, `hours_held`, `roster_waits`, `too_late_for_roster`; 422 with all that
/// cannot be used.
pub fn file(db: &mut Db, app: &App, change: &Change<FileRoster>) -> Result<Opened> {
    let act = auth::signed_in(db, app, &change.caller)?;
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    if !actor.has(Role::Leader) && !actor.has(Role::Officer) {
        return Err(Refusal::forbidden("Rosters are filed by the leaders of teams.").into());
    }
    let body = change.body()?;
    change.required_key()?;
    let scope = idempotency::scope(&act, "");
    let id = match idempotency::replay(db, &scope, "file_roster", change)? {
        Some(made) => RosterId(made),
        None => {
            let id = write(db, &act, body)?;
            idempotency::remember(db, act.now, &scope, "file_roster", change, id.0)?;
            id
        }
    };
    look(db, &act, id)
}

fn write(db: &mut Db, act: &Act, body: &FileRoster) -> Result<RosterId> {
    let unknown = || Refusal::fault("/session_id", "unknown", "Choose a session of an event that your team holds.");
    let (found, _) = events::of_session(db, body.session_id)?.ok_or_else(unknown)?;
    let event = found.id;
    let organiser = found.organiser.ok_or_else(unknown)?;
    let team = organisations::team(db, organiser)?.filter(|team| act.actor().is_some_and(|actor| files_for(actor, team))).ok_or_else(unknown)?;
    lock(db, found.order, event)?;
    let (found, session) = of_hours(db, event, body.session_id)?;
    let planned = Span { from: session.starts_at, until: session.ends_at };
    let late = divisions::calendar(db, &found.county)?.after_working_days(session.ends_at, IN_TIME_DAYS) <= act.now;
    let class = if body.back_entry.unwrap_or(false) { RecordClass::BackEntry } else { RecordClass::Roster };
    if late && class == RecordClass::Roster {
        let words = "Ten working days have passed since the session: file it as a back-entry (补录), with the reason.";
        return Err(Refusal::new(Kind::Conflict, "too_late_for_roster", words).into());
    }
    if store::waits(db, session.id, team.id)? {
        let words = "A roster of this session waits for its answer already. Let it be answered first.";
        return Err(Refusal::new(Kind::Conflict, "roster_waits", words).into());
    }
    let lines = judge(db, &team, planned, body)?;
    let (department, requester) = match found.order {
        Some(order) => orders::store::find(db, order)?.map(|order| (order.row.department_id, order.row.requester_id)).unwrap_or_default(),
        None => (None, None),
    };
    let new = NewRoster {
        county: &found.county,
        event,
        session: session.id,
        order: found.order,
        team: team.id,
        department,
        requester,
        place_path: &found.place_path,
        jurisdiction: found.jurisdiction,
        class,
        late,
        reason: body.reason.as_deref().map(str::trim),
        content: body.content.trim(),
        filed_by: act.person().ok_or_else(auth::sign_in_first)?,
    };
    let id = store::insert(db, act, &new, &lines)?;
    let capacity = Capacity { role: Some(Role::Leader), organisation: Some(team.id) };
    record(db, act, "file_roster", (id, 1), &found.county, capacity, &["lines"])?;
    let to = match department.filter(|department| *department != team.host) {
        Some(department) => Some(To::Role(Role::Officer, department)),
        None => centre_above(db, &found.place_path, act.now)?,
    };
    if let Some(to) = to {
        outbox::tell(db, act, "roster_filed", About::served(found.order, event), to)?;
    }
    Ok(id)
}

/// The lines, with what counts of each: all that cannot be used is told at once.
fn judge(db: &mut Db, team: &Team, planned: Span, body: &FileRoster) -> Result<Vec<NewLine>> {
    let members = of_the_team(db, team, planned.from)?;
    let mut faults = Faults::default();
    for (n, line) in body.lines.iter().enumerate() {
        if !members.contains(&line.person_id) {
            faults.add(format!("/lines/{n}/person_id"), "was_not_of_the_team", "This person was not of the team as the session began.");
        }
        // A department's own staff is on duty: activity, never volunteer hours.
        if line.capacity == Participation::Volunteer && team.kind == TeamKind::Staff {
            faults.add(format!("/lines/{n}/capacity"), "staff_on_duty", "A department's own staff is on duty, not volunteers.");
        }
    }
    faults.into_result()?;
    let line = |line: &super::needs::FileLine| NewLine {
        person: line.person_id,
        capacity: line.capacity,
        from: line.from,
        until: line.until,
        minutes: hours::creditable(planned, Span { from: line.from, until: line.until }),
    };
    Ok(body.lines.iter().map(line).collect())
}

/// Who was of a team at a moment; of a staff group the officers of its department, too.
fn of_the_team(db: &mut Db, team: &Team, at: Moment) -> Result<Vec<PersonId>> {
    let mut members = people::holders(db, Role::Leader, team.id, at)?;
    members.extend(people::holders(db, Role::Volunteer, team.id, at)?);
    let host: Option<OrganisationId> = Some(team.host).filter(|_| team.kind == TeamKind::Staff);
    if let Some(department) = host {
        members.extend(people::holders(db, Role::Officer, department, at)?);
    }
    Ok(members)
}
