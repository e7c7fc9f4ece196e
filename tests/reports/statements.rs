//! What reports ask the database: so many statements whatever there is, and each along an index.

use crate::orders::world::{World, make};
use crate::support::statements::db_explain;

#[actix_web::test]
async fn a_report_over_twenty_orders_takes_as_many_statements_as_one_over_one() {
    let world = World::new().await;
    let supervisor = world.app.supervisor().await;
    let paths = ["/reports/waiting", "/reports/unmet?limit=100", "/reports/plan"];
    let one_more = async || {
        world.accepted().await;
        world.fulfilled().await;
        let unmet = world.accepted().await;
        make(&world.officer, unmet, "give_up", serde_json::json!({"reason": "没有老师"})).await.expect(200);
    };
    one_more().await;
    let mut few = Vec::new();
    for path in paths {
        supervisor.get(path).await.expect(200);
        few.push(world.app.db_statements(supervisor.get(path)).await.1);
    }
    for _ in 0..6 {
        one_more().await;
    }
    for (path, few) in paths.into_iter().zip(few) {
        supervisor.get(path).await.expect(200);
        let (answer, statements) = world.app.db_statements(supervisor.get(path)).await;
        answer.expect(200);
        assert_eq!(few.len(), statements.len(), "{path}\n{}", statements.join("\n"));
    }
}

#[actix_web::test]
async fn no_report_reads_a_growing_table_from_end_to_end() {
    let world = World::new().await;
    world.fulfilled().await;
    let unmet = world.accepted().await;
    make(&world.officer, unmet, "give_up", serde_json::json!({"reason": "没有老师"})).await.expect(200);
    let supervisor = world.app.supervisor().await;
    let mut asked = 0;
    for (client, path) in [
        (&supervisor, "/reports/waiting"),
        (&world.town, "/reports/waiting"),
        (&world.county, "/reports/waiting"),
        (&world.officer, "/reports/waiting"),
        (&supervisor, "/reports/unmet"),
        (&world.town, "/reports/unmet"),
        (&world.officer, "/reports/unmet"),
        (&supervisor, "/reports/plan"),
    ] {
        client.get(path).await.expect(200);
        let (_, statements) = world.app.db_statements(client.get(path)).await;
        for sql in statements.iter().filter(|sql| ["orders", "order_moves", "event_sessions"].iter().any(|table| sql.contains(table))) {
            let plan = db_explain(&mut world.app.db(), sql);
            let scans = plan.lines().filter(|line| {
                ["orders", "order_progress", "order_moves", "event_sessions"]
                    .iter()
                    .any(|table| line.trim() == format!("SCAN {table}") || line.contains(&format!("Seq Scan on {table}")))
            });
            assert_eq!(scans.count(), 0, "{path}\n{sql}\n{plan}");
            asked += 1;
        }
    }
    assert!(asked > 20, "only {asked} statements were looked at");
}
