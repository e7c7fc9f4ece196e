//! How every move is made: one order of checks, one transaction, one way into the next state.

use crate::actor::{Act, By};
use crate::app::App;
use crate::auth;
use crate::clock::Moment;
use crate::db::{self, Anchor, Db};
use crate::divisions;
use crate::error::{Error, Kind, Refusal, Result};
use crate::idempotency;
use crate::ids::{OrderId, OrganisationId};
use crate::journal::{self, Capacity, Subject};
use crate::outbox::{self, To};
use crate::secrets;
use crate::wire::{Caller, Change};

use super::afterwards::Until;
use super::reach::{self, Opened, Sight, standing};
use super::rules::{self, Limit};
use super::state::{self, Hearer, Part, State, Step, Verb, hearers};
use super::store::{self, Line, Order};

/// Who calls: a person, or the requester of one order by its tracking token.
pub fn identify(db: &mut Db, app: &App, caller: &Caller) -> Result<Act> {
    let mut act = auth::act(db, app, caller)?;
    if let (By::Visitor, Some(token)) = (&act.by, &caller.track_token) {
        let order = store::find_by_track_hash(db, &secrets::digest(token.as_bytes()))?;
        act.by =
            By::Token(order.ok_or_else(|| {
                Refusal::new(Kind::Unauthenticated, "track_token_invalid", "This link is not known. Look the order up by its number and phone.")
            })?);
    }
    Ok(act)
}

/// A move being made.
pub struct Doing<'a> {
    pub act: &'a Act,
    pub order: Order,
    pub step: Step,
    /// The reason or words, for the history.
    pub note: Option<String>,
    /// The organisation that the move is about.
    pub about: Option<OrganisationId>,
    /// Names of the fields that changed, for the journal.
    pub fields: Vec<&'static str>,
    /// Old and new values of an amendment, for the history; never a contact's.
    pub changes: Vec<(&'static str, Option<String>, Option<String>)>,
    /// The team that held or was offered it before the move.
    team_before: Option<OrganisationId>,
    offered_before: Option<OrganisationId>,
}

impl<'a> Doing<'a> {
    pub(super) fn new(act: &'a Act, opened: Opened, step: Step) -> Self {
        let Opened { order, .. } = opened;
        let (team_before, offered_before) = (order.row.team_id, order.progress.offer_team_id);
        Self { act, order, step, note: None, about: None, fields: Vec::new(), changes: Vec::new(), team_before, offered_before }
    }

    pub fn id(&self) -> OrderId {
        self.order.row.id
    }

    pub fn now(&self) -> Moment {
        self.act.now
    }

    /// Enters the step's state: the clock of the new stage starts, marks of the old one go.
    pub fn enter(&mut self) {
        let now = self.now();
        let row = &mut self.order.row;
        row.state = self.step.to;
        row.stage_at = now;
        row.late_at = None;
        let progress = &mut self.order.progress;
        progress.rung = 0;
        progress.paused_at = None;
        let ends = matches!(row.state, State::Closed | State::Rejected | State::Withdrawn | State::Merged | State::Unmet);
        row.ended_at = if ends { row.ended_at.filter(|_| self.step.from == State::Closed).or(Some(now)) } else { None };
        self.set_deadline();
    }

    /// When this stage is late, from the county's data.
    pub fn set_deadline(&mut self) {
        self.deadline_from(self.order.row.stage_at);
    }

    /// As [`Doing::set_deadline`], of a stage that goes on: something that its deadline hangs on has changed.
    pub fn set_deadline_anew(&mut self, db: &mut Db) -> Result<()> {
        let began = self.order.row.stage_at;
        // It waits for the team that it is offered to since then, for all teams since it was accepted or the last offer ended.
        let offer = if self.order.row.state == State::Accepted { store::last_offer(db, self.id())? } else { None };
        self.deadline_from(offer.map_or(began, |(since, until)| until.unwrap_or(since).max(began)));
        Ok(())
    }

    /// Waits for somebody else from now on in the same state, an offer's team or all of them, who get a time of their own. An order
    /// that nobody took in time stays marked late, and that is told on every week, however often it is offered.
    pub fn wait_anew(&mut self) {
        let weekly = self.order.progress.rung_at.filter(|_| self.order.progress.rung > 0);
        self.deadline_from(self.now());
        self.order.progress.rung_at = weekly.or(self.order.progress.rung_at);
    }

    fn deadline_from(&mut self, since: Moment) {
        let (row, progress) = (&self.order.row, &self.order.progress);
        let (stage, from) = match row.state {
            State::Accepted if progress.offer_team_id.is_some() => (OFFER, since),
            State::Accepted => ("accepted_open", since),
            // Late is counted from the last end.
            State::Scheduled => ("scheduled", progress.ends_at.unwrap_or(since)),
            state => (state.as_str(), since),
        };
        let county = self.order.directory.county(&row.county);
        let limit = county.and_then(|county| Some((county, county.limit(stage, row.urgent)?)));
        let due = limit.map(|(county, limit)| rules::due(&county.calendar, row.state, limit, from, row.first_from));
        // The team answers by the time that it was given.
        let due = [due, progress.offer_until.filter(|_| stage == OFFER)].into_iter().flatten().min();
        self.order.row.due_at = due;
        // While a question stops the clock, nothing rings; the answer sets it going again.
        let stopped = self.order.progress.paused_at.is_some() && self.order.progress.rung_at.is_none();
        self.order.progress.rung_at = due.filter(|_| !stopped);
    }
}

