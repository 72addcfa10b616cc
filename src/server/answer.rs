//! Answers in the form of HTTP: types, parts of files, headers.

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, HeaderName, HeaderValue, RANGE,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, Response, StatusCode};

/// An answer that is not kept by the browser: a page that is being written changes at any time.
pub fn respond(status: StatusCode, content_type: &str, bytes: Bytes) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    response
        .header(CONTENT_TYPE, content_type)
        .header(X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(CACHE_CONTROL, "no-store")
}

/// A file, or the part of it that was asked for.
pub fn part(content_type: &str, bytes: Bytes, headers: &HeaderMap) -> Response<Body> {
    let length = bytes.len();
    let asked = headers.get(RANGE).and_then(|range| range.to_str().ok());
    let response = match asked.and_then(|asked| range(asked, length)) {
        None => respond(StatusCode::OK, content_type, bytes),
        Some(Ok((start, end))) => {
            respond(StatusCode::PARTIAL_CONTENT, content_type, bytes.slice(start..end + 1))
                .header(CONTENT_RANGE, &format!("bytes {start}-{end}/{length}"))
        }
        Some(Err(())) => respond(StatusCode::RANGE_NOT_SATISFIABLE, content_type, Bytes::new())
            .header(CONTENT_RANGE, &format!("bytes */{length}")),
    };
    response.header(ACCEPT_RANGES, "bytes")
}

/// The first and the last byte of `bytes=0-99`, `bytes=100-` or `bytes=-100`. None where the whole is answered (several
/// parts, other units), an error where nothing of it is there (RFC 9110, section 14).
fn range(asked: &str, length: usize) -> Option<Result<(usize, usize), ()>> {
    let (start, end) = asked.strip_prefix("bytes=")?.trim().split_once('-')?;
    let number = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().unwrap_or(usize::MAX))
    };
    let last = length.saturating_sub(1);
    match (start, end) {
        ("", "") => None,
        ("", count) => {
            let count: usize = number(count)?;
            Some(if count == 0 || length == 0 { Err(()) } else { Ok((length.saturating_sub(count), last)) })
        }
        (start, end) => {
            let start: usize = number(start)?;
            let end = if end.is_empty() { last } else { number(end)?.min(last) };
            if start < length && start > end {
                return None;
            }
            Some(if start < length { Ok((start, end)) } else { Err(()) })
        }
    }
}

/// Adds headers to an answer.
pub trait WithHeader {
    /// Adds a header; a value that cannot be one is left out.
    fn header(self, name: HeaderName, value: &str) -> Self;
}

impl WithHeader for Response<Body> {
    fn header(mut self, name: HeaderName, value: &str) -> Response<Body> {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers_mut().insert(name, value);
        }
        self
    }
}

/// The type of a file by its name; text is always UTF-8.
pub fn content_type(name: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_files() {
        for (asked, expected) in [
            ("bytes=0-9", Some(Ok((0, 9)))),
            ("bytes=90-", Some(Ok((90, 99)))),
            ("bytes=-10", Some(Ok((90, 99)))),
            ("bytes=-1000", Some(Ok((0, 99)))),
            ("bytes=0-1000", Some(Ok((0, 99)))),
            ("bytes=100-", Some(Err(()))),
            ("bytes=-0", Some(Err(()))),
            ("bytes=99999999999999999999-", Some(Err(()))),
            ("bytes=9-0", None),
            ("bytes=0-1,5-6", None),
            ("bytes=-", None),
            ("bytes=a-b", None),
            ("lines=0-9", None),
        ] {
            assert_eq!(range(asked, 100), expected, "{asked}");
        }
        assert_eq!(range("bytes=0-0", 0), Some(Err(())));
    }
}
