//! The connection of a port to its device: plugging in, frames, unplugging.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    time::Duration,
};

use kakehashi_card::frame::{Frame, Frames, Kind};

use crate::{
    bus::{Bus, Port},
    log::note,
};

/// Between two attempts to reach a peer.
const AGAIN: Duration = Duration::from_millis(50);
/// How long a peer may take to say what it is.
const GREETING: Duration = Duration::from_secs(2);

/// Connects again and again, as long as the process lives.
pub(crate) fn run(bus: &Bus, port: &Port) {
    loop {
        port.wait_wanted();
        // Also every attempt that finds nobody ends here; what is worth a line was noted.
        drop(plug(bus, port));
        port.tried();
        port.pause(AGAIN);
    }
}

/// One life of a device; returns when it is unplugged or was never there.
fn plug(bus: &Bus, port: &Port) -> io::Result<()> {
    let mut line = Line::connect(&port.peer)?;
    let greeting = line.next()?;
    if greeting.kind != Kind::ControlAnswer || greeting.data.len() < 18 + 9 {
        return Err(io::Error::other("the peer does not say what device it is"));
    }
    let names = [("manufacturer", 14), ("product", 15), ("serial", 16)];
    let mut strings = Vec::new();
    for (name, at) in names {
        if let Some(text) = line.string(greeting.data[at])? {
            strings.push((name, text));
        }
    }
    line.stream.set_read_timeout(None)?;
    let device = bus.appear(port, &greeting.data, strings, line.stream.try_clone()?)?;
    port.tried();
    for frame in std::mem::take(&mut line.early) {
        device.feed(&frame);
    }
    let end = loop {
        match line.next() {
            Ok(frame) => device.feed(&frame),
            Err(error) => break error,
        }
    };
    note!("port {}: {end}", port.number);
    bus.vanish(port, &device);
    Ok(())
}

struct Line {
    stream: TcpStream,
    frames: Frames,
    /// What the device sent while it was asked for its strings.
    early: Vec<Frame>,
}

impl Line {
    fn connect(peer: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(peer)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(GREETING))?;
        Ok(Self { stream, frames: Frames::default(), early: Vec::new() })
    }

    fn next(&mut self) -> io::Result<Frame> {
        loop {
            if let Some(frame) = self.frames.pop().map_err(io::Error::other)? {
                return Ok(frame);
            }
            let mut buffer = [0; 4096];
            match self.stream.read(&mut buffer)? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                length => self.frames.push(&buffer[..length]),
            }
        }
    }

    /// A string descriptor, as a kernel asks for it.
    fn string(&mut self, index: u8) -> io::Result<Option<String>> {
        if index == 0 {
            return Ok(None);
        }
        let setup = [0x80, 6, index, 3, 0x09, 0x04, 255, 0];
        self.stream.write_all(&Frame::new(Kind::Control, 0, setup).encode())?;
        loop {
            let frame = self.next()?;
            if frame.kind != Kind::ControlAnswer {
                self.early.push(frame);
                continue;
            }
            let units: Vec<u16> = frame
                .data
                .get(2..)
                .unwrap_or_default()
                .chunks_exact(2)
                .map(|c| u16::from_le_bytes([c[0], c[1]]))
                .collect();
            return Ok((frame.endpoint == 0).then(|| String::from_utf16_lossy(&units)));
        }
    }
}
