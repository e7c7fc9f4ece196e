//! Between the department and the teams.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::LINE;
use crate::actor::TeamKind;
use crate::clock::Moment;
use crate::ids::OrganisationId;
use crate::wire::{Body, Faults};

/// What a team must have to claim.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Requires {
    pub kind: Option<TeamKind>,
    #[serde(default)]
    #[schema(max_items = 10)]
    pub fields: Vec<String>,
    #[serde(default)]
    #[schema(max_items = 10)]
    pub languages: Vec<String>,
}

/// An acceptance (领单): open to all, or an offer to one team.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Accept {
    pub offer_to_team_id: Option<OrganisationId>,
    /// Until when the team may answer, at most as long as the county lets an offer stand (2 working days, urgent 4 hours, unless it
    /// says otherwise); absent: that, or half of the time to the first window where that is sooner.
    pub answer_by: Option<Moment>,
    pub requires: Option<Requires>,
}

impl Body for Accept {
    fn check(&self, faults: &mut Faults) {
        if self.answer_by.is_some() && self.offer_to_team_id.is_none() {
            faults.add("/answer_by", "no_offer", "An answer-by time belongs to an offer; name the team.");
        }
        if let Some(requires) = &self.requires {
            for (name, list) in [("fields", &requires.fields), ("languages", &requires.languages)] {
                if list.len() > 10 {
                    faults.add(format!("/requires/{name}"), "too_many", "At most 10.");
                }
                for word in list {
                    faults.text(&format!("/requires/{name}"), word, LINE);
                }
            }
        }
    }
}

/// An offer to one team (定向).
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    pub team_id: OrganisationId,
    /// Until when the team may answer, at most as long as the county lets an offer stand (2 working days, urgent 4 hours, unless it
    /// says otherwise); absent: that, or half of the time to the first window where that is sooner.
    pub answer_by: Option<Moment>,
}

impl Body for Offer {
    fn check(&self, _: &mut Faults) {}
}

/// A claim (接单) for one's team.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    pub team_id: OrganisationId,
}

impl Body for Claim {
    fn check(&self, _: &mut Faults) {}
}
