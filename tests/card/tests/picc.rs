//! The radio side of the virtual card: being found, the block protocol rule by rule, faults on the air.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use kakehashi_card::picc::{
    AirFault, AirRule, AirScript, AirWhen, Chance, Quality, Work, WtxRule, WtxWhen, carries_crc, clock,
};
use kakehashi_card::picc::{Picc, PiccOptions, RadioKind};
use kakehashi_card::{CardFile, VirtualCard};
use proptest::prelude::*;

/// SELECT of the application of 利用者証明.
const SELECT: &str = "00A4040C0AD392F000260100000001";

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

fn picc(options: PiccOptions) -> Picc {
    let mut picc = Picc::new(VirtualCard::new(&CardFile::specimen().unwrap()).unwrap(), options);
    picc.field(true);
    picc
}

fn hear(picc: &mut Picc, frame: &str) -> Option<String> {
    let answer = picc.receive(&hex(frame), 0)?;
    Some(answer.frame.iter().map(|byte| format!("{byte:02X}")).collect())
}

/// A card of Type B in the block protocol.
fn active(options: PiccOptions) -> Picc {
    let mut picc = picc(PiccOptions { pupi: Some([0xE8, 0x25, 0x3E, 0xEC]), ..options });
    assert_eq!(hear(&mut picc, "050000").as_deref(), Some("50E8253EEC004B51FF0081D1"));
    assert_eq!(hear(&mut picc, "1DE8253EEC00080100").as_deref(), Some("00"));
    picc
}

fn my_number() -> PiccOptions {
    PiccOptions::my_number()
}

/// Says these frames and hears these answers, `-` for silence.
fn trace(picc: &mut Picc, lines: &[(&str, &str)]) {
    for (frame, answer) in lines {
        let heard = hear(picc, frame).unwrap_or("-".into());
        assert_eq!(heard, *answer, "to {frame}");
    }
}

#[test]
fn type_b_is_found_by_request_and_wake_up() {
    let mut card = picc(PiccOptions { pupi: Some([1, 2, 3, 4]), ..my_number() });
    let atqb = "5001020304004B51FF0081D1";
    trace(
        &mut card,
        &[
            ("1D0102030400080100", "-"),
            ("050000", atqb),
            ("050000", atqb),
            ("1D0102030500080100", "-"),
            ("5001020304", "00"),
            ("050000", "-"),
            ("050008", atqb),
            ("1D0102030400080100", "00"),
            ("050008", "-"),
            ("C2", "C2"),
            ("050000", "-"),
            ("050008", atqb),
        ],
    );
    assert!(card.violations().is_empty());
}

#[test]
fn type_b_answers_in_its_slot_and_to_its_family_only() {
    for seed in 0..20 {
        let mut card = picc(PiccOptions { seed, afi: 0x30, ..my_number() });
        assert_eq!(hear(&mut card, "054000"), None, "another family");
        let mut heard = u32::from(hear(&mut card, "053002").is_some());
        for slot in 2..=4_u8 {
            heard += u32::from(card.receive(&[(slot - 1) << 4 | 5], 0).is_some());
        }
        assert_eq!(heard, 1, "one slot of four");
    }
}

#[test]
fn a_pupi_by_chance_is_another_one_each_time() {
    let mut card = picc(my_number());
    let first = hear(&mut card, "050000").unwrap();
    let second = hear(&mut card, "050000").unwrap();
    assert_ne!(first[2..10], second[2..10]);
    assert_eq!(hear(&mut card, &format!("1D{}00080100", &first[2..10])), None, "only the latest is known");
    assert_eq!(hear(&mut card, &format!("1D{}00080100", &second[2..10])).as_deref(), Some("00"));
}

#[test]
fn an_extended_atqb_goes_to_those_who_understand_it() {
    let options = PiccOptions { extended_atqb: true, sfgi: 5, ..my_number() };
    let mut card = picc(options);
    assert_eq!(hear(&mut card, "050000").unwrap().len(), 24);
    assert!(hear(&mut card, "050010").unwrap().ends_with("0081D150"));
}

#[test]
fn a_wrong_attrib_is_a_violation() {
    for (tail, what) in [
        ("01080100", "reserved"),
        ("00180100", "bit rate"),
        ("00080000", "protocol type"),
        ("0008010F", "CID"),
    ] {
        let mut card = picc(PiccOptions { pupi: Some([1, 2, 3, 4]), ..my_number() });
        hear(&mut card, "050000").unwrap();
        assert_eq!(hear(&mut card, &format!("1D01020304{tail}")), None);
        assert!(card.violations()[0].contains(what), "{:?}", card.violations());
    }
}

