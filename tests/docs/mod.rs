//! What the documents say is so: their examples run, their links lead somewhere, what they name exists.

mod examples;
mod names;

use std::path::{Path, PathBuf};

/// A document: its path from the project's folder, and its text.
struct Document {
    path: PathBuf,
    text: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every document that people read.
fn documents() -> Vec<Document> {
    let mut paths: Vec<PathBuf> = ["README.md", "CHANGELOG.md", "seeds/README.md"].map(PathBuf::from).to_vec();
    let mut open = vec![PathBuf::from("docs")];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(root().join(&folder)).expect("the documents can be read").flatten() {
            let path = folder.join(entry.file_name());
            match entry.path().is_dir() {
                true => open.push(path),
                false => paths.extend(path.extension().is_some_and(|end| end == "md").then_some(path)),
            }
        }
    }
    paths.sort();
    let read = |path: PathBuf| Document { text: std::fs::read_to_string(root().join(&path)).expect("a document can be read"), path };
    paths.into_iter().map(read).collect()
}

/// The fenced blocks of a text: the language, and what stands in it.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match (line.strip_prefix("```"), inside) {
            (Some(_), true) => inside = false,
            (Some(language), false) => {
                inside = true;
                found.push((language.to_owned(), String::new()));
            }
            (None, true) => {
                if let Some((_, block)) = found.last_mut() {
                    block.push_str(line);
                    block.push('\n');
                }
            }
            (None, false) => {}
        }
    }
    found
}
