//! 投诉: somebody says what went wrong, and it is found who answers.

use super::needs;
use super::reach::{self, Opened};
use super::rules;
use super::state::{ComplaintLevel, ComplaintState, ComplaintVerb};
use super::store::{self, ComplaintRow, Contact, Line};
use crate::actor::{Act, By, Jurisdiction, Role};
use crate::app::App;
use crate::auth;
use crate::clock::Moment;
use crate::db::Db;
use crate::divisions;
use crate::error::{Error, Kind, Refusal, Result};
use crate::idempotency;
use crate::ids::{ComplaintId, OrganisationId};
use crate::journal::{self, Capacity, Subject};
use crate::orders::needs::digits;
use crate::orders::store::Order;
use crate::orders::{self, rules as numbers};
use crate::organisations::{self, Organisation};
use crate::outbox::{self, To};
use crate::people::{self, ConsentKind, Consenter};
use crate::secrets::{self, Purpose};
use crate::wire::Change;

/// What complaining answers.
pub struct Complained {
    pub act: Act,
    pub opened: Opened,
    /// Opens the complaint without an account: for the link and the slip.
    pub track_token: String,
}

/// As [`complain`]; unknown order numbers from one address are counted, and five close it for 15 minutes: nobody finds out by
/// trying which orders there are.
pub async fn complain_counted<T: Send + 'static>(
    app: &App,
    change: Change<needs::Complain>,
    then: impl Fn(&mut Db, Complained) -> Result<T> + Send + 'static,
) -> Result<T> {
    let (state, address, now) = (app.clone(), change.caller.address.to_string(), app.clock.now());
    let by_number = change.body().is_ok_and(|body| body.order_number.is_some());
    let from = address.clone();
    let done = app
        .pool
        .write(move |db| {
            if by_number && let Some(seconds) = auth::is_closed(db, &state, "complain", "address", &from, now)? {
                return Err(auth::locked_out(seconds));
            }
            let complained = complain(db, &state, &change)?;
            then(db, complained)
        })
        .await;
    if by_number && done.as_ref().is_err_and(is_unknown_order) {
        let state = app.clone();
        app.pool.write(move |db| auth::wrong_try(db, &state, "complain", "address", &address, now).map(|_| ())).await?;
    }
    done
}

fn is_unknown_order(error: &Error) -> bool {
    error.refusal().is_some_and(|refusal| refusal.faults.iter().any(|fault| fault.code == "order_unknown"))
}

/// Anyone complains: with an account, by an order's tracking token, or as a visitor, whose name and phone are for them to give.
pub fn complain(db: &mut Db, app: &App, change: &Change<needs::Complain>) -> Result<Complained> {
    let mut act = orders::identify(db, app, &change.caller)?;
    let key = change.required_key()?;
    let body = change.body()?;
    let phone = body.contact_phone.as_deref().map(digits);
    // Who names no phone is known by where they are: nothing else tells one nameless complainant from another.
    let visitor = phone.clone().unwrap_or_else(|| change.caller.address.to_string());
    let visitor = app.secrets.hash(Purpose::Bucket, &["complain", &visitor]);
    let scope = idempotency::scope(&act, &visitor);
    let token = app.secrets.hash(Purpose::StoredToken, &["complaint", &scope, key]);
    let anonymous = act.person().is_none();
    if let Some(id) = idempotency::replay(db, &scope, "complain", change)? {
        let id = ComplaintId(id);
        if anonymous {
            act.by = By::Complainant(id);
        }
        let opened = reach::open(db, &act, id)?;
        return Ok(Complained { act, opened, track_token: token });
    }
    if anonymous {
        auth::spend(db, app, "complain", "address", &change.caller.address.to_string(), act.now)?;
        if let Some(phone) = &phone {
            auth::spend(db, app, "complain", "phone", phone, act.now)?;
        }
    }
    if let Some(consent) = &body.consent {
        people::known_consent(db, ConsentKind::Notice, "/consent/version", &consent.version)?;
    }
    let order = order_meant(db, &act, body)?;
    let county = county_meant(db, &act, body, order.as_ref())?;
    let desk = desk(db, &county, order.as_ref(), act.now)?;
    organisations::stays_open(db, desk.answering)?;
    let calendar = divisions::calendar(db, &county)?;
    let limit = orders::limit(db, &county, "complaint", false)?.unwrap_or(rules::ANSWER_WITHIN);
    let due = limit.after(&calendar, act.now);
    let row = ComplaintRow {
        id: ComplaintId(0),
        number: rules::new_number(),
        county: county.clone(),
        state: ComplaintState::Open,
        version: 1,
        desk: desk.level,
        order_id: order.as_ref().map(|order| order.row.id),
        about_path: desk.about.as_ref().map(|(path, _)| path.clone()),
        about_jurisdiction: desk.about.as_ref().map(|(_, jurisdiction)| *jurisdiction),
        page: body.page.clone(),
        words: body.words.trim().to_owned(),
        complainant_id: act.person(),
        answering_id: desk.answering,
        track_hash: secrets::digest(token.as_bytes()),
        complained_at: act.now,
        stage_at: act.now,
        due_at: Some(due),
        late_at: None,
        rung: 0,
        rung_at: Some(due),
        answered_at: None,
        ended_at: None,
    };
    let id = store::insert(db, &row)?;
    let row = ComplaintRow { id, ..row };
    if body.has_contact() {
        let name = body.contact_name.as_deref().map(|name| name.trim().to_owned());
        store::insert_contact(db, id, &Contact { name, phone })?;
    }
    if let Some(consent) = &body.consent {
        people::keep_consent(db, act.now, Consenter::Complaint(id), ConsentKind::Notice, &consent.version, consent.given.as_str())?;
    }
    if anonymous {
        act.by = By::Complainant(id);
    }
    store::insert_move(db, &act, &row, &Line { verb: ComplaintVerb::Complain, role: None, organisation: None, from: None, note: None })?;
    let subject = Subject { kind: "complaint", id: id.0, version: Some(1), county: Some(&county) };
    journal::record(db, &act, "complain", subject, Capacity::default(), &["state", "words", "contact", "consent"])?;
    for to in who_answers(db, &row)? {
        outbox::tell(db, &act, "complaint_complain", id, to)?;
    }
    idempotency::remember(db, act.now, &scope, "complain", change, id.0)?;
    let opened = reach::open(db, &act, id)?;
    Ok(Complained { act, opened, track_token: token })
}

