//! PostgreSQL for the suite: the server of `TEST_DATABASE_URL`, or a cluster of our own that lives as long as this process.

use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Output, Stdio};
use std::sync::OnceLock;

use tempfile::TempDir;

/// What is said where PostgreSQL is missing: a missing engine is an error, never a skip.
const MISSING: &str = "PostgreSQL is not installed: no `initdb` in PATH or in /usr/lib/postgresql/*/bin. Install the package `postgresql-15` \
     (Debian 12; elsewhere `postgresql`, 15 or newer), run `make setup`, or set TEST_DATABASE_URL to a server whose role may create databases.";

/// Whether the cluster may forget what it answered when the machine fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// `fsync=off`: for everything that does not pull the plug.
    Careless,
    /// As in production: for tests that kill the server.
    Durable,
}

/// A running cluster in a temporary folder, reached through a socket in it that nobody else may open.
pub struct Cluster {
    data: PathBuf,
    bin: PathBuf,
    user: Option<String>,
    /// Closing it makes the guard stop the cluster; the system closes it for us when we are killed.
    guard: Option<(Child, ChildStdin)>,
    _folder: TempDir,
}

impl Cluster {
    /// Makes a cluster and starts it.
    pub fn start(durability: Durability) -> Self {
        let bin = binaries();
        let user = unprivileged_user();
        let folder = tempfile::Builder::new().prefix("kepu-pg-").tempdir().expect("a temporary folder can be made");
        if let Some(user) = &user {
            succeed(Command::new("chown").arg(user).arg(folder.path()));
        }
        let data = folder.path().join("data");
        let as_user = |program: &str| command(user.as_deref(), &bin.join(program));
        succeed(as_user("initdb").args(["--username=kepu", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"]).arg(&data));
        let careless = match durability {
            Durability::Careless => "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n",
            Durability::Durable => "",
        };
        let settings = format!(
            "listen_addresses = ''\nunix_socket_directories = '{}'\nmax_connections = 400\nshared_buffers = 64MB\nautovacuum = off\n{careless}",
            folder.path().display()
        );
        // The folder is another user's where we are root; root writes there all the same.
        std::fs::OpenOptions::new()
            .append(true)
            .open(data.join("postgresql.conf"))
            .and_then(|mut file| file.write_all(settings.as_bytes()))
            .expect("the cluster's settings can be written");
        let mut cluster = Self { data, bin, user, guard: None, _folder: folder };
        cluster.guard = Some(cluster.watch());
        cluster.resume();
        cluster
    }

    /// Starts the server, the first time or after it was killed.
    pub fn resume(&self) {
        let log = self.data.join("log");
        succeed(command(self.user.as_deref(), &self.bin.join("pg_ctl")).args(["start", "-s", "-w", "-t", "60", "-D"]).arg(&self.data).arg("-l").arg(log));
    }

    /// Stops the server at once, without a clean end, as a power cut would.
    pub fn kill(&self) {
        succeed(command(self.user.as_deref(), &self.bin.join("pg_ctl")).args(["stop", "-s", "-m", "immediate", "-D"]).arg(&self.data));
    }

    /// The URL of a database of this cluster.
    pub fn url(&self, database: &str) -> String {
        let folder = self.data.parent().expect("the data lie in a folder").to_string_lossy().replace('/', "%2F");
        format!("postgres://kepu@{folder}/{database}")
    }

    /// A process that outlives us by one command: it stops the cluster when our end of the pipe closes, however we end.
    fn watch(&self) -> (Child, ChildStdin) {
        let script = "read -r line; \"$1\" stop -s -m immediate -D \"$2\"; rm -rf \"$3\"";
        let mut guard = command(self.user.as_deref(), Path::new("sh"));
        guard.args(["-c", script, "guard"]).arg(self.bin.join("pg_ctl")).arg(&self.data).arg(self.data.parent().expect("the data lie in a folder"));
        // It must not keep the runner's output open, nor end with us at a Ctrl-C.
        let mut child = guard.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("sh runs");
        let pipe = child.stdin.take().expect("its input is piped");
        (child, pipe)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some((mut child, pipe)) = self.guard.take() {
            drop(pipe);
            drop(child.wait());
        }
    }
}

/// The server that this process's databases are made on: the URL of one of its databases.
pub fn server(database: &str) -> String {
    match std::env::var("TEST_DATABASE_URL") {
        Ok(url) if !url.is_empty() => with_database(&url, database),
        _ => OWN.get_or_init(|| Cluster::start(Durability::Careless)).url(database),
    }
}

static OWN: OnceLock<Cluster> = OnceLock::new();

/// What the server of this process has logged; nothing where it is another's.
pub fn log() -> Option<String> {
    OWN.get().map(|own| std::fs::read_to_string(own.data.join("log")).expect("the server's log can be read"))
}

/// The same server's URL with another database.
fn with_database(url: &str, database: &str) -> String {
    let (url, options) = url.split_once('?').map_or((url, String::new()), |(url, options)| (url, format!("?{options}")));
    let host = url.find("://").map_or(0, |at| at + 3);
    let end = url[host..].find('/').map_or(url.len(), |at| host + at);
    format!("{}/{database}{options}", &url[..end])
}

/// Where `initdb` and its kin lie: the newest of PATH and Debian's folders.
fn binaries() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    if let Some(found) = std::env::split_paths(&path).find(|folder| folder.join("initdb").is_file()) {
        return found;
    }
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").is_file())
        .collect();
    versions.sort();
    versions.pop().map(|(_, bin)| bin).unwrap_or_else(|| panic!("{MISSING}"))
}

/// PostgreSQL refuses to run as root: then another user's name, that of the package or `nobody`.
fn unprivileged_user() -> Option<String> {
    let id = |arguments: &[&str]| Command::new("id").args(arguments).output().ok().filter(|out| out.status.success());
    let own = id(&["-u"]).map(|out| String::from_utf8_lossy(&out.stdout).trim().to_owned())?;
    if own != "0" {
        return None;
    }
    let known = ["postgres", "nobody"].into_iter().find(|user| id(&["-u", user]).is_some());
    Some(known.unwrap_or_else(|| panic!("This runs as root, and PostgreSQL does not. Add a user named postgres, or run the suite as another user.")).to_owned())
}

/// A program, as that user where one is named, in a folder that everyone may enter.
fn command(user: Option<&str>, program: &Path) -> Command {
    let mut command = match user {
        None => Command::new(program),
        Some(user) => {
            let mut command = Command::new("runuser");
            command.args(["-u", user, "--"]).arg(program);
            command
        }
    };
    command.current_dir("/").env("LC_ALL", "C").stdin(Stdio::null());
    command
}

/// Runs a program to its end; what it said is the failure's text.
fn succeed(command: &mut Command) {
    // The server inherits what it is given: a pipe would stay open as long as it runs.
    let said = tempfile::NamedTempFile::new().expect("a temporary file can be made");
    let to = || Stdio::from(said.as_file().try_clone().expect("a file can be opened twice"));
    let status = command.stdout(to()).stderr(to()).status();
    let text = std::fs::read_to_string(said.path()).unwrap_or_default();
    match status {
        Ok(status) if status.success() => {}
        Ok(status) => panic!("{command:?} ended with {status}: {text}"),
        Err(error) => panic!("{command:?} cannot run: {error}"),
    }
}

/// What a program printed, or nothing where it failed.
pub fn output(command: &mut Command) -> Option<String> {
    let Output { status, stdout, .. } = command.stdin(Stdio::null()).output().ok()?;
    status.success().then(|| String::from_utf8_lossy(&stdout).into_owned())
}
