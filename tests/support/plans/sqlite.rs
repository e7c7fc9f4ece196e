//! SQLite's plan of a statement, read.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};
use diesel::{QueryableByName, SqliteConnection};

/// A line of `EXPLAIN QUERY PLAN`.
#[derive(QueryableByName)]
struct Step {
    /// 0 at the top: not inside a subquery or a branch of an OR.
    #[diesel(sql_type = Integer)]
    parent: i32,
    #[diesel(sql_type = Text)]
    detail: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// The tables that a statement reads from end to end, and the plan.
pub fn read_whole(conn: &mut SqliteConnection, sql: &str) -> (Vec<String>, String) {
    let steps: Vec<Step> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}")).load(conn).unwrap_or_else(|error| panic!("{sql}: {error}"));
    let plan: Vec<&str> = steps.iter().map(|step| step.detail.as_str()).collect();
    let mut read = Vec::new();
    if is_never_run(sql) {
        return (read, plan.join("\n"));
    }
    for (n, step) in steps.iter().enumerate() {
        let Some(rest) = step.detail.strip_prefix("SCAN ") else { continue };
        let name = rest.split(' ').next().unwrap_or_default();
        if is_derived(&steps, step, name) {
            continue;
        }
        let Some(table) = table(sql, name) else { continue };
        let index = rest.split_once("INDEX ").map(|(_, index)| index.split(' ').next().unwrap_or_default());
        if rest.contains("VIRTUAL TABLE") {
            // FTS5 says `0:M1` where it looks words up, and `0:` where it reads everything.
            if !index.is_some_and(|index| index.contains(":M")) {
                read.push(table);
            }
        } else if !index.is_some_and(|index| is_partial(conn, index)) && !is_page(sql, &steps, n) {
            read.push(table);
        }
    }
    (read, plan.join("\n"))
}

/// Whether a name stands for the rows of a subquery beside it, whatever table has the same name: how those are found is told above.
fn is_derived(steps: &[Step], step: &Step, name: &str) -> bool {
    let made = |other: &Step| ["CO-ROUTINE ", "MATERIALIZE "].iter().any(|how| other.detail.strip_prefix(how) == Some(name));
    steps.iter().any(|other| other.parent == step.parent && made(other))
}

/// Whether the scans in a plan are steps that are skipped: of a condition that nothing fulfils (diesel's for an empty list), and of a
/// new row that others may refer to already, which SQLite looks for only while a reference to nothing waits for its commit; ours
/// are checked at once.
fn is_never_run(sql: &str) -> bool {
    let empty = ["WHERE (1=0)", "WHERE 1 = 0"].iter().any(|nothing| sql.split_once(nothing).is_some_and(|(_, rest)| !rest.contains(" OR ")));
    empty || (sql.starts_with("INSERT ") && !sql.contains("SELECT "))
}

/// The table that a name in the plan stands for: the plan says the alias. Nothing for rows that are no table's.
fn table(sql: &str, name: &str) -> Option<String> {
    if name.starts_with('(') || name.starts_with(|c: char| c.is_ascii_digit()) || name == "CONSTANT" {
        return None;
    }
    let before = sql.split_once(&format!("` AS `{name}`")).map(|(before, _)| before.rsplit('`').next().unwrap_or_default());
    Some(before.unwrap_or(name).to_owned())
}

fn is_partial(conn: &mut SqliteConnection, index: &str) -> bool {
    let found: Count = diesel::sql_query("SELECT count(*) AS count FROM sqlite_master WHERE type = 'index' AND name = ? AND sql LIKE '% WHERE %'")
        .bind::<Text, _>(index)
        .get_result(conn)
        .expect("the schema can be read");
    found.count > 0
}

/// Whether a step is the walk of a page: the outermost loop, in the order asked for, up to a LIMIT.
fn is_page(sql: &str, steps: &[Step], n: usize) -> bool {
    let outermost = steps[n].parent == 0 && !steps[..n].iter().any(|step| step.parent == 0 && is_loop(&step.detail));
    let sorts = steps.iter().any(|step| step.parent == 0 && step.detail.starts_with("USE TEMP B-TREE"));
    let ordered = sql.rsplit_once(" ORDER BY ").is_some_and(|(_, rest)| rest.contains(" LIMIT ") && !rest.contains(')'));
    outermost && ordered && !sorts
}

fn is_loop(detail: &str) -> bool {
    detail.starts_with("SCAN ") || detail.starts_with("SEARCH ")
}
