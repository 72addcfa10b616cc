//! The server's answers, over real connections.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Child;

use crate::support::SiteTest;

/// A running `serve`, stopped with the test.
struct Server {
    child: Child,
    address: String,
    _site: SiteTest,
}

impl Server {
    fn start(site: SiteTest, arguments: &[&str]) -> Server {
        let all: Vec<&str> = ["serve", "--port", "0"].iter().chain(arguments).copied().collect();
        let mut child = site.start(&all);
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("is piped"))
            .read_line(&mut line)
            .expect("says its address");
        let address = line
            .split("http://")
            .nth(1)
            .and_then(|rest| rest.split('/').next())
            .unwrap_or_else(|| panic!("{line}"));
        Server { address: address.to_owned(), child, _site: site }
    }

    /// The head and the body of an answer.
    fn ask(&self, method: &str, path: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.address).expect("listens");
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address)
            .expect("takes a request");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("answers");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").expect("has a head");
        (head.to_lowercase(), body.to_owned())
    }

    #[track_caller]
    fn states(&self, path: &str, status: u16, head_has: &str) -> String {
        let (head, body) = self.ask("GET", path);
        assert!(head.starts_with(&format!("http/1.1 {status}")), "{path}: {head}");
        assert!(head.contains(head_has), "{path}: {head}");
        body
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn pages_have_their_types_and_nothing_else_is_there() {
    let server = Server::start(SiteTest::small(), &[]);
    assert!(server.states("/", 200, "content-type: text/html; charset=utf-8").contains("<h1"));
    server.states("/lessons/first.html", 200, "x-content-type-options: nosniff");
    server.states("/lessons/first", 200, "text/html");
    server.states("/lessons/first?x=1", 200, "text/html");
    server.states("/lessons/first/", 302, "location: /lessons/first.html");
    server.states("/lessons", 302, "location: /lessons/");
    server.states("/lessons/", 200, "text/html");
    server.states("/feed.xml", 200, "xml; charset=utf-8");
    for path in [
        "/nope",
        "/../Cargo.toml",
        "/%2e%2e/content/site.yaml",
        "/..%2fcontent",
        "/content/site.yaml",
        "//etc/passwd",
        "/%ff",
        "/lessons/%00",
    ] {
        server.states(path, 404, "text/html; charset=utf-8");
    }
    let (head, body) = server.ask("HEAD", "/");
    assert!(head.starts_with("http/1.1 200") && body.is_empty(), "{head}");
    assert!(server.ask("POST", "/").0.starts_with("http/1.1 405"));
}

#[test]
fn a_site_can_lie_below_a_path() {
    let server = Server::start(SiteTest::small(), &["--base-path", "guide"]);
    server.states("/guide/", 200, "text/html");
    server.states("/guide/lessons/first.html", 200, "text/html");
    assert!(server.states("/guide/a/b/c", 404, "text/html").contains("<base href=\"/guide/\">"));
    server.states("/guide", 302, "location: /guide/");
    server.states("/lessons/first.html", 404, "text/html");
}

#[test]
fn a_port_that_is_taken_is_an_error_if_it_was_asked_for() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = taken.local_addr().expect("is bound").port().to_string();
    SiteTest::small().run(&["serve", "--port", &port]).code(2).says("choose another port with `--port`");
}
