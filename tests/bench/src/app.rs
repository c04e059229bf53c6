//! What a first visit loads.

use crate::figure::{Failure, Figure, Limit, house};
use serde_json::json;

/// Brotli bytes of WebAssembly, script and styles, as a static host serves them.
pub(crate) fn first_load() -> Result<Vec<Figure>, Failure> {
    let mut sizes = serde_json::Map::new();
    let mut total = 0;
    for entry in std::fs::read_dir(house().join("dist")).map_err(|error| format!("dist/: {error}"))? {
        let path = entry?.path();
        let kind = path.extension().and_then(|ext| ext.to_str()).unwrap_or_default().to_owned();
        if !["wasm", "js", "css"].contains(&kind.as_str()) {
            continue;
        }
        let packed = path.with_extension(format!("{kind}.br"));
        let size =
            std::fs::metadata(&packed).map_err(|error| format!("{}: {error}", packed.display()))?.len();
        let sum = sizes.get(&kind).and_then(serde_json::Value::as_u64).unwrap_or(0) + size;
        sizes.insert(kind, json!(sum));
        total += size;
    }
    if total == 0 {
        return Err("dist/ holds no app".into());
    }
    #[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
    let value = total as f64;
    Ok(vec![Figure {
        name: "app-first-load",
        value,
        unit: "bytes (brotli)",
        limit: Limit::Most(204_800.0),
        beside: sizes.into(),
    }])
}