/// The order that a complaint is about: one in reach, or of a number that is on the slip.
fn order_meant(db: &mut Db, act: &Act, body: &needs::Complain) -> Result<Option<Order>> {
    let unknown =
        |pointer: &str| Error::from(Refusal::fault(pointer, "order_unknown", "There is no such order that you can see. Check the number, or leave it out."));
    if let Some(id) = body.order_id {
        return match orders::look(db, act, id) {
            Err(error) if error.is("not_found") => Err(unknown("/order_id")),
            order => order.map(Some),
        };
    }
    let Some(typed) = &body.order_number else { return Ok(None) };
    let id = match numbers::parse_number(typed) {
        Some(number) => orders::store::find_by_number(db, &number)?,
        None => None,
    };
    let order = id.map(|id| orders::store::find(db, id)).transpose()?.flatten();
    order.map(Some).ok_or_else(|| unknown("/order_number"))
}

fn county_meant(db: &mut Db, act: &Act, body: &needs::Complain, order: Option<&Order>) -> Result<String> {
    if let Some(order) = order {
        return Ok(order.row.county.clone());
    }
    let own = act.actor().and_then(|actor| actor.county.clone());
    let county = divisions::county_or_first(db, body.county.as_deref().or(own.as_deref()))?;
    divisions::county(db, &county)?.ok_or_else(|| Refusal::fault("/county", "county_unknown", "There is no such county here."))?;
    Ok(county)
}

/// Who answers a complaint first.
struct Desk {
    level: ComplaintLevel,
    answering: OrganisationId,
    /// Where the centre sits that it is about, and on which side of the border.
    about: Option<(String, Jurisdiction)>,
}

fn desk(db: &mut Db, county: &str, order: Option<&Order>, now: Moment) -> Result<Desk> {
    let association = organisations::association(db, county)?.filter(|association| association.active);
    let Some(order) = order else {
        let centre = organisations::centres_up(db, &format!("{county}."))?.into_iter().next();
        let answering = centre.or(association).ok_or_else(nobody)?.id;
        return Ok(Desk { level: ComplaintLevel::County, answering, about: None });
    };
    let blamed = blamed_centre(db, order)?;
    let about = Some((blamed.path.clone(), blamed.jurisdiction));
    for centre in organisations::centres_up(db, &blamed.path)? {
        let above = centre.path.len() < blamed.path.len() && centre.jurisdiction == blamed.jurisdiction;
        if above && has_answerer(db, order, centre.id, now)? {
            return Ok(Desk { level: ComplaintLevel::Centre, answering: centre.id, about });
        }
    }
    let answering = association.ok_or_else(nobody)?.id;
    Ok(Desk { level: ComplaintLevel::Supervisor, answering, about })
}

fn nobody() -> Refusal {
    Refusal::new(Kind::Conflict, "nobody_answers", "Nobody answers complaints in this county yet. Call the county centre instead.")
}

/// The centre that a complaint about an order is about: the one that holds it or the one that dispatched it, whichever stands
/// higher, so that who answers stands above both.
fn blamed_centre(db: &mut Db, order: &Order) -> Result<Organisation> {
    let holding = organisations::get(db, order.row.holding_centre_id)?.ok_or_else(Refusal::not_found)?;
    let dispatching = match order.progress.dispatching_centre_id {
        Some(id) if id != holding.id => organisations::get(db, id)?,
        _ => None,
    };
    Ok(match dispatching {
        Some(dispatching) if dispatching.path.len() < holding.path.len() => dispatching,
        _ => holding,
    })
}

/// Whether a centre has a dispatcher who is there, and never did anything to the order.
fn has_answerer(db: &mut Db, order: &Order, centre: OrganisationId, now: Moment) -> Result<bool> {
    if !people::has_present_holder(db, Role::Dispatcher, centre, now)? {
        return Ok(false);
    }
    for person in people::holders(db, Role::Dispatcher, centre, now)? {
        if store::acted_on(db, &[order.row.id], person)?.is_empty() && !people::is_away(db, person, now)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whom to tell that something waits for their answer.
pub(super) fn who_answers(db: &mut Db, row: &ComplaintRow) -> Result<Vec<To>> {
    let level = reach::level(row);
    let mut to = Vec::new();
    if level != ComplaintLevel::Supervisor {
        to.push(To::Role(Role::Dispatcher, row.answering_id));
    }
    if level != ComplaintLevel::Centre {
        to.extend(supervisors(db, &row.county)?);
    }
    Ok(to)
}

/// The supervisors of a county.
pub(super) fn supervisors(db: &mut Db, county: &str) -> Result<Option<To>> {
    Ok(organisations::association(db, county)?.map(|association| To::Role(Role::Supervisor, association.id)))
}
