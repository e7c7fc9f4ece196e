//! The front door where the binary carries no interface, and the API's guide with all it needs, fetched from nowhere else.

use std::sync::{Arc, OnceLock};

use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, LOCATION, VARY};
use actix_web::{HttpRequest, HttpResponse, get, web};
use utoipa_swagger_ui::Config as Guide;

use crate::error::{Error, Refusal, Result};
use crate::openapi;
use crate::wire::{gzip, takes_packed};

/// The paths outside the API's document; all of them take GET.
pub(super) const OWN: &[&str] = &["/", "/healthz", "/readyz", "/metrics", "/api/openapi.json", "/api/docs", "/api/docs/", "/api/docs/{file}"];

/// The guide styles its own elements, which the pages' policy does not let it.
const GUIDE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const FRONT: &str = r#"<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>科普服务 kepu</title></head>
<body>
<main>
<h1>科普服务</h1>
<p>居民点单,中心派单,部门领单,队伍接单,群众评单。</p>
<p><a href="/api/docs/">接口说明</a></p>
<hr>
<div lang="en">
<h2>kepu</h2>
<p>A county's science popularization: residents order, centres dispatch, departments accept, teams serve, residents review.</p>
<p><a href="/api/docs/">API guide</a> · <a href="/api/openapi.json">OpenAPI document</a></p>
</div>
</main>
</body>
</html>
"#;

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    // No call of the guide may ask a service elsewhere whether the document is valid.
    let guide = Guide::from("/api/openapi.json").validator_url("none").try_it_out_enabled(true);
    cfg.app_data(web::Data::new(Arc::new(guide))).service(document).service(to_guide).service(guide_file);
}

/// The front door of a binary that was built with the API alone.
pub(super) fn plain_front() -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(FRONT)
}

#[get("/api/openapi.json")]
async fn document(req: HttpRequest) -> HttpResponse {
    static PACKED: OnceLock<Option<Vec<u8>>> = OnceLock::new();
    let mut response = HttpResponse::Ok();
    response.content_type("application/json").insert_header((VARY, "Accept-Encoding"));
    match PACKED.get_or_init(|| gzip(openapi::json().as_bytes(), 9)) {
        Some(packed) if takes_packed(&req) => response.insert_header((CONTENT_ENCODING, "gzip")).body(packed.as_slice()),
        _ => response.body(openapi::json()),
    }
}

#[get("/api/docs")]
async fn to_guide() -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header((LOCATION, "/api/docs/")).finish()
}

#[get("/api/docs/{file:.*}")]
async fn guide_file(file: web::Path<String>, guide: web::Data<Arc<Guide<'static>>>) -> Result<HttpResponse> {
    let found = utoipa_swagger_ui::serve(&file, guide.get_ref().clone()).map_err(|error| Error::Broken(error.to_string()))?;
    let file = found.ok_or_else(Refusal::not_found)?;
    let mut response = HttpResponse::Ok();
    if file.gzpipped {
        response.insert_header((CONTENT_ENCODING, "gzip"));
    }
    Ok(response
        .insert_header((CONTENT_SECURITY_POLICY, GUIDE_POLICY))
        .insert_header((CACHE_CONTROL, "public, max-age=3600"))
        .content_type(file.content_type)
        .body(file.bytes.into_owned()))
}
