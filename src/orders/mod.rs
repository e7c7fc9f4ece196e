//! The chain from 点单 to 评单: a resident asks, a centre dispatches, a department accepts, a team claims, schedules and
//! fulfils, the requester reviews. The life of an order is the table in [`state`]; each move is one function here.

mod afterwards;
mod claiming;
mod deed;
mod dispatching;
mod ending;
mod fulfilment;
pub mod http;
mod intake;
mod looking;
mod merging;
pub mod needs;
mod reach;
mod retention;
pub mod rules;
mod slots;
pub mod state;
pub mod store;
mod timed;
mod view;
mod waiting;

pub use claiming::{accept, claim, decline, offer, open};
pub use deed::{identify, limit, open_to};
pub use dispatching::{answer, decide_lead, dispatch, give_back, give_up, redispatch};
pub use ending::{dismiss, dispute, review, settle, uphold};
pub use fulfilment::{fulfil, postpone, postpone_among, propose, release, schedule};
pub use intake::{Submitted, amend, ask, reject, reopen, reply, set_urgency, submit, transfer, withdraw};
pub use looking::{look, parts, reveal_contact, track};
pub use merging::{merge, unmerge};
pub use retention::erase_contacts;
pub use store::EndedBefore;
pub use timed::run_due;
pub use waiting::waits_on;

use crate::actor::{Act, Jurisdiction};
use crate::app::App;
use crate::auth;
use crate::clock::Moment;
use crate::db::Db;
use crate::divisions;
use crate::error::{Refusal, Result};
use crate::ids::OrganisationId;
use crate::organisations;
use crate::people;
use crate::wire::Change;

/// The claim board of a team, for its leaders.
pub fn board(db: &mut Db, act: &Act, team: OrganisationId, most: i64) -> Result<(Vec<store::Order>, i64)> {
    let found = organisations::team(db, team)?.ok_or_else(Refusal::not_found)?;
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    if !claiming::leads(actor, &found) {
        return Err(Refusal::forbidden("Only a leader of the team sees its claim board.").into());
    }
    store::board(db, &found.county, team, act.now, most)
}

/// Looks an order up without an account; wrong tries are counted, and five close the number for 15 minutes. Gives the order,
/// the phones of its centre and county, and whether it was opened by its token.
pub async fn track_counted(app: &App, change: Change<needs::Track>) -> Result<(reach::Opened, Option<String>, String, bool)> {
    let now = app.clock.now();
    let (number, by_token) = change.body().map(|body| (body.number.as_deref().and_then(rules::parse_number), body.token.is_some()))?;
    if let Some(number) = number.clone() {
        let (state, address) = (app.clone(), change.caller.address.to_string());
        app.pool.write(move |db| auth::look_up(db, &state, &number, &address, now)).await?;
    }
    let state = app.clone();
    let found = app
        .pool
        .read(move |db| {
            let (_, opened) = track(db, &state, &change)?;
            let centre = organisations::get(db, opened.order.row.holding_centre_id)?;
            let county = divisions::county(db, &opened.order.row.county)?;
            Ok((opened, centre.and_then(|centre| centre.phone), county.map(|county| county.phone).unwrap_or_default()))
        })
        .await;
    match found {
        Ok((opened, centre, county)) => Ok((opened, centre, county, by_token)),
        Err(error) if error.is("nothing_found") => {
            let state = app.clone();
            app.pool
                .write(move |db| match &number {
                    Some(number) => auth::wrong_try(db, &state, "track", "number", number, now).map(|_| ()),
                    None => Ok(()),
                })
                .await?;
            Err(error)
        }
        Err(error) => Err(error),
    }
}

/// Those of these orders that the doer may know of, and whether the requester's own words are theirs to read.
pub fn read_by(db: &mut Db, act: &Act, orders: Vec<store::Order>) -> Result<Vec<(store::Order, bool)>> {
    let opened = reach::judge(db, act, orders)?.into_iter().filter(|opened| !opened.parts.is_empty());
    Ok(opened.map(|opened| (opened.order, opened.sight == reach::Sight::Full)).collect())
}

/// Who reads the orders of a place, and what a form must know before anything is typed.
pub struct Intake {
    /// The centre that would hold an order now.
    pub centre: Option<(OrganisationId, String)>,
    /// Whether it takes the order in as a service to another jurisdiction.
    pub as_a_service: bool,
    pub county: divisions::County,
    /// The county's own centre.
    pub county_centre: Option<organisations::Organisation>,
    /// The notice that one consents to.
    pub consent_version: Option<String>,
}

/// Who would hold an order of a place now; without a place, of the county itself.
///
/// # Errors
/// 404 where there is no such place or county.
pub fn who_reads(db: &mut Db, division: Option<&str>, county: Option<&str>, now: Moment) -> Result<Intake> {
    let code = match division {
        Some(division) => division.to_owned(),
        None => divisions::county_or_first(db, county)?,
    };
    let place = divisions::find(db, &code)?.ok_or_else(Refusal::not_found)?;
    let county = divisions::county(db, &place.county)?.ok_or_else(Refusal::not_found)?;
    if division.is_none() && county.code != code {
        return Err(Refusal::not_found().into());
    }
    let county_centre = organisations::centres_up(db, &format!("{}.", county.code))?.into_iter().next();
    let consent_version = people::current_consent(db, people::ConsentKind::Notice, now)?.map(|notice| notice.version);
    let found = match people::dispatching_centre(db, &place.path, now)? {
        Some(centre) => Some(organisations::get(db, centre)?.ok_or_else(Refusal::not_found)?),
        None => None,
    };
    let as_a_service = place.jurisdiction == Jurisdiction::Farm && found.as_ref().is_some_and(|found| found.jurisdiction == Jurisdiction::County);
    Ok(Intake { centre: found.map(|found| (found.id, found.name)), as_a_service, county, county_centre, consent_version })
}
