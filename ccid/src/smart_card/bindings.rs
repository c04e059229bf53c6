//! The part of the draft's interface that is needed (wicg.github.io/web-smart-card).

use js_sys::{Array, ArrayBuffer, Object, Promise, Uint8Array};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `navigator` of a window or a worker.
    #[wasm_bindgen(js_name = navigator, thread_local_v2)]
    pub(super) static NAVIGATOR: Option<JsNavigator>;

    pub(super) type JsNavigator;
    #[wasm_bindgen(method, getter, js_name = smartCard)]
    pub(super) fn smart_card(this: &JsNavigator) -> Option<JsManager>;

    /// `SmartCardResourceManager`.
    #[derive(Clone)]
    pub(super) type JsManager;
    #[wasm_bindgen(method, catch, js_name = establishContext)]
    pub(super) fn establish_context(this: &JsManager) -> Result<Promise, JsValue>;

    /// `SmartCardContext`.
    #[derive(Clone)]
    pub(super) type JsContext;
    #[wasm_bindgen(method, catch, js_name = listReaders)]
    pub(super) fn list_readers(this: &JsContext) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getStatusChange)]
    pub(super) fn get_status_change(
        this: &JsContext,
        states: &Array,
        options: &Object,
    ) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn connect(
        this: &JsContext,
        reader: &str,
        mode: &str,
        options: &Object,
    ) -> Result<Promise, JsValue>;

    /// `SmartCardConnectResult`.
    pub(super) type JsConnectResult;
    #[wasm_bindgen(method, getter)]
    pub(super) fn connection(this: &JsConnectResult) -> JsConnection;

    /// `SmartCardConnection`.
    #[derive(Clone)]
    pub(super) type JsConnection;
    #[wasm_bindgen(method, catch)]
    pub(super) fn status(this: &JsConnection) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn transmit(this: &JsConnection, command: &Uint8Array) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn disconnect(this: &JsConnection, disposition: &str) -> Result<Promise, JsValue>;

    /// `SmartCardConnectionStatus`.
    pub(super) type JsStatus;
    #[wasm_bindgen(method, getter)]
    pub(super) fn state(this: &JsStatus) -> String;
    #[wasm_bindgen(method, getter, js_name = answerToReset)]
    pub(super) fn answer_to_reset(this: &JsStatus) -> Option<ArrayBuffer>;

    /// `SmartCardReaderStateOut`, and its `SmartCardReaderStateFlagsOut`.
    pub(super) type JsReaderState;
    #[wasm_bindgen(method, getter, js_name = eventState)]
    pub(super) fn event_state(this: &JsReaderState) -> JsFlags;
    pub(super) type JsFlags;
    #[wasm_bindgen(method, getter)]
    pub(super) fn present(this: &JsFlags) -> Option<bool>;
}
