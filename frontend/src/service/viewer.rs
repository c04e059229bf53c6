//! The worker that draws a PDF: a WebAssembly module and a memory of its own (`frontend/viewer`), fetched when
//! a document is first opened. What it holds goes with it: dropped, it is ended by the browser, whatever it
//! is doing, and its whole memory is gone.

use super::browser;
use super::problem::Problem;
use js_sys::{Array, Float32Array, Function, JsString, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData, MessageEvent, Worker};
use yew::Callback;

/// What the worker says.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// It listens.
    Ready,
    /// The document is open; height to width of each page.
    Pages(Vec<f32>),
    /// The document cannot be opened: `unreadable`, `locked` or `pages`.
    Broken(String),
    /// A page, drawn.
    Drawn(Picture),
    /// A page that cannot be drawn, from 0.
    Blank(usize),
    /// The worker itself has failed.
    Failed,
}

/// A page, drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Which, from 0.
    pub page: usize,
    width: u32,
    height: u32,
    pixels: JsValue,
}

/// The worker of one document.
pub struct Viewer {
    worker: Worker,
    _listener: Closure<dyn Fn(MessageEvent)>,
    _failure: Closure<dyn Fn(JsValue)>,
}

/// Where the worker's script stands, beside the page.
const SCRIPT: &str = "./viewer.js";

impl Viewer {
    /// Starts the worker; what it says is told.
    ///
    /// # Errors
    /// `APP-009` where the browser allows none.
    pub fn start(tell: &Callback<Said>) -> Result<Self, Problem> {
        let worker = worker().map_err(|_| Problem::new("APP-009"))?;
        let listener = Closure::<dyn Fn(MessageEvent)>::new({
            let tell = tell.clone();
            move |event: MessageEvent| tell.emit(said(&event.data()).unwrap_or(Said::Failed))
        });
        let failure = Closure::<dyn Fn(JsValue)>::new({
            let tell = tell.clone();
            move |_| tell.emit(Said::Failed)
        });
        worker.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        worker.set_onerror(Some(failure.as_ref().unchecked_ref()));
        Ok(Self { worker, _listener: listener, _failure: failure })
    }

    /// Hands the file over; here nothing is left of it.
    pub fn open(&self, file: &Uint8Array) {
        self.post(&Array::of2(&word("open"), file), &Array::of1(&file.buffer()));
    }

    /// Asks for a page (from 0), so many pixels wide.
    pub fn draw(&self, page: usize, width: f64) {
        let message = Array::of3(&word("draw"), &JsValue::from_f64(page as f64), &JsValue::from_f64(width));
        self.post(&message, &Array::new());
    }

    fn post(&self, message: &Array, moved: &Array) {
        // A worker that cannot be told anything says nothing either; the page's watch notices.
        let _ = self.worker.post_message_with_transfer(message, moved);
    }
}

impl Drop for Viewer {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl Picture {
    /// Puts it on a canvas, which becomes as large as it.
    pub fn show(&self, canvas: &HtmlCanvasElement) -> Option<()> {
        canvas.set_width(self.width);
        canvas.set_height(self.height);
        let class: Function = Reflect::get(&js_sys::global(), &word("ImageData")).ok()?.unchecked_into();
        let size = (JsValue::from(self.width), JsValue::from(self.height));
        let data = Reflect::construct(&class, &Array::of3(&self.pixels, &size.0, &size.1));
        let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.unchecked_into();
        context.put_image_data(data.ok()?.unchecked_ref::<ImageData>(), 0.0, 0.0).ok()
    }
}

/// Takes the pixels off a canvas.
pub fn clear(canvas: &HtmlCanvasElement) {
    canvas.set_width(0);
    canvas.set_height(0);
}

fn word(text: &str) -> JsValue {
    JsString::from(text).into()
}

/// The page's policy (`require-trusted-types-for`) lets no text be a script's address: a policy of our own
/// vouches for this one.
fn worker() -> Result<Worker, JsValue> {
    let global = js_sys::global();
    let options = browser::object(&[("type", &word("module"))]);
    let class: Function = Reflect::get(&global, &word("Worker"))?.dyn_into()?;
    let made = Reflect::construct(&class, &Array::of2(&address(&global)?, &options))?;
    made.dyn_into()
}

fn address(global: &JsValue) -> Result<JsValue, JsValue> {
    let types = Reflect::get(global, &word("trustedTypes"))?;
    if types.is_undefined() {
        return Ok(word(SCRIPT));
    }
    // Whatever it is asked for, it vouches for this script and no other.
    let vouch = Closure::<dyn Fn(JsValue) -> JsValue>::new(|_| word(SCRIPT));
    let rules = browser::object(&[("createScriptURL", vouch.as_ref())]);
    let policy = call(&types, "createPolicy", &Array::of2(&word("kakehashi-viewer"), &rules))?;
    call(&policy, "createScriptURL", &Array::of1(&word(SCRIPT)))
}

fn call(object: &JsValue, name: &str, arguments: &Array) -> Result<JsValue, JsValue> {
    Reflect::get(object, &word(name))?.dyn_into::<Function>()?.apply(object, arguments)
}

fn said(message: &JsValue) -> Option<Said> {
    let message: &Array = message.dyn_ref()?;
    let number = |at| message.get(at).as_f64();
    Some(match message.get(0).as_string()?.as_str() {
        "ready" => Said::Ready,
        "pages" => {
            let sizes = message.get(1).dyn_into::<Float32Array>().ok()?.to_vec();
            Said::Pages(
                sizes.chunks(2).map(|size| size.get(1).copied().unwrap_or(1.0) / size[0].max(1.0)).collect(),
            )
        }
        "broken" => Said::Broken(message.get(1).as_string()?),
        "drawn" => Said::Drawn(Picture {
            page: number(1)? as usize,
            width: number(2)? as u32,
            height: number(3)? as u32,
            pixels: message.get(4),
        }),
        "blank" => Said::Blank(number(1)? as usize),
        _ => return None,
    })
}
