//! The door, the check-in and the counts over HTTP.

use actix_web::{get, post, web};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::needs::{CheckIn, PaperCount};
use super::{Attendance, CheckedIn, Door, Paper, rules};
use crate::app::App;
use crate::clock::Moment;
use crate::error::Result;
use crate::events::{Session, SessionState};
use crate::ids::{EventId, EventSessionId, OrderId};
use crate::wire::{AskRefusals, Caller, Change, ChangeRefusals, Private, Versioned, VersionedRefusals};

/// The routes of this domain.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(read_door).service(check_in).service(read_attendance).service(count_paper);
}

/// The door of a session.
#[derive(Debug, Serialize, ToSchema)]
struct DoorView {
    session_id: EventSessionId,
    event_id: EventId,
    /// Null for an event without an order.
    order_id: Option<OrderId>,
    title: String,
    starts_at: Moment,
    ends_at: Moment,
    venue: Option<String>,
    /// Null while nobody has named it.
    space: Option<String>,
    /// Null where it is in a venue, or at the order's own address.
    address: Option<String>,
    in_charge: String,
    /// From an hour before the start
    opens_at: Moment,
    /// until half an hour after the end.
    closes_at: Moment,
    /// The six digits of this minute; null while the door is closed.
    #[schema(example = "482913")]
    code: Option<String>,
    /// For how many seconds it is shown; after that ask for the next one.
    seconds_left: Option<i64>,
    /// How many have checked in, in person-times.
    checked_in: i64,
}

impl DoorView {
    fn of(door: Door) -> Result<Self> {
        let session = door.opened.session(door.session)?.clone();
        let event = door.opened.event;
        let (code, seconds_left) = door.code.unzip();
        Ok(Self {
            session_id: session.id,
            event_id: event.id,
            order_id: event.order,
            title: event.title,
            starts_at: session.starts_at,
            ends_at: session.ends_at,
            venue: session.venue_name,
            space: session.space_name.filter(|name| name != crate::venues::FIRST_SPACE),
            address: event.address,
            in_charge: session.in_charge_name,
            opens_at: door.opens_at,
            closes_at: door.closes_at,
            code,
            seconds_left,
            checked_in: door.checked_in,
        })
    }
}

/// The code that the door of a session shows now: for who plans the event or is in charge, and for who holds or answers for its order.
#[utoipa::path(tag = "attendance", security(("bearer" = [])), params(("id" = EventSessionId, Path, description = "The session's number")), responses((status = 200, description = "The door", body = DoorView), AskRefusals))]
#[get("/sessions/{id}/door")]
async fn read_door(app: web::Data<App>, id: web::Path<EventSessionId>, caller: Caller) -> Result<Private<DoorView>> {
    let state = app.get_ref().clone();
    app.pool.read(move |db| super::read_door(db, &state, &caller, *id).and_then(DoorView::of)).await.map(Private)
}

/// Somebody was counted at a session.
#[derive(Debug, Serialize, ToSchema)]
struct CheckedInView {
    event_id: EventId,
    title: String,
    starts_at: Moment,
    ends_at: Moment,
    /// With how many they are counted.
    heads: i32,
    /// Whether they had been counted before: sending it twice counts once.
    before: bool,
}

impl From<CheckedIn> for CheckedInView {
    fn from(done: CheckedIn) -> Self {
        let CheckedIn { event, title, session, heads, before } = done;
        Self { event_id: event, title, starts_at: session.starts_at, ends_at: session.ends_at, heads, before }
    }
}

/// Checks in at the door of a session, signed in or not. Nobody has to.
///
/// Each account, and each device of those who are not signed in, counts once a session. What was scanned without a network is sent up
/// to three days later. The count keeps no name; as every change, one by an account has its line in the journal.
#[utoipa::path(tag = "attendance", request_body = CheckIn, security((), ("bearer" = [])), params(("id" = EventSessionId, Path, description = "The session's number")), responses((status = 200, description = "Counted, now or before", body = CheckedInView), ChangeRefusals))]
#[post("/sessions/{id}/check_in")]
async fn check_in(app: web::Data<App>, id: web::Path<EventSessionId>, change: Change<CheckIn>) -> Result<Private<CheckedInView>> {
    let (state, caller, id) = (app.get_ref().clone(), change.caller.clone(), *id);
    let done = app.pool.write(move |db| super::check_in(db, &state, &change, id)).await;
    if let Err(error) = &done
        && error.is("code_not_valid")
    {
        let state = app.get_ref().clone();
        app.pool.write(move |db| super::wrong_code(db, &state, id, &caller)).await?;
    }
    done.map(CheckedInView::from).map(Private)
}

/// What stands on a sign-in sheet.
#[derive(Debug, Serialize, ToSchema)]
struct PaperView {
    /// Those who did not check in otherwise.
    heads: i32,
    /// Null: nobody asked.
    first_timers: Option<i32>,
    /// Null: nobody counted.
    children: Option<i32>,
    entered_at: Moment,
}

