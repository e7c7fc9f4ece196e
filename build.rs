//! Builds the web interface into the binary, so that one command serves the whole product.
//!
//! `KEPU_FRONTEND` takes a folder that was built before (no Node needed), or `none`: the API alone.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs, io};

const SOURCES: &[&str] = &["src", "public", "index.html", "package.json", "package-lock.json", "vite.config.ts", "compress.ts", "tsconfig.json"];

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=KEPU_FRONTEND");
    let (Some(root), Some(out)) = (env::var_os("CARGO_MANIFEST_DIR"), env::var_os("OUT_DIR")) else {
        eprintln!("build.rs is run by cargo.");
        return ExitCode::FAILURE;
    };
    let (frontend, out) = (PathBuf::from(root).join("frontend"), PathBuf::from(out).join("frontend"));
    let done = match env::var("KEPU_FRONTEND").unwrap_or_default().as_str() {
        "" => built(&frontend, &out),
        "none" => empty(&out).map_err(|error| error.to_string()),
        folder => copied(Path::new(folder), &out),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("\n{why}\n");
            ExitCode::FAILURE
        }
    }
}

fn empty(out: &Path) -> io::Result<()> {
    if out.exists() {
        fs::remove_dir_all(out)?;
    }
    fs::create_dir_all(out)
}

fn copied(from: &Path, out: &Path) -> Result<(), String> {
    println!("cargo::rerun-if-changed={}", from.display());
    if !from.join("index.html").is_file() {
        return Err(format!(
            "KEPU_FRONTEND 指向 {0},那里没有 index.html。请先运行 npm run build。\nKEPU_FRONTEND names {0}, which holds no index.html. Run npm run build first.",
            from.display()
        ));
    }
    empty(out).and_then(|()| copy_all(from, out)).map_err(|error| error.to_string())
}

fn copy_all(from: &Path, out: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = out.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir_all(&to)?;
            copy_all(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

fn built(frontend: &Path, out: &Path) -> Result<(), String> {
    for source in SOURCES {
        println!("cargo::rerun-if-changed={}", frontend.join(source).display());
    }
    installed(frontend)?;
    let mut build = npm(frontend);
    build.args(["run", "--silent", "build"]).env("KEPU_FRONTEND_OUT", out);
    told(build, "网页没有编译成功。\nThe web interface could not be built.")
}

/// The packages of the lock file, installed once for each lock file.
fn installed(frontend: &Path) -> Result<(), String> {
    let lock = fs::read(frontend.join("package-lock.json")).map_err(|error| format!("frontend/package-lock.json: {error}"))?;
    let mark = frontend.join("node_modules/.kepu-lock");
    if fs::read(&mark).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let mut install = npm(frontend);
    install.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    told(install, "网页需要的软件包没有装上,请检查网络后再试。\nThe packages of the web interface could not be installed; check the network and try again.")?;
    fs::write(mark, lock).map_err(|error| error.to_string())
}

fn npm(frontend: &Path) -> Command {
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(frontend);
    npm
}

/// Runs a step and tells what it printed where it failed.
fn told(mut step: Command, failed: &str) -> Result<(), String> {
    let done = step.output().map_err(|error| {
        format!(
            "编译网页需要 Node 20.19 或更新的版本({error})。装好再试,或者设 KEPU_FRONTEND=none,只编译接口。\n\
             Building the web interface needs Node 20.19 or later ({error}). Install it and try again, or set KEPU_FRONTEND=none for the API alone."
        )
    })?;
    if done.status.success() {
        return Ok(());
    }
    Err(format!("{failed}\n{}\n{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr)))
}
