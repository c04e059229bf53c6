//! What a first visit loads.

use crate::figure::{Failure, Figure, Limit, house};
use serde_json::json;

/// What opening the card page fetches, all readers with it, and how much of it is the crate `ccid`.
pub(crate) fn card() -> Result<Vec<Figure>, Failure> {
    let dist = house().join("dist");
    let mut loader = None;
    for entry in std::fs::read_dir(&dist)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with("parts-") && name.ends_with(".js") {
            loader = Some(std::fs::read_to_string(&path)?);
        }
    }
    let loader = loader.ok_or("dist/ holds no parts-….js")?;
    let mut fetched = serde_json::Map::new();
    let mut total = 0;
    for name in parts_of(&loader, "card") {
        let path = dist.join(format!("{name}.br"));
        let size = std::fs::metadata(&path).map_err(|error| format!("{}: {error}", path.display()))?.len();
        fetched.insert(name.trim_start_matches("parts/").to_owned(), json!(size));
        total += size;
    }
    if total == 0 {
        return Err("the card page fetches nothing".into());
    }
    let (ccid, whole) = code_of("ccid")?;
    Ok(vec![
        Figure {
            name: "app-page-card",
            value: number(total),
            unit: "bytes (brotli)",
            limit: Limit::None,
            beside: fetched.into(),
        },
        Figure {
            name: "ccid-weight",
            value: number(ccid),
            unit: "bytes of code (not packed)",
            limit: Limit::None,
            beside: json!({ "whole_app": whole }),
        },
    ])
}

/// Files that the loader fetches for a page: its own and those it shares with other pages.
fn parts_of(loader: &str, page: &str) -> Vec<String> {
    let file = |text: &str| text.split("\"./").nth(1)?.split('"').next().map(str::to_owned);
    let own =
        loader.split("export const ").find(|part| part.starts_with(&format!("__wasm_split_load_{page} ")));
    let Some(own) = own else { return Vec::new() };
    let shared = own.rsplit_once('[').map_or("", |(_, names)| names);
    let shared = shared.split(']').next().unwrap_or_default().split(", ").filter(|name| !name.is_empty());
    let chunks = shared.filter_map(|name| file(loader.split_once(&format!("const {name} ="))?.1));
    file(own).into_iter().chain(chunks).collect()
}

/// Bytes of the functions of a crate, and of all, in the app before wasm-opt and packing: by their names.
fn code_of(name: &str) -> Result<(u64, u64), Failure> {
    let path = house().join("target/wasm32-unknown-unknown/wasm/kakehashi-app.wasm");
    let module = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let (mut imported, mut sizes, mut names) = (0u32, Vec::new(), std::collections::HashMap::new());
    for payload in wasmparser::Parser::new(0).parse_all(&module) {
        match payload? {
            wasmparser::Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                }
            }
            wasmparser::Payload::CodeSectionEntry(body) => sizes.push(body.range().end - body.range().start),
            wasmparser::Payload::CustomSection(section) => {
                let wasmparser::KnownCustom::Name(reader) = section.as_known() else { continue };
                for part in reader {
                    if let wasmparser::Name::Function(map) = part? {
                        for naming in map {
                            let naming = naming?;
                            names.insert(naming.index, naming.name.to_owned());
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let (legacy, path) = (format!("{}{name}", name.len()), format!("{name}::"));
    let mut own = 0;
    for (index, size) in (imported..).zip(&sizes) {
        let Some(name) = names.get(&index) else { continue };
        if name.contains(&path) || name.contains(&legacy) {
            own += size;
        }
    }
    if own == 0 {
        return Err("no function of the crate was found by name".into());
    }
    Ok((own, sizes.iter().sum()))
}

#[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
fn number(bytes: u64) -> f64 {
    bytes as f64
}

/// Brotli bytes of WebAssembly, script and styles, as a static host serves them.
pub(crate) fn first_load() -> Result<Vec<Figure>, Failure> {
    let (mut sizes, mut total) = (serde_json::Map::new(), 0);
    let dist = house().join("dist");
    let page = std::fs::read_to_string(dist.join("index.html")).map_err(|error| format!("dist/: {error}"))?;
    for entry in std::fs::read_dir(&dist)? {
        let path = entry?.path();
        let kind = path.extension().and_then(|ext| ext.to_str()).unwrap_or_default().to_owned();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        // What the page does not name is fetched later: the worker that draws originals.
        if !["wasm", "js", "css"].contains(&kind.as_str()) || !page.contains(name) {
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
    Ok(vec![Figure {
        name: "app-first-load",
        value: number(total),
        unit: "bytes (brotli)",
        limit: Limit::Most(204_800.0),
        beside: sizes.into(),
    }])
}
