//! A device on the bus: what usbfs keeps of it, and the requests under way.

use std::{
    collections::{HashMap, VecDeque},
    ffi::{CString, c_int},
    io::Write,
    os::fd::RawFd,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use kakehashi_card::{
    frame::{Frame, Kind},
    pipe::{InPipe, Received},
};

use crate::urb::{CONTROL, IN, Request, SETUP};

/// What fails has an errno.
pub(crate) type Outcome<T> = Result<T, c_int>;

/// What udev says of a device.
pub(crate) struct Names {
    pub(crate) syspath: CString,
    pub(crate) sysname: CString,
    pub(crate) devnode: CString,
    pub(crate) attributes: Vec<(&'static str, CString)>,
}

/// Switches that outlive the device: they belong to the port of the bus.
#[derive(Default)]
pub(crate) struct Switches {
    /// Claims fail with EBUSY.
    pub(crate) busy: AtomicBool,
    /// Opening fails with EACCES.
    pub(crate) denied: AtomicBool,
}

/// A device from plugging in to unplugging.
pub(crate) struct Device {
    pub(crate) names: Names,
    pub(crate) switches: std::sync::Arc<Switches>,
    packet_size: usize,
    state: Mutex<State>,
}

struct State {
    gone: bool,
    /// The way to the peer.
    peer: Box<dyn Write + Send>,
    files: HashMap<RawFd, File>,
    claims: HashMap<u32, RawFd>,
    pipes: HashMap<u8, InPipe>,
    /// Requests for data, by endpoint.
    pending: HashMap<u8, VecDeque<(RawFd, Request)>>,
    /// Control requests in the order of their answers; `None` was given up.
    controls: VecDeque<Option<(RawFd, Request)>>,
}

/// An open file of the device.
#[derive(Default)]
struct File {
    done: VecDeque<Request>,
}

impl Device {
    pub(crate) fn new(
        names: Names,
        switches: std::sync::Arc<Switches>,
        packet_size: usize,
        peer: Box<dyn Write + Send>,
    ) -> Self {
        let state = State {
            gone: false,
            peer,
            files: HashMap::new(),
            claims: HashMap::new(),
            pipes: HashMap::new(),
            pending: HashMap::new(),
            controls: VecDeque::new(),
        };
        Self { names, switches, packet_size, state: Mutex::new(state) }
    }

    /// A new open file; `fd` is its eventfd.
    pub(crate) fn open(&self, fd: RawFd) -> Outcome<()> {
        if self.switches.denied.load(Ordering::Acquire) {
            return Err(libc::EACCES);
        }
        let mut state = self.present()?;
        state.files.insert(fd, File::default());
        signal(fd, false);
        Ok(())
    }

    /// Closes a file: its requests are forgotten, its interfaces released.
    pub(crate) fn close(&self, fd: RawFd) {
        let mut state = self.lock();
        state.files.remove(&fd);
        state.claims.retain(|_, owner| *owner != fd);
        for queue in state.pending.values_mut() {
            queue.retain(|(owner, _)| *owner != fd);
        }
        for control in &mut state.controls {
            if control.is_some_and(|(owner, _)| owner == fd) {
                *control = None;
            }
        }
    }

    /// Claims an interface for a file.
    pub(crate) fn claim(&self, fd: RawFd, interface: u32) -> Outcome<()> {
        let mut state = self.present()?;
        if self.switches.busy.load(Ordering::Acquire) {
            return Err(libc::EBUSY);
        }
        match *state.claims.entry(interface).or_insert(fd) {
            owner if owner == fd => Ok(()),
            _ => Err(libc::EBUSY),
        }
    }

    /// Releases an interface.
    pub(crate) fn release(&self, fd: RawFd, interface: u32) -> Outcome<()> {
        let mut state = self.present()?;
        if state.claims.get(&interface) != Some(&fd) {
            return Err(libc::EINVAL);
        }
        state.claims.remove(&interface);
        Ok(())
    }

    /// Fails when the device is gone.
    pub(crate) fn check(&self) -> Outcome<()> {
        self.present().map(drop)
    }

    /// Submits a request.
    pub(crate) fn submit(&self, fd: RawFd, request: Request) -> Outcome<()> {
        let mut state = self.present()?;
        let endpoint = request.endpoint();
        if request.kind() == CONTROL {
            let data = request.data();
            let setup = data.get(..SETUP).ok_or(libc::EINVAL)?;
            let body = if setup[0] & IN == 0 { &data[..] } else { setup };
            state.send(Kind::Control, 0, body)?;
            state.controls.push_back(Some((fd, request)));
        } else if endpoint & IN == 0 {
            state.send(Kind::Out, endpoint, &request.data())?;
            request.finish(0, request.length());
            state.done(fd, request);
        } else {
            state.pending.entry(endpoint).or_default().push_back((fd, request));
            state.serve(endpoint);
        }
        Ok(())
    }

    /// The next finished request of a file.
    pub(crate) fn reap(&self, fd: RawFd) -> Outcome<Request> {
        let mut state = self.lock();
        let gone = state.gone;
        let done = &mut state.files.get_mut(&fd).ok_or(libc::EBADF)?.done;
        match done.pop_front() {
            Some(request) => Ok(request),
            None => {
                signal(fd, false);
                Err(if gone { libc::ENODEV } else { libc::EAGAIN })
            }
        }
    }

    /// Gives a request up: it finishes with ENOENT.
    pub(crate) fn discard(&self, fd: RawFd, request: Request) -> Outcome<()> {
        let mut state = self.lock();
        let mine = |entry: &(RawFd, Request)| *entry == (fd, request);
        let queued = state.pending.values_mut().any(|queue| {
            let at = queue.iter().position(mine);
            at.is_some_and(|at| queue.remove(at).is_some())
        });
        let control = state.controls.iter_mut().find(|control| control.as_ref().is_some_and(mine));
        let given_up = control.map(|control| *control = None).is_some();
        if !queued && !given_up {
            return Err(libc::EINVAL);
        }
        request.finish(-libc::ENOENT, 0);
        state.done(fd, request);
        Ok(())
    }

    /// Takes a frame of the peer.
    pub(crate) fn feed(&self, frame: &Frame) {
        let mut state = self.lock();
        match frame.kind {
            Kind::In => {
                let size = self.packet_size;
                state.pipes.entry(frame.endpoint).or_insert_with(|| InPipe::new(size)).push(&frame.data);
                state.serve(frame.endpoint);
            }
            Kind::Stall => {
                let size = self.packet_size;
                state.pipes.entry(frame.endpoint).or_insert_with(|| InPipe::new(size)).push_stall();
                state.serve(frame.endpoint);
            }
            Kind::ControlAnswer => {
                if let Some(Some((fd, request))) = state.controls.pop_front() {
                    if frame.endpoint == 0 {
                        request.finish_in(SETUP, &frame.data);
                    } else {
                        request.finish(-libc::EPIPE, 0);
                    }
                    state.done(fd, request);
                }
            }
            Kind::Out | Kind::Control | Kind::Practice | Kind::PracticeAnswer => {}
        }
    }

    /// The device is unplugged: every request under way fails, every later one too.
    pub(crate) fn vanish(&self) {
        let mut state = self.lock();
        state.gone = true;
        let mut lost: Vec<_> = state.pending.drain().flat_map(|(_, queue)| queue).collect();
        lost.extend(state.controls.drain(..).flatten());
        for (fd, request) in lost {
            request.finish(-libc::ESHUTDOWN, 0);
            state.done(fd, request);
        }
    }

    fn present(&self) -> Outcome<MutexGuard<'_, State>> {
        let state = self.lock();
        if state.gone { Err(libc::ENODEV) } else { Ok(state) }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn send(&mut self, kind: Kind, endpoint: u8, data: &[u8]) -> Outcome<()> {
        self.peer.write_all(&Frame::new(kind, endpoint, data).encode()).map_err(|_| libc::ENODEV)
    }

    /// Gives an endpoint's data to the requests that wait for it.
    fn serve(&mut self, endpoint: u8) {
        while let Some(&(fd, request)) = self.pending.get(&endpoint).and_then(VecDeque::front) {
            let Some(received) = self.pipes.get_mut(&endpoint).and_then(|pipe| pipe.take(request.length()))
            else {
                return;
            };
            self.pending.get_mut(&endpoint).and_then(VecDeque::pop_front);
            match received {
                Received::Data(data) => request.finish_in(0, &data),
                Received::Stall => request.finish(-libc::EPIPE, 0),
                Received::Overflow => request.finish(-libc::EOVERFLOW, 0),
            }
            self.done(fd, request);
        }
    }

    fn done(&mut self, fd: RawFd, request: Request) {
        if let Some(file) = self.files.get_mut(&fd) {
            file.done.push_back(request);
            signal(fd, true);
        }
    }
}

/// Makes an eventfd writable, or not: not, by filling its counter; so, by emptying it.
fn signal(fd: RawFd, ready: bool) {
    let mut counter = [0u8; 8];
    if ready {
        // SAFETY: the buffer is 8 bytes; a failure means the counter was empty already.
        unsafe { libc::read(fd, counter.as_mut_ptr().cast(), counter.len()) };
    } else {
        counter = (u64::MAX - 1).to_ne_bytes();
        // SAFETY: the buffer is 8 bytes; a failure means the counter was full already.
        unsafe { libc::write(fd, counter.as_ptr().cast(), counter.len()) };
    }
}

#[cfg(test)]
mod tests;
