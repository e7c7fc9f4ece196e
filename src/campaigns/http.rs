//! Campaigns over HTTP: a year's list for everybody, and its replacement.
#![expect(unused_qualifications, reason = "utoipa writes them for bodies with a parameter")]

use actix_web::{get, post, web};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{Campaign, Wanted};
use crate::app::App;
use crate::auth;
use crate::db::Db;
use crate::divisions;
use crate::error::{Refusal, Result};
use crate::idempotency;
use crate::ids::CampaignId;
use crate::wire::{Ask, AskRefusals, Body, Change, Faults, Page, Versioned, VersionedRefusals};

/// The routes of campaigns.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_campaigns).service(replace_campaigns);
}

/// Of which year.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CampaignQuery {
    /// The county's code; the first county unless told otherwise.
    #[serde(default, deserialize_with = "divisions::http::code")]
    #[param(pattern = "^[0-9]{12}$", example = "230522000000")]
    county: Option<String>,
    /// This year unless told otherwise.
    #[param(minimum = 1900, maximum = 2200, example = 2026)]
    year: Option<i32>,
}

/// A campaign of a year.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CampaignView {
    pub id: CampaignId,
    pub year: i32,
    #[schema(example = "全国科普月")]
    pub name: String,
    pub from_day: NaiveDate,
    /// The last day.
    pub until_day: NaiveDate,
    /// Whether its days are announced; else they stand where one expects them.
    pub announced: bool,
}

impl From<Campaign> for CampaignView {
    fn from(campaign: Campaign) -> Self {
        let Campaign { id, county: _, year, name, from_day, until_day, announced } = campaign;
        Self { id, year, name, from_day, until_day, announced }
    }
}

fn shown(db: &mut Db, county: &str, year: i32) -> Result<Versioned<Page<CampaignView>>> {
    let items = super::of_year(db, county, year)?.into_iter().map(CampaignView::from).collect();
    Ok(Versioned { version: divisions::settings(db, county)?.version, body: Page { items, next: None } })
}

/// The campaigns of a year, in the order of their days.
#[utoipa::path(tag = "campaigns", params(CampaignQuery), security((), ("bearer" = [])), responses((status = 200, description = "All of them, on one page", body = Page<CampaignView>, headers(("ETag" = String, description = "The version of the county's settings"))), AskRefusals))]
#[get("/campaigns")]
async fn list_campaigns(app: web::Data<App>, ask: Ask<CampaignQuery>) -> Result<Versioned<Page<CampaignView>>> {
    let now = app.clock.now();
    let read = move |db: &mut Db| {
        let CampaignQuery { county, year } = ask.query()?.clone();
        if year.is_some_and(|year| !(1900..=2200).contains(&year)) {
            return Err(Refusal::query("year", "out_of_range", "A year from 1900 to 2200.").into());
        }
        let county = divisions::county_or_first(db, county.as_deref())?;
        let year = match year {
            Some(year) => year,
            None => now.day(divisions::zone(db, &county)?).year(),
        };
        shown(db, &county, year)
    };
    app.pool.read(read).await
}

/// A campaign as it shall be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CampaignEntry {
    /// Of one that is there; absent: a new one.
    id: Option<CampaignId>,
    #[schema(min_length = 1, max_length = 40, example = "全国科普月")]
    name: String,
    from_day: NaiveDate,
    /// The last day.
    until_day: NaiveDate,
    /// Whether its days are announced; else they stand where one expects them.
    announced: bool,
}

/// A year's campaigns.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CampaignsOfYear {
    /// The county's code; the first county unless told otherwise.
    #[schema(min_length = 12, max_length = 12, example = "230522000000")]
    county: Option<String>,
    #[schema(minimum = 1900, maximum = 2200, example = 2026)]
    year: i32,
    /// All of them: those that are not named go, unless events are part of them.
    #[schema(max_items = 50)]
    campaigns: Vec<CampaignEntry>,
}

impl Body for CampaignsOfYear {
    fn check(&self, faults: &mut Faults) {
        faults.range("/year", i64::from(self.year), 1900, 2200);
        if self.campaigns.len() > 50 {
            faults.add("/campaigns", "too_many", "At most 50.");
        }
        for (n, campaign) in self.campaigns.iter().enumerate() {
            faults.text(&format!("/campaigns/{n}/name"), &campaign.name, 40);
        }
    }
}

/// Replaces the campaigns of a year.
#[utoipa::path(tag = "campaigns", request_body = CampaignsOfYear, security(("bearer" = [])), params(("If-Match" = String, Header, description = "The ETag of the year's campaigns"), ("Idempotency-Key" = Option<String>, Header, description = "Sending twice makes one")), responses((status = 200, description = "The year's campaigns, as they are now", body = Page<CampaignView>, headers(("ETag" = String, description = "The version of the county's settings"))), VersionedRefusals))]
#[post("/campaigns/replace")]
async fn replace_campaigns(app: web::Data<App>, change: Change<CampaignsOfYear>) -> Result<Versioned<Page<CampaignView>>> {
    let state = app.get_ref().clone();
    let deed = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &change.caller)?;
        let asked = change.body().ok().and_then(|body| body.county.clone());
        let county = divisions::county_or_first(db, asked.as_deref());
        super::may_keep(&act, county.as_deref().unwrap_or_default())?;
        let seen = change.seen()?;
        let CampaignsOfYear { county: _, year, campaigns } = change.body()?.clone();
        let county = county?;
        let entry = |CampaignEntry { id, name, from_day, until_day, announced }: CampaignEntry| Wanted { id, name, from_day, until_day, announced };
        let wanted: Vec<Wanted> = campaigns.into_iter().map(entry).collect();
        idempotency::once(db, &act, &change, "replace_campaigns", i64::from(year), |db| super::replace(db, &act, seen, &county, year, &wanted))?;
        shown(db, &county, year)
    };
    app.pool.write(deed).await
}
