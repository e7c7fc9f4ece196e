//! The table: medians, and each against what it is measured by.

use std::fmt::Write;
use std::time::Duration;

use kepu::db::Engine;

use crate::fill::ORDERS;
use crate::load::{CONNECTIONS, Measured};

/// One measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    ListFloor,
    List,
    ListInside,
    ListBench,
    OneFloor,
    One,
    OneInside,
    OneBench,
    SlotsFloor,
    Slots,
    SlotsInside,
    WeekFloor,
    Week,
    WeekInside,
    Move,
    MovesAlone,
    MovesTogether,
    MoveBench,
}

impl What {
    /// In the order of each run, so that what is compared stands side by side.
    pub const ALL: [Self; 18] = [
        Self::ListFloor,
        Self::List,
        Self::ListInside,
        Self::ListBench,
        Self::OneFloor,
        Self::One,
        Self::OneInside,
        Self::OneBench,
        Self::SlotsFloor,
        Self::Slots,
        Self::SlotsInside,
        Self::WeekFloor,
        Self::Week,
        Self::WeekInside,
        Self::Move,
        Self::MovesAlone,
        Self::MovesTogether,
        Self::MoveBench,
    ];

    /// For `BENCH_ONLY`.
    pub fn name(self) -> &'static str {
        match self {
            Self::ListFloor => "list-floor",
            Self::List => "list",
            Self::ListInside => "list-inside",
            Self::ListBench => "list-pgbench",
            Self::OneFloor => "one-floor",
            Self::One => "one",
            Self::OneInside => "one-inside",
            Self::OneBench => "one-pgbench",
            Self::SlotsFloor => "slots-floor",
            Self::Slots => "slots",
            Self::SlotsInside => "slots-inside",
            Self::WeekFloor => "week-floor",
            Self::Week => "week",
            Self::WeekInside => "week-inside",
            Self::Move => "move",
            Self::MovesAlone => "moves-alone",
            Self::MovesTogether => "moves-together",
            Self::MoveBench => "move-pgbench",
        }
    }

    /// The engine that alone has it.
    pub fn only_on(self) -> Option<Engine> {
        matches!(self, Self::ListBench | Self::OneBench | Self::MoveBench).then_some(Engine::Postgres)
    }

    fn title(self) -> &'static str {
        match self {
            Self::ListFloor => "(a) the list's bytes, constant",
            Self::List => "**list of 20, filtered**",
            Self::ListInside => "(b) the list in process, a reader a core",
            Self::OneFloor => "(a) an order's bytes, constant",
            Self::One => "**one order**",
            Self::OneInside => "(b) one order in process, a reader a core",
            Self::SlotsFloor => "(a) the free times' bytes, constant",
            Self::Slots => "**free times among 200 venues, 100 teams, 20,000 bookings**",
            Self::SlotsInside => "(b) free times in process, a reader a core",
            Self::WeekFloor => "(a) the week's bytes, constant",
            Self::Week => "**a week with 500 sessions**",
            Self::WeekInside => "(b) the week in process, a reader a core",
            Self::Move => "**one move**",
            Self::MovesAlone => "(c) one thread, a COMMIT each",
            Self::MovesTogether => "(c) one thread, a COMMIT for 32",
            Self::ListBench => "(d) the list's statements by pgbench, 16 clients, mean for p50",
            Self::OneBench => "(d) one order's statements by pgbench",
            Self::MoveBench => "(c) the move's statements by pgbench",
        }
    }

    /// What the product's own figure is held against, and the least share that is expected.
    fn against(self, engine: Engine) -> &'static [(Self, f64)] {
        match (self, engine) {
            // pgbench sends these statements and throws the rows away: no program that asks them is faster on this machine.
            (Self::List, Engine::Postgres) => &[(Self::ListFloor, 1.0 / 8.0), (Self::ListInside, 0.5), (Self::ListBench, 0.5)],
            (Self::One, Engine::Postgres) => &[(Self::OneFloor, 0.2), (Self::OneInside, 0.5), (Self::OneBench, 0.5)],
            (Self::List, _) => &[(Self::ListFloor, 1.0 / 8.0), (Self::ListInside, 0.5)],
            (Self::One, _) => &[(Self::OneFloor, 0.2), (Self::OneInside, 0.5)],
            (Self::Slots, _) => &[(Self::SlotsInside, 0.5)],
            (Self::Week, _) => &[(Self::WeekInside, 0.5)],
            (Self::Move, Engine::Sqlite) => &[(Self::MovesAlone, 2.0), (Self::MovesTogether, 0.5)],
            (Self::Move, Engine::Postgres) => &[(Self::MovesAlone, 2.0), (Self::MoveBench, 0.5)],
            _ => &[],
        }
    }
}

