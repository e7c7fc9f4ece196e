//! One client of every kind, around one order.

use std::path::Path;

use kepu::seed;

use crate::orders::world::{OTHER_TEAM, PLACE, TEAM, World};
use crate::support::client::Client;

/// Loads a second county beside 友谊县.
pub async fn load_second_county(world: &World) {
    let (pool, now) = (world.app.app.pool.clone(), world.now());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/linjiang");
    let loaded = tokio::task::spawn_blocking(move || seed::load_folder(&pool, &folder, now)).await.expect("the loader ends");
    loaded.expect("the second county can be loaded");
}

/// Everybody, by a word for the matrix. The order is of 繁荣社区, held by 县医院's team, dispatched by 友谊镇 to 县卫生健康局.
pub async fn everybody(world: &World) -> Vec<(&'static str, Client)> {
    let app = &world.app;
    vec![
        ("nobody", app.visitor()),
        ("requester", world.resident.clone()),
        ("resident", app.resident_of(PLACE).await),
        ("town dispatcher", world.town.clone()),
        ("other town's dispatcher", app.dispatcher("兴隆镇").await),
        ("county dispatcher", world.county.clone()),
        ("scheduler", app.scheduler("友谊镇").await),
        ("lead's officer", world.officer.clone()),
        ("other officer", app.officer("县农业农村局").await),
        ("holding leader", world.leader.clone()),
        ("other leader", app.leader(OTHER_TEAM).await),
        ("volunteer", app.volunteer(TEAM).await),
        ("supervisor", app.supervisor().await),
        ("auditor", app.auditor().await),
        ("system administrator", app.system_administrator().await),
        ("security administrator", app.security_administrator().await),
        ("dispatcher of another county", app.dispatcher("239901100000").await),
    ]
}
