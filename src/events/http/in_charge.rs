//! Who may be in charge of a session: for the form that schedules.

use actix_web::{get, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::auth;
use crate::error::Result;
use crate::ids::{OrganisationId, PersonId};
use crate::wire::{AskRefusals, Caller, Private};

/// Somebody who may be in charge of a session.
#[derive(Debug, Serialize, ToSchema)]
pub struct MayBeInCharge {
    /// For `in_charge` of a session.
    pub id: PersonId,
    #[schema(example = "李明")]
    pub name: String,
}

/// Who may be in charge of a session of a centre, a department or a team: whoever works or serves in it; of a staff group the
/// officers of its department, too.
///
/// Those who plan for it see it, and the officers of a team's host.
#[utoipa::path(
    tag = "events", params(("id" = OrganisationId, Path, description = "The organiser")),
    responses((status = 200, description = "In the order of their numbers.", body = Vec<MayBeInCharge>), AskRefusals),
    security(("bearer" = []))
)]
#[get("/organisations/{id}/in_charge")]
pub(super) async fn who_may_be_in_charge(app: web::Data<App>, id: web::Path<OrganisationId>, caller: Caller) -> Result<Private<Vec<MayBeInCharge>>> {
    let state = app.get_ref().clone();
    app.pool
        .read(move |db| {
            let act = auth::signed_in(db, &state, &caller)?;
            let members = super::super::who_may_be_in_charge(db, &act, *id)?;
            Ok(Private(members.into_iter().map(|(id, name)| MayBeInCharge { id, name }).collect()))
        })
        .await
}
