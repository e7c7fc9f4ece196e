//! The life of a registration as a table: who may do what from which state, and where it leads. What may happen and which buttons
//! show both read [`MOVES`].

use crate::clock::Moment;
use crate::text_enum;

text_enum! {
    /// Where a registration stands.
    pub enum RegistrationState {
        /// 已报名: the places are theirs.
        Registered = "registered",
        /// 候补
        Waiting = "waiting",
        /// 待确认: places became free and are held for them until they confirm.
        Offered = "offered",
        /// 已取消
        Cancelled = "cancelled",
        /// 逾期未确认: the places went to the next in line.
        Lapsed = "lapsed",
    }
}

text_enum! {
    /// What happens to a registration: one word for the deed, the route and the history.
    pub enum RegistrationVerb {
        /// 报名
        Register = "register",
        /// 递补
        MoveUp = "move_up",
        /// 确认参加
        Confirm = "confirm",
        /// 取消报名
        Cancel = "cancel",
        Lapse = "lapse",
        /// Read the contact in full (no move: journalled and kept with its reason).
        RevealContact = "reveal_contact",
    }
}

text_enum! {
    /// What somebody is to a registration.
    pub enum RegistrationPart {
        /// Who registered, with an account or the tracking token.
        Registrant = "registrant",
        /// Who plans the event, or works for a centre above it; what they do is at the registrant's word.
        Organiser = "organiser",
        /// Nobody: a place became free, or the time is over.
        Time = "time",
    }
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Move {
    pub verb: RegistrationVerb,
    pub from: RegistrationState,
    pub who: &'static [RegistrationPart],
    pub to: RegistrationState,
}

use RegistrationPart as P;
use RegistrationState as S;
use RegistrationVerb as V;

const EITHER: &[P] = &[P::Registrant, P::Organiser];

const fn row(verb: V, from: S, who: &'static [P], to: S) -> Move {
    Move { verb, from, who, to }
}

/// Every move after the first.
pub const MOVES: &[Move] = &[
    row(V::MoveUp, S::Waiting, &[P::Time], S::Offered),
    row(V::Confirm, S::Offered, EITHER, S::Registered),
    row(V::Lapse, S::Offered, &[P::Time], S::Lapsed),
    row(V::Cancel, S::Registered, EITHER, S::Cancelled),
    row(V::Cancel, S::Waiting, EITHER, S::Cancelled),
    row(V::Cancel, S::Offered, EITHER, S::Cancelled),
];

impl RegistrationState {
    /// Whether it takes places.
    pub const fn takes(self) -> bool {
        matches!(self, Self::Registered | Self::Offered)
    }

    /// Whether it goes on.
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Registered | Self::Waiting | Self::Offered)
    }
}

/// What decides, beside who asks.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    pub state: RegistrationState,
    /// Until when offered places are held.
    pub confirm_by: Option<Moment>,
    /// When the event begins.
    pub begins: Moment,
    /// Whether the event was called off.
    pub off: bool,
}

/// Where a move leads now; else the code and the sentence that say why it cannot be.
pub fn step(verb: RegistrationVerb, standing: &Standing, part: RegistrationPart, now: Moment) -> Result<RegistrationState, (&'static str, &'static str)> {
    let found = MOVES.iter().find(|row| row.verb == verb && row.from == standing.state && row.who.contains(&part));
    let Some(found) = found else { return Err(("not_now", "The registration stands otherwise by now. Look at it again.")) };
    if standing.off {
        return Err(("cancelled_already", "It was called off."));
    }
    if standing.begins <= now {
        return Err(("begun_already", "Its first session has begun."));
    }
    if verb == V::Confirm && standing.confirm_by.is_some_and(|until| until <= now) {
        return Err(("confirm_over", "The time to confirm is over, and the places go to the next in line. Register again to wait for others."));
    }
    Ok(found.to)
}

/// What somebody can do now.
pub fn moves(standing: &Standing, part: RegistrationPart, now: Moment) -> Vec<RegistrationVerb> {
    let verbs = [V::Confirm, V::Cancel];
    verbs.into_iter().filter(|verb| step(*verb, standing, part, now).is_ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(micros: i64) -> Moment {
        Moment::from_micros(micros)
    }

    fn led(verb: V, state: S, part: P, now: i64) -> Result<S, &'static str> {
        let standing = Standing { state, confirm_by: (state == S::Offered).then_some(at(50)), begins: at(100), off: false };
        step(verb, &standing, part, at(now)).map_err(|(code, _)| code)
    }

    #[test]
    fn a_registration_goes_these_ways_and_no_others() {
        assert_eq!(led(V::Confirm, S::Offered, P::Registrant, 49), Ok(S::Registered));
        assert_eq!(led(V::Confirm, S::Offered, P::Organiser, 49), Ok(S::Registered));
        assert_eq!(led(V::Confirm, S::Offered, P::Registrant, 50), Err("confirm_over"));
        assert_eq!(led(V::Confirm, S::Waiting, P::Registrant, 49), Err("not_now"));
        assert_eq!(led(V::Confirm, S::Registered, P::Registrant, 49), Err("not_now"));
        for state in [S::Registered, S::Waiting, S::Offered] {
            assert_eq!(led(V::Cancel, state, P::Registrant, 99), Ok(S::Cancelled), "{state}");
            assert_eq!(led(V::Cancel, state, P::Registrant, 100), Err("begun_already"), "{state}");
            assert_eq!(led(V::Cancel, state, P::Time, 99), Err("not_now"), "{state}");
        }
        for state in [S::Cancelled, S::Lapsed] {
            for verb in [V::Confirm, V::Cancel, V::Lapse, V::MoveUp] {
                for part in [P::Registrant, P::Organiser, P::Time] {
                    assert_eq!(led(verb, state, part, 1), Err("not_now"), "{verb} {state} {part}");
                }
            }
        }
        assert_eq!(led(V::MoveUp, S::Waiting, P::Time, 1), Ok(S::Offered));
        assert_eq!(led(V::MoveUp, S::Waiting, P::Registrant, 1), Err("not_now"), "nobody moves themselves up");
        assert_eq!(led(V::Lapse, S::Offered, P::Time, 60), Ok(S::Lapsed));
        assert_eq!(led(V::Lapse, S::Registered, P::Time, 60), Err("not_now"));
    }

    #[test]
    fn of_an_event_that_was_called_off_nothing_can_be_done() {
        let standing = Standing { state: S::Offered, confirm_by: Some(at(50)), begins: at(100), off: true };
        assert!(moves(&standing, P::Registrant, at(1)).is_empty());
        let standing = Standing { off: false, ..standing };
        assert_eq!(moves(&standing, P::Registrant, at(1)), [V::Confirm, V::Cancel]);
        assert_eq!(moves(&standing, P::Registrant, at(60)), [V::Cancel]);
    }
}
