//! The notice of how personal data are used, for whoever is about to consent to it.

use actix_web::{get, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::read;
use crate::app::App;
use crate::db::Db;
use crate::divisions;
use crate::error::{Refusal, Result};
use crate::people::{self, ConsentKind};
use crate::wire::{Ask, Problem, Public};

pub(super) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(current_consent);
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ConsentQuery {
    /// The county's code; the first county unless told otherwise.
    #[serde(default, deserialize_with = "divisions::http::code")]
    #[param(pattern = "^[0-9]{12}$", example = "230522000000")]
    county: Option<String>,
    /// What a guardian consents to for children; the notice unless told otherwise.
    #[param(inline)]
    kind: Option<ConsentKind>,
}

/// A section of the notice.
#[derive(Debug, Serialize, ToSchema)]
struct NoticeSection {
    /// The same in both languages.
    #[schema(example = "purpose")]
    key: String,
    #[schema(example = "为什么收集")]
    heading: String,
    text: String,
}

/// The notice in one language.
#[derive(Debug, Serialize, ToSchema)]
struct NoticeText {
    #[schema(example = "个人信息处理告知书")]
    title: String,
    sections: Vec<NoticeSection>,
}

/// The notice that stands now: who processes what, why, how long, and what one can ask for (PIPL, Art 17).
#[derive(Debug, Serialize, ToSchema)]
struct CurrentConsent {
    /// Send it with the consent.
    #[schema(example = "2026-01")]
    version: String,
    valid_from: NaiveDate,
    zh: NoticeText,
    en: NoticeText,
}

/// The notice of how personal data are used, as it stands now, with the county's name and telephone in it.
#[utoipa::path(tag = "auth", params(ConsentQuery), security(()), responses(
    (status = 200, description = "The notice in both languages.", body = CurrentConsent),
    (status = 400, description = "The query cannot be read.", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "There is no such county, or no notice yet.", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Try again later.", body = Problem, content_type = "application/problem+json"),
))]
#[get("/consents/current")]
async fn current_consent(app: web::Data<App>, ask: Ask<ConsentQuery>) -> Result<Public<CurrentConsent>> {
    let ConsentQuery { county, kind } = ask.query()?.clone();
    let asked = move |db: &mut Db, app: &App| {
        let code = divisions::county_or_first(db, county.as_deref())?;
        let county = divisions::county(db, &code)?.ok_or_else(Refusal::not_found)?;
        let notice = people::current_consent(db, kind.unwrap_or(ConsentKind::Notice), app.clock.now())?.ok_or_else(Refusal::not_found)?;
        Ok((notice, county))
    };
    let (notice, county) = read(app, asked).await?;
    let (phone, phone_en) = match county.phone.as_str() {
        "" => ("县新时代文明实践中心", "the county practice centre"),
        phone => (phone, phone),
    };
    let filled = |text: &str, phone: &str| text.replace("{county}", &county.name).replace("{phone}", phone);
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for section in &notice.sections {
        zh.push(NoticeSection { key: section.key.clone(), heading: section.heading.clone(), text: filled(&section.text, phone) });
        en.push(NoticeSection { key: section.key.clone(), heading: section.heading_en.clone(), text: filled(&section.text_en, phone_en) });
    }
    Ok(Public(CurrentConsent {
        version: notice.version,
        valid_from: notice.valid_from,
        zh: NoticeText { title: notice.title, sections: zh },
        en: NoticeText { title: notice.title_en, sections: en },
    }))
}
