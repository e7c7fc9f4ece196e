//! How a roster stands, and who does what with it. Pure.

use crate::text_enum;

text_enum! {
    /// How a roster stands.
    pub enum RosterState {
        /// It waits for somebody of another organisation.
        Filed = "filed",
        /// Its volunteers have their hours.
        Confirmed = "confirmed",
        /// It was returned with a reason; the team files another one.
        Returned = "returned",
    }
}

text_enum! {
    /// What is done with a roster that waits.
    pub enum RosterVerb { Confirm = "confirm", Return = "return" }
}

text_enum! {
    /// As what somebody answers a roster: each is of another organisation than the team.
    pub enum AnsweredAs {
        /// The department that answers for the order.
        Officer = "officer",
        /// A centre in whose area it took place.
        Dispatcher = "dispatcher",
        /// Who asked for it.
        Requester = "requester",
    }
}

/// What somebody has to do with a roster, as far as its answer asks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stake {
    /// As what they would answer.
    pub answers_as: Option<AnsweredAs>,
    /// They filed it.
    pub filed: bool,
    /// A line is theirs.
    pub own: bool,
    /// They are of the team, or of the organisation that hosts it and would answer for that one.
    pub of_the_team: bool,
}

/// As what somebody may answer a roster; else the code and the sentence that say why not.
pub fn may(stake: Stake) -> Result<AnsweredAs, (&'static str, &'static str)> {
    if stake.filed {
        return Err(("filed_it", "You filed this roster: somebody of another organisation confirms it."));
    }
    if stake.own {
        return Err(("own_hours", "Your own hours are in this roster: somebody else confirms it."));
    }
    if stake.of_the_team {
        return Err(("same_organisation", "A roster is confirmed by somebody of another organisation than the team and its host."));
    }
    stake.answers_as.ok_or(("forbidden", "A roster is confirmed by the department that answers for the order, a centre's dispatcher, or who asked for it."))
}

/// How often a team has been reminded after so many working days without a roster: on the third day and on the seventh; on the tenth, when
/// the time is over (民政部令67号, Art 11), its centre is told.
pub const fn reminders(working_days: u32) -> i32 {
    match working_days {
        0..3 => 0,
        3..7 => 1,
        7..10 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_confirms_their_own_or_what_they_filed_or_what_their_own_organisation_did() {
        let officer = Stake { answers_as: Some(AnsweredAs::Officer), ..Stake::default() };
        assert_eq!(may(officer), Ok(AnsweredAs::Officer));
        assert_eq!(may(Stake { filed: true, ..officer }).map_err(|(code, _)| code), Err("filed_it"));
        assert_eq!(may(Stake { own: true, ..officer }).map_err(|(code, _)| code), Err("own_hours"));
        assert_eq!(may(Stake { of_the_team: true, ..officer }).map_err(|(code, _)| code), Err("same_organisation"));
        assert_eq!([0, 2, 3, 6, 7, 9, 10, 30].map(reminders), [0, 0, 1, 1, 2, 2, 3, 3]);
        assert_eq!(may(Stake::default()).map_err(|(code, _)| code), Err("forbidden"));
    }
}
