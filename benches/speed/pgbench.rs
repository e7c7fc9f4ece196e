//! PostgreSQL's own measure: pgbench with the statements of a list, of one order and of one move, as the product sends them.

use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use diesel::connection::{Connection, InstrumentationEvent, SimpleConnection};
use kepu::app::App;
use kepu::db::{Db, Place};
use kepu::ids::OrderId;
use kepu::orders;

use crate::fill::{ORDERS, WAITING, waiting};
use crate::inside::{asking, caller, change};
use crate::load::Measured;

/// Stands for the version in what is recorded: no other number is like it.
const VERSION: i64 = 8_765_432;

/// The statements that some work sends on this connection.
fn heard(db: &mut Db, work: impl FnOnce(&mut Db)) -> Vec<String> {
    let heard: Arc<Mutex<Vec<String>>> = Arc::default();
    let ear = heard.clone();
    db.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            ear.lock().unwrap_or_else(PoisonError::into_inner).push(query.to_string());
        }
    });
    work(db);
    std::mem::take(&mut *heard.lock().unwrap_or_else(PoisonError::into_inner))
}

/// The script of the list: who asks, the page, and what hangs on it.
pub fn list_script(app: &App, token: &str, query: &'static str) -> String {
    let ask = asking(token, query);
    reading(app, |db| drop(orders::http::listed(db, app, &ask).expect("the list can be read")), 0)
}

/// The script of one order at random.
pub fn one_script(app: &App, token: &str) -> String {
    let (caller, order) = (caller(token), ORDERS / 2 + 1);
    let asked = reading(app, |db| drop(orders::http::looked_up(db, app, &caller, OrderId(order)).expect("the order can be read")), order);
    format!("\\set id random(1, {ORDERS})\n{asked}")
}

fn reading(app: &App, ask: impl Fn(&mut Db), order: i64) -> String {
    let mut db = app.pool.place().connect().expect("a connection can be made");
    // The first time loads what each process keeps.
    ask(&mut db);
    heard(&mut db, ask).iter().map(|statement| literal(statement, order) + ";\n").collect()
}

/// The script of one move: each statement as it was sent, with the order and its version as pgbench's variables.
pub fn move_script(app: &App, token: &str) -> String {
    let order = waiting(WAITING - 1);
    let mut db = app.pool.place().connect().expect("a connection can be made");
    db.batch_execute(&format!("BEGIN; UPDATE orders SET version = {VERSION} WHERE id = {order}")).expect("the version can be set");
    let heard = heard(&mut db, |db| {
        let (act, opened) = orders::set_urgency(db, app, &change(token, VERSION), OrderId(order)).expect("the move can be made");
        orders::http::versioned(db, &act, opened).expect("the order can be shown");
    });
    db.batch_execute("ROLLBACK").expect("it can be undone");
    let mut script = format!("\\set n random(0, {})\n\\set id (:n / 10) * 100 + (:n % 10) + 1\nBEGIN;\n", WAITING - 1);
    let mut read = false;
    for statement in heard {
        let sql = literal(&statement, order);
        // The first reading of the order gives the version that the write compares with.
        let reads = !read && sql.starts_with("SELECT") && sql.contains("\"order_progress\"");
        read |= reads;
        // Two columns of that reading are called version; the order's is the one to remember.
        script.push_str(&sql.replace("FROM \"directory_version\" LIMIT 1)", "FROM \"directory_version\" LIMIT 1) AS directory"));
        script.push_str(if reads { " \\gset o_\n" } else { ";\n" });
    }
    script.push_str("COMMIT;\n");
    script
}

/// A statement with its values in it.
fn literal(statement: &str, order: i64) -> String {
    let (sql, values) = statement.split_once(" -- binds: [").unwrap_or((statement, ""));
    let mut sql = sql.replace('\n', " ");
    let values = split(values.strip_suffix(']').unwrap_or(values));
    for (n, value) in values.iter().enumerate().rev() {
        sql = sql.replace(&format!("${}", n + 1), &in_sql(value, order));
    }
    sql
}

