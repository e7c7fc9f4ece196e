//! Routes, middleware and pages: what one worker of the server runs, and what a test calls.

mod around;
mod headers;
mod health;
mod interface;
mod metrics;
mod pages;
mod paths;
mod rejections;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::{Next, from_fn};
use actix_web::{HttpRequest, HttpResponse, web};
use utoipa_actix_web::{AppExt, scope};

use crate::app::App;
use crate::error::{Kind, Refusal};
use crate::openapi;
use crate::wire::problem_response;

/// What all workers of one instance share.
#[derive(Clone)]
pub struct Shared {
    pub app: App,
    metrics: Arc<metrics::Metrics>,
    paths: Arc<paths::Paths>,
    headers: Arc<headers::Headers>,
}

impl From<App> for Shared {
    fn from(app: App) -> Self {
        let headers = headers::Headers::new(&app.config.public_url);
        Self { app, metrics: Arc::default(), paths: Arc::new(paths::Paths::of(&openapi::document(), pages::OWN)), headers: Arc::new(headers) }
    }
}

/// The whole web side of an instance. Workers of one server are given clones of one [`Shared`]; a test may give its [`App`].
pub fn app(
    shared: impl Into<Shared>,
) -> actix_web::App<impl ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<BoxBody>, Error = actix_web::Error, InitError = ()>> {
    let shared: Shared = shared.into();
    let (app, _) = actix_web::App::new()
        .into_utoipa_app()
        .map(|app| app.app_data(web::Data::new(shared.app.clone())).app_data(web::Data::new(shared.app.pool.clone())).configure(rejections::told_as_problems))
        .service(scope(openapi::BASE).configure(openapi::api))
        .map(|app| app.app_data(web::Data::new(shared.clone())).configure(health::routes).configure(pages::routes))
        .default_service(web::to(nothing_here))
        .map(|app| {
            app.wrap(from_fn(move |req: ServiceRequest, next: Next<BoxBody>| {
                let shared = shared.clone();
                async move { around::answer(shared, req, next).await }
            }))
        })
        .split_for_parts();
    app
}

/// What no route took: the interface, another method of a known path, or nothing that is here.
async fn nothing_here(req: HttpRequest, shared: web::Data<Shared>) -> HttpResponse {
    if let Some(page) = interface::answers(&req) {
        return page;
    }
    let Some(known) = shared.paths.find(req.path()) else { return problem_response(&Refusal::not_found()) };
    if req.method() == Method::OPTIONS {
        return HttpResponse::NoContent().insert_header(("Allow", known.allow.clone())).finish();
    }
    let refusal = Refusal::new(Kind::WrongMethod, "wrong_method", format!("This address takes {} only.", known.allow));
    let mut response = problem_response(&refusal);
    response.headers_mut().insert(actix_web::http::header::ALLOW, known.allow_header.clone());
    response
}
