//! Twenty times the plug is pulled under load; what was answered by then is there.

use std::process::Stdio;
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use kepu::db::Engine;

use super::ledger;
use super::load::{Answered, Client, End, Stage};
use crate::start::running::Serving;
use crate::support::cluster::{Cluster, Durability};
use crate::support::database::{Database, engine};

const ROUNDS: usize = 20;
/// So many changes are answered in a round before the plug is pulled.
const CHANGES: usize = 200;
/// How many clients there are.
const CLIENTS: usize = 8;
/// A change that takes longer is an instance that hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// A line for each of thousands of requests tells nothing.
fn serve(stage: &Stage) -> Serving {
    let mut command = stage.home.kepu(&["serve"]);
    command.env("KEPU_LOG", "error");
    Serving::start(command, Stdio::inherit())
}

/// Lets the clients loose, each on a thread of its own.
fn loose(clients: Vec<Client>, stage: &Stage) -> Vec<JoinHandle<(Client, End)>> {
    let address = stage.home.address();
    let run = |mut client: Client| {
        std::thread::spawn(move || {
            let end = client.run(address, usize::MAX);
            (client, end)
        })
    };
    clients.into_iter().map(run).collect()
}

/// Waits until so many changes are answered.
fn wait(answers: &Receiver<Answered>, ledger: &mut Vec<Answered>) {
    for _ in 0..CHANGES {
        ledger.push(answers.recv_timeout(PATIENCE).expect("an answer"));
    }
}

fn join(running: Vec<JoinHandle<(Client, End)>>) -> (Vec<Client>, Vec<End>) {
    running.into_iter().map(|client| client.join().expect("no change was refused")).unzip()
}

/// What all rounds come to.
#[derive(Default)]
struct Tally {
    /// How many changes were under way when the plug was pulled.
    cut_off: usize,
    /// How many of them had happened all the same.
    done_unheard: usize,
}

impl Tally {
    /// After a round: what was answered is there, what was not is there as a whole or not at all; sent again it is answered and
    /// made once.
    fn settle(&mut self, stage: &Stage, clients: &mut [Client], answers: &Receiver<Answered>, ledger: &mut Vec<Answered>) {
        ledger.extend(answers.try_iter());
        let db = &mut stage.home.database.db_connect();
        ledger::holds(db, ledger);
        ledger::is_whole(&stage.home.database);
        self.cut_off += clients.iter().filter(|client| client.lost_an_answer()).count();
        self.done_unheard += ledger::changes(db) - ledger.len();
        for client in clients {
            assert_eq!(client.settle(stage.home.address()), End::Done, "what was cut off is answered when it is sent again");
        }
        ledger.extend(answers.try_iter());
        assert_eq!(ledger::changes(db), ledger.len(), "every change was made once");
        ledger::is_whole(&stage.home.database);
    }

    fn tell(&self, what: &str, changes: usize, begun: Instant) {
        let Self { cut_off, done_unheard } = self;
        let seconds = begun.elapsed().as_secs_f32();
        eprintln!("{what}: {ROUNDS} rounds, {changes} changes answered, {cut_off} cut off, {done_unheard} of them made, {seconds:.1} s");
    }
}

#[actix_web::test]
async fn an_instance_that_is_killed_under_load_has_kept_every_change_that_it_answered_and_no_half_of_another() {
    let begun = Instant::now();
    let stage = Stage::set(Database::county(), CLIENTS).await;
    let mut serving = serve(&stage);
    let (tell, answers) = channel();
    let mut clients = stage.clients(&tell);
    let (mut ledger, mut tally) = (Vec::new(), Tally::default());
    for _ in 0..ROUNDS {
        let running = loose(clients, &stage);
        wait(&answers, &mut ledger);
        serving.kill();
        let ends;
        (clients, ends) = join(running);
        assert_eq!(ends, [End::Gone; CLIENTS], "an instance that is killed says nothing more");
        serving = serve(&stage);
        tally.settle(&stage, &mut clients, &answers, &mut ledger);
    }
    assert!(tally.cut_off > 0, "the instance was killed at rest");
    tally.tell("SIGKILL of the instance", ledger.len(), begun);
}

#[actix_web::test]
async fn a_server_that_is_stopped_at_once_under_load_has_kept_every_change_that_was_answered_and_the_instance_finds_it_again() {
    if engine() == Engine::Sqlite {
        return;
    }
    let begun = Instant::now();
    let cluster = Cluster::start(Durability::Durable);
    let stage = Stage::set(Database::county_on(&cluster), CLIENTS).await;
    // What it complains of while the server is away is no news.
    let serving = Serving::start(stage.home.kepu(&["serve"]), Stdio::null());
    let (tell, answers) = channel();
    let mut clients = stage.clients(&tell);
    let (mut ledger, mut tally) = (Vec::new(), Tally::default());
    for _ in 0..ROUNDS {
        let running = loose(clients, &stage);
        wait(&answers, &mut ledger);
        assert!(running.iter().all(|client| !client.is_finished()), "a client was failed before the server was stopped");
        cluster.kill();
        stage.halt(true);
        cluster.resume();
        let ends;
        (clients, ends) = join(running);
        assert!(ends.iter().all(|end| matches!(end, End::Done | End::Unavailable(500 | 503))), "the instance lives on and says so: {ends:?}");
        stage.halt(false);
        tally.settle(&stage, &mut clients, &answers, &mut ledger);
    }
    assert!(tally.cut_off > 0, "the server was stopped at rest");
    tally.tell("immediate stop of the server", ledger.len(), begun);
    drop(serving);
}
