//! What happens at the centre that holds an order: it comes in, is amended, asked about, passed on, turned down or joined.

use crate::actor::{Act, By, OrganisationKind, Role};
use crate::app::App;
use crate::auth;
use crate::clock::Moment;
use crate::db::Db;
use crate::divisions;
use crate::error::{Kind, Refusal, Result};
use crate::events;
use crate::idempotency;
use crate::ids::{OrderId, PlanItemId};
use crate::journal::{self, Capacity, Subject};
use crate::organisations;
use crate::outbox::{self, To};
use crate::people::{self, ConsentKind, Consenter};
use crate::plan;
use crate::secrets::{self, Purpose};
use crate::wire::Change;

use super::deed::{Doing, limit, perform};
use super::merging::come_back;
use super::needs;
use super::reach::{self, Opened};
use super::rules;
use super::state::{self, State, Verb};
use super::store::{self, Channel, Contact, Line, New, OrderRow};

/// What submitting answers, beside the order.
pub struct Submitted {
    pub act: Act,
    pub opened: Opened,
    /// Opens the requester's moves without an account: for the link, the QR and the slip.
    pub track_token: String,
}

/// 点单: a resident orders, a dispatcher orders for someone, a visitor orders with name and phone.
pub fn submit(db: &mut Db, app: &App, change: &Change<needs::Submit>) -> Result<Submitted> {
    let mut act = auth::act(db, app, &change.caller)?;
    let key = change.required_key()?;
    let body = change.body()?;
    let visiting = matches!(act.by, By::Visitor);
    let phone = body.contact_phone.as_deref().map(needs::digits);
    if visiting && phone.is_none() {
        return Err(Refusal::fault("/contact_phone", "phone_missing", "Give a telephone number, so that the centre can reach you; or sign in.").into());
    }
    let visitor = app.secrets.hash(Purpose::Bucket, &["submit", phone.as_deref().unwrap_or_default()]);
    let scope = idempotency::scope(&act, &visitor);
    let token = app.secrets.hash(Purpose::StoredToken, &["track", &scope, key]);
    if let Some(id) = idempotency::replay(db, &scope, "submit", change)? {
        let id = OrderId(id);
        if matches!(act.by, By::Visitor) {
            act.by = By::Token(id);
        }
        let opened = reach::open(db, &act, id, None)?;
        return Ok(Submitted { act, opened, track_token: token });
    }
    people::known_consent(db, ConsentKind::Notice, "/consent/version", &body.consent.version)?;
    if let Some(phone) = phone.as_ref().filter(|_| visiting) {
        auth::spend(db, app, "submit", "address", &change.caller.address.to_string(), act.now)?;
        auth::spend(db, app, "submit", "phone", phone, act.now)?;
    }
    let place =
        divisions::find(db, &body.division_code)?.filter(|division| division.valid_until.is_none_or(|until| until >= act.now.day(crate::clock::COUNTY_ZONE)));
    let place = place.ok_or_else(|| Refusal::fault("/division_code", "division_unknown", "There is no such division; choose one from /divisions."))?;
    let mut capacity = Capacity::default();
    if body.for_other {
        let seat = act.actor().and_then(|actor| actor.seats(Role::Dispatcher).find(|seat| seat.covers(&place.path, place.jurisdiction)));
        let seat = seat.ok_or_else(|| Refusal::forbidden("Only a dispatcher of the place orders for someone else (代点单)."))?;
        capacity = Capacity { role: Some(Role::Dispatcher), organisation: Some(seat.organisation) };
    }
    let holding = people::dispatching_centre(db, &place.path, act.now)?.ok_or_else(|| {
        Refusal::new(
            Kind::Conflict,
            "nobody_dispatches",
            "No centre of this county has a dispatcher yet, so nobody would read the order. Call the county centre instead.",
        )
    })?;
    organisations::stays_open(db, holding)?;
    let plan_item = plan_item(db, &place.county, body.plan_task.as_ref())?;
    if let Some(organisation) = body.requesting_organisation_id {
        organisations::get(db, organisation)?
            .filter(|found| found.county == place.county)
            .ok_or_else(|| Refusal::fault("/requesting_organisation_id", "organisation_unknown", "There is no such organisation in this county."))?;
    }
    let row = OrderRow {
        id: OrderId(0),
        number: rules::new_number(),
        county: place.county.clone(),
        division_code: place.code.clone(),
        place_path: place.path.clone(),
        jurisdiction: place.jurisdiction,
        state: State::Submitted,
        version: 1,
        title: body.title.trim().to_owned(),
        audience: body.audience,
        attendees: body.attendees,
        urgent: body.urgent,
        channel: body.channel.unwrap_or(if body.for_other { Channel::Desk } else { Channel::Web }),
        requester_id: act.person().filter(|_| !body.for_other),
        entered_by: act.person(),
        requesting_organisation_id: body.requesting_organisation_id,
        holding_centre_id: holding,
        department_id: None,
        summary: None,
        plan_item_id: plan_item,
        outside_plan: false,
        team_id: None,
        merged_into: None,
        submitted_at: act.now,
        stage_at: act.now,
        due_at: None,
        late_at: None,
        first_from: body.windows.iter().map(|window| window.from).min(),
        last_until: body.windows.iter().map(|window| window.to).max(),
        ended_at: None,
    };
    let due = match limit(db, &row.county, "submitted", row.urgent)? {
        Some(limit) => {
            let calendar = divisions::calendar(db, &row.county)?;
            Some(rules::due(&calendar, State::Submitted, limit, act.now, row.first_from))
        }
        None => None,
    };
    let row = OrderRow { due_at: due, ..row };
    let track_hash = secrets::digest(token.as_bytes());
    let beside = New { details: body.details.trim(), track_hash: &track_hash, rung_at: due, others_may_come: body.others_may_come };
    let id = store::insert(db, &row, &beside)?;
    let address = Some(body.address.trim().to_owned()).filter(|address| !address.is_empty());
    store::insert_contact(db, id, &Contact { name: Some(body.contact_name.trim().to_owned()), phone, address })?;
    store::replace_windows(db, id, &spans(&body.windows))?;
    people::keep_consent(db, act.now, Consenter::Order(id), ConsentKind::Notice, &body.consent.version, body.consent.given.as_str())?;
    if visiting {
        act.by = By::Token(id);
    }
    let order = store::find(db, id)?.ok_or_else(Refusal::not_found)?;
    store::index(db, &order)?;
    let Capacity { role, organisation } = capacity;
    store::insert_move(db, &act, &order, &Line { verb: Verb::Submit, role, organisation, from: None, note: None, about: Some(holding) })?;
    let subject = Subject { kind: "order", id: id.0, version: Some(1), county: Some(&place.county) };
    journal::record(db, &act, "submit", subject, capacity, &["state", "contact", "windows", "consent"])?;
    outbox::tell(db, &act, "submit", id, To::Role(Role::Dispatcher, holding))?;
    idempotency::remember(db, act.now, &scope, "submit", change, id.0)?;
    let opened = reach::open(db, &act, id, None)?;
    Ok(Submitted { act, opened, track_token: token })
}

