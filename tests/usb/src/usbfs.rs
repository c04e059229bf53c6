//! usbfs: the files `/dev/bus/usb/001/…` and their ioctls.

use std::{
    collections::HashMap,
    ffi::{CStr, c_char, c_int, c_uint, c_ulong, c_void},
    os::fd::RawFd,
    sync::{
        Arc, LazyLock, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicPtr, AtomicU32, Ordering},
    },
};

use crate::{
    bus,
    device::{Device, Outcome},
    log::note,
    urb::{self, Request},
};

const NODES: &[u8] = b"/dev/bus/usb/";
/// Highest descriptor that can be a device of ours.
const MOST: usize = 65536;

/// Which descriptors are ours: asked at every close and ioctl of the whole process, so without a lock.
static OURS: [AtomicBool; MOST] = [const { AtomicBool::new(false) }; MOST];
/// The process the descriptors belong to: a child between fork and exec closes copies, and must not lock.
static OWNER: AtomicU32 = AtomicU32::new(0);
static OPEN: LazyLock<Mutex<HashMap<RawFd, Arc<Device>>>> = LazyLock::new(Mutex::default);

type OpenFunction = unsafe extern "C" fn(*const c_char, c_int, c_uint) -> c_int;
type OpenAtFunction = unsafe extern "C" fn(c_int, *const c_char, c_int, c_uint) -> c_int;
type CloseFunction = unsafe extern "C" fn(c_int) -> c_int;
type IoctlFunction = unsafe extern "C" fn(c_int, c_ulong, *mut c_void) -> c_int;

/// The C library's function behind ours.
macro_rules! real {
    ($name:literal as $type:ty) => {{
        static REAL: AtomicPtr<c_void> = AtomicPtr::new(std::ptr::null_mut());
        let mut found = REAL.load(Ordering::Relaxed);
        if found.is_null() {
            // SAFETY: a valid C string; looking a symbol up changes nothing.
            found = unsafe { libc::dlsym(libc::RTLD_NEXT, $name.as_ptr()) };
            REAL.store(found, Ordering::Relaxed);
        }
        // SAFETY: the C library has this function, with this type (its variadic part is passed alike).
        unsafe { std::mem::transmute::<*mut c_void, $type>(found) }
    }};
}

