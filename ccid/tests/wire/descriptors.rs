//! Configuration descriptors as readers have them.

use ccid::Kind;
use ccid::ccid::{ClassDescriptor, Level};
use ccid::usb::{UsbId, choose, descriptor::interfaces};
use proptest::prelude::*;

/// Class descriptor with these features and `dwMaxCCIDMessageLength`.
fn class(features: u32, max_message: u32) -> Vec<u8> {
    let mut bytes = vec![0; 54];
    bytes[..6].copy_from_slice(&[54, 0x21, 0x10, 0x01, 0, 7]);
    bytes[6] = 3;
    bytes[40..44].copy_from_slice(&features.to_le_bytes());
    bytes[44..48].copy_from_slice(&max_message.to_le_bytes());
    bytes
}

fn interface(number: u8, class: u8, endpoints: u8) -> Vec<u8> {
    vec![9, 4, number, 0, endpoints, class, 0, 0, 0]
}

fn bulk(address: u8) -> Vec<u8> {
    vec![7, 5, address, 2, 64, 0, 0]
}

fn interrupt(address: u8) -> Vec<u8> {
    vec![7, 5, address, 3, 8, 0, 16]
}

fn configuration(parts: &[Vec<u8>]) -> Vec<u8> {
    let body = parts.concat();
    let [low, high] = u16::try_from(body.len() + 9).unwrap().to_le_bytes();
    [vec![9, 2, low, high, 1, 1, 0, 0x80, 50], body].concat()
}

const SHORT: u32 = 0x0002_04BA;
const EXTENDED: u32 = 0x0004_007E;

#[test]
fn the_class_descriptor_is_found_where_readers_put_it() {
    let face = || interface(0, 0xFF, 3);
    for parts in [
        vec![face(), class(SHORT, 271), bulk(0x01), bulk(0x82), interrupt(0x83)],
        vec![face(), bulk(0x01), bulk(0x82), interrupt(0x83), class(SHORT, 271)],
        vec![face(), bulk(0x01), class(SHORT, 271), bulk(0x82)],
        // After an unknown descriptor, and an HID-like one of the same type number.
        vec![
            face(),
            vec![3, 0x40, 1],
            vec![9, 0x21, 1, 1, 0, 1, 0x22, 0, 0],
            class(SHORT, 271),
            bulk(1),
            bulk(0x82),
        ],
    ] {
        let chosen = choose(UsbId::default(), &configuration(&parts), false).unwrap();
        assert_eq!((chosen.bulk_out, chosen.bulk_in, chosen.packet), (1, 2, 64));
        assert_eq!(chosen.ccid.unwrap().level(), Level::ShortApdu);
    }
}

#[test]
fn an_interface_a_page_may_claim_goes_first() {
    let protected = [interface(0, 0x0B, 3), class(SHORT, 271), bulk(0x01), bulk(0x82)];
    let open = [interface(1, 0xFF, 3), class(EXTENDED, 522), bulk(0x04), bulk(0x85)];
    let both = configuration(&[protected.as_slice(), &open].concat());
    for unrestricted in [false, true] {
        assert_eq!(choose(UsbId::default(), &both, unrestricted).unwrap().number, 1);
    }
}

#[test]
fn class_0b_is_for_isolated_apps_alone() {
    let protected = [interface(0, 0x0B, 3), class(SHORT, 271), bulk(0x01), bulk(0x82)];
    let only = configuration(&protected);
    let chosen = choose(UsbId::default(), &only, true).unwrap();
    assert_eq!((chosen.number, chosen.class), (0, 0x0B));
    assert_eq!(choose(UsbId::default(), &only, false).unwrap_err().kind(), Kind::ProtectedClass);
    // A reader nobody knows, with an interface of class FF that says nothing of CCID.
    let sony = [protected.concat(), interface(1, 0xFF, 2), bulk(0x02), bulk(0x83)];
    assert_eq!(choose(UsbId::default(), &configuration(&sony), true).unwrap().class, 0x0B);
    assert_eq!(
        choose(UsbId::default(), &configuration(&sony), false).unwrap_err().kind(),
        Kind::ProtectedClass
    );
}