/// The stage of the county's deadlines that says how long an offer to one team (定向) may stand.
pub(super) const OFFER: &str = "accepted_offer";

/// How long a stage may last in a county.
pub fn limit(db: &mut Db, county: &str, stage: &str, urgent: bool) -> Result<Option<Limit>> {
    Ok(divisions::deadline(db, county, stage, urgent)?.map(Limit::from))
}

/// Makes a move that somebody asks for. The checks run in the one order of the API: 401, 404, 403, 428, the body, a repeat,
/// 409, 412; then the deed itself, the compare-and-set, the history, the journal, the notices and the key.
pub fn perform<B>(
    db: &mut Db,
    app: &App,
    change: &Change<B>,
    id: OrderId,
    verb: Verb,
    deed: impl Fn(&mut Db, &mut Doing<'_>, &B) -> Result<()>,
) -> Result<(Act, Opened)> {
    let act = identify(db, app, &change.caller)?;
    if matches!(act.by, By::Visitor) {
        return Err(auth::sign_in_first());
    }
    // Of those who come at once each judges what the one before has left: whoever is too late is told who was faster.
    db::lock(db, Anchor::Order(id.0))?;
    let opened = reach::open(db, &act, id, Some(verb))?;
    // A key stands for this move of this order.
    let deed_name = format!("{verb} {id}");
    if !state::may_ever(verb, &opened.potential) {
        // Whoever gave it out of their hands by this very request, and lost the answer, is shown what they did.
        let repeats = opened.has(Part::Former) && change.seen().is_ok() && change.body().is_ok();
        if repeats && idempotency::replay(db, &idempotency::scope(&act, ""), &deed_name, change)?.is_some() {
            return Ok((act, opened));
        }
        return Err(Refusal::forbidden("This move is for others to make.").into());
    }
    let seen = change.seen()?;
    let body = change.body()?;
    let scope = idempotency::scope(&act, &format!("order {id}"));
    if idempotency::replay(db, &scope, &deed_name, change)?.is_some() {
        return Ok((act, opened));
    }
    let order = &opened.order;
    let Some(step) = state::step(verb, &standing(&opened, act.now), &opened.parts) else {
        return Err(untimely(order));
    };
    seen.matches(order.row.version)?;
    let mut doing = Doing::new(&act, opened, step);
    deed(db, &mut doing, body)?;
    finish(db, &mut doing)?;
    idempotency::remember(db, act.now, &scope, &deed_name, change, id.0)?;
    let after = doing.order;
    let opened = match reach::open(db, &act, id, Some(verb)) {
        // Whoever gave it out of their hands reads it up to here.
        Err(error) if error.is("not_found") => {
            let sight = Sight::Until(after.row.version);
            Opened { order: after, parts: vec![Part::Former], potential: Vec::new(), sight, until: Until::default() }
        }
        opened => opened?,
    };
    Ok((act, opened))
}

/// Makes a move as part of a larger deed, which has judged the request and answers for its repeats.
///
/// # Errors
/// 404; 403; 409 `not_now`. Nothing is written then.
pub(super) fn make(db: &mut Db, act: &Act, order: OrderId, verb: Verb, deed: impl FnOnce(&mut Db, &mut Doing<'_>) -> Result<()>) -> Result<()> {
    db::lock(db, Anchor::Order(order.0))?;
    let opened = reach::open(db, act, order, None)?;
    if !state::may_ever(verb, &opened.potential) {
        return Err(Refusal::forbidden("This move is for others to make.").into());
    }
    let Some(step) = state::step(verb, &standing(&opened, act.now), &opened.parts) else {
        return Err(untimely(&opened.order));
    };
    let mut doing = Doing::new(act, opened, step);
    deed(db, &mut doing)?;
    finish(db, &mut doing)
}

/// Those of these orders with which somebody can make this move now.
pub fn open_to(db: &mut Db, act: &Act, ids: &[OrderId], verb: Verb) -> Result<Vec<OrderId>> {
    let orders = store::find_all(db, ids)?;
    let opened = reach::judge(db, act, orders)?.into_iter();
    let can = |opened: &Opened| state::step(verb, &standing(opened, act.now), &opened.parts).is_some();
    Ok(opened.filter(can).map(|opened| opened.order.row.id).collect())
}

/// The present state allows no such move: which it is, and who holds it.
pub(super) fn untimely(order: &Order) -> Error {
    let (kind, holder) = match order.row.state {
        State::Claimed | State::Scheduled | State::Fulfilled => ("team", order.names.team.clone()),
        State::Dispatched | State::Accepted => ("department", order.names.department.clone()),
        _ => ("centre", Some(order.names.centre.clone())),
    };
    let who = holder.clone().unwrap_or_default();
    let mut refusal = Refusal::new(Kind::Conflict, "not_now", format!("The order is {} with {who}; this cannot be done to it now.", order.row.state))
        .with("state", order.row.state)
        .with("holder", serde_json::json!({ "kind": kind, "name": holder }));
    if order.progress.offer_team_id.is_some() && order.row.state == State::Accepted {
        refusal = refusal.with("offered_to", &order.names.offer_team);
    }
    refusal.with("version", order.row.version).into()
}

/// Writes what a move did: the order by compare-and-set, its history, the journal, and word to all who should hear.
pub fn finish(db: &mut Db, doing: &mut Doing<'_>) -> Result<()> {
    store::advance(db, &mut doing.order)?;
    let capacity = capacity(doing.act, &doing.order, doing.step.part);
    let line = Line {
        verb: doing.step.verb,
        role: capacity.role,
        organisation: capacity.organisation,
        from: Some(doing.step.from),
        note: doing.note.as_deref(),
        about: doing.about,
    };
    let line = store::insert_move(db, doing.act, &doing.order, &line)?;
    for (field, old, new) in &doing.changes {
        store::insert_change(db, line, field, old.as_deref(), new.as_deref())?;
    }
    let row = &doing.order.row;
    let subject = Subject { kind: "order", id: row.id.0, version: Some(row.version), county: Some(&row.county) };
    let mut fields = doing.fields.clone();
    if doing.step.from != row.state {
        fields.push("state");
    }
    journal::record(db, doing.act, doing.step.verb.as_str(), subject, capacity, &fields)?;
    for hearer in hearers(doing.step.verb) {
        tell(db, doing.act, &doing.order, *hearer, doing.step.verb.as_str(), doing.team_before, doing.offered_before)?;
    }
    Ok(())
}

/// In which capacity somebody acts on an order: the role and the organisation that give them the part.
pub(super) fn capacity(act: &Act, order: &Order, part: Part) -> Capacity {
    let Some(role) = part.role() else { return Capacity::default() };
    let Some(actor) = act.actor() else { return Capacity { role: Some(role), organisation: None } };
    let row = &order.row;
    let seat = actor.seats(role).find(|seat| match part {
        Part::Officer => Some(seat.organisation) == row.department_id,
        Part::Leader => Some(seat.organisation) == row.team_id,
        Part::OfferedLeader => Some(seat.organisation) == order.progress.offer_team_id,
        Part::Deputy => seat.association,
        Part::Dispatcher | Part::Scheduler | Part::Caller => seat.covers(&row.place_path, row.jurisdiction) || seat.organisation == row.holding_centre_id,
        _ => true,
    });
    // Officers lead their department's staff group.
    let organisation = seat.map(|seat| seat.organisation).or_else(|| actor.grants.iter().find_map(|grant| grant.seat.as_ref()).map(|seat| seat.organisation));
    Capacity { role: Some(role), organisation }
}

/// Leaves word for one kind of hearer.
pub(super) fn tell(
    db: &mut Db,
    act: &Act,
    order: &Order,
    hearer: Hearer,
    notice: &str,
    team_before: Option<OrganisationId>,
    offered_before: Option<OrganisationId>,
) -> Result<()> {
    use crate::actor::Role;
    let id = order.row.id;
    match hearer {
        Hearer::Requester => {
            let myself = matches!(act.by, By::Token(_)) || (act.person().is_some() && act.person() == order.row.requester_id);
            if !myself {
                outbox::tell(db, act, notice, id, To::Requester)?;
            }
            for merged in store::merged_into(db, id)? {
                outbox::tell(db, act, notice, merged, To::Requester)?;
            }
        }
        Hearer::Centre => outbox::tell(db, act, notice, id, To::Role(Role::Dispatcher, order.row.holding_centre_id))?,
        Hearer::Department => {
            if let Some(department) = order.row.department_id {
                outbox::tell(db, act, notice, id, To::Role(Role::Officer, department))?;
            }
        }
        Hearer::CoUnits => {
            for (_, unit, _) in store::co_units(db, &[id])? {
                outbox::tell(db, act, notice, id, To::Role(Role::Officer, unit))?;
            }
        }
        Hearer::Team => {
            if let Some(team) = order.row.team_id.or(team_before) {
                outbox::tell(db, act, notice, id, To::Role(Role::Leader, team))?;
            }
        }
        Hearer::Offered => {
            if let Some(team) = order.progress.offer_team_id.or(offered_before) {
                outbox::tell(db, act, notice, id, To::Role(Role::Leader, team))?;
            }
        }
        Hearer::County => {
            if let Some(association) = crate::organisations::association(db, &order.row.county)? {
                outbox::tell(db, act, notice, id, To::Role(Role::Supervisor, association.id))?;
            }
        }
    }
    Ok(())
}
