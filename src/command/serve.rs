//! `level-one serve`: the website in a browser on this computer.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anstream::{eprintln, println};
use tokio::net::TcpListener;

use crate::cli::Serve;
use crate::command::live::{Live, Run};
use crate::command::{Failure, report, signal};
use crate::diagnostic::{self, Diagnostic, terminal};
use crate::server::{self, Finding, Served, Wrong};
use crate::source::position;

/// The port to begin with, if none is asked for.
const FIRST_PORT: u16 = 4321;

/// How many ports are tried.
const PORTS_TRIED: u16 = 50;

/// Serves until it is stopped.
pub fn run(call: &Serve) -> Result<u8, Failure> {
    report::set_color(&call.print);
    signal::on_stop(Some(0), || ());
    let live = Live::new(&call.guide, &call.print, &call.poll)?;
    let root = std::path::absolute(&call.guide.root)
        .map_err(|error| Failure::new(format!("could not find `{}`: {error}", call.guide.root.display())))?;
    let open_file = Box::new(move |file: &str| {
        // Where no program opens such files, nothing happens.
        let _ = open::that_detached(root.join(file));
    });
    let process = format!("{:x}", jiff::Timestamp::now().as_nanosecond());
    let served = Arc::new(Served::new(&call.base_path, &call.host, process, open_file));
    let runtime =
        tokio::runtime::Runtime::new().map_err(|error| Failure::new(format!("could not start: {error}")))?;
    let listener = runtime.block_on(bind(call))?;
    let bound = listener.local_addr().map_err(|error| Failure::new(format!("could not listen: {error}")))?;
    // Asked for before there is a site, a page waits for it.
    let mut listener = Some(listener);
    live.run(&served.output, &mut |run| {
        served.tell(run.changes.as_ref(), wrong(run));
        if let Some(listener) = listener.take() {
            runtime.spawn(server::serve(listener, served.clone()));
            show_address(call, bound);
        }
    })
}

/// Says where the site is, and opens it.
fn show_address(call: &Serve, bound: SocketAddr) {
    let address = address(bound.ip(), bound.port(), &call.base_path);
    if !call.print.quiet {
        println!("{address} (Ctrl-C stops it)");
        if bound.ip().is_unspecified()
            && let Some(ip) = own_address()
        {
            println!("{} on the same network", self::address(ip, bound.port(), &call.base_path));
        }
    }
    if call.open && open::that_detached(&address).is_err() {
        eprintln!("no browser could be opened; open {address} yourself");
    }
}

/// The address of this computer on its network. Nothing is sent: the system only chooses the way.
fn own_address() -> Option<IpAddr> {
    let socket = std::net::UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // An address of documentation (RFC 5737): never anybody's.
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let ip = socket.local_addr().ok()?.ip();
    (!ip.is_unspecified() && !ip.is_loopback()).then_some(ip)
}

/// What is wrong, for the page that lies over the site.
fn wrong(run: &Run<'_>) -> Option<Wrong> {
    if run.changes.is_some() {
        return None;
    }
    let finding = |found: &Diagnostic| {
        let text = run.snapshot.text(&found.path);
        let start = text.zip(found.span).map(|(text, span)| position(text, span.start));
        Finding {
            file: Some(found.path.as_str().to_owned()),
            line: start.map(|start| start.line),
            column: start.map(|start| start.column),
            text: terminal::render(found, text, false),
        }
    };
    let findings: Vec<Finding> = match &run.trouble {
        Some(trouble) => vec![Finding { file: None, line: None, column: None, text: trouble.clone() }],
        None => run.build.diagnostics.iter().map(finding).collect(),
    };
    let title = match &run.trouble {
        Some(_) => "The guide cannot be read".to_owned(),
        None => report::tally(diagnostic::tally(&run.build.diagnostics)),
    };
    let note = "Below stays the last version without errors. This goes away as soon as the files are mended.";
    Some(Wrong { title, note: note.to_owned(), findings })
}

/// Listens at the port that was asked for, or at the first free one.
async fn bind(call: &Serve) -> Result<TcpListener, Failure> {
    let host = call.host.as_str();
    if let Some(port) = call.port {
        return TcpListener::bind((host, port)).await.map_err(|error| {
            Failure::new(format!(
                "could not listen at {host}, port {port}: {error}; choose another port with `--port`, or leave it out"
            ))
        });
    }
    let mut refused = None;
    for port in FIRST_PORT..FIRST_PORT + PORTS_TRIED {
        match TcpListener::bind((host, port)).await {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => refused = Some(error),
            Err(error) => return Err(Failure::new(format!("could not listen at {host}: {error}"))),
        }
    }
    let why = refused.map(|error| error.to_string()).unwrap_or_default();
    Err(Failure::new(format!("no port from {FIRST_PORT} on is free: {why}; choose one with `--port`")))
}

/// The address to open: where every interface is listened at, this computer's own.
fn address(ip: IpAddr, port: u16, base_path: &str) -> String {
    let ip = if ip.is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { ip };
    format!("http://{}{base_path}", SocketAddr::new(ip, port))
}
