//! Serves a site from memory: a request names a file of the output or nothing, so that no path is ever looked up on
//! the disk. Pages get a script that shows them again after a change; the output itself is as `build` writes it.

mod answer;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, State};
use axum::http::header::{ALLOW, HOST, LOCATION, ORIGIN, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, Method, Request, Response, StatusCode};
use axum::response::IntoResponse as _;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream;
use percent_encoding::percent_decode_str;
use serde::Serialize;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::address::Address;
use crate::output::{Changes, Output};
use crate::server::answer::{WithHeader as _, content_type, part, respond};

/// The script that is added to pages.
const RELOAD: &str = include_str!("reload.js");

/// How often a page that waits for changes is told that the server is there.
const ALIVE: Duration = Duration::from_secs(15);

/// What is wrong, for the page that lies over the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wrong {
    /// The heading.
    pub title: String,
    /// What it means for the site.
    pub note: String,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// A finding, as the terminal shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The file from the guide's folder; none if no file is meant.
    pub file: Option<String>,
    /// The line, from 1; none for a file as a whole.
    pub line: Option<usize>,
    /// The column, from 1.
    pub column: Option<usize>,
    /// The words and the lines of the file.
    pub text: String,
}

/// What every page that is open is told.
#[derive(Clone, Debug, Serialize)]
struct PageState {
    /// Names this process and its newest site.
    version: String,
    /// The version before, and where the styles stand, if nothing but the styles has changed.
    before: Option<String>,
    style: Option<String>,
    wrong: Option<Wrong>,
}

/// Opens a file of the guide in its editor.
pub type OpenFile = dyn Fn(&str) + Send + Sync;

/// A site as it is served.
pub struct Served {
    /// The newest good site.
    pub output: RwLock<Output>,
    base_path: String,
    /// The address or the name that is listened at.
    host: String,
    process: String,
    number: RwLock<u64>,
    state: watch::Sender<PageState>,
    open: Box<OpenFile>,
}

impl Served {
    /// Nothing yet, to be served below a path (`/` or `/guide/`), at the address or the name that was asked for. `process` tells this process from others before it.
    pub fn new(base_path: &str, host: &str, process: String, open: Box<OpenFile>) -> Served {
        let first = PageState { version: format!("{process}-0"), before: None, style: None, wrong: None };
        Served {
            output: RwLock::default(),
            base_path: base_path.to_owned(),
            host: host.to_owned(),
            process,
            number: RwLock::default(),
            state: watch::Sender::new(first),
            open,
        }
    }

    /// Tells every open page what has changed in the output, and what is wrong now.
    pub fn tell(&self, changes: Option<&Changes>, wrong: Option<Wrong>) {
        let mut number = self.number.write().unwrap_or_else(PoisonError::into_inner);
        let changed =
            changes.is_some_and(|changes| !changes.changed.is_empty() || !changes.removed.is_empty());
        let style = changes.and_then(|changes| changes.only_styles.as_ref()).map(Address::as_str);
        self.state.send_modify(|state| {
            if changed {
                *number += 1;
                let version = format!("{}-{number}", self.process);
                state.before = Some(std::mem::replace(&mut state.version, version));
                state.style = style.map(str::to_owned);
            }
            state.wrong = wrong;
        });
    }

    fn output(&self) -> std::sync::RwLockReadGuard<'_, Output> {
        self.output.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, path: &str, headers: &HeaderMap) -> Response<Body> {
        let Some(inside) = path.strip_prefix(self.base_path.as_str()) else {
            let base = self.base_path.trim_end_matches('/');
            return if path == base || path == "/" { redirect(&self.base_path) } else { self.not_found() };
        };
        let Ok(name) = percent_decode_str(inside).decode_utf8() else { return self.not_found() };
        let name = name.trim_end_matches('/');
        let output = self.output();
        if let Some(bytes) = output.get(name).filter(|_| !inside.ends_with('/')) {
            return self.found(name, bytes, headers);
        }
        // Links in the site name files; people who type an address leave the end out.
        let index = if name.is_empty() { "index.html".to_owned() } else { format!("{name}/index.html") };
        if let Some(bytes) = output.get(&index) {
            if inside.is_empty() || inside.ends_with('/') {
                return self.found(&index, bytes, headers);
            }
            return redirect(&format!("{}{inside}/", self.base_path));
        }
        let page = format!("{name}.html");
        match output.get(&page) {
            // A page that is shown with a slash at its end would look for its neighbours one folder too deep.
            Some(_) if inside.ends_with('/') => redirect(&format!("{}{page}", self.base_path)),
            Some(bytes) => self.found(&page, bytes, headers),
            None => {
                drop(output);
                self.not_found()
            }
        }
    }

    fn not_found(&self) -> Response<Body> {
        let output = self.output();
        let Some(page) = output.get("404.html") else {
            // There has not been a good site yet; the page waits for it.
            let page = self.with_script(
                "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Not ready yet</title></head><body><h1>Not ready yet</h1><p>The guide appears here once it can be built.</p></body></html>",
            );
            return respond(StatusCode::SERVICE_UNAVAILABLE, "text/html; charset=utf-8", Bytes::from(page));
        };
        let page = String::from_utf8_lossy(&page);
        // The page is shown at any depth, and its links are meant from the root of the site.
        let page = page.replacen("<head>", &format!("<head>\n<base href=\"{}\">", self.base_path), 1);
        respond(StatusCode::NOT_FOUND, "text/html; charset=utf-8", Bytes::from(self.with_script(&page)))
    }

    fn found(&self, name: &str, bytes: Vec<u8>, headers: &HeaderMap) -> Response<Body> {
        let bytes = match std::str::from_utf8(&bytes) {
            Ok(page) if name.ends_with(".html") => Bytes::from(self.with_script(page)),
            _ => Bytes::from(bytes),
        };
        part(&content_type(name), bytes, headers)
    }

    /// Whether a request's `Host` is one that only this computer has: an address, the name that was
    /// asked for, or a name that is always its own.
    fn is_own_host(&self, host: &str) -> bool {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        };
        let name = name.trim_start_matches('[').trim_end_matches(']');
        name.parse::<std::net::IpAddr>().is_ok()
            || name.eq_ignore_ascii_case(&self.host)
            || name.eq_ignore_ascii_case("localhost")
            || name.to_ascii_lowercase().ends_with(".localhost")
    }

    /// A page with the script that shows it again after a change.
    fn with_script(&self, page: &str) -> String {
        let version = &self.state.borrow().version;
        let script =
            format!("<script src=\"/__level-one/reload.js\" data-version=\"{version}\" defer></script>\n");
        match page.rfind("</body>") {
            Some(at) => format!("{}{script}{}", &page[..at], &page[at..]),
            None => format!("{page}{script}"),
        }
    }
}

