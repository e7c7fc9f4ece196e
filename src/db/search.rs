//! Search that finds Chinese on both engines: the text is folded and cut into overlapping pairs of characters here, and the
//! engines' own full-text indexes hold the pairs. Their stock tokenizers find two-character words on neither.

use diesel::sql_types::{Bool, Text};
use unicode_normalization::UnicodeNormalization;

use super::{Clause, Db, Engine};

/// Which text of an order is searched: that of the parties, or the summary that others see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Words,
    Summary,
}

/// One run of a text: Han characters (cut into pairs), or a word of letters and digits (kept whole).
fn runs(text: &str) -> Vec<(bool, String)> {
    let mut runs: Vec<(bool, String)> = Vec::new();
    let folded = text.nfkc().flat_map(char::to_lowercase);
    let mut open = false;
    for c in folded {
        if !c.is_alphanumeric() {
            open = false;
            continue;
        }
        let pairs = !c.is_ascii_alphanumeric();
        match runs.last_mut() {
            Some((kind, run)) if open && *kind == pairs => run.push(c),
            _ => runs.push((pairs, c.to_string())),
        }
        open = true;
    }
    runs
}

/// The index text: every pair and every single character of Han, and words as they are. `急救课` gives `急救 救课 急 救 课`.
pub fn grams(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    for (pairs, run) in runs(text) {
        if !pairs {
            out.push(run);
            continue;
        }
        let chars: Vec<char> = run.chars().collect();
        out.extend(chars.windows(2).map(|pair| pair.iter().collect()));
        out.extend(chars.iter().map(char::to_string));
    }
    out.join(" ")
}

/// The pairs and words that a typed query asks for; empty when it asks for nothing that can be found.
pub fn query_grams(typed: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for (pairs, run) in runs(typed) {
        let chars: Vec<char> = run.chars().collect();
        if pairs && chars.len() > 1 {
            out.extend(chars.windows(2).map(|pair| pair.iter().collect::<String>()));
        } else {
            out.push(run);
        }
    }
    out.sort();
    out.dedup();
    out.truncate(32);
    out
}

type Matches<T> = Box<dyn diesel::expression::BoxableExpression<T, super::Backend, SqlType = Bool>>;

/// The condition on `orders` that all of these grams occur in the order's text.
pub fn matches(db: &Db, column: Column, grams: &[String]) -> Clause {
    let column = match column {
        Column::Words => "words",
        Column::Summary => "summary",
    };
    let (sql, query) = asked(db.engine(), "order", column, grams);
    Clause::sql(sql).bind(query).then("))")
}

/// The condition on `complaints` that all of these grams occur in the complaint's words.
pub fn complaint_matches(db: &Db, grams: &[String]) -> Matches<crate::schema::complaints::table> {
    let (sql, query) = asked(db.engine(), "complaint", "words", grams);
    Box::new(diesel::dsl::sql::<Bool>(&sql).bind::<Text, _>(query).sql("))"))
}

/// The statement up to its query, and the query, for the engine's own index over a thing's text.
fn asked(engine: Engine, thing: &str, column: &str, grams: &[String]) -> (String, String) {
    match engine {
        Engine::Sqlite => {
            // What people type is quoted: FTS5 has operators.
            let quoted: Vec<String> = grams.iter().map(|gram| format!("\"{}\"", gram.replace('"', ""))).collect();
            let sql = format!("{thing}s.id IN (SELECT rowid FROM {thing}_search_index WHERE {thing}_search_index MATCH (");
            (sql, format!("{column} : ({})", quoted.join(" AND ")))
        }
        Engine::Postgres => {
            let quoted: Vec<String> = grams.iter().map(|gram| format!("'{}'", gram.replace(['\'', '\\'], ""))).collect();
            let sql = format!("{thing}s.id IN (SELECT {thing}_id FROM {thing}_search WHERE to_tsvector('simple', {column}) @@ to_tsquery('simple', ");
            (sql, quoted.join(" & "))
        }
    }
}
