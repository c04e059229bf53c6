//! The reader of a desk on a TCP port: what the virtual USB bus connects to.

use std::{
    io::{self, Read, Write},
    net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use super::{Session, ready};
use crate::{bench::Bench, frame::Frames};

/// A listening reader; it stops listening when dropped.
pub struct Server {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
}

impl Server {
    /// Serves the desk's reader on any free port of the loopback.
    pub fn start(bench: &Bench) -> io::Result<Self> {
        serve_tcp(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?, bench)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        // Wakes the thread that accepts; if that fails there is no such thread any more.
        drop(TcpStream::connect(self.address));
    }
}

/// Serves the desk's reader on a listener, each connection in threads of its own.
pub fn serve_tcp(listener: TcpListener, bench: &Bench) -> io::Result<Server> {
    let address = listener.local_addr()?;
    let stop = Arc::new(AtomicBool::new(false));
    let (stopped, bench) = (Arc::clone(&stop), bench.clone());
    thread::Builder::new().name("reader".into()).spawn(move || {
        for stream in listener.incoming() {
            if stopped.load(Ordering::Acquire) {
                break;
            }
            if let Ok(stream) = stream {
                let bench = bench.clone();
                // A connection that ends with an error ends like any other: the host sees it closed.
                thread::spawn(move || drop(serve(&stream, &bench)));
            }
        }
    })?;
    Ok(Server { address, stop })
}

fn serve(stream: &TcpStream, bench: &Bench) -> io::Result<()> {
    let Some(mut session) = Session::open(bench) else { return stream.shutdown(Shutdown::Both) };
    stream.set_nodelay(true)?;
    let (mut input, mut output) = (stream, stream);
    output.write_all(&session.greeting())?;
    thread::scope(|scope| {
        let (number, bench) = (session.number, bench.clone());
        scope.spawn(move || write(stream, &bench, number));
        let result = read(&mut input, &mut session);
        // Ends the writing thread too.
        drop(session);
        stream.shutdown(Shutdown::Both).or(result)
    })
}

fn read(input: &mut impl Read, session: &mut Session) -> io::Result<()> {
    let mut frames = Frames::default();
    let mut buffer = [0; 4096];
    loop {
        let length = input.read(&mut buffer)?;
        if length == 0 {
            return Ok(());
        }
        frames.push(&buffer[..length]);
        while let Some(frame) = frames.pop().map_err(io::Error::other)? {
            session.feed(&frame);
        }
    }
}

/// Writes what the reader has to say until the session is over, then closes the connection.
fn write(mut stream: &TcpStream, bench: &Bench, number: u64) {
    loop {
        let frames = bench.wait(|state| {
            let mine = state.session == number && state.connected;
            let frames = if mine { ready(state) } else { Vec::new() };
            (!frames.is_empty() || !mine || !state.reader.is_plugged()).then_some(frames)
        });
        if frames.is_empty() || stream.write_all(&frames.concat()).is_err() {
            // The reading thread wakes from it, or is gone already.
            drop(stream.shutdown(Shutdown::Both));
            return;
        }
    }
}
