//! Where things are, on the wire. Readable by everyone: no personal data.

use std::collections::HashMap;

use actix_web::{get, web};
use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Division, Field, FieldKind, Holiday, HolidayKind, Level};
use crate::actor::Jurisdiction;
use crate::app::App;
use crate::error::Error;
use crate::wire::{Ask, Page, Problem, Public};

/// Reads a division's code out of a query: 12 digits.
pub fn code<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(from)?;
    if text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(Some(text));
    }
    Err(serde::de::Error::custom("a division's code has 12 digits, such as 230522100003"))
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DivisionQuery {
    /// The county's code; the first county unless told otherwise.
    #[serde(default, deserialize_with = "code")]
    #[param(pattern = "^[0-9]{12}$", example = "230522000000")]
    county: Option<String>,
    /// Only the divisions right below this one.
    #[serde(default, deserialize_with = "code")]
    #[param(pattern = "^[0-9]{12}$", example = "230522100000")]
    parent: Option<String>,
}

#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct HolidayQuery {
    /// The county's code; the first county unless told otherwise.
    #[serde(default, deserialize_with = "code")]
    #[param(pattern = "^[0-9]{12}$", example = "230522000000")]
    county: Option<String>,
    /// The year.
    #[param(value_type = i32, minimum = 1900, maximum = 2200, example = 2026)]
    year: Year,
}

/// A year in which this product can have been used.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(try_from = "i32")]
struct Year(i32);

impl TryFrom<i32> for Year {
    type Error = &'static str;

    fn try_from(year: i32) -> Result<Self, Self::Error> {
        if (1900..=2200).contains(&year) { Ok(Self(year)) } else { Err("a year from 1900 to 2200 is wanted") }
    }
}

/// A county, township, village or the like.
#[derive(Debug, Serialize, ToSchema)]
pub struct DivisionView {
    #[schema(example = "230522100003")]
    code: String,
    /// The official name.
    #[schema(example = "繁荣社区居民委员会")]
    name: String,
    /// What people say.
    #[schema(example = "繁荣社区")]
    short_name: String,
    level: Level,
    #[schema(example = "230522100000")]
    parent_code: Option<String>,
    /// The short names from the county down to here: names repeat within a county.
    #[schema(example = json!(["友谊县", "友谊镇", "繁荣社区"]))]
    path: Vec<String>,
    /// Who commands the place.
    jurisdiction: Jurisdiction,
    valid_from: NaiveDate,
    /// The last day; null: still valid.
    valid_until: Option<NaiveDate>,
}

impl DivisionView {
    /// The views of those that are wanted, with the names of all above them.
    fn of(all: Vec<Division>, parent: Option<&str>) -> Vec<Self> {
        let names: HashMap<&str, &str> = all.iter().map(|division| (division.code.as_str(), division.short_name.as_str())).collect();
        let wanted = all.iter().filter(|division| parent.is_none() || division.parent_code.as_deref() == parent);
        wanted
            .map(|division| Self {
                code: division.code.clone(),
                name: division.name.clone(),
                short_name: division.short_name.clone(),
                level: division.level,
                parent_code: division.parent_code.clone(),
                path: super::codes(&division.path).filter_map(|code| names.get(code)).map(|name| (*name).to_owned()).collect(),
                jurisdiction: division.jurisdiction,
                valid_from: division.valid_from,
                valid_until: division.valid_until,
            })
            .collect()
    }
}

/// A field of science or a form of service: what an order asks for and a team offers.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldView {
    #[schema(example = "health")]
    code: String,
    kind: FieldKind,
    #[schema(example = "健康与急救")]
    name: String,
    #[schema(example = "Health and first aid")]
    name_en: String,
    /// What residents say when they ask for it.
    examples: Vec<String>,
}

impl FieldView {
    fn of(field: Field) -> Self {
        let Field { code, kind, name, name_en, examples, seq: _ } = field;
        Self { code, kind, name, name_en, examples: examples.lines().map(str::to_owned).collect() }
    }
}

/// A weekday off, or a weekend day worked instead.
#[derive(Debug, Serialize, ToSchema)]
pub struct HolidayView {
    day: NaiveDate,
    kind: HolidayKind,
    #[schema(example = "元旦")]
    name: String,
}

impl HolidayView {
    pub fn of(holiday: Holiday) -> Self {
        let Holiday { day, kind, name } = holiday;
        Self { day, kind, name }
    }
}

/// The county's divisions in the order of their codes.
#[utoipa::path(operation_id = "list_divisions", tag = "directory", params(DivisionQuery), responses(
    (status = 200, description = "All of them, on one page", body = Page<DivisionView>),
    (status = 400, description = "The query cannot be read", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[get("/divisions")]
async fn list_divisions(app: web::Data<App>, ask: Ask<DivisionQuery>) -> Result<Public<Page<DivisionView>>, Error> {
    let DivisionQuery { county, parent } = ask.query()?.clone();
    let read = app.pool.read(move |db| super::county_or_first(db, county.as_deref()).and_then(|county| super::of_county(db, &county)));
    Ok(Public(Page { items: DivisionView::of(read.await?, parent.as_deref()), next: None }))
}

/// The menu: ten fields of science, then the forms of service.
#[utoipa::path(operation_id = "list_fields", tag = "directory", responses(
    (status = 200, description = "All of them, on one page", body = Page<FieldView>),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[get("/fields")]
async fn list_fields(app: web::Data<App>) -> Result<Public<Page<FieldView>>, Error> {
    let fields = app.pool.read(super::fields).await?;
    Ok(Public(Page { items: fields.into_iter().map(FieldView::of).collect(), next: None }))
}

/// A year's days off and days worked instead; all other days are working days from Monday to Friday.
#[utoipa::path(operation_id = "list_holidays", tag = "directory", params(HolidayQuery), responses(
    (status = 200, description = "All of them, on one page; none where the year is not announced yet", body = Page<HolidayView>),
    (status = 400, description = "The query cannot be read", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Try again later", body = Problem, content_type = "application/problem+json"),
))]
#[get("/holidays")]
async fn list_holidays(app: web::Data<App>, ask: Ask<HolidayQuery>) -> Result<Public<Page<HolidayView>>, Error> {
    let HolidayQuery { county, year } = ask.query()?.clone();
    let read = app.pool.read(move |db| super::county_or_first(db, county.as_deref()).and_then(|county| super::holidays(db, &county, year.0)));
    Ok(Public(Page { items: read.await?.into_iter().map(HolidayView::of).collect(), next: None }))
}

/// The routes of places.
pub fn routes(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(list_divisions).service(list_fields).service(list_holidays);
}
