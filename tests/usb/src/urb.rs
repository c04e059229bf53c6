//! The structures and numbers of usbfs (linux/usbdevice_fs.h, x86-64).

use std::ffi::{c_int, c_uint, c_ulong, c_void};

const fn ioc(direction: c_ulong, number: c_ulong, size: usize) -> c_ulong {
    (direction << 30) | ((size as c_ulong) << 16) | ((b'U' as c_ulong) << 8) | number
}

pub(crate) const SET_INTERFACE: c_ulong = ioc(2, 4, 8);
pub(crate) const SET_CONFIGURATION: c_ulong = ioc(2, 5, 4);
pub(crate) const GET_DRIVER: c_ulong = ioc(1, 8, 260);
pub(crate) const SUBMIT: c_ulong = ioc(2, 10, size_of::<Urb>());
pub(crate) const DISCARD: c_ulong = ioc(0, 11, 0);
pub(crate) const REAP: c_ulong = ioc(1, 12, 8);
pub(crate) const REAP_NO_DELAY: c_ulong = ioc(1, 13, 8);
pub(crate) const CLAIM: c_ulong = ioc(2, 15, 4);
pub(crate) const RELEASE: c_ulong = ioc(2, 16, 4);
pub(crate) const RESET: c_ulong = ioc(0, 20, 0);
pub(crate) const CLEAR_HALT: c_ulong = ioc(2, 21, 4);
pub(crate) const CAPABILITIES: c_ulong = ioc(2, 26, 4);

/// Kind of a request: control.
pub(crate) const CONTROL: u8 = 2;
/// Direction bit of endpoints and of bmRequestType.
pub(crate) const IN: u8 = 0x80;
/// Bytes of setup at the front of a control request's buffer.
pub(crate) const SETUP: usize = 8;

/// `struct usbdevfs_urb`.
#[repr(C)]
pub(crate) struct Urb {
    kind: u8,
    endpoint: u8,
    status: c_int,
    flags: c_uint,
    buffer: *mut c_void,
    buffer_length: c_int,
    actual_length: c_int,
    start_frame: c_int,
    packets: c_int,
    errors: c_int,
    signal: c_uint,
    context: *mut c_void,
}

/// A submitted request: it and its buffer belong to this library until it is reaped or its file is closed,
/// which is usbfs's contract with whoever submits.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Request(*mut Urb);

// SAFETY: usbfs itself completes requests from another thread; between submit and reap nobody else touches
// them, and all accesses here are under the device's lock.
unsafe impl Send for Request {}

impl Request {
    /// Takes over a submitted request.
    ///
    /// # Safety
    /// `urb` is the argument of SUBMITURB: a valid `usbdevfs_urb` that stays so, with its buffer, until it is
    /// reaped or the file is closed.
    pub(crate) unsafe fn new(urb: *mut c_void) -> Self {
        Self(urb.cast())
    }

    pub(crate) fn pointer(self) -> *mut c_void {
        self.0.cast()
    }

    pub(crate) fn kind(self) -> u8 {
        // SAFETY: valid by the contract of `new`.
        unsafe { (*self.0).kind }
    }

    pub(crate) fn endpoint(self) -> u8 {
        // SAFETY: valid by the contract of `new`.
        unsafe { (*self.0).endpoint }
    }

    /// Bytes of its buffer.
    pub(crate) fn length(self) -> usize {
        // SAFETY: valid by the contract of `new`.
        usize::try_from(unsafe { (*self.0).buffer_length }).unwrap_or(0)
    }

    /// A copy of its buffer.
    pub(crate) fn data(self) -> Vec<u8> {
        let length = self.length();
        if length == 0 {
            return Vec::new();
        }
        // SAFETY: the buffer has `buffer_length` bytes by the contract of `new`; zero was handled.
        unsafe { std::slice::from_raw_parts((*self.0).buffer.cast::<u8>(), length).to_vec() }
    }

    /// Finishes it with data for its buffer from `offset` on; returns how much fitted.
    pub(crate) fn finish_in(self, offset: usize, data: &[u8]) {
        let length = data.len().min(self.length().saturating_sub(offset));
        if length > 0 {
            // SAFETY: offset + length is within the buffer by the line above; the ranges do not overlap, as
            // `data` is this library's own.
            unsafe {
                let at = (*self.0).buffer.cast::<u8>().add(offset);
                std::ptr::copy_nonoverlapping(data.as_ptr(), at, length);
            }
        }
        self.finish(0, length);
    }

    /// Finishes it with a status (0 or a negative errno) and a length.
    pub(crate) fn finish(self, status: c_int, length: usize) {
        // SAFETY: valid by the contract of `new`.
        unsafe {
            (*self.0).status = status;
            (*self.0).actual_length = c_int::try_from(length).unwrap_or(c_int::MAX);
        }
    }

    /// Status and length, of a finished request.
    #[cfg(test)]
    pub(crate) fn outcome(self) -> (c_int, c_int) {
        // SAFETY: valid by the contract of `new`.
        unsafe { ((*self.0).status, (*self.0).actual_length) }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A request with its buffer, for tests.
    pub(crate) struct Owned {
        urb: Box<Urb>,
        pub(crate) buffer: Vec<u8>,
    }

    impl Owned {
        pub(crate) fn new(kind: u8, endpoint: u8, buffer: Vec<u8>) -> Self {
            let mut owned = Self {
                urb: Box::new(Urb {
                    kind,
                    endpoint,
                    status: -1,
                    flags: 0,
                    buffer: std::ptr::null_mut(),
                    buffer_length: c_int::try_from(buffer.len()).unwrap(),
                    actual_length: -1,
                    start_frame: 0,
                    packets: 0,
                    errors: 0,
                    signal: 0,
                    context: std::ptr::null_mut(),
                }),
                buffer,
            };
            owned.urb.buffer = owned.buffer.as_mut_ptr().cast();
            owned
        }

        pub(crate) fn request(&mut self) -> Request {
            Request(&raw mut *self.urb)
        }
    }

    #[test]
    fn numbers_and_layout_are_the_kernels() {
        assert_eq!(size_of::<Urb>(), 56);
        assert_eq!(std::mem::offset_of!(Urb, buffer), 16);
        assert_eq!(std::mem::offset_of!(Urb, context), 48);
        assert_eq!(SUBMIT, 0x8038_550A);
        assert_eq!(DISCARD, 0x0000_550B);
        assert_eq!(REAP_NO_DELAY, 0x4008_550D);
        assert_eq!(CLAIM, 0x8004_550F);
        assert_eq!(GET_DRIVER, 0x4104_5508);
        assert_eq!(CAPABILITIES, 0x8004_551A);
    }

    #[test]
    fn data_never_leaves_the_buffer() {
        let mut owned = Owned::new(3, 0x85, vec![0; 4]);
        owned.request().finish_in(1, &[1, 2, 3, 4, 5]);
        assert_eq!(owned.request().outcome(), (0, 3));
        assert_eq!(owned.buffer, [0, 1, 2, 3]);
        owned.request().finish_in(9, &[1]);
        assert_eq!(owned.request().outcome(), (0, 0));
    }
}
