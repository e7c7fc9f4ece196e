//! Service records over HTTP: somebody's own, a team's, the county's.

mod corrections;
mod totals;
mod view;

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::{get, web};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::reach::{self, Sight};
use super::store::{self, Beside, By, Row, Wanted};
use crate::app::App;
use crate::auth;
use crate::db::Db;
use crate::directory::{self, Directory};
use crate::error::Result;
use crate::ids::{OrganisationId, PersonId};
use crate::people::{self, masked_name};
use crate::secrets::Secrets;
use crate::wire::{Ask, AskRefusals, Cursor, Page, Private};
use view::{HoursView, RecordPerson, ServiceRecordView, Split};

/// The routes of this domain.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(see_hours).service(list_records);
    totals::routes(cfg);
    corrections::routes(cfg);
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct HoursQuery {
    /// Only of events of this year.
    #[param(example = 2026)]
    year: Option<i32>,
    /// How many rows, 20 unless told otherwise.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// What showing some records needs: what stands beside them, and what people, tasks and places are called.
fn around(db: &mut Db, rows: &[Row]) -> Result<(Beside, BTreeMap<PersonId, String>, Arc<Directory>)> {
    let beside = store::beside(db, rows)?;
    let mut ids: Vec<PersonId> = beside.people.values().map(|(person, _)| *person).chain(rows.iter().map(|row| row.in_charge)).collect();
    ids.sort_unstable();
    ids.dedup();
    let names = people::names(db, &ids)?;
    Ok((beside, names, directory::current(db)?))
}

/// A page of records as they are shown, from one more than it holds.
fn shown(db: &mut Db, secrets: &Secrets, rows: Vec<Row>, masked: bool, (cursor, filters): (Cursor, &str)) -> Result<Page<ServiceRecordView>> {
    let (beside, names, directory) = around(db, &rows)?;
    let items = rows.into_iter().map(|row| ServiceRecordView::of(row, &beside, &names, &directory, masked)).collect();
    Ok(crate::organisations::http::page(secrets, items, cursor, filters, |item: &ServiceRecordView| item.id.0))
}

/// One record, for who may take it back.
fn record_shown(db: &mut Db, row: Row) -> Result<ServiceRecordView> {
    let rows = [row];
    let (beside, names, directory) = around(db, &rows)?;
    let [row] = rows;
    Ok(ServiceRecordView::of(row, &beside, &names, &directory, true))
}

/// Somebody's service records and what they come to: one's own; for leaders those with their teams; for supervisors and auditors the
/// county's, the name masked.
#[utoipa::path(tag = "hours", params(("id" = PersonId, Path, description = "Whose"), HoursQuery), security(("bearer" = [])), responses((status = 200, description = "The sums and a page of the records, newest first", body = HoursView), AskRefusals))]
#[get("/people/{id}/hours")]
async fn see_hours(app: web::Data<App>, id: web::Path<PersonId>, ask: Ask<HoursQuery>) -> Result<Private<HoursView>> {
    let state = app.get_ref().clone();
    let read = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &ask.caller)?;
        let (person, sight) = reach::of_person(db, &act, *id)?;
        let HoursQuery { year, limit, after } = ask.query()?.clone();
        let filters = format!("hours {:?} {} {year:?}", act.person(), person.id);
        let cursor = Cursor::read(&state.secrets, limit, after.as_deref(), &filters)?;
        let wanted = Wanted { person: Some(person.id), year, ..sight.wanted() };
        let sums = store::sums(db, By::Class, &wanted)?;
        let rows = store::page(db, &wanted, cursor)?;
        let masked = sight.masked();
        let records = shown(db, &state.secrets, rows, masked, (cursor, &filters))?;
        let name = if masked { masked_name(&person.name) } else { person.name };
        Ok(HoursView { person: RecordPerson { id: person.id, name }, sums: Split::of(&sums), records })
    };
    app.pool.read(read).await.map(Private)
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct RecordsQuery {
    /// Only of this team.
    team_id: Option<OrganisationId>,
    /// Only of events of this year.
    #[param(example = 2026)]
    year: Option<i32>,
    /// How many rows, 20 unless told otherwise.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// What a list or a total is of: the sight of who asks, narrowed to one team.
fn narrowed(sight: &Sight, team: Option<OrganisationId>, year: Option<i32>) -> Wanted {
    let mut wanted = Wanted { year, ..sight.wanted() };
    if let Some(team) = team {
        let within = wanted.teams.as_ref().is_none_or(|teams| teams.contains(&team));
        wanted.teams = Some(if within { vec![team] } else { Vec::new() });
    }
    wanted
}

/// Service records of the teams that the caller leads; for supervisors and auditors of the county, names masked. Newest first.
#[utoipa::path(tag = "hours", params(RecordsQuery), security(("bearer" = [])), responses((status = 200, description = "A page", body = Page<ServiceRecordView>), AskRefusals))]
#[get("/service_records")]
async fn list_records(app: web::Data<App>, ask: Ask<RecordsQuery>) -> Result<Private<Page<ServiceRecordView>>> {
    let state = app.get_ref().clone();
    let read = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &ask.caller)?;
        let sight = reach::of_many(&act)?;
        let RecordsQuery { team_id, year, limit, after } = ask.query()?.clone();
        let filters = format!("records {:?} {team_id:?} {year:?}", act.person());
        let cursor = Cursor::read(&state.secrets, limit, after.as_deref(), &filters)?;
        let rows = store::page(db, &narrowed(&sight, team_id, year), cursor)?;
        shown(db, &state.secrets, rows, sight.masked(), (cursor, &filters))
    };
    app.pool.read(read).await.map(Private)
}
