//! One route a move; each answers the order as it now is.

use actix_web::{post, web};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::actor::Act;
use crate::app::App;
use crate::db::Db;
use crate::error::Result;
use crate::ids::OrderId;
use crate::wire::{Body, Change, MoveAnswers, Versioned};

use super::super::needs;
use super::super::reach::Opened;
use super::versioned;
use super::view::OrderView;

type Deed<B> = fn(&mut Db, &App, &Change<B>, OrderId) -> Result<(Act, Opened)>;

async fn make<B: Body + Send + Sync + 'static>(app: &App, id: OrderId, change: Change<B>, deed: Deed<B>) -> Result<Versioned<OrderView>> {
    let state = app.clone();
    app.pool
        .write(move |db| {
            let (act, opened) = deed(db, &state, &change, id)?;
            versioned(db, &act, opened)
        })
        .await
}

type Moved = MoveAnswers<OrderView>;

/// Declares the handlers and their registration from one list.
macro_rules! moves {
    ($($(#[$doc:meta])* $name:ident $path:literal $body:ident $deed:ident;)+) => {
        $(
            $(#[$doc])*
            #[utoipa::path(
                tag = "orders",
                request_body = needs::$body,
                params(
                    ("id" = OrderId, Path),
                    ("If-Match" = Option<String>, Header, description = "The ETag that you read.", example = "\"3\""),
                    ("Idempotency-Key" = Option<String>, Header, min_length = 8, max_length = 100, description = "Makes a repeat harmless."),
                ),
                responses(Moved),
                security(("bearer" = []), ("track_token" = []))
            )]
            #[post($path)]
            async fn $name(app: web::Data<App>, id: web::Path<OrderId>, change: Change<needs::$body>) -> Result<Versioned<OrderView>> {
                make(app.get_ref(), *id, change, super::super::$deed).await
            }
        )+

        pub fn routes(cfg: &mut ServiceConfig<'_>) {
            $(cfg.service($name);)+
        }
    };
}

moves! {
    /// Change what was ordered: words while it waits for dispatch, times until it is claimed, contact until it is fulfilled.
    amend_order "/orders/{id}/amend" Amend amend;
    /// Ask the requester; the clock stands still until they reply, at most five working days in all.
    ask_order "/orders/{id}/ask" Question ask;
    /// Answer the question.
    reply_order "/orders/{id}/reply" Reply reply;
    /// Say how urgent it is, and why.
    set_urgency_order "/orders/{id}/set_urgency" SetUrgency set_urgency;
    /// Pass it to the centre whose it is.
    transfer_order "/orders/{id}/transfer" Transfer transfer;
    /// Dispatch it (派单) to the department that answers for it, after checking it (审单).
    dispatch_order "/orders/{id}/dispatch" Dispatch dispatch;
    /// Turn it down (不予受理), with the reason.
    reject_order "/orders/{id}/reject" Reason reject;
    /// Join it to an open order that asks for the same.
    merge_order "/orders/{id}/merge" Merge merge;
    /// Take it out of a merge again.
    unmerge_order "/orders/{id}/unmerge" Nothing unmerge;
    /// Send it to another department.
    redispatch_order "/orders/{id}/redispatch" Redispatch redispatch;
    /// Give it back to the centre: not ours, and whose it is where that is known.
    return_order "/orders/{id}/return" Return give_back;
    /// After two returns: the county centre decides who leads.
    decide_lead_order "/orders/{id}/decide_lead" Dispatch decide_lead;
    /// Answer it without an event: text, file, link or loan.
    answer_order "/orders/{id}/answer" Answer answer;
    /// Take responsibility (领单); open it to all teams, or offer it to one.
    accept_order "/orders/{id}/accept" Accept accept;
    /// Offer it to one team (定向).
    offer_order "/orders/{id}/offer" Offer offer;
    /// End the offer: open to all.
    open_order "/orders/{id}/open" Nothing open;
    /// Decline the offer; nothing is held against the team.
    decline_order "/orders/{id}/decline" Nothing decline;
    /// Claim it for your team (接单): the first to commit wins, the others are told who holds it.
    claim_order "/orders/{id}/claim" Claim claim;
    /// Propose times for the leader to take or not.
    propose_order "/orders/{id}/propose" Propose propose;
    /// Say when, where and who is in charge: booked in the same transaction.
    schedule_order "/orders/{id}/schedule" Schedule schedule;
    /// Put it off; the team keeps the order.
    postpone_order "/orders/{id}/postpone" Postpone postpone;
    /// Give it back before its start.
    release_order "/orders/{id}/release" Reason release;
    /// Tell how many came and what was done.
    fulfil_order "/orders/{id}/fulfil" Fulfil fulfil;
    /// Say how it was (评单).
    review_order "/orders/{id}/review" Review review;
    /// Say that it did not take place, or not as reported.
    dispute_order "/orders/{id}/dispute" Dispute dispute;
    /// The requester is right: it waits for a team again.
    uphold_order "/orders/{id}/uphold" Decision uphold;
    /// Both sides agree on how to leave it.
    settle_order "/orders/{id}/settle" Decision settle;
    /// The dispute has no ground.
    dismiss_order "/orders/{id}/dismiss" Decision dismiss;
    /// Take the order back.
    withdraw_order "/orders/{id}/withdraw" Nothing withdraw;
    /// Nobody took it (未能承接): an honest end.
    give_up_order "/orders/{id}/give_up" Reason give_up;
    /// Open it again, with what changed.
    reopen_order "/orders/{id}/reopen" Reopen reopen;
}
