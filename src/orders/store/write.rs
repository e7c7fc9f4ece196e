//! What orders write: every change of a row is a compare-and-set on its version.

use diesel::prelude::*;

use crate::actor::{Act, Role};
use crate::clock::Moment;
use crate::db::{self, Db};
use crate::error::{Error, Result};
use crate::ids::{OrderId, OrganisationId, PersonId, VenueId};
use crate::schema::{
    order_answers, order_changes, order_contacts, order_disputes, order_moves, order_parties, order_progress, order_proposals, order_questions, order_reviews,
    order_search, order_windows, orders,
};

use super::super::state::{State, Verb};
use super::{AnswerKind, Contact, DisputeKind, Order, OrderRow, Outcome, PartyKind, ProgressRow};

/// Writes an order that a deed has changed, if nobody was faster; gives the new version.
///
/// # Errors
/// `InTheWay` where the version has moved since it was read: the deed runs again and judges the new state.
pub fn advance(db: &mut Db, order: &mut Order) -> Result<()> {
    let seen = order.row.version;
    let OrderRow {
        id,
        number: _,
        county: _,
        division_code,
        place_path,
        jurisdiction,
        state,
        version: _,
        title,
        audience,
        attendees,
        urgent,
        channel: _,
        requester_id: _,
        entered_by: _,
        requesting_organisation_id: _,
        holding_centre_id,
        department_id,
        summary,
        plan_item_id,
        outside_plan,
        team_id,
        merged_into,
        submitted_at: _,
        stage_at,
        due_at,
        late_at,
        first_from,
        last_until,
        ended_at,
    } = &order.row;
    let moved = diesel::update(orders::table.filter(orders::id.eq(id)).filter(orders::version.eq(seen)))
        .set((
            (orders::division_code.eq(division_code), orders::place_path.eq(place_path), orders::jurisdiction.eq(jurisdiction)),
            (
                orders::state.eq(state),
                orders::version.eq(seen + 1),
                orders::title.eq(title),
                orders::audience.eq(audience),
                orders::attendees.eq(attendees),
                orders::urgent.eq(urgent),
            ),
            (
                orders::holding_centre_id.eq(holding_centre_id),
                orders::department_id.eq(department_id),
                orders::summary.eq(summary),
                orders::plan_item_id.eq(plan_item_id),
            ),
            (
                orders::outside_plan.eq(outside_plan),
                orders::team_id.eq(team_id),
                orders::merged_into.eq(merged_into),
                orders::stage_at.eq(stage_at),
                orders::due_at.eq(due_at),
            ),
            (orders::late_at.eq(late_at), orders::first_from.eq(first_from), orders::last_until.eq(last_until), orders::ended_at.eq(ended_at)),
        ))
        .execute(db)?;
    if moved != 1 {
        return Err(Error::InTheWay("the order moved on".to_owned()));
    }
    save_progress(db, &order.progress)?;
    order.row.version = seen + 1;
    Ok(())
}

/// Writes what decides the next move, beside the row.
pub fn save_progress(db: &mut Db, progress: &ProgressRow) -> Result<()> {
    let ProgressRow {
        order_id,
        details,
        track_hash: _,
        requirements,
        dispatched_by,
        dispatching_centre_id,
        returns,
        decided,
        offer_team_id,
        offer_until,
        paused_at,
        paused_minutes,
        rung,
        rung_at,
        new_times_asked_at,
        questions,
        proposals,
        event_id,
        starts_at,
        ends_at,
        stars,
        disputes,
        disputed_from,
        reopened,
        others_may_come,
    } = progress;
    use order_progress as p;
    diesel::update(p::table.find(order_id))
        .set((
            (p::details.eq(details), p::requirements.eq(requirements), p::dispatched_by.eq(dispatched_by), p::dispatching_centre_id.eq(dispatching_centre_id)),
            (p::returns.eq(returns), p::decided.eq(decided), p::offer_team_id.eq(offer_team_id), p::offer_until.eq(offer_until), p::paused_at.eq(paused_at)),
            (p::paused_minutes.eq(paused_minutes), p::rung.eq(rung), p::rung_at.eq(rung_at), p::new_times_asked_at.eq(new_times_asked_at)),
            (p::questions.eq(questions), p::proposals.eq(proposals), p::event_id.eq(event_id), p::starts_at.eq(starts_at), p::ends_at.eq(ends_at)),
            (p::stars.eq(stars), p::disputes.eq(disputes), p::disputed_from.eq(disputed_from), p::reopened.eq(reopened)),
            p::others_may_come.eq(others_may_come),
        ))
        .execute(db)?;
    Ok(())
}

