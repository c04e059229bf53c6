//! libudev, as far as Chromium uses it. Every object is a reference-counted pointer, as in the original; what
//! a function returns lives as long as the object it was asked of.
//!
//! Whoever asks for another subsystem than `usb` is told there is nothing: no other device exists here.

use std::{
    ffi::{CStr, CString, c_char, c_int, c_ulong, c_void},
    ptr,
    sync::{Arc, OnceLock, atomic::AtomicI8, atomic::Ordering},
};

use crate::{
    bus::{Event, Monitor, bus},
    device::Device,
};

/// A `udev_device`: a device and, when it came from a monitor, what happened to it.
pub(crate) struct UdevDevice {
    device: Arc<Device>,
    action: Option<&'static CStr>,
}

/// A `udev_enumerate`.
#[derive(Default)]
pub(crate) struct Enumerate {
    /// 0 no subsystem asked for, 1 `usb` among them, -1 only others.
    subsystem: AtomicI8,
    entries: OnceLock<Vec<ListEntry>>,
}

/// A `udev_list_entry`: one of a row.
pub(crate) struct ListEntry {
    name: CString,
    last: bool,
}

/// `struct udev` holds nothing; its address is enough.
static UDEV: u8 = 0;

fn udev() -> *mut c_void {
    (&raw const UDEV).cast_mut().cast()
}

/// Gives a new object away.
fn give<T>(object: T) -> *mut T {
    Arc::into_raw(Arc::new(object)).cast_mut()
}

/// Looks at an object.
///
/// # Safety
/// `object` is null or came from [`give`] and was not released.
unsafe fn look<'a, T>(object: *const T) -> Option<&'a T> {
    // SAFETY: by the contract above the pointer is null or valid.
    unsafe { object.as_ref() }
}

/// One more reference.
///
/// # Safety
/// As for [`look`].
unsafe fn again<T>(object: *mut T) -> *mut T {
    if !object.is_null() {
        // SAFETY: it came from `Arc::into_raw` and at least one reference is alive.
        unsafe { Arc::increment_strong_count(object) };
    }
    object
}

/// One reference less; null, as libudev answers.
///
/// # Safety
/// As for [`look`]; the caller's reference is used up.
unsafe fn release<T>(object: *mut T) -> *mut T {
    if !object.is_null() {
        // SAFETY: it came from `Arc::into_raw`, and this reference is not used again.
        drop(unsafe { Arc::from_raw(object) });
    }
    ptr::null_mut()
}

/// # Safety
/// `text` is null or a C string.
unsafe fn is(text: *const c_char, expected: &CStr) -> bool {
    // SAFETY: by the contract above.
    !text.is_null() && unsafe { CStr::from_ptr(text) } == expected
}

