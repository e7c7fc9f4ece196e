//! The life of an order as a table: which move leads from which state to which, who may make it, and on what condition
//! (design, section 4). What may happen, which buttons show and the documentation all read [`MOVES`].

use crate::actor::Role;
use crate::text_enum;

text_enum! {
    /// Where an order stands.
    pub enum State {
        /// 待派单
        Submitted = "submitted",
        /// 待领单
        Dispatched = "dispatched",
        /// 待接单
        Accepted = "accepted",
        /// 已接单
        Claimed = "claimed",
        /// 已排期
        Scheduled = "scheduled",
        /// 已完成
        Fulfilled = "fulfilled",
        /// 有异议
        Disputed = "disputed",
        /// 已办结
        Closed = "closed",
        /// 不予受理
        Rejected = "rejected",
        /// 已撤单
        Withdrawn = "withdrawn",
        /// 已并单
        Merged = "merged",
        /// 未能承接
        Unmet = "unmet",
    }
}

impl State {
    /// The states in which something is awaited, in the order of the chain (design, section 4).
    pub const AWAITING: [Self; 7] = [Self::Submitted, Self::Dispatched, Self::Accepted, Self::Claimed, Self::Scheduled, Self::Fulfilled, Self::Disputed];
}

text_enum! {
    /// What can be done to an order: one word for the deed, the route, the operation and the history.
    pub enum Verb {
        /// 点单
        Submit = "submit",
        Amend = "amend",
        Ask = "ask",
        Reply = "reply",
        SetUrgency = "set_urgency",
        Transfer = "transfer",
        /// 派单
        Dispatch = "dispatch",
        Reject = "reject",
        Merge = "merge",
        Unmerge = "unmerge",
        Redispatch = "redispatch",
        Return = "return",
        DecideLead = "decide_lead",
        Answer = "answer",
        /// 领单
        Accept = "accept",
        Offer = "offer",
        Open = "open",
        Decline = "decline",
        ExpireOffer = "expire_offer",
        /// 接单
        Claim = "claim",
        Propose = "propose",
        Schedule = "schedule",
        Postpone = "postpone",
        Release = "release",
        Fulfil = "fulfil",
        /// 评单
        Review = "review",
        ExpireReview = "expire_review",
        Dispute = "dispute",
        Uphold = "uphold",
        Settle = "settle",
        Dismiss = "dismiss",
        Withdraw = "withdraw",
        GiveUp = "give_up",
        Reopen = "reopen",
        /// The holding centre lost its last dispatcher, or waited twice its time.
        MoveUp = "move_up",
        /// Read the contact in full (no move: journalled and shown in the history).
        RevealContact = "reveal_contact",
    }
}

text_enum! {
    /// What somebody is to one order.
    pub enum Part {
        /// The person named in the contact, with an account or the tracking token.
        Requester = "requester",
        /// The requester of an order that was merged into this one: follows it, reviews and disputes it.
        Joined = "joined",
        /// A dispatcher whose area the order lies in, or whose centre holds it.
        Dispatcher = "dispatcher",
        /// A dispatcher of the county's own centre.
        CountyDispatcher = "county_dispatcher",
        /// A dispatcher of a centre above the one that dispatched, who neither entered nor dispatched it; at the county the supervisor.
        Arbiter = "arbiter",
        /// Phoned the requester, and is not the one who dispatched.
        Caller = "caller",
        /// An officer of the lead department.
        Officer = "officer",
        /// An officer of a department beside the lead.
        CoOfficer = "co_officer",
        /// An officer of 县科协, where the lead department has no officer or waited twice its time (代领).
        Deputy = "deputy",
        /// A leader of the team that holds it.
        Leader = "leader",
        /// A leader of the team that it is offered to.
        OfferedLeader = "offered_leader",
        /// A leader of any team that may claim open orders of this county.
        AnyLeader = "any_leader",
        /// A scheduler whose area the order lies in.
        Scheduler = "scheduler",
        /// Was party to it once and reads it up to then.
        Former = "former",
        /// Reads the county's business.
        Supervisor = "supervisor",
        /// Reads it masked.
        Auditor = "auditor",
        /// The worker, at a deadline.
        Worker = "worker",
    }
}

