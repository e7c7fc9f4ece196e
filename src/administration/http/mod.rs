//! Administration over HTTP.

mod journal;
mod organisations;
mod settings;
mod spaces;
mod venues;

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::wire::{Body, Faults};

/// The routes of administration.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    organisations::routes(cfg);
    venues::routes(cfg);
    spaces::routes(cfg);
    settings::routes(cfg);
    journal::routes(cfg);
}

/// On which day it was closed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ClosedOn {
    /// Today or earlier.
    on: NaiveDate,
}

impl Body for ClosedOn {
    fn check(&self, faults: &mut Faults) {
        faults.range("/on", i64::from(self.on.year()), 1900, 2200);
    }
}

/// A telephone number as desks have them: digits with spaces and hyphens, and a plus before a country's number.
fn check_phone(faults: &mut Faults, phone: &str) {
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    if !(3..=20).contains(&digits) || phone.len() > 30 || !phone.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '+' | '(' | ')')) {
        faults.add("/phone", "unusable", "Give a telephone number, such as 0469-5812345.");
    }
}
