//! Starting and stopping an instance.

mod start;
mod store;

use std::io::Write;
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::time::Duration;

use actix_web::HttpServer;
use actix_web::http::KeepAlive;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod};

pub use start::{folders, open, sentence, told};

use crate::actor::Role;
use crate::app::App;
use crate::config::{Config, Origin};
use crate::db::Place;
use crate::demo;
use crate::web::{self, Shared};
use crate::worker;

/// How an instance is to be started.
#[derive(Debug, Clone, Copy, Default)]
pub struct Serve {
    /// With people for every role and orders in every state, in a database of its own.
    pub demo: bool,
    /// The demo's passwords are known to all: it listens on this machine alone, unless told otherwise.
    pub listen_anywhere: bool,
}

/// Tells whoever started the command; a reader that went away is no failure.
pub fn say(line: &str) {
    drop(writeln!(std::io::stdout(), "{line}"));
}

/// Serves until it is told to stop; then answers what it has begun, and lets the writer finish.
///
/// # Errors
/// One sentence that says what to do.
pub fn serve(config: Config, how: Serve) -> Result<(), String> {
    let config = if how.demo { for_demo(config, how.listen_anywhere)? } else { config };
    let new = how.demo && start::fit_for_demo(&config)?;
    let (app, said) = open(config)?;
    for line in said {
        say(&line);
    }
    if new {
        start::claim_for_demo(&app.pool).map_err(sentence)?;
    }
    for line in start::prepare(&app, how.demo)? {
        say(&line);
    }
    log_panics_without_words();
    actix_web::rt::System::new().block_on(run(app, how.demo))
}

/// The demo's own database, unless one was named.
fn for_demo(mut config: Config, listen_anywhere: bool) -> Result<Config, String> {
    let named = config.origins.get("DATABASE_URL").is_some_and(|(_, origin)| *origin != Origin::Default);
    if !named {
        config.database = Place::parse(&format!("sqlite://{}", config.data_dir.join("demo.db").display()))?;
    }
    if !config.listen.ip().is_loopback() && !listen_anywhere {
        return Err(format!("The demo's passwords are known to all, so it does not listen on {}. Say --listen-anywhere if that is meant.", config.listen));
    }
    Ok(config)
}

async fn run(app: App, demo: bool) -> Result<(), String> {
    let config = app.config.clone();
    let pool = app.pool.clone();
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let worker = tokio::spawn(worker::run(app.clone(), stopped));
    let shared = Shared::from(app);
    let workers = NonZeroUsize::new(config.workers).or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let server = HttpServer::new(move || web::app(shared.clone()))
        .workers(workers)
        .keep_alive(KeepAlive::Timeout(Duration::from_secs(75)))
        .client_request_timeout(Duration::from_secs(10))
        .client_disconnect_timeout(Duration::from_secs(5))
        .shutdown_timeout(15);
    let bound = match tls(&config)? {
        Some(acceptor) => server.bind_openssl(config.listen, acceptor),
        None => server.bind(config.listen),
    };
    let server = bound.map_err(|error| not_bound(config.listen, &error))?.run();
    say(&format!("kepu serves at {}", config.public_url));
    say(&format!("The API's guide is at {}/api/docs/. Stop with Ctrl-C.", config.public_url));
    if demo {
        sign_ins().iter().for_each(|line| say(line));
    }
    let ended = server.await.map_err(|error| format!("The server stopped: {error}."));
    // The worker ends its round first; its last deeds are among those waited for below.
    stop.send_replace(true);
    drop(worker.await);
    // What entered the writer's queue before this is durable once this is.
    if tokio::time::timeout(Duration::from_secs(15), pool.write(|_| Ok(()))).await.is_err() {
        return Err("The writer did not finish within 15 seconds; nothing that was acknowledged is lost.".to_owned());
    }
    ended
}

/// The demo's sign-ins as a table.
fn sign_ins() -> Vec<String> {
    let mut lines = vec![String::new(), format!("Everybody's password is {}. Sign in as:", demo::PASSWORD)];
    for account in demo::ACCOUNTS {
        let role = account.role.map_or("resident", Role::as_str);
        let place = account.organisation.or(account.division).unwrap_or("-");
        lines.push(format!("  {:<28} {role:<22} {}  {place}", account.login, account.name));
    }
    lines
}

fn not_bound(listen: SocketAddr, error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            format!(
                "Port {} on {} is taken. Stop what uses it, or set KEPU_LISTEN to another, such as {}:{}.",
                listen.port(),
                listen.ip(),
                listen.ip(),
                listen.port().saturating_add(1)
            )
        }
        std::io::ErrorKind::PermissionDenied => format!("This user may not open port {}. Set KEPU_LISTEN to a port from 1024 on.", listen.port()),
        std::io::ErrorKind::AddrNotAvailable => {
            format!("This machine has no address {}. Set KEPU_LISTEN to one it has, or to 0.0.0.0:{}.", listen.ip(), listen.port())
        }
        _ => format!("{listen} cannot be listened on ({error}). Set KEPU_LISTEN to another address."),
    }
}

/// TLS as Mozilla's intermediate recommendation (v5) has it.
fn tls(config: &Config) -> Result<Option<SslAcceptorBuilder>, String> {
    let Some((cert, key)) = &config.tls else { return Ok(None) };
    let unusable = |setting: &str, path: &std::path::Path| {
        format!("{setting}: {} cannot be used. Give a readable PEM file; key and certificate must belong together.", path.display())
    };
    let mut acceptor = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls()).map_err(|error| format!("TLS cannot be set up: {error}."))?;
    acceptor.set_certificate_chain_file(cert).map_err(|_| unusable("KEPU_TLS_CERT", cert))?;
    acceptor.set_private_key_file(key, SslFiletype::PEM).map_err(|_| unusable("KEPU_TLS_KEY", key))?;
    acceptor.check_private_key().map_err(|_| unusable("KEPU_TLS_KEY", key))?;
    Ok(Some(acceptor))
}

/// A panic's message may quote what a person wrote: the log gets the place alone.
fn log_panics_without_words() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a panic");
    }));
}
