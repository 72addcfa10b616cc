//! The server's answers, over real connections.

use std::io::{Read, Write};

use crate::support::SiteTest;
use crate::support::live::{Answer, Served};

#[track_caller]
fn asks(server: &Served, path: &str, status: u16, header: &str) -> Answer {
    server.get(path).status(status).has(header)
}

const HTML: &str = "content-type: text/html; charset=utf-8";

#[test]
fn pages_have_their_types_and_nothing_else_is_there() {
    let server = Served::start(
        SiteTest::small().file("content/lessons/start/picture.svg", "<svg width=\"4\" height=\"3\"/>").file(
            "content/pages/more.md",
            "---\ntitle: More\n---\n![A picture](../lessons/start/picture.svg)\n",
        ),
        &[],
    );
    assert!(asks(&server, "/", 200, HTML).text().contains("<h1"));
    asks(&server, "/lessons/first.html", 200, "x-content-type-options: nosniff")
        .has("cache-control: no-store");
    asks(&server, "/lessons/first", 200, HTML);
    asks(&server, "/lessons/first?x=1", 200, HTML);
    asks(&server, "/lessons/first/", 302, "location: /lessons/first.html");
    asks(&server, "/lessons", 302, "location: /lessons/");
    asks(&server, "/lessons/", 200, HTML);
    asks(&server, "/feed.xml", 200, "content-type: text/xml; charset=utf-8");
    asks(&server, "/robots.txt", 200, "content-type: text/plain; charset=utf-8");
    let page = asks(&server, "/more.html", 200, HTML).text();
    let asset = |end: &str| {
        let rest = page.match_indices("assets/").map(|(at, _)| &page[at..]);
        rest.map(|rest| rest.split('"').next().unwrap_or(""))
            .find(|name| name.ends_with(end))
            .expect("is there")
    };
    asks(&server, &format!("/{}", asset(".css")), 200, "content-type: text/css; charset=utf-8");
    asks(&server, &format!("/{}", asset(".svg")), 200, "content-type: image/svg+xml; charset=utf-8");
    for path in [
        "/nope",
        "/../Cargo.toml",
        "/%2e%2e/content/site.yaml",
        "/..%2fcontent",
        "/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/..%5c..%5cwindows",
        "/lessons/..%2f..%2fcontent%2fsite.yaml",
        "/lessons/%252e%252e/index.html",
        "/content/site.yaml",
        "/.level-one-manifest.json",
        "//etc/passwd",
        "/%ff",
        "/lessons/%00",
        "/%",
    ] {
        let answer = asks(&server, path, 404, HTML);
        assert!(!answer.text().contains("root:"), "{path}");
    }
}

#[test]
fn no_answer_lets_other_sites_in() {
    let server = Served::start(SiteTest::small(), &[]);
    for path in ["/", "/nope", "/feed.xml", "/__level-one/reload.js", "/lessons"] {
        let head = server.get(path).head;
        assert!(!head.contains("access-control"), "{path}: {head}");
        assert!(head.contains("x-content-type-options: nosniff"), "{path}: {head}");
    }
    let port = server.address.split(':').nth(1).expect("has a port");
    for (host, status) in [
        (server.address.clone(), 200),
        (format!("localhost:{port}"), 200),
        (format!("guide.localhost:{port}"), 200),
        (format!("[::1]:{port}"), 200),
        ("192.168.1.7:4321".to_owned(), 200),
        ("evil.example".to_owned(), 403),
        (format!("evil.example:{port}"), 403),
        ("127.0.0.1.evil.example".to_owned(), 403),
        ("localhost.evil.example".to_owned(), 403),
        (String::new(), 403),
    ] {
        server.request("GET", "/", &format!("Host: {host}\r\n"), "").status(status);
    }
}

#[test]
fn a_name_that_was_asked_for_is_answered_to() {
    let server = Served::start(SiteTest::small(), &["--host", "localhost"]);
    server.request("GET", "/", "Host: LOCALHOST\r\n", "").status(200);
    server.request("GET", "/", "Host: other\r\n", "").status(403);
}

