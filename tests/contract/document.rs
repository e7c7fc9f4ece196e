//! The API's document holds together.

use std::collections::BTreeMap;

use serde_json::Value;

fn document() -> Value {
    serde_json::to_value(kepu::openapi::document()).expect("the document is JSON")
}

/// Every `$ref` below a value.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

/// Every operation: its method and path, and what is said of it.
fn operations(document: &Value) -> Vec<(String, &Value)> {
    let paths = document["paths"].as_object().expect("there are paths");
    let of = |(path, methods): (&String, &'_ Value)| -> Vec<String> {
        methods.as_object().into_iter().flatten().map(|(method, _)| format!("{method} {path}")).collect()
    };
    let names: Vec<String> = paths.iter().flat_map(of).collect();
    names
        .into_iter()
        .map(|name| {
            let (method, path) = name.split_once(' ').expect("a method and a path");
            let operation = &document["paths"][path][method];
            (name, operation)
        })
        .collect()
}

#[test]
fn every_schema_that_is_pointed_to_is_there() {
    let document = document();
    let mut found = Vec::new();
    references(&document, &mut found);
    found.sort();
    found.dedup();
    found.retain(|reference| document.pointer(reference.trim_start_matches('#')).is_none());
    assert!(found.is_empty(), "nowhere: {found:?}");
}

#[test]
fn every_operation_has_a_name_of_its_own_and_says_what_it_does() {
    let document = document();
    let mut names: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (place, operation) in operations(&document) {
        names.entry(operation["operationId"].as_str().unwrap_or_default()).or_default().push(place.clone());
        let said = operation["summary"].as_str().or(operation["description"].as_str()).unwrap_or_default();
        assert!(!said.is_empty(), "{place} says nothing of itself");
        assert!(operation["tags"].as_array().is_some_and(|tags| !tags.is_empty()), "{place} stands in no group");
    }
    names.retain(|name, places| name.is_empty() || places.len() > 1);
    assert!(names.is_empty(), "without a name of their own: {names:?}");
}

#[test]
fn every_refusal_is_a_problem() {
    for (place, operation) in operations(&document()) {
        for (status, response) in operation["responses"].as_object().expect("there are answers") {
            if status.starts_with('4') || status.starts_with('5') {
                let kinds: Vec<&String> = response["content"].as_object().into_iter().flat_map(|content| content.keys()).collect();
                assert_eq!(kinds, ["application/problem+json"], "{place}: {status}");
            }
        }
    }
}

#[test]
fn the_document_that_clients_are_generated_from_is_the_one_that_is_served() {
    let kept = include_str!("../../docs/openapi.json");
    assert!(kept == kepu::openapi::json(), "docs/openapi.json is stale: cargo run -q -- openapi > docs/openapi.json, then npm --prefix frontend run types");
}
