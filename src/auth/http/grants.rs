//! Keeping grants on the wire.
#![expect(unused_qualifications, reason = "utoipa writes them for bodies with a parameter")]

use actix_web::{get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{AskRefusals, ChangeRefusals, GrantView, read, write};
use crate::actor::{Act, Role};
use crate::app::App;
use crate::auth;
use crate::clock::Moment;
use crate::db::Db;
use crate::error::{Refusal, Result};
use crate::idempotency;
use crate::ids::{GrantId, OrganisationId, PersonId};
use crate::people::{self, Ended, NewGrant, Shown};
use crate::wire::{Ask, Body, Change, Created, Cursor, Faults, Nothing, Page, Private};

pub(super) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(see_grants).service(grant).service(confirm_grant).service(end_grant);
}

/// Which grants.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct GrantsQuery {
    /// Only of this organisation.
    organisation_id: Option<i64>,
    /// Only of this person.
    person_id: Option<i64>,
    /// Only those that wait for a second administrator's yes.
    waiting: Option<bool>,
    /// Those that are over, too; otherwise they are left out.
    ended: Option<bool>,
    /// How many rows, 20 unless told otherwise.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// A grant to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct GiveGrant {
    /// Whom; this or `login`.
    person_id: Option<PersonId>,
    /// Whom, by the whole phone number or user name.
    #[schema(min_length = 3, max_length = 64, example = "13812345678")]
    login: Option<String>,
    role: Role,
    /// In which organisation; left out for the platform's own roles.
    organisation_id: Option<OrganisationId>,
    /// From when on; now unless told otherwise.
    from: Option<Moment>,
    /// Until when; open unless told otherwise.
    until: Option<Moment>,
}

impl Body for GiveGrant {
    fn check(&self, faults: &mut Faults) {
        if self.person_id.is_some() == self.login.is_some() {
            faults.add("/person_id", "one_of_two", "Give either person_id or login.");
        }
        if let Some(login) = &self.login {
            faults.text("/login", login, 64);
        }
        if let (Some(from), Some(until)) = (self.from, self.until)
            && until <= from
        {
            faults.add("/until", "ends_before_it_starts", "Choose an end after the beginning.");
        }
    }
}

/// Something that waits where a grant ended.
#[derive(Debug, Serialize, ToSchema)]
struct GrantWaiting {
    #[schema(example = "orders")]
    what: String,
    count: i64,
}

/// A grant that ended, and what waits there.
#[derive(Debug, Serialize, ToSchema)]
struct EndedGrant {
    grant: GrantView,
    /// How many others hold the same role in the same organisation.
    holders_left: i64,
    waiting: Vec<GrantWaiting>,
}

/// The grants that one keeps, newest first.
#[utoipa::path(tag = "people", security(("bearer" = [])), params(GrantsQuery), responses((status = 200, description = "A page of grants", body = Page<GrantView>), AskRefusals))]
#[get("/grants")]
async fn see_grants(app: web::Data<App>, ask: Ask<GrantsQuery>) -> Result<Private<Page<GrantView>>> {
    let deed = move |db: &mut Db, app: &App| {
        let act = auth::signed_in(db, app, &ask.caller)?;
        people::may_enter(&act)?;
        let query = ask.query()?;
        let (waiting, ended) = (query.waiting.unwrap_or(false), query.ended.unwrap_or(false));
        let filters = format!("grants {:?} {:?} {waiting} {ended}", query.organisation_id, query.person_id);
        let cursor = Cursor::read(&app.secrets, query.limit, query.after.as_deref(), &filters)?;
        let shown = Shown { organisations: None, person: query.person_id.map(PersonId), waiting, ended, below: cursor.below, most: cursor.limit + 1 };
        let mut found = people::see_grants(db, &act, query.organisation_id.map(OrganisationId), shown)?;
        let more = found.len() > usize::try_from(cursor.limit).unwrap_or(usize::MAX);
        found.truncate(usize::try_from(cursor.limit).unwrap_or(usize::MAX));
        let next = found.last().filter(|_| more).map(|last| Cursor::next(&app.secrets, last.grant.id.0, &filters));
        Ok(Page { items: found.into_iter().map(GrantView::from).collect(), next })
    };
    read(app, deed).await.map(Private)
}

