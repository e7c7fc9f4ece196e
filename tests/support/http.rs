//! A client on a real socket, for stories with many threads or with the real binary: one connection, kept open.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// One connection to an instance.
pub struct Socket {
    stream: BufReader<TcpStream>,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    /// The version, where there is one.
    pub version: Option<i64>,
    /// Null where the body is no JSON.
    pub json: Value,
}

/// What a request carries beside its path and body.
#[derive(Debug, Clone, Copy, Default)]
pub struct With<'a> {
    /// The access token.
    pub token: Option<&'a str>,
    /// The version that the caller saw.
    pub seen: Option<i64>,
    pub key: Option<&'a str>,
}

impl Socket {
    pub fn open(address: SocketAddr) -> std::io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Self { stream: BufReader::new(stream) })
    }

    /// Reads a path of the API.
    ///
    /// # Errors
    /// Where the instance is gone before the whole answer is here.
    pub fn get(&mut self, path: &str, token: &str) -> std::io::Result<Reply> {
        let request = format!("GET /api/v1{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n");
        self.stream.get_mut().write_all(request.as_bytes())?;
        self.reply()
    }

    /// Posts JSON to a path of the API.
    ///
    /// # Errors
    /// Where the instance is gone before the whole answer is here.
    pub fn post(&mut self, path: &str, with: With<'_>, body: &Value) -> std::io::Result<Reply> {
        let body = body.to_string();
        let mut request = format!("POST /api/v1{path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n", body.len());
        if let Some(token) = with.token {
            request += &format!("Authorization: Bearer {token}\r\n");
        }
        if let Some(seen) = with.seen {
            request += &format!("If-Match: \"{seen}\"\r\n");
        }
        if let Some(key) = with.key {
            request += &format!("Idempotency-Key: {key}\r\n");
        }
        request += "\r\n";
        request += &body;
        self.stream.get_mut().write_all(request.as_bytes())?;
        self.reply()
    }

    fn reply(&mut self) -> std::io::Result<Reply> {
        let line = self.line()?;
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(|| std::io::Error::other(line.clone()))?;
        let (mut length, mut version) = (0, None);
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(':') else { break };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.trim().parse().map_err(std::io::Error::other)?,
                "etag" => version = value.trim().trim_matches('"').parse().ok(),
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok(Reply { status, version, json: serde_json::from_slice(&body).unwrap_or(Value::Null) })
    }

    fn line(&mut self) -> std::io::Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        Ok(line.trim_end().to_owned())
    }
}