#[test]
fn readers_with_a_protocol_of_their_own_are_told_by_their_numbers() {
    let sony = |product| UsbId { vendor: 0x054C, product, version: 0x0100 };
    // The RC-S300: CCID of class 0B, and bulk pipes of class FF.
    let protected = [interface(0, 0x0B, 3), class(EXTENDED, 522), bulk(0x01), bulk(0x82), interrupt(0x83)];
    let both = configuration(&[protected.concat(), interface(1, 0xFF, 2), bulk(0x02), bulk(0x84)]);
    let chosen = choose(sony(0x0DC8), &both, false).unwrap();
    assert_eq!((chosen.number, chosen.bulk_out, chosen.bulk_in, chosen.ccid), (1, 2, 4, None));
    assert_eq!((chosen.id, chosen.interrupt), (sony(0x0DC8), 0));
    // The RC-S380: bulk pipes of class FF, nothing else.
    let only = configuration(&[interface(0, 0xFF, 2), bulk(0x02), bulk(0x81)]);
    assert_eq!(choose(sony(0x06C1), &only, false).unwrap().bulk_in, 1);
    // An RC-S300 that shows a page nothing but its CCID.
    let none = configuration(&[protected.concat()]);
    assert_eq!(choose(sony(0x0DC8), &none, false).unwrap_err().kind(), Kind::ProtectedClass);
    assert_eq!(choose(sony(0x0DC8), &none, true).unwrap().interrupt, 3);
}

#[test]
fn the_numbers_stand_in_the_device_descriptor() {
    let device = [18, 1, 0x00, 0x02, 0, 0, 0, 64, 0xE6, 0x04, 0x1A, 0x51, 0x03, 0x02, 1, 2, 0, 1];
    assert_eq!(UsbId::of(&device), Some(UsbId { vendor: 0x04E6, product: 0x511A, version: 0x0203 }));
    assert_eq!(UsbId::of(&device[..17]), None);
    assert_eq!(UsbId::of(&[]), None);
}

#[test]
fn what_cannot_be_driven_is_unsupported() {
    let refused =
        |parts: &[Vec<u8>]| choose(UsbId::default(), &configuration(parts), true).unwrap_err().kind();
    // The RC-S380: bulk pipes of class FF, no CCID.
    assert_eq!(refused(&[interface(0, 0xFF, 2), bulk(0x02), bulk(0x81)]), Kind::UnsupportedReader);
    // A keyboard.
    let hid = vec![9, 0x21, 1, 1, 0, 1, 0x22, 0, 0];
    assert_eq!(refused(&[interface(0, 3, 1), hid, interrupt(0x81)]), Kind::UnsupportedReader);
    // ICCD over control pipes.
    let mut iccd = interface(0, 0x0B, 0);
    iccd[7] = 1;
    assert_eq!(refused(&[iccd, class(SHORT, 271)]), Kind::UnsupportedReader);
    assert_eq!(choose(UsbId::default(), &[], true).unwrap_err().kind(), Kind::UnsupportedReader);
}

proptest! {
    #[test]
    fn any_bytes_give_a_list(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(interfaces(&bytes).len() <= bytes.len() / 8);
        if let Ok(chosen) = choose(UsbId::default(), &bytes, true) {
            prop_assert!(chosen.packet > 0 && chosen.bulk_in > 0 && chosen.bulk_out > 0);
        }
        let _ = ClassDescriptor::parse(&bytes);
    }

    #[test]
    fn a_cut_descriptor_gives_what_is_whole(cut in 0usize..200) {
        let whole = configuration(&[interface(0, 0xFF, 3), bulk(1), bulk(0x82), class(SHORT, 271)]);
        let cut = cut.min(whole.len());
        prop_assert_eq!(choose(UsbId::default(), &whole[..cut], false).is_ok(), cut == whole.len());
    }
}
