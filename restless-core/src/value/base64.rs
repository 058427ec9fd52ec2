//! Bytes as base64 text (RFC 4648, section 4).

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};

/// The bytes that a text in base64 stands for: padded or not, in the standard or in the URL-safe alphabet.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let engines = [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE, &URL_SAFE_NO_PAD];
    engines.iter().find_map(|engine| engine.decode(text).ok())
}

/// Appends the bytes as a JSON string.
pub(super) fn write(bytes: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    out.extend_from_slice(STANDARD.encode(bytes).as_bytes());
    out.push(b'"');
}

/// Turns the JSON array of numbers that serde makes of bytes, from `start` on, into a JSON string.
pub(super) fn rewrite(out: &mut Vec<u8>, start: usize) {
    if let Ok(bytes) = serde_json::from_slice::<Vec<u8>>(&out[start..]) {
        out.truncate(start);
        write(&bytes, out);
    }
}
