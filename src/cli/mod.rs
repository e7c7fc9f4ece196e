//! The commands. What goes wrong is told in one sentence on standard error, with exit code 1; wrong usage has 2.

mod demo_accounts;
mod log;
mod user;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::app::App;
use crate::config::Config;
use crate::server::{self, Serve, say, sentence};
use crate::{backup, db, ledger, openapi, seed};

/// 科普: a county's science popularization, from a resident's order to hours that count.
#[derive(Debug, Parser)]
#[command(name = "kepu", version, about, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: ServeArgs,
}

#[derive(Debug, Clone, Copy, Default, clap::Args)]
struct ServeArgs {
    /// People for every role and orders in every state, in a database of its own
    #[arg(long)]
    demo: bool,
    /// Let the demo listen on other addresses than this machine's own
    #[arg(long, requires = "demo")]
    listen_anywhere: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the product (also without a command)
    Serve(ServeArgs),
    /// Bring the database to this version
    Migrate,
    /// Load the county's data, or a folder's, through the deeds; what is there already stays
    Seed { folder: Option<PathBuf> },
    /// Make people, give and end grants, reset passwords
    #[command(subcommand)]
    User(user::User),
    /// Print the demo's sign-ins as JSON
    DemoAccounts,
    /// Copy the whole database into a new file, while it is in use
    Backup { file: PathBuf },
    /// Bring a backup back, into an empty place
    Restore { file: PathBuf },
    /// Read the ledger of service records, and name what was changed, removed, inserted or reordered
    VerifyLedger {
        /// A head of it that was kept elsewhere, as GET /api/v1/ledger/head gave it: finds out, too, whether the end was cut or written anew
        #[arg(long)]
        anchor: Option<PathBuf>,
    },
    /// Print the API's OpenAPI document
    Openapi,
    /// Print every setting with its origin, secrets masked
    Config,
}

/// Runs the command of the process's arguments.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match obey(cli.command.unwrap_or(Command::Serve(cli.serve))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            drop(writeln!(std::io::stderr(), "kepu: {sentence}"));
            ExitCode::FAILURE
        }
    }
}

fn obey(command: Command) -> Result<(), String> {
    match command {
        Command::Openapi => {
            say(openapi::json().trim_end());
            return Ok(());
        }
        Command::DemoAccounts => {
            say(&demo_accounts::json()?);
            return Ok(());
        }
        _ => {}
    }
    let config = Config::load()?;
    log::start(&config);
    match command {
        Command::Serve(ServeArgs { demo, listen_anywhere }) => server::serve(config, Serve { demo, listen_anywhere }),
        Command::Migrate => migrate(&config),
        Command::Backup { file } => {
            backup::backup(&config.database, &file).map_err(sentence)?;
            say(&format!("The database was copied to {}. It holds personal data, and no secret: keep the secret too, but apart.", file.display()));
            Ok(())
        }
        Command::Restore { file } => {
            backup::restore(&config.database, &file).map_err(sentence)?;
            say(&format!("{} was restored. Start with the secret that it was made under.", file.display()));
            Ok(())
        }
        Command::Seed { folder } => {
            let app = opened(config)?;
            let loaded = match folder {
                Some(folder) => seed::load_folder(&app.pool, &folder, app.clock.now()),
                None => seed::load(&app.pool, app.clock.now()),
            };
            say(loaded.map_err(sentence)?.to_string().trim_end());
            Ok(())
        }
        Command::VerifyLedger { anchor } => {
            let app = opened(config)?;
            verify_ledger(&app, anchor)
        }
        Command::User(user) => {
            let app = opened(config)?;
            say(&user::obey(&app, user)?);
            Ok(())
        }
        Command::Openapi | Command::DemoAccounts => Ok(()),
        Command::Config => {
            say(config.describe().trim_end());
            Ok(())
        }
    }
}

/// An instance that serves nobody: for a command that works on its data.
fn opened(config: Config) -> Result<App, String> {
    let (app, said) = server::open(config)?;
    said.iter().for_each(|line| say(line));
    Ok(app)
}

/// Says what was found; what is wrong is a failure.
fn verify_ledger(app: &App, anchor: Option<PathBuf>) -> Result<(), String> {
    let read = |path: PathBuf| -> Result<ledger::Anchor, String> {
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}. Give a file that can be read.", path.display()))?;
        serde_json::from_str(&text)
            .map_err(|error| format!("{} is no head of the ledger: {error}. Give one as GET /api/v1/ledger/head answered it.", path.display()))
    };
    let anchor = anchor.map(read).transpose()?;
    let now = app.clock.now();
    let verdict = app.pool.read_now(|db| ledger::verify(db, &app.secrets, now, anchor.as_ref())).map_err(sentence)?;
    say(&verdict.to_string());
    if verdict.holds() { Ok(()) } else { Err("The ledger does not hold: see above.".to_owned()) }
}

fn migrate(config: &Config) -> Result<(), String> {
    server::folders(config)?;
    let said = server::told(&db::migrate(&config.database).map_err(sentence)?);
    if said.is_empty() {
        say("The database is at this version already.");
    }
    said.iter().for_each(|line| say(line));
    Ok(())
}
