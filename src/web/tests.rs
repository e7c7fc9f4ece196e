//! Few tests of the frame itself; routes have theirs in the suite.

use std::path::Path;

use actix_web::body::BoxBody;
use actix_web::dev::ServiceRequest;
use actix_web::http::header::{ALLOW, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::{Next, from_fn};
use actix_web::test::{TestRequest, init_service, read_body, read_body_json, try_call_service};
use actix_web::web;
use serde_json::Value;

use super::{Shared, around, openapi, paths, rejections};
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{self, Pool};
use crate::secrets::Secrets;

fn instance(folder: &Path) -> App {
    let settings = [("DATABASE_URL".to_owned(), format!("sqlite://{}", folder.join("kepu.db").display()))];
    let config = Config::from_sources(&settings.into(), &folder.join("none.toml")).unwrap();
    db::migrate(&config.database).unwrap();
    let pool = Pool::open(config.database.clone(), 2).unwrap();
    App::new(pool, Clock::system(), Secrets::new("a secret for a test", None), config)
}

macro_rules! ask {
    ($method:expr, $path:expr $(, $header:expr)*) => {{
        let folder = tempfile::tempdir().unwrap();
        let service = init_service(super::app(instance(folder.path()))).await;
        try_call_service(&service, TestRequest::default().method($method).uri($path)$(.insert_header($header))*.to_request()).await.unwrap()
    }};
}

#[actix_web::test]
async fn a_path_that_is_not_here_is_told_as_a_problem_with_the_id_of_its_header() {
    let response = ask!(Method::POST, "/api/v1/nowhere?name=x");
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(response.headers().get(CONTENT_TYPE).unwrap(), "application/problem+json");
    let id = response.headers().get("x-request-id").unwrap().to_str().unwrap().to_owned();
    let problem: Value = read_body_json(response).await;
    assert_eq!(problem["code"], "not_found");
    assert_eq!(problem["request_id"], id.as_str());
}

#[actix_web::test]
async fn another_method_of_a_known_path_is_told_which_ones_it_takes() {
    let response = ask!(Method::DELETE, "/healthz");
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(response.headers().get(ALLOW).unwrap(), "GET, HEAD, OPTIONS");
    let problem: Value = read_body_json(response).await;
    assert_eq!(problem["code"], "wrong_method");
    assert_eq!(ask!(Method::OPTIONS, "/healthz").status(), StatusCode::NO_CONTENT);
    assert_eq!(ask!(Method::HEAD, "/healthz").status(), StatusCode::OK);
}

#[actix_web::test]
async fn the_guide_is_served_whole_under_a_policy_of_its_own_and_the_front_door_under_the_strict_one() {
    let guide = ask!(Method::GET, "/api/docs/");
    assert_eq!(guide.status(), StatusCode::OK);
    assert!(guide.headers().get(CONTENT_SECURITY_POLICY).unwrap().to_str().unwrap().contains("'unsafe-inline'"));
    for file in ["swagger-ui.css", "swagger-ui-bundle.js", "swagger-initializer.js"] {
        assert_eq!(ask!(Method::GET, &format!("/api/docs/{file}")).status(), StatusCode::OK, "{file}");
    }
    assert_eq!(ask!(Method::GET, "/api/docs/none.js").status(), StatusCode::NOT_FOUND);
    let front = ask!(Method::GET, "/");
    assert!(front.headers().get(CONTENT_SECURITY_POLICY).unwrap().to_str().unwrap().contains("require-trusted-types-for"));
}

#[actix_web::test]
async fn an_address_of_the_interface_is_its_page_for_a_browser_and_nothing_for_a_machine() {
    let page = ask!(Method::GET, "/work/7", ("Accept", "text/html,*/*"));
    assert_eq!(page.status(), StatusCode::OK);
    assert!(page.headers().get(CONTENT_TYPE).unwrap().to_str().unwrap().starts_with("text/html"));
    assert_eq!(ask!(Method::GET, "/work/7").status(), StatusCode::NOT_FOUND);
    assert_eq!(ask!(Method::GET, "/api/v1/none", ("Accept", "text/html")).status(), StatusCode::NOT_FOUND);
    // A part that is gone would be taken for a script.
    assert_eq!(ask!(Method::GET, "/assets/gone.js", ("Accept", "text/html")).status(), StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn an_instance_is_ready_when_its_database_has_its_schema_and_counts_what_it_answers() {
    let folder = tempfile::tempdir().unwrap();
    let service = init_service(super::app(instance(folder.path()))).await;
    let ready = try_call_service(&service, TestRequest::get().uri("/readyz").to_request()).await.unwrap();
    assert_eq!(ready.status(), StatusCode::OK);
    let numbers = try_call_service(&service, TestRequest::get().uri("/metrics").to_request()).await.unwrap();
    let text = String::from_utf8(read_body(numbers).await.to_vec()).unwrap();
    assert!(text.contains(r#"kepu_requests_total{class="2xx",method="GET",route="/readyz"} 1"#), "{text}");
    assert!(text.contains("kepu_outbox_waiting 0"), "{text}");
}

#[actix_web::test]
async fn a_handler_that_panics_answers_a_problem_with_all_headers_and_is_counted_under_its_template() {
    async fn breaks(_: web::Path<i64>) -> &'static str {
        panic!("what a person wrote")
    }
    let folder = tempfile::tempdir().unwrap();
    let shared = Shared::from(instance(folder.path()));
    let counted = shared.clone();
    let service = init_service(actix_web::App::new().configure(rejections::told_as_problems).route("/orders/{id}", web::get().to(breaks)).wrap(from_fn(
        move |req: ServiceRequest, next: Next<BoxBody>| {
            let shared = shared.clone();
            async move { around::answer(shared, req, next).await }
        },
    )))
    .await;
    let error = try_call_service(&service, TestRequest::get().uri("/orders/7").to_request()).await.err().unwrap();
    let response = error.error_response();
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(response.headers().get(CONTENT_TYPE).unwrap(), "application/problem+json");
    assert!(response.headers().contains_key("x-request-id"));
    assert!(counted.metrics.text().contains(r#"class="5xx",method="GET""#));
    let bad = try_call_service(&service, TestRequest::get().uri("/orders/seven").to_request()).await.unwrap();
    assert_eq!(bad.status(), StatusCode::NOT_FOUND);
    assert_eq!(bad.headers().get(CONTENT_TYPE).unwrap(), "application/problem+json");
}

#[test]
fn a_fixed_word_of_a_path_goes_before_a_parameter() {
    let paths = paths::Paths::of(&openapi::document(), &["/orders/{id}", "/orders/counts", "/orders/{id}/claim"]);
    let found = |path: &str| paths.find(path).map(|known| known.template.clone());
    assert_eq!(found("/orders/counts").as_deref(), Some("/orders/counts"));
    assert_eq!(found("/orders/7").as_deref(), Some("/orders/{id}"));
    assert_eq!(found("/orders/7/claim").as_deref(), Some("/orders/{id}/claim"));
    assert_eq!(found("/orders/"), None);
    assert_eq!(found("/orders/7/claim/"), None);
}
