//! What cards say when they are woken up.

use ccid::atr::Atr;
use ccid::iso14443::{Activated, LONGEST_WAIT, type_a, type_b};

use crate::bytes::Bytes;

pub(crate) fn run(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    match bytes.byte() & 3 {
        0 => {
            let Ok(atqb) = type_b::Atqb::parse(bytes.piece()) else { return };
            assert_eq!(atqb.attrib()[1..5], atqb.pupi);
            if let Ok(activated) = atqb.activated(bytes.piece()) {
                judge(&activated);
            }
        }
        1 => {
            if let Ok(activated) = type_a::activated(bytes.piece()) {
                judge(&activated);
            }
        }
        _ => cascade(&mut bytes),
    }
}

fn cascade(bytes: &mut Bytes<'_>) {
    let mut cascade = type_a::Cascade::default();
    let mut levels = 0;
    loop {
        levels += 1;
        assert!(levels <= 3, "a fourth level");
        let mut part = bytes.take(4).to_vec();
        part.push(part.iter().fold(bytes.byte(), |sum, byte| sum ^ byte));
        let sel = cascade.anticollision()[0];
        let Ok(select) = cascade.select(&part) else { return };
        assert!(select[0] == sel && select[2..] == part);
        if cascade.selected(bytes.take(1)) != Ok(false) {
            return;
        }
    }
}

fn judge(activated: &Activated) {
    let link = activated.link;
    assert!((16..=256).contains(&link.frame) && link.wait <= LONGEST_WAIT && link.guard <= LONGEST_WAIT);
    assert!(Atr::parse(&activated.atr).is_ok());
}
