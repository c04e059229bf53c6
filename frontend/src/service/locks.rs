//! One tab at a time (Web Locks API). web-sys has it behind a flag, so it is called by its names.

use super::browser::{object, window};
use js_sys::{Function, Promise, Reflect};
use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// Does some work while no other tab of this origin does work of this name. Whether it was done: where another
/// tab is at it, it is not waited for. A browser without locks does it in any case.
pub async fn alone<F: Future<Output = ()> + 'static>(name: &str, work: F) -> bool {
    let work = Rc::new(RefCell::new(Some(work)));
    match request(name, Rc::clone(&work)) {
        // The work ends it; a tab that is closed lets go by itself.
        Some(ended) => drop(JsFuture::from(ended).await),
        None => {
            let work = work.borrow_mut().take();
            if let Some(work) = work {
                work.await;
            }
        }
    }
    work.borrow().is_none()
}

fn request<F: Future<Output = ()> + 'static>(name: &str, work: Rc<RefCell<Option<F>>>) -> Option<Promise> {
    let navigator = window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok().filter(|locks| locks.is_object())?;
    let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let work = if lock.is_null() { None } else { work.borrow_mut().take() };
        match work {
            Some(work) => future_to_promise(async move {
                work.await;
                Ok(JsValue::UNDEFINED)
            })
            .into(),
            None => JsValue::UNDEFINED,
        }
    });
    let how = object(&[("ifAvailable", &JsValue::TRUE)]);
    request.call3(&locks, &name.into(), &how, &granted).ok()?.dyn_into().ok()
}
