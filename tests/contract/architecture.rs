//! The map in `src/lib.rs` is true: each module uses only those above it, and inside a domain the layers hold.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// May ask the database beside `db` itself and the domains' `store`: what every deed writes, and how the types are stored.
const NEAR_THE_DATABASE: [&str; 8] = ["text_enum", "ids", "clock", "schema", "db", "journal", "outbox", "idempotency"];
/// May know that there are two engines.
const KNOW_THE_ENGINES: [&str; 2] = ["db", "config"];
/// May speak HTTP beside the domains' `http`.
const SPEAK_HTTP: [&str; 4] = ["wire", "openapi", "web", "server"];
/// No file is longer; `schema.rs` repeats the tables and decides nothing.
const LONGEST: usize = 400;

/// A source file, without comments and texts.
struct Source {
    /// Relative to `src`, with `/`.
    path: String,
    /// The module of the map that it belongs to.
    module: String,
    /// The layer within a domain: `mod`, `state`, `rules`, `store`, `http` …, the file's or the folder's name.
    layer: String,
    words: Vec<String>,
    lines: usize,
}

impl Source {
    fn of(path: &str, text: &str) -> Self {
        let bare = path.trim_end_matches(".rs");
        let mut parts = bare.split('/');
        let module = parts.next().unwrap_or_default().to_owned();
        let layer = parts.next().unwrap_or("mod").to_owned();
        Self { path: path.to_owned(), module, layer, words: words(text), lines: text.lines().count() }
    }

    /// The modules that this file declares for tests alone.
    fn only_for_tests(&self) -> Vec<String> {
        let text = self.words.join(" ");
        let marked = text.split("# [ cfg ( test ) ] ").skip(1);
        marked
            .filter_map(|rest| rest.split_once("mod ")?.1.split_once(' '))
            .filter(|(_, then)| then.starts_with(';'))
            .map(|(name, _)| name.to_owned())
            .collect()
    }

    /// A store, or one of several (`grant_store`).
    fn is_store(&self) -> bool {
        self.layer == "store" || self.layer.ends_with("_store")
    }

    /// Whether it says more of diesel than that a type is read column by column.
    fn says_diesel(&self) -> bool {
        self.words.iter().enumerate().any(|(at, word)| word == "diesel" && self.words.get(at + 2).is_none_or(|what| what != "Queryable"))
    }

    fn is(&self, layers: &[&str]) -> bool {
        layers.contains(&self.layer.as_str())
    }

    /// What follows a path's beginning, `crate` or `super`, groups taken apart: `crate::{a, b::c}` gives `a` and `b`.
    fn below(&self, root: &str) -> Vec<&str> {
        let mut found = Vec::new();
        for (at, word) in self.words.iter().enumerate() {
            let begins = word == root && self.words.get(at + 1).is_some_and(|next| next == "::") && (at == 0 || self.words[at - 1] != "::");
            if !begins {
                continue;
            }
            match self.words.get(at + 2).map(String::as_str) {
                Some("{") => found.extend(group(&self.words[at + 3..])),
                Some(name) => found.push(name),
                None => {}
            }
        }
        found
    }

    fn says(&self, wanted: &str) -> bool {
        self.words.iter().any(|word| word == wanted)
    }
}

/// The first name of each path in a group, up to its closing brace.
fn group(words: &[String]) -> Vec<&str> {
    let (mut depth, mut first, mut found) = (0, true, Vec::new());
    for word in words {
        match word.as_str() {
            "{" => depth += 1,
            "}" if depth == 0 => break,
            "}" => depth -= 1,
            "," if depth == 0 => first = true,
            name if first && depth == 0 => {
                found.push(name);
                first = false;
            }
            _ => {}
        }
    }
    found
}

