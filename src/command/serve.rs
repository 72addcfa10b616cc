//! `level-one serve`: the website in a browser on this computer.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anstream::{eprintln, println};
use tokio::net::TcpListener;

use crate::cache::Cache;
use crate::cli::Serve;
use crate::command::{CONTENT, Failure, GOOD, build, report, snapshot};
use crate::output::{Made, Output};
use crate::{diagnostic, server};

/// The port to begin with, if none is asked for.
const FIRST_PORT: u16 = 4321;

/// How many ports are tried.
const PORTS_TRIED: u16 = 50;

/// Serves until it is stopped.
pub fn run(call: &Serve) -> Result<u8, Failure> {
    report::set_color(&call.print);
    let snapshot = snapshot(&call.guide)?;
    let made = Arc::new(Made::default());
    let (build, cache) = build(&snapshot, Cache::for_many_runs(), &made, call.print.quiet);
    report::diagnostics(&build, &snapshot);
    if call.print.verbose {
        report::left_out_files(&build.left_out);
    }
    let tally = diagnostic::tally(&build.diagnostics);
    let Some(pages) = build.pages else {
        eprintln!("nothing is shown: {}", report::tally(tally));
        return Ok(CONTENT);
    };
    drop(snapshot);
    let made = Arc::try_unwrap(made).expect("the pipeline has ended");
    let mut output = Output::default();
    output.update(made, cache.stylesheet().cloned(), |path| cache.has_file(path), cache.file_count());
    let runtime =
        tokio::runtime::Runtime::new().map_err(|error| Failure::new(format!("could not start: {error}")))?;
    runtime.block_on(async {
        let listener = bind(call).await?;
        let bound =
            listener.local_addr().map_err(|error| Failure::new(format!("could not listen: {error}")))?;
        let address = shown_address(bound, &call.base_path);
        if !call.print.quiet {
            println!("{} at {address} (Ctrl-C stops it)", report::counted(pages, "page", "pages"));
        }
        if call.open && open::that_detached(&address).is_err() {
            eprintln!("no browser could be opened; open {address} yourself");
        }
        server::serve(listener, output, &call.base_path)
            .await
            .map_err(|error| Failure::new(format!("could not serve: {error}")))
    })?;
    Ok(GOOD)
}

/// Listens at the port that was asked for, or at the first free one.
async fn bind(call: &Serve) -> Result<TcpListener, Failure> {
    if let Some(port) = call.port {
        return TcpListener::bind((call.host, port)).await.map_err(|error| {
            Failure::new(format!(
                "could not listen at {}: {error}; choose another port with `--port`, or leave it out",
                SocketAddr::new(call.host, port)
            ))
        });
    }
    let mut refused = None;
    for port in FIRST_PORT..FIRST_PORT + PORTS_TRIED {
        match TcpListener::bind((call.host, port)).await {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => refused = Some(error),
            Err(error) => return Err(Failure::new(format!("could not listen at {}: {error}", call.host))),
        }
    }
    let why = refused.map(|error| error.to_string()).unwrap_or_default();
    Err(Failure::new(format!("no port from {FIRST_PORT} on is free: {why}; choose one with `--port`")))
}

/// The address to open: where every interface is listened at, this computer's own.
fn shown_address(bound: SocketAddr, base_path: &str) -> String {
    let host = if bound.ip().is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { bound.ip() };
    format!("http://{}{base_path}", SocketAddr::new(host, bound.port()))
}