/// Serves until the process ends.
pub async fn serve(listener: TcpListener, served: Arc<Served>) -> std::io::Result<()> {
    let app = Router::new().fallback(answer_request).with_state(served);
    axum::serve(listener, app.into_make_service_with_connect_info::<SocketAddr>()).await
}

async fn answer_request(
    State(served): State<Arc<Served>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request<Body>,
) -> Response<Body> {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("").to_owned();
    // A page of another site can make a browser ask here under that site's name; it gets nothing.
    if !served.is_own_host(&host) {
        return plain(StatusCode::FORBIDDEN, "this address is not served here");
    }
    let path = request.uri().path().to_owned();
    let own = path.strip_prefix("/__level-one/");
    if own.is_some() && is_foreign(request.headers(), &host) {
        return plain(StatusCode::FORBIDDEN, "only pages of this site may ask for this");
    }
    match (own, request.method()) {
        (Some("open"), &Method::POST) => open_file(&served, peer, request).await,
        (_, method) if method != Method::GET && method != Method::HEAD => {
            plain(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD").header(ALLOW, "GET, HEAD")
        }
        (Some("events"), _) => events(&served),
        (Some("reload.js"), _) => {
            respond(StatusCode::OK, "text/javascript; charset=utf-8", Bytes::from_static(RELOAD.as_bytes()))
        }
        _ => served.find(&path, request.headers()),
    }
}

/// The state at once, and again whenever it changes.
fn events(served: &Served) -> Response<Body> {
    let mut state = served.state.subscribe();
    state.mark_changed();
    let stream = stream::unfold(state, |mut state| async {
        // Ends with the server.
        state.changed().await.ok()?;
        let text = serde_json::to_string(&*state.borrow_and_update()).unwrap_or_default();
        Some((Ok::<_, Infallible>(Event::default().event("state").data(text)), state))
    });
    // An event and not a comment: a page that hears nothing for long connects again.
    let alive = KeepAlive::new().interval(ALIVE).event(Event::default().event("alive").data(""));
    let response = Sse::new(stream).keep_alive(alive).into_response();
    response.header(X_CONTENT_TYPE_OPTIONS, "nosniff")
}

/// Opens a file that a finding names in its editor: only for somebody at this computer.
async fn open_file(served: &Served, peer: SocketAddr, request: Request<Body>) -> Response<Body> {
    #[derive(serde::Deserialize)]
    struct Asked {
        file: String,
    }
    if !peer.ip().is_loopback() {
        return plain(StatusCode::FORBIDDEN, "files are opened at the computer that serves them");
    }
    let body = axum::body::to_bytes(request.into_body(), 10_000).await.unwrap_or_default();
    let asked: Option<Asked> = serde_json::from_slice(&body).ok();
    let named = |asked: &Asked| {
        let state = served.state.borrow();
        let findings = state.wrong.iter().flat_map(|wrong| &wrong.findings);
        findings.into_iter().any(|finding| finding.file.as_deref() == Some(&asked.file))
    };
    match asked.filter(named) {
        Some(asked) => {
            (served.open)(&asked.file);
            plain(StatusCode::OK, "opened")
        }
        None => plain(StatusCode::NOT_FOUND, "no finding names this file"),
    }
}

/// Whether a request comes from a page of another site.
fn is_foreign(headers: &HeaderMap, host: &str) -> bool {
    headers.get(ORIGIN).is_some_and(|origin| {
        let origin = origin.to_str().unwrap_or("");
        origin.strip_prefix("http://").is_none_or(|own| !own.eq_ignore_ascii_case(host))
    })
}

fn plain(status: StatusCode, words: &'static str) -> Response<Body> {
    respond(status, "text/plain; charset=utf-8", Bytes::from_static(words.as_bytes()))
}

fn redirect(to: &str) -> Response<Body> {
    respond(StatusCode::FOUND, "text/plain; charset=utf-8", Bytes::new()).header(LOCATION, to)
}