#[test]
fn what_is_ours_is_for_our_own_pages_only() {
    let server = Served::start(SiteTest::small(), &[]);
    let own = format!("Origin: http://{}\r\n", server.address);
    server.request("GET", "/__level-one/reload.js", &own, "").status(200);
    for foreign in ["http://evil.example", "https://127.0.0.1", "null", "http://127.0.0.1:1"] {
        for path in ["/__level-one/events", "/__level-one/reload.js"] {
            server.request("GET", path, &format!("Origin: {foreign}\r\n"), "").status(403);
        }
        let headers = format!("Origin: {foreign}\r\nContent-Length: 20\r\n");
        server.request("POST", "/__level-one/open", &headers, "{\"file\": \"content/x\"}").status(403);
    }
    // Nothing is wrong, so there is no file to open.
    for body in
        ["{\"file\": \"/etc/passwd\"}", "{\"file\": \"../x\"}", "{\"file\": \"content/site.yaml\"}", "x"]
    {
        let headers = format!("Content-Length: {}\r\n", body.len());
        server.request("POST", "/__level-one/open", &headers, body).status(404);
    }
    server.request("POST", "/", "Content-Length: 0\r\n", "").status(405).has("allow: get, head");
    server.request("DELETE", "/index.html", "", "").status(405);
}

#[test]
fn heads_and_parts_are_as_browsers_expect_them() {
    let server = Served::start(SiteTest::small(), &[]);
    let whole = server.get("/robots.txt").status(200).has("accept-ranges: bytes");
    let length = whole.body.len();
    let head = server.request("HEAD", "/robots.txt", "", "").status(200);
    assert!(head.body.is_empty());
    head.has(&format!("content-length: {length}"));
    let part = server.request("GET", "/robots.txt", "Range: bytes=2-5\r\n", "").status(206);
    assert_eq!(part.body, &whole.body[2..6]);
    part.has(&format!("content-range: bytes 2-5/{length}")).has("content-length: 4");
    let end = server.request("GET", "/robots.txt", "Range: bytes=-3\r\n", "").status(206);
    assert_eq!(end.body, &whole.body[length - 3..]);
    let none = server.request("GET", "/robots.txt", "Range: bytes=9999-\r\n", "").status(416);
    none.has(&format!("content-range: bytes */{length}"));
    server.request("GET", "/robots.txt", "Range: lines=1-2\r\n", "").status(200);
}

#[test]
fn a_site_can_lie_below_a_path() {
    let server = Served::start(SiteTest::small(), &["--base-path", "guide"]);
    asks(&server, "/guide/", 200, HTML);
    asks(&server, "/guide/lessons/first.html", 200, HTML);
    assert!(asks(&server, "/guide/a/b/c", 404, HTML).text().contains("<base href=\"/guide/\">"));
    asks(&server, "/guide", 302, "location: /guide/");
    asks(&server, "/", 302, "location: /guide/");
    asks(&server, "/lessons/first.html", 404, HTML);
    asks(&server, "/guided/", 404, HTML);
    server.events().next();
}

#[test]
fn a_port_that_is_taken_is_an_error_if_it_was_asked_for() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = taken.local_addr().expect("is bound").port().to_string();
    SiteTest::small().run(&["serve", "--port", &port]).code(2).says("choose another port with `--port`");
    SiteTest::small().run(&["serve", "--port", "70000"]).code(2).says("write a number from 0 to 65535");
}

