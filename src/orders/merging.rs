//! Orders that ask for the same are joined, and part again when the one that stands for them ends without service.

use super::deed::{Doing, finish, perform};
use super::needs;
use super::reach::{self, Opened, standing};
use super::state::{self, State, Verb};
use super::store;
use crate::actor::{Act, By};
use crate::app::App;
use crate::db::{self, Anchor, Db};
use crate::error::{Refusal, Result};
use crate::ids::OrderId;
use crate::organisations;
use crate::people;
use crate::wire::Change;

/// Joins an order to an open one that asks for the same; its requester follows, reviews and disputes that one.
pub fn merge(db: &mut Db, app: &App, change: &Change<needs::Merge>, id: OrderId) -> Result<(Act, Opened)> {
    // Both rows, in the order of their ids and before either is judged: two that are merged into each other never wait in a ring.
    if let Ok(body) = change.body() {
        let (one, other) = (id.0, body.into_order_id.0);
        db::lock(db, Anchor::Order(one.min(other)))?;
        db::lock(db, Anchor::Order(one.max(other)))?;
    }
    perform(db, app, change, id, Verb::Merge, |db, doing, body| {
        let into = body.into_order_id;
        let refuse = |code: &'static str, detail: &str| Refusal::fault("/into_order_id", code, detail);
        if into == id {
            return Err(refuse("itself", "An order cannot be merged into itself.").into());
        }
        let target = match reach::open(db, doing.act, into, None) {
            Err(error) if error.is("not_found") => return Err(refuse("order_unknown", "There is no such order in your reach.").into()),
            target => target?,
        };
        let open = matches!(target.order.row.state, State::Submitted | State::Dispatched | State::Accepted | State::Claimed | State::Scheduled);
        if !open || target.order.row.county != doing.order.row.county {
            return Err(refuse("not_open", "Only an order that is still open can be joined.").into());
        }
        // Those that had joined this one go along.
        for joined in store::merged_into(db, id)? {
            store::point_merged(db, joined, into)?;
        }
        doing.order.row.merged_into = Some(into);
        doing.fields.push("merged_into");
        doing.enter();
        Ok(())
    })
}

/// Takes an order out of a merge again.
pub fn unmerge(db: &mut Db, app: &App, change: &Change<needs::Nothing>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Unmerge, |db, doing, _| part(db, doing))
}

fn part(db: &mut Db, doing: &mut Doing<'_>) -> Result<()> {
    doing.order.row.merged_into = None;
    doing.fields.push("merged_into");
    if let Some(centre) = people::dispatching_centre(db, &doing.order.row.place_path, doing.now())? {
        organisations::stays_open(db, centre)?;
        doing.order.row.holding_centre_id = centre;
    }
    doing.enter();
    Ok(())
}

/// When an order ends without service, those merged into it come back by themselves.
pub(super) fn come_back(db: &mut Db, doing: &Doing<'_>) -> Result<()> {
    let worker = Act { by: By::Worker, ..doing.act.clone() };
    for id in store::merged_into(db, doing.id())? {
        let opened = reach::open(db, &worker, id, None)?;
        let Some(step) = state::step(Verb::Unmerge, &standing(&opened, worker.now), &opened.parts) else { continue };
        let mut parting = Doing::new(&worker, opened, step);
        part(db, &mut parting)?;
        finish(db, &mut parting)?;
    }
    Ok(())
}
