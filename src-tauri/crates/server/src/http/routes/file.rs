//! A file, sent again only if it has changed. One that is part of the program is kept once and compressed once, for all
//! requests.

use std::{
    io::{self, Write},
    sync::OnceLock,
};

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use data_encoding::HEXLOWER;
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};

pub(super) struct File {
    content: Bytes,
    packed: OnceLock<Option<Bytes>>,
    is_worth_packing: bool,
    headers: [(HeaderName, HeaderValue); 3],
}

impl File {
    /// A file of a media type, with its SHA-256.
    pub(super) fn new(content: Bytes, media_type: &str, sha256: [u8; 32], cache: HeaderValue) -> Self {
        // Pictures, fonts and similar files are already compressed.
        let is_worth_packing = media_type == "image/svg+xml"
            || !["image/", "font/", "audio/", "video/"].iter().any(|kind| media_type.starts_with(kind));
        let media_type = match media_type {
            text if text.starts_with("text/") => format!("{text}; charset=utf-8"),
            other => other.to_owned(),
        };
        // A weak tag, because the file may be sent compressed.
        let etag = format!("W/\"{}\"", HEXLOWER.encode(&sha256[..16]));
        let value =
            |text: String| HeaderValue::try_from(text).expect("media types and hashes are plain text");
        let headers = [
            (header::CONTENT_TYPE, value(media_type)),
            (header::ETAG, value(etag)),
            (header::CACHE_CONTROL, cache),
        ];
        Self { content, packed: OnceLock::new(), is_worth_packing, headers }
    }

    /// A file for whom it was made only. Its length tells of its content, so it is never compressed.
    pub(super) fn private(content: String, media_type: &str) -> Self {
        let sha256 = Sha256::digest(&content).into();
        let cache = HeaderValue::from_static("private, no-cache");
        Self { is_worth_packing: false, ..Self::new(content.into(), media_type, sha256, cache) }
    }

    /// The answer to a request with these headers.
    pub(super) fn answer(&self, request: &HeaderMap) -> Response {
        let headers = self.headers.clone();
        if request.get_all(header::IF_NONE_MATCH).iter().any(|known| self.is_named_in(known)) {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        let vary = [(header::VARY, HeaderValue::from_static("accept-encoding"))];
        match self.packed() {
            Some(packed) if takes_gzip(request) => {
                let gzip = [(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))];
                (headers, vary, gzip, packed.clone()).into_response()
            }
            Some(_) => (headers, vary, self.content.clone()).into_response(),
            None => (headers, self.content.clone()).into_response(),
        }
    }

    /// The compressed file, if it is smaller.
    ///
    /// What is compressed holds no data of a school, so their compressed length reveals nothing.
    fn packed(&self) -> Option<&Bytes> {
        let pack = || {
            let packed = self.is_worth_packing.then(|| gzip(&self.content)).and_then(Result::ok)?;
            (packed.len() < self.content.len()).then_some(packed)
        };
        self.packed.get_or_init(pack).as_ref()
    }

    /// Whether a list of tags contains this file's tag.
    fn is_named_in(&self, tags: &HeaderValue) -> bool {
        let [_, (_, etag), _] = &self.headers;
        tags.to_str().is_ok_and(|tags| tags.split(',').any(|tag| tag.trim().as_bytes() == etag.as_bytes()))
    }
}

fn gzip(content: &[u8]) -> io::Result<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content)?;
    Ok(encoder.finish()?.into())
}

/// Whether the client takes gzip (RFC 9110, section 12.5.3).
fn takes_gzip(request: &HeaderMap) -> bool {
    let lists = request.get_all(header::ACCEPT_ENCODING).iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case("gzip") && weight != Some(0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(content: &str, media_type: &str) -> File {
        File::new(content.to_owned().into(), media_type, [7; 32], HeaderValue::from_static("no-cache"))
    }

    fn asked(accept_encoding: &str) -> HeaderMap {
        [(header::ACCEPT_ENCODING, accept_encoding.parse().unwrap())].into_iter().collect()
    }

    #[test]
    fn it_is_compressed_once_for_who_can_read_it() {
        let file = file(&"kata ".repeat(1000), "text/plain");
        for accepts in ["gzip", "br, GZIP;q=0.5", "deflate,gzip"] {
            let answer = file.answer(&asked(accepts));
            assert_eq!(answer.headers()[header::CONTENT_ENCODING], "gzip", "{accepts}");
            assert_eq!(answer.headers()[header::VARY], "accept-encoding");
        }
        for accepts in ["", "br", "gzip;q=0", "gzip; q=0.0", "x-gzipped"] {
            let answer = file.answer(&asked(accepts));
            assert!(!answer.headers().contains_key(header::CONTENT_ENCODING), "{accepts}");
            assert_eq!(answer.headers()[header::VARY], "accept-encoding", "{accepts}");
        }
        let (one, other) = (file.packed().unwrap(), file.packed().unwrap());
        assert_eq!(one.as_ptr(), other.as_ptr());
        assert!(one.len() < 200, "{}", one.len());
    }

    #[test]
    fn what_is_packed_already_or_grows_is_sent_as_it_is() {
        for file in [file(&"kata ".repeat(1000), "image/png"), file("x", "text/plain")] {
            let answer = file.answer(&asked("gzip"));
            assert!(!answer.headers().contains_key(header::CONTENT_ENCODING));
            assert!(!answer.headers().contains_key(header::VARY));
        }
    }
}
