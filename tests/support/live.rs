//! Commands that do not end by themselves: what they say, and what they serve.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::SiteTest;

/// A running `watch`, stopped with the test.
pub struct Watched {
    child: Child,
    said: Arc<Mutex<String>>,
    /// The guide.
    pub site: SiteTest,
}

/// How a command is asked to stop.
#[derive(Clone, Copy, Debug)]
pub enum Stop {
    /// Ctrl-C.
    Interrupt,
    /// As a system does that shuts down.
    Terminate,
}

impl Watched {
    /// Starts `watch`.
    pub fn start(site: SiteTest, arguments: &[&str]) -> Watched {
        let all: Vec<&str> = ["watch"].iter().chain(arguments).copied().collect();
        let command = site.command(&all);
        Watched::run(site, command)
    }

    /// Starts a command that does not end by itself.
    pub fn run(site: SiteTest, mut command: Command) -> Watched {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program can be run");
        let said = Arc::new(Mutex::new(String::new()));
        listen(child.stdout.take().expect("is piped"), said.clone());
        listen(child.stderr.take().expect("is piped"), said.clone());
        Watched { child, said, site }
    }

    /// What it has said so far.
    pub fn said(&self) -> String {
        self.said.lock().expect("nothing panics while it is locked").clone()
    }

    /// Waits until it has said something; whether it has.
    pub fn wait_for(&self, words: &str) -> bool {
        let start = Instant::now();
        while !self.said().contains(words) {
            if start.elapsed() > Duration::from_secs(20) {
                return false;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        true
    }

    /// States that it says something.
    #[track_caller]
    pub fn says(&self, words: &str) {
        assert!(self.wait_for(words), "it did not say {words:?}, but:\n{}", self.said());
    }

    /// Asks it to stop, states the exit code, and gives the guide.
    #[track_caller]
    pub fn stop(mut self, stop: Stop, code: i32) -> SiteTest {
        let signal = match stop {
            Stop::Interrupt => "-INT",
            Stop::Terminate => "-TERM",
        };
        let sent = Command::new("kill").arg(signal).arg(self.child.id().to_string()).status();
        assert!(sent.expect("kill can be run").success());
        let ended = self.child.wait().expect("it ends");
        assert_eq!(ended.code(), Some(code), "{}", self.said());
        std::mem::replace(&mut self.site, SiteTest::new())
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn listen(stream: impl Read + Send + 'static, said: Arc<Mutex<String>>) {
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            *said.lock().expect("nothing panics while it is locked") += &(line + "\n");
        }
    });
}

/// A running `serve`, stopped with the test.
pub struct Served {
    watched: Watched,
    /// `127.0.0.1:4321`
    pub address: String,
    base_path: String,
}

impl std::ops::Deref for Served {
    type Target = Watched;

    fn deref(&self) -> &Watched {
        &self.watched
    }
}

impl Served {
    /// Starts `serve` at a free port.
    pub fn start(site: SiteTest, arguments: &[&str]) -> Served {
        let all: Vec<&str> = ["serve", "--port", "0"].iter().chain(arguments).copied().collect();
        let command = site.command(&all);
        Served::from(site, command)
    }

    /// Starts a call of `serve`.
    pub fn from(site: SiteTest, command: Command) -> Served {
        let watched = Watched::run(site, command);
        watched.says("(Ctrl-C stops it)");
        let said = watched.said();
        let rest = said.split("http://").nth(1).expect("says its address");
        let (address, rest) = rest.split_once('/').expect("ends in its path");
        let base_path = rest.split(' ').next().unwrap_or("").trim_end_matches('/');
        let base_path = if base_path.is_empty() { "/".to_owned() } else { format!("/{base_path}/") };
        Served { address: address.to_owned(), base_path, watched }
    }

    /// A connection.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("listens");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("can be set");
        stream
    }

    /// Sends a request with these header lines, and gives the answer.
    pub fn request(&self, method: &str, path: &str, headers: &str, body: &str) -> Answer {
        let mut stream = self.connect();
        let host =
            if headers.contains("Host:") { String::new() } else { format!("Host: {}\r\n", self.address) };
        write!(stream, "{method} {path} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n{body}")
            .expect("takes a request");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("answers");
        Answer::new(&bytes)
    }

    /// Asks for a path.
    pub fn get(&self, path: &str) -> Answer {
        self.request("GET", path, "", "")
    }

    /// The bytes of a file of the site, without what is added while it is served.
    pub fn file(&self, name: &str) -> Vec<u8> {
        let body = self.get(&format!("{}{name}", self.base_path)).body;
        let script = b"<script src=\"/__level-one/reload.js\"";
        let start = body.windows(script.len()).position(|window| window == script);
        match start {
            Some(start) if name.ends_with(".html") => {
                let end = start + body[start..].iter().position(|byte| *byte == b'\n').expect("ends") + 1;
                [&body[..start], &body[end..]].concat()
            }
            _ => body,
        }
    }

    /// Listens as an open page does.
    pub fn events(&self) -> Events {
        let mut stream = self.connect();
        write!(stream, "GET /__level-one/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.address)
            .expect("takes a request");
        Events(BufReader::new(stream))
    }
}

/// What an open page is told.
pub struct Events(BufReader<TcpStream>);

impl Events {
    /// The next state, as JSON.
    pub fn next(&mut self) -> serde_json::Value {
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).expect("something is told") > 0, "the stream has ended");
            if let Some(data) = line.strip_prefix("data: {") {
                return serde_json::from_str(&format!("{{{}", data.trim())).expect("is JSON");
            }
        }
    }
}

/// An answer to a request.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers in small letters, a line each.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    fn new(bytes: &[u8]) -> Answer {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("has a head");
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("has a status");
        Answer { status, head, body: bytes[end + 4..].to_vec() }
    }

    /// States the status.
    #[track_caller]
    pub fn status(self, status: u16) -> Answer {
        assert_eq!(self.status, status, "{}\n{}", self.head, self.text());
        self
    }

    /// States a header.
    #[track_caller]
    pub fn has(self, header: &str) -> Answer {
        assert!(self.head.lines().any(|line| line == header), "no {header:?} in {}", self.head);
        self
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}
