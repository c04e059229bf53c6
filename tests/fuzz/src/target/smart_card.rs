//! What `navigator.smartCard` says of a failed call.

use ccid::CardError;
use ccid::smart_card::Fault;

use crate::bytes::Bytes;

pub(crate) fn run(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let coded = bytes.byte() & 1 == 1;
    let mut text = || String::from_utf8_lossy(bytes.piece()).into_owned();
    let (code, name, message) = (text(), text(), text());
    let code = coded.then_some(&code[..]);
    let fault = Fault::new(code, &name, &message);
    let error = CardError::from(fault.clone());
    assert_eq!(error.kind(), fault.kind());
    // The help desk reads the provider's own words.
    assert!(error.detail().starts_with(code.unwrap_or(&name)) && error.detail().ends_with(&message));
    assert!(error.cause().is_none() && error.tries().is_none() && error.status().is_none());
}
