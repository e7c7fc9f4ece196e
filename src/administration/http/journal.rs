//! The journal, for the auditor: who did what to which row; kinds, ids and field names, never a person's values.

use actix_web::{get, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::actor::Role;
use crate::app::App;
use crate::auth;
use crate::clock::Moment;
use crate::db::Db;
use crate::error::{Refusal, Result};
use crate::ids::{OrganisationId, PersonId};
use crate::journal::{self, Line, Wanted};
use crate::wire::{Ask, AskRefusals, Cursor, Page, Private};

pub(super) fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(see_journal);
}

/// Which lines.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct JournalQuery {
    /// Only what this person did.
    actor_id: Option<PersonId>,
    /// Only rows of this kind: order, person, grant, organisation, venue, county …
    #[param(max_length = 40, example = "order")]
    kind: Option<String>,
    /// Only this row; needs its kind.
    row_id: Option<i64>,
    /// At this moment or later.
    from: Option<Moment>,
    /// Before this moment.
    until: Option<Moment>,
    /// How many rows, 20 unless told otherwise.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// A line of the journal.
#[derive(Debug, Serialize, ToSchema)]
struct JournalLine {
    id: i64,
    at: Moment,
    /// Null: the worker, a visitor or the command line.
    actor_id: Option<PersonId>,
    role: Option<Role>,
    organisation_id: Option<OrganisationId>,
    county: Option<String>,
    request_id: Option<String>,
    #[schema(example = "dispatch")]
    verb: String,
    #[schema(example = "order")]
    kind: String,
    row_id: i64,
    /// After the deed, where the row has one.
    version: Option<i64>,
    /// The names of the fields that changed.
    #[schema(example = json!(["state", "department_id"]))]
    fields: Vec<String>,
}

impl JournalLine {
    fn of(line: Line) -> Self {
        let Line { id, at, actor, role, organisation, county, request_id, verb, kind, row, version, fields } = line;
        let fields = fields.split_whitespace().map(str::to_owned).collect();
        Self { id, at, actor_id: actor, role, organisation_id: organisation, county, request_id, verb, kind, row_id: row, version, fields }
    }
}

/// The journal, newest first: an auditor reads that of their county, and what is of no county.
#[utoipa::path(tag = "administration", params(JournalQuery), security(("bearer" = [])), responses((status = 200, description = "A page", body = Page<JournalLine>), AskRefusals))]
#[get("/journal")]
async fn see_journal(app: web::Data<App>, ask: Ask<JournalQuery>) -> Result<Private<Page<JournalLine>>> {
    let state = app.get_ref().clone();
    let read = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &ask.caller)?;
        let counties: Vec<String> = act.actor().into_iter().flat_map(|actor| actor.seats(Role::Auditor)).map(|seat| seat.county.clone()).collect();
        if counties.is_empty() {
            return Err(Refusal::forbidden("The journal is for auditors.").into());
        }
        let JournalQuery { actor_id, kind, row_id, from, until, limit, after } = ask.query()?.clone();
        if row_id.is_some() && kind.is_none() {
            return Err(Refusal::query("row_id", "kind_missing", "Say of which kind the row is.").into());
        }
        if kind.as_ref().is_some_and(|kind| kind.len() > 40 || kind.chars().any(char::is_control)) {
            return Err(Refusal::query("kind", "unusable", "A kind is one short word.").into());
        }
        let bound = format!("journal {:?} {counties:?} {actor_id:?} {kind:?} {row_id:?} {from:?} {until:?}", act.person());
        let cursor = Cursor::read(&state.secrets, limit, after.as_deref(), &bound)?;
        let wanted = Wanted { counties, actor: actor_id, kind, row: row_id, from, before: until, below: cursor.below, most: cursor.limit + 1 };
        let mut lines = journal::read(db, &wanted)?;
        let most = usize::try_from(cursor.limit).unwrap_or(usize::MAX);
        let more = lines.len() > most;
        lines.truncate(most);
        let next = lines.last().filter(|_| more).map(|last| Cursor::next(&state.secrets, last.id, &bound));
        Ok(Page { items: lines.into_iter().map(JournalLine::of).collect(), next })
    };
    app.pool.read(read).await.map(Private)
}