/// Marks lateness without touching the version: by compare-and-set on the rung, so that of several workers one does it.
pub fn climb(db: &mut Db, id: OrderId, seen_rung: i32, rung_at: Option<Moment>, late_at: Option<Moment>) -> Result<bool> {
    let climbed = diesel::update(order_progress::table.find(id).filter(order_progress::rung.eq(seen_rung)))
        .set((order_progress::rung.eq(seen_rung + 1), order_progress::rung_at.eq(rung_at)))
        .execute(db)?;
    if climbed == 1 {
        diesel::update(orders::table.find(id).filter(orders::late_at.is_null())).set(orders::late_at.eq(late_at)).execute(db)?;
    }
    Ok(climbed == 1)
}

/// What a new order has beside its row.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    pub details: &'a str,
    pub track_hash: &'a str,
    pub rung_at: Option<Moment>,
    pub others_may_come: bool,
}

/// A new order: the row and its progress. The caller gives everything but the id.
pub fn insert(db: &mut Db, row: &OrderRow, beside: &New<'_>) -> Result<OrderId> {
    let New { details, track_hash, rung_at, others_may_come } = *beside;
    let id: OrderId = diesel::insert_into(orders::table)
        .values((
            (
                orders::number.eq(&row.number),
                orders::county.eq(&row.county),
                orders::division_code.eq(&row.division_code),
                orders::place_path.eq(&row.place_path),
            ),
            (
                orders::jurisdiction.eq(row.jurisdiction),
                orders::state.eq(row.state),
                orders::version.eq(row.version),
                orders::title.eq(&row.title),
                orders::audience.eq(row.audience),
            ),
            (orders::attendees.eq(row.attendees), orders::urgent.eq(row.urgent), orders::channel.eq(row.channel), orders::requester_id.eq(row.requester_id)),
            (
                orders::entered_by.eq(row.entered_by),
                orders::requesting_organisation_id.eq(row.requesting_organisation_id),
                orders::holding_centre_id.eq(row.holding_centre_id),
            ),
            (
                orders::plan_item_id.eq(row.plan_item_id),
                orders::outside_plan.eq(false),
                orders::submitted_at.eq(row.submitted_at),
                orders::stage_at.eq(row.stage_at),
            ),
            (orders::due_at.eq(row.due_at), orders::first_from.eq(row.first_from), orders::last_until.eq(row.last_until)),
        ))
        .returning(orders::id)
        .get_result(db)?;
    diesel::insert_into(order_progress::table)
        .values((
            order_progress::order_id.eq(id),
            order_progress::details.eq(details),
            order_progress::track_hash.eq(track_hash),
            order_progress::rung_at.eq(rung_at),
            order_progress::others_may_come.eq(others_may_come),
        ))
        .execute(db)?;
    Ok(id)
}

pub fn insert_contact(db: &mut Db, id: OrderId, contact: &Contact) -> Result<()> {
    diesel::insert_into(order_contacts::table)
        .values((
            order_contacts::order_id.eq(id),
            order_contacts::name.eq(&contact.name),
            order_contacts::phone.eq(&contact.phone),
            order_contacts::address.eq(&contact.address),
        ))
        .execute(db)?;
    Ok(())
}

