//! Serves what stands in a bundle, with its headers, on the loopback.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    sync::Arc,
    thread,
};

use crate::bundle::{Bundle, Response};

pub(crate) struct Host(SocketAddr);

impl Host {
    pub(crate) fn start(bundle: &Bundle) -> Self {
        let origin = format!("isolated-app://{}", bundle.id);
        let files = bundle.responses().into_iter().map(|(url, it)| (url.replacen(&origin, "", 1), it));
        let files: Arc<BTreeMap<_, _>> = Arc::new(files.collect());
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let files = Arc::clone(&files);
                thread::spawn(move || serve(&stream, &files));
            }
        });
        Self(address)
    }

    pub(crate) fn address(&self) -> String {
        format!("http://{}/", self.0)
    }
}

/// One request, one answer; a browser that hangs up is no failure.
fn serve(mut stream: &TcpStream, files: &BTreeMap<String, Response>) {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    while lines.next().is_some_and(|line| !line.is_empty()) {}
    let path = first.split(' ').nth(1).and_then(|path| path.split('?').next()).unwrap_or_default();
    let (mut head, body) = match files.get(path) {
        None => ("HTTP/1.1 404 Not Found\r\n".to_owned(), &[][..]),
        Some(response) => {
            let status =
                response.headers.iter().find(|(name, _)| name == ":status").map_or("200", |(_, it)| it);
            let mut head = format!("HTTP/1.1 {status} -\r\n");
            for (name, value) in response.headers.iter().filter(|(name, _)| !name.starts_with(':')) {
                head += &format!("{name}: {value}\r\n");
            }
            (head, &response.body[..])
        }
    };
    head += &format!("Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    drop(stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)));
}
