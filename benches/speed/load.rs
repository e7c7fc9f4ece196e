//! 64 connections that each ask again as soon as they were answered, on one thread: it takes its share of the same cores.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use actix_web::rt::net::TcpStream;

/// How many connections ask at once.
pub const CONNECTIONS: usize = 64;

/// What was measured.
#[derive(Debug, Clone, Default)]
pub struct Measured {
    /// Answers a second.
    pub rate: f64,
    pub p50: Duration,
    pub p99: Duration,
    /// Answers other than 200, and connections that broke.
    pub errors: usize,
}

impl Measured {
    /// Of what each answer took, over so long.
    pub fn of(mut took: Vec<Duration>, over: Duration, errors: usize) -> Self {
        took.sort_unstable();
        let at = |share: usize| took.get(took.len() * share / 100).copied().unwrap_or_default();
        Self { rate: took.len() as f64 / over.as_secs_f64(), p50: at(50), p99: at(99), errors }
    }
}

/// What one connection asks, one request after another.
pub trait Asking: Send {
    /// Writes the next request.
    fn ask(&mut self, to: &mut Vec<u8>);
    /// Sees its answer.
    fn answered(&mut self, _answer: &Answer<'_>) {}
}

/// The same request for ever.
#[derive(Clone)]
pub struct Same(pub Vec<u8>);

impl Asking for Same {
    fn ask(&mut self, to: &mut Vec<u8>) {
        to.extend_from_slice(&self.0);
    }
}

/// An answer as it came in.
pub struct Answer<'a> {
    pub status: u16,
    head: &'a str,
    pub body: &'a [u8],
}

impl Answer<'_> {
    /// A header by its name in small letters, as the server writes it.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.split("\r\n").find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// The version in the ETag.
    pub fn version(&self) -> Option<i64> {
        self.header("etag")?.trim_matches('"').parse().ok()
    }
}

/// Asks for so long after so much warming up.
pub fn drive(address: SocketAddr, warm: Duration, long: Duration, askers: Vec<Box<dyn Asking>>) -> Measured {
    actix_web::rt::System::new().block_on(async move {
        let begin = Instant::now() + warm;
        let end = begin + long;
        let tasks: Vec<_> = askers.into_iter().map(|asker| actix_web::rt::spawn(ask_on(address, asker, begin, end))).collect();
        let (mut took, mut errors) = (Vec::new(), 0);
        for task in tasks {
            let (some, failed) = task.await.expect("a connection's task ends");
            took.extend(some);
            errors += failed;
        }
        Measured::of(took, long, errors)
    })
}

async fn ask_on(address: SocketAddr, mut asker: Box<dyn Asking>, begin: Instant, end: Instant) -> (Vec<Duration>, usize) {
    let mut took = Vec::with_capacity(1 << 16);
    let mut errors = 0;
    let Ok(stream) = TcpStream::connect(address).await else { return (took, 1) };
    drop(stream.set_nodelay(true));
    let (mut request, mut buffer) = (Vec::new(), Vec::with_capacity(1 << 16));
    loop {
        let started = Instant::now();
        if started >= end {
            return (took, errors);
        }
        request.clear();
        asker.ask(&mut request);
        let Some(status) = exchange(&stream, &request, &mut buffer, &mut asker).await else { return (took, errors + 1) };
        let answered = Instant::now();
        if answered >= begin && answered < end {
            if status == 200 {
                took.push(answered - started);
            } else {
                errors += 1;
            }
        }
    }
}

async fn exchange(stream: &TcpStream, request: &[u8], buffer: &mut Vec<u8>, asker: &mut Box<dyn Asking>) -> Option<u16> {
    let mut sent = 0;
    while sent < request.len() {
        match stream.try_write(&request[sent..]) {
            Ok(n) => sent += n,
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => stream.writable().await.ok()?,
            Err(_) => return None,
        }
    }
    buffer.clear();
    let mut chunk = [0; 32 * 1024];
    loop {
        stream.readable().await.ok()?;
        match stream.try_read(&mut chunk) {
            Ok(0) => return None,
            Ok(n) => buffer.extend_from_slice(&chunk[..n]),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => continue,
            Err(_) => return None,
        }
        if let Some(answer) = whole(buffer) {
            asker.answered(&answer);
            return Some(answer.status);
        }
    }
}

/// The answer, once all of it is there.
fn whole(buffer: &[u8]) -> Option<Answer<'_>> {
    let end = buffer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&buffer[..end]).ok()?;
    let mut answer = Answer { status: head.get(9..12)?.parse().ok()?, head, body: &[] };
    let length: usize = answer.header("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
    answer.body = buffer.get(end + 4..end + 4 + length)?;
    Some(answer)
}

/// Asks once, and gives status, version and body.
pub fn once(address: SocketAddr, request: Vec<u8>) -> (u16, Option<i64>, Vec<u8>) {
    struct Once(Vec<u8>, std::sync::mpsc::Sender<(u16, Option<i64>, Vec<u8>)>);
    impl Asking for Once {
        fn ask(&mut self, to: &mut Vec<u8>) {
            to.extend_from_slice(&self.0);
        }
        fn answered(&mut self, answer: &Answer<'_>) {
            drop(self.1.send((answer.status, answer.version(), answer.body.to_vec())));
        }
    }
    let (to, from) = std::sync::mpsc::channel();
    let mut asker: Box<dyn Asking> = Box::new(Once(request.clone(), to));
    actix_web::rt::System::new().block_on(async move {
        let stream = TcpStream::connect(address).await.expect("the server can be reached");
        exchange(&stream, &request, &mut Vec::new(), &mut asker).await.expect("the server answers");
    });
    from.recv().expect("the answer was seen")
}