/// Gives a person a role in an organisation. A grant of auditor or administrator waits for a second security administrator.
#[utoipa::path(tag = "people", request_body = GiveGrant, security(("bearer" = [])), params(("Idempotency-Key" = String, Header, description = "Sending twice makes one")), responses((status = 201, description = "The grant", body = GrantView, headers(("Location" = String, description = "Where it is listed"), ("ETag" = String, description = "Always \"1\": a grant is only confirmed or ended"))), ChangeRefusals))]
#[post("/grants")]
async fn grant(app: web::Data<App>, change: Change<GiveGrant>) -> Result<Created<GrantView>> {
    let body = write(app, move |db, app| give(db, app, &change)).await?;
    Ok(Created { location: format!("/api/v1/grants?person_id={}", body.person.id), version: 1, body })
}

/// Gives the grant; a repeat finds the one that was given.
fn give(db: &mut Db, app: &App, change: &Change<GiveGrant>) -> Result<GrantView> {
    let act = auth::signed_in(db, app, &change.caller)?;
    people::may_enter(&act)?;
    let body = change.body()?;
    change.required_key()?;
    let scope = idempotency::scope(&act, "");
    if let Some(given) = idempotency::replay(db, &scope, "grant", change)? {
        return Ok(people::listed_grant(db, GrantId(given), act.now)?.into());
    }
    let person = whom(db, &act, body)?;
    let from = body.from.unwrap_or(act.now);
    let id = people::grant(db, &act, NewGrant { person, role: body.role, organisation: body.organisation_id, from, until: body.until })?;
    idempotency::remember(db, act.now, &scope, "grant", change, id.0)?;
    Ok(people::listed_grant(db, id, act.now)?.into())
}

/// The person meant. Numbers of people out of reach are unknown, so that nobody counts through them.
fn whom(db: &mut Db, act: &Act, body: &GiveGrant) -> Result<PersonId> {
    if let Some(id) = body.person_id {
        return match people::within_reach(db, act, id) {
            Err(error) if error.is("not_found") => {
                Err(Refusal::fault("/person_id", "unknown", "There is no such person where you name people. Give the phone number as login.").into())
            }
            found => Ok(found?.id),
        };
    }
    let found = people::find_by_login(db, body.login.as_deref().unwrap_or_default())?;
    let counties = people::may_enter(act)?;
    let near = found.filter(|person| counties.as_ref().is_none_or(|counties| person.county.as_ref().is_some_and(|county| counties.contains(county))));
    near.map(|person| person.id).ok_or_else(|| Refusal::fault("/login", "unknown", "Nobody here signs in with this. Make the account first.").into())
}

/// The second security administrator's yes.
#[utoipa::path(tag = "people", request_body = Nothing, security(("bearer" = [])), params(("id" = GrantId, Path, description = "The grant"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The grant, in force", body = GrantView), ChangeRefusals))]
#[post("/grants/{id}/confirm")]
async fn confirm_grant(app: web::Data<App>, id: web::Path<GrantId>, change: Change<Nothing>) -> Result<Private<GrantView>> {
    let deed = move |db: &mut Db, app: &App| {
        let act = auth::signed_in(db, app, &change.caller)?;
        let row = people::grant_within_reach(db, &act, *id)?;
        people::may_administer(&act, row.person)?;
        change.body()?;
        idempotency::once(db, &act, &change, "confirm_grant", id.0, |db| people::confirm_grant(db, &act, *id))?;
        Ok(people::listed_grant(db, *id, act.now)?.into())
    };
    write(app, deed).await.map(Private)
}

/// Ends a grant at once, and says what waits there.
#[utoipa::path(tag = "people", request_body = Nothing, security(("bearer" = [])), params(("id" = GrantId, Path, description = "The grant"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The grant, over", body = EndedGrant), ChangeRefusals))]
#[post("/grants/{id}/end")]
async fn end_grant(app: web::Data<App>, id: web::Path<GrantId>, change: Change<Nothing>) -> Result<Private<EndedGrant>> {
    let deed = move |db: &mut Db, app: &App| {
        let act = auth::signed_in(db, app, &change.caller)?;
        let row = people::grant_within_reach(db, &act, *id)?;
        people::may_end_grant(db, &act, &row)?;
        change.body()?;
        let (scope, name) = (idempotency::scope(&act, ""), format!("end_grant {id}"));
        let ended = match idempotency::replay(db, &scope, &name, &change)? {
            Some(_) => people::ended(db, *id, act.now)?,
            None => {
                let ended = people::end_grant(db, &act, *id)?;
                idempotency::remember(db, act.now, &scope, &name, &change, id.0)?;
                ended
            }
        };
        let Ended { grant: id, holders_left, waiting } = ended;
        let waiting = waiting.into_iter().map(|one| GrantWaiting { what: one.what.to_owned(), count: one.count }).collect();
        Ok(EndedGrant { grant: people::listed_grant(db, id, act.now)?.into(), holders_left, waiting })
    };
    write(app, deed).await.map(Private)
}
