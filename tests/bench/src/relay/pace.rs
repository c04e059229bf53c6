//! Latency at an even pace, far below what the contestant could do: an office's own load and much more.

use super::core::Core;
use super::load::CONNECTION_TIME;
use crate::figure::Failure;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Requests a second.
pub(crate) const PER_SECOND: u32 = 200;
/// Requests in all; the first tenth is not counted.
pub(crate) const COUNT: usize = 1000;

/// Sends the requests one by one over one connection; the 99th percentile of the answer times, in ms.
pub(crate) fn p99_ms(port: u16, requests: &[String]) -> Result<f64, Failure> {
    let mut times = Core::Others.run(|| send(port, requests).map_err(|error| error.to_string()))??;
    times.drain(..times.len() / 10);
    times.sort();
    let time = times.get(times.len() * 99 / 100).ok_or("no request was sent")?;
    Ok(time.as_secs_f64() * 1e3)
}

fn send(port: u16, requests: &[String]) -> Result<Vec<Duration>, Failure> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(CONNECTION_TIME))?;
    let mut answers = BufReader::new(stream.try_clone()?);
    let mut times = Vec::with_capacity(requests.len());
    let mut due = Instant::now();
    for request in requests {
        // Late because of the answer before: then this one has been waiting since it was due.
        let mut begin = due;
        if let Some(early) = due.checked_duration_since(Instant::now()) {
            std::thread::sleep(early);
            begin = Instant::now();
        }
        stream.write_all(request.as_bytes())?;
        read(&mut answers)?;
        times.push(begin.elapsed());
        due += Duration::from_secs(1) / PER_SECOND;
    }
    Ok(times)
}

/// One answer, to its end.
fn read(answers: &mut impl BufRead) -> Result<(), Failure> {
    let mut line = String::new();
    answers.read_line(&mut line)?;
    if !line.starts_with("HTTP/1.1 200") {
        return Err(format!("answered: {}", line.trim()).into());
    }
    let mut length = 0;
    while line != "\r\n" {
        line.clear();
        if answers.read_line(&mut line)? == 0 {
            return Err("the answer broke off".into());
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse()?;
        }
    }
    std::io::copy(&mut answers.take(length), &mut std::io::sink())?;
    Ok(())
}
