//! Founding, changing and closing the spaces of venues.

use actix_web::{post, web};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::venues::MOST_SEATS;
use crate::actor::Act;
use crate::administration;
use crate::app::App;
use crate::auth;
use crate::db::Db;
use crate::error::{Refusal, Result};
use crate::idempotency;
use crate::ids::{SpaceId, VenueId};
use crate::venues::http::{SpaceView, space_shown};
use crate::venues::{self, Space, SpaceChange, SpaceFacts};
use crate::wire::{Body, Change, ChangeRefusals, Created, Faults, Nothing, Seen, Versioned, VersionedRefusals, given};

pub(super) fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(create_space).service(change_space).service(close_space).service(reopen_space);
}

/// A space to be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSpaceBody {
    #[schema(min_length = 1, max_length = 60, example = "二楼展厅")]
    name: String,
    /// Seats.
    #[schema(minimum = 1, maximum = 100_000)]
    capacity: i32,
    /// How many places several can share at one time; left out or null: one has it alone.
    #[schema(minimum = 1, maximum = 100_000, example = 20)]
    places: Option<i32>,
}

impl Body for NewSpaceBody {
    fn check(&self, faults: &mut Faults) {
        faults.text("/name", &self.name, 60);
        faults.range("/capacity", i64::from(self.capacity), 1, i64::from(MOST_SEATS));
        faults.range("/places", i64::from(self.places.unwrap_or(1)), 1, i64::from(MOST_SEATS));
    }
}

/// What shall be otherwise; what is left out stays as it is.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SpaceChangeBody {
    #[schema(min_length = 1, max_length = 60)]
    name: Option<String>,
    #[schema(minimum = 1, maximum = 100_000)]
    capacity: Option<i32>,
    /// Null: one has it alone from now on.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 100_000)]
    places: Option<Option<i32>>,
}

impl Body for SpaceChangeBody {
    fn check(&self, faults: &mut Faults) {
        if let Some(name) = &self.name {
            faults.text("/name", name, 60);
        }
        faults.range("/capacity", i64::from(self.capacity.unwrap_or(1)), 1, i64::from(MOST_SEATS));
        faults.range("/places", i64::from(self.places.flatten().unwrap_or(1)), 1, i64::from(MOST_SEATS));
    }
}

/// Adds a space to a venue, by who keeps it.
#[utoipa::path(tag = "administration", request_body = NewSpaceBody, security(("bearer" = [])), params(("id" = VenueId, Path, description = "The venue"), ("Idempotency-Key" = String, Header, description = "Sending twice makes one")), responses((status = 201, description = "The space", body = SpaceView, headers(("ETag" = String, description = "The version"), ("Location" = String, description = "Its address"))), ChangeRefusals))]
#[post("/venues/{id}/spaces")]
async fn create_space(app: web::Data<App>, id: web::Path<VenueId>, change: Change<NewSpaceBody>) -> Result<Created<SpaceView>> {
    let state = app.get_ref().clone();
    let deed = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &change.caller)?;
        let venue = administration::venue(db, *id)?;
        administration::may_keep_venues_of(&act, venue.organisation_id)?;
        let NewSpaceBody { name, capacity, places } = change.body()?.clone();
        change.required_key()?;
        let (scope, name_of_deed) = (idempotency::scope(&act, ""), format!("create_space {id}"));
        let space = match idempotency::replay(db, &scope, &name_of_deed, &change)? {
            Some(made) => SpaceId(made),
            None => {
                let space = venues::create_space(db, &act, venue.id, &SpaceFacts { name, capacity, places })?;
                idempotency::remember(db, act.now, &scope, &name_of_deed, &change, space.0)?;
                space
            }
        };
        let Versioned { version, body } = space_shown(db, space)?;
        Ok(Created { location: format!("/api/v1/spaces/{space}"), version, body })
    };
    app.pool.write(deed).await
}

/// A change of a space: loads, may, and does it once.
async fn changing<B: Body + Send + Sync + 'static>(
    app: web::Data<App>,
    id: SpaceId,
    change: Change<B>,
    verb: &'static str,
    deed: impl Fn(&mut Db, &Act, Seen, &Space, &B) -> Result<()> + Send + 'static,
) -> Result<Versioned<SpaceView>> {
    let state = app.get_ref().clone();
    let whole = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &change.caller)?;
        let space = venues::space(db, id)?.ok_or_else(Refusal::not_found)?;
        let venue = administration::venue(db, space.venue_id)?;
        administration::may_keep_venues_of(&act, venue.organisation_id)?;
        let seen = change.seen()?;
        let body = change.body()?;
        idempotency::once(db, &act, &change, verb, id.0, |db| deed(db, &act, seen, &space, body))?;
        space_shown(db, id)
    };
    app.pool.write(whole).await
}

/// Changes a space. Places that are booked are not taken away.
#[utoipa::path(tag = "administration", request_body = SpaceChangeBody, security(("bearer" = [])), params(("id" = SpaceId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the space"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The space, as it is now", body = SpaceView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/spaces/{id}/change")]
async fn change_space(app: web::Data<App>, id: web::Path<SpaceId>, change: Change<SpaceChangeBody>) -> Result<Versioned<SpaceView>> {
    let deed = |db: &mut Db, act: &Act, seen: Seen, space: &Space, body: &SpaceChangeBody| {
        let SpaceChangeBody { name, capacity, places } = body.clone();
        administration::change_space(db, act, seen, space, &SpaceChange { name, capacity, places })
    };
    changing(app, *id, change, "change_space", deed).await
}

/// Closes a space that is not booked any more; a venue keeps one that is open.
#[utoipa::path(tag = "administration", request_body = Nothing, security(("bearer" = [])), params(("id" = SpaceId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the space"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The space, as it is now", body = SpaceView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/spaces/{id}/close")]
async fn close_space(app: web::Data<App>, id: web::Path<SpaceId>, change: Change<Nothing>) -> Result<Versioned<SpaceView>> {
    changing(app, *id, change, "close_space", |db, act, seen, space, _| administration::close_space(db, act, seen, space)).await
}

/// Opens a closed space again.
#[utoipa::path(tag = "administration", request_body = Nothing, security(("bearer" = [])), params(("id" = SpaceId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the space"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The space, as it is now", body = SpaceView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/spaces/{id}/reopen")]
async fn reopen_space(app: web::Data<App>, id: web::Path<SpaceId>, change: Change<Nothing>) -> Result<Versioned<SpaceView>> {
    changing(app, *id, change, "reopen_space", |db, act, seen, space, _| venues::reopen_space(db, act, seen, space.id)).await
}
