//! Settings from the environment or from `kepu.toml`, each with its origin. An unknown setting is an error, so that a typing
//! mistake is not a silent default.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::db::Place;

/// Every setting: its name, its default, what it means, and whether its value is shown.
pub const SETTINGS: &[Setting] = &[
    Setting { name: "DATABASE_URL", default: "sqlite://data/kepu.db", about: "sqlite://FILE or postgres://…", secret: true },
    Setting { name: "KEPU_LISTEN", default: "127.0.0.1:8080", about: "address and port to serve on", secret: false },
    Setting { name: "KEPU_DATA_DIR", default: "data", about: "folder for the secret and the first password", secret: false },
    Setting { name: "KEPU_PUBLIC_URL", default: "", about: "the address people open, for links and cookies; empty: http://KEPU_LISTEN", secret: false },
    Setting { name: "KEPU_SECRET", default: "", about: "the instance's secret, 32 characters or more; empty on SQLite: made at first start", secret: true },
    Setting { name: "KEPU_SECRET_PREVIOUS", default: "", about: "the secret before, kept valid for a day after a change", secret: true },
    Setting { name: "KEPU_TLS_CERT", default: "", about: "certificate chain (PEM) to serve TLS with", secret: false },
    Setting { name: "KEPU_TLS_KEY", default: "", about: "private key (PEM) to serve TLS with", secret: false },
    Setting { name: "KEPU_TRUSTED_PROXIES", default: "", about: "addresses of proxies whose X-Forwarded-For is believed, by comma", secret: false },
    Setting { name: "KEPU_WORKERS", default: "0", about: "threads that serve requests; 0: one a core", secret: false },
    Setting { name: "KEPU_CONNECTIONS", default: "0", about: "database connections; 0: 4 on SQLite, 16 on PostgreSQL", secret: false },
    Setting { name: "KEPU_ARGON2_MEMORY_KIB", default: "19456", about: "memory of one password hash; 19456 is OWASP's minimum", secret: false },
    Setting { name: "KEPU_ARGON2_PASSES", default: "2", about: "passes of one password hash; 2 is OWASP's minimum", secret: false },
    Setting { name: "KEPU_ACCESS_MINUTES", default: "10", about: "life of an access token", secret: false },
    Setting { name: "KEPU_IDLE_MINUTES_STAFF", default: "30", about: "idle time after which staff are signed out (等保: 15 to 30)", secret: false },
    Setting { name: "KEPU_IDLE_DAYS", default: "30", about: "idle time after which anyone else is signed out", secret: false },
    Setting { name: "KEPU_LOG", default: "info", about: "error, warn, info or debug", secret: false },
    Setting { name: "KEPU_LOG_FORMAT", default: "text", about: "text or json", secret: false },
];

/// A setting that exists.
pub struct Setting {
    pub name: &'static str,
    pub default: &'static str,
    pub about: &'static str,
    /// Masked when shown.
    pub secret: bool,
}

/// Where a value came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Default,
    File,
    Environment,
}

impl Origin {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::File => "kepu.toml",
            Self::Environment => "environment",
        }
    }
}

/// What an instance runs with.
#[derive(Debug, Clone)]
pub struct Config {
    pub database: Place,
    pub listen: std::net::SocketAddr,
    pub data_dir: PathBuf,
    pub public_url: String,
    pub secret: Option<String>,
    pub previous_secret: Option<String>,
    pub tls: Option<(PathBuf, PathBuf)>,
    pub trusted_proxies: Vec<std::net::IpAddr>,
    pub workers: usize,
    pub connections: u32,
    pub argon2_memory_kib: u32,
    pub argon2_passes: u32,
    pub access_minutes: i64,
    pub idle_minutes_staff: i64,
    pub idle_days: i64,
    pub log: String,
    pub log_json: bool,
    /// Each setting's value and origin, for `kepu config`.
    pub origins: BTreeMap<&'static str, (String, Origin)>,
}