#[test]
fn type_a_is_found_with_four_and_seven_bytes() {
    let reqa = |card: &mut Picc, byte| card.receive(&[byte], 7).map(|answer| answer.frame);
    let mut four = picc(PiccOptions::type_a());
    assert_eq!(hear(&mut four, "26"), None, "eight bits are no REQA");
    assert_eq!(reqa(&mut four, 0x26), Some(vec![0x04, 0x00]));
    trace(
        &mut four,
        &[("9320", "0451627344"), ("933004", "51627344"), ("93700451627344", "20"), ("5000", "-")],
    );
    assert_eq!(reqa(&mut four, 0x26), None, "halted");
    assert_eq!(reqa(&mut four, 0x52), Some(vec![0x04, 0x00]));
    let mut seven = picc(PiccOptions { uid: vec![4, 1, 2, 3, 4, 5, 6], ..PiccOptions::type_a() });
    assert_eq!(reqa(&mut seven, 0x26), Some(vec![0x44, 0x00]));
    trace(
        &mut seven,
        &[
            ("9320", "880401028F"),
            ("9370880401028F", "04"),
            ("9520", "0304050604"),
            ("95700304050604", "20"),
            ("E080", "057800A002"),
        ],
    );
    assert!(seven.is_activated());
}

#[test]
fn type_a_goes_back_after_a_frame_that_does_not_belong() {
    let mut card = picc(PiccOptions::type_a());
    card.receive(&[0x26], 7).unwrap();
    trace(&mut card, &[("93700451627345", "-"), ("9320", "-")]);
    assert!(card.receive(&[0x26], 7).is_some());
}

#[test]
fn crc_stands_where_the_standard_puts_it() {
    assert!(!carries_crc(RadioKind::A, &[0x26], 7));
    assert!(!carries_crc(RadioKind::A, &[0x93, 0x20], 0));
    assert!(carries_crc(RadioKind::A, &hex("93700451627344"), 0));
    assert!(carries_crc(RadioKind::B, &[5, 0, 0], 0));
    let mut card = picc(PiccOptions::type_a());
    assert!(!card.receive(&[0x26], 7).unwrap().crc);
    assert!(!card.receive(&[0x93, 0x20], 0).unwrap().crc);
    assert!(card.receive(&hex("93700451627344"), 0).unwrap().crc);
}

#[test]
fn a_reader_that_finds_the_card_by_itself_comes_to_the_same() {
    let mut card = picc(PiccOptions { pupi: Some([1, 2, 3, 4]), ..my_number() });
    let found = card.activate(false, 8).unwrap();
    assert_eq!((found.identifier, found.answer.len()), (vec![1, 2, 3, 4], 12));
    assert!(!card.is_activated());
    assert!(hear(&mut card, "050000").is_some(), "a card found is asked again");
    assert!(card.activate(true, 8).is_some());
    assert_eq!(hear(&mut card, "050000"), None, "a card activated is not");
    let mut card = picc(PiccOptions::type_a());
    assert_eq!(card.activate(true, 8).unwrap().answer, hex("057800A002"));
    assert!(card.activate(true, 8).is_none());
    card.field(false);
    assert!(card.activate(true, 8).is_none());
}

#[test]
fn a_command_and_its_chained_answer() {
    let mut card = picc(PiccOptions { pupi: Some([1, 2, 3, 4]), ..my_number() });
    hear(&mut card, "050000").unwrap();
    // FSDI 0: sixteen bytes, thirteen of them data.
    assert_eq!(hear(&mut card, "1D0102030400000100").as_deref(), Some("00"));
    trace(&mut card, &[(&format!("02{SELECT}"), "029000"), ("0300A4020C02000A", "039000")]);
    // The card has toggled three times: its certificate comes in 13 + 13 + 8 bytes.
    let parts = ["0200B0000020", "A3", "A2"].map(|frame| hear(&mut card, frame).unwrap());
    assert_eq!(parts.each_ref().map(|part| &part[..2]), ["12", "13", "02"]);
    assert_eq!(parts.each_ref().map(|part| part.len() / 2 - 1), [13, 13, 8]);
    assert!(parts[0].starts_with("123082") && parts[2].ends_with("9000"));
    assert!(card.violations().is_empty(), "{:?}", card.violations());
}

#[test]
fn a_command_in_parts() {
    let mut card = active(my_number());
    trace(
        &mut card,
        &[
            (&format!("12{}", &SELECT[..10]), "A2"),
            (&format!("13{}", &SELECT[10..20]), "A3"),
            (&format!("02{}", &SELECT[20..]), "029000"),
        ],
    );
    assert_eq!(card.apdus(), [hex(SELECT)]);
}

