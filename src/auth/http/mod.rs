//! The routes of signing in, of one's own account, and of keeping people and grants.

mod consents;
mod grants;
mod me;
mod people;
mod sign_in;

use std::collections::BTreeMap;

use actix_web::web;
use serde::{Deserialize, Serialize};
use utoipa::openapi::{Content, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::actor::Role;
use crate::app::App;
use crate::clock::Moment;
use crate::db::Db;
use crate::error::{Kind, Result};
use crate::ids::{GrantId, OrganisationId, PersonId};
use crate::people::GrantListed;
use crate::wire::{Body, Faults};

/// The routes of this domain.
pub fn routes(cfg: &mut ServiceConfig) {
    sign_in::routes(cfg);
    consents::routes(cfg);
    me::routes(cfg);
    people::routes(cfg);
    grants::routes(cfg);
}

/// Runs a deed in one transaction.
async fn write<T: Send + 'static>(app: web::Data<App>, deed: impl Fn(&mut Db, &App) -> Result<T> + Send + 'static) -> Result<T> {
    let pool = app.pool.clone();
    pool.write(move |db| deed(db, &app)).await
}

/// Asks the database something.
async fn read<T: Send + 'static>(app: web::Data<App>, ask: impl FnOnce(&mut Db, &App) -> Result<T> + Send + 'static) -> Result<T> {
    let pool = app.pool.clone();
    pool.read(move |db| ask(db, &app)).await
}

/// A body with nothing in it: `{}`, or none at all.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Nothing {}

impl Body for Nothing {
    fn check(&self, _: &mut Faults) {}
}

/// An organisation, by id and name.
#[derive(Debug, Serialize, ToSchema)]
struct GrantOrganisation {
    id: OrganisationId,
    #[schema(example = "县科协")]
    name: String,
}

/// A person, by id and name.
#[derive(Debug, Serialize, ToSchema)]
struct GrantHolder {
    id: PersonId,
    #[schema(example = "王芳")]
    name: String,
}

/// A grant: a role in an organisation, from and until.
#[derive(Debug, Serialize, ToSchema)]
struct GrantView {
    id: GrantId,
    person: GrantHolder,
    role: Role,
    /// Null for the platform's own roles.
    organisation: Option<GrantOrganisation>,
    from: Moment,
    /// Null while no end is set.
    until: Option<Moment>,
    /// It takes effect when a second security administrator has said yes.
    waits_for_second: bool,
    /// Null: given on the command line.
    granted_by: Option<PersonId>,
    second_by: Option<PersonId>,
    ended_by: Option<PersonId>,
}

impl From<GrantListed> for GrantView {
    fn from(GrantListed { grant, person_name, organisation_name }: GrantListed) -> Self {
        Self {
            id: grant.id,
            person: GrantHolder { id: grant.person, name: person_name },
            role: grant.role,
            organisation: grant.organisation.zip(organisation_name).map(|(id, name)| GrantOrganisation { id, name }),
            from: grant.from,
            until: grant.until,
            waits_for_second: grant.waits(),
            granted_by: grant.granted_by,
            second_by: grant.second_by,
            ended_by: grant.ended_by,
        }
    }
}

/// The response that a kind of refusal gives.
fn problem(kind: Kind) -> (String, RefOr<Response>) {
    let content = Content::new(Some(Ref::from_schema_name("Problem")));
    let response = ResponseBuilder::new().description(kind.title()).content("application/problem+json", content).build();
    (kind.status().to_string(), RefOr::T(response))
}

/// Declares the refusals that a sort of route can give.
macro_rules! refusals {
    ($($(#[$meta:meta])* $name:ident: $($kind:ident)+;)+) => {$(
        $(#[$meta])*
        struct $name;

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                BTreeMap::from([$(problem(Kind::$kind)),+])
            }
        }
    )+};
}

refusals! {
    /// A question by somebody signed in.
    AskRefusals: Malformed Unauthenticated Forbidden NotFound TooMany Unavailable;
    /// Signing up, in, out; the password.
    EntryRefusals: Malformed Unauthenticated Forbidden Conflict TooLarge WrongMedia Invalid TooMany Unavailable;
    /// A change of one's own.
    OwnRefusals: Malformed Unauthenticated Forbidden NotFound TooLarge WrongMedia Invalid TooMany Unavailable;
    /// A change of something that has no version.
    ChangeRefusals: Malformed Unauthenticated Forbidden NotFound Conflict TooLarge WrongMedia Invalid TooMany Unavailable;
    /// A change of something that has a version.
    VersionedRefusals: Malformed Unauthenticated Forbidden NotFound Conflict Stale TooLarge WrongMedia Invalid VersionMissing TooMany Unavailable;
}
