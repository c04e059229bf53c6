//! Messages of the worker.

use js_sys::{Array, Float32Array, JsString, Number, Uint8Array, Uint8ClampedArray};
use kakehashi_viewer::{Broken, Document};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

thread_local! {
    static DOCUMENT: RefCell<Option<Document>> = const { RefCell::new(None) };
}

/// Listens for as long as the worker lives.
pub(crate) fn start() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let answers = scope.clone();
    let listen = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let Ok(message) = event.data().dyn_into::<Array>() else { return };
        answer(&answers, &message);
    });
    scope.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    post(&scope, "ready", &[]);
}

fn answer(scope: &DedicatedWorkerGlobalScope, message: &Array) {
    match message.get(0).as_string().as_deref() {
        Some("open") => open(scope, &message.get(1)),
        Some("draw") => draw(scope, &message.get(1), &message.get(2)),
        _ => {}
    }
}

fn open(scope: &DedicatedWorkerGlobalScope, file: &JsValue) {
    match Document::open(Uint8Array::new(file).to_vec()) {
        Ok(document) => {
            let sizes: Vec<f32> =
                document.sizes().iter().flat_map(|(across, down)| [*across, *down]).collect();
            post(scope, "pages", &[Float32Array::from(sizes.as_slice()).into()]);
            DOCUMENT.with_borrow_mut(|kept| *kept = Some(document));
        }
        Err(broken) => {
            let why = match broken {
                Broken::Unreadable => "unreadable",
                Broken::Locked => "locked",
                Broken::Pages => "pages",
            };
            post(scope, "broken", &[why.into()]);
        }
    }
}

fn draw(scope: &DedicatedWorkerGlobalScope, page: &JsValue, width: &JsValue) {
    let number = page.as_f64().unwrap_or(-1.0);
    let width = width.as_f64().unwrap_or_default() as f32;
    let picture = DOCUMENT.with_borrow(|kept| {
        let document = kept.as_ref()?;
        (number >= 0.0).then(|| document.draw(number as usize, width)).flatten()
    });
    match picture {
        Some(picture) => {
            let pixels = Uint8ClampedArray::from(picture.pixels.as_slice());
            let size = |pixels: u32| JsValue::from(Number::from(f64::from(pixels)));
            post(scope, "drawn", &[page.clone(), size(picture.width), size(picture.height), pixels.into()]);
        }
        None => post(scope, "blank", &[page.clone()]),
    }
}

/// Posts a word and what belongs to it; a buffer of pixels goes over whole and is not copied.
fn post(scope: &DedicatedWorkerGlobalScope, word: &str, rest: &[JsValue]) {
    let message = Array::of1(&JsString::from(word));
    let moved = Array::new();
    for value in rest {
        message.push(value);
        if let Some(pixels) = value.dyn_ref::<Uint8ClampedArray>() {
            moved.push(&pixels.buffer());
        }
    }
    // A page that has gone hears nothing any more.
    let _ = scope.post_message_with_transfer(&message, &moved);
}
