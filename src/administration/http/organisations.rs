//! Founding, changing and closing organisations.

use actix_web::{post, web};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{ClosedOn, check_phone};
use crate::actor::{Act, OrganisationKind, TeamKind};
use crate::administration;
use crate::app::App;
use crate::auth;
use crate::db::Db;
use crate::error::{Refusal, Result};
use crate::idempotency;
use crate::ids::OrganisationId;
use crate::organisations::http::{OrganisationView, organisation_shown};
use crate::organisations::{self, Founding, Organisation, OrganisationChange, TeamChange, TeamFacts};
use crate::wire::{Body, Change, ChangeRefusals, Created, Faults, Nothing, Seen, Versioned, VersionedRefusals, given};

pub(super) fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(create_organisation).service(change_organisation).service(close_organisation).service(reopen_organisation).service(check_team);
}

/// What makes it a team.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewTeamBody {
    /// Who answers for it: a department, unit or centre.
    host_id: OrganisationId,
    kind: TeamKind,
    #[serde(default)]
    #[schema(max_length = 1000)]
    intro: String,
    /// As in BCP 47; Chinese unless told otherwise.
    #[serde(default = "chinese")]
    #[schema(max_items = 10, example = json!(["zh", "ko"]))]
    languages: Vec<String>,
    /// Codes of the divisions that it serves, with all below them.
    #[serde(default)]
    #[schema(max_items = 100, example = json!(["230522100000"]))]
    reach: Vec<String>,
}

fn chinese() -> Vec<String> {
    vec!["zh".to_owned()]
}

/// An organisation to be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewOrganisationBody {
    kind: OrganisationKind,
    #[schema(min_length = 1, max_length = 60, example = "县气象局")]
    name: String,
    /// The name unless told otherwise.
    #[schema(min_length = 1, max_length = 100, example = "友谊县气象局")]
    full_name: Option<String>,
    /// Other spellings.
    #[serde(default)]
    #[schema(max_items = 20)]
    aliases: Vec<String>,
    /// The desk's.
    #[schema(example = "0469-5812345")]
    phone: Option<String>,
    #[schema(min_length = 12, max_length = 12, example = "230522000000")]
    division_code: String,
    /// Codes of the menu.
    #[serde(default)]
    #[schema(max_items = 40, example = json!(["health"]))]
    fields: Vec<String>,
    /// Of a team, and of a team alone.
    team: Option<NewTeamBody>,
}

impl Body for NewOrganisationBody {
    fn check(&self, faults: &mut Faults) {
        faults.text("/name", &self.name, 60);
        if let Some(full_name) = &self.full_name {
            faults.text("/full_name", full_name, 100);
        }
        if let Some(phone) = &self.phone {
            check_phone(faults, phone);
        }
        check_lists(faults, Some(&self.aliases), Some(&self.fields));
        if let Some(team) = &self.team {
            check_team_facts(faults, Some(&team.intro), Some(&team.languages), Some(&team.reach));
        }
    }
}

/// What shall be otherwise of a team; what is left out stays as it is.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TeamChangeBody {
    host_id: Option<OrganisationId>,
    kind: Option<TeamKind>,
    #[schema(max_length = 1000)]
    intro: Option<String>,
    /// Replaces them all.
    #[schema(max_items = 10)]
    languages: Option<Vec<String>>,
    /// Replaces them all.
    #[schema(max_items = 100)]
    reach: Option<Vec<String>>,
}

/// What shall be otherwise; what is left out stays as it is.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OrganisationChangeBody {
    #[schema(min_length = 1, max_length = 60, example = "县气象局")]
    name: Option<String>,
    #[schema(min_length = 1, max_length = 100)]
    full_name: Option<String>,
    /// Replaces them all.
    #[schema(max_items = 20)]
    aliases: Option<Vec<String>>,
    /// Null takes it away.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, example = "0469-5812345")]
    phone: Option<Option<String>>,
    /// A centre's never changes.
    #[schema(min_length = 12, max_length = 12)]
    division_code: Option<String>,
    /// Replaces them all.
    #[schema(max_items = 40)]
    fields: Option<Vec<String>>,
    team: Option<TeamChangeBody>,
}