pub fn save_contact(db: &mut Db, id: OrderId, contact: &Contact) -> Result<()> {
    diesel::update(order_contacts::table.find(id))
        .set((order_contacts::name.eq(&contact.name), order_contacts::phone.eq(&contact.phone), order_contacts::address.eq(&contact.address)))
        .execute(db)?;
    Ok(())
}

pub fn replace_windows(db: &mut Db, id: OrderId, windows: &[(Moment, Moment)]) -> Result<()> {
    diesel::delete(order_windows::table.filter(order_windows::order_id.eq(id))).execute(db)?;
    for (from, to) in windows {
        diesel::insert_into(order_windows::table)
            .values((order_windows::order_id.eq(id), order_windows::starts_at.eq(from), order_windows::ends_at.eq(to)))
            .execute(db)?;
    }
    Ok(())
}

/// Fills what search finds: all words for the parties, the summary for others.
pub fn index(db: &mut Db, order: &Order) -> Result<()> {
    let summary = order.row.summary.as_deref().unwrap_or_default();
    let words = db::grams(&format!("{} {} {} {summary}", order.row.number, order.row.title, order.progress.details));
    let summary = db::grams(&format!("{} {summary}", order.row.number));
    let there =
        diesel::update(order_search::table.find(order.row.id.0)).set((order_search::words.eq(&words), order_search::summary.eq(&summary))).execute(db)?;
    if there == 0 {
        diesel::insert_into(order_search::table)
            .values((order_search::order_id.eq(order.row.id.0), order_search::words.eq(&words), order_search::summary.eq(&summary)))
            .execute(db)?;
    }
    Ok(())
}

/// Lets organisations have to do with an order from now on.
pub fn join_party(db: &mut Db, id: OrderId, now: Moment, part: PartyKind, organisation: OrganisationId) -> Result<()> {
    diesel::insert_into(order_parties::table)
        .values((order_parties::order_id.eq(id), order_parties::organisation_id.eq(organisation), order_parties::part.eq(part), order_parties::since.eq(now)))
        .execute(db)?;
    Ok(())
}

/// Ends a part of all who have it; they read up to the given version.
pub fn leave_party(db: &mut Db, id: OrderId, now: Moment, part: PartyKind, version: i64) -> Result<()> {
    diesel::update(order_parties::table.filter(order_parties::order_id.eq(id)).filter(order_parties::part.eq(part)).filter(order_parties::until.is_null()))
        .set((order_parties::until.eq(now), order_parties::until_version.eq(version)))
        .execute(db)?;
    Ok(())
}

/// One line of the history.
pub struct Line<'a> {
    pub verb: Verb,
    pub role: Option<Role>,
    pub organisation: Option<OrganisationId>,
    pub from: Option<State>,
    pub note: Option<&'a str>,
    pub about: Option<OrganisationId>,
}

/// Adds a line to the history; gives its number.
pub fn insert_move(db: &mut Db, act: &Act, order: &Order, line: &Line<'_>) -> Result<i64> {
    Ok(diesel::insert_into(order_moves::table)
        .values((
            order_moves::order_id.eq(order.row.id),
            order_moves::verb.eq(line.verb),
            order_moves::at.eq(act.now),
            order_moves::actor_id.eq(act.person()),
            order_moves::actor_role.eq(line.role),
            order_moves::organisation_id.eq(line.organisation),
            order_moves::from_state.eq(line.from),
            order_moves::to_state.eq(order.row.state),
            order_moves::version.eq(order.row.version),
            order_moves::note.eq(line.note),
            order_moves::about_id.eq(line.about),
        ))
        .returning(order_moves::id)
        .get_result(db)?)
}

pub fn insert_change(db: &mut Db, line: i64, field: &str, old: Option<&str>, new: Option<&str>) -> Result<()> {
    diesel::insert_into(order_changes::table)
        .values((order_changes::move_id.eq(line), order_changes::field.eq(field), order_changes::old.eq(old), order_changes::new.eq(new)))
        .execute(db)?;
    Ok(())
}