impl Config {
    /// Reads the environment and, in the working folder, `kepu.toml`.
    ///
    /// # Errors
    /// One sentence that names the setting and says what to give.
    pub fn load() -> Result<Self, String> {
        let environment = std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?))).collect();
        Self::from_sources(&environment, Path::new("kepu.toml"))
    }

    /// Reads the given environment and file: for tests.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn from_sources(environment: &BTreeMap<String, String>, file: &Path) -> Result<Self, String> {
        let from_file = read_file(file)?;
        let known = |name: &str| SETTINGS.iter().any(|setting| setting.name == name);
        if let Some(name) = environment.keys().find(|name| name.starts_with("KEPU_") && !known(name)) {
            return Err(format!("There is no setting {name}. `kepu config` lists them all."));
        }
        if let Some(name) = from_file.keys().find(|name| !known(name)) {
            return Err(format!("{}: there is no setting {name}. `kepu config` lists them all.", file.display()));
        }
        let mut origins = BTreeMap::new();
        for setting in SETTINGS {
            let found = match (environment.get(setting.name), from_file.get(setting.name)) {
                (Some(value), _) => (value.clone(), Origin::Environment),
                (None, Some(value)) => (value.clone(), Origin::File),
                (None, None) => (setting.default.to_owned(), Origin::Default),
            };
            origins.insert(setting.name, found);
        }
        Self::build(origins)
    }

    fn build(origins: BTreeMap<&'static str, (String, Origin)>) -> Result<Self, String> {
        let text = |name: &str| origins.get(name).map(|(value, _)| value.trim().to_owned()).unwrap_or_default();
        let optional = |name: &str| Some(text(name)).filter(|value| !value.is_empty());
        let number = |name: &str, low: i64, high: i64| -> Result<i64, String> {
            let value = text(name);
            value
                .parse()
                .ok()
                .filter(|n| (low..=high).contains(n))
                .ok_or_else(|| format!("{name} is {value:?}; it must be a whole number from {low} to {high}."))
        };
        let database = Place::parse(&text("DATABASE_URL"))?;
        let listen: std::net::SocketAddr = text("KEPU_LISTEN")
            .parse()
            .map_err(|_| format!("KEPU_LISTEN is {:?}; it must be an address and a port, such as 127.0.0.1:8080.", text("KEPU_LISTEN")))?;
        let tls = match (optional("KEPU_TLS_CERT"), optional("KEPU_TLS_KEY")) {
            (Some(cert), Some(key)) => Some((cert.into(), key.into())),
            (None, None) => None,
            _ => return Err("KEPU_TLS_CERT and KEPU_TLS_KEY are given together or not at all.".to_owned()),
        };
        let secret = optional("KEPU_SECRET");
        if secret.as_ref().is_some_and(|secret| secret.len() < 32) {
            return Err("KEPU_SECRET is too short; give 32 characters or more, for example from `openssl rand -base64 32`.".to_owned());
        }
        let mut trusted_proxies = Vec::new();
        for proxy in text("KEPU_TRUSTED_PROXIES").split(',').map(str::trim).filter(|proxy| !proxy.is_empty()) {
            trusted_proxies.push(proxy.parse().map_err(|_| format!("KEPU_TRUSTED_PROXIES names {proxy:?}, which is no address."))?);
        }
        let log = text("KEPU_LOG");
        if !["error", "warn", "info", "debug"].contains(&log.as_str()) {
            return Err(format!("KEPU_LOG is {log:?}; it must be error, warn, info or debug."));
        }
        let format = text("KEPU_LOG_FORMAT");
        if !["text", "json"].contains(&format.as_str()) {
            return Err(format!("KEPU_LOG_FORMAT is {format:?}; it must be text or json."));
        }
        let default_connections = match &database {
            Place::Sqlite(_) => 4,
            Place::Postgres(_) => 16,
        };
        let connections = match number("KEPU_CONNECTIONS", 0, 500)? {
            0 => default_connections,
            n => u32::try_from(n).unwrap_or(default_connections),
        };
        let small = |name: &str, low: i64, high: i64| number(name, low, high).map(|n| u32::try_from(n).unwrap_or(u32::MAX));
        let public_url = optional("KEPU_PUBLIC_URL").unwrap_or_else(|| format!("{}://{listen}", if tls.is_some() { "https" } else { "http" }));
        Ok(Self {
            database,
            listen,
            data_dir: text("KEPU_DATA_DIR").into(),
            public_url: public_url.trim_end_matches('/').to_owned(),
            secret,
            previous_secret: optional("KEPU_SECRET_PREVIOUS"),
            tls,
            trusted_proxies,
            workers: usize::try_from(number("KEPU_WORKERS", 0, 256)?).unwrap_or(0),
            connections,
            // OWASP's minimum for argon2id: 19 MiB and 2 passes.
            argon2_memory_kib: small("KEPU_ARGON2_MEMORY_KIB", 19_456, 4_194_304)?,
            argon2_passes: small("KEPU_ARGON2_PASSES", 2, 100)?,
            access_minutes: number("KEPU_ACCESS_MINUTES", 1, 60)?,
            idle_minutes_staff: number("KEPU_IDLE_MINUTES_STAFF", 5, 1440)?,
            idle_days: number("KEPU_IDLE_DAYS", 1, 365)?,
            log,
            log_json: format == "json",
            origins,
        })
    }

    /// Every setting with its value and origin, secrets masked, a line each.
    pub fn describe(&self) -> String {
        let mut out = String::new();
        for setting in SETTINGS {
            let Some((value, origin)) = self.origins.get(setting.name) else { continue };
            let shown = match (setting.secret, value.as_str()) {
                (_, "") => "(empty)".to_owned(),
                (true, value) if value.starts_with("sqlite://") => value.to_owned(),
                (true, _) => "(masked)".to_owned(),
                (false, value) => value.to_owned(),
            };
            out.push_str(&format!("{:<26} {:<30} {:<12} {}\n", setting.name, shown, origin.as_str(), setting.about));
        }
        out
    }
}

fn read_file(path: &Path) -> Result<BTreeMap<String, String>, String> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(format!("{} cannot be read: {error}.", path.display())),
    };
    let table: toml::Table = text.parse().map_err(|error| format!("{}: {error}", path.display()))?;
    let mut values = BTreeMap::new();
    for (name, value) in table {
        let text = match value {
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            _ => return Err(format!("{}: {name} must be a text or a number.", path.display())),
        };
        values.insert(name, text);
    }
    Ok(values)
}
