//! The browser as a provider.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;
use js_sys::{Array, ArrayBuffer, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::bindings::{
    JsConnectResult, JsConnection, JsContext, JsManager, JsReaderState, JsStatus, NAVIGATOR,
};
use super::{Call, Fault, Pending, Protocol, Provider, Reply, SmartCardReader};
use crate::error::{CardError, Kind};
use crate::webusb::{Timers, Wiped, allows, set};

/// Whether this page may ask for `navigator.smartCard`: an Isolated Web App that declares `smart-card`, in a
/// browser that has it. Whether there is PC/SC behind it only [`open`] can tell.
pub fn supported() -> bool {
    manager().is_some() && allows("smart-card")
}

/// Takes a reader of the system's PC/SC.
///
/// # Errors
/// As [`SmartCardReader::open`]; [`Kind::ReaderNotFound`] without `navigator.smartCard`.
pub async fn open() -> Result<SmartCardReader<Browser, Timers>, CardError> {
    let manager =
        manager().ok_or_else(|| CardError::new(Kind::ReaderNotFound, "navigator.smartCard is not there"))?;
    SmartCardReader::open(Browser { manager, held: Rc::default() }, Timers).await
}

fn manager() -> Option<JsManager> {
    NAVIGATOR.with(|navigator| navigator.as_ref().and_then(|it| it.smart_card()))
}

/// `navigator.smartCard`, with one context and one connection.
pub struct Browser {
    manager: JsManager,
    held: Rc<RefCell<Held>>,
}

#[derive(Default)]
struct Held {
    context: Option<JsContext>,
    connection: Option<JsConnection>,
}

impl Provider for Browser {
    fn start(&mut self, call: Call) -> Pending {
        let mut wiped = None;
        let promise = self.promise(&call, &mut wiped);
        let held = Rc::clone(&self.held);
        Box::pin(async move {
            let result = match promise {
                Ok(promise) => JsFuture::from(promise).await,
                Err(error) => Err(error),
            };
            drop(wiped);
            let value = result.map_err(|error| fault(&error))?;
            Ok(match call {
                Call::Establish => {
                    held.borrow_mut().context = Some(value.unchecked_into());
                    Reply::Done
                }
                Call::Readers => {
                    Reply::Readers(Array::from(&value).iter().filter_map(|it| it.as_string()).collect())
                }
                Call::Look(_) => Reply::Present(present(&value)),
                Call::Connect(..) => {
                    held.borrow_mut().connection =
                        Some(value.unchecked_into::<JsConnectResult>().connection());
                    Reply::Done
                }
                Call::Status => Reply::Status(answer_to_reset(&value.unchecked_into())),
                Call::Transmit(_) => Reply::Answer(bytes(&value.unchecked_into())),
                Call::Disconnect => {
                    held.borrow_mut().connection = None;
                    Reply::Done
                }
            })
        })
    }

    fn fresh(&self) -> Self {
        Self { manager: self.manager.clone(), held: Rc::default() }
    }

    fn run(future: LocalBoxFuture<'static, ()>) {
        spawn_local(future);
    }
}

impl Browser {
    fn promise(&self, call: &Call, wiped: &mut Option<Wiped>) -> Result<Promise, JsValue> {
        let held = self.held.borrow();
        let nothing = || JsValue::from_str("nothing is open");
        let context = || held.context.as_ref().ok_or_else(nothing);
        let connection = || held.connection.as_ref().ok_or_else(nothing);
        match call {
            Call::Establish => self.manager.establish_context(),
            Call::Readers => context()?.list_readers(),
            Call::Look(reader) => {
                // "Unaware" is answered at once with what is; the time limit is for providers that wait.
                let (unaware, state, options) = (Object::new(), Object::new(), Object::new());
                set(&unaware, "unaware", &JsValue::TRUE);
                set(&state, "readerName", &JsValue::from_str(reader));
                set(&state, "currentState", &unaware);
                set(&options, "timeout", &JsValue::from(0));
                context()?.get_status_change(&Array::of1(&state), &options)
            }
            Call::Connect(reader, protocol) => {
                let name = match protocol {
                    Protocol::T0 => "t0",
                    Protocol::T1 => "t1",
                };
                let options = Object::new();
                set(&options, "preferredProtocols", &Array::of1(&JsValue::from_str(name)));
                context()?.connect(reader, "exclusive", &options)
            }
            Call::Status => connection()?.status(),
            Call::Transmit(command) => {
                let bytes = wiped.insert(Wiped::new(command));
                connection()?.transmit(bytes.array())
            }
            Call::Disconnect => connection()?.disconnect("unpower"),
        }
    }
}

fn present(states: &JsValue) -> bool {
    let flags = |state: JsValue| state.unchecked_into::<JsReaderState>().event_state();
    Array::from(states).iter().any(|state| flags(state).present() == Some(true))
}

fn answer_to_reset(status: &JsStatus) -> Option<Vec<u8>> {
    if status.state() == "absent" {
        return None;
    }
    Some(status.answer_to_reset().map_or_else(Vec::new, |buffer| bytes(&buffer)))
}

fn bytes(buffer: &ArrayBuffer) -> Vec<u8> {
    Uint8Array::new(buffer).to_vec()
}

fn fault(error: &JsValue) -> Fault {
    let get = |key: &str| Reflect::get(error, &JsValue::from_str(key)).ok().and_then(|it| it.as_string());
    let (name, message) = (get("name").unwrap_or_default(), get("message").unwrap_or_default());
    Fault::new(get("responseCode").as_deref(), &name, &message)
}
