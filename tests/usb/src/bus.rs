//! The bus of this process: ports, the devices in them, who listens for changes.

use std::{
    collections::VecDeque,
    ffi::{CStr, CString},
    io,
    net::TcpStream,
    os::fd::RawFd,
    path::{Path, PathBuf},
    sync::{
        Arc, Condvar, LazyLock, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread,
    time::Duration,
};

use crate::{
    control,
    device::{Device, Names, Switches},
    link,
    log::note,
};

/// How long the first enumeration waits for the peers.
const FIRST: Duration = Duration::from_secs(3);

static BUS: LazyLock<Arc<Bus>> = LazyLock::new(Bus::start);

/// The bus; its threads start with the first use. Only the browser's main process ever uses it.
pub(crate) fn bus() -> &'static Bus {
    &BUS
}

/// The bus, if it was ever used.
pub(crate) fn started() -> Option<&'static Bus> {
    LazyLock::get(&BUS).map(|bus| &**bus)
}

/// The virtual bus.
pub(crate) struct Bus {
    pub(crate) ports: Vec<Arc<Port>>,
    monitors: Mutex<Vec<Arc<Monitor>>>,
    root: PathBuf,
    next_address: AtomicU32,
}

/// A socket of the bus, with or without a device in it.
pub(crate) struct Port {
    pub(crate) number: usize,
    /// Where the device is, `host:port`.
    pub(crate) peer: String,
    pub(crate) switches: Arc<Switches>,
    state: Mutex<PortState>,
    changed: Condvar,
}

struct PortState {
    /// Whether a device may be there at all (`add`, `remove`).
    wanted: bool,
    /// Whether the first attempt to reach the peer is over.
    tried: bool,
    device: Option<Arc<Device>>,
    stream: Option<TcpStream>,
}

/// A change on the bus.
#[derive(Clone)]
pub(crate) struct Event {
    pub(crate) action: &'static CStr,
    pub(crate) device: Arc<Device>,
}

/// A `udev_monitor`: an eventfd that counts the events in its queue.
pub(crate) struct Monitor {
    pub(crate) fd: RawFd,
    /// Whether it asked for this subsystem.
    pub(crate) usb: AtomicBool,
    queue: Mutex<VecDeque<Event>>,
}

impl Bus {
    fn start() -> Arc<Self> {
        let peers = std::env::var("KVUSB_DEVICES").unwrap_or_default();
        let ports = peers.split(',').filter(|peer| !peer.is_empty()).enumerate().map(|(number, peer)| Port {
            number,
            peer: peer.trim().to_owned(),
            switches: Arc::default(),
            state: Mutex::new(PortState { wanted: true, tried: false, device: None, stream: None }),
            changed: Condvar::new(),
        });
        let root = std::env::var_os("KVUSB_DIR").map_or_else(
            || std::env::temp_dir().join(format!("kakehashi-usb-{}", std::process::id())),
            PathBuf::from,
        );
        let bus = Arc::new(Self {
            ports: ports.map(Arc::new).collect(),
            monitors: Mutex::default(),
            root,
            next_address: AtomicU32::new(2),
        });
        for port in &bus.ports {
            let (bus, port) = (Arc::clone(&bus), Arc::clone(port));
            thread::spawn(move || link::run(&bus, &port));
        }
        if let Some(path) = std::env::var_os("KVUSB_CONTROL") {
            let bus = Arc::clone(&bus);
            thread::spawn(move || control::run(&bus, Path::new(&path)));
        }
        bus.ports.iter().for_each(|port| port.wait_tried());
        bus
    }

    /// The devices that are plugged in.
    pub(crate) fn devices(&self) -> Vec<Arc<Device>> {
        self.ports.iter().filter_map(|port| port.lock().device.clone()).collect()
    }

    /// Puts a device in a port and tells it.
    pub(crate) fn appear(
        &self,
        port: &Port,
        descriptors: &[u8],
        strings: Vec<(&'static str, String)>,
        stream: TcpStream,
    ) -> io::Result<Arc<Device>> {
        let address = self.next_address.fetch_add(1, Ordering::Relaxed);
        let names = self.names(port, address, descriptors, strings)?;
        let packet_size = usize::from(descriptors.get(7).copied().unwrap_or(64));
        let peer = Box::new(stream.try_clone()?);
        let device = Arc::new(Device::new(names, Arc::clone(&port.switches), packet_size, peer));
        {
            let mut state = port.lock();
            state.device = Some(Arc::clone(&device));
            state.stream = Some(stream);
        }
        note!("port {}: add, address {address}", port.number);
        self.tell(c"add", &device);
        Ok(device)
    }

    /// Takes a device out of its port and tells it.
    pub(crate) fn vanish(&self, port: &Port, device: &Arc<Device>) {
        {
            let mut state = port.lock();
            state.device = None;
            state.stream = None;
        }
        note!("port {}: remove", port.number);
        device.vanish();
        self.tell(c"remove", device);
    }

    /// Lets a monitor hear of changes.
    pub(crate) fn listen(&self, monitor: &Arc<Monitor>) {
        self.monitors.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(monitor));
    }