#[test]
fn a_receipt_with_the_cards_number_brings_the_last_block_again() {
    let mut card = active(my_number());
    let select = format!("02{SELECT}");
    trace(&mut card, &[("B2", "A3"), (&select, "029000"), ("B2", "029000"), ("A2", "029000"), ("B3", "A2")]);
    assert_eq!(card.apdus().len(), 1);
    assert_eq!(card.duplicates(), 0);
    trace(&mut card, &[(&select, "A2")]);
    assert_eq!((card.duplicates(), card.apdus().len()), (1, 1), "a block that was seen is not carried out");
}

#[test]
fn more_time_by_rule_and_where_the_work_takes_it() {
    let rule = WtxRule { when: WtxWhen::Apdu(1), times: 2, multiplier: 3 };
    let mut card = active(PiccOptions { wtx: vec![rule], ..my_number() });
    let select = format!("02{SELECT}");
    trace(
        &mut card,
        &[(&select, "F203"), ("B2", "F203"), ("F204", "-"), ("F203", "F203"), ("F203", "029000")],
    );
    assert_eq!(card.violations().len(), 1, "another multiplier");
}

#[test]
fn work_that_is_longer_than_the_waiting_time_is_announced() {
    let work = Work { command_us: 1_000_000, ..Work::default() };
    let select = format!("02{SELECT}");
    let mut card = active(PiccOptions { work: work.clone(), ..my_number() });
    let answer = card.receive(&hex(&select), 0).unwrap();
    assert_eq!(answer.frame, hex("029000"), "1 s is within 2.47 s");
    assert_eq!(answer.wait_us, 1_000_300);
    let mut card = picc(PiccOptions { work, fwi: 10, pupi: Some([1; 4]), ..my_number() });
    trace(&mut card, &[("050000", "5001010101004B51FF0081A1"), ("1D0101010100080100", "00")]);
    let fwt = clock::fwt_us(10);
    let mut answer = card.receive(&hex(&select), 0).unwrap();
    let (mut waited, mut most) = (0, fwt);
    while answer.frame[0] == 0xF2 {
        assert!(answer.wait_us <= most);
        waited += answer.wait_us;
        most = fwt * u32::from(answer.frame[1]);
        let grant = answer.frame.clone();
        answer = card.receive(&grant, 0).unwrap();
    }
    assert_eq!((answer.frame.as_slice(), waited + answer.wait_us), (&[2, 0x90, 0][..], 1_000_300));
    assert!(answer.wait_us <= most);
}

#[test]
fn more_time_within_chains() {
    let rules = [WtxWhen::Parts, WtxWhen::Chain].map(|when| WtxRule { when, times: 1, multiplier: 1 });
    let mut card = picc(PiccOptions { wtx: rules.into(), pupi: Some([1, 2, 3, 4]), ..my_number() });
    hear(&mut card, "050000").unwrap();
    assert_eq!(hear(&mut card, "1D0102030400000100").as_deref(), Some("00"));
    trace(&mut card, &[("1200A4", "F201"), ("F201", "A2"), (&format!("03{}", &SELECT[4..]), "039000")]);
    trace(&mut card, &[("0200A4020C02000A", "029000")]);
    assert!(hear(&mut card, "0300B0000020").unwrap().starts_with("133082"));
    trace(&mut card, &[("A2", "F201"), ("A2", "F201")]);
    assert!(hear(&mut card, "F201").unwrap().starts_with("12"));
}

#[test]
fn a_cid_is_answered_with_a_cid() {
    let mut card = active(my_number());
    trace(&mut card, &[(&format!("0A00{SELECT}"), "0A009000"), ("CA00", "CA00")]);
    let mut card = active(my_number());
    trace(&mut card, &[(&format!("0A01{SELECT}"), "-"), (&format!("02{SELECT}"), "029000")]);
}

#[test]
fn broken_rules_are_noted() {
    for (frame, what) in [
        ("E2".to_owned(), "kind"),
        ("0600".to_owned(), "NAD"),
        ("A2".to_owned(), "nothing to go on"),
        ("F201".to_owned(), "did not ask"),
        (format!("02{}", "00".repeat(254)), "longer than FSC"),
    ] {
        let mut card = active(my_number());
        assert_eq!(hear(&mut card, &frame), None, "{frame}");
        assert!(card.violations()[0].contains(what), "{frame}: {:?}", card.violations());
    }
}

