//! USB descriptors: which interface is driven.

use ccid::usb::{Interface, UsbId, choose, descriptor};

use crate::bytes::Bytes;

pub(crate) fn run(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let id = match bytes.byte() {
        0 => UsbId { vendor: 0x054C, product: 0x06C3, version: 0 },
        1 => UsbId { vendor: 0x054C, product: 0x0DC8, version: 0 },
        _ => UsbId { vendor: 0x1209, product: 1, version: 0 },
    };
    let configuration = data.get(1..).unwrap_or_default();
    let all = descriptor::interfaces(configuration);
    assert!(all.len() <= configuration.len() / 8);
    for it in &all {
        assert!(it.bulk_in < 16 && it.bulk_out < 16 && it.interrupt < 16 && it.packet < 0x800);
    }
    let (page, unrestricted) = (choose(id, configuration, false), choose(id, configuration, true));
    if let Ok(chosen) = &unrestricted {
        assert!(chosen.bulk_in != 0 && chosen.bulk_out != 0 && chosen.packet != 0);
        let (id, chosen) = (chosen.id, Interface { id: UsbId::default(), ..chosen.clone() });
        assert!(all.contains(&chosen) && id.product != 0);
        if let Some(class) = chosen.ccid {
            let selects = class.power_selects();
            assert!((1..=3).contains(&selects.len()) && selects.iter().all(|select| *select <= 3));
        }
    }
    match page {
        Ok(chosen) => {
            assert!(chosen.class == descriptor::CLASS_VENDOR, "an ordinary page claims a protected class");
            assert_eq!(unrestricted, Ok(chosen));
        }
        Err(error) => assert!(!error.detail().is_empty()),
    }
    let _ = UsbId::of(configuration);
}