/// All runs on one engine.
pub struct Report {
    engine: Engine,
    runs: Vec<(What, Measured)>,
}

impl Report {
    pub fn new(engine: Engine) -> Self {
        Self { engine, runs: Vec::new() }
    }

    pub fn add(&mut self, what: What, measured: Measured) {
        kepu::server::say(&format!(
            "  {:<15} {:>9.0}/s  p50 {:>8}  p99 {:>8}  errors {}",
            what.name(),
            measured.rate,
            ms(measured.p50),
            ms(measured.p99),
            measured.errors
        ));
        self.runs.push((what, measured));
    }

    fn median(&self, what: What) -> Option<Measured> {
        let of: Vec<&Measured> = self.runs.iter().filter(|(one, _)| *one == what).map(|(_, measured)| measured).collect();
        let errors = of.iter().map(|one| one.errors).sum();
        Some(Measured {
            rate: middle(of.iter().map(|one| one.rate).collect())?,
            p50: middle(of.iter().map(|one| one.p50).collect())?,
            p99: middle(of.iter().map(|one| one.p99).collect())?,
            errors,
        })
    }

    /// The engine's table, and the ratios below it.
    pub fn table(&self) -> String {
        let mut out = format!("\n### {}\n\n| | a second | p50 | p99 | errors |\n|---|---:|---:|---:|---:|\n", self.engine.as_str());
        let mut ratios = String::from("\n| | measured | expected | |\n|---|---:|---:|---|\n");
        for what in What::ALL {
            let Some(measured) = self.median(what) else { continue };
            let Measured { rate, p50, p99, errors } = measured;
            writeln!(out, "| {} | {rate:.0} | {} | {} | {errors} |", what.title(), ms(p50), ms(p99)).ok();
            for (other, least) in what.against(self.engine) {
                let Some(other_rate) = self.median(*other).map(|other| other.rate) else { continue };
                let ratio = rate / other_rate;
                let holds = if ratio >= *least { "holds" } else { "missed" };
                writeln!(ratios, "| {} / {} | {ratio:.2} | {least:.3} | {holds} |", what.title(), other.title()).ok();
            }
        }
        out + &ratios
    }
}

fn middle<T: PartialOrd + Copy>(mut of: Vec<T>) -> Option<T> {
    of.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    of.get(of.len() / 2).copied()
}

fn ms(time: Duration) -> String {
    if time.is_zero() { "–".to_owned() } else { format!("{:.2} ms", time.as_secs_f64() * 1000.0) }
}

/// What was measured on what.
pub fn head(seconds: u64, runs: u64) -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib: u64 = memory.lines().find_map(|line| line.strip_prefix("MemTotal:")?.split_whitespace().next()?.parse().ok()).unwrap_or(0);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("?");
    let build = if cfg!(debug_assertions) { "a debug build: these figures mean nothing" } else { "the release build" };
    format!(
        "Measured by `make bench`: {build}, {ORDERS} orders, {CONNECTIONS} keep-alive connections with a real token, medians of {runs} alternating runs of \
         {seconds} s after {} s of warming up. {cores} cores, {:.0} GiB; server, database and the asking thread share them; the load before the start was {load}. \
         The background worker does not run; the log stands at `warn`. PostgreSQL is local, over a socket, with 256 MB of buffers; both engines are durable.\n",
        seconds / 5,
        kib as f64 / 1_048_576.0,
    )
}
