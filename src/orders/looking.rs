//! Looking at an order in ways that are no moves: without an account, and its contact in full.

use super::deed::{capacity, identify};
use super::needs;
use super::reach::{self, Opened};
use super::rules;
use super::state::{Part, Verb};
use super::store::{self, Contact, Line};
use crate::actor::{Act, By};
use crate::app::App;
use crate::auth;
use crate::db::Db;
use crate::error::{Kind, Refusal, Result};
use crate::ids::OrderId;
use crate::journal::{self, Subject};
use crate::secrets;
use crate::wire::Change;

/// The order of this id, where the caller may know of it.
///
/// # Errors
/// 404 where they may not.
pub fn look(db: &mut Db, act: &Act, id: OrderId) -> Result<store::Order> {
    Ok(reach::open(db, act, id, None)?.order)
}

/// What somebody is to an order; nothing where they may not know of it.
pub fn parts(db: &mut Db, act: &Act, id: OrderId) -> Result<Vec<Part>> {
    let Some(order) = store::find(db, id)? else { return Ok(Vec::new()) };
    Ok(reach::judge(db, act, vec![order])?.pop().map(|opened| opened.parts).unwrap_or_default())
}

/// Looks an order up without an account, by its number and the last four digits of the phone, or by its token.
pub fn track(db: &mut Db, app: &App, change: &Change<needs::Track>) -> Result<(Act, Opened)> {
    let body = change.body()?;
    let mut act = Act { by: By::Visitor, now: app.clock.now(), request_id: change.caller.request_id.clone() };
    let id = match (&body.token, &body.number, &body.phone_tail) {
        (Some(token), _, _) => store::find_by_track_hash(db, &secrets::digest(token.as_bytes()))?,
        (None, Some(number), Some(tail)) => match rules::parse_number(number) {
            Some(number) => match store::find_by_number(db, &number)? {
                Some(id) => store::contact(db, id)?.phone.and_then(|phone| rules::phone_tail(&phone)).filter(|known| secrets::same(known, tail)).map(|_| id),
                None => None,
            },
            None => None,
        },
        _ => None,
    };
    let id = id.ok_or_else(|| Refusal::new(Kind::NotFound, "nothing_found", "No order has this number and phone. Check both; or call the county centre."))?;
    act.by = By::Token(id);
    let opened = reach::open(db, &act, id, None)?;
    Ok((act, opened))
}

/// Reads the contact in full: for the parties that must meet the requester, with a reason, journalled.
pub fn reveal_contact(db: &mut Db, app: &App, change: &Change<needs::Reason>, id: OrderId) -> Result<Contact> {
    let act = identify(db, app, &change.caller)?;
    if matches!(act.by, By::Visitor) {
        return Err(auth::sign_in_first());
    }
    let opened = reach::open(db, &act, id, None)?;
    let part = [Part::Requester, Part::Dispatcher, Part::Officer, Part::Deputy, Part::Leader].into_iter().find(|part| opened.has(*part));
    let part = part.ok_or_else(|| Refusal::forbidden("Only those who serve this order read its contact."))?;
    let body = change.body()?;
    let order = opened.order;
    let capacity = capacity(&act, &order, part);
    let line = Line {
        verb: Verb::RevealContact,
        role: capacity.role,
        organisation: capacity.organisation,
        from: Some(order.row.state),
        note: Some(&body.reason),
        about: None,
    };
    store::insert_move(db, &act, &order, &line)?;
    let subject = Subject { kind: "order", id: id.0, version: Some(order.row.version), county: Some(&order.row.county) };
    journal::record(db, &act, "reveal_contact", subject, capacity, &["contact_name", "contact_phone", "address"])?;
    store::contact(db, id)
}
