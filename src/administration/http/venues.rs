//! Founding, changing and closing venues, for good or on some days.

use actix_web::{post, web};
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{ClosedOn, check_phone};
use crate::actor::Act;
use crate::administration;
use crate::app::App;
use crate::auth;
use crate::db::Db;
use crate::error::Result;
use crate::idempotency;
use crate::ids::{ClosureId, OrganisationId, VenueId};
use crate::venues::http::{OpenHours, VenueView, venue_shown};
use crate::venues::{self, Hours, Venue, VenueChange, VenueFacts, VenueKind, rules};
use crate::wire::{Body, Change, ChangeRefusals, Created, Faults, Nothing, Seen, Versioned, VersionedRefusals, given};

pub(super) fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(create_venue).service(change_venue).service(close_venue).service(reopen_venue).service(close_days).service(open_days);
}

/// The most seats that a room of a county has.
pub(super) const MOST_SEATS: i32 = 100_000;

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
    /// Left out: other.
    kind: Option<VenueKind>,
    /// Whether one gets in without a step. Left out, as the two below: no.
    #[serde(default)]
    step_free: bool,
    #[serde(default)]
    projector: bool,
    /// Whether there is electricity.
    #[serde(default)]
    power: bool,
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

impl From<NewVenueBody> for VenueFacts {
    fn from(body: NewVenueBody) -> Self {
        let NewVenueBody { name, organisation_id, division_code, address, capacity, free_to_book, phone, kind, step_free, projector, power } = body;
        let kind = kind.unwrap_or(VenueKind::Other);
        Self { organisation_id, name, division_code, address, capacity, free_to_book, phone, kind, step_free, projector, power }
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
    kind: Option<VenueKind>,
    step_free: Option<bool>,
    projector: Option<bool>,
    power: Option<bool>,
    /// The whole week; an empty list: no fixed hours.
    #[schema(max_items = 28)]
    hours: Option<Vec<OpenHours>>,
}

/// The most opening times that a week has: four a day.
const MOST_HOURS: usize = 28;

/// The opening times of a week, and what is wrong with them.
fn read_week(faults: &mut Faults, week: &[OpenHours]) -> Vec<Hours> {
    if week.len() > MOST_HOURS {
        faults.add("/hours", "how_many", "At most 28 opening times a week.");
    }
    let mut read = Vec::with_capacity(week.len());
    for (n, OpenHours { weekday, opens, closes }) in week.iter().enumerate() {
        faults.range(&format!("/hours/{n}/weekday"), i64::from(*weekday), 1, 7);
        let (opens, closes) = (rules::minute(opens).filter(|minute| *minute < rules::MIDNIGHT), rules::minute(closes));
        for (field, time) in [("opens", opens), ("closes", closes)] {
            if time.is_none() {
                faults.add(format!("/hours/{n}/{field}"), "no_time", "Give a time of day such as 08:30.");
            }
        }
        if let (Some(opens), Some(closes)) = (opens, closes) {
            if closes <= opens {
                faults.add(format!("/hours/{n}/closes"), "ends_before_it_starts", "It must close after it opens.");
            }
            read.push(Hours { weekday: *weekday, opens, closes });
        }
    }
    if read.len() == week.len() {
        for n in rules::overlapping(&read) {
            faults.add(format!("/hours/{n}"), "overlaps", "It is open then already, by another line.");
        }
    }
    read
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
        if let Some(week) = &self.hours {
            read_week(faults, week);
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
        let body = change.body()?.clone();
        administration::may_keep_venues_of(&act, body.organisation_id)?;
        change.required_key()?;
        let scope = idempotency::scope(&act, "");
        let id = match idempotency::replay(db, &scope, "create_venue", &change)? {
            Some(made) => VenueId(made),
            None => {
                let id = venues::create(db, &act, &body.into())?;
                idempotency::remember(db, act.now, &scope, "create_venue", &change, id.0)?;
                id
            }
        };
        let Versioned { version, body } = venue_shown(db, id, act.now)?;
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
        idempotency::once(db, &act, &change, verb, id.0, |db| deed(db, &act, seen, &venue, body))?;
        venue_shown(db, id, act.now)
    };
    app.pool.write(whole).await
}

/// Changes a venue; it can be given to another organisation by who keeps both.
#[utoipa::path(tag = "administration", request_body = VenueChangeBody, security(("bearer" = [])), params(("id" = VenueId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the venue"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The venue, as it is now", body = VenueView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/venues/{id}/change")]
async fn change_venue(app: web::Data<App>, id: web::Path<VenueId>, change: Change<VenueChangeBody>) -> Result<Versioned<VenueView>> {
    let deed = |db: &mut Db, act: &Act, seen: Seen, venue: &Venue, body: &VenueChangeBody| {
        let VenueChangeBody { name, organisation_id, division_code, address, capacity, free_to_book, phone, kind, step_free, projector, power, hours } =
            body.clone();
        if let Some(keeper) = organisation_id {
            administration::may_keep_venues_of(act, keeper)?;
        }
        // What is wrong with it was said before.
        let hours = hours.map(|week| read_week(&mut Faults::default(), &week));
        let change = VenueChange { organisation_id, name, division_code, address, capacity, free_to_book, phone, kind, step_free, projector, power, hours };
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
#[utoipa::path(tag = "administration", request_body = Nothing, security(("bearer" = [])), params(("id" = VenueId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the venue"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The venue, as it is now", body = VenueView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/venues/{id}/reopen")]
async fn reopen_venue(app: web::Data<App>, id: web::Path<VenueId>, change: Change<Nothing>) -> Result<Versioned<VenueView>> {
    changing(app, *id, change, "reopen_venue", |db, act, seen, venue, _| venues::reopen(db, act, seen, venue.id)).await
}

/// Days on which a venue shall be closed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CloseDays {
    from: NaiveDate,
    /// The last day; at most a year later.
    until: NaiveDate,
    #[schema(min_length = 1, max_length = 100, example = "春节")]
    reason: String,
}

impl Body for CloseDays {
    fn check(&self, faults: &mut Faults) {
        faults.range("/from", i64::from(self.from.year()), 1900, 2200);
        if self.until < self.from {
            faults.add("/until", "ends_before_it_starts", "The last day must not come before the first.");
        } else if self.until.signed_duration_since(self.from) > chrono::Duration::days(366) {
            faults.add("/until", "too_long", "At most a year. Else close the venue.");
        }
        faults.text("/reason", &self.reason, 100);
    }
}

/// Closes a venue on some days. What is booked on them stays booked; who plans anew is warned.
#[utoipa::path(tag = "administration", request_body = CloseDays, security(("bearer" = [])), params(("id" = VenueId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the venue"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The venue, as it is now", body = VenueView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/venues/{id}/close_days")]
async fn close_days(app: web::Data<App>, id: web::Path<VenueId>, change: Change<CloseDays>) -> Result<Versioned<VenueView>> {
    let deed = |db: &mut Db, act: &Act, seen: Seen, venue: &Venue, body: &CloseDays| {
        venues::close_days(db, act, seen, venue.id, (body.from, body.until), &body.reason)
    };
    changing(app, *id, change, "close_days", deed).await
}

/// Which closed days shall be open again.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OpenDays {
    closure_id: ClosureId,
}

impl Body for OpenDays {
    fn check(&self, _: &mut Faults) {}
}

/// Opens a venue again on days on which it was to be closed.
#[utoipa::path(tag = "administration", request_body = OpenDays, security(("bearer" = [])), params(("id" = VenueId, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag of the venue"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The venue, as it is now", body = VenueView, headers(("ETag" = String, description = "The version"))), VersionedRefusals))]
#[post("/venues/{id}/open_days")]
async fn open_days(app: web::Data<App>, id: web::Path<VenueId>, change: Change<OpenDays>) -> Result<Versioned<VenueView>> {
    let deed = |db: &mut Db, act: &Act, seen: Seen, venue: &Venue, body: &OpenDays| venues::open_days(db, act, seen, venue.id, body.closure_id);
    changing(app, *id, change, "open_days", deed).await
}