fn spans(windows: &[needs::Window]) -> Vec<(Moment, Moment)> {
    windows.iter().map(|window| (window.from, window.to)).collect()
}

/// The plan item that a body names.
pub(super) fn plan_item(db: &mut Db, county: &str, task: Option<&needs::PlanTask>) -> Result<Option<PlanItemId>> {
    let Some(task) = task else { return Ok(None) };
    let item = plan::item(db, county, &task.plan, &task.task)?;
    let item =
        item.ok_or_else(|| Refusal::fault("/plan_task", "plan_task_unknown", "There is no such task in that plan of this county; choose one from /plans."))?;
    Ok(Some(item))
}

/// The requester, or a dispatcher at their word, changes what was ordered: everything while it waits for dispatch, the
/// times until it is claimed, the contact until it is fulfilled.
pub fn amend(db: &mut Db, app: &App, change: &Change<needs::Amend>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Amend, |db, doing, body| {
        let needs::Amend { title, details, audience, attendees, windows, contact_name, contact_phone, address, others_may_come } = body;
        let state = doing.order.row.state;
        let closed = |what: &str| {
            Refusal::new(Kind::Conflict, "amend_closed", format!("The order is {state}; {what} can no longer be changed. Ask the centre or withdraw it."))
                .with("state", state)
        };
        let words = title.is_some() || details.is_some() || audience.is_some() || attendees.is_some();
        if words && state != State::Submitted {
            return Err(closed("what was ordered").into());
        }
        if windows.is_some() && matches!(state, State::Claimed | State::Scheduled) {
            return Err(closed("its times").into());
        }
        amend_words(doing, title.as_ref(), details.as_ref(), *attendees);
        if let Some(audience) = audience {
            doing.changes.push(("audience", Some(doing.order.row.audience.to_string()), Some(audience.to_string())));
            doing.order.row.audience = *audience;
        }
        if let Some(windows) = windows {
            let new = spans(windows);
            let shown =
                |spans: &[(Moment, Moment)]| spans.iter().map(|(from, to)| format!("{}/{}", from.rfc3339(), to.rfc3339())).collect::<Vec<_>>().join(" ");
            doing.changes.push(("windows", Some(shown(&doing.order.windows)), Some(shown(&new))));
            store::replace_windows(db, id, &new)?;
            doing.order.row.first_from = new.iter().map(|(from, _)| *from).min();
            doing.order.row.last_until = new.iter().map(|(_, to)| *to).max();
            doing.order.progress.new_times_asked_at = None;
            doing.set_deadline_anew(db)?;
        }
        if let Some(agreed) = *others_may_come {
            let before = std::mem::replace(&mut doing.order.progress.others_may_come, agreed);
            doing.changes.push(("others_may_come", Some(before.to_string()), Some(agreed.to_string())));
            if let Some(event) = doing.order.progress.event_id {
                // Without the dispatcher's words there is nothing that others may read.
                events::open_to_others(db, doing.act, event, agreed && doing.order.row.summary.is_some())?;
            }
        }
        let mut contact = store::contact(db, id)?;
        let contact_changes = contact_name.is_some() || contact_phone.is_some() || address.is_some();
        if contact_changes {
            contact.name = contact_name.clone().or(contact.name);
            contact.phone = contact_phone.as_deref().map(needs::digits).or(contact.phone);
            contact.address = address.clone().or(contact.address);
            store::save_contact(db, id, &contact)?;
            // Which fields, never their values.
            for (field, changed) in [("contact_name", contact_name.is_some()), ("contact_phone", contact_phone.is_some()), ("address", address.is_some())] {
                if changed {
                    doing.changes.push((field, None, None));
                }
            }
        }
        doing.fields = doing.changes.iter().map(|(field, _, _)| *field).collect();
        store::index(db, &doing.order)
    })
}

