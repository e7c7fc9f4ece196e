//! The examples of `docs/api.md` run in their order against the demo, and print what stands below them.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use kepu::db::Place;
use tempfile::TempDir;

use super::blocks;
use crate::support::database::Database;

const BINARY: &str = env!("CARGO_BIN_EXE_kepu");

/// The demo as a process of its own, on a database of its own.
struct Demo {
    child: Child,
    address: String,
    _data: TempDir,
    /// Last, so that it goes after the process.
    _database: Database,
}

impl Drop for Demo {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A command without this run's own settings, which the product does not know.
fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("KEPU_") || text == "DATABASE_URL" || text.to_lowercase().ends_with("_proxy") {
            command.env_remove(&name);
        }
    }
    command
}

impl Demo {
    fn start() -> Self {
        let database = Database::empty();
        let url = match database.place() {
            Place::Sqlite(path) => format!("sqlite://{}", path.display()),
            Place::Postgres(url) => url.clone(),
        };
        let data = tempfile::tempdir().expect("a folder can be made");
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port is free");
        let address = format!("http://{free}");
        let mut child = command(BINARY)
            .args(["serve", "--demo"])
            .current_dir(data.path())
            .env("DATABASE_URL", url)
            .env("KEPU_DATA_DIR", data.path())
            .env("KEPU_LISTEN", free.to_string())
            .env("KEPU_SECRET", "the secret of every test, 32 characters")
            .env("KEPU_LOG", "error")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("kepu starts");
        let said = BufReader::new(child.stdout.take().expect("it is piped"));
        let serves = said.lines().map_while(Result::ok).any(|line| line.starts_with("kepu serves at"));
        if !serves {
            let mut why = String::new();
            child.stderr.take().expect("it is piped").read_to_string(&mut why).expect("it is text");
            panic!("the demo did not start: {why}");
        }
        Self { child, address, _data: data, _database: database }
    }
}

/// Whether a text is what was written down; `…` stands for anything, also for nothing.
fn fits(wanted: &str, printed: &str) -> bool {
    let mut parts = wanted.split('…');
    let Some(mut rest) = printed.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}

fn printed(folder: &Path, n: usize) -> Option<String> {
    std::fs::read(folder.join(format!("printed.{n}"))).ok().map(|bytes| String::from_utf8_lossy(&bytes).trim_end().to_owned())
}

#[test]
fn the_examples_of_the_guide_print_what_stands_below_them() {
    let demo = Demo::start();
    let folder = tempfile::tempdir().expect("a folder can be made");
    // One shell for all blocks, since later ones use what earlier ones learned; each block prints into a file of its own.
    let mut script = "set -euo pipefail\n".to_owned();
    let mut examples: Vec<(String, Option<String>)> = Vec::new();
    for (language, block) in blocks(include_str!("../../docs/api.md")) {
        match (language.as_str(), examples.last_mut()) {
            ("sh", _) => {
                script.push_str(&format!("exec >printed.{} 2>&1\n{block}", examples.len()));
                examples.push((block, None));
            }
            ("text", Some((_, wanted))) => *wanted = Some(block.trim_end().to_owned()),
            _ => {}
        }
    }
    assert!(examples.len() > 10, "the guide has examples");
    std::fs::write(folder.path().join("script"), script).expect("the script can be written");
    let path = format!("{}:{}", Path::new(BINARY).parent().expect("it lies in a folder").display(), std::env::var("PATH").unwrap_or_default());
    let status = command("bash").arg("script").current_dir(folder.path()).env("PATH", path).env("KEPU", &demo.address).status().expect("bash runs");
    for (n, (block, wanted)) in examples.iter().enumerate() {
        let Some(printed) = printed(folder.path(), n) else { panic!("the guide's examples ended before this one:\n{block}") };
        if let Some(wanted) = wanted {
            assert!(fits(wanted, &printed), "this example of the guide:\n{block}\nprints:\n{printed}\nand not:\n{wanted}");
        }
        let last = n + 1 == examples.len() || !folder.path().join(format!("printed.{}", n + 1)).exists();
        assert!(!last || status.success(), "this example of the guide fails:\n{block}\nafter it printed:\n{printed}");
    }
}

#[test]
fn what_an_example_prints_is_compared_but_for_what_is_left_open() {
    for (wanted, printed) in [("a", "a"), ("a…c", "abc"), ("a…c", "ac"), ("…", ""), ("a…b…c", "a1b2bc"), ("a…", "a\nb")] {
        assert!(fits(wanted, printed), "{wanted} {printed}");
    }
    for (wanted, printed) in [("a", "ab"), ("a…c", "ab"), ("a…b…c", "a1c"), ("…c", "cb"), ("a", "")] {
        assert!(!fits(wanted, printed), "{wanted} {printed}");
    }
}