impl From<&Paper> for PaperView {
    fn from(paper: &Paper) -> Self {
        Self { heads: paper.heads, first_timers: paper.first_timers, children: paper.children, entered_at: paper.entered_at }
    }
}

/// How many came to a session, by where it is known from.
#[derive(Debug, Serialize, ToSchema)]
struct SessionAttendance {
    id: EventSessionId,
    starts_at: Moment,
    ends_at: Moment,
    state: SessionState,
    /// Person-times at the door.
    checked_in: i64,
    /// Null until it is typed in.
    paper: Option<PaperView>,
    /// Both together: what to report. Null where nobody has counted.
    counted: Option<i64>,
    /// What was reported; it stands, whatever is counted later.
    reported: Option<i32>,
    /// Until when the sheet is typed in: ten working days after the end.
    paper_by: Moment,
    /// Of the sheet, for `If-Match`; 0 while there is none.
    version: i64,
}

/// How many persons came, as far as anybody can know.
#[derive(Debug, Serialize, ToSchema)]
struct PersonsView {
    at_least: i64,
    /// The same as `at_least` where it is known exactly.
    at_most: i64,
}

/// How many came to an event.
#[derive(Debug, Serialize, ToSchema)]
struct AttendanceView {
    event_id: EventId,
    /// In order of time.
    sessions: Vec<SessionAttendance>,
    /// Over all sessions: who came twice counts twice. Null where nobody has counted.
    person_times: Option<i64>,
    /// Who came twice counts once. Null where nobody has counted.
    persons: Option<PersonsView>,
    /// Whether the reader counts those who come.
    counts: bool,
}

impl AttendanceView {
    fn of(found: Attendance) -> Self {
        let Attendance { opened, checked_in, papers, known, calendar } = found;
        let shown = |session: Session| {
            let at_the_door = checked_in.get(&session.id).copied().unwrap_or(0);
            let paper = papers.get(&session.id);
            SessionAttendance {
                id: session.id,
                starts_at: session.starts_at,
                ends_at: session.ends_at,
                state: session.state,
                checked_in: at_the_door,
                paper: paper.map(PaperView::from),
                counted: rules::counted(at_the_door, paper.map(|paper| i64::from(paper.heads))),
                reported: session.attendance,
                paper_by: rules::paper_by(&calendar, session.ends_at),
                version: paper.map_or(0, |paper| paper.version),
            }
        };
        let sessions: Vec<SessionAttendance> = opened.sessions.into_iter().map(shown).collect();
        let figures: Vec<i64> = sessions.iter().filter_map(|session| rules::figure(session.reported.map(i64::from), session.counted)).collect();
        let anybody = !figures.is_empty();
        let persons = rules::persons(&figures, checked_in.values().sum(), known);
        Self {
            event_id: opened.event.id,
            person_times: anybody.then(|| figures.iter().sum()),
            persons: anybody.then_some(PersonsView { at_least: persons.at_least, at_most: persons.at_most }),
            counts: opened.counts,
            sessions,
        }
    }
}

/// How many came to the event that a session is of: at the door, on paper, as reported; person-times and persons apart.
#[utoipa::path(tag = "attendance", security(("bearer" = [])), params(("id" = EventSessionId, Path, description = "The number of one of its sessions")), responses((status = 200, description = "The counts of all sessions", body = AttendanceView), AskRefusals))]
#[get("/sessions/{id}/attendance")]
async fn read_attendance(app: web::Data<App>, id: web::Path<EventSessionId>, caller: Caller) -> Result<Private<AttendanceView>> {
    let state = app.get_ref().clone();
    app.pool.read(move |db| super::read_attendance(db, &state, &caller, *id).map(AttendanceView::of)).await.map(Private)
}

/// Types in what stands on the sign-in sheet of a session, as a number, within ten working days after its end; again to correct it.
#[utoipa::path(tag = "attendance", request_body = PaperCount, security(("bearer" = [])), params(("id" = EventSessionId, Path, description = "The session's number"), ("If-Match" = String, Header, description = "The version of the sheet; \"0\" while there is none"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The counts, as they are now", body = AttendanceView, headers(("ETag" = String, description = "The version of the sheet"))), VersionedRefusals))]
#[post("/sessions/{id}/count_paper")]
async fn count_paper(app: web::Data<App>, id: web::Path<EventSessionId>, change: Change<PaperCount>) -> Result<Versioned<AttendanceView>> {
    let (state, id) = (app.get_ref().clone(), *id);
    let body = app.pool.write(move |db| super::count_paper(db, &state, &change, id).map(AttendanceView::of)).await?;
    let version = body.sessions.iter().find(|session| session.id == id).map_or(0, |session| session.version);
    Ok(Versioned { version, body })
}
