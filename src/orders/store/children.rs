//! What hangs on an order: windows, contact, questions, answers, review, dispute, history.

use diesel::prelude::*;

use crate::actor::Role;
use crate::clock::Moment;
use crate::db::{self, Db};
use crate::error::Result;
use crate::ids::{OrderId, OrganisationId, PersonId, VenueId};
use crate::schema::{
    order_changes, order_contacts, order_disputes, order_moves, order_parties, order_proposals, order_questions, order_reviews, organisations, people,
};
use crate::text_enum;

use super::super::state::{State, Verb};
use super::PartyKind;

text_enum! {
    /// How an order was answered, or the report of its event.
    pub enum AnswerKind { Text = "text", File = "file", Link = "link", Loan = "loan", Report = "report" }
}

text_enum! {
    /// What a requester says is wrong.
    pub enum DisputeKind { DidNotTakePlace = "did_not_take_place", LessThanReported = "less_than_reported", Poor = "poor", MoneyWasAsked = "money_was_asked", Other = "other" }
}

text_enum! {
    /// What became of a dispute.
    pub enum Outcome { Upheld = "upheld", Settled = "settled", Dismissed = "dismissed" }
}

/// Whom to meet and where; erased after its time.
#[derive(Debug, Clone, Default, Queryable)]
pub struct Contact {
    pub name: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
}

pub fn contact(db: &mut Db, id: OrderId) -> Result<Contact> {
    Ok(order_contacts::table.find(id).select((order_contacts::name, order_contacts::phone, order_contacts::address)).first(db).optional()?.unwrap_or_default())
}

/// The co-units of several orders, with their names.
pub fn co_units(db: &mut Db, ids: &[OrderId]) -> Result<Vec<(OrderId, OrganisationId, String)>> {
    Ok(order_parties::table
        .inner_join(organisations::table)
        .filter(db::one_of(order_parties::order_id, ids))
        .filter(order_parties::part.eq(PartyKind::CoUnit))
        .filter(order_parties::until.is_null())
        .order((order_parties::order_id, order_parties::id))
        .select((order_parties::order_id, organisations::id, organisations::name))
        .load(db)?)
}

#[derive(Debug, Clone, Queryable)]
pub struct Question {
    pub id: i64,
    pub asked_at: Moment,
    pub asked_by: Option<String>,
    pub question: String,
    pub answered_at: Option<Moment>,
    pub answer: Option<String>,
}

pub fn questions(db: &mut Db, id: OrderId) -> Result<Vec<Question>> {
    Ok(order_questions::table
        .left_join(organisations::table)
        .filter(order_questions::order_id.eq(id))
        .order(order_questions::id)
        .select((
            order_questions::id,
            order_questions::asked_at,
            organisations::name.nullable(),
            order_questions::question,
            order_questions::answered_at,
            order_questions::answer,
        ))
        .load(db)?)
}

#[derive(Debug, Clone)]
pub struct Answer {
    pub kind: AnswerKind,
    pub text: String,
    pub written_at: Moment,
}

#[derive(Debug, Clone, Queryable)]
pub struct Review {
    pub stars: i32,
    pub words: Option<String>,
    pub by_phone: bool,
    pub given_at: Moment,
}

pub fn review(db: &mut Db, id: OrderId) -> Result<Option<Review>> {
    Ok(order_reviews::table
        .find(id)
        .select((order_reviews::stars, order_reviews::words, order_reviews::by_phone, order_reviews::given_at))
        .first(db)
        .optional()?)
}

#[derive(Debug, Clone, Queryable)]
pub struct Dispute {
    pub kind: DisputeKind,
    pub words: String,
    pub raised_at: Moment,
    pub outcome: Option<Outcome>,
    pub outcome_words: Option<String>,
    pub decided_at: Option<Moment>,
}

pub fn disputes(db: &mut Db, id: OrderId) -> Result<Vec<Dispute>> {
    Ok(order_disputes::table
        .filter(order_disputes::order_id.eq(id))
        .order(order_disputes::id)
        .select((
            order_disputes::kind,
            order_disputes::words,
            order_disputes::raised_at,
            order_disputes::outcome,
            order_disputes::outcome_words,
            order_disputes::decided_at,
        ))
        .load(db)?)
}

#[derive(Debug, Clone, Queryable)]
pub struct Proposal {
    pub proposed_at: Moment,
    pub starts_at: Moment,
    pub ends_at: Moment,
    pub venue: Option<VenueId>,
}

pub fn proposals(db: &mut Db, id: OrderId) -> Result<Vec<Proposal>> {
    Ok(order_proposals::table
        .filter(order_proposals::order_id.eq(id))
        .order(order_proposals::id)
        .select((order_proposals::proposed_at, order_proposals::starts_at, order_proposals::ends_at, order_proposals::venue_id))
        .load(db)?)
}

/// A line of the history.
#[derive(Debug, Clone, Queryable)]
pub struct HistoryLine {
    pub id: i64,
    pub verb: Verb,
    pub at: Moment,
    pub actor: Option<PersonId>,
    pub actor_name: Option<String>,
    pub role: Option<Role>,
    pub organisation: Option<String>,
    pub from: Option<State>,
    pub to: State,
    pub version: i64,
    pub note: Option<String>,
    pub about: Option<OrganisationId>,
}

/// The history of an order up to a version, oldest first.
pub fn history(db: &mut Db, id: OrderId, until: Option<i64>) -> Result<Vec<HistoryLine>> {
    let mut query = order_moves::table
        .left_join(people::table)
        .left_join(organisations::table.on(organisations::id.nullable().eq(order_moves::organisation_id)))
        .filter(order_moves::order_id.eq(id))
        .order(order_moves::id)
        .select((
            order_moves::id,
            order_moves::verb,
            order_moves::at,
            order_moves::actor_id,
            people::name.nullable(),
            order_moves::actor_role,
            organisations::name.nullable(),
            order_moves::from_state,
            order_moves::to_state,
            order_moves::version,
            order_moves::note,
            order_moves::about_id,
        ))
        .into_boxed();
    if let Some(version) = until {
        query = query.filter(order_moves::version.le(version));
    }
    Ok(query.load(db)?)
}

/// The states that orders entered, by order and version: what a former party reads ends at a version.
pub fn states_at(db: &mut Db, ids: &[OrderId]) -> Result<Vec<(OrderId, i64, State)>> {
    Ok(order_moves::table
        .filter(order_moves::order_id.eq_any(ids))
        .order((order_moves::order_id, order_moves::id))
        .select((order_moves::order_id, order_moves::version, order_moves::to_state))
        .load(db)?)
}

/// What an amendment changed; of a contact the field's name alone.
#[derive(Debug, Clone, Queryable)]
pub struct FieldChange {
    /// The line of the history.
    pub line: i64,
    pub field: String,
    pub old: Option<String>,
    pub new: Option<String>,
}

/// What the amendments of an order changed.
pub fn changes(db: &mut Db, id: OrderId) -> Result<Vec<FieldChange>> {
    Ok(order_changes::table
        .inner_join(order_moves::table)
        .filter(order_moves::order_id.eq(id))
        .order((order_changes::move_id, order_changes::field))
        .select((order_changes::move_id, order_changes::field, order_changes::old, order_changes::new))
        .load(db)?)
}

/// The names of organisations, by id.
pub fn organisation_names(db: &mut Db, ids: &[OrganisationId]) -> Result<Vec<(OrganisationId, String)>> {
    Ok(organisations::table.filter(organisations::id.eq_any(ids)).select((organisations::id, organisations::name)).load(db)?)
}
