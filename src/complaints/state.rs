//! The life of a complaint as a table: who may do what from which state, and where it leads. What may happen and which buttons
//! show both read [`MOVES`].

use crate::actor::Role;
use crate::text_enum;

text_enum! {
    /// Where a complaint stands.
    pub enum ComplaintState {
        /// 待答复
        Open = "open",
        /// 已答复
        Answered = "answered",
        /// 已提级: the complainant was not satisfied; the supervisor answers.
        Escalated = "escalated",
        /// 已办结: answered for good.
        Final = "final",
        /// 已撤回
        Withdrawn = "withdrawn",
    }
}

text_enum! {
    /// What can be done to a complaint: one word for the deed, the route and the history.
    pub enum ComplaintVerb {
        /// 投诉
        Complain = "complain",
        /// 答复
        Answer = "answer",
        /// 不满意
        NotSatisfied = "not_satisfied",
        Withdraw = "withdraw",
        /// Read the contact in full (no move: journalled and shown in the history).
        RevealContact = "reveal_contact",
    }
}

text_enum! {
    /// What somebody is to one complaint.
    pub enum ComplaintPart {
        /// Who complained, with an account or the tracking token.
        Complainant = "complainant",
        /// A dispatcher above what it is about.
        Answerer = "answerer",
        /// Follows the county's complaints up, and answers for the last time.
        Supervisor = "supervisor",
        /// Reads it masked.
        Auditor = "auditor",
    }
}

text_enum! {
    /// Who answers.
    pub enum ComplaintLevel {
        /// A dispatcher of a centre above the one it is about.
        Centre = "centre",
        /// A dispatcher of the county's centre, or a supervisor: what is about no order.
        County = "county",
        /// A supervisor of the county association.
        Supervisor = "supervisor",
    }
}

impl ComplaintPart {
    /// The role in which somebody has this part, for the journal.
    pub const fn role(self) -> Option<Role> {
        match self {
            Self::Complainant => None,
            Self::Answerer => Some(Role::Dispatcher),
            Self::Supervisor => Some(Role::Supervisor),
            Self::Auditor => Some(Role::Auditor),
        }
    }
}

/// What must be true beside the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// No centre answers it alone.
    AtCounty,
    /// It is late in this state.
    Late,
    /// Its answer is not too old to be disagreed with.
    Recent,
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Move {
    pub verb: ComplaintVerb,
    pub from: &'static [ComplaintState],
    pub who: ComplaintPart,
    pub when: Option<When>,
    pub to: ComplaintState,
}

use ComplaintPart as P;
use ComplaintState as S;
use ComplaintVerb as V;

const fn row(verb: V, from: &'static [S], who: P, when: Option<When>, to: S) -> Move {
    Move { verb, from, who, when, to }
}

/// Every move. A verb may have several rows; the first that fits is taken.
pub const MOVES: &[Move] = &[
    row(V::Answer, &[S::Open], P::Answerer, None, S::Answered),
    row(V::Answer, &[S::Open], P::Supervisor, Some(When::AtCounty), S::Answered),
    // What a centre leaves lying is answered by those who were told of it.
    row(V::Answer, &[S::Open], P::Supervisor, Some(When::Late), S::Answered),
    row(V::Answer, &[S::Escalated], P::Supervisor, None, S::Final),
    // Once: what was answered for good comes back no more.
    row(V::NotSatisfied, &[S::Answered], P::Complainant, Some(When::Recent), S::Escalated),
    row(V::Withdraw, &[S::Open, S::Escalated], P::Complainant, None, S::Withdrawn),
];

/// What decides, beside who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub state: ComplaintState,
    pub at_county: bool,
    pub late: bool,
    pub recent: bool,
}

impl When {
    const fn holds(self, it: &Standing) -> bool {
        match self {
            Self::AtCounty => it.at_county,
            Self::Late => it.late,
            Self::Recent => it.recent,
        }
    }
}

/// A move that may happen: where it leads, and in which part it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub verb: ComplaintVerb,
    pub from: ComplaintState,
    pub to: ComplaintState,
    pub part: ComplaintPart,
}

/// Whether anyone with these parts may ever make this move, whatever the state: else it is forbidden, not untimely.
pub fn may_ever(verb: ComplaintVerb, parts: &[ComplaintPart]) -> bool {
    MOVES.iter().any(|row| row.verb == verb && parts.contains(&row.who))
}

/// The step that a move is now, for somebody with these parts; nothing where the state does not allow it.
pub fn step(verb: ComplaintVerb, it: &Standing, parts: &[ComplaintPart]) -> Option<Step> {
    let fits = |row: &&Move| row.verb == verb && row.from.contains(&it.state) && row.when.is_none_or(|when| when.holds(it)) && parts.contains(&row.who);
    MOVES.iter().find(fits).map(|row| Step { verb, from: it.state, to: row.to, part: row.who })
}

/// The moves that are open now to somebody with these parts, in the table's order.
pub fn open_moves(it: &Standing, parts: &[ComplaintPart]) -> Vec<ComplaintVerb> {
    let mut verbs: Vec<ComplaintVerb> = Vec::new();
    for row in MOVES {
        if !verbs.contains(&row.verb) && step(row.verb, it, parts).is_some() {
            verbs.push(row.verb);
        }
    }
    verbs
}
