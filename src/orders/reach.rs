//! Who may know of an order, as what, and how much of it they see.

use std::collections::{HashMap, HashSet};

use crate::actor::{Act, Actor, By, Jurisdiction, Role, TeamKind};
use crate::clock::Moment;
use crate::db::Db;
use crate::error::{Refusal, Result};
use crate::ids::{OrderId, OrganisationId};

use super::afterwards::{self, Until};
use super::state::{Part, Standing, State, Verb};
use super::store::{self, Order, Party, PartyKind};

/// How much of an order somebody sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// A party: the requester's own words, and the masked contact.
    Full,
    /// Anyone else in reach: the dispatcher's summary.
    Summary,
    /// A former party: the summary, up to this version.
    Until(i64),
}

/// An order as somebody stands to it.
#[derive(Debug, Clone)]
pub struct Opened {
    pub order: Order,
    pub parts: Vec<Part>,
    /// The parts that the same person would have in another state: what is out of their hands altogether is 403, what is
    /// only untimely is 409.
    pub potential: Vec<Part>,
    pub sight: Sight,
    /// Until when it can be reviewed late, disputed, reopened.
    pub until: Until,
}

impl Opened {
    pub fn has(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }
}

/// What decides the next move, at a moment.
pub fn standing(opened: &Opened, now: Moment) -> Standing {
    let (order, until) = (&opened.order, opened.until);
    let progress = &order.progress;
    let within = |last: Option<Moment>| last.is_some_and(|last| now <= last);
    Standing {
        state: order.row.state,
        offered: progress.offer_team_id.is_some() && progress.offer_until.is_some_and(|until| now < until),
        started: progress.starts_at.is_some_and(|start| start <= now),
        ended: progress.ends_at.is_some_and(|end| end <= now),
        // A question stops the clock while nothing says when it rings next.
        late: order.row.due_at.is_some_and(|due| due < now) && (progress.paused_at.is_none() || progress.rung_at.is_some()),
        returns: progress.returns,
        decided: progress.decided,
        asked: progress.paused_at.is_some(),
        unrated: progress.stars.is_none() && within(until.review),
        disputable: progress.disputes == 0 && within(until.dispute),
        reopenable: within(until.reopen),
        reopened: progress.reopened > 0,
        disputed_from: progress.disputed_from,
    }
}

/// An order within the caller's reach, for a deed or a look.
///
/// # Errors
/// 404 where the caller may not know of it.
pub fn open(db: &mut Db, act: &Act, id: OrderId, verb: Option<Verb>) -> Result<Opened> {
    let order = store::find(db, id)?.ok_or_else(Refusal::not_found)?;
    let opened = judge(db, act, vec![order])?.pop().ok_or_else(Refusal::not_found)?;
    // A team that comes too late to a claim is told who was faster, although it may not read the order any more.
    let too_late = verb == Some(Verb::Claim) && matches!(opened.order.row.state, State::Claimed | State::Scheduled);
    if !opened.parts.is_empty() || (too_late && leads_here(act, &opened.order)) {
        return Ok(opened);
    }
    Err(Refusal::not_found().into())
}

fn leads_here(act: &Act, order: &Order) -> bool {
    act.actor().is_some_and(|actor| actor.seats(Role::Leader).any(|seat| seat.county == order.row.county))
}

/// What a batch of orders needs to be judged: looked up once for all of them.
#[derive(Default)]
struct Known {
    parties: HashMap<OrderId, Vec<Party>>,
    /// Into which of them the caller's own orders were merged.
    merged: HashSet<OrderId>,
    /// Lead departments that have no officer.
    unstaffed: HashSet<OrganisationId>,
    /// The paths of the centres that dispatched, by their id.
    centres: HashMap<OrganisationId, String>,
}

