//! Records in the browser's IndexedDB: the only place that can keep a key nobody can read out.

use super::browser::object;
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction, IdbTransactionMode,
};

const DATABASE: &str = "kakehashi";
/// 2 since drafts are kept.
const VERSION: u32 = 2;
/// Keys of this device.
const DEVICE: &str = "device";
/// Drafts.
const DRAFTS: &str = "drafts";

/// A record of the store of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Record {
    /// The device's key and credential.
    This,
    /// The device's share of the keys of drafts.
    Share,
}

impl Record {
    fn name(self) -> JsValue {
        JsValue::from_str(match self {
            Self::This => "this",
            Self::Share => "share",
        })
    }
}

/// Reads a record; `undefined` when there is none.
///
/// # Errors
/// What the browser says, for example in a private window.
pub async fn read(record: Record) -> Result<JsValue, JsValue> {
    let database = open().await?;
    let store = store(&database, DEVICE, IdbTransactionMode::Readonly)?;
    let value = done(&store.get(&record.name())?).await;
    database.close();
    value
}

/// Writes a record; comes back once it is kept.
///
/// # Errors
/// What the browser says, for example when its storage is full.
pub async fn write(record: Record, value: &JsValue) -> Result<(), JsValue> {
    let database = open().await?;
    let store = store(&database, DEVICE, IdbTransactionMode::Readwrite)?;
    let kept = done(&store.put_with_key(value, &record.name())?).await;
    database.close();
    kept.map(drop)
}

/// Writes a record unless there is one, and gives what is there: of two tabs both get the same.
///
/// # Errors
/// As [`write`].
pub async fn first(record: Record, value: &JsValue) -> Result<JsValue, JsValue> {
    let database = open().await?;
    let change = Change::begin(&database, DEVICE)?;
    let there = done(&change.store.get(&record.name())?).await?;
    if there.is_undefined() {
        change.store.put_with_key(value, &record.name())?;
    }
    change.kept().await?;
    database.close();
    Ok(if there.is_undefined() { value.clone() } else { there })
}

/// Every draft of whomever, as it lies there.
///
/// # Errors
/// As [`read`].
pub async fn drafts() -> Result<Array, JsValue> {
    let database = open().await?;
    let store = store(&database, DRAFTS, IdbTransactionMode::Readonly)?;
    let all = done(&store.get_all()?).await;
    database.close();
    all?.dyn_into()
}

/// One draft; `undefined` when it is not there.
///
/// # Errors
/// As [`read`].
pub async fn draft(name: &str) -> Result<JsValue, JsValue> {
    let database = open().await?;
    let store = store(&database, DRAFTS, IdbTransactionMode::Readonly)?;
    let value = done(&store.get(&JsValue::from_str(name))?).await;
    database.close();
    value
}

/// Puts a draft in the place of the one with this version (0 = of none), in one transaction: of two tabs only
/// one does. Whether it was this one.
///
/// # Errors
/// As [`write`].
pub async fn put_draft(name: &str, version: u32, value: &JsValue) -> Result<bool, JsValue> {
    exchange(name, version, Some(value)).await
}

/// Removes a draft with this version; whether it was there.
///
/// # Errors
/// As [`write`].
pub async fn remove_draft(name: &str, version: u32) -> Result<bool, JsValue> {
    exchange(name, version, None).await
}

async fn exchange(name: &str, version: u32, value: Option<&JsValue>) -> Result<bool, JsValue> {
    let database = open().await?;
    let change = Change::begin(&database, DRAFTS)?;
    let name = JsValue::from_str(name);
    let there = done(&change.store.get(&name)?).await?;
    let same = version_of(&there) == version;
    match value {
        _ if !same => {}
        Some(value) => drop(change.store.put_with_key(value, &name)?),
        None => drop(change.store.delete(&name)?),
    }
    change.kept().await?;
    database.close();
    Ok(same)
}

/// A change that is done once it is on the disk, not when it is on its way there: a browser that is killed, or a
/// battery that is empty, comes after it.
struct Change {
    store: IdbObjectStore,
    kept: Promise,
}

impl Change {
    fn begin(database: &IdbDatabase, store: &str) -> Result<Self, JsValue> {
        // web-sys has no durability yet. A browser that does not know it ignores it.
        let begin: Function = Reflect::get(database, &"transaction".into())?.dyn_into()?;
        let how = object(&[("durability", &"strict".into())]);
        let change = begin.call3(database, &store.into(), &"readwrite".into(), &how)?;
        let change: IdbTransaction = change.dyn_into()?;
        let kept = Promise::new(&mut |resolve, reject| {
            change.set_oncomplete(Some(&resolve));
            change.set_onabort(Some(&reject));
        });
        Ok(Self { store: change.object_store(store)?, kept })
    }

    async fn kept(self) -> Result<(), JsValue> {
        JsFuture::from(self.kept).await.map(drop)
    }
}

/// The version of a record; 0 for what is none.
pub fn version_of(record: &JsValue) -> u32 {
    // Fails only on what is no object.
    let version = Reflect::get(record, &JsValue::from_str("version")).unwrap_or_default();
    version.as_f64().unwrap_or_default() as u32
}

async fn open() -> Result<IdbDatabase, JsValue> {
    let factory = web_sys::window()
        .and_then(|window| window.indexed_db().ok().flatten())
        .ok_or_else(|| JsValue::from_str("no IndexedDB"))?;
    let request = factory.open_with_u32(DATABASE, VERSION)?;
    let upgrade = Closure::once_into_js({
        let request: IdbOpenDbRequest = request.clone();
        move || {
            let database = request.result().ok().and_then(|value| value.dyn_into::<IdbDatabase>().ok());
            if let Some(database) = database {
                for name in [DEVICE, DRAFTS] {
                    // A store that is there from an earlier version refuses to be made again, and stays as it is.
                    let _ = database.create_object_store(name);
                }
            }
        }
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    done(&request).await?.dyn_into()
}

fn store(database: &IdbDatabase, name: &str, mode: IdbTransactionMode) -> Result<IdbObjectStore, JsValue> {
    database.transaction_with_str_and_mode(name, mode)?.object_store(name)
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