impl Body for OrganisationChangeBody {
    fn check(&self, faults: &mut Faults) {
        for (pointer, text, most) in [("/name", &self.name, 60), ("/full_name", &self.full_name, 100)] {
            if let Some(text) = text {
                faults.text(pointer, text, most);
            }
        }
        if let Some(Some(phone)) = &self.phone {
            check_phone(faults, phone);
        }
        check_lists(faults, self.aliases.as_deref(), self.fields.as_deref());
        if let Some(team) = &self.team {
            check_team_facts(faults, team.intro.as_deref(), team.languages.as_deref(), team.reach.as_deref());
        }
    }
}

fn check_lists(faults: &mut Faults, aliases: Option<&[String]>, fields: Option<&[String]>) {
    for (name, list, most, length) in [("aliases", aliases, 20, 60), ("fields", fields, 40, 40)] {
        let list = list.unwrap_or_default();
        if list.len() > most {
            faults.add(format!("/{name}"), "too_many", format!("At most {most}."));
        }
        for (n, word) in list.iter().enumerate() {
            faults.text(&format!("/{name}/{n}"), word, length);
        }
    }
}

fn check_team_facts(faults: &mut Faults, intro: Option<&str>, languages: Option<&[String]>, reach: Option<&[String]>) {
    faults.optional_text("/team/intro", intro.unwrap_or_default(), 1000);
    for (name, list, most) in [("languages", languages, 10), ("reach", reach, 100)] {
        if list.unwrap_or_default().len() > most {
            faults.add(format!("/team/{name}"), "too_many", format!("At most {most}."));
        }
    }
    for (n, word) in languages.unwrap_or_default().iter().enumerate() {
        if !(2..=35).contains(&word.len()) || !word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            faults.add(format!("/team/languages/{n}"), "unusable", "Give a language as zh or ko.");
        }
    }
}

/// Founds a centre, department, team or unit. A new team is not checked yet.
#[utoipa::path(tag = "administration", request_body = NewOrganisationBody, security(("bearer" = [])), params(("Idempotency-Key" = String, Header, description = "Sending twice makes one")), responses((status = 201, description = "The organisation", body = OrganisationView, headers(("ETag" = String, description = "The version"), ("Location" = String, description = "Its address"))), ChangeRefusals))]
#[post("/organisations")]
async fn create_organisation(app: web::Data<App>, change: Change<NewOrganisationBody>) -> Result<Created<OrganisationView>> {
    let state = app.get_ref().clone();
    let deed = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &change.caller)?;
        administration::may_keep(&act)?;
        let NewOrganisationBody { kind, name, full_name, aliases, phone, division_code, fields, team } = change.body()?.clone();
        change.required_key()?;
        let scope = idempotency::scope(&act, "");
        let id = match idempotency::replay(db, &scope, "create_organisation", &change)? {
            Some(made) => OrganisationId(made),
            None => {
                let team = team.map(|NewTeamBody { host_id, kind, intro, languages, reach }| TeamFacts { host: host_id, kind, intro, languages, reach });
                let full_name = full_name.unwrap_or_else(|| name.clone());
                let id = organisations::create(db, &act, &Founding { kind, name, full_name, aliases, phone, division_code, fields, team })?;
                idempotency::remember(db, act.now, &scope, "create_organisation", &change, id.0)?;
                id
            }
        };
        let Versioned { version, body } = organisation_shown(db, id, act.now)?;
        Ok(Created { location: format!("/api/v1/organisations/{id}"), version, body })
    };
    app.pool.write(deed).await
}

