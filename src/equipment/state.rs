//! The life of a loan as a table. Pure.

use chrono::NaiveDate;

use super::rules;
use crate::text_enum;

text_enum! {
    /// How a loan stands.
    pub enum LoanState {
        /// 待答复: the keeper has not answered yet.
        Wished = "wished",
        /// 已同意: the equipment is taken for these days.
        Agreed = "agreed",
        /// 未同意: with a reason.
        Refused = "refused",
        /// 已撤回 by who wished.
        Withdrawn = "withdrawn",
        /// 已过期: nobody answered in time, or nobody came for it.
        Lapsed = "lapsed",
        /// 已交接: the borrower has it.
        HandedOver = "handed_over",
        /// 已归还.
        GivenBack = "given_back",
    }
}

impl LoanState {
    /// In which somebody waits for equipment or has it.
    pub const OPEN: [Self; 3] = [Self::Wished, Self::Agreed, Self::HandedOver];
}

text_enum! {
    /// What is done with a loan.
    pub enum LoanVerb {
        Agree = "agree",
        Refuse = "refuse",
        Withdraw = "withdraw",
        HandOver = "hand_over",
        GiveBack = "give_back",
        /// The borrower's feedback.
        Report = "report",
    }
}

/// As what somebody does something with a loan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Of the equipment's home.
    Keeper,
    /// Of the organisation that wished for it.
    Borrower,
}

/// What is done by whom, from which states, and the state after it; empty: it stays.
type Row = (LoanVerb, Part, &'static [LoanState], Option<LoanState>);

/// All that can be done.
const MOVES: [Row; 6] = [
    (LoanVerb::Agree, Part::Keeper, &[LoanState::Wished], Some(LoanState::Agreed)),
    (LoanVerb::Refuse, Part::Keeper, &[LoanState::Wished, LoanState::Agreed], Some(LoanState::Refused)),
    (LoanVerb::Withdraw, Part::Borrower, &[LoanState::Wished, LoanState::Agreed], Some(LoanState::Withdrawn)),
    (LoanVerb::HandOver, Part::Keeper, &[LoanState::Agreed], Some(LoanState::HandedOver)),
    (LoanVerb::GiveBack, Part::Keeper, &[LoanState::HandedOver], Some(LoanState::GivenBack)),
    (LoanVerb::Report, Part::Borrower, &[LoanState::HandedOver, LoanState::GivenBack], None),
];

/// How a loan stands, as far as the next deed asks.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    pub state: LoanState,
    pub from_day: NaiveDate,
    pub until_day: NaiveDate,
    /// Whether the borrower has given feedback.
    pub reported: bool,
}

fn row(verb: LoanVerb) -> Option<&'static Row> {
    MOVES.iter().find(|(known, ..)| *known == verb)
}

/// Who does it.
pub fn part(verb: LoanVerb) -> Option<Part> {
    row(verb).map(|(_, part, ..)| *part)
}

/// The state after a deed that is done on a day; else the code and the sentence that say why it cannot be done now.
///
/// # Errors
/// `not_now`, `over`, `too_early`, `reported_already`.
pub fn step(verb: LoanVerb, standing: &Standing, today: NaiveDate) -> Result<LoanState, (&'static str, &'static str)> {
    let Some((.., to)) = row(verb).filter(|(.., from, _)| from.contains(&standing.state)) else {
        return Err(("not_now", "This is not possible as it stands now. Look at it again."));
    };
    match verb {
        LoanVerb::Agree | LoanVerb::HandOver if standing.until_day < today => Err(("over", "The days that it is for are over.")),
        LoanVerb::HandOver if today < rules::goes_from(standing.from_day) => {
            Err(("too_early", "It is handed over on the day before its first day at the earliest."))
        }
        LoanVerb::Report if standing.reported => Err(("reported_already", "The feedback was given already.")),
        _ => Ok(to.unwrap_or(standing.state)),
    }
}

/// What can be done with it on a day by who has these parts in it.
pub fn moves(standing: &Standing, parts: &[Part], today: NaiveDate) -> Vec<LoanVerb> {
    let may = |verb: &LoanVerb| part(*verb).is_some_and(|part| parts.contains(&part)) && step(*verb, standing, today).is_ok();
    LoanVerb::ALL.iter().copied().filter(may).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use LoanState as S;
    use LoanVerb as V;

    fn day(of_month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, of_month).unwrap_or_default()
    }

    fn standing(state: S) -> Standing {
        Standing { state, from_day: day(10), until_day: day(12), reported: false }
    }

    #[test]
    fn keeper_and_borrower_can_do_in_each_state_what_is_drawn_here() {
        let all = |state: S, part: Part| moves(&standing(state), &[part], day(10));
        assert_eq!(all(S::Wished, Part::Keeper), [V::Agree, V::Refuse]);
        assert_eq!(all(S::Wished, Part::Borrower), [V::Withdraw]);
        assert_eq!(all(S::Agreed, Part::Keeper), [V::Refuse, V::HandOver]);
        assert_eq!(all(S::Agreed, Part::Borrower), [V::Withdraw]);
        assert_eq!(all(S::HandedOver, Part::Keeper), [V::GiveBack]);
        assert_eq!(all(S::HandedOver, Part::Borrower), [V::Report]);
        assert!(all(S::GivenBack, Part::Keeper).is_empty());
        assert_eq!(all(S::GivenBack, Part::Borrower), [V::Report]);
        for over in [S::Refused, S::Withdrawn, S::Lapsed] {
            assert!(moves(&standing(over), &[Part::Keeper, Part::Borrower], day(10)).is_empty(), "{over}");
        }
        assert_eq!(moves(&standing(S::Wished), &[Part::Keeper, Part::Borrower], day(10)), [V::Agree, V::Refuse, V::Withdraw]);
        assert!(moves(&standing(S::Wished), &[], day(10)).is_empty());
    }

    #[test]
    fn it_goes_on_the_day_before_at_the_earliest_and_on_its_last_day_at_the_latest() {
        let code = |state, verb, today| step(verb, &standing(state), day(today)).map_err(|(code, _)| code);
        assert_eq!(code(S::Agreed, V::HandOver, 8), Err("too_early"));
        assert_eq!(code(S::Agreed, V::HandOver, 9), Ok(S::HandedOver));
        assert_eq!(code(S::Agreed, V::HandOver, 12), Ok(S::HandedOver));
        assert_eq!(code(S::Agreed, V::HandOver, 13), Err("over"));
        assert_eq!(code(S::Wished, V::Agree, 13), Err("over"));
        assert_eq!(code(S::Wished, V::Refuse, 13), Ok(S::Refused));
        // However late it comes back.
        assert_eq!(code(S::HandedOver, V::GiveBack, 30), Ok(S::GivenBack));
        assert_eq!(code(S::GivenBack, V::GiveBack, 30), Err("not_now"));
    }

    #[test]
    fn feedback_is_given_once_and_changes_no_state() {
        let mut loan = standing(S::GivenBack);
        assert_eq!(step(V::Report, &loan, day(30)), Ok(S::GivenBack));
        assert_eq!(step(V::Report, &standing(S::HandedOver), day(11)), Ok(S::HandedOver));
        loan.reported = true;
        assert_eq!(step(V::Report, &loan, day(30)).map_err(|(code, _)| code), Err("reported_already"));
    }
}
