use super::*;
use proptest::prelude::*;

fn tlv(tag: &[u8], value: &[u8]) -> Vec<u8> {
    let length = match u16::try_from(value.len()).unwrap().to_be_bytes() {
        [0, short @ ..0x80] => vec![short],
        [0, one] => vec![0x81, one],
        [high, low] => vec![0x82, high, low],
    };
    [tag, &length[..], value].concat()
}

/// EF 0002 with these values under DF22 and so on, and a table that tells where they stand.
fn file(values: &[(u8, &[u8])]) -> Vec<u8> {
    let values: Vec<_> = values.iter().map(|(tag, value)| tlv(&[0xDF, *tag], value)).collect();
    let table = |from: usize| {
        let mut at = from;
        let offsets = values.iter().flat_map(|value| {
            at += value.len();
            u16::try_from(at - value.len()).unwrap().to_be_bytes()
        });
        tlv(&[0xDF, 0x21], &offsets.collect::<Vec<_>>())
    };
    let inner = |from| [table(from), values.concat()].concat();
    let head = tlv(&[0xFF, 0x20], &inner(0)).len() - inner(0).len();
    tlv(&[0xFF, 0x20], &inner(head + table(0).len()))
}

fn specimen() -> Vec<u8> {
    with(2, &[], 0x24)
}

/// The specimen with another value in a place.
fn with(skip: usize, value: &[u8], tag: u8) -> Vec<u8> {
    let mut values = [
        (0x22, "見本　花子".as_bytes()),
        (0x23, "群馬県伊勢崎市今泉町２－４１０".as_bytes()),
        (0x24, b"19480229"),
        (0x25, b"2"),
    ];
    if !value.is_empty() {
        values[skip] = (tag, value);
    }
    file(&values)
}

#[test]
fn the_four_are_read() {
    let read = Attributes::parse(&specimen()).unwrap();
    assert_eq!((read.name(), read.address()), ("見本　花子", "群馬県伊勢崎市今泉町２－４１０"));
    assert_eq!((read.birth(), read.sex()), (Some((1948, 2, 29)), Sex::Female));
    assert_eq!(format!("{read:?}"), "Attributes");
}

#[test]
fn a_long_address_has_a_longer_length() {
    for letters in [30, 60, 200] {
        let address = "あ".repeat(letters);
        let read = Attributes::parse(&with(1, address.as_bytes(), 0x23)).unwrap();
        assert_eq!(read.address(), address);
    }
}

#[test]
fn a_sex_that_is_not_known_is_said_to_be_that() {
    let sex = |code: &[u8]| Attributes::parse(&with(3, code, 0x25)).unwrap().sex();
    assert_eq!([sex(b"1"), sex(b"2"), sex(b"9")], [Sex::Male, Sex::Female, Sex::NotApplicable]);
    assert_eq!([sex(b"3"), sex(b"0"), sex(b" "), sex(b"12")], [Sex::Unknown; 4]);
}

#[test]
fn a_birth_that_is_no_whole_date_is_none() {
    let birth = |text: &[u8]| Attributes::parse(&with(2, text, 0x24)).unwrap().birth();
    assert_eq!(birth(b"20000229"), Some((2000, 2, 29)));
    for text in
        [&b"19000229"[..], b"19481301", b"19480000", b"00000101", b"1948", b"194802290", b"1948/2/9", b" "]
    {
        assert_eq!(birth(text), None, "{text:02X?}");
    }
}

#[test]
fn filler_and_what_is_not_known_are_let_pass() {
    let filled = [&specimen()[..], &[0xFF; 20]].concat();
    assert!(Attributes::parse(&filled).is_ok());
    let values = [(0x22, "見本".as_bytes()), (0x23, b""), (0x24, b"19480229"), (0x25, b"2")];
    let mut inner = values.map(|(tag, value)| tlv(&[0xDF, tag], value)).concat();
    inner.extend(tlv(&[0xDF, 0x2F], b"later"));
    inner.extend([0xFF, 0xFF]);
    let read = Attributes::parse(&tlv(&[0xFF, 0x20], &inner)).unwrap();
    assert_eq!((read.name(), read.address(), read.sex()), ("見本", "", Sex::Female));
}

#[test]
fn another_form_is_refused() {
    let refused = |file: &[u8]| Attributes::parse(file).unwrap_err() == NotAttributes;
    assert!(refused(&[]) && refused(&[0xFF; 256]));
    assert!(refused(&[&[0xFF, 0x10][..], &specimen()[2..]].concat()), "another file");
    assert!(refused(&specimen()[..40]), "a length that lies");
    assert!(refused(&with(0, &[0xE9, 0xBB], 0x22)), "no UTF-8");
    assert!(refused(&with(1, &[0xFF], 0x23)), "no UTF-8");
    assert!(refused(&with(0, b"no name", 0x26)));
    assert!(refused(&with(1, b"two names", 0x22)));
    assert!(refused(&tlv(&[0xFF, 0x20], &[tlv(&[0xDF, 0x22], b""), tlv(&[0xDF, 0x23], b"a")].concat())));
    let mut lies = specimen();
    let table = lies.iter().position(|byte| *byte == 0x21).unwrap();
    lies[table + 3] += 1;
    assert!(refused(&lies), "a table that lies");
    let mut cut = specimen();
    cut[table + 1] -= 1;
    assert!(refused(&cut));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = Attributes::parse(&bytes);
    }

    #[test]
    fn a_changed_file_is_read_or_refused(at in any::<prop::sample::Index>(), byte: u8) {
        let mut file = specimen();
        let at = at.index(file.len());
        file[at] = byte;
        if let Ok(read) = Attributes::parse(&file) {
            let _ = (read.birth(), read.sex());
            prop_assert!(!read.name().is_empty());
        }
    }

    #[test]
    fn whatever_is_written_is_read_back(name in "\\PC{1,40}", address in "\\PC{0,120}", year in 1900u16..2030) {
        let birth = format!("{year}0115");
        let values =
            [(0x22, name.as_bytes()), (0x23, address.as_bytes()), (0x24, birth.as_bytes()), (0x25, b"1")];
        let read = Attributes::parse(&file(&values)).unwrap();
        prop_assert_eq!((read.name(), read.address()), (name.as_str(), address.as_str()));
        prop_assert_eq!((read.birth(), read.sex()), (Some((year, 1, 15)), Sex::Male));
    }
}
