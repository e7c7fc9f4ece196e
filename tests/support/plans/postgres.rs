//! PostgreSQL's plan of a statement, read.

use std::collections::HashMap;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable, Text};
use diesel::{PgConnection, QueryableByName};
use serde_json::Value;

#[derive(QueryableByName)]
struct Plan {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    text: String,
}

/// The ways that read the whole of a table, or of both sides of a join: what is asked is whether there is another.
const PRICED_OUT: &str = "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_material = off;";

/// What is known of an index.
#[derive(QueryableByName)]
struct Index {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    table_name: String,
    /// Empty where it begins with an expression.
    #[diesel(sql_type = Nullable<Text>)]
    first: Option<String>,
    #[diesel(sql_type = Bool)]
    partial: bool,
}

/// The tables that a statement reads from end to end, and the plan.
pub fn read_whole(conn: &mut PgConnection, sql: &str) -> (Vec<String>, String) {
    let parameters = (1..1000).take_while(|n| sql.contains(&format!("${n}"))).count();
    let nulls = vec!["NULL"; parameters].join(", ");
    let arguments = if parameters == 0 { String::new() } else { format!("({nulls})") };
    conn.batch_execute(&format!("{PRICED_OUT} SET plan_cache_mode = force_generic_plan; PREPARE asked AS {sql}"))
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
    let explain = |how: &str, conn: &mut PgConnection| -> String {
        let lines: Vec<Plan> =
            diesel::sql_query(format!("EXPLAIN ({how}) EXECUTE asked{arguments}")).load(conn).unwrap_or_else(|error| panic!("{sql}: {error}"));
        lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n")
    };
    let found: Value = serde_json::from_str(&explain("FORMAT JSON", conn)).expect("a plan is JSON");
    let told = explain("COSTS OFF", conn);
    conn.batch_execute("DEALLOCATE asked").expect("a statement can be forgotten");
    let indexes = indexes(conn);
    let mut read = Vec::new();
    walk(&found[0]["Plan"], false, &indexes, &mut read);
    (read, told)
}

fn indexes(conn: &mut PgConnection) -> HashMap<String, Index> {
    let found: Vec<Index> = diesel::sql_query(
        "SELECT x.relname::text AS name, t.relname::text AS table_name, a.attname::text AS first, i.indpred IS NOT NULL AS partial \
         FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid \
         LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]",
    )
    .load(conn)
    .expect("the schema can be read");
    found.into_iter().map(|index| (index.name.clone(), index)).collect()
}

/// Goes through the plan; `page` says whether what a node gives is wanted in its order and only up to a LIMIT.
fn walk(node: &Value, page: bool, indexes: &HashMap<String, Index>, read: &mut Vec<String>) {
    let text = |key: &str| node[key].as_str().unwrap_or_default();
    match text("Node Type") {
        "Seq Scan" | "Sample Scan" => read.push(text("Relation Name").to_owned()),
        "Index Scan" | "Index Only Scan" | "Bitmap Index Scan" => {
            if let Some(index) = indexes.get(text("Index Name")) {
                let searched = index.first.as_ref().is_none_or(|first| names(text("Index Cond"), first));
                if !searched && !index.partial && !page {
                    read.push(index.table_name.clone());
                }
            }
        }
        _ => {}
    }
    let kept = match text("Node Type") {
        "Limit" => true,
        // These read all of what is under them before they give anything.
        "Sort" | "Aggregate" | "Hash" | "HashAggregate" | "Materialize" | "SetOp" | "WindowAgg" => false,
        _ => page,
    };
    for (n, inner) in node["Plans"].as_array().into_iter().flatten().enumerate() {
        // What stands on the inside of a join, or beside the plan, is run through for each row.
        let outer = n == 0 && inner["Parent Relationship"] == "Outer";
        walk(inner, kept && outer, indexes, read);
    }
}

/// Whether a condition speaks of a column.
fn names(condition: &str, column: &str) -> bool {
    condition.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == column)
}
