//! Keeping people on the wire.
#![expect(unused_qualifications, reason = "utoipa writes them for bodies with a parameter")]

use actix_web::{get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{AskRefusals, ChangeRefusals, GrantView, VersionedRefusals, read, write};
use crate::actor::Act;
use crate::app::App;
use crate::auth;
use crate::clock::Moment;
use crate::db::Db;
use crate::error::{Kind, Refusal, Result};
use crate::idempotency;
use crate::ids::PersonId;
use crate::people::{self, Known, NewPerson, masked_phone};
use crate::secrets;
use crate::wire::{Ask, Body, Caller, Change, Created, Cursor, Faults, Nothing, Page, Private, Versioned};

pub(super) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(see_people).service(see_person).service(enter_person).service(lock_person).service(unlock_person).service(reset_password);
}

/// A person as those who keep people see them.
#[derive(Debug, Serialize, ToSchema)]
struct PersonView {
    id: PersonId,
    #[schema(example = "王芳")]
    name: String,
    /// Masked.
    #[schema(example = "138****5678")]
    phone: Option<String>,
    user_name: Option<String>,
    #[schema(example = "230522000000")]
    county: Option<String>,
    division_code: Option<String>,
    division_name: Option<String>,
    /// When the account was locked; null: it is open.
    locked_at: Option<Moment>,
    must_change_password: bool,
    away_from: Option<Moment>,
    away_until: Option<Moment>,
    created_at: Moment,
    /// For `If-Match`.
    version: i64,
    /// The grants that are not over.
    grants: Vec<GrantView>,
}

impl From<Known> for PersonView {
    fn from(Known { person, division_name, grants }: Known) -> Self {
        Self {
            id: person.id,
            name: person.name,
            phone: person.phone.as_deref().map(masked_phone),
            user_name: person.user_name,
            county: person.county,
            division_code: person.division_code,
            division_name,
            locked_at: person.locked_at,
            must_change_password: person.must_change_password,
            away_from: person.away_from,
            away_until: person.away_until,
            created_at: person.created_at,
            version: person.version,
            grants: grants.into_iter().map(GrantView::from).collect(),
        }
    }
}

/// A person with the password to sign in with for the first time.
#[derive(Debug, Serialize, ToSchema)]
struct PersonWithPassword {
    person: PersonView,
    /// Shown once, to be handed over; null when the request is a repeat.
    #[schema(example = "k3vz-8m2q-t5xw-9c4h")]
    one_time_password: Option<String>,
}

/// Which people.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PeopleQuery {
    /// Part of a name, the end of a phone number, the beginning of a user name. Those who are no security administrators find a
    /// person without a grant in their area by the whole phone number or user name alone.
    #[param(max_length = 40)]
    q: Option<String>,
    /// How many rows, 20 unless told otherwise.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// A person to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EnterPerson {
    #[schema(min_length = 1, max_length = 40, example = "王芳")]
    name: String,
    /// A mobile number; this or a user name is needed.
    #[schema(min_length = 11, max_length = 20, example = "13812345678")]
    phone: Option<String>,
    /// 3 to 40 letters, digits, full stops, hyphens, underscores, a letter first.
    #[schema(min_length = 3, max_length = 40, example = "wangfang")]
    user_name: Option<String>,
    #[schema(min_length = 12, max_length = 12, example = "230522100001")]
    division_code: Option<String>,
}

impl Body for EnterPerson {
    fn check(&self, faults: &mut Faults) {
        faults.text("/name", &self.name, 40);
        for (pointer, value, most) in [("/phone", &self.phone, 20), ("/user_name", &self.user_name, 40), ("/division_code", &self.division_code, 12)] {
            if let Some(value) = value {
                faults.text(pointer, value, most);
            }
        }
        if self.phone.is_none() && self.user_name.is_none() {
            faults.add("/phone", "missing", "Give a phone number or a user name: one of them is needed to sign in.");
        }
    }
}

