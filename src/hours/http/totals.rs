//! Sums over HTTP: in the order of what they are of, never by how much.

use std::collections::BTreeMap;

use actix_web::{get, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::super::reach;
use super::super::store::{self, By, Sum};
use super::narrowed;
use super::view::Split;
use crate::app::App;
use crate::auth;
use crate::db::Db;
use crate::directory::{self, Directory};
use crate::error::{Refusal, Result};
use crate::ids::{OrganisationId, PersonId, PlanItemId};
use crate::people::{self, masked_name};
use crate::wire::{Ask, AskRefusals, Private};

pub(super) fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(total_hours);
}

#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct TotalsQuery {
    /// By what the minutes are summed.
    #[param(inline)]
    by: By,
    /// Only of events of this year; hours and reversals count in the year of the event.
    #[param(example = 2026)]
    year: Option<i32>,
    /// Only of this team; needed where the sums are by volunteer.
    team_id: Option<OrganisationId>,
}

/// What some records come to.
#[derive(Debug, Serialize, ToSchema)]
struct HourTotal {
    /// A number or code; null for what names none.
    key: Option<String>,
    /// What it is called.
    name: Option<String>,
    sums: Split,
}

/// Sums of hours, which are together the sum of the records.
#[derive(Debug, Serialize, ToSchema)]
struct HourTotals {
    by: By,
    year: Option<i32>,
    /// Of all of them.
    sums: Split,
    /// In the order of their keys; what names none comes last.
    items: Vec<HourTotal>,
}

/// Sums of minutes by volunteer, team, department, plan task, programme, township, year or class: for supervisors and auditors of the county,
/// for leaders of their teams.
#[utoipa::path(tag = "hours", params(TotalsQuery), security(("bearer" = [])), responses((status = 200, description = "The sums", body = HourTotals), AskRefusals))]
#[get("/hours/totals")]
async fn total_hours(app: web::Data<App>, ask: Ask<TotalsQuery>) -> Result<Private<HourTotals>> {
    let state = app.get_ref().clone();
    let read = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &ask.caller)?;
        let sight = reach::of_many(&act)?;
        let TotalsQuery { by, year, team_id } = ask.query()?.clone();
        if by == By::Volunteer && team_id.is_none() {
            return Err(Refusal::query("team_id", "missing", "Sums by volunteer are those of one team: say which.").into());
        }
        let sums = store::sums(db, by, &narrowed(&sight, team_id, year))?;
        let mut of: BTreeMap<(bool, Option<i64>, Option<String>), Vec<Sum>> = BTreeMap::new();
        for sum in sums {
            // Numbers by their size, and codes as they are.
            let number = sum.key.as_deref().filter(|_| !matches!(by, By::Township | By::Class)).and_then(|key| key.parse().ok());
            of.entry((sum.key.is_none(), number, sum.key.clone())).or_default().push(sum);
        }
        let people: Vec<PersonId> = if by == By::Volunteer { of.keys().filter_map(|(_, number, _)| number.map(PersonId)).collect() } else { Vec::new() };
        let names = people::names(db, &people)?;
        let directory = directory::current(db)?;
        let name = |number: Option<i64>, key: Option<&str>| match by {
            By::Volunteer => names.get(&PersonId(number?)).map(|name| if sight.masked() { masked_name(name) } else { name.clone() }),
            _ => named(&directory, by, number, key),
        };
        let all = Split::of(of.values().flatten());
        let items = of.into_iter().map(|((_, number, key), sums)| HourTotal { name: name(number, key.as_deref()), key, sums: Split::of(&sums) }).collect();
        Ok(HourTotals { by, year, sums: all, items })
    };
    app.pool.read(read).await.map(Private)
}

/// What a key of the directory is called.
fn named(directory: &Directory, by: By, number: Option<i64>, key: Option<&str>) -> Option<String> {
    match by {
        By::Team | By::Department => directory.name(OrganisationId(number?)).map(str::to_owned),
        By::PlanTask | By::Programme => directory.task(PlanItemId(number?)).map(|task| format!("{} {}", task.code, task.title)),
        By::Township => directory.place(key?).map(str::to_owned),
        By::Volunteer | By::Year | By::Class => None,
    }
}