pub fn insert_question(db: &mut Db, id: OrderId, now: Moment, asked_by: PersonId, organisation: Option<OrganisationId>, question: &str) -> Result<()> {
    diesel::insert_into(order_questions::table)
        .values((
            order_questions::order_id.eq(id),
            order_questions::asked_by.eq(asked_by),
            order_questions::organisation_id.eq(organisation),
            order_questions::asked_at.eq(now),
            order_questions::question.eq(question),
        ))
        .execute(db)?;
    Ok(())
}

pub fn answer_question(db: &mut Db, id: OrderId, now: Moment, answer: &str) -> Result<()> {
    diesel::update(order_questions::table.filter(order_questions::order_id.eq(id)).filter(order_questions::answered_at.is_null()))
        .set((order_questions::answered_at.eq(now), order_questions::answer.eq(answer)))
        .execute(db)?;
    Ok(())
}

pub fn insert_answer(db: &mut Db, id: OrderId, act: &Act, kind: AnswerKind, text: &str) -> Result<()> {
    diesel::insert_into(order_answers::table)
        .values((
            order_answers::order_id.eq(id),
            order_answers::kind.eq(kind),
            order_answers::text.eq(text),
            order_answers::written_by.eq(act.person()),
            order_answers::written_at.eq(act.now),
        ))
        .execute(db)?;
    Ok(())
}

/// Writes a review: one an order, and anew where an upheld dispute had it done again.
pub fn put_review(db: &mut Db, id: OrderId, act: &Act, stars: i32, words: Option<&str>, by_phone: bool) -> Result<()> {
    use order_reviews as r;
    let said = (r::stars.eq(stars), r::words.eq(words), r::entered_by.eq(act.person()), r::by_phone.eq(by_phone), r::given_at.eq(act.now));
    if diesel::update(r::table.find(id)).set(said).execute(db)? == 0 {
        diesel::insert_into(r::table).values((r::order_id.eq(id), said)).execute(db)?;
    }
    Ok(())
}

pub fn insert_dispute(db: &mut Db, id: OrderId, now: Moment, kind: DisputeKind, words: &str) -> Result<()> {
    diesel::insert_into(order_disputes::table)
        .values((order_disputes::order_id.eq(id), order_disputes::kind.eq(kind), order_disputes::words.eq(words), order_disputes::raised_at.eq(now)))
        .execute(db)?;
    Ok(())
}

pub fn decide_dispute(db: &mut Db, id: OrderId, act: &Act, outcome: Outcome, words: &str) -> Result<()> {
    diesel::update(order_disputes::table.filter(order_disputes::order_id.eq(id)).filter(order_disputes::decided_at.is_null()))
        .set((
            order_disputes::outcome.eq(outcome),
            order_disputes::outcome_words.eq(words),
            order_disputes::decided_by.eq(act.person()),
            order_disputes::decided_at.eq(act.now),
        ))
        .execute(db)?;
    Ok(())
}

pub fn insert_proposal(db: &mut Db, id: OrderId, act: &Act, from: Moment, until: Moment, venue: Option<VenueId>) -> Result<()> {
    diesel::insert_into(order_proposals::table)
        .values((
            order_proposals::order_id.eq(id),
            order_proposals::proposed_by.eq(act.person()),
            order_proposals::proposed_at.eq(act.now),
            order_proposals::starts_at.eq(from),
            order_proposals::ends_at.eq(until),
            order_proposals::venue_id.eq(venue),
        ))
        .execute(db)?;
    Ok(())
}

/// Points an order that was merged at another one.
pub fn point_merged(db: &mut Db, id: OrderId, into: OrderId) -> Result<()> {
    diesel::update(orders::table.find(id)).set(orders::merged_into.eq(into)).execute(db)?;
    Ok(())
}
