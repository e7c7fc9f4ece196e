//! Where things are: the county's divisions, its calendar and deadlines; the menu of fields that one can ask for.
//!
//! A division's path is the codes from the county down to it, each closed by a full stop: a subtree is one range of it.

mod change_store;
mod changes;
mod found;
pub mod http;
mod settings;
mod store;

use chrono::NaiveDate;
use diesel::Queryable;

use crate::actor::Jurisdiction;
use crate::clock::{COUNTY_ZONE, Calendar};
use crate::db::{Clause, Db};
use crate::directory;
use crate::error::Result;
use crate::text_enum;

pub use crate::directory::{Deadline, DeadlineUnit, HolidayKind};

pub use changes::{CountySettings, PlatformSettings, change_platform, change_settings, claim_county, platform, replace_holidays, settings};
pub use found::{Put, put_county, put_division, put_field, put_holidays};
pub use settings::{Budget, BudgetPer, RETENTION_SUBJECTS, STAGES, StageRule, put_budget, put_deadline, put_retention};

text_enum! {
    /// How high a division stands. The `_like` ones are the state farm's: they have a code but no government of their own.
    pub enum Level {
        County = "county",
        Town = "town",
        Township = "township",
        EthnicTownship = "ethnic_township",
        TownshipLike = "township_like",
        Community = "community",
        Village = "village",
        CommunityLike = "community_like",
        VillageLike = "village_like",
    }
}

text_enum! {
    /// Whether a line of the menu is a field of science or a form of service.
    pub enum FieldKind { Field = "field", Form = "form" }
}

/// A county that this database holds.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct County {
    /// 12 digits, that of its division.
    pub code: String,
    pub name: String,
    /// A name of the IANA time zones.
    pub time_zone: String,
    /// The county centre's telephone; empty where none is known.
    pub phone: String,
}

/// A county, township, village or the like.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Division {
    /// The statistical code, 12 digits.
    pub code: String,
    pub county: String,
    /// The official name.
    pub name: String,
    /// What people say; names repeat, so show the path.
    pub short_name: String,
    pub level: Level,
    pub parent_code: Option<String>,
    pub path: String,
    pub jurisdiction: Jurisdiction,
    pub valid_from: NaiveDate,
    /// The last day; empty: still valid.
    pub valid_until: Option<NaiveDate>,
}

/// A line of the menu: what an order asks for and a team offers.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Field {
    pub code: String,
    pub kind: FieldKind,
    pub name: String,
    pub name_en: String,
    /// What residents say when they ask for it, a line each.
    pub examples: String,
    pub seq: i32,
}

/// A day on which offices are closed though it is a weekday, or work though it is none.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Holiday {
    pub day: NaiveDate,
    pub kind: HolidayKind,
    pub name: String,
}

/// The division of a code.
pub fn find(db: &mut Db, code: &str) -> Result<Option<Division>> {
    store::division(db, code)
}

/// The divisions from a place up to its county, the place first.
pub fn chain(db: &mut Db, path: &str) -> Result<Vec<Division>> {
    let codes: Vec<&str> = codes(path).collect();
    let mut chain = store::divisions_of(db, &codes)?;
    chain.sort_by_key(|division| std::cmp::Reverse(division.path.len()));
    Ok(chain)
}

/// All divisions of a county in the order of their codes.
pub fn of_county(db: &mut Db, county: &str) -> Result<Vec<Division>> {
    store::divisions_in(db, county)
}

/// The county of a code.
pub fn county(db: &mut Db, code: &str) -> Result<Option<County>> {
    store::county(db, code)
}

/// Every county, in the order of their codes.
pub fn counties(db: &mut Db) -> Result<Vec<County>> {
    store::counties(db)
}

/// The county that a question is about: the one asked for, else the first that was loaded; empty before any was.
pub fn county_or_first(db: &mut Db, asked: Option<&str>) -> Result<String> {
    match asked {
        Some(code) => Ok(code.to_owned()),
        None => Ok(store::setting(db, found::FIRST_COUNTY)?.unwrap_or_default()),
    }
}

/// The zone of the county's clocks.
pub fn zone(db: &mut Db, county: &str) -> Result<chrono_tz::Tz> {
    Ok(store::county(db, county)?.and_then(|county| county.time_zone.parse().ok()).unwrap_or(COUNTY_ZONE))
}

/// The county's working days.
pub fn calendar(db: &mut Db, county: &str) -> Result<Calendar> {
    let directory = directory::current(db)?;
    Ok(directory.county(county).map_or_else(|| Calendar::plain(COUNTY_ZONE), |rules| rules.calendar.clone()))
}

/// How long a stage may last in this county; empty where it has no limit.
pub fn deadline(db: &mut Db, county: &str, stage: &str, urgent: bool) -> Result<Option<Deadline>> {
    Ok(directory::current(db)?.county(county).and_then(|rules| rules.deadline(stage, urgent)))
}

/// How long a stage may last, in every county that says so.
pub fn deadlines_of(db: &mut Db, stage: &str) -> Result<Vec<Deadline>> {
    store::deadlines_of(db, stage)
}

/// The menu, in its order.
pub fn fields(db: &mut Db) -> Result<Vec<Field>> {
    store::fields(db)
}

/// A county's days off and days worked instead in a year.
pub fn holidays(db: &mut Db, county: &str, year: i32) -> Result<Vec<Holiday>> {
    match (NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31)) {
        (Some(first), Some(last)) => store::holidays(db, county, first, last),
        _ => Ok(Vec::new()),
    }
}

/// The codes of a path, from the county down.
pub fn codes(path: &str) -> impl Iterator<Item = &str> {
    path.split('.').filter(|code| !code.is_empty())
}

/// The first path after a subtree: `path >= p AND path < after_subtree(p)` is the subtree, by its index.
pub fn after_subtree(path: &str) -> String {
    // The slash follows the full stop, in bytes and in the collations of the operating systems alike.
    path.strip_suffix('.').map_or_else(|| format!("{path}/"), |open| format!("{open}/"))
}

/// The subtree of a path, as a condition on a column of paths.
pub fn subtree(column: &'static str, path: &str) -> Clause {
    Clause::sql("(").then(column).then(" >= ").bind(path).then(" AND ").then(column).then(" < ").bind(after_subtree(path)).then(")")
}

/// Names the fields in which two records differ, for the journal.
macro_rules! changed {
    ($old:expr, $new:expr; $($field:ident),+ $(,)?) => {{
        let mut names: Vec<&'static str> = Vec::new();
        $(if $old.$field != $new.$field { names.push(stringify!($field)); })+
        names
    }};
}
pub(crate) use changed;