#[test]
fn each_fault_does_what_it_says() {
    let select = format!("02{SELECT}");
    let with = |fault| {
        let mut card = active(my_number());
        card.set_faults(AirScript::once(AirWhen::Block(1), fault));
        card
    };
    let mut card = with(AirFault::Lost);
    trace(&mut card, &[(&select, "-"), ("B2", "A3"), (&select, "029000")]);
    let mut card = with(AirFault::Unheard);
    trace(&mut card, &[(&select, "-"), ("B2", "029000")]);
    let mut card = with(AirFault::Garbled);
    let garbled = card.receive(&hex(&select), 0).unwrap();
    assert_eq!(garbled.quality, Quality::Garbled);
    assert_ne!(garbled.frame, hex("029000"));
    trace(&mut card, &[("B2", "029000")]);
    let mut card = active(my_number());
    card.set_faults(AirScript::once(AirWhen::Frame(2), AirFault::Stale));
    trace(&mut card, &[(&select, "029000"), ("0300A4020C02000A", "029000"), ("B3", "039000")]);
    let mut card = with(AirFault::Late { micros: 77_000 });
    assert_eq!(card.receive(&hex(&select), 0).unwrap().wait_us, 82_300);
    let mut card = with(AirFault::Mute);
    trace(&mut card, &[(&select, "-"), (&select, "-"), ("050008", "-")]);
    for _ in 0..2 {
        card.field(!card.has_field());
    }
    assert!(hear(&mut card, "050000").is_some());
}

#[test]
fn a_card_that_leaves_the_field_forgets_all() {
    let select = format!("02{SELECT}");
    for fault in [AirFault::Leave { frames: 2 }, AirFault::LeaveAfter { frames: 2 }] {
        let mut card = active(my_number());
        card.set_faults(AirScript::once(AirWhen::Frame(1), fault));
        trace(&mut card, &[(&select, "-"), ("B2", "-")]);
        card.come_back();
        assert_eq!(hear(&mut card, "B2"), None, "no longer in the block protocol");
        assert!(hear(&mut card, "050000").is_some());
        assert_eq!(card.apdus().len(), usize::from(fault == AirFault::LeaveAfter { frames: 2 }));
    }
    let mut card = active(my_number());
    card.set_faults(AirScript::once(AirWhen::Frame(1), AirFault::Leave { frames: 0 }));
    trace(&mut card, &[(&select, "-")]);
    assert!(hear(&mut card, "050000").is_some(), "it was there all the time");
}

#[test]
fn time_is_counted() {
    let mut card = active(my_number());
    let answer = card.receive(&hex(&format!("02{SELECT}")), 0).unwrap();
    // 16 and 3 bytes with their CRC: (23 + 180) and (23 + 50) bits of 9.44 microseconds.
    assert_eq!((answer.sent_us, answer.wait_us, answer.heard_us), (1917, 5_300, 690));
    assert_eq!(answer.micros(), 1917 + 5_300 + 690);
}

#[test]
fn faults_are_data() {
    let script = AirScript {
        rules: vec![AirRule { when: AirWhen::Block(3), fault: AirFault::Leave { frames: 4 } }],
        chance: Chance { per_mille: 20, faults: vec![AirFault::Lost, AirFault::Garbled] },
    };
    let text = serde_json::to_string(&script).unwrap();
    assert!(text.contains(r#"{"when":{"block":3},"fault":{"leave":{"frames":4}}}"#), "{text}");
    assert_eq!(serde_json::from_str::<AirScript>(&text).unwrap(), script);
}

proptest! {
    #[test]
    fn any_frames_are_answered_or_not(
        frames in proptest::collection::vec((proptest::collection::vec(any::<u8>(), 0..20), 0u8..9), 0..40),
        kind_a: bool,
        activated: bool,
    ) {
        let mut card = picc(if kind_a { PiccOptions::type_a() } else { my_number() });
        if activated {
            card.activate(true, 8).unwrap();
        }
        for (frame, bits) in frames {
            if let Some(answer) = card.receive(&frame, bits) {
                prop_assert!(!answer.frame.is_empty() && answer.frame.len() <= 254);
            }
        }
    }

    #[test]
    fn chance_comes_again_with_its_seed(seed: u64, frames in 1usize..60) {
        let faults = vec![AirFault::Lost, AirFault::Unheard, AirFault::Garbled];
        let run = || {
            let script = AirScript { chance: Chance { per_mille: 400, faults: faults.clone() }, ..AirScript::default() };
            let mut card = picc(PiccOptions { seed, faults: script, ..my_number() });
            (0..frames).map(|_| card.receive(&[5, 0, 8], 0)).collect::<Vec<_>>()
        };
        prop_assert_eq!(run(), run());
    }
}
