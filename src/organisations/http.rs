//! The directory on the wire. Readable by everyone: no personal data.

use actix_web::{get, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Organisation;
use super::list_store::{self, Listed, ListedTeam, Wanted};
use crate::actor::{Jurisdiction, OrganisationKind, TeamKind};
use crate::app::App;
use crate::clock::Moment;
use crate::db::Db;
use crate::divisions;
use crate::error::{Error, Refusal};
use crate::ids::OrganisationId;
use crate::secrets::Secrets;
use crate::wire::{Ask, Cursor, Open, Page, Problem, Versioned};

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct OrganisationQuery {
    #[param(inline)]
    kind: Option<OrganisationKind>,
    /// The county's code; the first county unless told otherwise.
    #[serde(default, deserialize_with = "divisions::http::code")]
    #[param(pattern = "^[0-9]{12}$", example = "230522000000")]
    county: Option<String>,
    /// Those that sit in this division or below it.
    #[serde(default, deserialize_with = "divisions::http::code")]
    #[param(pattern = "^[0-9]{12}$", example = "230522100000")]
    division: Option<String>,
    /// Part of a name, a full name or another spelling.
    #[param(max_length = 50, example = "科协")]
    q: Option<String>,
    /// Only those that are closed; left out or false: only those that are not.
    closed: Option<bool>,
    /// How many rows, 20 unless told otherwise.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// A centre, department, team or unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrganisationView {
    id: OrganisationId,
    kind: OrganisationKind,
    /// The usual name.
    #[schema(example = "县科协")]
    name: String,
    #[schema(example = "友谊县科学技术协会")]
    full_name: String,
    /// Other spellings, such as those of the plan.
    aliases: Vec<String>,
    #[schema(example = "230522000000")]
    division_code: String,
    #[schema(example = "友谊县")]
    division_name: String,
    /// Who commands the place where it sits.
    jurisdiction: Jurisdiction,
    /// Whether it is the county association (县科协).
    association: bool,
    active: bool,
    /// The last day; null: it is open.
    closed_on: Option<NaiveDate>,
    /// The desk's telephone.
    #[schema(example = "0469-5812345")]
    phone: Option<String>,
    /// For `If-Match`.
    version: i64,
    /// Whether somebody answers for it: a dispatcher of a centre, an officer of a department, a leader of a team. Null for a unit.
    staffed: Option<bool>,
    /// Codes of the menu.
    fields: Vec<String>,
    team: Option<TeamView>,
}

/// What makes it a team.
#[derive(Debug, Serialize, ToSchema)]
pub struct TeamView {
    kind: TeamKind,
    host_id: OrganisationId,
    #[schema(example = "友谊县人民医院")]
    host_name: String,
    /// Codes of the menu.
    fields: Vec<String>,
    /// The divisions that it serves, with all below them.
    reach: Vec<PlaceName>,
    /// As in BCP 47.
    #[schema(example = json!(["zh", "ko"]))]
    languages: Vec<String>,
    intro: String,
    /// Whether the county association has checked it.
    checked: bool,
}

/// A division, by code and short name.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceName {
    code: String,
    name: String,
}

impl OrganisationView {
    fn of(listed: Listed) -> Self {
        let Listed { organisation, division_name, aliases, fields, staffed, team } = listed;
        let Organisation { id, county: _, kind, name, full_name, division_code, path: _, jurisdiction, association, active, phone, closed_on, version } =
            organisation;
        let team = team.map(|team| TeamView::of(team, fields.clone()));
        Self {
            id,
            kind,
            name,
            full_name,
            aliases,
            division_code,
            division_name,
            jurisdiction,
            association,
            active,
            closed_on,
            phone,
            version,
            staffed,
            fields,
            team,
        }
    }
}

impl TeamView {
    fn of(team: ListedTeam, fields: Vec<String>) -> Self {
        let ListedTeam { kind, host, host_name, intro, languages, checked, reach } = team;
        let reach = reach.into_iter().map(|(code, name)| PlaceName { code, name }).collect();
        Self { kind, host_id: host, host_name, fields, reach, languages, intro, checked }
    }
}

/// Cuts the row too many off and says where the next page begins.
pub(crate) fn page<T>(secrets: &Secrets, mut items: Vec<T>, cursor: Cursor, filters: &str, id: impl Fn(&T) -> i64) -> Page<T> {
    let most = usize::try_from(cursor.limit).unwrap_or(usize::MAX);
    let more = items.len() > most;
    items.truncate(most);
    let next = items.last().filter(|_| more).map(|last| Cursor::next(secrets, id(last), filters));
    Page { items, next }
}

/// A search must be something that can stand in a name.
pub(crate) fn searchable(q: Option<&str>) -> Result<(), Error> {
    let Some(q) = q else { return Ok(()) };
    if q.chars().count() <= 50 && !q.chars().any(char::is_control) {
        return Ok(());
    }
    Err(Refusal::query("q", "unusable", "A search has at most 50 characters and no control characters.").into())
}

/// The county's centres, departments, teams and units, newest first.
#[utoipa::path(operation_id = "list_organisations", tag = "directory", params(OrganisationQuery), responses(
    (status = 200, description = "A page of them", body = Page<OrganisationView>),
    (status = 400, description = "The query cannot be read", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[get("/organisations")]
async fn list_organisations(app: web::Data<App>, ask: Ask<OrganisationQuery>) -> Result<Open<Page<OrganisationView>>, Error> {
    let OrganisationQuery { kind, county, division, q, closed, limit, after } = ask.query()?.clone();
    let closed = closed.unwrap_or(false);
    searchable(q.as_deref())?;
    let filters = format!("organisations {kind:?} {county:?} {division:?} {closed} {q:?}");
    let cursor = Cursor::read(&app.secrets, limit, after.as_deref(), &filters)?;
    let now = app.clock.now();
    let read = app.pool.read(move |db| {
        let county = divisions::county_or_first(db, county.as_deref())?;
        list_store::listed(db, &Wanted { county, kind, division, q, closed }, cursor, now)
    });
    let items = read.await?.into_iter().map(OrganisationView::of).collect();
    Ok(Open(page(&app.secrets, items, cursor, &filters, |item: &OrganisationView| item.id.0)))
}

/// One organisation.
#[utoipa::path(operation_id = "get_organisation", tag = "directory", params(("id" = OrganisationId, Path, description = "Its number")), responses(
    (status = 200, description = "The organisation", body = OrganisationView, headers(("ETag" = String, description = "The version"))),
    (status = 404, description = "There is none of this number", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[get("/organisations/{id}")]
async fn get_organisation(app: web::Data<App>, id: web::Path<OrganisationId>) -> Result<Versioned<OrganisationView>, Error> {
    let now = app.clock.now();
    app.pool.read(move |db| organisation_shown(db, *id, now)).await
}

/// One organisation with its version.
///
/// # Errors
/// 404 where there is none of this number.
pub fn organisation_shown(db: &mut Db, id: OrganisationId, now: Moment) -> Result<Versioned<OrganisationView>, Error> {
    let found = list_store::one(db, id, now)?.ok_or_else(Refusal::not_found)?;
    Ok(Versioned { version: found.organisation.version, body: OrganisationView::of(found) })
}

/// The routes of the directory of organisations.
pub fn routes(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(list_organisations).service(get_organisation);
}