/// The names and signs of a text, without its comments, strings and characters.
fn words(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let (c, next) = (chars[at], chars.get(at + 1).copied().unwrap_or(' '));
        match c {
            '/' if next == '/' => at += chars[at..].iter().take_while(|c| **c != '\n').count(),
            '/' if next == '*' => at = past(&chars, at + 2, &['*', '/']),
            'r' if next == '"' => at = past(&chars, at + 2, &['"']),
            'r' if next == '#' && matches!(chars.get(at + 2), Some('"' | '#')) => {
                let marks = chars[at + 1..].iter().take_while(|c| **c == '#').count();
                let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', marks)).collect();
                at = past(&chars, at + 2 + marks, &end);
            }
            '"' => {
                at += 1;
                while at < chars.len() && chars[at] != '"' {
                    at += if chars[at] == '\\' { 2 } else { 1 };
                }
                at += 1;
            }
            // A character, not a lifetime.
            '\'' if next == '\\' => at = past(&chars, at + 3, &['\'']),
            '\'' if chars.get(at + 2) == Some(&'\'') => at += 3,
            ':' if next == ':' => {
                out.push("::".to_owned());
                at += 2;
            }
            c if c.is_alphanumeric() || c == '_' => {
                let word: String = chars[at..].iter().take_while(|c| c.is_alphanumeric() || **c == '_').collect();
                at += word.chars().count();
                out.push(word);
            }
            c => {
                if !c.is_whitespace() {
                    out.push(c.to_string());
                }
                at += 1;
            }
        }
    }
    out
}

/// The place after the next occurrence of an ending.
fn past(chars: &[char], from: usize, end: &[char]) -> usize {
    (from..chars.len()).find(|at| chars[*at..].starts_with(end)).map_or(chars.len(), |at| at + end.len())
}

/// The modules in the order of the map.
fn map(lib: &str) -> Vec<String> {
    lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.split_once(';')).map(|(name, _)| name.to_owned()).collect()
}

/// Macros stand at the crate's root, whatever module they are written in.
fn macros(sources: &[Source]) -> BTreeMap<String, String> {
    let mut homes = BTreeMap::new();
    for source in sources {
        for found in source.words.windows(3).filter(|found| found[0] == "macro_rules") {
            homes.insert(found[2].clone(), source.module.clone());
        }
    }
    homes
}

/// Every use of a module that does not stand above the one that uses it.
fn upward_uses(map: &[String], sources: &[Source]) -> Vec<String> {
    let macros = macros(sources);
    let place = |module: &str| map.iter().position(|known| known == module);
    let mut found = Vec::new();
    for source in sources.iter().filter(|source| !matches!(source.module.as_str(), "lib" | "main")) {
        let Some(own) = place(&source.module) else {
            found.push(format!("{} is not on the map in lib.rs", source.path));
            continue;
        };
        for used in source.below("crate") {
            let home = macros.get(used).map_or(used, String::as_str);
            match place(home) {
                None => found.push(format!("{} uses crate::{used}, which is not on the map", source.path)),
                Some(other) if other > own => found.push(format!("{} uses crate::{used}, which stands below it", source.path)),
                Some(_) => {}
            }
        }
    }
    found.dedup();
    found
}

/// Every break of a domain's layers: `http → mod → {state, rules, store}`.
fn broken_layers(sources: &[Source]) -> Vec<String> {
    let domains: Vec<&str> = sources.iter().filter(|source| source.is_store() || source.is(&["http"])).map(|source| source.module.as_str()).collect();
    let mut found = Vec::new();
    let mut refuse = |source: &Source, what: &str| found.push(format!("{} {what}", source.path));
    for source in sources {
        let near = NEAR_THE_DATABASE.contains(&source.module.as_str());
        if !near && !source.is_store() && (source.says_diesel() || source.below("crate").contains(&"schema")) {
            refuse(source, "speaks to the database; only a store does");
        }
        if !KNOW_THE_ENGINES.contains(&source.module.as_str()) {
            for name in ["Sqlite", "Postgres", "sqlite", "postgres", "SqliteConnection", "PgConnection"] {
                if source.says(name) {
                    refuse(source, &format!("names an engine: {name}"));
                }
            }
        }
        let http = source.is(&["http"]) || SPEAK_HTTP.contains(&source.module.as_str());
        if !http && source.module != "main" && source.says("actix_web") {
            refuse(source, "speaks HTTP; only http does");
        }
        if !domains.contains(&source.module.as_str()) {
            continue;
        }
        if source.is(&["state", "rules"]) {
            for name in ["db", "Db", "diesel", "actix_web", "Clock", "schema", "Pool", "App", "wire"] {
                if source.says(name) {
                    refuse(source, &format!("is pure, but says {name}"));
                }
            }
        }
        let above: &[&str] = match source.layer.as_str() {
            "state" | "rules" => &["store", "http"],
            _ if source.is_store() => &["http"],
            _ => &[],
        };
        for used in source.below("super").into_iter().filter(|used| above.contains(used)) {
            refuse(source, &format!("uses {used}, a layer above it"));
        }
    }
    found
}