/// Judges orders for somebody: a fixed number of statements, however many there are.
pub fn judge(db: &mut Db, act: &Act, orders: Vec<Order>) -> Result<Vec<Opened>> {
    let mut known = Known::default();
    let ids: Vec<OrderId> = orders.iter().map(|order| order.row.id).collect();
    if let By::Token(own) = act.by {
        known.merged = store::joined_by(db, &ids, own)?.into_iter().collect();
    }
    if let Some(actor) = act.actor() {
        if actor.has(Role::Officer) || actor.has(Role::Leader) {
            for party in store::parties_of(db, &ids)? {
                known.parties.entry(party.order).or_default().push(party);
            }
        }
        if actor.has_merged && orders.iter().any(|order| order.row.requester_id != Some(actor.person)) {
            known.merged = store::merged_for(db, &ids, actor.person)?.into_iter().collect();
        }
        if actor.seats(Role::Officer).any(|seat| seat.association) {
            let departments: Vec<OrganisationId> = orders
                .iter()
                .filter(|order| matches!(order.row.state, State::Dispatched | State::Accepted))
                .filter_map(|order| order.row.department_id)
                .collect();
            known.unstaffed = store::without_officer(db, &departments, act.now)?.into_iter().collect();
        }
        if orders.iter().any(|order| order.row.state == State::Disputed) && (actor.has(Role::Dispatcher) || actor.has(Role::Supervisor)) {
            let centres: Vec<OrganisationId> = orders.iter().map(|order| order.progress.dispatching_centre_id.unwrap_or(order.row.holding_centre_id)).collect();
            known.centres = store::centre_paths(db, &centres)?.into_iter().collect();
        }
    }
    Ok(orders
        .into_iter()
        .map(|order| {
            let (parts, former) = parts(act, &order, &known);
            let sight = sight(&parts, former);
            let potential = potential(act, &order, &parts);
            let until = afterwards::until(&order);
            Opened { order, parts, potential, sight, until }
        })
        .collect())
}

fn potential(act: &Act, order: &Order, parts: &[Part]) -> Vec<Part> {
    let mut all = parts.to_vec();
    let Some(actor) = act.actor() else { return all };
    if leads_here(act, order) || parts.iter().any(|part| matches!(part, Part::Officer | Part::CoOfficer | Part::Deputy)) {
        all.extend([Part::AnyLeader, Part::OfferedLeader]);
    }
    let involved = order.row.entered_by == Some(actor.person) || order.progress.dispatched_by == Some(actor.person);
    if !involved && order.row.state != State::Disputed && parts.iter().any(|part| matches!(part, Part::Dispatcher | Part::Supervisor)) {
        all.push(Part::Arbiter);
    }
    if actor.seats(Role::Officer).any(|seat| seat.association && seat.county == order.row.county) {
        all.push(Part::Deputy);
    }
    all
}

fn sight(parts: &[Part], until: Option<i64>) -> Sight {
    let party = |part: &Part| {
        use Part as P;
        matches!(part, P::Requester | P::Dispatcher | P::Arbiter | P::Officer | P::CoOfficer | P::Deputy | P::Leader | P::Worker)
    };
    if parts.iter().any(party) {
        return Sight::Full;
    }
    match until {
        Some(version) if parts.iter().all(|part| *part == Part::Former) => Sight::Until(version),
        _ => Sight::Summary,
    }
}

/// What somebody is to an order; nothing at all is out of reach.
fn parts(act: &Act, order: &Order, known: &Known) -> (Vec<Part>, Option<i64>) {
    match &act.by {
        By::Visitor | By::Complainant(_) => (Vec::new(), None),
        By::Token(id) if *id == order.row.id => (vec![Part::Requester], None),
        By::Token(_) if known.merged.contains(&order.row.id) => (vec![Part::Joined], None),
        By::Token(_) => (Vec::new(), None),
        By::Worker | By::Machine => (vec![Part::Worker], None),
        By::Person(actor) => parts_of_person(actor, act.now, order, known),
    }
}