#[test]
fn rude_connections_do_not_disturb() {
    let server = Served::start(SiteTest::small(), &[]);
    let idle: Vec<_> = (0..200).map(|_| server.connect()).collect();
    let half: Vec<_> = (0..50)
        .map(|_| {
            let mut stream = server.connect();
            stream.write_all(b"GET / HT").expect("takes a part");
            stream
        })
        .collect();
    server.get("/").status(200);
    // Far more than any browser sends: refused, or cut off.
    let mut large = server.connect();
    let header =
        format!("GET / HTTP/1.1\r\nHost: {}\r\nX: {}\r\n\r\n", server.address, "x".repeat(2_000_000));
    let sent = large.write_all(header.as_bytes());
    let mut answer = String::new();
    let read = large.read_to_string(&mut answer);
    assert!(sent.is_err() || read.is_err() || answer.contains(" 431 "), "{answer}");
    // Several requests at once on one connection are answered one after the other.
    let mut piped = server.connect();
    let one = |path: &str, end: &str| format!("GET {path} HTTP/1.1\r\nHost: {}\r\n{end}\r\n", server.address);
    let all = one("/robots.txt", "") + &one("/nope", "") + &one("/robots.txt", "Connection: close\r\n");
    piped.write_all(all.as_bytes()).expect("takes requests");
    let mut answers = String::new();
    piped.read_to_string(&mut answers).expect("answers");
    let statuses: Vec<&str> =
        answers.match_indices("HTTP/1.1 ").map(|(at, _)| &answers[at + 9..at + 12]).collect();
    assert_eq!(statuses, ["200", "404", "200"]);
    for nonsense in [&b"\x16\x03\x01\x02\x00"[..], b"GET\r\n\r\n", b"\0\0\0\0", b"GET / HTTP/9.9\r\n\r\n"] {
        let mut stream = server.connect();
        stream.write_all(nonsense).expect("takes anything");
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        assert!(!answer.starts_with(b"HTTP/1.1 200"), "{nonsense:?}");
    }
    server.get("/").status(200);
    drop((idle, half));
}

#[test]
fn open_pages_are_told_what_has_changed_and_what_is_wrong() {
    let server = Served::start(SiteTest::small(), &[]);
    let (mut one, mut other) = (server.events(), server.events());
    let first = one.next();
    assert_eq!(first, other.next());
    assert!(first["wrong"].is_null());
    let page = server.get("/lessons/first.html").text();
    assert!(page.contains(&format!("data-version={}", first["version"])), "{page}");

    server.site.write("content/lessons/start/first.md", "---\ntitle: First\n---\n## One\n\nNew.\n");
    let changed = one.next();
    assert_eq!(changed, other.next());
    assert_eq!(changed["before"], first["version"]);
    assert!(changed["style"].is_null());
    assert!(server.get("/lessons/first.html").text().contains("New."));

    server.site.write("themes/default/styles/own.css", "p { color: red }\n");
    let style = one.next();
    let path = style["style"].as_str().expect("only the styles have changed").to_owned();
    assert!(server.get(&format!("/{path}")).status(200).text().contains("color: red"));
    assert!(server.get("/").text().contains(&path));

    server.site.write("content/lessons/start/first.md", "---\ntitle: <b>First\n---\n[x](nope.md)\n");
    let wrong = one.next();
    assert_eq!(wrong["version"], style["version"], "the last good site stays");
    let findings = wrong["wrong"]["findings"].as_array().expect("are told");
    let finding = findings.iter().find(|finding| finding["line"] == 4).expect("names its line");
    assert_eq!(finding["file"], "content/lessons/start/first.md");
    assert!(finding["text"].as_str().is_some_and(|text| text.contains("error[link-target-missing]")));
    assert!(server.get("/lessons/first.html").text().contains("New."));
    // Who connects now is told at once.
    assert_eq!(server.events().next(), wrong);

    server.site.write("content/lessons/start/first.md", "---\ntitle: First\n---\n## One\n\nNew.\n");
    let mended = one.next();
    assert!(mended["wrong"].is_null());
    assert_eq!(mended["version"], style["version"], "nothing has changed since");
}

#[test]
fn what_is_not_there_yet_is_waited_for() {
    let site = SiteTest::new();
    site.write("content/lessons/first.md", "no front matter\n");
    let server = Served::start(site, &[]);
    let page = server.get("/").status(503).text();
    assert!(page.contains("Not ready yet") && page.contains("reload.js"), "{page}");
    let mut events = server.events();
    assert!(events.next()["wrong"].is_object());
    server.site.write("content/lessons/first.md", "---\ntitle: First\n---\nText.\n");
    assert!(events.next()["wrong"].is_null());
    server.get("/").status(200);
}

#[test]
fn the_next_free_port_is_taken_and_said() {
    // Whoever else has the first one: the address that is said is the one that answers.
    let start = |site: SiteTest| {
        let command = site.command(&["serve"]);
        Served::from(site, command)
    };
    let (one, other) = (start(SiteTest::small()), start(SiteTest::small()));
    assert_ne!(one.address, other.address);
    one.get("/").status(200);
    other.get("/").status(200);
}