impl Part {
    /// The role in which somebody has this part, for the journal.
    pub const fn role(self) -> Option<Role> {
        match self {
            Self::Requester | Self::Joined | Self::Former | Self::Worker => None,
            Self::Dispatcher | Self::CountyDispatcher | Self::Arbiter | Self::Caller => Some(Role::Dispatcher),
            Self::Officer | Self::CoOfficer | Self::Deputy => Some(Role::Officer),
            Self::Leader | Self::OfferedLeader | Self::AnyLeader => Some(Role::Leader),
            Self::Scheduler => Some(Role::Scheduler),
            Self::Supervisor => Some(Role::Supervisor),
            Self::Auditor => Some(Role::Auditor),
        }
    }
}

/// What must be true beside the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The first session has not begun.
    BeforeStart,
    /// The last session is over.
    AfterEnd,
    /// An offer to one team stands.
    Offered,
    /// No offer stands: it is open to all.
    Open,
    /// It was returned so often, or more.
    Returned(i32),
    /// The county centre has not decided the lead.
    Undecided,
    /// A question waits for its answer.
    Asked,
    /// No question waits.
    NotAsked,
    /// It is late in this state.
    Late,
    /// It was closed without a rating, and its county still takes one (30 days).
    Unrated,
    /// It was never disputed, and its county still lets it be (30 days from the end).
    Disputable,
    /// It was given up or rejected, and its county still takes it up again (180 days).
    Reopenable,
    /// The requester has not reopened it before.
    FirstReopening,
}

/// Where a move leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// To this state.
    State(State),
    /// It stays where it is.
    Same,
    /// Back to where it was disputed from.
    BeforeDispute,
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Move {
    pub verb: Verb,
    pub from: &'static [State],
    pub who: &'static [Part],
    pub when: &'static [When],
    pub to: To,
}

const fn row(verb: Verb, from: &'static [State], who: &'static [Part], when: &'static [When], to: To) -> Move {
    Move { verb, from, who, when, to }
}

use Part as P;
use State as S;
use Verb as V;
use When as W;

const WAITING: &[State] = &[S::Submitted, S::Dispatched, S::Accepted];
const UNTIL_CLAIMED: &[State] = &[S::Submitted, S::Dispatched, S::Accepted, S::Claimed];
const UNTIL_FULFILLED: &[State] = &[S::Submitted, S::Dispatched, S::Accepted, S::Claimed, S::Scheduled];

