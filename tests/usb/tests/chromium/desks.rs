//! All virtual readers on one bus.

use kakehashi_card::{
    Bench, CardFile, Shelf, UsbBus,
    makes::{MAKES, Make},
    socket::tcp::Server,
};

/// All of them on one bus, in the ports of their places, each with a card of its own.
pub(crate) struct Desks {
    pub(crate) benches: Vec<Bench>,
    pub(crate) bus: UsbBus,
    _servers: Vec<Server>,
}

impl Desks {
    pub(crate) fn new() -> Self {
        let benches: Vec<Bench> = MAKES
            .iter()
            .map(|make| {
                let shelf = Shelf::new(&[CardFile::specimen().unwrap()]).unwrap();
                let bench = Bench::with_device((make.device)(), shelf);
                assert!(bench.insert("specimen"));
                bench
            })
            .collect();
        let servers: Vec<Server> = benches.iter().map(|bench| Server::start(bench).unwrap()).collect();
        let addresses: Vec<_> = servers.iter().map(Server::address).collect();
        let bus = UsbBus::new(&addresses).unwrap();
        Self { benches, bus, _servers: servers }
    }

    /// Every reader with its port and its desk.
    pub(crate) fn each(&self) -> impl Iterator<Item = (&'static Make, usize, &Bench)> {
        MAKES.iter().zip(&self.benches).enumerate().map(|(port, (make, bench))| (make, port, bench))
    }
}
