//! 评单 and what can go wrong after: reviews, disputes and how they are decided.

use crate::actor::Act;
use crate::app::App;
use crate::db::Db;
use crate::error::Result;
use crate::hours;
use crate::ids::OrderId;
use crate::wire::Change;

use super::deed::{Doing, perform};
use super::fulfilment::leave_team;
use super::needs;
use super::reach::Opened;
use super::state::{Part, Verb};
use super::store::{self, DisputeKind, Outcome};

/// 评单: the requester says how it was; or a dispatcher who phoned them, and who is not the one who dispatched.
pub fn review(db: &mut Db, app: &App, change: &Change<needs::Review>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Review, |db, doing, body| {
        let by_phone = doing.step.part == Part::Caller;
        let words = body.words.as_deref().map(str::trim).filter(|words| !words.is_empty());
        store::put_review(db, id, doing.act, body.stars, words, by_phone)?;
        doing.order.progress.stars = Some(body.stars);
        doing.fields.push("stars");
        doing.enter();
        Ok(())
    })
}

/// The requester says that it did not take place, or not as reported. Once.
pub fn dispute(db: &mut Db, app: &App, change: &Change<needs::Dispute>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Dispute, |db, doing, body| {
        store::insert_dispute(db, id, doing.now(), body.kind, &body.words)?;
        // What is said not to have taken place, or not as reported, counts for nobody until that is decided.
        if doubts_hours(body.kind)
            && let Some(event) = doing.order.progress.event_id
        {
            hours::hold(db, doing.act, &doing.order.row.county, event)?;
        }
        doing.order.progress.disputes += 1;
        doing.order.progress.disputed_from = Some(doing.step.from);
        doing.note = Some(body.words.clone());
        doing.fields.push("dispute");
        doing.enter();
        Ok(())
    })
}

/// The requester is right: the order waits for a team again.
pub fn uphold(db: &mut Db, app: &App, change: &Change<needs::Decision>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Uphold, |db, doing, body| {
        decide(db, doing, Outcome::Upheld, &body.words)?;
        // What is done now is reviewed anew.
        doing.order.progress.stars = None;
        leave_team(db, doing)?;
        if let Some(event) = doing.order.progress.event_id.take() {
            crate::events::void(db, doing.act, &doing.order.row.county, event)?;
            if hours::is_held(db, event)? {
                hours::propose_reversal(db, doing.act, &doing.order.row.county, event)?;
            }
        }
        doing.order.progress.starts_at = None;
        doing.order.progress.ends_at = None;
        doing.enter();
        Ok(())
    })
}

/// Both sides agree on how to leave it.
pub fn settle(db: &mut Db, app: &App, change: &Change<needs::Decision>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Settle, |db, doing, body| {
        decide(db, doing, Outcome::Settled, &body.words)?;
        free_hours(db, doing)?;
        doing.enter();
        Ok(())
    })
}

/// The dispute has no ground: the order goes on from where it was.
pub fn dismiss(db: &mut Db, app: &App, change: &Change<needs::Decision>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Dismiss, |db, doing, body| {
        decide(db, doing, Outcome::Dismissed, &body.words)?;
        free_hours(db, doing)?;
        doing.enter();
        Ok(())
    })
}

/// Whether a dispute is about the hours that were given.
fn doubts_hours(kind: DisputeKind) -> bool {
    matches!(kind, DisputeKind::DidNotTakePlace | DisputeKind::LessThanReported)
}

/// What was doubted counts again.
fn free_hours(db: &mut Db, doing: &Doing<'_>) -> Result<()> {
    doing.order.progress.event_id.map_or(Ok(()), |event| hours::free(db, doing.act, &doing.order.row.county, event))
}

fn decide(db: &mut Db, doing: &mut Doing<'_>, outcome: Outcome, words: &str) -> Result<()> {
    doing.note = Some(words.to_owned());
    doing.fields.push("dispute");
    doing.order.progress.disputed_from = None;
    store::decide_dispute(db, doing.id(), doing.act, outcome, words)
}
