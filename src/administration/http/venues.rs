//! Founding, changing and closing venues.

use actix_web::{post, web};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{ClosedOn, Empty, check_phone, given, once};
use crate::actor::Act;
use crate::administration;
use crate::app::App;
use crate::auth;
use crate::db::Db;
use crate::error::Result;
use crate::idempotency;
use crate::ids::{OrganisationId, VenueId};
use crate::venues::http::{VenueView, venue_shown};
use crate::venues::{self, Venue, VenueChange, VenueFacts};
use crate::wire::{Body, Change, ChangeRefusals, Created, Faults, Seen, Versioned, VersionedRefusals};

pub(super) fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(create_venue).service(change_venue).service(close_venue).service(reopen_venue);
}

/// The most seats that a room of a county has.
const MOST_SEATS: i32 = 100_000;

/// A venue to be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewVenueBody {
    #[schema(min_length = 1, max_length = 60, example = "繁荣社区活动室")]
    name: String,
    /// Who keeps it.
    organisation_id: OrganisationId,
    #[schema(min_length = 12, max_length = 12, example = "230522100003")]
    division_code: String,
    #[schema(min_length = 1, max_length = 200, example = "繁荣社区一楼")]
    address: String,
    /// Seats.
    #[schema(minimum = 1, maximum = 100_000)]
    capacity: i32,
    /// Else a booking waits for the keeper's yes (待确认).
    free_to_book: bool,
    #[schema(example = "0469-5812345")]
    phone: Option<String>,
}

impl Body for NewVenueBody {
    fn check(&self, faults: &mut Faults) {
        faults.text("/name", &self.name, 60);
        faults.text("/address", &self.address, 200);
        faults.range("/capacity", i64::from(self.capacity), 1, i64::from(MOST_SEATS));
        if let Some(phone) = &self.phone {
            check_phone(faults, phone);
        }
    }
}

/// What shall be otherwise; what is left out stays as it is.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VenueChangeBody {
    #[schema(min_length = 1, max_length = 60)]
    name: Option<String>,
    organisation_id: Option<OrganisationId>,
    #[schema(min_length = 12, max_length = 12)]
    division_code: Option<String>,
    #[schema(min_length = 1, max_length = 200)]
    address: Option<String>,
    #[schema(minimum = 1, maximum = 100_000)]
    capacity: Option<i32>,
    free_to_book: Option<bool>,
    /// Null takes it away.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, example = "0469-5812345")]
    phone: Option<Option<String>>,
}

impl Body for VenueChangeBody {
    fn check(&self, faults: &mut Faults) {
        for (pointer, text, most) in [("/name", &self.name, 60), ("/address", &self.address, 200)] {
            if let Some(text) = text {
                faults.text(pointer, text, most);
            }
        }
        if let Some(capacity) = self.capacity {
            faults.range("/capacity", i64::from(capacity), 1, i64::from(MOST_SEATS));
        }
        if let Some(Some(phone)) = &self.phone {
            check_phone(faults, phone);
        }
    }
}

/// Adds a venue: schedulers to their own centre, a system administrator to any organisation.
#[utoipa::path(tag = "administration", request_body = NewVenueBody, security(("bearer" = [])), params(("Idempotency-Key" = String, Header, description = "Sending twice makes one")), responses((status = 201, description = "The venue", body = VenueView, headers(("ETag" = String, description = "The version"), ("Location" = String, description = "Its address"))), ChangeRefusals))]
#[post("/venues")]
async fn create_venue(app: web::Data<App>, change: Change<NewVenueBody>) -> Result<Created<VenueView>> {
    let state = app.get_ref().clone();
    let deed = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &change.caller)?;
        administration::may_keep_venues(&act)?;
        let NewVenueBody { name, organisation_id, division_code, address, capacity, free_to_book, phone } = change.body()?.clone();
        administration::may_keep_venues_of(&act, organisation_id)?;
        change.required_key()?;
        let scope = idempotency::scope(&act, "");
        let id = match idempotency::replay(db, &scope, "create_venue", &change)? {
            Some(made) => VenueId(made),
            None => {
                let id = venues::create(db, &act, &VenueFacts { organisation_id, name, division_code, address, capacity, free_to_book, phone })?;
                idempotency::remember(db, act.now, &scope, "create_venue", &change, id.0)?;
                id
            }
        };
        let Versioned { version, body } = venue_shown(db, id)?;
        Ok(Created { location: format!("/api/v1/venues/{id}"), version, body })
    };
    app.pool.write(deed).await
}

/// A change of a venue: loads, may, and does it once.
async fn changing<B: Body + Send + Sync + 'static>(
    app: web::Data<App>,
    id: VenueId,
    change: Change<B>,
    verb: &'static str,
    deed: impl Fn(&mut Db, &Act, Seen, &Venue, &B) -> Result<()> + Send + 'static,
) -> Result<Versioned<VenueView>> {
    let state = app.get_ref().clone();
    let whole = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &change.caller)?;
        let venue = administration::venue(db, id)?;
        administration::may_keep_venues_of(&act, venue.organisation_id)?;
        let seen = change.seen()?;
        let body = change.body()?;
        once(db, &act, &change, verb, id.0, |db| deed(db, &act, seen, &venue, body))?;
        venue_shown(db, id)
    };
    app.pool.write(whole).await
}

/// Changes a venue; it can be given to another organisation by who keeps both.
#[utoipa::path(tag = "administration", request_body = VenueChangeBody, security(("bearer" = [])), params(("id" = VenueId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the venue"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The venue, as it is now", body = VenueView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/venues/{id}/change")]
async fn change_venue(app: web::Data<App>, id: web::Path<VenueId>, change: Change<VenueChangeBody>) -> Result<Versioned<VenueView>> {
    let deed = |db: &mut Db, act: &Act, seen: Seen, venue: &Venue, body: &VenueChangeBody| {
        let VenueChangeBody { name, organisation_id, division_code, address, capacity, free_to_book, phone } = body.clone();
        if let Some(keeper) = organisation_id {
            administration::may_keep_venues_of(act, keeper)?;
        }
        let change = VenueChange { organisation_id, name, division_code, address, capacity, free_to_book, phone };
        venues::change(db, act, seen, venue.id, &change)
    };
    changing(app, *id, change, "change_venue", deed).await
}

/// Closes a venue that is not booked any more.
#[utoipa::path(tag = "administration", request_body = ClosedOn, security(("bearer" = [])), params(("id" = VenueId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the venue"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The venue, as it is now", body = VenueView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/venues/{id}/close")]
async fn close_venue(app: web::Data<App>, id: web::Path<VenueId>, change: Change<ClosedOn>) -> Result<Versioned<VenueView>> {
    let deed = |db: &mut Db, act: &Act, seen: Seen, venue: &Venue, body: &ClosedOn| administration::close_venue(db, act, seen, venue, body.on);
    changing(app, *id, change, "close_venue", deed).await
}

/// Opens a closed venue again.
#[utoipa::path(tag = "administration", request_body = Empty, security(("bearer" = [])), params(("id" = VenueId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the venue"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The venue, as it is now", body = VenueView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/venues/{id}/reopen")]
async fn reopen_venue(app: web::Data<App>, id: web::Path<VenueId>, change: Change<Empty>) -> Result<Versioned<VenueView>> {
    changing(app, *id, change, "reopen_venue", |db, act, seen, venue, _| venues::reopen(db, act, seen, venue.id)).await
}
