//! A keeper's list and answers over HTTP.

use actix_web::{get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::Booking;
use crate::actor::Act;
use crate::app::App;
use crate::auth;
use crate::bookings::{BookingOutcome, Status};
use crate::clock::Moment;
use crate::db::Db;
use crate::error::Result;
use crate::events::http::view::Organiser;
use crate::idempotency;
use crate::ids::{BookingId, OrganisationId, SpaceId, VenueId};
use crate::orders::needs::{Nothing, Reason};
use crate::wire::{Ask, AskRefusals, Body, Change, ChangeRefusals, Cursor, Page, Private};

/// The routes of who keeps a venue.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_bookings).service(confirm_booking).service(refuse_booking);
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct BookingQuery {
    /// `tentative`: only those that wait for an answer.
    #[param(inline)]
    status: Option<Status>,
    /// How many rows, 20 unless told otherwise.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// Something by number and name.
#[derive(Debug, Serialize, ToSchema)]
struct NamedVenue {
    id: VenueId,
    name: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct NamedSpace {
    id: SpaceId,
    name: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct NamedTeam {
    id: OrganisationId,
    name: String,
}

/// A booking of a space, for who keeps it.
#[derive(Debug, Serialize, ToSchema)]
struct BookingView {
    id: BookingId,
    venue: NamedVenue,
    space: NamedSpace,
    /// Set-up and clearing included.
    starts_at: Moment,
    ends_at: Moment,
    /// How many places of a shared space; null: all of it, alone.
    places: Option<i32>,
    status: Status,
    /// Until when an answer is awaited: then it lapses. Null: none is awaited.
    answer_by: Option<Moment>,
    /// How it ended without a yes.
    outcome: Option<BookingOutcome>,
    /// Why it was refused.
    reason: Option<String>,
    asked_at: Moment,
    /// What takes place.
    #[schema(example = "社区老人急救讲座，约40人")]
    title: String,
    /// How many are expected.
    attendees: Option<i32>,
    /// The team of the order that it is for; null where it is for none.
    team: Option<NamedTeam>,
    /// Who holds it; of an order's event: the team.
    organiser: Option<Organiser>,
}

impl From<Booking> for BookingView {
    fn from(booking: Booking) -> Self {
        Self {
            id: booking.id,
            venue: NamedVenue { id: booking.venue, name: booking.venue_name },
            space: NamedSpace { id: booking.space, name: booking.space_name },
            starts_at: booking.from,
            ends_at: booking.until,
            places: booking.places,
            status: booking.status,
            answer_by: booking.answer_by,
            outcome: booking.outcome,
            reason: booking.reason,
            asked_at: booking.asked_at,
            title: booking.title,
            attendees: booking.attendees.or(Some(booking.expected)),
            team: booking.team.zip(booking.organiser_name.clone()).map(|(id, name)| NamedTeam { id, name }),
            organiser: booking.organiser.zip(booking.organiser_name).map(|(id, name)| Organiser { id, name }),
        }
    }
}

/// What is booked, from now on, of the venues that the caller's organisations keep; newest first.
#[utoipa::path(tag = "bookings", params(BookingQuery), security(("bearer" = [])), responses((status = 200, description = "A page", body = Page<BookingView>), AskRefusals))]
#[get("/bookings")]
async fn list_bookings(app: web::Data<App>, ask: Ask<BookingQuery>) -> Result<Private<Page<BookingView>>> {
    let state = app.get_ref().clone();
    let read = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &ask.caller)?;
        let BookingQuery { status, limit, after } = ask.query()?.clone();
        let filters = format!("bookings {:?} {status:?}", act.person());
        let cursor = Cursor::read(&state.secrets, limit, after.as_deref(), &filters)?;
        let found = super::list_bookings(db, &act, status, cursor)?;
        let items: Vec<BookingView> = found.into_iter().map(BookingView::from).collect();
        Ok(crate::organisations::http::page(&state.secrets, items, cursor, &filters, |item| item.id.0))
    };
    app.pool.read(read).await.map(Private)
}

/// An answer: loads, may, and gives it once.
async fn answering<B: Body + Send + Sync + 'static>(
    app: web::Data<App>,
    id: BookingId,
    change: Change<B>,
    verb: &'static str,
    deed: impl Fn(&mut Db, &Act, &B) -> Result<()> + Send + 'static,
) -> Result<Private<BookingView>> {
    let state = app.get_ref().clone();
    let whole = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &change.caller)?;
        super::kept(db, &act, id)?;
        let body = change.body()?;
        idempotency::once(db, &act, &change, verb, id.0, |db| deed(db, &act, body))?;
        let (booking, _) = super::kept(db, &act, id)?;
        Ok(BookingView::from(booking))
    };
    app.pool.write(whole).await.map(Private)
}

/// The keeper says yes: the booking stands.
#[utoipa::path(tag = "bookings", request_body = Nothing, security(("bearer" = [])), params(("id" = BookingId, Path, description = "Its number"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The booking, as it is now", body = BookingView), ChangeRefusals))]
#[post("/bookings/{id}/confirm")]
async fn confirm_booking(app: web::Data<App>, id: web::Path<BookingId>, change: Change<Nothing>) -> Result<Private<BookingView>> {
    let id = *id;
    answering(app, id, change, "confirm_booking", move |db, act, _| super::confirm(db, act, id)).await
}

/// The keeper says no and why: the place is free again, and who planned it looks for another one.
#[utoipa::path(tag = "bookings", request_body = Reason, security(("bearer" = [])), params(("id" = BookingId, Path, description = "Its number"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The booking, as it is now", body = BookingView), ChangeRefusals))]
#[post("/bookings/{id}/refuse")]
async fn refuse_booking(app: web::Data<App>, id: web::Path<BookingId>, change: Change<Reason>) -> Result<Private<BookingView>> {
    let id = *id;
    answering(app, id, change, "refuse_booking", move |db, act, body| super::refuse(db, act, id, &body.reason)).await
}