fn amend_words(doing: &mut Doing<'_>, title: Option<&String>, details: Option<&String>, attendees: Option<i32>) {
    let row = &mut doing.order.row;
    if let Some(title) = title {
        doing.changes.push(("title", Some(std::mem::replace(&mut row.title, title.trim().to_owned())), Some(title.trim().to_owned())));
    }
    if let Some(attendees) = attendees {
        doing.changes.push(("attendees", Some(row.attendees.to_string()), Some(attendees.to_string())));
        row.attendees = attendees;
    }
    if let Some(details) = details {
        let old = std::mem::replace(&mut doing.order.progress.details, details.trim().to_owned());
        doing.changes.push(("details", Some(old), Some(details.trim().to_owned())));
    }
}

/// Asks the requester; the clock stands still until they reply, at most five working days in all (the county's stage `question`).
pub fn ask(db: &mut Db, app: &App, change: &Change<needs::Question>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Ask, |db, doing, body| {
        let asked_by = doing.act.person().ok_or_else(auth::sign_in_first)?;
        let organisation = super::deed::capacity(doing.act, &doing.order, doing.step.part).organisation;
        store::insert_question(db, id, doing.now(), asked_by, organisation, &body.question)?;
        doing.order.progress.questions += 1;
        doing.order.progress.paused_at = Some(doing.now());
        doing.order.progress.rung_at = None;
        doing.note = Some(body.question.clone());
        doing.fields.push("question");
        Ok(())
    })
}

/// The requester answers the question, or a dispatcher at their word; the clock goes on.
pub fn reply(db: &mut Db, app: &App, change: &Change<needs::Reply>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Reply, |db, doing, body| {
        store::answer_question(db, id, doing.now(), &body.answer)?;
        resume(db, doing)?;
        doing.note = Some(body.answer.clone());
        doing.fields.push("answer");
        Ok(())
    })
}

