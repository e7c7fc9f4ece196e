//! When a place is taken, for everyone: spans alone (已占用).

use actix_web::{get, web};
use chrono::Duration;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::Taken;
use crate::app::App;
use crate::clock::Moment;
use crate::error::{Refusal, Result};
use crate::ids::{SpaceId, VenueId};
use crate::wire::{Ask, Private, Problem};

/// The longest time that one asks about, and what is asked about unless told otherwise.
const LONGEST_DAYS: i64 = 62;
const USUAL_DAYS: i64 = 31;

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct OccupiedQuery {
    /// Now unless told otherwise.
    #[param(example = "2026-12-01T00:00:00Z")]
    from: Option<Moment>,
    /// 31 days later unless told otherwise; at most 62.
    #[param(example = "2026-12-08T00:00:00Z")]
    until: Option<Moment>,
}

/// A span in which a space is taken (已占用): nothing of whose.
#[derive(Debug, Serialize, ToSchema)]
struct OccupiedView {
    space_id: SpaceId,
    /// Set-up and clearing included.
    starts_at: Moment,
    ends_at: Moment,
    /// How many places of a shared space; null: all of it.
    places: Option<i32>,
}

impl From<Taken> for OccupiedView {
    fn from(Taken { space, from, until, places }: Taken) -> Self {
        Self { space_id: space, starts_at: from, ends_at: until, places }
    }
}

/// When the spaces of a venue are taken, in the order of time.
#[utoipa::path(operation_id = "see_occupied", tag = "directory", params(("id" = VenueId, Path, description = "Its number"), OccupiedQuery), responses(
    (status = 200, description = "The spans", body = [OccupiedView]),
    (status = 400, description = "The query cannot be read", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "There is none of this number", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[get("/venues/{id}/occupied")]
async fn see_occupied(app: web::Data<App>, id: web::Path<VenueId>, ask: Ask<OccupiedQuery>) -> Result<Private<Vec<OccupiedView>>> {
    let OccupiedQuery { from, until } = *ask.query()?;
    let from = from.unwrap_or_else(|| app.clock.now());
    let until = until.unwrap_or_else(|| from.plus(Duration::days(USUAL_DAYS)));
    if until <= from {
        return Err(Refusal::query("until", "ends_before_it_starts", "The end must come after the start.").into());
    }
    if until.since(from) > Duration::days(LONGEST_DAYS) {
        return Err(Refusal::query("until", "too_long", "Ask about at most 62 days at once.").into());
    }
    let taken = app.pool.read(move |db| super::occupied(db, *id, from, until)).await?;
    Ok(Private(taken.into_iter().map(OccupiedView::from).collect()))
}

/// The routes of bookings that everyone may ask.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(see_occupied);
}
