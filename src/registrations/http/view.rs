//! Registrations and terms as they are shown: whole to who registered, masked to those who hold the event.

use serde::Serialize;
use utoipa::ToSchema;

use super::super::reading::Revealed;
use super::super::state::{RegistrationPart, RegistrationState, RegistrationVerb};
use super::super::store::Reading;
use super::super::{Made, Seen, TermsSeen};
use crate::clock::Moment;
use crate::ids::{EventId, OrganisationId, RegistrationId};
use crate::people::{masked_name, masked_phone};

/// The event of a registration.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegisteredEvent {
    pub id: EventId,
    #[schema(example = "家庭用电安全讲座")]
    pub title: String,
    /// When its first session begins, and when its last one ends.
    pub starts_at: Moment,
    pub ends_at: Moment,
    /// Whether it was called off.
    pub cancelled: bool,
}

/// Whom to call; masked for staff.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegistrationContact {
    /// Null once it was erased.
    pub name: Option<String>,
    pub phone: Option<String>,
    /// Whether it is masked: the reveal is a deed of its own.
    pub masked: bool,
}

/// Somebody's places at an event.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegistrationView {
    pub id: RegistrationId,
    pub event: RegisteredEvent,
    pub state: RegistrationState,
    /// How many come in all.
    pub heads: i32,
    /// How many of them are under 14; only for who registered. Others read it with the contact, where that was approved.
    pub under_14: Option<i32>,
    /// Where it stands in the line, from 1 on; null where it does not wait.
    pub place_in_line: Option<i32>,
    /// Until when offered places are held.
    pub confirm_by: Option<Moment>,
    pub registered_at: Moment,
    /// When it was cancelled, or lapsed.
    pub ended_at: Option<Moment>,
    pub contact: RegistrationContact,
    /// Whether somebody with an account registered, who reads notices; others are called.
    pub account: bool,
    /// What the reader can do with it now.
    pub moves: Vec<RegistrationVerb>,
}

impl From<Seen> for RegistrationView {
    fn from(seen: Seen) -> Self {
        let Seen { listed, frame, part, place_in_line, moves } = seen;
        let (registration, contact) = (listed.registration, listed.contact);
        let own = part == RegistrationPart::Registrant;
        let contact = if own {
            RegistrationContact { name: contact.name, phone: contact.phone, masked: false }
        } else {
            RegistrationContact { name: contact.name.as_deref().map(masked_name), phone: contact.phone.as_deref().map(masked_phone), masked: true }
        };
        Self {
            id: registration.id,
            event: RegisteredEvent { id: registration.event, title: frame.title, starts_at: frame.begins, ends_at: frame.ends, cancelled: frame.off },
            state: registration.state,
            heads: registration.heads,
            under_14: own.then_some(registration.under_14),
            place_in_line,
            confirm_by: registration.confirm_by,
            registered_at: registration.registered_at,
            ended_at: registration.ended_at,
            contact,
            account: registration.person.is_some(),
            moves,
        }
    }
}

/// A registration that was just made.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegistrationMade {
    #[serde(flatten)]
    pub registration: RegistrationView,
    /// For a visitor: opens their own registration without an account, in the header `Track-Token`. It is told this once.
    pub track_token: Option<String>,
}

impl From<Made> for RegistrationMade {
    fn from(made: Made) -> Self {
        Self { registration: made.seen.into(), track_token: made.track_token }
    }
}

/// A contact in full.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevealedContact {
    /// Null once it was erased.
    pub name: Option<String>,
    pub phone: Option<String>,
    /// Null where nobody else has approved that the reader reads what concerns children.
    pub children: Option<RevealedChildren>,
}

/// What concerns children under 14.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevealedChildren {
    pub under_14: i32,
    /// Who consented for them; null: who registered.
    pub guardian_name: Option<String>,
}

impl From<Revealed> for RevealedContact {
    fn from(revealed: Revealed) -> Self {
        let Revealed { contact, children } = revealed;
        let children = children.map(|under_14| RevealedChildren { under_14, guardian_name: contact.guardian_name });
        Self { name: contact.name, phone: contact.phone, children }
    }
}

/// Who approved that the others read what concerns children, in whose name.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadingView {
    #[schema(example = "赵站长")]
    pub name: String,
    pub organisation_id: OrganisationId,
    pub organisation: String,
    pub at: Moment,
}

impl From<Reading> for ReadingView {
    fn from(reading: Reading) -> Self {
        Self { name: reading.name, organisation_id: reading.organisation, organisation: reading.organisation_name, at: reading.at }
    }
}

/// How many registrations stand in a state.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegistrationCount {
    pub state: RegistrationState,
    #[schema(minimum = 1)]
    pub registrations: i64,
    /// How many people come with them.
    #[schema(minimum = 1)]
    pub heads: i64,
}

/// How an event's registration stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct TermsView {
    pub event_id: EventId,
    /// For `If-Match`: 0 where no terms are set.
    pub version: i64,
    /// How many people have a place; null where nobody registers: whoever likes to comes.
    pub places: Option<i32>,
    /// How many places are free.
    pub left: Option<i64>,
    /// How many registrations wait for a place.
    pub waiting: i64,
    /// Until when one can register.
    pub closes_at: Moment,
    /// What the terms say themselves; null: until it begins.
    pub closes_at_set: Option<Moment>,
    /// How long who moves up has to confirm.
    pub confirm_hours: Option<i32>,
    /// Whether those behind a group that does not fit move up past it.
    pub pass_over: Option<bool>,
    /// Whether one can register now.
    pub open: bool,
    /// The caller's own registration, the last one; null for a visitor.
    pub own: Option<RegistrationView>,
    /// Whether the caller can set the terms now.
    pub sets: bool,
    /// Whether the caller sees who registered.
    pub inside: bool,
    /// For those who see who registered: how many stand in each state; states with none are left out.
    pub counts: Vec<RegistrationCount>,
    /// For those who see who registered: who approved that the others read what concerns children.
    pub readings: Vec<ReadingView>,
}

impl From<TermsSeen> for TermsView {
    fn from(seen: TermsSeen) -> Self {
        let (version, taken, waiting) = (seen.version(), seen.taken(), seen.waiting());
        let TermsSeen { event, terms, closes, open, sets, inside, figures, own, readings } = seen;
        let counts = figures.into_iter().filter(|_| inside);
        Self {
            event_id: event,
            version,
            places: terms.as_ref().map(|terms| terms.places),
            left: terms.as_ref().map(|terms| (i64::from(terms.places) - taken).max(0)),
            waiting,
            closes_at: closes,
            closes_at_set: terms.as_ref().and_then(|terms| terms.closes_at),
            confirm_hours: terms.as_ref().map(|terms| terms.confirm_hours),
            pass_over: terms.as_ref().map(|terms| terms.pass_over),
            open,
            own: own.map(RegistrationView::from),
            sets,
            inside,
            counts: counts.map(|one| RegistrationCount { state: one.state, registrations: one.registrations, heads: one.heads }).collect(),
            readings: readings.into_iter().map(ReadingView::from).collect(),
        }
    }
}
