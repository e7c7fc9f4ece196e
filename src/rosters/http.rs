//! Rosters over HTTP: the list, one of them, and one route a deed.

use actix_web::{get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::needs::FileRoster;
use super::reach::Opened;
use super::state::{AnsweredAs, RosterState, RosterVerb};
use super::store::{Filter, Line, Roster};
use crate::app::App;
use crate::auth;
use crate::clock::Moment;
use crate::db::Db;
use crate::error::Result;
use crate::hours::{Participation, RecordClass};
use crate::ids::{EventId, EventSessionId, OrderId, OrganisationId, PersonId, RosterId};
use crate::orders::needs::Reason;
use crate::people::masked_name;
use crate::wire::{Ask, AskRefusals, Caller, Change, ChangeRefusals, Created, Cursor, Nothing, Page, Private, Versioned, VersionedRefusals};

/// The routes of this domain.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_rosters).service(file_roster).service(read_roster).service(confirm_roster).service(return_roster);
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct RosterQuery {
    /// `filed`: only those that wait for an answer.
    #[param(inline)]
    state: Option<RosterState>,
    session_id: Option<EventSessionId>,
    /// How many rows, 20 unless told otherwise.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// Somebody of a roster.
#[derive(Debug, Serialize, ToSchema)]
struct RosterPerson {
    id: PersonId,
    /// Whole for who files and who answers, for others the first character.
    #[schema(example = "李明")]
    name: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct RosterTeam {
    id: OrganisationId,
    name: String,
}

/// Who was there, and what counts of it.
#[derive(Debug, Serialize, ToSchema)]
struct RosterLineView {
    person: RosterPerson,
    capacity: Participation,
    from: Moment,
    until: Moment,
    /// Whole minutes: nothing under 60 % of the session, never more than it lasted.
    minutes: i32,
}

/// A roster of a session.
#[derive(Debug, Serialize, ToSchema)]
struct RosterView {
    id: RosterId,
    session_id: EventSessionId,
    event_id: EventId,
    /// Null for an event of its own.
    order_id: Option<OrderId>,
    #[schema(example = "社区老人急救讲座，约40人")]
    title: String,
    /// When the session was.
    starts_at: Moment,
    ends_at: Moment,
    team: RosterTeam,
    class: RecordClass,
    /// Filed after 10 working days.
    late: bool,
    /// Why it was entered later.
    reason: Option<String>,
    content: String,
    state: RosterState,
    /// For `If-Match`.
    version: i64,
    filed_by: RosterPerson,
    filed_at: Moment,
    answered_as: Option<AnsweredAs>,
    answered_at: Option<Moment>,
    /// Why it was returned.
    words: Option<String>,
    lines: Vec<RosterLineView>,
    /// What the reader can do with it now.
    moves: Vec<RosterVerb>,
}

impl From<Opened> for RosterView {
    fn from(opened: Opened) -> Self {
        let moves = opened.moves();
        let party = opened.party;
        let person = |id: PersonId, name: String| RosterPerson { id, name: if party { name } else { masked_name(&name) } };
        let Opened { roster: Roster { row, title, starts_at, ends_at, team_name, filed_by_name }, lines, .. } = opened;
        let line = |Line { id: _, roster: _, person: who, name, capacity, from, until, minutes }: Line| RosterLineView {
            person: person(who, name),
            capacity,
            from,
            until,
            minutes,
        };
        Self {
            id: row.id,
            session_id: row.session,
            event_id: row.event,
            order_id: row.order,
            title,
            starts_at,
            ends_at,
            team: RosterTeam { id: row.team, name: team_name },
            class: row.class,
            late: row.late,
            reason: row.reason,
            content: row.content,
            state: row.state,
            version: row.version,
            filed_by: person(row.filed_by, filed_by_name),
            filed_at: row.filed_at,
            answered_as: row.answered_as,
            answered_at: row.answered_at,
            words: row.words,
            lines: lines.into_iter().map(line).collect(),
            moves,
        }
    }
}

fn shown(opened: Opened) -> Versioned<RosterView> {
    Versioned { version: opened.roster.row.version, body: RosterView::from(opened) }
}

/// The rosters that the caller files, answers or reads, newest first: those of the teams that they lead, of the department that they answer
/// for, of the area that they dispatch for, of what they asked for; for supervisors and auditors those of the county, names masked.
#[utoipa::path(tag = "hours", params(RosterQuery), security(("bearer" = [])), responses((status = 200, description = "A page", body = Page<RosterView>), AskRefusals))]
#[get("/rosters")]
async fn list_rosters(app: web::Data<App>, ask: Ask<RosterQuery>) -> Result<Private<Page<RosterView>>> {
    let state = app.get_ref().clone();
    let read = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &ask.caller)?;
        let RosterQuery { state: wanted, session_id, limit, after } = ask.query()?.clone();
        let filters = format!("rosters {:?} {wanted:?} {session_id:?}", act.person());
        let cursor = Cursor::read(&state.secrets, limit, after.as_deref(), &filters)?;
        let found = super::list(db, &act, Filter { state: wanted, session: session_id }, cursor)?;
        let items: Vec<RosterView> = found.into_iter().map(RosterView::from).collect();
        Ok(crate::organisations::http::page(&state.secrets, items, cursor, &filters, |item| item.id.0))
    };
    app.pool.read(read).await.map(Private)
}

/// One roster with its lines.
#[utoipa::path(tag = "hours", params(("id" = RosterId, Path, description = "Its number")), security(("bearer" = [])), responses((status = 200, description = "The roster", body = RosterView, headers(("ETag" = String, description = "The version"))), AskRefusals))]
#[get("/rosters/{id}")]
async fn read_roster(app: web::Data<App>, id: web::Path<RosterId>, caller: Caller) -> Result<Versioned<RosterView>> {
    let state = app.get_ref().clone();
    let read = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &caller)?;
        super::look(db, &act, *id).map(shown)
    };
    app.pool.read(read).await
}