fn parts_of_person(actor: &Actor, now: Moment, order: &Order, known: &Known) -> (Vec<Part>, Option<i64>) {
    let row = &order.row;
    let mut parts = Vec::new();
    let mut until = None;
    if row.requester_id == Some(actor.person) {
        parts.push(Part::Requester);
    } else if known.merged.contains(&row.id) {
        parts.push(Part::Joined);
    }
    let mut dispatching = false;
    for seat in actor.seats(Role::Dispatcher) {
        if seat.covers(&row.place_path, row.jurisdiction) || seat.organisation == row.holding_centre_id {
            dispatching = true;
            if seat.is_county_wide() && seat.jurisdiction == Jurisdiction::County && seat.county == row.county {
                parts.push(Part::CountyDispatcher);
            }
        }
    }
    if dispatching {
        parts.push(Part::Dispatcher);
        if order.progress.dispatched_by != Some(actor.person) {
            parts.push(Part::Caller);
        }
    }
    if row.state == State::Disputed && arbitrates(actor, order, known) {
        parts.push(Part::Arbiter);
    }
    if actor.seats(Role::Scheduler).any(|seat| seat.covers(&row.place_path, row.jurisdiction)) {
        parts.push(Part::Scheduler);
    }
    if row.department_id.is_some_and(|department| actor.is(Role::Officer, department)) {
        parts.push(Part::Officer);
    } else if deputises(actor, order, known) {
        parts.push(Part::Deputy);
    }
    for party in known.parties.get(&row.id).into_iter().flatten() {
        let role = match party.kind {
            PartyKind::Lead | PartyKind::CoUnit => Role::Officer,
            PartyKind::Offered | PartyKind::Team => Role::Leader,
        };
        if !actor.is(role, party.organisation) {
            continue;
        }
        match party.until {
            Some(version) => until = until.max(Some(version)),
            None if party.kind == PartyKind::CoUnit => parts.push(Part::CoOfficer),
            None => {}
        }
    }
    // Officers lead their department's staff group.
    let leads = |team: OrganisationId, kind: Option<TeamKind>, host: Option<OrganisationId>| {
        actor.is(Role::Leader, team) || (kind == Some(TeamKind::Staff) && host.is_some_and(|host| actor.is(Role::Officer, host)))
    };
    if row.team_id.is_some_and(|team| leads(team, order.names.team_kind, order.names.team_host)) {
        parts.push(Part::Leader);
    }
    let offered = order.progress.offer_until.is_some_and(|until| now < until);
    if row.state == State::Accepted {
        if offered && order.progress.offer_team_id.is_some_and(|team| leads(team, order.names.offer_team_kind, order.names.offer_team_host)) {
            parts.push(Part::OfferedLeader);
        }
        // A department's officers claim for its staff group what is within their reach already.
        let officer = parts.iter().any(|part| matches!(part, Part::Officer | Part::CoOfficer | Part::Deputy));
        if !offered && (officer || actor.seats(Role::Leader).any(|seat| seat.county == row.county)) {
            parts.push(Part::AnyLeader);
        }
    }
    if actor.seats(Role::Supervisor).any(|seat| seat.county == row.county) {
        parts.push(Part::Supervisor);
    }
    if actor.seats(Role::Auditor).any(|seat| seat.county == row.county) {
        parts.push(Part::Auditor);
    }
    if parts.is_empty() && until.is_some() {
        parts.push(Part::Former);
    }
    (parts, until)
}

/// Whether somebody decides a dispute: a dispatcher of a centre above the one that dispatched, at the county the supervisor,
/// and never one who entered or dispatched the order.
fn arbitrates(actor: &Actor, order: &Order, known: &Known) -> bool {
    let involved = order.row.entered_by == Some(actor.person) || order.progress.dispatched_by == Some(actor.person);
    let centre = order.progress.dispatching_centre_id.unwrap_or(order.row.holding_centre_id);
    let Some(path) = known.centres.get(&centre).filter(|_| !involved) else { return false };
    let above = actor.seats(Role::Dispatcher).any(|seat| path.len() > seat.path.len() && seat.covers(path, order.row.jurisdiction));
    let at_the_top = path.matches('.').count() == 1 || order.row.jurisdiction == Jurisdiction::Farm;
    above || (at_the_top && actor.seats(Role::Supervisor).any(|seat| seat.county == order.row.county))
}

/// Whether somebody of 县科协 may accept for the lead department (代领).
fn deputises(actor: &Actor, order: &Order, known: &Known) -> bool {
    let Some(department) = order.row.department_id else { return false };
    let waited_twice = order.row.state == State::Dispatched && order.progress.rung >= 2;
    let of_association = actor.seats(Role::Officer).any(|seat| seat.association && seat.county == order.row.county);
    of_association && (known.unstaffed.contains(&department) || waited_twice)
}
