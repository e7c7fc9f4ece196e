//! Loads the county's data files through the deeds. Natural keys say which row a line means: what is missing is made, what
//! differs is changed, nothing is deleted; a second load changes nothing. A bad file is told with its line.

mod county;
mod files;
mod plans;
mod shared;
mod source;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};

use crate::actor::Act;
use crate::clock::Moment;
use crate::db::Pool;
use crate::divisions::Put;
use crate::error::{Error, Result};

use county::CountyFolder;
use shared::Shared;
use source::Folder;

/// The seeds that this binary carries.
static SEEDS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/seeds");

/// What a load did, by kind of thing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    /// The codes of the counties that were loaded.
    pub counties: Vec<String>,
    pub tally: BTreeMap<&'static str, Tally>,
}

/// How many things of a kind a load saw.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub created: usize,
    pub changed: usize,
    pub same: usize,
}

impl Loaded {
    fn note(&mut self, kind: &'static str, put: Put) {
        let tally = self.tally.entry(kind).or_default();
        match put {
            Put::Created => tally.created += 1,
            Put::Changed => tally.changed += 1,
            Put::Same => tally.same += 1,
        }
    }

    fn add(&mut self, other: Self) {
        self.counties.extend(other.counties);
        for (kind, Tally { created, changed, same }) in other.tally {
            let tally = self.tally.entry(kind).or_default();
            tally.created += created;
            tally.changed += changed;
            tally.same += same;
        }
    }

    /// Whether everything was so already.
    pub fn changed_nothing(&self) -> bool {
        self.tally.values().all(|tally| tally.created == 0 && tally.changed == 0)
    }
}

/// A line a kind, such as `divisions: 79 new, 0 changed, 0 as before`.
impl std::fmt::Display for Loaded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (kind, Tally { created, changed, same }) in &self.tally {
            writeln!(f, "{kind}: {created} new, {changed} changed, {same} as before")?;
        }
        Ok(())
    }
}

/// Loads the seeds that this binary carries: what all counties share, then each county. Waits for the database: call it where
/// waiting is allowed, never on a thread that serves requests.
///
/// # Errors
/// `bad_seed` with the file and the line; then nothing of that county is changed.
pub fn load(pool: &Pool, now: Moment) -> Result<Loaded> {
    let shared = Shared::read(&embedded(&SEEDS)?)?;
    let mut loaded = write_shared(pool, &shared, now)?;
    for dir in SEEDS.dirs() {
        let folder = CountyFolder::read(embedded(dir)?, &shared)?;
        loaded.add(write_county(pool, folder, now)?);
    }
    Ok(loaded)
}

/// Loads one county's folder from disk: another county, or another plan of a known one. The folder holds `county.toml` and any
/// of the other files of a county; what all counties share comes with this binary.
///
/// # Errors
/// As [`load`].
pub fn load_folder(pool: &Pool, path: &Path, now: Moment) -> Result<Loaded> {
    let shared = Shared::read(&embedded(&SEEDS)?)?;
    let folder = CountyFolder::read(Folder::of_disk(path)?, &shared)?;
    let mut loaded = write_shared(pool, &shared, now)?;
    loaded.add(write_county(pool, folder, now)?);
    Ok(loaded)
}

fn embedded(dir: &'static Dir<'static>) -> Result<Folder> {
    let label = Path::new("seeds").join(dir.path()).display().to_string();
    Folder::of_files(label.trim_end_matches('/'), dir.files().map(|file| (file.path(), file.contents().to_vec())))
}

fn write_shared(pool: &Pool, shared: &Shared, now: Moment) -> Result<Loaded> {
    let shared = shared.clone();
    twice(|| {
        let shared = shared.clone();
        pool.write_now(move |db| shared.put(db, &Act::machine(now)))
    })
}

/// A county is loaded whole or not at all.
fn write_county(pool: &Pool, folder: CountyFolder, now: Moment) -> Result<Loaded> {
    let folder = std::sync::Arc::new(folder);
    twice(|| {
        let folder = folder.clone();
        pool.write_now(move |db| folder.put(db, &Act::machine(now)))
    })
}

/// Another instance may be loading the same at this moment: its rows are there when it is tried again.
fn twice(load: impl Fn() -> Result<Loaded>) -> Result<Loaded> {
    match load() {
        Err(error) if Error::is(&error, "already_there") => load(),
        done => done,
    }
}
