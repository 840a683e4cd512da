//! The protocol's headers.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use contract::{Error, FieldProblem};
use rules::time::Timestamp;
use service::uploads::{Algorithm, Checksum};

/// The version spoken.
pub const VERSION: &str = "1.0.0";

pub const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
pub const VERSIONS: HeaderName = HeaderName::from_static("tus-version");
pub const EXTENSION: HeaderName = HeaderName::from_static("tus-extension");
pub const MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
pub const CHECKSUM_ALGORITHM: HeaderName = HeaderName::from_static("tus-checksum-algorithm");
pub const LENGTH: HeaderName = HeaderName::from_static("upload-length");
pub const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
pub const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
pub const CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");
pub const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
pub const METHOD_OVERRIDE: HeaderName = HeaderName::from_static("x-http-method-override");

/// Longest metadata read.
const METADATA_MAX: usize = 16 * 1024;

/// A whole number of bytes.
pub fn number(headers: &HeaderMap, name: &HeaderName) -> Option<u64> {
    let text = headers.get(name)?.to_str().ok()?;
    text.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
    text.parse().ok()
}

/// `Upload-Metadata`: names with their values in Base64.
///
/// # Errors
/// `Invalid(metadata)` where it cannot be read.
pub fn metadata(headers: &HeaderMap) -> Result<BTreeMap<String, String>, Error> {
    let malformed = || Error::field("metadata", FieldProblem::Malformed);
    let Some(value) = headers.get(&METADATA) else {
        return Ok(BTreeMap::new());
    };
    let text = value.to_str().map_err(|_| malformed())?;
    if text.len() > METADATA_MAX {
        return Err(malformed());
    }
    text.split(',')
        .map(str::trim)
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once(' ').unwrap_or((pair, ""));
            let bytes = STANDARD.decode(value.trim()).map_err(|_| malformed())?;
            let value = String::from_utf8(bytes).map_err(|_| malformed())?;
            Ok((name.to_owned(), value))
        })
        .collect()
}

/// `Upload-Checksum: sha256 <Base64>`.
pub fn checksum(value: &HeaderValue) -> Option<Checksum> {
    let (name, sum) = value.to_str().ok()?.split_once(' ')?;
    Some(Checksum {
        algorithm: Algorithm::ALL
            .into_iter()
            .find(|algorithm| algorithm.name() == name)?,
        expected: STANDARD.decode(sum.trim()).ok()?,
    })
}

/// A time as HTTP writes it: `Mon, 23 Nov 2026 14:00:00 GMT`.
pub fn http_date(at: Timestamp) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name.clone(), HeaderValue::from_str(value).expect("a header"))])
    }

    #[test]
    fn metadata_is_read_or_refused() {
        let said = metadata(&headers(&METADATA, "filename YS5wZGY=,kind b3RoZXI=, empty,")).expect("read");
        assert_eq!(said["filename"], "a.pdf");
        assert_eq!(said["kind"], "other");
        assert_eq!(said["empty"], "");
        for broken in ["filename ???", "filename /w=="] {
            assert!(metadata(&headers(&METADATA, broken)).is_err(), "{broken}");
        }
        assert_eq!(metadata(&HeaderMap::new()), Ok(BTreeMap::new()));
    }

    #[test]
    fn numbers_are_digits() {
        let ask = |text| number(&headers(&OFFSET, text), &OFFSET);
        assert_eq!(ask("0"), Some(0));
        assert_eq!(ask("2147483648"), Some(2_147_483_648));
        for not in ["-1", "+1", "1.5", "", "0x10", "99999999999999999999"] {
            assert_eq!(ask(not), None, "{not}");
        }
    }

    #[test]
    fn checksums_name_a_known_algorithm() {
        let ask = |text| checksum(&HeaderValue::from_static(text));
        assert_eq!(
            ask("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=").map(|sum| (sum.algorithm, sum.expected.len())),
            Some((Algorithm::Sha1, 20))
        );
        assert_eq!(ask("md5 Kq5sNclPz7QV2+lfQIuc6R7oRu0="), None);
        assert_eq!(ask("sha256"), None);
    }

    #[test]
    fn dates_are_those_of_http() {
        let at: Timestamp = "2026-11-23T14:05:09Z".parse().expect("a time");
        assert_eq!(http_date(at), "Mon, 23 Nov 2026 14:05:09 GMT");
    }
}