    /// Lets a monitor hear no more.
    pub(crate) fn forget(&self, monitor: &Monitor) {
        let mut monitors = self.monitors.lock().unwrap_or_else(PoisonError::into_inner);
        monitors.retain(|other| other.fd != monitor.fd);
    }

    fn tell(&self, action: &'static CStr, device: &Arc<Device>) {
        let monitors = self.monitors.lock().unwrap_or_else(PoisonError::into_inner);
        for monitor in monitors.iter().filter(|monitor| monitor.usb.load(Ordering::Acquire)) {
            monitor.push(Event { action, device: Arc::clone(device) });
        }
    }

    /// The names of a device, and the one file of sysfs that Chromium opens by itself.
    fn names(
        &self,
        port: &Port,
        address: u32,
        descriptors: &[u8],
        strings: Vec<(&'static str, String)>,
    ) -> io::Result<Names> {
        let sysname = format!("1-{}", port.number + 1);
        let folder = self.root.join(&sysname);
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join("descriptors"), descriptors)?;
        let number = |at: usize| u16::from_le_bytes([byte(descriptors, at), byte(descriptors, at + 1)]);
        let mut attributes = vec![
            ("bConfigurationValue", byte(descriptors, 18 + 5).to_string()),
            ("busnum", "1".to_owned()),
            ("devnum", address.to_string()),
            ("idVendor", format!("{:04x}", number(8))),
            ("idProduct", format!("{:04x}", number(10))),
        ];
        attributes.extend(strings);
        let text = |text: String| CString::new(text).map_err(io::Error::other);
        Ok(Names {
            syspath: text(folder.to_string_lossy().into_owned())?,
            sysname: text(sysname)?,
            devnode: text(format!("/dev/bus/usb/001/{address:03}"))?,
            attributes: attributes
                .into_iter()
                .map(|(name, value)| Ok((name, text(value)?)))
                .collect::<io::Result<_>>()?,
        })
    }
}

impl Port {
    /// `add` and `remove`.
    pub(crate) fn want(&self, wanted: bool) {
        let mut state = self.lock();
        state.wanted = wanted;
        if let Some(stream) = state.stream.as_ref().filter(|_| !wanted) {
            // The link's thread wakes from it and takes the device off the bus.
            drop(stream.shutdown(std::net::Shutdown::Both));
        }
        self.changed.notify_all();
    }

    /// Waits until a device is wanted.
    pub(crate) fn wait_wanted(&self) {
        let mut state = self.lock();
        while !state.wanted {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// An attempt to reach the peer is over.
    pub(crate) fn tried(&self) {
        self.lock().tried = true;
        self.changed.notify_all();
    }

    /// Waits before the next attempt; a change of `wanted` ends the wait.
    pub(crate) fn pause(&self, time: Duration) {
        let state = self.lock();
        drop(self.changed.wait_timeout(state, time).unwrap_or_else(PoisonError::into_inner));
    }

    fn wait_tried(&self) {
        let state = self.lock();
        let waited = self.changed.wait_timeout_while(state, FIRST, |state| !state.tried);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }

    fn lock(&self) -> MutexGuard<'_, PortState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Monitor {
    /// A monitor that listens to nothing yet.
    pub(crate) fn new() -> Self {
        // SAFETY: no pointers are involved.
        let fd = unsafe { libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK | libc::EFD_SEMAPHORE) };
        Self { fd, usb: AtomicBool::new(true), queue: Mutex::default() }
    }

    /// The next event.
    pub(crate) fn pop(&self) -> Option<Event> {
        let event = self.queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front()?;
        let mut counter = [0u8; 8];
        // SAFETY: the buffer is 8 bytes. The count was at least one.
        unsafe { libc::read(self.fd, counter.as_mut_ptr().cast(), counter.len()) };
        Some(event)
    }

    fn push(&self, event: Event) {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).push_back(event);
        let one = 1u64.to_ne_bytes();
        // SAFETY: the buffer is 8 bytes.
        unsafe { libc::write(self.fd, one.as_ptr().cast(), one.len()) };
    }
}

impl Drop for Monitor {
    fn drop(&mut self) {
        // SAFETY: the descriptor is the monitor's own.
        unsafe { libc::close(self.fd) };
    }
}

fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or_default()
}
