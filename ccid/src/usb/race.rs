//! A future against a deadline.

use std::future::Future;
use std::pin::pin;

use futures_util::future::{self, Either};

use super::{Delay, UsbError};

/// What the future gives, or [`UsbError::Timeout`] when the wait is over first.
pub(crate) async fn before<T>(
    delay: &impl Delay,
    milliseconds: u32,
    work: impl Future<Output = Result<T, UsbError>>,
) -> Result<T, UsbError> {
    match future::select(pin!(work), pin!(delay.wait(milliseconds))).await {
        Either::Left((done, _)) => done,
        Either::Right(((), _)) => Err(UsbError::Timeout),
    }
}
