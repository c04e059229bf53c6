//! The worker: one document, asked for by messages.
//!
//! | to the worker | from the worker |
//! |---|---|
//! | | `["ready"]` |
//! | `["open", Uint8Array]` | `["pages", Float32Array of widths and heights]`, `["broken", "unreadable" \| "locked" \| "pages"]` |
//! | `["draw", page, width]` | `["drawn", page, width, height, Uint8ClampedArray]`, `["blank", page]` |

#[cfg(target_arch = "wasm32")]
mod worker;

fn main() {
    #[cfg(target_arch = "wasm32")]
    worker::start();
}
