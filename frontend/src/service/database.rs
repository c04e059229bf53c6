//! One record in the browser's IndexedDB: the only place that can keep a key nobody can read out.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransactionMode};

const DATABASE: &str = "kakehashi";
const STORE: &str = "device";
const RECORD: &str = "this";

/// Reads the record; `undefined` when there is none.
///
/// # Errors
/// What the browser says, for example in a private window.
pub async fn read() -> Result<JsValue, JsValue> {
    let database = open().await?;
    let store = store(&database, IdbTransactionMode::Readonly)?;
    let value = done(&store.get(&JsValue::from_str(RECORD))?).await;
    database.close();
    value
}

/// Writes the record; comes back once it is kept.
///
/// # Errors
/// What the browser says, for example when its storage is full.
pub async fn write(value: &JsValue) -> Result<(), JsValue> {
    let database = open().await?;
    let store = store(&database, IdbTransactionMode::Readwrite)?;
    let kept = done(&store.put_with_key(value, &JsValue::from_str(RECORD))?).await;
    database.close();
    kept.map(drop)
}

async fn open() -> Result<IdbDatabase, JsValue> {
    let factory = web_sys::window()
        .and_then(|window| window.indexed_db().ok().flatten())
        .ok_or_else(|| JsValue::from_str("no IndexedDB"))?;
    let request = factory.open_with_u32(DATABASE, 1)?;
    let upgrade = Closure::once_into_js({
        let request: IdbOpenDbRequest = request.clone();
        move || {
            let database = request.result().ok().and_then(|value| value.dyn_into::<IdbDatabase>().ok());
            if let Some(database) = database {
                // The store cannot be there: this is version 1 being made.
                let _ = database.create_object_store(STORE);
            }
        }
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    done(&request).await?.dyn_into()
}

fn store(database: &IdbDatabase, mode: IdbTransactionMode) -> Result<IdbObjectStore, JsValue> {
    database.transaction_with_str_and_mode(STORE, mode)?.object_store(STORE)
}

/// Waits for a request.
async fn done(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        let answered = request.clone();
        let success = Closure::once_into_js(move || {
            let value = answered.result().unwrap_or(JsValue::UNDEFINED);
            // A function given by `Promise` does not throw.
            let _ = resolve.call1(&JsValue::UNDEFINED, &value);
        });
        let failed = request.clone();
        let failure = Closure::once_into_js(move || {
            let error = failed.error().ok().flatten().map_or(JsValue::UNDEFINED, JsValue::from);
            let _ = reject.call1(&JsValue::UNDEFINED, &error);
        });
        request.set_onsuccess(Some(success.unchecked_ref()));
        request.set_onerror(Some(failure.unchecked_ref()));
    });
    JsFuture::from(promise).await
}
