//! Links lead somewhere; files, commands, settings, routes and metrics that a document names exist.

use std::path::Path;
use std::process::Command;

use kepu::config::SETTINGS;

use super::{Document, blocks, documents, root};

/// What a document names in backticks, outside of blocks.
fn quoted(text: &str) -> Vec<String> {
    let prose: Vec<&str> = text.split("```").step_by(2).collect();
    prose.iter().flat_map(|part| part.split('`').skip(1).step_by(2)).map(|name| name.replace('\n', " ")).collect()
}

/// The targets of a document's links.
fn links(text: &str) -> Vec<&str> {
    let prose = text.split("```").step_by(2);
    prose.flat_map(|part| part.split("](").skip(1)).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target).collect()
}

/// The anchor of a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.trim_start_matches('#').trim().to_lowercase();
    kept.chars().filter_map(|c| if c == ' ' { Some('-') } else { (c.is_alphanumeric() || c == '-' || c == '_').then_some(c) }).collect()
}

fn all(find: impl Fn(&Document) -> Vec<String>) {
    let found: Vec<String> = documents()
        .iter()
        .flat_map(|document| find(document).into_iter().map(|what| format!("{}: {what}", document.path.display())).collect::<Vec<_>>())
        .collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_link_leads_somewhere() {
    all(|document| {
        let folder = document.path.parent().unwrap_or(Path::new(""));
        let leads = |target: &str| {
            let (file, part) = target.split_once('#').unwrap_or((target, ""));
            let path = if file.is_empty() { root().join(&document.path) } else { root().join(folder).join(file) };
            let has = |path: &Path| std::fs::read_to_string(path).is_ok_and(|text| text.lines().any(|line| line.starts_with('#') && anchor(line) == part));
            path.exists() && (part.is_empty() || has(&path))
        };
        let inside = links(&document.text).into_iter().filter(|target| !target.starts_with("https://"));
        inside.filter(|target| !leads(target)).map(|target| format!("the link to {target} leads nowhere")).collect()
    });
}

#[test]
fn every_file_that_a_document_names_is_there() {
    const OURS: [&str; 9] = ["src/", "frontend/", "docs/", "tests/", "seeds/", "migrations/", "scripts/", "benches/", ".ci/"];
    all(|document| {
        let named = quoted(&document.text).into_iter().filter(|name| OURS.iter().any(|folder| name.starts_with(folder)));
        let exact = named.filter(|name| !name.contains(['<', '*', '{', '…', ' ']));
        exact.filter(|name| !root().join(name).exists()).map(|name| format!("there is no {name}")).collect()
    });
}

#[test]
fn every_command_that_a_document_names_is_one() {
    let help = Command::new(env!("CARGO_BIN_EXE_kepu")).arg("--help").output().expect("kepu runs");
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    let ours: Vec<&str> = help.lines().skip_while(|line| *line != "Commands:").skip(1).filter_map(|line| line.split_whitespace().next()).collect();
    let make = std::fs::read_to_string(root().join("Makefile")).expect("the Makefile can be read");
    all(|document| {
        let in_blocks = blocks(&document.text)
            .into_iter()
            .filter(|(language, _)| language == "sh")
            .flat_map(|(_, block)| block.lines().map(str::to_owned).collect::<Vec<_>>());
        let said: Vec<String> = quoted(&document.text).into_iter().chain(in_blocks).collect();
        let wrong = |line: &String| {
            let mut words = line.split_whitespace();
            match (words.next(), words.next()) {
                (Some("kepu"), Some(word)) => !word.starts_with(['-', '#', '&', '|']) && !ours.contains(&word),
                (Some("make"), Some(word)) => !word.starts_with('#') && !make.contains(&format!("\n{word}: ##")),
                _ => false,
            }
        };
        said.iter().filter(|line| wrong(line)).map(|line| format!("there is no such command: {line}")).collect()
    });
}

/// The words of a text that begin so.
fn words<'a>(text: &'a str, beginning: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter(move |word| word.starts_with(beginning) && word.len() > beginning.len())
}

#[test]
fn every_setting_that_a_document_names_is_one() {
    // Those of the workshop are no settings of the product.
    const WORKSHOP: [&str; 2] = ["KEPU_TEST_ENGINE", "KEPU_FRONTEND"];
    all(|document| {
        let known = |word: &str| WORKSHOP.contains(&word) || SETTINGS.iter().any(|setting| setting.name == word);
        words(&document.text, "KEPU_").filter(|word| !known(word)).map(|word| format!("there is no setting {word}")).collect()
    });
}

#[test]
fn every_metric_that_a_document_names_is_one() {
    let source: String =
        ["src/web/metrics.rs", "src/web/health.rs"].map(|file| std::fs::read_to_string(root().join(file)).expect("the source can be read")).concat();
    all(|document| {
        let known = |word: &str| source.contains(&format!("\"{word}\"")) || source.contains(&format!("\"{}\"", word.trim_start_matches("kepu_")));
        quoted(&document.text)
            .iter()
            .filter(|word| word.starts_with("kepu_") && words(word, "kepu_").next() == Some(word.as_str()))
            .filter(|word| !known(word))
            .map(|word| format!("there is no metric {word}"))
            .collect()
    });
}

#[test]
fn every_route_that_a_document_names_is_served() {
    let served = serde_json::to_value(kepu::openapi::document()).expect("the document is JSON");
    let served = |method: &str, path: &str| {
        let path = if path.starts_with("/api/") { path.to_owned() } else { format!("{}{path}", kepu::openapi::BASE) };
        served["paths"][path][method.to_lowercase()].is_object()
    };
    all(|document| {
        quoted(&document.text)
            .iter()
            .filter_map(|name| name.split_once(' '))
            .filter(|(method, path)| matches!(*method, "GET" | "POST") && path.starts_with('/') && !path.contains("{move}"))
            .filter(|(method, path)| !served(method, path))
            .map(|(method, path)| format!("there is no {method} {path}"))
            .collect()
    });
}

#[test]
fn every_decision_has_its_number_its_date_and_its_three_parts() {
    let mut number = 0;
    for document in documents().iter().filter(|document| document.path.starts_with("docs/decisions")) {
        let name = document.path.file_name().expect("it is a file").to_string_lossy();
        number += 1;
        assert!(name.starts_with(&format!("{number:04}-")), "{name} is not the next after {:04}", number - 1);
        let dated = document.text.lines().any(|line| line.len() == 10 && line.starts_with("20"));
        assert!(document.text.starts_with("# ") && dated, "{name} begins with its title and its date");
        for part in ["## Context", "## Decision", "## Consequences"] {
            assert!(document.text.lines().any(|line| line == part), "{name} has no {part}");
        }
    }
    assert!(number > 0);
}
