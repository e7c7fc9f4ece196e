//! Looking at a complaint in ways that are no moves: without an account, and its contact in full.

use super::answering::capacity;
use super::reach::{self, Opened};
use super::rules;
use super::state::{ComplaintPart, ComplaintVerb};
use super::store::{self, Contact, Line};
use crate::actor::{Act, By};
use crate::app::App;
use crate::auth;
use crate::db::Db;
use crate::divisions;
use crate::error::{Kind, Refusal, Result};
use crate::ids::ComplaintId;
use crate::journal::{self, Subject};
use crate::orders::needs::{Reason, Track};
use crate::orders::rules::phone_tail;
use crate::secrets;
use crate::wire::Change;

/// A complaint that was looked up without an account.
pub struct Tracked {
    pub opened: Opened,
    /// What was said to it: the answers, oldest first.
    pub said: Vec<store::HistoryLine>,
    pub county_phone: String,
    /// Whether it was opened by its token, which opens the complainant's moves as well.
    pub by_token: bool,
}

/// As [`track`]; wrong tries are counted, and five close the number for 15 minutes.
pub async fn track_counted(app: &App, change: Change<Track>) -> Result<Tracked> {
    let now = app.clock.now();
    let number = change.body()?.number.as_deref().and_then(rules::parse_number);
    if let Some(number) = number.clone() {
        let (state, address) = (app.clone(), change.caller.address.to_string());
        app.pool.write(move |db| auth::look_up(db, &state, &number, &address, now)).await?;
    }
    let state = app.clone();
    let found = app.pool.read(move |db| track(db, &state, &change)).await;
    if let (Err(error), Some(number)) = (&found, number)
        && error.is("nothing_found")
    {
        let state = app.clone();
        app.pool.write(move |db| auth::wrong_try(db, &state, "track", "number", &number, now).map(|_| ())).await?;
    }
    found
}

/// Looks a complaint up without an account, by its number and the last four digits of the phone, or by its token.
pub fn track(db: &mut Db, app: &App, change: &Change<Track>) -> Result<Tracked> {
    let body = change.body()?;
    let id = match (&body.token, &body.number, &body.phone_tail) {
        (Some(token), _, _) => store::find_by_track_hash(db, &secrets::digest(token.as_bytes()))?,
        (None, Some(number), Some(tail)) => by_number(db, number, tail)?,
        _ => None,
    };
    let nothing = || Refusal::new(Kind::NotFound, "nothing_found", "No complaint has this number and phone. Check both; or call the county centre.");
    let id = id.ok_or_else(nothing)?;
    let act = Act { by: By::Complainant(id), now: app.clock.now(), request_id: change.caller.request_id.clone() };
    let opened = reach::open(db, &act, id)?;
    let said = store::told_lines(db, id)?.into_iter().filter(|line| line.verb == ComplaintVerb::Answer).collect();
    let county = divisions::county(db, &opened.complaint.row.county)?;
    Ok(Tracked { opened, said, county_phone: county.map(|county| county.phone).unwrap_or_default(), by_token: body.token.is_some() })
}

fn by_number(db: &mut Db, number: &str, tail: &str) -> Result<Option<ComplaintId>> {
    let Some(number) = rules::parse_number(number) else { return Ok(None) };
    let Some(id) = store::find_by_number(db, &number)? else { return Ok(None) };
    let known = store::contact(db, id)?.phone.and_then(|phone| phone_tail(&phone));
    Ok(known.filter(|known| secrets::same(known, tail)).map(|_| id))
}

/// Reads the contact in full: for those who answer, with a reason, journalled.
pub fn reveal_contact(db: &mut Db, app: &App, change: &Change<Reason>, id: ComplaintId) -> Result<Contact> {
    let act = reach::identify(db, app, &change.caller)?;
    let opened = reach::open(db, &act, id)?;
    let reads = [ComplaintPart::Complainant, ComplaintPart::Answerer, ComplaintPart::Supervisor];
    let part = reads.into_iter().find(|part| opened.has(*part));
    let part = part.ok_or_else(|| Refusal::forbidden("Only those who answer this complaint read its contact."))?;
    let body = change.body()?;
    let row = opened.complaint.row;
    let capacity = capacity(&act, &row, part);
    let line =
        Line { verb: ComplaintVerb::RevealContact, role: capacity.role, organisation: capacity.organisation, from: Some(row.state), note: Some(&body.reason) };
    store::insert_move(db, &act, &row, &line)?;
    let subject = Subject { kind: "complaint", id: id.0, version: Some(row.version), county: Some(&row.county) };
    journal::record(db, &act, "reveal_contact", subject, capacity, &["contact_name", "contact_phone"])?;
    store::contact(db, id)
}
