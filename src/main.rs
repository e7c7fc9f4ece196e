//! Parses the command and calls the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    kepu::cli::run()
}
