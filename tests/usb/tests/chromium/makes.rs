//! The virtual readers: one row each.

use kakehashi_card::{
    Bench, Build, CardFile, PiccOptions, Shelf, UsbBus, VirtualDevice, VirtualRcs300, VirtualRcs380,
    VirtualReader, rcs300::Variant, socket::tcp::Server,
};

/// A virtual reader and what Chromium shall see of it.
pub(crate) struct Make {
    /// What it stands for.
    pub(crate) name: &'static str,
    /// Vendor and product.
    pub(crate) id: (u16, u16),
    /// What it calls itself.
    pub(crate) product: &'static str,
    /// The classes of its interfaces, in order; 0x0B is one that no page may claim.
    pub(crate) classes: &'static [u8],
    /// The interface a page drives.
    pub(crate) interface: u8,
    device: fn() -> Box<dyn VirtualDevice>,
}

const OWN: &str = "Kakehashi virtual reader";
const BOTH: &[u8] = &[0x0B, 0xFF];

fn build(build: Build, (vendor, product): (u16, u16)) -> Box<dyn VirtualDevice> {
    Box::new(VirtualReader::new(Build { id: Some((vendor, product, 0x0600)), ..build }))
}

/// Every kind of reader there is a driver for.
pub(crate) const MAKES: [Make; 6] = [
    Make {
        name: "CCID, short commands",
        id: (0x076B, 0x532A),
        product: OWN,
        classes: BOTH,
        interface: 1,
        device: || build(Build::default(), (0x076B, 0x532A)),
    },
    Make {
        name: "CCID, extended commands",
        id: (0x1DB2, 0x0600),
        product: OWN,
        classes: BOTH,
        interface: 1,
        device: || build(Build::EXTENDED, (0x1DB2, 0x0600)),
    },
    Make {
        name: "CCID, TPDU, like an SCR3310-NTTCom",
        id: (0x04E6, 0x511A),
        product: OWN,
        classes: BOTH,
        interface: 1,
        device: || build(Build::TPDU, (0x04E6, 0x511A)),
    },
    Make {
        name: "CCID, TPDU, two slots, like an SCR331-DI-NTTCom",
        id: (0x04E6, 0x5120),
        product: OWN,
        classes: BOTH,
        interface: 1,
        device: || build(Build::TWO_SLOTS, (0x04E6, 0x5120)),
    },
    Make {
        name: "RC-S300",
        id: (0x054C, 0x0DC8),
        product: "FeliCa Port/PaSoRi 4.0",
        classes: BOTH,
        interface: 1,
        device: || Box::new(VirtualRcs300::new(Variant::default())),
    },
    Make {
        name: "RC-S380",
        id: (0x054C, 0x06C3),
        product: "RC-S380/P",
        classes: &[0xFF],
        interface: 0,
        device: || Box::new(VirtualRcs380::new(PiccOptions::my_number())),
    },
];

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