/// A change of an organisation: loads, may, and does it once.
async fn changing<B: Body + Send + Sync + 'static>(
    app: web::Data<App>,
    id: OrganisationId,
    change: Change<B>,
    verb: &'static str,
    may: fn(&Act, &Organisation) -> Result<()>,
    deed: impl Fn(&mut Db, &Act, Seen, &B) -> Result<()> + Send + 'static,
) -> Result<Versioned<OrganisationView>> {
    let state = app.get_ref().clone();
    let whole = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &change.caller)?;
        let found = organisations::get(db, id)?.ok_or_else(Refusal::not_found)?;
        may(&act, &found)?;
        let seen = change.seen()?;
        let body = change.body()?;
        idempotency::once(db, &act, &change, verb, id.0, |db| deed(db, &act, seen, body))?;
        organisation_shown(db, id, act.now)
    };
    app.pool.write(whole).await
}

fn keeps(act: &Act, _: &Organisation) -> Result<()> {
    administration::may_keep(act)
}

/// Changes names, telephone, place, fields, and of a team its host and reach.
#[utoipa::path(tag = "administration", request_body = OrganisationChangeBody, security(("bearer" = [])), params(("id" = OrganisationId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the organisation"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The organisation, as it is now", body = OrganisationView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/organisations/{id}/change")]
async fn change_organisation(
    app: web::Data<App>,
    id: web::Path<OrganisationId>,
    change: Change<OrganisationChangeBody>,
) -> Result<Versioned<OrganisationView>> {
    let id = *id;
    changing(app, id, change, "change_organisation", keeps, move |db, act, seen, body| {
        let OrganisationChangeBody { name, full_name, aliases, phone, division_code, fields, team } = body.clone();
        let team = team.map(|TeamChangeBody { host_id, kind, intro, languages, reach }| TeamChange { host: host_id, kind, intro, languages, reach });
        organisations::change(db, act, seen, id, &OrganisationChange { name, full_name, aliases, phone, division_code, fields, team })
    })
    .await
}

/// Closes an organisation on which no order, grant, team or venue hangs any more. What was done under it stays.
#[utoipa::path(tag = "administration", request_body = ClosedOn, security(("bearer" = [])), params(("id" = OrganisationId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the organisation"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The organisation, as it is now", body = OrganisationView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/organisations/{id}/close")]
async fn close_organisation(app: web::Data<App>, id: web::Path<OrganisationId>, change: Change<ClosedOn>) -> Result<Versioned<OrganisationView>> {
    let id = *id;
    let deed = move |db: &mut Db, act: &Act, seen: Seen, body: &ClosedOn| administration::close_organisation(db, act, seen, id, body.on);
    changing(app, id, change, "close_organisation", keeps, deed).await
}

/// Opens a closed organisation again.
#[utoipa::path(tag = "administration", request_body = Nothing, security(("bearer" = [])), params(("id" = OrganisationId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the organisation"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The organisation, as it is now", body = OrganisationView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/organisations/{id}/reopen")]
async fn reopen_organisation(app: web::Data<App>, id: web::Path<OrganisationId>, change: Change<Nothing>) -> Result<Versioned<OrganisationView>> {
    let id = *id;
    changing(app, id, change, "reopen_organisation", keeps, move |db, act, seen, _| organisations::reopen(db, act, seen, id)).await
}

/// Notes that the county association has checked a team: from now on it may claim.
#[utoipa::path(tag = "administration", request_body = Nothing, security(("bearer" = [])), params(("id" = OrganisationId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the organisation"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The organisation, as it is now", body = OrganisationView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/organisations/{id}/check")]
async fn check_team(app: web::Data<App>, id: web::Path<OrganisationId>, change: Change<Nothing>) -> Result<Versioned<OrganisationView>> {
    let id = *id;
    let may = |act: &Act, found: &Organisation| administration::may_check_teams(act, &found.county);
    changing(app, id, change, "check_team", may, move |db, act, seen, _| organisations::check(db, act, seen, id)).await
}