/// Every move. A verb may have several rows; the first that fits is taken.
pub const MOVES: &[Move] = &[
    row(V::Amend, UNTIL_FULFILLED, &[P::Requester, P::Dispatcher], &[], To::Same),
    row(V::Ask, UNTIL_CLAIMED, &[P::Dispatcher, P::Officer, P::Leader], &[W::NotAsked], To::Same),
    row(V::Reply, UNTIL_CLAIMED, &[P::Requester, P::Dispatcher], &[W::Asked], To::Same),
    row(V::SetUrgency, WAITING, &[P::Dispatcher, P::Officer], &[], To::Same),
    row(V::Transfer, &[S::Submitted], &[P::Dispatcher], &[], To::Same),
    row(V::Dispatch, &[S::Submitted], &[P::Dispatcher], &[], To::State(S::Dispatched)),
    row(V::DecideLead, &[S::Submitted], &[P::CountyDispatcher], &[W::Returned(2)], To::State(S::Dispatched)),
    row(V::Reject, &[S::Submitted], &[P::Dispatcher], &[], To::State(S::Rejected)),
    row(V::Merge, &[S::Submitted], &[P::Dispatcher], &[], To::State(S::Merged)),
    row(V::Unmerge, &[S::Merged], &[P::Dispatcher, P::Worker], &[], To::State(S::Submitted)),
    row(V::Redispatch, &[S::Dispatched, S::Accepted], &[P::Dispatcher], &[], To::State(S::Dispatched)),
    row(V::Return, &[S::Dispatched], &[P::Officer], &[W::Undecided], To::State(S::Submitted)),
    row(V::Answer, WAITING, &[P::Dispatcher, P::Officer], &[], To::State(S::Fulfilled)),
    row(V::Accept, &[S::Dispatched], &[P::Officer, P::Deputy], &[], To::State(S::Accepted)),
    row(V::Offer, &[S::Accepted], &[P::Officer, P::CoOfficer, P::Deputy], &[W::Open], To::Same),
    row(V::Open, &[S::Accepted], &[P::Officer, P::Deputy], &[W::Offered], To::Same),
    row(V::Decline, &[S::Accepted], &[P::OfferedLeader], &[W::Offered], To::Same),
    row(V::ExpireOffer, &[S::Accepted], &[P::Worker], &[W::Offered], To::Same),
    row(V::Claim, &[S::Accepted], &[P::OfferedLeader], &[W::Offered], To::State(S::Claimed)),
    row(V::Claim, &[S::Accepted], &[P::AnyLeader], &[W::Open], To::State(S::Claimed)),
    row(V::Propose, &[S::Claimed], &[P::Scheduler, P::Requester, P::Officer], &[], To::Same),
    row(V::Schedule, &[S::Claimed, S::Scheduled], &[P::Leader], &[], To::State(S::Scheduled)),
    // After the day too: what did not take place is put off, since only what was held can be fulfilled.
    row(V::Postpone, &[S::Scheduled], &[P::Leader, P::Officer, P::Dispatcher, P::Scheduler], &[], To::State(S::Claimed)),
    row(V::Release, &[S::Claimed], &[P::Leader, P::Officer, P::Dispatcher], &[], To::State(S::Accepted)),
    row(V::Release, &[S::Scheduled], &[P::Leader, P::Officer, P::Dispatcher], &[W::BeforeStart], To::State(S::Accepted)),
    row(V::Fulfil, &[S::Scheduled], &[P::Leader], &[W::AfterEnd], To::State(S::Fulfilled)),
    row(V::Fulfil, &[S::Scheduled], &[P::Officer], &[W::AfterEnd, W::Late], To::State(S::Fulfilled)),
    row(V::Review, &[S::Fulfilled], &[P::Requester, P::Joined, P::Caller], &[], To::State(S::Closed)),
    row(V::Review, &[S::Closed], &[P::Requester, P::Joined, P::Caller], &[W::Unrated], To::State(S::Closed)),
    row(V::ExpireReview, &[S::Fulfilled], &[P::Worker], &[], To::State(S::Closed)),
    row(V::Dispute, &[S::Scheduled], &[P::Requester, P::Joined], &[W::AfterEnd, W::Disputable], To::State(S::Disputed)),
    row(V::Dispute, &[S::Fulfilled, S::Closed], &[P::Requester, P::Joined], &[W::Disputable], To::State(S::Disputed)),
    row(V::Uphold, &[S::Disputed], &[P::Arbiter], &[], To::State(S::Accepted)),
    row(V::Settle, &[S::Disputed], &[P::Arbiter], &[], To::State(S::Closed)),
    row(V::Dismiss, &[S::Disputed], &[P::Arbiter], &[], To::BeforeDispute),
    row(V::Withdraw, UNTIL_CLAIMED, &[P::Requester, P::Dispatcher], &[], To::State(S::Withdrawn)),
    row(V::Withdraw, &[S::Scheduled], &[P::Requester, P::Dispatcher], &[W::BeforeStart], To::State(S::Withdrawn)),
    row(V::GiveUp, &[S::Submitted], &[P::Dispatcher], &[W::Returned(1)], To::State(S::Unmet)),
    row(V::GiveUp, &[S::Dispatched], &[P::Dispatcher], &[], To::State(S::Unmet)),
    row(V::GiveUp, &[S::Accepted], &[P::Dispatcher, P::Officer], &[], To::State(S::Unmet)),
    row(V::Reopen, &[S::Unmet, S::Rejected], &[P::Dispatcher], &[W::Reopenable], To::State(S::Submitted)),
    row(V::Reopen, &[S::Unmet, S::Rejected], &[P::Requester], &[W::Reopenable, W::FirstReopening], To::State(S::Submitted)),
    row(V::MoveUp, &[S::Submitted], &[P::Worker], &[], To::Same),
];

/// What decides, beside who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub state: State,
    pub offered: bool,
    pub started: bool,
    pub ended: bool,
    pub late: bool,
    pub returns: i32,
    pub decided: bool,
    pub asked: bool,
    pub unrated: bool,
    pub disputable: bool,
    pub reopenable: bool,
    pub reopened: bool,
    pub disputed_from: Option<State>,
}

impl When {
    fn holds(self, it: &Standing) -> bool {
        match self {
            Self::BeforeStart => !it.started,
            Self::AfterEnd => it.ended,
            Self::Offered => it.offered,
            Self::Open => !it.offered,
            Self::Returned(times) => it.returns >= times,
            Self::Undecided => !it.decided,
            Self::Asked => it.asked,
            Self::NotAsked => !it.asked,
            Self::Late => it.late,
            Self::Unrated => it.unrated,
            Self::Disputable => it.disputable,
            Self::Reopenable => it.reopenable,
            Self::FirstReopening => !it.reopened,
        }
    }
}