/// The people whom one may see: security administrators everyone; those who may name others the holders of grants there.
#[utoipa::path(tag = "people", security(("bearer" = [])), params(PeopleQuery), responses((status = 200, description = "A page of people", body = Page<PersonView>), AskRefusals))]
#[get("/people")]
async fn see_people(app: web::Data<App>, ask: Ask<PeopleQuery>) -> Result<Private<Page<PersonView>>> {
    let deed = move |db: &mut Db, app: &App| {
        let act = auth::signed_in(db, app, &ask.caller)?;
        people::may_enter(&act)?;
        let query = ask.query()?;
        let q = query.q.as_deref().map(str::trim).filter(|q| !q.is_empty());
        if q.is_some_and(|q| q.chars().count() > 40) {
            return Err(Refusal::query("q", "too_long", "Search for at most 40 characters.").into());
        }
        let filters = format!("people q={}", q.unwrap_or_default());
        let cursor = Cursor::read(&app.secrets, query.limit, query.after.as_deref(), &filters)?;
        let mut found = people::see_people(db, &act, q, cursor.below, cursor.limit + 1)?;
        let more = found.len() > usize::try_from(cursor.limit).unwrap_or(usize::MAX);
        found.truncate(usize::try_from(cursor.limit).unwrap_or(usize::MAX));
        let next = found.last().filter(|_| more).map(|last| Cursor::next(&app.secrets, last.person.id.0, &filters));
        Ok(Page { items: found.into_iter().map(PersonView::from).collect(), next })
    };
    read(app, deed).await.map(Private)
}

/// One person.
#[utoipa::path(tag = "people", security(("bearer" = [])), params(("id" = PersonId, Path, description = "The person")), responses((status = 200, description = "The person", body = PersonView, headers(("ETag" = String, description = "The version"))), AskRefusals))]
#[get("/people/{id}")]
async fn see_person(app: web::Data<App>, id: web::Path<PersonId>, caller: Caller) -> Result<Versioned<PersonView>> {
    let ask = move |db: &mut Db, app: &App| {
        let act = auth::signed_in(db, app, &caller)?;
        let person = people::within_reach(db, &act, *id)?;
        people::known_one(db, person, act.now)
    };
    Ok(versioned(read(app, ask).await?))
}

fn versioned(known: Known) -> Versioned<PersonView> {
    Versioned { version: known.person.version, body: known.into() }
}

/// Makes an account with a one-time password, which is shown once.
#[utoipa::path(tag = "people", request_body = EnterPerson, security(("bearer" = [])), params(("Idempotency-Key" = String, Header, description = "Sending twice makes one")), responses((status = 201, description = "The person, and the password to hand over", body = PersonWithPassword, headers(("ETag" = String, description = "The version"), ("Location" = String, description = "The person's address"))), ChangeRefusals))]
#[post("/people")]
async fn enter_person(app: web::Data<App>, change: Change<EnterPerson>) -> Result<Created<PersonWithPassword>> {
    let caller = change.caller.clone();
    read(app.clone(), move |db, app| auth::signed_in(db, app, &caller).and_then(|act| people::may_enter(&act))).await?;
    change.body()?;
    let password = secrets::one_time_password();
    let hash = auth::hash_password(&app, &password).await?;
    let deed = move |db: &mut Db, app: &App| enter(db, app, &change, &hash);
    let (known, is_new) = write(app, deed).await?;
    let location = format!("/api/v1/people/{}", known.person.id);
    Ok(Created { location, version: known.person.version, body: PersonWithPassword { person: known.into(), one_time_password: is_new.then_some(password) } })
}

/// Makes the person; a repeat finds the one that was made.
fn enter(db: &mut Db, app: &App, change: &Change<EnterPerson>, hash: &str) -> Result<(Known, bool)> {
    let act = auth::signed_in(db, app, &change.caller)?;
    let counties = people::may_enter(&act)?;
    let body = change.body()?;
    change.required_key()?;
    let scope = idempotency::scope(&act, "");
    if let Some(made) = idempotency::replay(db, &scope, "enter_person", change)? {
        let person = people::find(db, PersonId(made))?.ok_or_else(Refusal::not_found)?;
        return Ok((people::known_one(db, person, act.now)?, false));
    }
    let mut county = None;
    if let Some(code) = &body.division_code {
        county = Some(people::division(db, code, act.now)?.0);
    }
    if let Some(counties) = counties {
        if county.as_ref().is_some_and(|county| !counties.contains(county)) {
            return Err(Refusal::fault("/division_code", "other_county", "Choose a division of your own county.").into());
        }
        county = county.or_else(|| counties.first().cloned());
    }
    let new = NewPerson {
        name: body.name.clone(),
        phone: body.phone.clone(),
        user_name: body.user_name.clone(),
        password_hash: hash.to_owned(),
        must_change_password: true,
        county,
        division_code: body.division_code.clone(),
    };
    let id = people::create(db, &act, new)?;
    idempotency::remember(db, act.now, &scope, "enter_person", change, id.0)?;
    let person = people::find(db, id)?.ok_or_else(Refusal::not_found)?;
    Ok((people::known_one(db, person, act.now)?, true))
}

