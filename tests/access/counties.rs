//! Nothing of one county shows in the other.

use kepu::actor::Role;
use kepu::organisations;

use super::people::load_second_county;
use crate::orders::world::World;

#[actix_web::test]
async fn nothing_of_one_county_shows_in_the_other() {
    let world = World::new().await;
    load_second_county(&world).await;
    let order = world.accepted().await;
    let dispatcher = world.app.dispatcher("239901000000").await;
    let team = organisations::find_by_name(&mut world.app.db(), "239901000000", "临江县第一中学科技志愿服务队").expect("found").expect("a team");
    let leader = world.app.with_grant(Role::Leader, team.id).await;
    assert_eq!(dispatcher.get("/orders").await.expect(200).items().len(), 0);
    dispatcher.get(&format!("/orders/{order}")).await.refused(404, "not_found");
    leader.get(&format!("/orders/{order}")).await.refused(404, "not_found");
    let ours = world.county.get("/orders").await.expect(200);
    assert_eq!(ours.items().len(), 1);

    let names = |answer: &crate::support::client::Answer| -> Vec<String> {
        answer.items().iter().map(|item| item["name"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let theirs = names(&world.app.visitor().get("/organisations?county=239901000000&limit=100").await.expect(200));
    assert!(theirs.contains(&"临江县第一中学科技志愿服务队".to_owned()), "{theirs:?}");
    assert!(theirs.iter().all(|name| !name.contains("友谊")), "{theirs:?}");
    let ours = names(&world.app.visitor().get("/organisations?county=230522000000&limit=100").await.expect(200));
    assert!(ours.iter().all(|name| !name.contains("临江") && !name.contains("渡口")), "{ours:?}");
    let plans = world.app.visitor().get("/plans?county=239901000000").await.expect(200);
    assert_eq!(plans.items().len(), 1);
    assert_eq!(plans.items()[0]["code"], "linjiang-2026");
}
