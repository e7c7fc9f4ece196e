//! An organisation is closed while others hang something on it.

use diesel::prelude::*;
use kepu::ids::OrganisationId;
use kepu::schema::{grants, organisations};
use serde_json::json;

use super::arena::{Arena, Shot, no_deadlocks};
use crate::support::app::TestApp;

const ROUNDS: usize = 100;
/// So many close it, and so many name an officer of it.
const EACH: usize = 4;

#[actix_web::test]
async fn an_organisation_is_closed_or_has_a_new_officer_and_never_both() {
    let app = TestApp::start().await;
    let (keeper, security) = (app.system_administrator().await, app.security_administrator().await);
    let county = app.db_division("友谊县");
    let mut people = Vec::new();
    for _ in 0..EACH {
        people.push(app.resident().await.account.expect("an account").person());
    }
    let crowd: Vec<_> = (0..2 * EACH).map(|n| if n % 2 == 0 { keeper.clone() } else { security.clone() }).collect();
    let arena = Arena::open(&app, &crowd).await;
    let (mut closed, mut named) = (0, 0);
    for round in 0..ROUNDS {
        let body = json!({"kind": "department", "name": format!("临时部门{round}"), "division_code": county});
        let id = keeper.post("/organisations", body).await.expect(201).id();
        let shot = |n: usize| match n % 2 {
            0 => Shot { path: format!("/organisations/{id}/close"), seen: Some(1), key: None, body: json!({"on": "2026-03-02"}) },
            _ => {
                let body = json!({"person_id": people[n / 2], "role": "officer", "organisation_id": id});
                Shot { path: "/grants".to_owned(), seen: None, key: Some(format!("officer-{round}-{n:0>4}")), body }
            }
        };
        let replies = arena.at_once((0..2 * EACH).map(shot).collect()).await;
        for (n, reply) in replies.iter().enumerate() {
            let told = (reply.status, reply.json["code"].as_str().unwrap_or_default());
            let expected: &[(u16, &str)] = match n % 2 {
                0 => &[(200, ""), (409, "still_needed"), (409, "closed_already")],
                _ => &[(201, ""), (422, "invalid_input")],
            };
            assert!(expected.contains(&told), "round {round}, client {n}: {}", reply.json);
        }
        let db = &mut app.db();
        let open: bool = organisations::table.find(OrganisationId(id)).select(organisations::active).first(db).expect("the department");
        let officers: i64 = grants::table.filter(grants::organisation_id.eq(OrganisationId(id))).count().get_result(db).expect("grants can be counted");
        assert!(open != (officers == 0), "round {round}: open: {open}, officers: {officers}");
        closed += usize::from(!open);
        named += usize::from(officers > 0);
    }
    assert_eq!(closed + named, ROUNDS);
    arena.close().await;
    no_deadlocks(&app);
}

#[actix_web::test]
async fn nothing_is_hung_on_an_organisation_that_is_closed() {
    let app = TestApp::start().await;
    let (keeper, security) = (app.system_administrator().await, app.security_administrator().await);
    let body = json!({"kind": "department", "name": "临时部门", "division_code": app.db_division("友谊县")});
    let made = keeper.post("/organisations", body).await.expect(201);
    let id = made.id();
    keeper.post(&format!("/organisations/{id}/close"), json!({"on": "2026-03-02"})).if_match(&made.etag()).await.expect(200);
    let person = app.resident().await.account.expect("an account").person();
    let grant = security.post("/grants", json!({"person_id": person, "role": "officer", "organisation_id": id})).await.refused(422, "invalid_input");
    assert_eq!((&grant.json["errors"][0]["pointer"], &grant.json["errors"][0]["code"]), (&json!("/organisation_id"), &json!("closed")));
}
