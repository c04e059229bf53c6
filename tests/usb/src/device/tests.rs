use std::sync::Arc;

use super::*;
use crate::urb::tests::Owned;

const BULK: u8 = 3;

#[derive(Clone, Default)]
struct Wire(Arc<Mutex<Vec<u8>>>);

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

struct Bench {
    device: Device,
    wire: Wire,
    fd: RawFd,
}

impl Bench {
    fn new() -> Self {
        let wire = Wire::default();
        let name = || CString::new("x").unwrap();
        let names = Names { syspath: name(), sysname: name(), devnode: name(), attributes: Vec::new() };
        let device = Device::new(names, Arc::default(), 64, Box::new(wire.clone()));
        let fd = eventfd();
        device.open(fd).unwrap();
        Self { device, wire, fd }
    }

    fn submit(&self, owned: &mut Owned) {
        self.device.submit(self.fd, owned.request()).unwrap();
    }

    fn reap(&self) -> Outcome<(c_int, c_int)> {
        self.device.reap(self.fd).map(Request::outcome)
    }

    fn feed(&self, kind: Kind, endpoint: u8, data: &[u8]) {
        self.device.feed(&Frame::new(kind, endpoint, data));
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        // SAFETY: the descriptor is this bench's own.
        unsafe { libc::close(self.fd) };
    }
}

fn eventfd() -> RawFd {
    // SAFETY: no pointers are involved.
    unsafe { libc::eventfd(0, libc::EFD_NONBLOCK) }
}

/// Whether Chromium's poll would wake.
fn writable(fd: RawFd) -> bool {
    let mut poll = libc::pollfd { fd, events: libc::POLLOUT, revents: 0 };
    // SAFETY: one valid pollfd, no waiting.
    unsafe { libc::poll(&raw mut poll, 1, 0) == 1 }
}

#[test]
fn out_goes_to_the_peer_and_is_done_at_once() {
    let bench = Bench::new();
    assert!(!writable(bench.fd));
    let mut out = Owned::new(BULK, 0x04, vec![1, 2, 3]);
    bench.submit(&mut out);
    assert!(writable(bench.fd));
    assert_eq!(*bench.wire.0.lock().unwrap(), [1, 4, 3, 0, 0, 0, 1, 2, 3]);
    assert_eq!((bench.reap(), bench.reap()), (Ok((0, 3)), Err(libc::EAGAIN)));
    assert!(!writable(bench.fd));
}

#[test]
fn in_waits_for_data_and_data_for_in() {
    let bench = Bench::new();
    let mut first = Owned::new(BULK, 0x85, vec![0; 64]);
    bench.submit(&mut first);
    assert_eq!(bench.reap(), Err(libc::EAGAIN));
    bench.feed(Kind::In, 0x83, &[9]);
    assert_eq!(bench.reap(), Err(libc::EAGAIN), "another endpoint's data");
    bench.feed(Kind::In, 0x85, &[7; 100]);
    assert_eq!(bench.reap(), Ok((0, 64)));
    assert_eq!(first.buffer, [7; 64]);
    let mut second = Owned::new(BULK, 0x85, vec![0; 64]);
    bench.submit(&mut second);
    assert_eq!(bench.reap(), Ok((0, 36)));
}

#[test]
fn stalls_and_overflows_are_one_transfer() {
    let bench = Bench::new();
    bench.feed(Kind::Stall, 0x85, &[]);
    bench.feed(Kind::In, 0x85, &[1, 2, 3]);
    bench.feed(Kind::In, 0x85, &[4]);
    let mut requests = [64, 2, 64].map(|length| Owned::new(BULK, 0x85, vec![0; length]));
    requests.iter_mut().for_each(|request| bench.submit(request));
    assert_eq!(bench.reap(), Ok((-libc::EPIPE, 0)));
    assert_eq!(bench.reap(), Ok((-libc::EOVERFLOW, 0)));
    assert_eq!(bench.reap(), Ok((0, 1)));
}

