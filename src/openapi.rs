//! The API's document, gathered from the very routes that are served, so that the two cannot drift apart.

use std::sync::OnceLock;

use actix_web::App;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, OpenApi, OpenApiBuilder, Server};
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_actix_web::{AppExt, scope};

use crate::{
    administration, attendance, auth, bookings, campaigns, complaints, divisions, equipment, events, feeds, hours, keeping, ledger, notices, orders,
    organisations, plan, postponing, registrations, reports, rosters, venues,
};

/// The prefix of every route of the API.
pub const BASE: &str = "/api/v1";

/// The routes of the API, relative to [`BASE`]: one line a domain, in the order in which the document lists them.
pub fn api(cfg: &mut ServiceConfig) {
    // Routes are tried in this order, by an expression each: what is asked most comes first.
    orders::http::routes(cfg);
    auth::http::routes(cfg);
    divisions::http::routes(cfg);
    organisations::http::routes(cfg);
    venues::http::routes(cfg);
    events::http::routes(cfg);
    equipment::http::routes(cfg);
    registrations::http::routes(cfg);
    bookings::http::routes(cfg);
    attendance::http::routes(cfg);
    keeping::http::routes(cfg);
    rosters::http::routes(cfg);
    hours::http::routes(cfg);
    ledger::http::routes(cfg);
    feeds::http::routes(cfg);
    plan::http::routes(cfg);
    campaigns::http::routes(cfg);
    postponing::http::routes(cfg);
    complaints::http::routes(cfg);
    reports::http::routes(cfg);
    administration::http::routes(cfg);
    notices::http::routes(cfg);
}

/// The groups of the document: a word for clients, and what it holds in the county's words.
const TAGS: &[(&str, &str)] = &[
    ("auth", "登录: signing up, in and out, and sessions."),
    ("me", "我的: the signed-in person, their grants and consents."),
    ("divisions", "行政区划: townships, villages and communities, and the calendar they work by."),
    ("organisations", "组织: practice centres (文明实践中心、所、站), departments (责任单位), volunteer teams (志愿服务队) and units."),
    ("people", "人员: persons, grants and locks."),
    ("plans", "计划: the county plan, its tasks, and the units that answer for them."),
    ("orders", "点单、派单、领单、接单、评单: an order from the first word to the review."),
    ("events", "活动: what takes place when and where, and who plans it."),
    ("attendance", "签到: how many came, by the code at the door, on paper, or as a number at the end; nobody has to."),
    ("equipment", "设备: what travels between centres (科普大篷车、流动展品、展板), who wishes for it and who has it."),
    ("campaigns", "主题活动: campaigns (科普月, 防灾减灾日 …) by year, and what takes place as part of them."),
    ("bookings", "场地预订: what waits for the yes of who keeps a venue (待确认)."),
    ("hours", "服务时长: rosters (花名册), service records, and the ledger that they are sealed in."),
    ("feeds", "订阅日历: calendars for other programs (iCalendar), public ones and those at a secret address."),
    ("track", "查单: following an order without an account."),
    ("complaints", "投诉: what went wrong, and what a level above answers."),
    ("reports", "督办与统计: where orders wait, what nobody took, what was done under the plan; never a ranking."),
    ("administration", "管理: organisations, venues, settings and the calendar; the journal for the auditor."),
    ("notices", "通知: the inbox and the centre's call list."),
];

/// The document: OpenAPI 3.1, in an order that does not change from one run to the next.
pub fn document() -> OpenApi {
    let gathered = App::new().into_utoipa_app().openapi(frame()).service(scope(BASE).configure(api));
    gathered.split_for_parts().1
}

/// The document as text: pretty JSON with a line break at the end.
pub fn json() -> &'static str {
    static JSON: OnceLock<String> = OnceLock::new();
    JSON.get_or_init(|| {
        let mut text = serde_json::to_string_pretty(&document()).unwrap_or_default();
        text.push('\n');
        text
    })
}

/// All of the document but its routes.
fn frame() -> OpenApi {
    let info = InfoBuilder::new()
        .title("kepu 科普")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "A county's science popularization: residents order (点单), centres dispatch (派单), departments accept (领单), volunteer teams \
             take and hold (接单), residents review (评单).\n\n\
             A change of something sends the ETag it saw in If-Match. A creation sends an Idempotency-Key of its own choosing: sending twice \
             makes one. A refusal is application/problem+json (RFC 9457) with a stable `code` and a sentence that says what to do. Times are \
             RFC 3339 in UTC. Lists are newest first; give `next` back as `after`. Any route may answer 503 with Retry-After when too much \
             waits or a request takes more than 10 seconds.",
        ))
        .build();
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .description(Some("The access token that signing in answers; it lives for minutes and is renewed with the refresh token."))
        .build();
    let track = ApiKeyValue::with_description(
        "Track-Token",
        "The tracking token of one order, complaint or registration: its requester, complainant or registrant, without an account.",
    );
    let components = ComponentsBuilder::new()
        .security_scheme("bearer", SecurityScheme::Http(bearer))
        .security_scheme("track_token", SecurityScheme::ApiKey(ApiKey::Header(track)))
        .build();
    let tags = TAGS.iter().map(|(name, about)| TagBuilder::new().name(*name).description(Some(*about)).build());
    OpenApiBuilder::new().info(info).servers(Some([Server::new("/")])).tags(Some(tags)).components(Some(components)).build()
}
