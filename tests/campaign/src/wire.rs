//! A wire between two programs: it passes bytes on, until the one it is told to stop at.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Which way bytes go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// From the caller.
    Out,
    /// Back to the caller.
    Back,
}

/// What happens at a byte.
pub(crate) enum Deed {
    /// The connection is gone, both ways.
    Cut,
    /// What follows waits so long.
    Hold(Duration),
    /// Whatever else; then what follows is passed on, if anybody is left.
    Do(Box<dyn FnOnce() + Send>),
}

/// Where it happens: when so many bytes have gone this way since it was set.
pub(crate) struct Trap {
    pub(crate) way: Way,
    pub(crate) after: usize,
    pub(crate) deed: Deed,
}

/// Whether a trap was met.
#[derive(Debug, Clone, Default)]
pub(crate) struct Met(Arc<AtomicBool>);

impl Met {
    pub(crate) fn yes(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// The wire.
pub(crate) struct Wire {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    /// How many connections are held up.
    held: Arc<watch::Sender<usize>>,
    task: JoinHandle<()>,
}

struct State {
    target: SocketAddr,
    /// Bytes since the last trap was set: out, back.
    gone: [usize; 2],
    trap: Option<(Trap, Met)>,
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wire").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Wire {
    /// Listens; connections go to nobody until [`Wire::lead_to`].
    pub(crate) async fn new() -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let nobody = SocketAddr::from(([127, 0, 0, 1], 0));
        let state = Arc::new(Mutex::new(State { target: nobody, gone: [0; 2], trap: None }));
        let held = Arc::new(watch::Sender::new(0));
        let shared = (Arc::clone(&state), Arc::clone(&held));
        let task = tokio::spawn(async move {
            while let Ok((caller, _)) = listener.accept().await {
                let (state, held) = shared.clone();
                tokio::spawn(join(caller, state, held));
            }
        });
        Ok(Self { address, state, held, task })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn lead_to(&self, target: SocketAddr) {
        lock(&self.state).target = target;
    }

    /// Sets a trap in place of the last one, and counts from here.
    pub(crate) fn set(&self, trap: Option<Trap>) -> Met {
        let met = Met::default();
        let mut state = lock(&self.state);
        state.gone = [0; 2];
        state.trap = trap.map(|trap| (trap, met.clone()));
        met
    }

    /// Waits until nothing is held up any more.
    pub(crate) async fn quiet(&self) {
        let mut held = self.held.subscribe();
        // It fails only when the wire is gone.
        let _ = held.wait_for(|count| *count == 0).await;
    }

    /// Bytes since the last trap was set.
    pub(crate) fn gone(&self, way: Way) -> usize {
        lock(&self.state).gone[way as usize]
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One connection from end to end.
async fn join(
    caller: TcpStream,
    state: Arc<Mutex<State>>,
    held: Arc<watch::Sender<usize>>,
) -> io::Result<()> {
    let target = lock(&state).target;
    let called = TcpStream::connect(target).await?;
    caller.set_nodelay(true)?;
    called.set_nodelay(true)?;
    let ((from_caller, to_caller), (from_called, to_called)) = (caller.into_split(), called.into_split());
    // The first that is cut takes the other with it: both ends are dropped.
    tokio::try_join!(
        pass(from_caller, to_called, Way::Out, &state, &held),
        pass(from_called, to_caller, Way::Back, &state, &held)
    )?;
    Ok(())
}

async fn pass(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    way: Way,
    state: &Mutex<State>,
    held: &watch::Sender<usize>,
) -> io::Result<()> {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let read = from.read(&mut buffer).await?;
        if read == 0 {
            return to.shutdown().await;
        }
        let (before, deed) = step(state, way, read);
        let (first, rest) = buffer.get(..read).unwrap_or_default().split_at(before);
        to.write_all(first).await?;
        match deed {
            None => {}
            Some(Deed::Cut) => return Err(io::ErrorKind::ConnectionAborted.into()),
            Some(Deed::Hold(time)) => {
                let _held = Held::new(held);
                tokio::time::sleep(time).await;
                to.write_all(rest).await?;
                continue;
            }
            Some(Deed::Do(what)) => what(),
        }
        to.write_all(rest).await?;
    }
}

/// A connection is held up as long as this lives.
struct Held<'a>(&'a watch::Sender<usize>);

impl<'a> Held<'a> {
    fn new(count: &'a watch::Sender<usize>) -> Self {
        count.send_modify(|count| *count += 1);
        Self(count)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

/// Counts so many bytes; how many of them come before the deed, and the deed if it is here.
fn step(state: &Mutex<State>, way: Way, read: usize) -> (usize, Option<Deed>) {
    let mut state = lock(state);
    let before = state.gone[way as usize];
    state.gone[way as usize] += read;
    let here = |(trap, _): &mut (Trap, Met)| trap.way == way && trap.after <= before + read;
    let Some((trap, met)) = state.trap.take_if(here) else { return (read, None) };
    met.0.store(true, Ordering::SeqCst);
    (trap.after.saturating_sub(before), Some(trap.deed))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A wire to somebody who says every byte again.
    async fn wire() -> Wire {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let wire = Wire::new().await.unwrap();
        wire.lead_to(listener.local_addr().unwrap());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (mut from, mut to) = stream.into_split();
                tokio::spawn(async move { tokio::io::copy(&mut from, &mut to).await });
            }
        });
        wire
    }

    /// What comes back of ten bytes.
    async fn say(wire: &Wire) -> usize {
        let mut stream = TcpStream::connect(wire.address()).await.unwrap();
        let _ = stream.write_all(b"0123456789").await;
        let _ = stream.shutdown().await;
        let mut back = Vec::new();
        let _ = stream.read_to_end(&mut back).await;
        back.len()
    }

    #[tokio::test]
    async fn it_is_cut_at_the_byte_it_is_told() {
        let wire = wire().await;
        assert_eq!(say(&wire).await, 10);
        assert_eq!((wire.gone(Way::Out), wire.gone(Way::Back)), (10, 10));
        for after in 0..10 {
            let met = wire.set(Some(Trap { way: Way::Back, after, deed: Deed::Cut }));
            assert_eq!(say(&wire).await, after);
            assert!(met.yes());
            let met = wire.set(Some(Trap { way: Way::Out, after, deed: Deed::Cut }));
            assert!(say(&wire).await <= after);
            assert!(met.yes());
            assert_eq!(say(&wire).await, 10, "once");
        }
        let met = wire.set(Some(Trap { way: Way::Out, after: 11, deed: Deed::Cut }));
        assert_eq!(say(&wire).await, 10);
        assert!(!met.yes(), "so far nothing has gone");
    }

    #[tokio::test]
    async fn it_waits_and_acts_and_passes_the_rest_on() {
        let wire = wire().await;
        let met =
            wire.set(Some(Trap { way: Way::Out, after: 3, deed: Deed::Hold(Duration::from_millis(1)) }));
        assert_eq!(say(&wire).await, 10);
        assert!(met.yes());
        let (done, asked) = (Met::default(), Met::default());
        let told = done.clone();
        let deed = Deed::Do(Box::new(move || told.0.store(true, Ordering::SeqCst)));
        let met = wire.set(Some(Trap { way: Way::Back, after: 3, deed }));
        assert_eq!(say(&wire).await, 10);
        assert!(met.yes() && done.yes() && !asked.yes());
    }
}