#[test]
fn control_answers_come_in_order_also_past_one_given_up() {
    let bench = Bench::new();
    let setup = [0x80, 6, 0, 1, 0, 0, 4, 0];
    let mut requests = [0; 3].map(|_| Owned::new(CONTROL, 0, [&setup[..], &[0; 4]].concat()));
    requests.iter_mut().for_each(|request| bench.submit(request));
    assert_eq!(*bench.wire.0.lock().unwrap(), [&[3, 0, 8, 0, 0, 0][..], &setup].concat().repeat(3));
    assert_eq!(bench.device.discard(bench.fd, requests[1].request()), Ok(()));
    assert_eq!(bench.reap(), Ok((-libc::ENOENT, 0)));
    bench.feed(Kind::ControlAnswer, 0, &[1, 2, 3, 4]);
    bench.feed(Kind::ControlAnswer, 0, &[5, 6]);
    bench.feed(Kind::ControlAnswer, 0x80, &[]);
    assert_eq!((bench.reap(), bench.reap()), (Ok((0, 4)), Ok((-libc::EPIPE, 0))));
    assert_eq!(requests[0].buffer[8..], [1, 2, 3, 4]);
    assert_eq!(bench.reap(), Err(libc::EAGAIN));
}

#[test]
fn a_control_request_out_carries_its_data() {
    let bench = Bench::new();
    let mut request = Owned::new(CONTROL, 0, vec![0x21, 1, 0, 0, 1, 0, 2, 0, 8, 9]);
    bench.submit(&mut request);
    assert_eq!(bench.wire.0.lock().unwrap()[6..], [0x21, 1, 0, 0, 1, 0, 2, 0, 8, 9]);
    let mut short = Owned::new(CONTROL, 0, vec![0x80, 6]);
    assert_eq!(bench.device.submit(bench.fd, short.request()), Err(libc::EINVAL));
}

#[test]
fn a_request_is_discarded_once() {
    let bench = Bench::new();
    let mut request = Owned::new(BULK, 0x85, vec![0; 64]);
    bench.submit(&mut request);
    assert_eq!(bench.device.discard(bench.fd, request.request()), Ok(()));
    assert_eq!(bench.device.discard(bench.fd, request.request()), Err(libc::EINVAL));
    assert_eq!(bench.reap(), Ok((-libc::ENOENT, 0)));
}

#[test]
fn an_interface_has_one_owner() {
    let bench = Bench::new();
    let other = eventfd();
    bench.device.open(other).unwrap();
    assert_eq!(bench.device.claim(bench.fd, 1), Ok(()));
    assert_eq!(bench.device.claim(bench.fd, 1), Ok(()));
    assert_eq!(bench.device.claim(other, 1), Err(libc::EBUSY));
    assert_eq!(bench.device.release(other, 1), Err(libc::EINVAL));
    bench.device.close(bench.fd);
    assert_eq!(bench.device.claim(other, 1), Ok(()));
    bench.device.switches.busy.store(true, Ordering::Release);
    assert_eq!(bench.device.claim(other, 0), Err(libc::EBUSY));
    bench.device.switches.denied.store(true, Ordering::Release);
    assert_eq!(bench.device.open(other), Err(libc::EACCES));
    // SAFETY: the descriptor is this test's own.
    unsafe { libc::close(other) };
}

#[test]
fn when_it_vanishes_everything_under_way_fails() {
    let bench = Bench::new();
    let mut bulk = Owned::new(BULK, 0x85, vec![0; 64]);
    let mut control = Owned::new(CONTROL, 0, vec![0x80, 6, 0, 1, 0, 0, 0, 0]);
    bench.submit(&mut bulk);
    bench.submit(&mut control);
    bench.device.vanish();
    assert_eq!((bench.reap(), bench.reap()), (Ok((-libc::ESHUTDOWN, 0)), Ok((-libc::ESHUTDOWN, 0))));
    assert_eq!(bench.reap(), Err(libc::ENODEV));
    assert_eq!(bench.device.submit(bench.fd, bulk.request()), Err(libc::ENODEV));
    assert_eq!(bench.device.claim(bench.fd, 1), Err(libc::ENODEV));
}

#[test]
fn a_closed_file_is_never_written_to() {
    let bench = Bench::new();
    let mut bulk = Owned::new(BULK, 0x85, vec![0; 4]);
    let mut control = Owned::new(CONTROL, 0, vec![0x80, 6, 0, 1, 0, 0, 0, 0]);
    bench.submit(&mut bulk);
    bench.submit(&mut control);
    bench.device.close(bench.fd);
    bench.feed(Kind::In, 0x85, &[1, 2]);
    bench.feed(Kind::ControlAnswer, 0, &[]);
    bench.device.vanish();
    assert_eq!((bulk.request().outcome(), control.request().outcome()), ((-1, -1), (-1, -1)));
}