/// A move that may happen: where it leads, and in which part it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub verb: Verb,
    pub from: State,
    pub to: State,
    pub part: Part,
}

/// Whether anyone with these parts may ever make this move, whatever the state: else it is forbidden, not untimely.
pub fn may_ever(verb: Verb, parts: &[Part]) -> bool {
    MOVES.iter().any(|row| row.verb == verb && row.who.iter().any(|who| parts.contains(who)))
}

impl Move {
    /// The part in which somebody makes this move now; nothing where the state does not allow it, or they may not.
    fn open_to(&self, it: &Standing, parts: &[Part]) -> Option<Part> {
        let stands = self.from.contains(&it.state) && self.when.iter().all(|when| when.holds(it));
        if stands { self.who.iter().copied().find(|who| parts.contains(who)) } else { None }
    }
}

/// The step that a move is now, for somebody with these parts; nothing where the state does not allow it.
pub fn step(verb: Verb, it: &Standing, parts: &[Part]) -> Option<Step> {
    MOVES.iter().filter(|row| row.verb == verb).find_map(|row| {
        let part = row.open_to(it, parts)?;
        let to = match row.to {
            To::State(state) => state,
            To::Same => it.state,
            To::BeforeDispute => it.disputed_from.unwrap_or(S::Closed),
        };
        Some(Step { verb, from: it.state, to, part })
    })
}

/// The moves that are open now to somebody with these parts, in the table's order.
pub fn open_moves(it: &Standing, parts: &[Part]) -> Vec<Verb> {
    let mut verbs: Vec<Verb> = Vec::new();
    for row in MOVES {
        if row.open_to(it, parts).is_some() && !verbs.contains(&row.verb) {
            verbs.push(row.verb);
        }
    }
    verbs
}

/// Who hears of a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hearer {
    Requester,
    /// The dispatchers of the holding centre.
    Centre,
    /// The officers of the lead department.
    Department,
    /// The officers of the co-units.
    CoUnits,
    /// The leaders of the team that held it before the move, or holds it after.
    Team,
    /// The leaders of the team it is offered to.
    Offered,
    /// The dispatchers of the county's centre, and the supervisors.
    County,
}

/// Who hears of a move, beside the one who made it.
pub const fn hearers(verb: Verb) -> &'static [Hearer] {
    use Hearer as H;
    match verb {
        V::Submit | V::Reopen => &[H::Centre],
        V::Amend => &[H::Centre, H::Department, H::Team],
        V::Ask => &[H::Requester],
        V::Reply => &[H::Centre, H::Department, H::Team],
        V::SetUrgency => &[H::Centre, H::Department],
        V::Transfer | V::MoveUp => &[H::Requester, H::Centre],
        V::Dispatch | V::Redispatch | V::DecideLead => &[H::Department, H::CoUnits, H::Requester],
        V::Reject => &[H::Requester],
        V::Merge | V::Unmerge => &[H::Requester],
        V::Return => &[H::Centre],
        V::Answer => &[H::Requester, H::Centre],
        V::Accept => &[H::Requester, H::Offered],
        V::Offer => &[H::Offered],
        V::Open => &[H::Offered],
        V::Decline | V::ExpireOffer => &[H::Department],
        V::Claim => &[H::Requester, H::Department],
        V::Propose => &[H::Team],
        V::Schedule => &[H::Requester, H::Department, H::Centre],
        V::Postpone => &[H::Requester, H::Department, H::Centre, H::Team],
        V::Release => &[H::Requester, H::Department, H::Centre, H::Team],
        V::Fulfil => &[H::Requester, H::Department],
        V::Review => &[H::Department, H::Team],
        V::ExpireReview => &[],
        V::Dispute => &[H::County, H::Centre, H::Department, H::Team],
        V::Uphold | V::Settle | V::Dismiss => &[H::Requester, H::Department, H::Team],
        V::Withdraw => &[H::Centre, H::Department, H::Team, H::Offered],
        V::GiveUp => &[H::Requester, H::Department, H::Centre, H::Offered],
        V::RevealContact => &[],
    }
}
