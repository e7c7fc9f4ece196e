//! Campaigns (科普月, 防灾减灾日, 科技活动周 …): yearly data of a county that events name as what they are part of. Their days are
//! announced year by year, so each year has rows of its own.

pub mod http;
mod rules;
mod store;

use chrono::{Datelike, NaiveDate};
use diesel::Queryable;

use crate::actor::{Act, Role};
use crate::auth;
use crate::db::{self, Anchor, Db};
use crate::divisions::{self, Put};
use crate::error::{Kind, Refusal, Result};
use crate::ids::CampaignId;
use crate::journal::{self, Capacity, Subject};
use crate::wire::Seen;

/// A campaign of a year.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Campaign {
    pub id: CampaignId,
    pub county: String,
    pub year: i32,
    pub name: String,
    pub from_day: NaiveDate,
    /// The last day.
    pub until_day: NaiveDate,
    /// Whether its days are announced; else they stand where one expects them.
    pub announced: bool,
}

/// What a campaign shall be; one that is there by its number, a new one without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub id: Option<CampaignId>,
    pub name: String,
    pub from_day: NaiveDate,
    pub until_day: NaiveDate,
    pub announced: bool,
}

/// The campaigns of a county's year, in the order of their days.
pub fn of_year(db: &mut Db, county: &str, year: i32) -> Result<Vec<Campaign>> {
    store::of_year(db, county, year)
}

/// A campaign; nothing where there is none of this number.
pub fn find(db: &mut Db, id: CampaignId) -> Result<Option<Campaign>> {
    store::find(db, id)
}

/// A campaign that something is about to name: it does not go away until the transaction ends.
pub fn lean_on(db: &mut Db, county: &str, id: CampaignId) -> Result<Option<Campaign>> {
    db::lean_on(db, Anchor::Campaign(id.0))?;
    Ok(store::find(db, id)?.filter(|campaign| campaign.county == county))
}

/// Whether the doer keeps the campaigns of a county: its supervisor (县科协), or a system administrator, who keeps its calendar too.
///
/// # Errors
/// 401; 403.
pub fn may_keep(act: &Act, county: &str) -> Result<()> {
    let actor = act.actor().ok_or_else(auth::sign_in_first)?;
    if actor.has(Role::SystemAdministrator) || actor.seats(Role::Supervisor).any(|seat| seat.county == county) {
        return Ok(());
    }
    Err(Refusal::forbidden("The campaigns of a year are kept by the county association's supervisor or a system administrator.").into())
}

/// Replaces the campaigns of a county's year: those that are not named go.
///
/// # Errors
/// 412; 409 `campaign_in_use` for one that events name; 422 with all that cannot be used.
pub fn replace(db: &mut Db, act: &Act, seen: Seen, county: &str, year: i32, wanted: &[Wanted]) -> Result<()> {
    seen.matches(divisions::settings(db, county)?.version)?;
    let known = store::of_year(db, county, year)?;
    let faults = rules::check(year, &known, wanted);
    if !faults.is_empty() {
        return Err(Refusal::invalid(faults).into());
    }
    divisions::claim_county(db, county, seen)?;
    let gone: Vec<&Campaign> = known.iter().filter(|known| !wanted.iter().any(|wanted| wanted.id == Some(known.id))).collect();
    for campaign in &gone {
        db::lock(db, Anchor::Campaign(campaign.id.0))?;
    }
    let ids: Vec<CampaignId> = gone.iter().map(|campaign| campaign.id).collect();
    let named = store::named_by_events(db, &ids)?;
    if let Some(campaign) = gone.iter().find(|campaign| named.contains(&campaign.id)) {
        let words = format!("Events are part of {}: give these another campaign first.", campaign.name);
        return Err(Refusal::new(Kind::Conflict, "campaign_in_use", words).with("name", &campaign.name).into());
    }
    store::remove(db, &ids)?;
    // Names may change places: each row first gets a name that no other has.
    for id in wanted.iter().filter_map(|wanted| wanted.id) {
        store::rename(db, id, &format!("\u{1f}{id}"))?;
    }
    for wanted in wanted {
        match wanted.id {
            Some(id) => store::update(db, id, wanted)?,
            None => store::insert(db, county, year, wanted)?,
        }
    }
    record(db, act, county)
}

/// Puts the campaigns of one file, by their names; those that are not named stay as they are.
pub fn put(db: &mut Db, act: &Act, county: &str, campaigns: &[Wanted]) -> Result<Put> {
    let mut put = Put::Same;
    for wanted in campaigns {
        let known = store::of_year(db, county, wanted.from_day.year())?;
        let done = match known.iter().find(|known| known.name == wanted.name) {
            Some(known) if rules::same(known, wanted) => Put::Same,
            Some(known) => {
                store::update(db, known.id, wanted)?;
                Put::Changed
            }
            None => {
                store::insert(db, county, wanted.from_day.year(), wanted)?;
                Put::Created
            }
        };
        put = match (put, done) {
            (before, Put::Same) => before,
            (Put::Same, done) => done,
            (before, done) if before == done => before,
            _ => Put::Changed,
        };
    }
    if put != Put::Same {
        record(db, act, county)?;
    }
    Ok(put)
}

fn record(db: &mut Db, act: &Act, county: &str) -> Result<()> {
    let subject = Subject { kind: "county", id: county.parse().unwrap_or(0), version: None, county: Some(county) };
    journal::record(db, act, "set_campaigns", subject, Capacity::default(), &["campaigns"])
}