/// Lets the clock of a stage go on after a question, as much later as it stood still.
pub(super) fn resume(db: &mut Db, doing: &mut Doing<'_>) -> Result<()> {
    let Some(paused_at) = doing.order.progress.paused_at.take() else { return Ok(()) };
    if doing.order.progress.rung_at.is_some() {
        // It had stood for as long as it may, and went on by itself.
        return Ok(());
    }
    let calendar = divisions::calendar(db, &doing.order.row.county)?;
    let most = super::timed::longest_pause(db, &doing.order)?;
    let progress = &mut doing.order.progress;
    let stood = rules::stood_still(&calendar, paused_at, doing.act.now, chrono::Duration::minutes(i64::from(progress.paused_minutes)), most);
    progress.paused_minutes += i32::try_from(stood.num_minutes()).unwrap_or(0);
    doing.order.row.due_at = doing.order.row.due_at.map(|due| due.plus(stood));
    let rung = if progress.rung == 0 { doing.order.row.due_at } else { super::timed::next_rung(db, &doing.order, doing.act.now)? };
    doing.order.progress.rung_at = rung;
    Ok(())
}

/// Says how urgent it is; the deadline of the stage follows.
pub fn set_urgency(db: &mut Db, app: &App, change: &Change<needs::SetUrgency>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::SetUrgency, |db, doing, body| {
        doing.order.row.urgent = body.urgent;
        doing.note = Some(body.reason.clone());
        doing.fields.push("urgent");
        doing.set_deadline_anew(db)
    })
}

/// Passes an order to the centre whose it is.
pub fn transfer(db: &mut Db, app: &App, change: &Change<needs::Transfer>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Transfer, |db, doing, body| {
        if body.centre_id == doing.order.row.holding_centre_id {
            return Err(Refusal::fault("/centre_id", "same_centre", "This centre holds the order already; choose another.").into());
        }
        if !store::is_kind(db, body.centre_id, &doing.order.row.county, OrganisationKind::Centre)? {
            return Err(Refusal::fault("/centre_id", "centre_unknown", "There is no such centre in this county.").into());
        }
        if !people::has_present_holder(db, Role::Dispatcher, body.centre_id, doing.now())? {
            return Err(Refusal::fault("/centre_id", "centre_without_dispatcher", "That centre has no dispatcher now; choose one that has.").into());
        }
        doing.order.row.holding_centre_id = body.centre_id;
        doing.about = Some(body.centre_id);
        doing.note = Some(body.reason.clone());
        doing.fields.push("holding_centre");
        // The new holder gets a time of its own, and twice that before it moves up from there.
        doing.order.row.stage_at = doing.now();
        doing.order.progress.rung = 0;
        doing.set_deadline();
        Ok(())
    })
}

/// Turns an order down, with the reason.
pub fn reject(db: &mut Db, app: &App, change: &Change<needs::Reason>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Reject, |db, doing, body| {
        doing.note = Some(body.reason.clone());
        doing.enter();
        come_back(db, doing)
    })
}

/// The requester takes the order back, or a dispatcher at their word; what was booked is free again.
pub fn withdraw(db: &mut Db, app: &App, change: &Change<needs::Nothing>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Withdraw, |db, doing, _| {
        super::fulfilment::call_off(db, doing)?;
        super::dispatching::end_offer(db, doing)?;
        doing.enter();
        come_back(db, doing)
    })
}

/// Opens again what was given up or rejected, with what changed since.
pub fn reopen(db: &mut Db, app: &App, change: &Change<needs::Reopen>, id: OrderId) -> Result<(Act, Opened)> {
    perform(db, app, change, id, Verb::Reopen, |db, doing, body| {
        doing.note = Some(body.reason.clone());
        let centre = people::dispatching_centre(db, &doing.order.row.place_path, doing.now())?;
        if let Some(centre) = centre {
            organisations::stays_open(db, centre)?;
            doing.order.row.holding_centre_id = centre;
        }
        if doing.step.part == state::Part::Requester {
            doing.order.progress.reopened += 1;
        }
        super::dispatching::leave_department(db, doing)?;
        doing.order.progress.returns = 0;
        doing.order.progress.decided = false;
        doing.order.progress.new_times_asked_at = None;
        doing.enter();
        Ok(())
    })
}