/// Values as they are listed for people, apart.
fn split(list: &str) -> Vec<String> {
    let (mut values, mut value, mut depth, mut quoted, mut escaped) = (Vec::new(), String::new(), 0, false, false);
    for c in list.chars() {
        match c {
            '"' if !escaped => quoted = !quoted,
            '(' | '[' if !quoted => depth += 1,
            ')' | ']' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                values.push(std::mem::take(&mut value).trim().to_owned());
                continue;
            }
            _ => {}
        }
        escaped = c == '\\' && !escaped;
        value.push(c);
    }
    if !value.trim().is_empty() {
        values.push(value.trim().to_owned());
    }
    values
}

/// A value of Rust's as one of SQL's: ids are told as `OrderId(7)`, words of a list by their variant's name.
fn in_sql(value: &str, order: i64) -> String {
    let inner = |prefix: &str| value.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(')'));
    if value == "None" {
        return "NULL".to_owned();
    }
    if let Some(list) = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let items: Vec<String> = split(list).iter().map(|item| in_sql(item, order)).collect();
        let kind = if items.iter().any(|item| item.starts_with('\'')) { "text" } else { "bigint" };
        return format!("ARRAY[{}]::{kind}[]", items.join(", "));
    }
    if let Some((name, _)) = value.split_once('(').filter(|(name, _)| name.chars().all(char::is_alphanumeric)) {
        return in_sql(inner(&format!("{name}(")).unwrap_or_default(), order);
    }
    if let Ok(number) = value.parse::<i64>() {
        return match number {
            _ if number == order => ":id".to_owned(),
            VERSION => ":o_version".to_owned(),
            _ if number == VERSION + 1 => ":o_version + 1".to_owned(),
            _ => value.to_owned(),
        };
    }
    if value == "true" || value == "false" {
        return value.to_owned();
    }
    if let Some(text) = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    if value.starts_with(|c: char| c.is_ascii_digit()) {
        return format!("TIMESTAMP '{}'", value.replace('T', " "));
    }
    let mut word = String::new();
    for c in value.chars() {
        if c.is_uppercase() && !word.is_empty() {
            word.push('_');
        }
        word.extend(c.to_lowercase());
    }
    format!("'{word}'")
}

/// Runs the script by so many clients for so long.
pub fn run(app: &App, script: &std::path::Path, clients: usize, long: Duration) -> Measured {
    let Place::Postgres(url) = app.pool.place() else { return Measured::default() };
    let said = Command::new(program())
        .args(["-n", "-M", "prepared", "-j", "2", "-c", &clients.to_string(), "-T", &long.as_secs().max(1).to_string(), "-f"])
        .arg(script)
        .arg(url)
        .output()
        .unwrap_or_else(|error| panic!("pgbench cannot run ({error}). Install the package postgresql."));
    let text = String::from_utf8_lossy(&said.stdout);
    let number = |before: &str| text.lines().find_map(|line| line.strip_prefix(before)?.split_whitespace().next()?.parse::<f64>().ok());
    let Some(rate) = number("tps = ") else { panic!("pgbench: {text}{}", String::from_utf8_lossy(&said.stderr)) };
    let mean = Duration::from_secs_f64(number("latency average = ").unwrap_or(0.0) / 1000.0);
    Measured { rate, p50: mean, p99: Duration::ZERO, errors: 0 }
}

fn program() -> PathBuf {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let mut found: Vec<PathBuf> = std::env::split_paths(&folders).map(|folder| folder.join("pgbench")).filter(|path| path.is_file()).collect();
    let packaged = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path().join("bin/pgbench"));
    found.extend(packaged.filter(|path| path.is_file()));
    found.into_iter().next().unwrap_or_else(|| "pgbench".into())
}