/// A change of somebody else's account: loads, may, checks the version, and does it once.
fn change_person(
    db: &mut Db,
    app: &App,
    change: &Change<Nothing>,
    id: PersonId,
    verb: &str,
    deed: impl FnOnce(&mut Db, &Act) -> Result<()>,
) -> Result<(Known, bool)> {
    let act = auth::signed_in(db, app, &change.caller)?;
    people::within_reach(db, &act, id)?;
    people::may_administer(&act, id)?;
    let seen = change.seen()?;
    change.body()?;
    let scope = idempotency::scope(&act, "");
    let is_new = idempotency::replay(db, &scope, &format!("{verb} {id}"), change)?.is_none();
    if is_new {
        let person = people::locked_row(db, id)?;
        if verb == "lock_person" && person.locked_at.is_some() {
            return Err(Refusal::new(Kind::Conflict, "person_locked", "The account is locked already.").into());
        }
        seen.matches(person.version)?;
        deed(db, &act)?;
        idempotency::remember(db, act.now, &scope, &format!("{verb} {id}"), change, id.0)?;
    }
    let person = people::find(db, id)?.ok_or_else(Refusal::not_found)?;
    Ok((people::known_one(db, person, act.now)?, is_new))
}

/// Locks an account; its sign-ins end at once.
#[utoipa::path(tag = "people", request_body = Nothing, security(("bearer" = [])), params(("id" = PersonId, Path, description = "The person"), ("If-Match" = String, Header, description = "The ETag of the person"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The person, as they are now", body = PersonView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/people/{id}/lock")]
async fn lock_person(app: web::Data<App>, id: web::Path<PersonId>, change: Change<Nothing>) -> Result<Versioned<PersonView>> {
    let deed = move |db: &mut Db, app: &App| change_person(db, app, &change, *id, "lock_person", |db, act| auth::lock(db, act, *id));
    Ok(versioned(write(app, deed).await?.0))
}

/// Ends an account's lock, and forgets failed sign-ins that closed it.
#[utoipa::path(tag = "people", request_body = Nothing, security(("bearer" = [])), params(("id" = PersonId, Path, description = "The person"), ("If-Match" = String, Header, description = "The ETag of the person"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The person, as they are now", body = PersonView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/people/{id}/unlock")]
async fn unlock_person(app: web::Data<App>, id: web::Path<PersonId>, change: Change<Nothing>) -> Result<Versioned<PersonView>> {
    let deed = move |db: &mut Db, app: &App| change_person(db, app, &change, *id, "unlock_person", |db, act| auth::unlock(db, app, act, *id));
    Ok(versioned(write(app, deed).await?.0))
}

/// Gives an account a one-time password, which is shown once; its sign-ins end.
#[utoipa::path(tag = "people", request_body = Nothing, security(("bearer" = [])), params(("id" = PersonId, Path, description = "The person"), ("If-Match" = String, Header, description = "The ETag of the person"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The person, and the password to hand over", body = PersonWithPassword, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/people/{id}/reset-password")]
async fn reset_password(app: web::Data<App>, id: web::Path<PersonId>, change: Change<Nothing>) -> Result<Versioned<PersonWithPassword>> {
    let (caller, person) = (change.caller.clone(), *id);
    let may = move |db: &mut Db, app: &App| {
        let act = auth::signed_in(db, app, &caller)?;
        people::within_reach(db, &act, person)?;
        people::may_administer(&act, person)
    };
    read(app.clone(), may).await?;
    let password = secrets::one_time_password();
    let hash = auth::hash_password(&app, &password).await?;
    let deed = move |db: &mut Db, app: &App| change_person(db, app, &change, *id, "reset_password", |db, act| auth::reset_password(db, act, *id, &hash));
    let (known, is_new) = write(app, deed).await?;
    let version = known.person.version;
    Ok(Versioned { version, body: PersonWithPassword { person: known.into(), one_time_password: is_new.then_some(password) } })
}
