//! Data files and where in them something is wrong.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::Range;
use std::path::Path;

use serde::de::DeserializeOwned;

use crate::error::{Error, Kind, Refusal, Result};

/// A refusal that names what is wrong with the data files.
pub(super) fn bad(detail: impl Display) -> Error {
    Refusal::new(Kind::Invalid, "bad_seed", detail.to_string()).into()
}

/// The data files of a folder, by name.
#[derive(Clone)]
pub(super) struct Folder {
    /// How the folder is named in what is told.
    label: String,
    files: BTreeMap<String, Source>,
}

impl Folder {
    /// Takes the `.toml` and `.csv` files out of these.
    pub(super) fn of_files<'a>(label: &str, files: impl Iterator<Item = (&'a Path, Vec<u8>)>) -> Result<Self> {
        let mut folder = Self { label: label.to_owned(), files: BTreeMap::new() };
        for (path, bytes) in files {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if !name.ends_with(".toml") && !name.ends_with(".csv") {
                continue;
            }
            let full = format!("{label}/{name}");
            let text = String::from_utf8(bytes).map_err(|error| {
                let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                bad(format!("{full} line {}: the text is not UTF-8", 1 + before.iter().filter(|byte| **byte == b'\n').count()))
            })?;
            folder.files.insert(name, Source { name: full, text });
        }
        Ok(folder)
    }

    /// Reads a folder's data files from disk.
    pub(super) fn of_disk(path: &Path) -> Result<Self> {
        let unreadable = |path: &Path, error: std::io::Error| bad(format!("{} cannot be read: {error}", path.display()));
        let mut files = Vec::new();
        for entry in std::fs::read_dir(path).map_err(|error| unreadable(path, error))? {
            let file = entry.map_err(|error| unreadable(path, error))?.path();
            if file.is_file() {
                let bytes = std::fs::read(&file).map_err(|error| unreadable(&file, error))?;
                files.push((file, bytes));
            }
        }
        Self::of_files(&path.display().to_string(), files.iter().map(|(path, bytes)| (path.as_path(), bytes.clone())))
    }

    /// Takes a file out.
    pub(super) fn take(&mut self, name: &str) -> Option<Source> {
        self.files.remove(name)
    }

    /// Takes a file out that must be there.
    pub(super) fn must_take(&mut self, name: &str) -> Result<Source> {
        self.take(name).ok_or_else(|| bad(format!("{}/{name} is missing", self.label)))
    }

    /// Takes out the files of a name and a year, such as `plan-2021.toml`, in the order of their names.
    pub(super) fn take_all(&mut self, prefix: &str, suffix: &str) -> Vec<Source> {
        let names: Vec<String> = self.files.keys().filter(|name| name.starts_with(prefix) && name.ends_with(suffix)).cloned().collect();
        names.iter().filter_map(|name| self.files.remove(name)).collect()
    }

    /// A file that nobody took has a name that nobody knows.
    pub(super) fn nothing_left(&self) -> Result<()> {
        match self.files.values().next() {
            Some(source) => Err(bad(format!("{}: no file of this name is known here; see seeds/README.md", source.name))),
            None => Ok(()),
        }
    }
}

/// A data file.
#[derive(Debug, Clone)]
pub(super) struct Source {
    name: String,
    text: String,
}

/// A data file and what it says.
#[derive(Debug, Clone)]
pub(super) struct Read<T> {
    pub(super) source: Source,
    pub(super) value: T,
}

/// The records of a table with their lines.
pub(super) type Rows<T> = Read<Vec<(u64, T)>>;

impl Source {
    /// What is wrong at this line.
    pub(super) fn bad_line(&self, line: u64, what: impl Display) -> Error {
        bad(format!("{} line {line}: {what}", self.name))
    }

    /// What is wrong at this place of the text.
    pub(super) fn bad_at(&self, span: Range<usize>, what: impl Display) -> Error {
        let before = self.text.as_bytes().get(..span.start).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        bad(format!("{} line {line}: {what}", self.name))
    }

    /// Reads the file as TOML.
    pub(super) fn toml<T: DeserializeOwned>(self) -> Result<Read<T>> {
        match toml::from_str(&self.text) {
            Ok(value) => Ok(Read { source: self, value }),
            Err(error) => Err(self.bad_at(error.span().unwrap_or_default(), error.message())),
        }
    }

    /// Reads the file as a table with a header.
    pub(super) fn rows<T: DeserializeOwned>(self) -> Result<Rows<T>> {
        let mut reader = csv::ReaderBuilder::new().from_reader(self.text.as_bytes());
        let headers = reader.headers().map_err(|error| self.bad_record(&error, 1))?.clone();
        let mut value = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| self.bad_record(&error, 1))?;
            let line = record.position().map_or(1, csv::Position::line);
            let row = record.deserialize(Some(&headers)).map_err(|error| self.bad_record(&error, line))?;
            value.push((line, row));
        }
        Ok(Read { source: self, value })
    }

    fn bad_record(&self, error: &csv::Error, line: u64) -> Error {
        let line = error.position().map_or(line, csv::Position::line);
        match error.kind() {
            csv::ErrorKind::Deserialize { err, .. } => self.bad_line(line, err.kind()),
            csv::ErrorKind::UnequalLengths { expected_len, len, .. } => self.bad_line(line, format!("there are {len} values instead of {expected_len}")),
            _ => self.bad_line(line, error),
        }
    }
}
