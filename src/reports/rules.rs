//! How counts become a report: pure.

use crate::ids::OrganisationId;
use crate::plan::{PlanItem, PlanPart, PlanUnit};

/// Units in the plan's order: lead units as the plan names them, then responsible units; those that it does not name after them,
/// in the order given. It is an order of reading, never a ranking.
pub fn in_plan_order(items: &[PlanItem], units: &[PlanUnit], all: &[OrganisationId]) -> Vec<OrganisationId> {
    let mut order: Vec<OrganisationId> = Vec::with_capacity(all.len());
    let named = [PlanPart::Lead, PlanPart::Responsible].into_iter().flat_map(|part| {
        items.iter().flat_map(move |item| units.iter().filter(move |unit| unit.item == item.id && unit.part == part)).map(|unit| unit.organisation)
    });
    for unit in named.filter(|unit| all.contains(unit)).chain(all.iter().copied()) {
        if !order.contains(&unit) {
            order.push(unit);
        }
    }
    order
}

/// The path of the township that a place lies in, or is; the county's own path where it lies in none.
pub fn township(path: &str) -> &str {
    path.match_indices('.').nth(1).or_else(|| path.match_indices('.').next()).map_or(path, |(at, _)| &path[..=at])
}

/// Which row stands in the middle of so many, the first being 0; of two in the middle the first.
pub const fn middle(count: i64) -> i64 {
    if count > 0 { (count - 1) / 2 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{PlanId, PlanItemId};
    use crate::plan::PlanItemKind;

    #[test]
    fn units_stand_in_the_plans_order_whoever_has_more_to_do() {
        let item = |id: i64, seq: i32| PlanItem {
            id: PlanItemId(id),
            plan_id: PlanId(1),
            code: String::new(),
            kind: PlanItemKind::Task,
            parent_id: None,
            title: String::new(),
            text: String::new(),
            countable: true,
            seq,
        };
        let unit = |item: i64, part: PlanPart, id: i64| PlanUnit {
            item: PlanItemId(item),
            part,
            organisation: OrganisationId(id),
            name: String::new(),
            spelled: String::new(),
        };
        let items = [item(9, 1), item(3, 2)];
        let units = [unit(3, PlanPart::Lead, 1), unit(9, PlanPart::Lead, 7), unit(9, PlanPart::Responsible, 2), unit(3, PlanPart::Responsible, 7)];
        let all: Vec<OrganisationId> = [1, 2, 5, 7].into_iter().map(OrganisationId).collect();
        let order: Vec<i64> = in_plan_order(&items, &units, &all).iter().map(|id| id.0).collect();
        assert_eq!(order, [7, 1, 2, 5]);
    }

    #[test]
    fn a_village_lies_in_its_township_and_the_county_in_none() {
        assert_eq!(township("a.b.c."), "a.b.");
        assert_eq!(township("a.b."), "a.b.");
        assert_eq!(township("a."), "a.");
    }

    #[test]
    fn of_two_in_the_middle_the_first_counts() {
        assert_eq!([0, 1, 2, 3, 4].map(middle), [0, 0, 0, 1, 1]);
    }
}
