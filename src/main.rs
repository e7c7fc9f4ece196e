//! Parses the command and calls the library.

use std::process::ExitCode;

/// The system's allocator takes memory back from another thread slowly, and each order that is read is given up where its answer
/// was written: that took a tenth of a page's time.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    kepu::cli::run()
}