/// Defines exported functions; in this crate's own tests they stay private, so that nothing is stood in for.
macro_rules! export {
    ($($(#[$doc:meta])* fn $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)? $body:block)*) => {
        $($(#[$doc])*
        ///
        /// # Safety
        /// Called as C calls libudev: pointers are null or valid, objects come from this library.
        #[cfg_attr(not(test), unsafe(no_mangle))]
        #[cfg_attr(test, expect(dead_code, reason = "only exported"))]
        pub(crate) unsafe extern "C" fn $name($($argument: $type),*) $(-> $result)? $body)*
    };
}

export! {
    /// The library's context.
    fn udev_new() -> *mut c_void { udev() }
    /// The context again.
    fn udev_ref(context: *mut c_void) -> *mut c_void { context }
    /// The context is never freed.
    fn udev_unref(_context: *mut c_void) -> *mut c_void { ptr::null_mut() }

    /// A monitor of changes.
    fn udev_monitor_new_from_netlink(_context: *mut c_void, _name: *const c_char) -> *mut Monitor {
        give(Monitor::new())
    }
    /// One more reference.
    fn udev_monitor_ref(monitor: *mut Monitor) -> *mut Monitor {
        // SAFETY: the caller's contract.
        unsafe { again(monitor) }
    }
    /// One reference less.
    fn udev_monitor_unref(monitor: *mut Monitor) -> *mut Monitor {
        // SAFETY: the caller's contract.
        unsafe {
            if let Some(monitor) = look(monitor) {
                bus().forget(monitor);
            }
            release(monitor)
        }
    }
    /// Narrows a monitor to a subsystem.
    fn udev_monitor_filter_add_match_subsystem_devtype(
        monitor: *mut Monitor, subsystem: *const c_char, _devtype: *const c_char
    ) -> c_int {
        // SAFETY: the caller's contract.
        if let Some(monitor) = unsafe { look(monitor) } {
            // SAFETY: the caller's contract.
            monitor.usb.store(unsafe { is(subsystem, c"usb") }, Ordering::Release);
        }
        0
    }
    /// Starts a monitor.
    fn udev_monitor_enable_receiving(monitor: *mut Monitor) -> c_int {
        if !monitor.is_null() {
            // SAFETY: it came from `give`; the bus keeps a reference of its own.
            let monitor = unsafe { Arc::from_raw(again(monitor)) };
            bus().listen(&monitor);
        }
        0
    }
    /// What to poll.
    fn udev_monitor_get_fd(monitor: *mut Monitor) -> c_int {
        // SAFETY: the caller's contract.
        unsafe { look(monitor) }.map_or(-libc::EINVAL, |monitor| monitor.fd)
    }
    /// The next change.
    fn udev_monitor_receive_device(monitor: *mut Monitor) -> *mut UdevDevice {
        // SAFETY: the caller's contract.
        match unsafe { look(monitor) }.and_then(Monitor::pop) {
            Some(Event { action, device }) => give(UdevDevice { device, action: Some(action) }),
            None => ptr::null_mut(),
        }
    }

    /// A search.
    fn udev_enumerate_new(_context: *mut c_void) -> *mut Enumerate { give(Enumerate::default()) }
    /// One more reference.
    fn udev_enumerate_ref(enumerate: *mut Enumerate) -> *mut Enumerate {
        // SAFETY: the caller's contract.
        unsafe { again(enumerate) }
    }
    /// One reference less.
    fn udev_enumerate_unref(enumerate: *mut Enumerate) -> *mut Enumerate {
        // SAFETY: the caller's contract.
        unsafe { release(enumerate) }
    }
    /// Widens a search to a subsystem.
    fn udev_enumerate_add_match_subsystem(enumerate: *mut Enumerate, subsystem: *const c_char) -> c_int {
        // SAFETY: the caller's contract.
        if let Some(enumerate) = unsafe { look(enumerate) } {
            // SAFETY: the caller's contract.
            if unsafe { is(subsystem, c"usb") } {
                enumerate.subsystem.store(1, Ordering::Release);
            } else if enumerate.subsystem.load(Ordering::Acquire) == 0 {
                enumerate.subsystem.store(-1, Ordering::Release);
            }
        }
        0
    }
    /// Properties are not kept.
    fn udev_enumerate_add_match_property(
        _enumerate: *mut Enumerate, _name: *const c_char, _value: *const c_char
    ) -> c_int { 0 }
    /// Searches.
    fn udev_enumerate_scan_devices(enumerate: *mut Enumerate) -> c_int {
        // SAFETY: the caller's contract.
        if let Some(enumerate) = unsafe { look(enumerate) }.filter(|e| e.subsystem.load(Ordering::Acquire) >= 0) {
            enumerate.entries.get_or_init(|| {
                let mut entries: Vec<_> = bus()
                    .devices()
                    .iter()
                    .map(|device| ListEntry { name: device.names.syspath.clone(), last: false })
                    .collect();
                if let Some(last) = entries.last_mut() {
                    last.last = true;
                }
                entries
            });
        }
        0
    }
    /// What was found, the first of it.
    fn udev_enumerate_get_list_entry(enumerate: *mut Enumerate) -> *const ListEntry {
        // SAFETY: the caller's contract.
        match unsafe { look(enumerate) }.and_then(|e| e.entries.get()) {
            Some(entries) if !entries.is_empty() => entries.as_ptr(),
            _ => ptr::null(),
        }
    }
    /// The next of what was found.
    fn udev_list_entry_get_next(entry: *const ListEntry) -> *const ListEntry {
        // SAFETY: the caller's contract.
        match unsafe { look(entry) } {
            // SAFETY: an entry that is not the last has one behind it in the same array.
            Some(ListEntry { last: false, .. }) => unsafe { entry.add(1) },
            _ => ptr::null(),
        }
    }
    /// Its name: the device's path in sysfs.
    fn udev_list_entry_get_name(entry: *const ListEntry) -> *const c_char {
        // SAFETY: the caller's contract.
        unsafe { look(entry) }.map_or(ptr::null(), |entry| entry.name.as_ptr())
    }
    /// Its value.
    fn udev_list_entry_get_value(_entry: *const ListEntry) -> *const c_char { ptr::null() }

    /// The device at a path of sysfs.
    fn udev_device_new_from_syspath(_context: *mut c_void, path: *const c_char) -> *mut UdevDevice {
        // SAFETY: the caller's contract.
        let found = bus().devices().into_iter().find(|device| unsafe { is(path, &device.names.syspath) });
        found.map_or(ptr::null_mut(), |device| give(UdevDevice { device, action: None }))
    }
    /// Not looked up this way.
    fn udev_device_new_from_devnum(_context: *mut c_void, _kind: c_char, _number: c_ulong) -> *mut UdevDevice {
        ptr::null_mut()
    }
    /// Not looked up this way.
    fn udev_device_new_from_subsystem_sysname(
        _context: *mut c_void, _subsystem: *const c_char, _sysname: *const c_char
    ) -> *mut UdevDevice { ptr::null_mut() }
    /// One more reference.
    fn udev_device_ref(device: *mut UdevDevice) -> *mut UdevDevice {
        // SAFETY: the caller's contract.
        unsafe { again(device) }
    }
    /// One reference less.
    fn udev_device_unref(device: *mut UdevDevice) -> *mut UdevDevice {
        // SAFETY: the caller's contract.
        unsafe { release(device) }
    }
    /// What happened.
    fn udev_device_get_action(device: *mut UdevDevice) -> *const c_char {
        // SAFETY: the caller's contract.
        unsafe { look(device) }.and_then(|device| device.action).map_or(ptr::null(), CStr::as_ptr)
    }
    /// The node to open.
    fn udev_device_get_devnode(device: *mut UdevDevice) -> *const c_char {
        // SAFETY: the caller's contract.
        unsafe { look(device) }.map_or(ptr::null(), |device| device.device.names.devnode.as_ptr())
    }
    /// Always a whole device.
    fn udev_device_get_devtype(_device: *mut UdevDevice) -> *const c_char { c"usb_device".as_ptr() }
    /// The driver of whole devices.
    fn udev_device_get_driver(_device: *mut UdevDevice) -> *const c_char { c"usb".as_ptr() }
    /// No hubs.
    fn udev_device_get_parent(_device: *mut UdevDevice) -> *mut UdevDevice { ptr::null_mut() }
    /// No hubs.
    fn udev_device_get_parent_with_subsystem_devtype(
        _device: *mut UdevDevice, _subsystem: *const c_char, _devtype: *const c_char
    ) -> *mut UdevDevice { ptr::null_mut() }
    /// No properties.
    fn udev_device_get_properties_list_entry(_device: *mut UdevDevice) -> *const ListEntry { ptr::null() }
    /// No properties.
    fn udev_device_get_property_value(_device: *mut UdevDevice, _name: *const c_char) -> *const c_char {
        ptr::null()
    }
    /// The only subsystem here.
    fn udev_device_get_subsystem(_device: *mut UdevDevice) -> *const c_char { c"usb".as_ptr() }
    /// A file of the device's folder in sysfs.
    fn udev_device_get_sysattr_value(device: *mut UdevDevice, name: *const c_char) -> *const c_char {
        if name.is_null() {
            return ptr::null();
        }
        // SAFETY: the caller's contract.
        let (device, name) = unsafe { (look(device), CStr::from_ptr(name)) };
        let attributes = device.map_or(&[][..], |device| &device.device.names.attributes);
        let found = attributes.iter().find(|(known, _)| known.as_bytes() == name.to_bytes());
        found.map_or(ptr::null(), |(_, value)| value.as_ptr())
    }
    /// Its name on the bus.
    fn udev_device_get_sysname(device: *mut UdevDevice) -> *const c_char {
        // SAFETY: the caller's contract.
        unsafe { look(device) }.map_or(ptr::null(), |device| device.device.names.sysname.as_ptr())
    }
    /// Its folder in sysfs.
    fn udev_device_get_syspath(device: *mut UdevDevice) -> *const c_char {
        // SAFETY: the caller's contract.
        unsafe { look(device) }.map_or(ptr::null(), |device| device.device.names.syspath.as_ptr())
    }
}
