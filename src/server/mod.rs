//! Serves a site from memory: a request names a file of the output or nothing, so that no path is ever looked up on
//! the disk.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderValue, LOCATION, X_CONTENT_TYPE_OPTIONS};
use axum::http::{Method, Response, StatusCode, Uri};
use percent_encoding::percent_decode_str;
use tokio::net::TcpListener;

use crate::output::Output;

/// The site as it is served.
struct Served {
    output: Output,
    base_path: String,
}

/// Serves a site below a path (`/` or `/guide/`) until the process is asked to stop.
pub async fn serve(listener: TcpListener, output: Output, base_path: &str) -> std::io::Result<()> {
    let served = Arc::new(Served { output, base_path: base_path.to_owned() });
    let app = Router::new().fallback(answer).with_state(served);
    axum::serve(listener, app).with_graceful_shutdown(stopped()).await
}

async fn stopped() {
    // Where signals cannot be listened to, the system ends the process anyway.
    let _ = tokio::signal::ctrl_c().await;
}

async fn answer(State(served): State<Arc<Served>>, method: Method, uri: Uri) -> Response<Body> {
    if method != Method::GET && method != Method::HEAD {
        return respond(
            StatusCode::METHOD_NOT_ALLOWED,
            "text/plain; charset=utf-8",
            Bytes::from_static(b"only GET and HEAD"),
        )
        .header(ALLOW, "GET, HEAD");
    }
    served.find(uri.path())
}

impl Served {
    fn find(&self, path: &str) -> Response<Body> {
        let Some(inside) = path.strip_prefix(self.base_path.as_str()) else {
            let base = self.base_path.trim_end_matches('/');
            return if path == base || path == "/" { redirect(&self.base_path) } else { self.not_found() };
        };
        let Ok(name) = percent_decode_str(inside).decode_utf8() else { return self.not_found() };
        let name = name.trim_end_matches('/');
        if let Some(bytes) = self.output.get(name).filter(|_| !inside.ends_with('/')) {
            return found(name, &bytes);
        }
        // Links in the site name files; people who type an address leave the end out.
        let index = if name.is_empty() { "index.html".to_owned() } else { format!("{name}/index.html") };
        if self.output.has(&index) {
            if inside.is_empty() || inside.ends_with('/') {
                return self
                    .output
                    .get(&index)
                    .map_or_else(|| self.not_found(), |bytes| found(&index, &bytes));
            }
            return redirect(&format!("{}{inside}/", self.base_path));
        }
        let page = format!("{name}.html");
        match self.output.get(&page) {
            // A page that is shown with a slash at its end would look for its neighbours one folder too deep.
            Some(_) if inside.ends_with('/') => redirect(&format!("{}{page}", self.base_path)),
            Some(bytes) => found(&page, &bytes),
            None => self.not_found(),
        }
    }

    fn not_found(&self) -> Response<Body> {
        let page = self
            .output
            .get("404.html")
            .map(|page| String::from_utf8_lossy(&page).into_owned())
            .unwrap_or_default();
        // The page is shown at any depth, and its links are meant from the root of the site.
        let page = page.replacen("<head>", &format!("<head>\n<base href=\"{}\">", self.base_path), 1);
        respond(StatusCode::NOT_FOUND, "text/html; charset=utf-8", Bytes::from(page))
    }
}

fn found(name: &str, bytes: &[u8]) -> Response<Body> {
    respond(StatusCode::OK, &content_type(name), Bytes::copy_from_slice(bytes))
}

fn redirect(to: &str) -> Response<Body> {
    respond(StatusCode::FOUND, "text/plain; charset=utf-8", Bytes::new()).header(LOCATION, to)
}

fn respond(status: StatusCode, content_type: &str, bytes: Bytes) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    response
        .header(CONTENT_TYPE, content_type)
        .header(X_CONTENT_TYPE_OPTIONS, "nosniff")
        // A page that is being written changes at any time.
        .header(CACHE_CONTROL, "no-store")
}

trait WithHeader {
    fn header(self, name: axum::http::HeaderName, value: &str) -> Self;
}

impl WithHeader for Response<Body> {
    /// Adds a header; a value that cannot be one is left out.
    fn header(mut self, name: axum::http::HeaderName, value: &str) -> Response<Body> {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers_mut().insert(name, value);
        }
        self
    }
}

/// The type of a file by its name; text is always UTF-8.
fn content_type(name: &str) -> String {
    if name.ends_with(".webmanifest") {
        return "application/manifest+json; charset=utf-8".to_owned();
    }
    let guess = mime_guess::from_path(name).first_or_octet_stream();
    let text =
        guess.type_() == "text" || matches!(guess.subtype().as_str(), "javascript" | "json" | "xml" | "svg");
    if text || name.ends_with(".svg") || name.ends_with(".xml") {
        format!("{guess}; charset=utf-8")
    } else {
        guess.to_string()
    }
}