/// Says who was at a session, for how long and as what. After 10 working days only as a back-entry (补录).
#[utoipa::path(tag = "hours", request_body = FileRoster, security(("bearer" = [])), params(("Idempotency-Key" = String, Header, description = "Sending twice makes one")), responses((status = 201, description = "The roster, which waits for its answer", body = RosterView, headers(("ETag" = String, description = "The version"), ("Location" = String, description = "Its address"))), ChangeRefusals))]
#[post("/rosters")]
async fn file_roster(app: web::Data<App>, change: Change<FileRoster>) -> Result<Created<RosterView>> {
    let state = app.get_ref().clone();
    let deed = move |db: &mut Db| {
        let Versioned { version, body } = super::file(db, &state, &change).map(shown)?;
        Ok(Created { location: format!("/api/v1/rosters/{}", body.id), version, body })
    };
    app.pool.write(deed).await
}

/// Confirms a roster: each volunteer's line becomes a service record. Somebody of another organisation than the team does: the department's
/// officer, a centre's dispatcher, or who asked for it; never who filed it, and never somebody who is in it.
#[utoipa::path(tag = "hours", request_body = Nothing, security(("bearer" = [])), params(("id" = RosterId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the roster"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The roster, as it is now", body = RosterView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/rosters/{id}/confirm")]
async fn confirm_roster(app: web::Data<App>, id: web::Path<RosterId>, change: Change<Nothing>) -> Result<Versioned<RosterView>> {
    let state = app.get_ref().clone();
    app.pool.write(move |db| super::confirm(db, &state, &change, *id).map(shown)).await
}

/// Returns a roster to the team with a reason: nobody has hours by it, and the team files another one.
#[utoipa::path(tag = "hours", request_body = Reason, security(("bearer" = [])), params(("id" = RosterId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the roster"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The roster, as it is now", body = RosterView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/rosters/{id}/return")]
async fn return_roster(app: web::Data<App>, id: web::Path<RosterId>, change: Change<Reason>) -> Result<Versioned<RosterView>> {
    let state = app.get_ref().clone();
    app.pool.write(move |db| super::give_back(db, &state, &change, *id).map(shown)).await
}
