//! The real binary in a folder of its own.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Output, Stdio};

use kepu::db::Place;
use tempfile::TempDir;

use crate::support::database::Database;

/// A folder with a database of this run's engine, empty at first, in which the binary is run.
pub struct Home {
    pub folder: TempDir,
    pub database: Database,
    /// Address and port; free when it was chosen.
    pub listen: String,
}

impl Home {
    pub fn new() -> Self {
        Self::over(Database::empty())
    }

    /// With a database that is there already.
    pub fn over(database: Database) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port();
        Self { folder, database, listen: format!("127.0.0.1:{port}") }
    }

    /// `kepu` with these words, in the environment of this home.
    pub fn kepu(&self, words: &[&str]) -> Command {
        self.under(&[], words)
    }

    /// The same, as the last argument of another program: one that watches it or prepares its process.
    pub fn under(&self, program: &[&str], words: &[&str]) -> Command {
        let mut command = under(program, self.folder.path(), words);
        command
            .env("DATABASE_URL", url(self.database.place()))
            .env("KEPU_LISTEN", &self.listen)
            .env("KEPU_SECRET", "a secret of thirty-two characters or more");
        command
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.listen.parse().expect("an address and a port")
    }

    /// Runs `kepu` to its end.
    pub fn run(&self, words: &[&str]) -> Output {
        self.kepu(words).output().expect("kepu can be run")
    }

    /// Starts serving and waits until it says so.
    pub fn serve(&self) -> Serving {
        Serving::start(self.kepu(&["serve"]), Stdio::inherit())
    }
}

/// The binary in a folder, with nothing of this process's own settings.
pub fn command(folder: &Path, words: &[&str]) -> Command {
    under(&[], folder, words)
}

fn under(program: &[&str], folder: &Path, words: &[&str]) -> Command {
    let mut line = program.iter().copied().chain([env!("CARGO_BIN_EXE_kepu")]).chain(words.iter().copied());
    let mut command = Command::new(line.next().unwrap_or_default());
    command.args(line).current_dir(folder).env_clear();
    for name in ["PATH", "HOME", "TMPDIR"] {
        if let Ok(value) = std::env::var(name) {
            command.env(name, value);
        }
    }
    command
}

/// The `DATABASE_URL` of a place.
pub fn url(place: &Place) -> String {
    match place {
        Place::Sqlite(path) => format!("sqlite://{}", path.display()),
        Place::Postgres(url) => url.clone(),
    }
}

/// A server that runs until it is dropped.
pub struct Serving {
    child: Child,
    /// What it said before it served, line by line.
    pub said: Vec<String>,
}

impl Serving {
    /// Starts it and waits until it says that it serves.
    pub fn start(mut command: Command, complaints: Stdio) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(complaints).spawn().unwrap_or_else(|error| panic!("{command:?} cannot be started: {error}"));
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let mut said = Vec::new();
        for line in lines.by_ref() {
            let line = line.expect("its words");
            let serving = line.starts_with("kepu serves at ");
            said.push(line);
            if serving {
                break;
            }
        }
        // Whatever it says later is read and let go, so that it never waits for us.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, said }
    }

    /// What it says on standard error from now on, where that was piped.
    pub fn complaints(&mut self) -> ChildStderr {
        self.child.stderr.take().expect("its complaints are piped")
    }

    /// The number of its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Ends it as SIGKILL does: at once, whatever it was doing.
    pub fn kill(self) {
        drop(self);
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// What a command said on standard error.
pub fn complaint(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
