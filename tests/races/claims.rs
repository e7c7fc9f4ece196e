//! 接单 by many teams at once.

use diesel::prelude::*;
use kepu::ids::OrganisationId;
use kepu::schema::{order_moves, order_parties, orders};
use serde_json::json;

use super::arena::{Arena, CROWD, Shot, accepted_orders, no_deadlocks};
use crate::support::app::TestApp;

const ROUNDS: usize = 200;

/// Ten teams; each sends six or seven of its leaders, so that some race against their own people.
const TEAMS: [&str; 10] = [
    "友谊县人民医院健康科技志愿服务队",
    "友谊县疾控卫生科技志愿服务队",
    "友谊县第一中学科学教育科技志愿服务队",
    "友谊县农技推广科技志愿服务队",
    "友谊县图书馆智慧助老科技志愿服务队",
    "友谊县文化馆科普创作科技志愿服务队",
    "友谊县老科协老专家科技志愿服务队",
    "友谊县消防防灾避险科技志愿服务队",
    "兴隆镇乡村健康科技志愿服务队",
    "成富乡水稻种植科技志愿服务队",
];

#[actix_web::test]
async fn of_64_teams_people_who_claim_at_once_one_wins_and_each_other_is_told_who() {
    let app = TestApp::start().await;
    let orders = accepted_orders(&app, ROUNDS).await;
    let teams: Vec<(&str, OrganisationId)> = TEAMS.iter().map(|name| (*name, app.db_organisation(name))).collect();
    let mut leaders = Vec::new();
    for n in 0..CROWD {
        leaders.push(app.leader(teams[n % teams.len()].0).await);
    }
    let arena = Arena::open(&app, &leaders).await;
    let team = |n: usize| teams[n % teams.len()];
    for order in orders {
        // Each round begins with somebody else.
        let shots =
            (0..CROWD).map(|n| Shot { path: format!("/orders/{order}/claim"), seen: Some(3), key: None, body: json!({"team_id": team(n).1}) }).collect();
        let replies = arena.at_once(shots).await;
        let winners: Vec<usize> = (0..CROWD).filter(|n| replies[*n].status == 200).collect();
        let [winner] = winners.as_slice() else {
            panic!("order {order}: {} winners: {:?}", winners.len(), replies.iter().map(|reply| reply.status).collect::<Vec<_>>())
        };
        assert_eq!(replies[*winner].version, Some(4));
        for (n, reply) in replies.iter().enumerate().filter(|(n, _)| n != winner) {
            assert_eq!(reply.status, 409, "client {n}: {}", reply.json);
            let told = (&reply.json["code"], &reply.json["state"], &reply.json["holder"]["kind"], &reply.json["holder"]["name"]);
            assert_eq!(told, (&json!("not_now"), &json!("claimed"), &json!("team"), &json!(team(*winner).0)), "client {n}: {}", reply.json);
        }
        let db = &mut app.db();
        let row: (Option<OrganisationId>, i64) = orders::table.find(order).select((orders::team_id, orders::version)).first(db).expect("the order");
        assert_eq!(row, (Some(team(*winner).1), 4));
        let claims = order_moves::table.filter(order_moves::order_id.eq(order)).filter(order_moves::verb.eq("claim"));
        let parties = order_parties::table.filter(order_parties::order_id.eq(order)).filter(order_parties::part.eq("team"));
        assert_eq!(claims.count().get_result(db), Ok(1));
        assert_eq!(parties.count().get_result(db), Ok(1));
    }
    arena.close().await;
    no_deadlocks(&app);
}
