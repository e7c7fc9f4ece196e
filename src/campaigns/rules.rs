//! What a year's campaigns can be. Pure.

use chrono::Datelike;

use super::{Campaign, Wanted};
use crate::error::Fault;

/// The longest campaign: three months.
const LONGEST_DAYS: i64 = 92;

/// What cannot be used of a year's campaigns, given those that are there.
pub(super) fn check(year: i32, known: &[Campaign], wanted: &[Wanted]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut add = |pointer: String, code: &str, detail: String| faults.push(Fault { pointer, code: code.to_owned(), detail });
    for (n, campaign) in wanted.iter().enumerate() {
        let pointer = |field: &str| format!("/campaigns/{n}/{field}");
        if campaign.id.is_some_and(|id| !known.iter().any(|known| known.id == id)) {
            add(pointer("id"), "unknown", "There is no such campaign in this year.".to_owned());
        }
        if campaign.id.is_some() && wanted[..n].iter().any(|earlier| earlier.id == campaign.id) {
            add(pointer("id"), "twice", "This campaign is named twice.".to_owned());
        }
        if wanted[..n].iter().any(|earlier| earlier.name.trim() == campaign.name.trim()) {
            add(pointer("name"), "twice", "This name is given twice.".to_owned());
        }
        if campaign.from_day.year() != year {
            add(pointer("from_day"), "other_year", format!("Give a day of {year}."));
        }
        if campaign.until_day < campaign.from_day {
            add(pointer("until_day"), "ends_before_it_starts", "The last day must not come before the first.".to_owned());
        } else if (campaign.until_day - campaign.from_day).num_days() >= LONGEST_DAYS {
            add(pointer("until_day"), "too_long", "A campaign lasts at most 92 days.".to_owned());
        }
    }
    faults
}

/// Whether a campaign is so already.
pub(super) fn same(known: &Campaign, wanted: &Wanted) -> bool {
    known.name == wanted.name.trim() && known.from_day == wanted.from_day && known.until_day == wanted.until_day && known.announced == wanted.announced
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::ids::CampaignId;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, month, day).unwrap_or_default()
    }

    fn wanted(id: Option<i64>, name: &str, from: NaiveDate, until: NaiveDate) -> Wanted {
        Wanted { id: id.map(CampaignId), name: name.to_owned(), from_day: from, until_day: until, announced: true }
    }

    #[test]
    fn a_campaign_has_a_name_of_its_own_begins_in_its_year_and_ends_after_it_began() {
        let month = Campaign {
            id: CampaignId(7),
            county: "230522000000".to_owned(),
            year: 2027,
            name: "全国科普月".to_owned(),
            from_day: day(9, 1),
            until_day: day(9, 30),
            announced: true,
        };
        let fine = [wanted(Some(7), "全国科普月", day(9, 1), day(9, 30)), wanted(None, "防灾减灾日", day(5, 12), day(5, 12))];
        assert_eq!(check(2027, std::slice::from_ref(&month), &fine), []);
        assert!(same(&month, &fine[0]));
        let wrong = [
            wanted(Some(8), "全国科普月", day(9, 1), day(8, 31)),
            wanted(None, " 全国科普月 ", NaiveDate::from_ymd_opt(2026, 12, 31).unwrap_or_default(), day(1, 2)),
            wanted(None, "一整年", day(1, 1), day(12, 31)),
        ];
        let refused = check(2027, &[month], &wrong);
        let told: Vec<(&str, &str)> = refused.iter().map(|fault| (fault.pointer.as_str(), fault.code.as_str())).collect();
        assert_eq!(
            told,
            [
                ("/campaigns/0/id", "unknown"),
                ("/campaigns/0/until_day", "ends_before_it_starts"),
                ("/campaigns/1/name", "twice"),
                ("/campaigns/1/from_day", "other_year"),
                ("/campaigns/2/until_day", "too_long"),
            ]
        );
    }
}
