//! What serde could not read, told as faults: the one place that knows its words. What a client sent is never said back.

use actix_web::error::QueryPayloadError;

use crate::error::Fault;

/// What is wrong with one field, and which it is where the words name it.
struct Told<'a> {
    field: Option<&'a str>,
    code: &'static str,
    detail: String,
}

/// The fault of a body's field. `at` is the JSON pointer to where reading stopped: the field, or the object that holds it.
pub fn body_fault(at: &str, words: &str) -> Fault {
    // serde_json says where in the text as well; nobody counts columns.
    let words = words.rsplit_once(" at line ").map_or(words, |(words, _)| words);
    let Told { field, code, detail } = told(words);
    let pointer = match field.map(escaped) {
        Some(field) if !at.ends_with(&format!("/{field}")) => format!("{at}/{field}"),
        _ => at.to_owned(),
    };
    Fault { pointer, code: code.to_owned(), detail }
}

/// The fault of a query's parameter: of the one that the words name, else of this one.
pub fn query_fault(parameter: Option<&str>, words: &str) -> Fault {
    let Told { field, code, detail } = told(words);
    Fault { pointer: format!("?{}", field.or(parameter).unwrap_or_default()), code: code.to_owned(), detail }
}

/// The words of a query that could not be read.
pub fn words(error: &QueryPayloadError) -> String {
    match error {
        QueryPayloadError::Deserialize(error) => error.to_string(),
        other => other.to_string(),
    }
}

/// A name as a JSON pointer has it (RFC 6901).
pub fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn told(words: &str) -> Told<'_> {
    let is = |code, detail: &str| Told { field: None, code, detail: detail.to_owned() };
    let named = |code, detail: &str| Told { field: quoted(words).next(), code, detail: detail.to_owned() };
    let expected = words.rsplit_once("expected ").map_or("", |(_, expected)| expected);
    match words {
        _ if words.starts_with("missing field ") => named("missing", "This is needed."),
        _ if words.starts_with("unknown field ") => named("unknown", "There is nothing of this name here; leave it out."),
        _ if words.starts_with("duplicate field ") => named("repeated", "Give it once."),
        _ if words.starts_with("unknown variant ") => {
            let known: Vec<&str> = quoted(expected).collect();
            is("unknown_word", &format!("One of: {}.", known.join(", ")))
        }
        _ if words.starts_with("invalid type: ") => is("wrong_type", wanted(expected)),
        _ if words.starts_with("invalid value: ") => is("out_of_range", wanted(expected)),
        _ if words.starts_with("invalid length ") => is("wrong_length", "This list is too short or too long."),
        // A query's values are text that is read as numbers and so on.
        "invalid digit found in string" | "cannot parse integer from empty string" => is("wrong_type", wanted("i64")),
        "number too large to fit in target type" | "number too small to fit in target type" => is("out_of_range", wanted("i64")),
        "provided string was not `true` or `false`" => is("wrong_type", wanted("a boolean")),
        // Our own words, of a type that reads itself.
        own => is("unusable", own),
    }
}

/// What to give instead, for what serde says that it expected.
fn wanted(expected: &str) -> &'static str {
    match expected {
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" | "usize" | "isize" => "Give a whole number.",
        "f32" | "f64" => "Give a number.",
        "a boolean" => "Give true or false.",
        "a string" | "a borrowed string" => "Give a text.",
        "a sequence" => "Give a list.",
        _ if expected.starts_with("struct ") || expected.starts_with("a map") => "Give an object.",
        _ => "Give a value of the kind that the API's document describes.",
    }
}

/// The words in backticks.
fn quoted(words: &str) -> impl Iterator<Item = &str> {
    words.split('`').skip(1).step_by(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(at: &str, words: &str) -> (String, String, String) {
        let Fault { pointer, code, detail } = body_fault(at, words);
        (pointer, code, detail)
    }

    fn all(pointer: &str, code: &str, detail: &str) -> (String, String, String) {
        (pointer.to_owned(), code.to_owned(), detail.to_owned())
    }

    #[test]
    fn a_missing_field_is_pointed_at_in_the_object_that_lacks_it() {
        assert_eq!(body("", "missing field `attendees` at line 1 column 20"), all("/attendees", "missing", "This is needed."));
        assert_eq!(body("/windows/0", "missing field `to` at line 1 column 9"), all("/windows/0/to", "missing", "This is needed."));
    }

    #[test]
    fn what_was_sent_is_not_said_back() {
        assert_eq!(
            body("/attendees", "invalid type: string \"王桂兰 expected 1\", expected i32 at line 3 column 1"),
            all("/attendees", "wrong_type", "Give a whole number.")
        );
        assert_eq!(body("/channel", "unknown variant `王桂兰`, expected one of `web`, `desk`"), all("/channel", "unknown_word", "One of: web, desk."));
        assert_eq!(body("/a~1b", "unknown field `a/b`, expected `x`"), all("/a~1b", "unknown", "There is nothing of this name here; leave it out."));
    }

    #[test]
    fn a_parameter_is_named_by_the_words_or_by_whoever_found_it() {
        assert_eq!(query_fault(Some("year"), "missing field `year`").pointer, "?year");
        let fault = query_fault(Some("limit"), "invalid digit found in string");
        assert_eq!((fault.pointer.as_str(), fault.code.as_str()), ("?limit", "wrong_type"));
    }
}
