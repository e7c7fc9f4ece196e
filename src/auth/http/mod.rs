//! The routes of signing in, of one's own account, and of keeping people and grants.

mod consents;
mod grants;
mod me;
mod people;
mod sign_in;

use actix_web::web;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::actor::Role;
use crate::app::App;
use crate::clock::Moment;
use crate::db::Db;
use crate::error::Result;
use crate::ids::{GrantId, OrganisationId, PersonId};
use crate::people::GrantListed;
use crate::wire::{AskRefusals, ChangeRefusals, EntryRefusals, OwnRefusals, VersionedRefusals};

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