/// Every file that has grown too long, or is named after nothing.
fn shapeless(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        if source.lines > LONGEST && source.path != "schema.rs" {
            found.push(format!("{} has {} lines; {LONGEST} is the most: make it a folder", source.path, source.lines));
        }
        if source.path.split('/').any(|part| matches!(part.trim_end_matches(".rs"), "utils" | "util" | "helpers" | "common" | "misc")) {
            found.push(format!("{} is named after nothing", source.path));
        }
    }
    found
}

fn read(folder: &Path) -> Vec<Source> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("the sources can be read").flatten() {
            let path = entry.path();
            match path.is_dir() {
                true => open.push(path),
                false => files.extend(path.extension().is_some_and(|end| end == "rs").then_some(path)),
            }
        }
    }
    files.sort();
    let relative = |path: &Path| path.strip_prefix(folder).expect("it lies in the folder").to_string_lossy().replace('\\', "/");
    files.iter().map(|path| Source::of(&relative(path), &std::fs::read_to_string(path).expect("a source can be read"))).collect()
}

/// The product's sources, without those that are for tests alone.
fn sources() -> Vec<Source> {
    let mut all = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let tests: Vec<(String, String)> = all.iter().flat_map(|source| source.only_for_tests().into_iter().map(|name| (source.module.clone(), name))).collect();
    all.retain(|source| !tests.iter().any(|(module, layer)| *module == source.module && *layer == source.layer));
    all
}

#[track_caller]
fn none(found: &[String]) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_module_uses_only_those_above_it() {
    none(&upward_uses(&map(include_str!("../../src/lib.rs")), &sources()));
}

#[test]
fn the_layers_of_a_domain_hold() {
    none(&broken_layers(&sources()));
}

#[test]
fn files_are_short_and_named_after_what_they_hold() {
    none(&shapeless(&read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))));
    none(&shapeless(&read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"))));
}

#[test]
fn a_map_that_is_not_kept_is_noticed() {
    let map = map("pub mod db; // engines\npub mod people; // persons\npub mod orders;\n");
    let upward = |text: &str| upward_uses(&map, &[Source::of("people/mod.rs", text)]);
    none(&upward("use crate::db::Pool; use crate::people::store; // crate::orders\nconst A: &str = \"crate::orders\";"));
    assert_eq!(upward("use crate::orders::Order;"), ["people/mod.rs uses crate::orders, which stands below it"]);
    assert_eq!(upward("use crate::{db::{Pool, Db}, orders};"), ["people/mod.rs uses crate::orders, which stands below it"]);
    assert_eq!(upward("fn a() { crate::orders::claim(); }"), ["people/mod.rs uses crate::orders, which stands below it"]);
    assert_eq!(upward("use crate::other;"), ["people/mod.rs uses crate::other, which is not on the map"]);
}

#[test]
fn a_module_for_tests_alone_is_known_as_one() {
    let source = Source::of(
        "notices/mod.rs",
        "mod store; #[cfg(test)] pub(crate) mod fixture; #[cfg(test)] mod tests; #[cfg(test)] mod inline { fn a() {} } mod words;",
    );
    assert_eq!(source.only_for_tests(), ["fixture", "tests"]);
}

#[test]
fn a_layer_that_is_crossed_is_noticed() {
    let broken = |path: &str, text: &str| broken_layers(&[Source::of("orders/store.rs", ""), Source::of(path, text)]).len();
    assert_eq!(broken("orders/rules.rs", "use crate::clock::Moment; use super::state::State;"), 0);
    assert_eq!(broken("orders/rules.rs", "use crate::clock::Clock;"), 1);
    assert_eq!(broken("orders/state.rs", "use super::store;"), 1);
    assert_eq!(broken("orders/mod.rs", "use diesel::prelude::*;"), 1);
    assert_eq!(broken("orders/mod.rs", "use diesel::Queryable;"), 0);
    assert_eq!(broken("orders/mod.rs", "use crate::{db::Db, schema};"), 1);
    assert_eq!(broken("orders/mod.rs", "use actix_web::web;"), 1);
    assert_eq!(broken("orders/store/list.rs", "use diesel::prelude::*; use crate::schema::orders;"), 0);
    assert_eq!(broken("orders/store.rs", "use super::http;"), 1);
    assert_eq!(broken("orders/store.rs", "match db { Db::Sqlite(_) => {} }"), 1);
    assert_eq!(broken("orders/http.rs", "use actix_web::web; const A: &str = \"sqlite\";"), 0);
}