macro_rules! export {
    ($($(#[$doc:meta])* fn $name:ident($($argument:ident: $type:ty),*) -> $result:ty $body:block)*) => {
        $($(#[$doc])*
        ///
        /// # Safety
        /// Called as C calls the C library's function of this name.
        #[cfg_attr(not(test), unsafe(no_mangle))]
        #[cfg_attr(test, expect(dead_code, reason = "only exported"))]
        pub(crate) unsafe extern "C" fn $name($($argument: $type),*) -> $result $body)*
    };
}

export! {
    /// open(2).
    fn open(path: *const c_char, flags: c_int, mode: c_uint) -> c_int {
        let real = real!(c"open" as OpenFunction);
        // SAFETY: passed on as it came.
        unsafe { node(path).unwrap_or_else(|| real(path, flags, mode)) }
    }
    /// open(2) with large files.
    fn open64(path: *const c_char, flags: c_int, mode: c_uint) -> c_int {
        let real = real!(c"open64" as OpenFunction);
        // SAFETY: passed on as it came.
        unsafe { node(path).unwrap_or_else(|| real(path, flags, mode)) }
    }
    /// openat(2).
    fn openat(folder: c_int, path: *const c_char, flags: c_int, mode: c_uint) -> c_int {
        let real = real!(c"openat" as OpenAtFunction);
        // SAFETY: passed on as it came.
        unsafe { node(path).unwrap_or_else(|| real(folder, path, flags, mode)) }
    }
    /// openat(2) with large files.
    fn openat64(folder: c_int, path: *const c_char, flags: c_int, mode: c_uint) -> c_int {
        let real = real!(c"openat64" as OpenAtFunction);
        // SAFETY: passed on as it came.
        unsafe { node(path).unwrap_or_else(|| real(folder, path, flags, mode)) }
    }
    /// close(2).
    fn close(fd: c_int) -> c_int {
        if ours(fd) {
            shut(fd);
        }
        let real = real!(c"close" as CloseFunction);
        // SAFETY: passed on as it came.
        unsafe { real(fd) }
    }
    /// ioctl(2).
    fn ioctl(fd: c_int, request: c_ulong, argument: *mut c_void) -> c_int {
        if !ours(fd) {
            let real = real!(c"ioctl" as IoctlFunction);
            // SAFETY: passed on as it came.
            return unsafe { real(fd, request, argument) };
        }
        let Some(device) = table().get(&fd).cloned() else { return fail(libc::EBADF) };
        // SAFETY: the caller's contract: the argument is what this ioctl of usbfs takes.
        match unsafe { act(&device, fd, request, argument) } {
            Ok(()) => 0,
            Err(libc::EAGAIN) => fail(libc::EAGAIN),
            Err(error) => {
                note!("ioctl {request:08x} on {fd}: errno {error}");
                fail(error)
            }
        }
    }
}

/// Opens a device of the virtual bus; `None` when the path is not one of ours.
///
/// # Safety
/// `path` is null or a C string.
unsafe fn node(path: *const c_char) -> Option<c_int> {
    if path.is_null() {
        return None;
    }
    // SAFETY: by the contract above.
    let path = unsafe { CStr::from_ptr(path) };
    if !path.to_bytes().starts_with(NODES) {
        return None;
    }
    let device = bus::started()?.devices().into_iter().find(|device| *device.names.devnode == *path);
    let Some(device) = device else { return Some(fail(libc::ENODEV)) };
    // SAFETY: no pointers are involved.
    let fd = unsafe { libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK) };
    let Some(flag) = usize::try_from(fd).ok().and_then(|at| OURS.get(at)) else { return Some(fd) };
    let opened = device.open(fd);
    note!("open {} as {fd}: {opened:?}", path.to_string_lossy());
    if let Err(error) = opened {
        // SAFETY: the descriptor was made above and nobody else has it.
        unsafe { libc::close(fd) };
        return Some(fail(error));
    }
    table().insert(fd, device);
    OWNER.store(std::process::id(), Ordering::Release);
    flag.store(true, Ordering::Release);
    Some(fd)
}

fn ours(fd: c_int) -> bool {
    usize::try_from(fd).ok().and_then(|at| OURS.get(at)).is_some_and(|flag| flag.load(Ordering::Acquire))
        && OWNER.load(Ordering::Acquire) == std::process::id()
}

fn shut(fd: c_int) {
    if let Some(device) = table().remove(&fd) {
        note!("close {fd}");
        device.close(fd);
    }
    if let Some(flag) = usize::try_from(fd).ok().and_then(|at| OURS.get(at)) {
        flag.store(false, Ordering::Release);
    }
}

/// # Safety
/// `argument` is what the ioctl takes.
unsafe fn act(device: &Device, fd: RawFd, request: c_ulong, argument: *mut c_void) -> Outcome<()> {
    match request {
        // SAFETY: the contract of SUBMITURB is that of `Request::new`.
        urb::SUBMIT => device.submit(fd, unsafe { Request::new(argument) }),
        urb::REAP | urb::REAP_NO_DELAY => {
            let done = device.reap(fd)?;
            // SAFETY: the argument is where the pointer goes.
            unsafe { *argument.cast::<*mut c_void>() = done.pointer() };
            Ok(())
        }
        // SAFETY: the argument is a request submitted before; it is only compared until it is found.
        urb::DISCARD => device.discard(fd, unsafe { Request::new(argument) }),
        // SAFETY: the argument is an unsigned int.
        urb::CLAIM => device.claim(fd, unsafe { *argument.cast() }),
        // SAFETY: the argument is an unsigned int.
        urb::RELEASE => device.release(fd, unsafe { *argument.cast() }),
        urb::SET_INTERFACE | urb::SET_CONFIGURATION | urb::RESET | urb::CLEAR_HALT => device.check(),
        urb::CAPABILITIES => {
            // SAFETY: the argument is an unsigned int.
            unsafe { *argument.cast::<c_uint>() = 0 };
            Ok(())
        }
        urb::GET_DRIVER => Err(libc::ENODATA),
        _ => Err(libc::ENOTTY),
    }
}

fn table() -> MutexGuard<'static, HashMap<RawFd, Arc<Device>>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn fail(error: c_int) -> c_int {
    // SAFETY: the C library's errno of this thread.
    unsafe { *libc::__errno_location() = error };
    -1
}
