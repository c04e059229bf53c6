//! A file somebody chose: its bytes, and its text in one of the usual encodings. No library: the browser
//! knows them all.

use js_sys::Uint8Array;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, TextDecoder, TextDecoderOptions};

/// Larger files are none of clients.
pub const MOST_BYTES: f64 = 2_000_000.0;

/// The bytes; `None` when the file cannot be read (any more).
pub async fn bytes(file: &File) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// The text: UTF-8 when it is, else CP932 (which the Encoding Standard calls `shift_jis`). A byte that means
/// nothing in an encoding rules that out, so nothing is guessed half.
pub fn text(bytes: &[u8]) -> Option<String> {
    let labels: &[&str] = match bytes {
        [0xFF, 0xFE, ..] => &["utf-16le"],
        _ => &["utf-8", "shift_jis"],
    };
    labels.iter().find_map(|label| {
        let options = TextDecoderOptions::new();
        options.set_fatal(true);
        TextDecoder::new_with_label_and_options(label, &options).ok()?.decode_with_u8_array(bytes).ok()
    })
}

/// The text of bytes in CP932, U+FFFD for what means nothing; `None` where the browser cannot read it at all.
pub fn shift_jis(bytes: &[u8]) -> Option<String> {
    TextDecoder::new_with_label("shift_jis").ok()?.decode_with_u8_array(bytes).ok()
}
